"""What stands around a table: the register's year, whom the whole list is about, whose register it is."""

import re
from collections.abc import Iterable, Sequence

from dotpha.documents.registers.columns import names_any, words_of
from dotpha.documents.registers.drafts import Owner, owner_of
from dotpha.documents.registers.lone import is_foot, is_group, is_marked, names_owner, without_marker
from dotpha.documents.registers.owners import looks_organization, split_person, type_by_words
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.text import fold

_NAMED_YEAR = re.compile(r"(?<![\w-])nam\s*(20\d\d)(?!\s*[-–]\s*(?:20)?\d\d)(?!\d)")
_TERM = re.compile(r"(?:20\d\d\s*[-–]\s*20\d\d|nhiem ky|giai doan|nam hoc)")
_ABOUT = re.compile(r"dot pha|dang ky|cam ket|nhiem vu|ke hoach|danh muc|danh sach|tong hop")
_DATE_LINE = re.compile(r"ngay\s*[\d.…]*\s*thang\s*([\d.…]*)\s*nam\s*(20\d\d)")
_DOCUMENT = re.compile(r"(?:so|theo|kem|can cu|ban hanh)\b")
_ANY_YEAR = re.compile(r"(?<![\d/.-])(20\d\d)(?![\d/.-]*\d)")
_LABELLED = re.compile(r"^(?:\W*)(?:[^\W\d_]+[\s,/]*){1,8}:\s*(?P<value>\S.*)$")
_OF = re.compile(r"(?:^|\s)(?:của|CỦA|Của)\s+(?P<value>\S.*?)(?:\s+(?:năm|NĂM|Năm)\s+\d{4}.*)?$")


def register_year(lines: Iterable[str]) -> int | None:
    """The year a register is for, from its titles; None if they name none or only a term.

    >>> register_year(["(Kèm theo Báo cáo số 03-BC/BTC ngày 19/01/2022)", "ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2023"])
    2023
    >>> register_year(["giai đoạn 2021 - 2025"]) is None, register_year(["Lạc Giang, ngày 19 tháng 01 năm 2022"])
    (True, 2022)
    """
    named, loose, dated = [], [], []
    for line in lines:
        folded = fold(line)
        day = _DATE_LINE.search(folded)
        if day:
            if not (day[1].isdigit() and int(day[1]) >= 11):  # late in a year the register is for the next
                dated.append(int(day[2]))
            continue
        years = [int(year) for year in _NAMED_YEAR.findall(folded)]
        if years and _ABOUT.search(folded) and not _DOCUMENT.match(folded.lstrip(" (")):
            named += years
        elif years:
            loose += years
        elif _ABOUT.search(folded) and not _TERM.search(folded) and not _DOCUMENT.match(folded.lstrip(" (")):
            loose += [int(year) for year in _ANY_YEAR.findall(folded)]
    for found in (named, loose, dated):
        if found:
            return max(found)
    return None


def year_in_name(name: str) -> int | None:
    """A year in the name of a sheet or a file: "Đăng ký 2022", "dang-ky-2023.xlsx".

    >>> year_in_name("dang-ky-2023.xlsx"), year_in_name("so-2021-2025.xlsx")
    (2023, None)
    """
    found = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)(?!\d)", name)}
    return found.pop() if len(found) == 1 else None


def list_is_about(lines: Iterable[str]) -> OwnerType | None:
    """Whether a title says all below are persons, or organisations: "(dùng cho cá nhân)"."""
    kinds = {type_by_words(line) for line in lines if _ABOUT.search(fold(line)) or fold(line).startswith("(dung cho")}
    kinds.discard(None)
    return kinds.pop() if len(kinds) == 1 else None


def owner_above(lines: Iterable[str]) -> Owner:
    """Whose register it is, where a line above says so: "Đơn vị: Đảng bộ xã Bằng Khê", "… của Chi bộ thôn Trại".

    Failing that, the letterhead: then `told` is false, for it may be the office that collects.

    >>> owner_above(["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ", "Đơn vị: Đảng bộ xã Bằng Khê"]).name
    'Đảng bộ xã Bằng Khê'
    >>> owner_above(["HUYỆN ỦY LẠC GIANG", "ĐẢNG ỦY XÃ BẰNG KHÊ", "*", "ĐĂNG KÝ ĐỘT PHÁ"])
    Owner(name='ĐẢNG ỦY XÃ BẰNG KHÊ', kind='organization', position='', told=False)
    """
    lines = list(lines)
    for line in lines:
        found = _LABELLED.match(line)
        if found and _is_owner_label(line.split(":")[0]) and _names_owner(found["value"]):
            return owner_of(found["value"].strip(), "", None, None, False)
    for before, line in zip(["", *lines], lines, strict=False):
        found = _OF.search(line)
        if found and _ABOUT.search(fold(f"{before} {line}")) and _names_owner(found["value"]):
            value = found["value"].strip(" .,")
            if not fold(value).startswith("cac ") and (type_by_words(value) is None or len(value.split()) > 3):
                return owner_of(value, "", None, None, False)
    if nearest := _nearest_owner(lines):
        return owner_of(nearest, "", None, None, False)
    heads = [
        line for line in lines[:8] if line.isupper() and looks_organization(line) and not _ABOUT.search(fold(line))
    ]
    heads = [line for line in heads if not fold(line).startswith(("dang cong san", "cong hoa"))]
    return Owner(heads[-1], told=False) if heads else Owner()


def _nearest_owner(lines: Sequence[str]) -> str:
    """The owner a line under the title names by itself ("I. Đảng bộ xã Quang Trung"); "" if none does.

    A letterhead stands over the title, and is no owner for sure.
    """
    for place in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
        line = lines[place].rstrip(" .:")
        titled = any(_ABOUT.search(fold(before)) for before in lines[:place])
        if len(line) > 100 or is_group(line) or not (titled or is_marked(line)) or is_foot(line):
            continue
        bare = without_marker(line)
        if names_owner(line) and not _ABOUT.search(fold(bare)) and _names_owner(bare):
            return bare
    return ""


def _is_owner_label(label: str) -> bool:
    return names_any(label, ("owner", "person")) and len(words_of(label)) <= 6


def _names_owner(text: str) -> bool:
    return looks_organization(text) or split_person(text) is not None
