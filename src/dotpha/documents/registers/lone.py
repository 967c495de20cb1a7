"""Texts that stand alone in a row: what a group, a total, a note, a signature or the name of an owner looks like."""

import re

from dotpha.documents.registers.cells import one_line, unmarked
from dotpha.documents.registers.owners import has_family_name, is_comrade, split_person, type_by_words
from dotpha.documents.registers.words import any_of, words
from dotpha.rules.vietnamese.text import fold

_FOOT = re.compile(any_of("foot"))
_NOTE = re.compile(any_of("note"))
_CAPTION = re.compile(rf"{any_of('caption')}\b")
_UNIT_HEAD = re.compile(any_of("unit_head"))
_GROUP_HEAD = re.compile(rf"{any_of('group_head')}\b")
_TOTAL = re.compile(rf"{any_of('total')}\b(?!\s+{any_of('no_total')})|tong\s*[:(]|tong$|tong \w{{1,4}}\s*[:+]")
_GRAND_TOTAL = re.compile(r"(?:tong cong|tong so|cong)\s*(?:[:(\d]|$)")
_MARKER = re.compile(
    r"(?P<letter>[A-HĐ])[.)/:-]+\s*|(?P<roman>[IVX]{1,5})(?:[.)/:-]+\s*|\s)|"
    r"(?P<digit>\d{1,3}(?:\.\d{1,2})*)(?:[.)/:-]+\s*|\s)|"
    r"(?P<part>(?:[Pp]hần|PHẦN|[Nn]hóm|NHÓM|[Mm]ục|MỤC|[Kk]hối|KHỐI)\s)"
)


def is_foot(text: str) -> bool:
    """Whether a line opens the signatures under a register, or the list of who receives it."""
    return _FOOT.match(fold(text).lstrip(" -")) is not None


def is_note(text: str) -> bool:
    return _NOTE.match(fold(text)) is not None


def is_caption(text: str) -> bool:
    """Whether a line is the title of the table below ("Biểu số 2: …")."""
    return _CAPTION.match(fold(text)) is not None


def is_total(text: str) -> bool:
    """Whether a text opens a row of totals.

    >>> is_total("Tổng cộng: 12 việc"), is_total("1. Cộng phần I"), is_total("Tổng vệ sinh đường làng")
    (True, True, False)
    """
    return _TOTAL.match(fold(unmarked(text))) is not None


def is_grand_total(text: str) -> bool:
    """As `is_total`, for a text among the tasks, where "Tổng …" may as well begin one."""
    return _GRAND_TOTAL.match(fold(unmarked(text))) is not None


def is_marked(text: str) -> bool:
    """Whether a text has the sign of a group before it ("A.", "II.", "Phần …")."""
    return _MARKER.match(text) is not None


def without_marker(text: str) -> str:
    found = _MARKER.match(text)
    return text[found.end() :].strip() if found and not found["part"] else text.strip()


def level(text: str) -> int:
    """How deep a group lies by its sign: 0 under "A." or "Phần", 1 under "I.", 2 under "1."."""
    found = _MARKER.match(text)
    if found is None or found["roman"]:
        return 1
    return 0 if found["letter"] or found["part"] else 2


def is_group(text: str) -> bool:
    """Whether a text names a kind of owners, not one owner.

    >>> is_group("A. CÁC CÁ NHÂN"), is_group("I. Đảng bộ xã Bằng Khê")
    (True, False)
    """
    bare = without_marker(text)
    if is_comrade(bare) and not fold(bare).startswith("cac "):
        return False
    if type_by_words(bare) is None:
        return False
    person = split_person(bare)
    if person is not None and (person[1] or has_family_name(person[0])):
        return False
    said = set(re.findall(r"\w+", fold(bare)))
    return said <= words("group_words") and _GROUP_HEAD.match(fold(bare)) is not None


def names_owner(line: str) -> bool:
    """Whether a line in the column of tasks names who the tasks below belong to."""
    bare = one_line(without_marker(line))
    if is_comrade(bare):
        return True
    person = split_person(bare)
    if person is not None:
        return bool(person[1]) or has_family_name(person[0])
    return is_group(line) or _UNIT_HEAD.match(fold(bare)) is not None
