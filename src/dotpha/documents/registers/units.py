"""Units of measure: where they stand beside a column of their own."""

import re

from dotpha.documents.registers.words import words

_IN_BRACKETS = re.compile(r"\s*[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]\s*$")
_AFTER_COMMA = re.compile(r",\s*(%|[^\W\d_]\S*(?: [^\W\d_]+){0,2})\s*$")
_LABEL = re.compile(r"(?:ĐVT|đơn vị tính|đơn vị|tính bằng)\s*:?\s*", re.IGNORECASE)
_ABOVE = re.compile(r"(?:ĐVT|đơn vị tính)\s*:\s*([^.;:\n]{1,20})", re.IGNORECASE)


def unit_in_name(name: str) -> tuple[str, str]:
    """An indicator's name and the unit in brackets after it, "" if there is none.

    >>> unit_in_name("Tỷ lệ hộ nghèo (%)"), unit_in_name("Hồ sơ trực tuyến (toàn trình)")
    (('Tỷ lệ hộ nghèo', '%'), ('Hồ sơ trực tuyến (toàn trình)', ''))
    >>> unit_in_name("Số tụ điểm (tụ điểm)"), unit_in_name("Số hộ (thôn Hạ)")
    (('Số tụ điểm', 'tụ điểm'), ('Số hộ (thôn Hạ)', ''))
    """
    found = _IN_BRACKETS.search(name)
    if found is None or not name[: found.start()].strip():
        return name, ""
    unit = _LABEL.sub("", found[1], count=1).strip()
    return (name[: found.start()].rstrip(), unit) if could_be_unit(unit, name) else (name, "")


def could_be_unit(text: str, name: str = "") -> bool:
    """Whether a text in brackets is a unit: a known one, or short words in small letters that the name counts."""
    lowered = text.lower()
    if lowered in words("units") or lowered.split("/")[0].strip() in words("units"):
        return True
    said = lowered.split()
    plain = text == lowered and not any(sign.isdigit() for sign in text)
    return (
        plain
        and 0 < len(said) <= 3
        and not words("no_unit").intersection(said)
        and lowered in name[: -len(text)].lower()
    )


def unit_in_heading(heading: str) -> str:
    """The unit a heading of figures gives: "Mục tiêu (tỷ đồng)", "Hiện trạng, %".

    >>> unit_in_heading("Mục tiêu (tỷ đồng)"), unit_in_heading("Hiện trạng, %"), unit_in_heading("Mục tiêu (nếu có)")
    ('tỷ đồng', '%', '')
    """
    for found in (_IN_BRACKETS.search(heading), _AFTER_COMMA.search(heading)):
        unit = _LABEL.sub("", found[1], count=1).strip() if found else ""
        if unit.lower() in words("units"):
            return unit
    return ""


def unit_above(text: str) -> str:
    """The unit of a whole table, from a line above it: "Đơn vị tính: triệu đồng".

    >>> unit_above("(ĐVT: triệu đồng)"), unit_above("Đơn vị: Đảng bộ xã")
    ('triệu đồng', '')
    """
    found = _ABOVE.search(text)
    unit = found[1].strip(" )") if found else ""
    return unit if unit.lower() in words("units") else ""
