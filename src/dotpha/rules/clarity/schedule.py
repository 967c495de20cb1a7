"""Rõ tiến độ: a deadline fixed to a day, month, quarter or half-year, later than the start."""

import re
from datetime import date

from dotpha.rules.clarity.judged import Judged, met, unmet
from dotpha.rules.reading.fields import STORY, Reading
from dotpha.rules.screening.result import Evidence
from dotpha.rules.vietnamese.dates import Day, days_in, end_of_year_in, show_day, years_in
from dotpha.rules.vietnamese.text import fold

# In running text a day is a deadline only when a word says so; others are dates of papers and of the past.
_DUE = re.compile(
    r"(?:truoc|xong|den|den het|het|cham nhat|muon nhat|han|vao|trong|ke tu|tu|hoan thanh|ap dung tu|chot)\s*"
    r"(?:ngay|cuoi|dau|thang|khi het|truoc)?\s*$"
)
_OPEN = re.compile(
    r"thuong xuyen|lien tuc|hang nam|ca nam|trong nam|lau dai|thoi gian toi|som nhat|khi du dieu kien|theo tien do|"
    r"theo lo trinh|nhiem ky|nhung nam|giai doan|trong qua trinh|hang (?:ngay|tuan|thang|quy)|dinh ky|den khi"
)


def schedule(reading: Reading) -> Judged:
    registration = reading.registration
    fixed = _in_field(reading) or _in_story(reading)
    if fixed is not None:
        day, evidence = fixed
        start = _start(registration.start)
        if start is not None and day <= start:
            return unmet(
                "schedule.before_start",
                f"Thời hạn {show_day(day)} không sau ngày bắt đầu {show_day(start)}.",
                evidence,
            )
        return met(f"Thời hạn xác định được: {show_day(day)}.", evidence)
    text = registration.deadline
    if not text.strip():
        return unmet("schedule.missing", "Chưa nêu thời hạn hoàn thành.")
    whole = reading.quote("deadline", 0, len(text))
    if _OPEN.search(fold(text)):
        return unmet("schedule.open", "Thời hạn mở, không biết lúc nào phải xong.", whole)
    if years_in(text):
        return unmet("schedule.year_only", "Mới nêu năm, chưa nêu ngày, tháng hoặc quý phải xong.", whole)
    return unmet("schedule.open", "Chưa xác định được ngày, tháng hoặc quý phải xong.", whole)


def _in_field(reading: Reading) -> tuple[date, Evidence] | None:
    text = reading.registration.deadline
    days = days_in(text, reading.year)
    if days:
        last = max(days, key=lambda each: each.day)
        return last.day, reading.quote("deadline", last.start, last.end)
    end_of_year = end_of_year_in(text, reading.year)
    if end_of_year:
        return end_of_year.day, reading.quote("deadline", end_of_year.start, end_of_year.end)
    iso = reading.registration.deadline_iso
    return (date.fromisoformat(iso), Evidence("deadline_iso", 0, len(iso), iso)) if iso else None


def _in_story(reading: Reading) -> tuple[date, Evidence] | None:
    """A deadline told in the title or the description of this year's work."""
    found: list[tuple[date, Evidence]] = []
    for field in STORY:
        text = getattr(reading.registration, field)
        folded = fold(text)
        for each in days_in(text, reading.year):
            if _is_due(each, folded, reading.year):
                found.append((each.day, reading.quote(field, each.start, each.end)))
    return max(found, key=lambda each: each[0]) if found else None


def _is_due(each: Day, folded: str, year: int) -> bool:
    return each.day.year >= year and bool(_DUE.search(folded[: each.start]))


def _start(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
