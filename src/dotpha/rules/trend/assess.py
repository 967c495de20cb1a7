"""Business as usual for a whole registration: what each of its figures would do by itself until the deadline.

Source: trend method, sections 4 and 5; the bands are in section 5. The figure advises; people conclude.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.result import Band, Evidence, Trend
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from dotpha.rules.trend.forecast import (
    LARGEST,
    Forecast,
    NoForecast,
    chance_reached,
    forecast,
    leap_size,
    reached_on,
    reporting_unit,
)
from dotpha.rules.trend.indicator import Reading, read_indicator
from dotpha.rules.trend.own_past import (
    Points,
    day_of_today,
    deadline_of,
    ends_a_year,
    history_of,
    in_year,
    late_in_year,
    like_with_like,
    since_restart,
    start_of,
    still_since,
    with_today,
)
from dotpha.rules.trend.scale import Measure
from dotpha.rules.trend.told import Teller, told_figure, told_past

METHODS: dict[str, str] = {
    "drift": "theo đà của chính đơn vị",
    "pooled": "theo đà của đơn vị và các đơn vị tương tự",
    "momentum": "theo đà đang tăng tốc hoặc giảm tốc",
    "progress": "theo nhịp độ của công trình",
    "standstill": "đứng yên, không tự chạy",
    "siblings": "chỉ dựa vào đơn vị tương tự",
    "stated": "theo số liệu nêu trong thuyết minh",
    "one-point": "chưa đủ dữ liệu: mới có một số liệu",
    "too-far": "quá xa để dự báo",
    "part-year": "chưa đủ dữ liệu: chỉ có số cả năm, hạn giữa năm",
    "none: no value": "chưa đủ dữ liệu: chưa có số liệu nào",
    "none: deadline passed": "hạn không sau số liệu cuối cùng",
}

Sibling = Sequence[tuple[date, float]]
Siblings = Mapping[int, Sequence[Sibling]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What one figure would do by itself, and how the figure was understood.

    `stands_still_since`: the day since which it has not moved, short of its target. `runs_by_itself`: a piece
    of work under way that its own pace brings to the target. `at_target`: today's value has reached it.
    `said`: words of the text that served as its past. `forecast` is there to draw the way; None if there is none.
    """

    trend: Trend
    reading: Reading
    stands_still_since: str = ""
    runs_by_itself: bool = False
    at_target: bool = False
    said: tuple[Evidence, ...] = ()
    forecast: Forecast | None = None


def assess(
    registration: Registration, *, on: date, siblings: Siblings | None = None, thresholds: Thresholds = DEFAULT
) -> tuple[Outlook, ...]:
    """The outlook of every indicator, in their order; of a figure told only in the text, one without index.

    Args:
        registration: the task as registered.
        on: the day of the screening; dates what the registration leaves undated.
        siblings: by index of the indicator, the same figure of similar units as (day, value) in order of time.
        thresholds: the chances from which the bands hold.
    """
    deadline = deadline_of(registration, on=on)
    teller = Teller(registration, min(deadline.year, on.year))
    case = _Case(registration, deadline, start_of(registration), on, teller, thresholds)
    if not registration.indicators:
        return case.told_outlook()
    others = siblings or {}
    return tuple(
        case.outlook(index, indicator, others.get(index, ())) for index, indicator in enumerate(registration.indicators)
    )


@dataclass(frozen=True, slots=True)
class _Past:
    """A figure's own past made ready: its points, the words they come from, the day to forecast.

    `part_year`: only totals of whole years are known, although the deadline asks for part of one.
    """

    points: Points
    said: tuple[Evidence, ...]
    at: date
    part_year: bool


@dataclass(frozen=True, slots=True)
class _Case:
    """One registration on the day it is looked at."""

    registration: Registration
    deadline: date
    start: date | None
    on: date
    teller: Teller
    thresholds: Thresholds

    def outlook(self, index: int | None, indicator: Indicator, siblings: Sequence[Sibling]) -> Outlook:
        if indicator.target is not None and not abs(indicator.target) <= LARGEST:
            indicator = replace(indicator, target=None)
        reading = read_indicator(indicator)
        past = self._past(indicator, reading)
        still = still_since(past.points) if past.points else None
        try:
            found = _forecast(reading, past, still, siblings)
        except NoForecast:
            found = None
        trend = _trend(index, indicator, reading, past, still, found, self.thresholds)
        reached = _is_reached(past.points, indicator.target, reading.better)
        return Outlook(
            trend=trend, reading=reading, at_target=reached, said=past.said, forecast=found,
            stands_still_since=still.isoformat() if still and not reached else "",
            runs_by_itself=reading.kind == "progress" and not still and trend.band is Band.USUAL,
        )  # fmt: skip

    def told_outlook(self) -> tuple[Outlook, ...]:
        """Of the figure only the text tells of; none unless it tells of its past too."""
        figure = told_figure(self.teller)
        if figure is None:
            return ()
        outlook = self.outlook(None, figure[0], ())
        return (replace(outlook, said=(*figure[1], *outlook.said)),) if outlook.trend.n > 1 else ()

    def _past(self, indicator: Indicator, reading: Reading) -> _Past:
        points = history_of(indicator)
        said: tuple[Evidence, ...] = ()
        if reading.yearly:
            points = like_with_like(points, self.deadline)
        if not _is_season(reading, points):  # today's value of a yearly total is that of a whole year
            points = with_today(points, indicator.baseline, self._today(reading, points[-1][0] if points else None))
        if len(points) < 2 and (told := told_past(self.teller, indicator, reading, points, self._today(reading, None))):
            points, said = told.points, told.said
        return _Past(points, said, *self._day_to_forecast(reading, points))

    def _today(self, reading: Reading, last: date | None) -> date:
        return day_of_today(last, deadline=self.deadline, start=self.start, on=self.on, yearly=reading.yearly)

    def _day_to_forecast(self, reading: Reading, points: Points) -> tuple[date, bool]:
        """The deadline, or the day the deadline's year is closed where totals of whole years are compared.

        The second value says that the deadline asks for part of a year although only whole years are known.
        """
        if not points or not reading.yearly or _is_season(reading, points):
            return self.deadline, False
        return in_year(points[-1][0], self.deadline.year), not late_in_year(self.deadline)


def _is_season(reading: Reading, points: Points) -> bool:
    """Whether a yearly total is compared by the same part of each year."""
    return reading.yearly and bool(points) and not ends_a_year(points[-1][0])


def _forecast(reading: Reading, past: _Past, still: date | None, siblings: Sequence[Sibling]) -> Forecast:
    if reading.kind != "progress":
        return forecast(past.points, siblings, past.at, reading.measure)
    if still:  # work that stood still is not believed to run by itself
        return forecast(past.points, siblings, past.at, Measure("percent", reading.low, reading.high))
    return forecast(since_restart(past.points), siblings, past.at, reading.measure)


def _trend(
    index: int | None,
    indicator: Indicator,
    reading: Reading,
    past: _Past,
    still: date | None,
    found: Forecast | None,
    thresholds: Thresholds,
) -> Trend:
    told = _told(indicator.target, reading, past, still, found, thresholds)
    return Trend(
        indicator=indicator.name, index=index, unit=indicator.unit, target=indicator.target,
        at=past.at.isoformat(), kind=reading.kind, better=reading.better, n=len(past.points),
        points=tuple([(day.isoformat(), value) for day, value in past.points]), **told,
    )  # fmt: skip


def _told(
    target: float | None,
    reading: Reading,
    past: _Past,
    still: date | None,
    found: Forecast | None,
    thresholds: Thresholds,
) -> dict[str, Any]:
    """The fields of a `Trend` that a forecast fills, as far as it allows to speak."""
    if found is None:
        return {"method": "none: deadline passed" if past.points else "none: no value"}
    method = _method(reading, past, still, found)
    if method == "too-far":
        return {"method": method, "median": found.median}
    told = {"method": method, "median": found.median, "low": found.low, "high": found.high}
    if method == "one-point" or target is None:
        return told
    unit = reporting_unit([value for _, value in past.points])
    chance = chance_reached(found, target, reading.better, unit)
    if past.part_year and chance >= thresholds.clarify:
        # What the whole year does not bring, part of it does not either; but not the other way round.
        return told | {"method": "part-year"}
    reached, leap = reached_on(found, target, reading.better), leap_size(found, target, reading.better, unit)
    return told | {
        "p_reached": chance, "band": band_of(chance, thresholds), "leap": leap if math.isfinite(leap) else None,
        "reaches_on": reached.isoformat() if reached else "",
    }  # fmt: skip


def _method(reading: Reading, past: _Past, still: date | None, found: Forecast) -> str:
    """The code in `METHODS` of how a forecast was made, the most telling one first."""
    if found.too_far:
        return "too-far"
    if len(past.points) == 1:
        return "siblings" if found.siblings else "one-point"
    if past.said:
        return "stated"
    if reading.kind == "progress":
        return "standstill" if still else "progress"
    if found.swing:
        return "momentum"
    return "pooled" if found.siblings else "drift"


def band_of(chance: float, thresholds: Thresholds = DEFAULT) -> Band:
    """What the screen may say of the chance, 0 to 1, that the target is reached by itself (section 5)."""
    if chance >= thresholds.usual:
        return Band.USUAL
    if chance >= thresholds.clarify:
        return Band.CLARIFY
    return Band.ABOVE if chance >= thresholds.above else Band.LEAP


def _is_reached(points: Points, target: float | None, better: str) -> bool:
    if not points or target is None:
        return False
    return points[-1][1] >= target if better == "higher" else points[-1][1] <= target
