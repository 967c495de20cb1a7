"""Figures in cells: "dưới 2,1", "trên 90%", "4.000 lượt", "từ 12% lên 70%", "2019: 23; 2020: 23".

A text that is not plainly a figure gives None: guessing is worse than asking.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dotpha.documents.registers.cells import Percent, unmarked
from dotpha.documents.registers.words import any_of
from dotpha.rules.vietnamese.dates import days_in
from dotpha.rules.vietnamese.numbers import NUMBER_WORDS, number_in_words, parse_number
from dotpha.rules.vietnamese.text import plain

NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.])|\d{1,3}(?: \d{3})+(?![\d.,])|\d{1,3}(?:,\d{3})+\.\d+|\d+(?:[.,]\d+)?)"
)
_CUES = rf"(?:{any_of('cue')}\s*)*"
_BRACKETS = re.compile(r"\([^()]*\)")
_FIGURE = re.compile(rf"{_CUES}(?P<number>[-+]?{NUMBER})(?:\s*/\s*\d+(?:[.,]\d+)?)?\s*(?P<rest>.*)", re.DOTALL)
_IN_YEAR = r"(?:trong |vào |của |tính đến )?(?:cuối |hết )?năm (?:19|20)\d\d"
_TAIL = re.compile(rf"\s*(?:trở lên|trở xuống|trở đi|hoặc hơn|so với.*|{_IN_YEAR})$|[.;,]+$")
_ASIDE = re.compile(r"^\s*(?:vào |tính đến |đến |của )?(?:cuối |đầu |hết )?(?:năm|tháng|quý|ngày)\s*[\d/ivx.-]+")
_SQUARE = re.compile(r"(?<=m)[23](?!\d)")
_UNIT = r"(?:[^\d;:,()\n]|(?<=m)[23](?!\d)){0,30}?"
_CHANGE = re.compile(
    rf"(?P<lead>.*?)(?:(?<!\w)từ\s+(?:mức\s+)?)?{_CUES}(?P<first>{NUMBER})(?:/\d+)?(?P<unit>\s*{_UNIT})\s*"
    rf"(?:\([^()]*\)\s*)?,?\s*(?<!\w){any_of('arrow', 'becoming')}\s*"
    rf"{_CUES}(?P<second>{NUMBER})(?:/\d+)?\s*(?P<rest>.*)",
    re.DOTALL,
)
_STATED = re.compile(
    rf"(?P<lead>.*?)(?:(?<!\w){any_of('now')}\s*[:(]?\s*{_CUES}(?P<first>{NUMBER})(?:/\d+)?\)?(?P<unit>\s*{_UNIT})"
    rf"|(?P<first2>{NUMBER})(?P<unit2>\s*{_UNIT})\s*\({any_of('now')}\))\s*[;,.\n]?\s*(?:đến |và )?"
    rf"(?<!\w){any_of('then')}[^\d\n]{{0,30}}?(?:năm \d{{4}})?\s*[:(]?\s*{_CUES}(?P<second>{NUMBER})(?:/\d+)?"
    r"\s*(?P<rest>.*)",
    re.DOTALL,
)
_ENDS = re.compile(
    rf"(?P<lead>.+?)\s*(?::|[-–]\s|=|(?<!\w){any_of('reaching')}(?!\w)|[≥≤<>]=?)\s*{_CUES}(?P<number>{NUMBER})\s*"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_BEFORE = re.compile(rf"\(\s*{any_of('now')}\s*:?\s*{_CUES}(?P<first>{NUMBER})(?:/\d+)?\s*(?P<unit>{_UNIT})\s*\)")
_LEAD_END = re.compile(rf"(?:(?<!\w){any_of('verbs')}(?!\w)|[\s:,;.–-])*$")
_LONGEST = 400  # letters of a phrase about one indicator; what is longer is a text
_DAY_AND_MONTH = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\d)"
_DATE_SHAPE = re.compile(rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|{_DAY_AND_MONTH}|tháng\s*\d|quý\s*[\divx]")


@dataclass(frozen=True, slots=True)
class Figure:
    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A phrase with a figure reached from another: `lead` is what stands before, usually a name."""

    lead: str
    baseline: Figure | None
    target: Figure | None


def _number(text: str) -> float | None:
    return parse_number(text.replace(" ", ""))


def figure(value: Any) -> Figure | None:
    """The one figure a cell holds, with the unit written after it.

    >>> figure("dưới 2,1"), figure("≥ 95%"), figure("4.000 lượt")
    (Figure(value=2.1, unit=''), Figure(value=95.0, unit='%'), Figure(value=4000.0, unit='lượt'))
    >>> figure("14/19 tiêu chí"), figure("9 - 11%"), figure("chưa có số liệu"), figure("tăng 20%")
    (Figure(value=14.0, unit='tiêu chí'), None, None, None)
    """
    if value.__class__ is not str:
        if isinstance(value, Percent):
            return Figure(float(value), "%")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Figure(float(value))
        return None
    if (number := parse_number(value)) is not None:
        return Figure(number)
    if len(value) > _LONGEST:
        return None
    text = _BRACKETS.sub(" ", unmarked(value).replace("\n", " ")).strip(" ()")
    lowered = plain(text)
    found = _FIGURE.fullmatch(lowered)
    if found is None:
        return _in_words(text)
    number = _number(found["number"])
    rest = _rest(text, found.start("rest"))
    if number is None or _has_digit(rest):
        return None
    return Figure(number, unit_of(rest))


def _in_words(text: str) -> Figure | None:
    words = text.lower().split()
    counted = 0
    while counted < len(words) and words[counted] in NUMBER_WORDS:
        counted += 1
    if not counted or words[0] in ("không", "năm", "lẻ", "linh") or len(words) - counted > 3:
        return None
    number = number_in_words(words[:counted])
    return None if number is None else Figure(float(number), " ".join(text.split()[counted:]))


def _rest(text: str, start: int) -> str:
    rest = text[start:].strip()
    while (cut := _TAIL.sub("", rest).strip()) != rest:
        rest = cut
    aside = _ASIDE.match(plain(rest))
    return rest[aside.end() :].strip(" ,;.") if aside else rest


def unit_of(rest: str) -> str:
    """What follows a number, if it is short enough to be its unit.

    >>> unit_of("tỷ đồng"), unit_of("hộ dân trong vùng dự án khu công nghiệp")
    ('tỷ đồng', '')
    """
    rest = rest.strip(" .;,:-–)")
    if rest.startswith("%"):
        return "%"  # "100% hộ dân" counts in percent, whatever of
    return rest if len(rest.split()) <= 4 and len(rest) <= 30 else ""


def change(text: str) -> Change | None:
    """Both figures of one phrase, or None.

    >>> change("từ 12% lên 70%")
    Change(lead='', baseline=Figure(value=12.0, unit='%'), target=Figure(value=70.0, unit='%'))
    >>> change("Trang trại trong khu dân cư: 27 trại xuống 0").target
    Figure(value=0.0, unit='trại')
    >>> change("đường từ thôn 1 đến thôn 5") is None, change("từ tháng 3 đến tháng 9/2022") is None
    (True, True)
    """
    return _named(text, _change)


def stated_target(text: str) -> Change | None:
    """A name and the figure it shall reach, written as one phrase.

    >>> stated_target("Số hộ chưa bàn giao: 0 hộ")
    Change(lead='Số hộ chưa bàn giao', baseline=None, target=Figure(value=0.0, unit='hộ'))
    >>> stated_target("Tổ chức hội nghị đối thoại") is None
    True
    """
    return _named(text, _stated_target)


def _named(text: str, read: Callable[[str], Change | None]) -> Change | None:
    """Read a phrase; what stands before a colon is the name as it is, whatever words it ends with."""
    text = " ".join(text.split())
    if len(text) > _LONGEST or _DATE_SHAPE.search(plain(text)):
        return None
    name, colon, rest = text.partition(":")
    if colon and not _has_digit(name) and (found := read(rest.strip())) is not None and not found.lead:
        return Change(name.strip(), found.baseline, found.target)
    return read(text)


def _change(text: str) -> Change | None:
    lowered = plain(text)
    found = _STATED.fullmatch(lowered) or _CHANGE.fullmatch(lowered)
    if found is None:
        return None
    which = "2" if found.groupdict().get("first2") else ""
    first, second = _number(found["first" + which]), _number(found["second"])
    rest = _rest(_BRACKETS.sub(" ", text[found.start("rest") :]), 0)
    if first is None or second is None or _has_digit(rest):
        return None
    before = unit_of(text[slice(*found.span("unit" + which))])
    after = unit_of(rest)
    if before and after and before != after:
        after = before if after.startswith(before) or "%" in before else after
    name = _name(text[: found.start("first" + which)])
    return Change(name, Figure(first, before or after), Figure(second, after or before))


def _stated_target(text: str) -> Change | None:
    if (whole := figure(text)) is not None:
        return Change("", None, whole)
    found = _ENDS.fullmatch(plain(text))
    if found is None or (number := _number(found["number"])) is None:
        return None
    told = text[found.start("rest") :]
    rest = _rest(_BRACKETS.sub(" ", told), 0)
    if _has_digit(rest):
        return None
    target = Figure(number, unit_of(rest))
    return Change(_name(text[: found.end("lead")]), _stated_before(told, target), target)


def _stated_before(told: str, target: Figure) -> Figure | None:
    """Where it stands now, in brackets after the figure to reach: "đạt 45 khung (hiện có 6 khung)"."""
    found = _BEFORE.search(plain(told))
    first = _number(found["first"]) if found else None
    return None if found is None or first is None else Figure(first, unit_of(found["unit"]) or target.unit)


def _has_digit(text: str) -> bool:
    """Whether a text holds a digit that is not part of a unit like m3."""
    return any(sign.isdigit() for sign in _SQUARE.sub("", text))


def _name(lead: str) -> str:
    found = _LEAD_END.search(plain(lead))
    return lead[: found.start() if found else len(lead)].strip(" :,;–-(")


# -- history ------------------------------------------------------------------------------------------------

_YEARS = r"(?:19|20)\d\d"
_PERIOD = (
    r"(?:(?:đến |cuối |hết )?(?:ngày\s*)?\d{1,2}[/.-]\d{1,2}[/.-]" + _YEARS + r"|"
    r"(?:quý|q\.?)\s*(?:iv|i{1,3}|[1-4])\s*(?:/|-|năm)?\s*" + _YEARS + r"|"
    r"(?:6|9)\s*(?:t(?:háng)?)\s*(?:đầu|cuối)?\s*(?:năm)?\s*/?\s*" + _YEARS + r"|"
    r"(?:cuối |hết |đến )?(?:tháng|t)\s*\d{1,2}\s*[/.-]\s*" + _YEARS + r"|" + _YEARS + r"-\d\d-\d\d|"
    r"(?<![\d/])\d{1,2}/" + _YEARS + r"|(?:cuối |hết |đầu )?(?:năm\s*)?" + _YEARS + r"(?!\d))"
)
_POINT = re.compile(
    rf"(?P<period>{_PERIOD})\s*(?:(?::|=|là|đạt|có|được|còn|thực hiện|kết nạp|[(),]|-|–)\s*)*"
    rf"(?:[≥≤~]|khoảng|trên|dưới)?\s*(?P<value>{NUMBER})(?![/.-]\d)\s*(?P<rest>[^\d;\n|(]*)"
)
_POINT_BACK = re.compile(rf"(?P<value>{NUMBER})\s*(?P<rest>[^\d;\n|(,]{{0,20}}?)\s*\((?P<period>{_PERIOD})\)")
_SERIES = re.compile(
    rf"(?P<years>{_YEARS}(?:\s*(?:,|-|–|;|/|và|đến)\s*{_YEARS})+)\s*(?::|lần lượt(?: là)?|là)\s*"
    r"(?:lần lượt(?: là)?)?(?P<values>.+)"
)
_NUMBERS = re.compile(NUMBER)


def period(text: str) -> str:
    """The period a text names: "2021", or the last day of a shorter one; "" if none.

    >>> period("Kết quả năm 2019"), period("30/6/2021"), period("quý II/2021"), period("kpi_2020")
    ('2019', '2021-06-30', '2021-06-30', '2020')
    """
    days = days_in(text.replace("_", " "))
    if days:
        return days[-1].day.isoformat()
    short = re.search(r"(?<!\d)([69])\s*t(?:háng)?\s*(?:đầu năm)?\s*[/.-]?\s*((?:19|20)\d\d)", plain(text))
    if short:
        return f"{short[2]}-{'06' if short[1] == '6' else '09'}-30"
    found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    return found[-1] if found else ""


def history(text: str) -> tuple[list[tuple[str, float]], str]:
    """Points of time in one cell, in order of time, and what was left that says something else.

    >>> history("30/4/2021: 5; 30/6/2021: 22,5")
    ([('2021-04-30', 5.0), ('2021-06-30', 22.5)], '')
    >>> history("7 (2019), 8 (2020)")[0], history("2019-2021: 7; 8; 9")[0]
    ([('2019', 7.0), ('2020', 8.0)], [('2019', 7.0), ('2020', 8.0), ('2021', 9.0)])
    """
    lowered = plain(text[:4000])
    series = _SERIES.search(lowered)
    if series and (points := _series_points(series)):
        return points, ""
    points = []
    for pattern in (_POINT_BACK, _POINT):
        found = list(pattern.finditer(lowered))
        if found and len(found) > len(points):
            points = [(period(each["period"]), _number(each["value"]) or 0.0) for each in found]
            left = pattern.sub(" ", lowered)
    if not points:
        return [], text
    points.sort(key=lambda point: point[0].ljust(10, "~"))
    return points, " ".join(re.findall(r"[^\W_]*\d[^\W_]*", left))


def _series_points(found: re.Match[str]) -> list[tuple[str, float]]:
    years = [int(year) for year in re.findall(_YEARS, found["years"])]
    values = [_number(each) for each in _NUMBERS.findall(found["values"])]
    if len(years) == 2 and len(values) > 2:
        years = list(range(years[0], years[1] + 1))
    if len(years) != len(values):
        return []
    return [(str(year), value) for year, value in zip(years, values, strict=True) if value is not None]


def is_day(value: Any) -> bool:
    return isinstance(value, date | datetime)
