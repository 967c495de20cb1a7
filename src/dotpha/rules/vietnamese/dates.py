"""Days as offices write them: 31/12/2022, trước 15/6, quý II/2022, 6 tháng đầu năm 2023, tháng 8.

A deadline fixes a day, or it does not ("thường xuyên", "giai đoạn 2021 - 2025", a bare year). Nothing here
reads the clock: a day without a year takes the year the caller gives, or stays unfixed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dotpha.rules.vietnamese.text import fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:\s*(?:[/.,-]|nam)?\s*(?P<year>(?:19|20)\d\d))?"
# "quý III, IV/2022": the last of several counts. "quý I, 2 cuộc" names one, so digits must go on to a year.
_AND = r"\s*(?:,|-|\+|&|va|den)\s*(?:quy\s*)?"
_QUARTERS = rf"(?:(?:iv|i{{1,3}}){_AND}(?=i)|[1-4]{_AND}(?=[1-4]\s*(?:/|nam|$)))*"
_DAY, _MONTH, _FULL_YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>(?:19|20)\d\d)"
_REAL_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_FREE = r"(?<![\d/.,-])"
# One of the needed strings must stand in a text before its pattern is tried: most texts name no day at all.
_PATTERNS = tuple(
    (needed, re.compile(pattern))
    for needed, pattern in (
        (("-",), r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)"),
        (
            ("thang",),
            rf"(?:ngay|truoc|den|vao|het|xong)\s*{_DAY}\s*thang\s*{_MONTH}(?:\s*(?:nam)?\s*{_FULL_YEAR})?(?!\d)",
        ),
        (("thang",), rf"{_FREE}{_DAY}\s*thang\s*{_MONTH}\s*nam\s*{_FULL_YEAR}(?!\d)"),
        (("ngay",), rf"ngay\s*{_DAY}[.-]{_REAL_MONTH}(?![\d/.-]*\d)(?:\s*nam\s*{_FULL_YEAR})?"),
        (
            ("/", ".", "-"),
            rf"{_FREE}{_DAY}(?P<sep>[/.-]){_MONTH}(?:(?P=sep)(?P<year>(?:19|20)\d\d|\d\d))(?![\d/])",
        ),
        (("/",), rf"{_FREE}{_DAY}\s?/\s?{_MONTH}\s?/\s?{_FULL_YEAR}(?![\d/])"),
        (("/",), rf"{_FREE}{_DAY}/{_MONTH}(?![\d/])(?:\s*nam\s*{_FULL_YEAR})?"),
        (
            ("quy", "q"),
            rf"(?<!\w)(?:quy|q\.?)\s*{_QUARTERS}(?P<quarter>iv|i{{1,3}}|[1-4])(?![\w]){_YEAR}",
        ),
        (("thang",), rf"(?<!\w)(?:6|06|sau)\s*thang\s*(?P<half>dau|cuoi)(?:\s*nam)?{_YEAR}"),
        (("nua",), rf"(?<!\w)nua\s*(?P<half>dau|cuoi)(?:\s*nam){_YEAR}"),
        (("thang",), rf"(?<!\w)(?:9|09|chin)\s*thang\s*(?P<nine>dau)(?:\s*nam)?{_YEAR}"),
        (
            ("thang", "t"),
            r"(?<!\w)(?:cuoi|dau|giua|het|trong)?\s*(?:thang|t\.?(?=\d{1,2}\s*[/.-]\s*(?:19|20)\d\d))\s*"
            + _REAL_MONTH
            + r"(?![\d.,]*\d|\s*(?:nam\s*)?dau|\s*(?:nam\s*)?cuoi|\s*lan)"
            + _YEAR,
        ),
        (("/", ".", "-"), rf"{_FREE}{_REAL_MONTH}\s?[/.-]\s?{_FULL_YEAR}(?![\d/]|[.-]\d)"),
    )
)
_END_OF_YEAR = re.compile(r"(?<!\w)(?:(?:truoc|den|het|vao|cuoi)\s+)?(?:cuoi|het)\s+nam" + _YEAR + r"(?!\s*hoc)")
_BARE_YEAR = re.compile(r"(?<![\d/.,-])((?:19|20)\d\d)(?![\d/.,]*\d)")
# What every pattern needs at the least.
_NAMES_A_DAY = re.compile(r"\d\s?[/.-]\s?\d|quy|thang|nua|(?<!\w)q\.?\s*[i1-4]|(?<!\w)t\.?\d")
_DOCUMENT = re.compile(r"\d+(?:/\d{4})?(?:/|-)[a-z][a-z&-]*(?:/[a-z][\w-]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text, with the span that names it; `has_year` tells whether the text gave the year."""

    day: date
    start: int
    end: int
    has_year: bool


def last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _resolve(found: re.Match[str], year: int) -> date | None:
    part = found.groupdict()
    try:
        if part.get("iso"):
            return date.fromisoformat(part["iso"])
        if part.get("quarter"):
            return last_of_month(year, 3 * _ROMAN[part["quarter"]])
        if part.get("half"):
            return last_of_month(year, 6 if part["half"] == "dau" else 12)
        if part.get("nine"):
            return last_of_month(year, 9)
        if part.get("day"):
            return date(year, int(part["month"]), int(part["day"]))
        return last_of_month(year, int(part["month"]))
    except ValueError:
        return None


def _year(written: str | None, otherwise: int | None) -> int | None:
    if not written:
        return otherwise
    return int(written) if len(written) == 4 else 2000 + int(written)


@lru_cache(maxsize=512)  # the schedule, the figures and the trend look at the same texts
def days_in(text: str, year: int | None = None) -> tuple[Day, ...]:
    """Every day, month, quarter or half-year named in `text`, in order; a period counts with its last day.

    `year` serves those without one; where it is None they are left out.

    >>> [str(found.day) for found in days_in("vụ 1 trước 30/4, vụ 2 trước 31/10/2022", 2022)]
    ['2022-04-30', '2022-10-31']
    >>> [str(found.day) for found in days_in("quý II/2027; 6 tháng đầu năm 2023; ngày 5 tháng 9 năm 2024")]
    ['2027-06-30', '2023-06-30', '2024-09-05']
    >>> [str(found.day) for found in days_in("quý III, IV/2022; 12/2022; Q3/2022; T6/2022; quý I, 2 cuộc", 2022)]
    ['2022-12-31', '2022-12-31', '2022-09-30', '2022-06-30', '2022-03-31']
    """
    folded = fold(text)
    if not _NAMES_A_DAY.search(folded):
        return ()
    taken: list[tuple[int, int]] = [found.span() for found in _DOCUMENT.finditer(folded)]
    found_days: list[Day] = []
    for needed, pattern in _PATTERNS:
        if not any(map(folded.__contains__, needed)):
            continue
        for found in pattern.finditer(folded):
            start, end = found.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            written = found.groupdict().get("year") or found.groupdict().get("iso")
            in_year = _year(found.groupdict().get("year"), year)
            day = _resolve(found, in_year or 1) if in_year or found.groupdict().get("iso") else None
            if day is not None:
                taken.append((start, end))
                found_days.append(Day(day, start, end, bool(written)))
    return tuple(sorted(found_days, key=lambda each: each.start))


def end_of_year_in(text: str, year: int | None = None) -> Day | None:
    """ "cuối năm 2022", "hết năm": 31 December, which offices mean as a date."""
    found = _END_OF_YEAR.search(fold(text))
    if found is None:
        return None
    in_year = _year(found.groupdict().get("year"), year)
    if in_year is None:
        return None
    return Day(date(in_year, 12, 31), found.start(), found.end(), bool(found.groupdict().get("year")))


def fixed_day(text: str, year: int | None = None) -> date | None:
    """The day a deadline fixes, the last if it names several, or None.

    >>> fixed_day("trước ngày 10 hằng tháng, hết tháng 12/2022")
    datetime.date(2022, 12, 31)
    >>> fixed_day("giai đoạn 2021 - 2025") is None, fixed_day("trong cả năm", 2022) is None
    (True, True)
    >>> fixed_day("01/9", 2022), fixed_day("trước Tết (10/02/2024)")
    (datetime.date(2022, 9, 1), datetime.date(2024, 2, 10))
    """
    days = days_in(text, year)
    return max(each.day for each in days) if days else None


def years_in(text: str) -> list[int]:
    """Years that stand alone in a text, in order.

    >>> years_in("giai đoạn 2021 - 2025"), years_in("18-NQ/TW ngày 25/10/2017")
    ([2021, 2025], [])
    """
    return [int(found) for found in _BARE_YEAR.findall(fold(text))]


def show_day(day: date | str) -> str:
    """dd/mm/yyyy.

    >>> show_day("2022-12-31")
    '31/12/2022'
    """
    return (date.fromisoformat(day) if isinstance(day, str) else day).strftime("%d/%m/%Y")


def show_month(day: date | str, year: int) -> str:
    """The month in plain speech; its year only where it is another than `year`, which the talk is about.

    >>> show_month("2022-06-10", 2022), show_month("2023-06-10", 2022)
    ('tháng 6', 'tháng 6/2023')
    """
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"tháng {day.month}" if day.year == year else f"tháng {day.month}/{day.year}"


def period_end(period: str) -> date:
    """The last day of a period written "2021", "2021-06" or "2021-06-30".

    >>> period_end("2021"), period_end("2021-06")
    (datetime.date(2021, 12, 31), datetime.date(2021, 6, 30))
    """
    if len(period) == 4:
        return date(int(period), 12, 31)
    if len(period) == 7:
        return last_of_month(int(period[:4]), int(period[5:]))
    return date.fromisoformat(period)


def from_serial(serial: float) -> date:
    """A day from Excel's count of days since 30/12/1899.

    >>> from_serial(44926)
    datetime.date(2022, 12, 31)
    """
    return date(1899, 12, 30) + timedelta(days=int(serial))
