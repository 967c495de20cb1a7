"""A figure's past from the registration's text, where the register has no history of it.

Nothing is invented: a statement counts for a figure only if its unit is the figure's, no other figure of the
registration has that unit, and today's value, where both know it, agrees.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.result import Evidence
from dotpha.rules.trend.indicator import Reading
from dotpha.rules.trend.own_past import Points, in_year
from dotpha.rules.trend.path import DAYS_A_YEAR
from dotpha.rules.trend.statements import (
    Began,
    Stated,
    began_in,
    from_to_in,
    monthly_in,
    now_in,
    pace_in,
    progress_in,
    stalls,
    still_in,
    yearly_in,
)
from dotpha.rules.vietnamese.numbers import NUMBER, parse_number
from dotpha.rules.vietnamese.text import fold

_FIELDS = ("title", "description")
# "Mỗi năm" and "mỗi tháng" speak of some of them; so many points back are taken.
_PACE_YEARS, _PACE_MONTHS = 3, 4
_LEAD = 60  # characters before a statement that may name what it is about
_FINISH = re.compile(r"(?<!\w)(?:hoan thanh|thong xe|khanh thanh|dua vao su dung)(?!\w)")
_POINTS_OF_SHARE = ("%", "diem phan tram", "diem %", "diem")


@dataclass(frozen=True, slots=True)
class Told:
    """Points told in words, oldest first, and the words."""

    points: Points
    said: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Teller:
    """The fields of a registration that tell, and the year they speak in."""

    registration: Registration
    year: int

    def read(self, reader: Callable[[str], Iterable[Stated]]) -> list[tuple[str, Stated]]:
        return [(field, each) for field in _FIELDS for each in reader(getattr(self.registration, field))]

    def read_for(
        self, indicator: Indicator, reader: Callable[[str], Iterable[Stated]], *, points: bool = False
    ) -> list[tuple[str, Stated]]:
        """What `reader` finds that can only be this indicator's; `points` accepts "điểm" of a percentage."""
        units = [fold(each.unit) for each in self.registration.indicators]
        if units.count(fold(indicator.unit)) > 1:
            return []
        return [each for each in self.read(reader) if _fits(each[1].unit, indicator, len(units) <= 1, points)]

    def quote(self, field: str, found: Stated | Began) -> Evidence:
        text = getattr(self.registration, field)
        return Evidence(field, found.start, found.end, text[found.start : found.end])

    def before(self, field: str, found: Stated) -> str:
        """The folded words that lead up to a statement."""
        return fold(getattr(self.registration, field)[max(0, found.start - _LEAD) : found.start])

    @property
    def stalls(self) -> bool:
        return any(stalls(getattr(self.registration, field)) for field in _FIELDS)


def _fits(said: str, indicator: Indicator, alone: bool, points: bool) -> bool:
    said, unit = fold(said), fold(indicator.unit)
    if unit == "%":
        return said.startswith(_POINTS_OF_SHARE if points else "%")
    if not said:
        return alone
    return bool(unit) and (said + " ").startswith(unit.split("/")[0] + " ")


def told_past(teller: Teller, indicator: Indicator, reading: Reading, known: Points, today: date) -> Told | None:
    """The past told for one indicator of which at most today's value (on `today`) is `known`; None if none."""
    said: tuple[Evidence, ...] = ()
    if not known:
        reader = progress_in if reading.kind == "progress" else now_in
        found = teller.read_for(indicator, reader)
        if len({each.values for _, each in found}) == 1:
            known = ((today, found[0][1].values[0]),)
            said = (teller.quote(*found[0]),)
    for way in (_years, _standing, _monthly_pace, _pace, _since_it_began):
        if told := way(teller, indicator, reading, known):
            if known or len(told.points) > 1:
                return Told(told.points, (*said, *told.said))
            known, said = told.points, told.said  # one year's value is what a pace told beside it starts from
    return Told(known, said) if said else None


def _years(teller: Teller, indicator: Indicator, reading: Reading, known: Points) -> Told | None:
    """Values of whole years. The last year's must be today's value if both are told."""
    found = teller.read_for(indicator, lambda text: yearly_in(text, teller.year))
    by_year = {year: value for _, each in found for year, value in zip(each.years, each.values, strict=True)}
    counted = sum(len(each.years) for _, each in found)
    if not by_year or counted != len(by_year):  # two values for one year: two figures are spoken of
        return None
    last = by_year.get(teller.year - 1)
    if known and last is None and (len(found) > 1 or counted < 2):
        return None
    if known and last is not None and abs(last - known[-1][1]) > 1e-9:
        return None
    points = tuple((date(year, 12, 31), value) for year, value in sorted(by_year.items()))
    if known and known[-1][0] > points[-1][0] and last is None:
        points = (*points, known[-1])
    return Told(points, tuple(teller.quote(*each) for each in found)) if len(points) > 1 or not known else None


def _standing(teller: Teller, indicator: Indicator, reading: Reading, known: Points) -> Told | None:
    """ "Bốn năm nay không nhích": today's value, and the same each year back."""
    found = teller.read(still_in)
    if len(found) != 1 or not known or len(teller.registration.indicators) > 1:
        return None
    (day, value), years = known[-1], int(found[0][1].values[0])
    if reading.yearly and value:
        return None
    return Told(_years_back(day, [value] * (years + 1)), (teller.quote(*found[0]),))


def _monthly_pace(teller: Teller, indicator: Indicator, reading: Reading, known: Points) -> Told | None:
    """ "Mỗi tháng thêm 7%" of one piece of work: today's value less that much a month."""
    found = teller.read_for(indicator, monthly_in) if reading.kind == "progress" else []
    if len(known) != 1 or len(found) != 1 or teller.stalls:
        return None
    (day, value), change = known[0], found[0][1].values[0]
    values = [value - change * i for i in range(_PACE_MONTHS, -1, -1) if value - change * i >= 0]
    return Told(_back(day, values, DAYS_A_YEAR / 12), (teller.quote(*found[0]),)) if len(values) > 1 else None


def _pace(teller: Teller, indicator: Indicator, reading: Reading, known: Points) -> Told | None:
    """ "Mỗi năm tăng 7 điểm": today's value less that much a year."""
    found = teller.read_for(indicator, pace_in, points=True) or _relative(teller, indicator)
    if not known or len(found) != 1:
        return None
    (day, value), change = known[-1], found[0][1].values[0]
    relative = found[0][1].unit.startswith("%") and fold(indicator.unit) != "%"
    if relative and change <= -100:
        return None  # nothing can be left of what falls by all of itself every year
    values = [value]
    for _ in range(_PACE_YEARS):
        earlier = values[0] / (1 + change / 100) if relative else values[0] - change
        if earlier < 0 or (reading.high is not None and earlier > reading.high):
            break
        values.insert(0, round(earlier, 2))
    return Told(_years_back(day, values), (teller.quote(*found[0]),)) if len(values) > 1 else None


def _relative(teller: Teller, indicator: Indicator) -> list[tuple[str, Stated]]:
    """ "Doanh thu mỗi năm tăng 8%" of a sum or a number, where the words before it name the figure."""
    head = " ".join(fold(indicator.name).split()[:2])
    return [
        (field, each)
        for field, each in teller.read(pace_in)
        if each.unit == "%" and each.values[0] > -100 and head and head in teller.before(field, each)
    ]


def _since_it_began(teller: Teller, indicator: Indicator, reading: Reading, known: Points) -> Told | None:
    """One piece of work began with nothing done; but not if it is said to stand still since."""
    if reading.kind != "progress" or len(known) != 1 or known[0][1] <= 0 or teller.stalls:
        return None
    for field in _FIELDS:
        for found in began_in(getattr(teller.registration, field), teller.year):
            if found.day < known[0][0]:
                return Told(((found.day, 0.0), *known), (teller.quote(field, found),))
    return None


def _back(day: date, values: list[float], step: float) -> Points:
    """`values`, oldest first, `step` days apart, the last on `day`."""
    last = len(values) - 1
    return tuple((day - timedelta(days=round((last - i) * step)), value) for i, value in enumerate(values))


def _years_back(day: date, values: list[float]) -> Points:
    """`values`, oldest first, on the same day of each year, the last on `day`."""
    last = len(values) - 1
    return tuple((in_year(day, day.year - last + i), value) for i, value in enumerate(values))


def told_figure(teller: Teller) -> tuple[Indicator, tuple[Evidence, ...]] | None:
    """The figure a registration without indicators speaks of and the words, if the text leaves no doubt which.

    "Từ 12% lên 70%", "Kết nạp 11 đảng viên" beside "lần lượt 7, 8 và 9 đảng viên", or the share done of a work
    that is to be finished.
    """
    title = teller.registration.title
    if len(pairs := teller.read(from_to_in)) == 1:
        now, target = pairs[0][1].values
        figure = Indicator(name=title, unit=pairs[0][1].unit, baseline=now, target=target)
        return figure, (teller.quote(*pairs[0]),)
    if (aimed := _share_aimed_at(title)) is not None and (told := teller.read(now_in) or teller.read(pace_in)):
        return Indicator(name=title, unit="%", target=aimed), (teller.quote(*told[0]),)
    for _, each in teller.read(lambda text: yearly_in(text, teller.year)):
        if len(each.values) > 1 and each.unit and (count := _count_of(each.unit, title)):
            return Indicator(name=title, unit=each.unit, baseline=each.values[-1], target=count), ()
    if teller.read(progress_in) and _FINISH.search(fold(title)):
        return Indicator(name=title, unit="%", target=100.0, kind="progress"), ()
    return None


_AIMED_AT = re.compile(rf"(?<!\w)(?:len|dat|xuong|con|toi)(?:\s+(?:it nhat|toi thieu|tren|duoi))?\s+({NUMBER})\s*%")


def _share_aimed_at(title: str) -> float | None:
    """The percentage a title aims at ("lên 60%"), if it names just one."""
    folded = fold(title)
    found = _AIMED_AT.findall(folded)
    return parse_number(found[0]) if len(found) == 1 and folded.count("%") == 1 else None


def _count_of(unit: str, title: str) -> float | None:
    """The number before `unit` in a title, if there is just one."""
    found = re.findall(rf"(?<![\d.,/])(\d{{1,6}})\s+{re.escape(fold(unit))}(?!\w)", fold(title))
    return float(found[0]) if len(found) == 1 else None
