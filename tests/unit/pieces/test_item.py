from dotpha.documents.pieces.item import item
from dotpha.documents.pieces.troubles import SHOWN, Trouble, by_file
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Duplicate, Verdict
from tests.makers import REMARK, UNREAD, make_registration, make_screening


def test_an_item_tells_verdict_reasons_and_place_in_words():
    view = item(7, make_registration(), make_screening())
    assert (view.verdict_label, view.reasons_against, view.reasons_for) == (
        "Thường xuyên",
        ("theo đà hiện nay cũng đạt",),
        (),
    )
    assert view.place == "xa-bang-khe.xlsx, trang tính ‘TẬP THỂ’, dòng 9"


def test_figures_of_an_indicator_stand_beside_its_name_with_their_unit():
    passages = {each.label: each for each in item(1, make_registration(), make_screening()).passages}
    assert passages["Chỉ tiêu"].aside == "Hiện trạng 70 %, chỉ tiêu 100 %"


def test_a_deadline_in_words_is_shown_with_the_day_it_was_read_as():
    view = item(1, make_registration(deadline="quý IV/2022"), make_screening())
    (deadline,) = [each for each in view.passages if each.field == "deadline"]
    assert deadline.aside == "Đọc là ngày 31/12/2022"


def test_an_empty_registration_is_still_an_item():
    empty = Registration()
    view = item(1, empty, make_screening(empty, trend=(), verdict=Verdict.BORDERLINE))
    assert (view.title, view.owner, view.passages) == ("(chưa ghi tên nhiệm vụ)", "(chưa ghi bên đăng ký)", ())


def test_a_near_duplicate_of_the_same_batch_knows_its_place():
    duplicates = (
        Duplicate("X5", 0.874, "same_batch", "Việc kia", (("3 vụ", "5 vụ"),)),
        Duplicate("X5", 0.9, "last_year"),
    )
    here, earlier = item(1, make_registration(), make_screening(duplicates=duplicates), {"X5": 5}).duplicates
    assert (here.number, here.similarity, earlier.number) == (5, "giống 87 %", None)


def test_troubles_are_told_file_by_file_and_long_lists_are_cut_with_their_count():
    many = [Trouble("b.xlsx", f"dòng {n}", "chưa hiểu") for n in range(SHOWN + 3)]
    lost, first, second = by_file([UNREAD], [REMARK, *many])
    assert (lost.unread, first.remarks, second.hidden) == (UNREAD.message, (REMARK,), 3)
