"""How a deed is called in a sentence, and that one thing has one name."""

from dotpha.core.sentences import groups, verbs
from dotpha.directory.policy import Deed, deed_in_sentence


def test_only_the_first_letter_of_a_deed_is_small_in_a_sentence():
    assert deed_in_sentence(Deed.IMPORT_DIRECTORY) == "nhập danh bạ từ Excel"


def test_the_second_factor_has_one_name_in_the_trail():
    assert groups()["factor"] == "Xác thực hai bước"
    assert not [sentence for sentence in verbs().values() if "lớp" in sentence]
