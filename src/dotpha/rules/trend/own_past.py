"""The unit's own past as points in time: dated history, today's value, like compared with like.

Source: trend method, section 4 (period totals, seasonal dates, restarts and pauses).
"""

from datetime import date

from dotpha.rules.reading.fields import campaign_year
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.trend.forecast import LARGEST
from dotpha.rules.vietnamese.dates import fixed_day, period_end

Points = tuple[tuple[date, float], ...]

_SAME_SEASON = 31  # days
_STILL_DAYS = 540  # a year and a half
_STILL_GAPS, _STILL_GAPS_DAYS = 2, 150  # two reports without a move, if they are not a few weeks apart


def deadline_of(registration: Registration, *, on: date) -> date:
    """The day to forecast: as the register fixed it, as the text says it, else the end of the campaign's year.

    A deadline before the start was typed with the wrong year; its day and month still hold.
    """
    day = iso_day(registration.deadline_iso) or iso_day(registration.deadline)
    if day is None:
        year = campaign_year(registration, on=on)
        day = fixed_day(registration.deadline, year) or date(year, 12, 31)
    start = start_of(registration)
    if start is None or day >= start:
        return day
    moved = in_year(day, start.year)
    return moved if moved > start else in_year(day, start.year + 1)


def in_year(day: date, year: int) -> date:
    """The same day of another year; a February ends with the 28th."""
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def start_of(registration: Registration) -> date | None:
    return iso_day(registration.start) or fixed_day(registration.start)


def iso_day(text: str) -> date | None:
    """A day written "2022-12-31", of a year an office may mean."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year <= 2200 else None


def history_of(indicator: Indicator) -> Points:
    """Dated values in order of time; of two on one day the later entered counts, what is no date is left out."""
    by_day: dict[date, float] = {}
    for period, value in indicator.history:
        if abs(value) <= LARGEST and (day := _end_of(period)):
            by_day[day] = value
    return tuple(sorted(by_day.items()))


def _end_of(period: str) -> date | None:
    try:
        return period_end(period)
    except ValueError:
        return None


def with_today(points: Points, value: float | None, day: date) -> Points:
    """The past with today's value (hiện trạng) as its latest.

    Offices copy the last report there: a value that only repeats it is no news that the figure stood still since.
    """
    if value is None or not abs(value) <= LARGEST or (points and value == points[-1][1]):
        return points
    return (*(point for point in points if point[0] < day), (day, value))


def day_of_today(last: date | None, *, deadline: date, start: date | None, on: date, yearly: bool) -> date:
    """The day of today's value: the end of the year before the deadline's, or the start of the work if later.

    A year's total belongs to the end of that year. Where the last report is as new, the value is of the day
    it is looked at, or corrects that report.
    """
    day = date(deadline.year - 1, 12, 31)
    if yearly:
        day = min(day, date(on.year, 12, 31))
    else:
        day = min(day, on)
        if start and start < deadline:
            day = max(day, start)
    if last is None or day > last:
        return day
    return on if not yearly and last < on < deadline else last


def like_with_like(points: Points, deadline: date) -> Points:
    """Of a figure that starts anew each year, the totals that compare with the deadline's.

    Those of the same season where the deadline lies within the year and two such are known, else whole years.
    """
    whole = tuple(point for point in points if ends_a_year(point[0]))
    season = tuple(point for point in points if _same_season(point[0], deadline))
    if not late_in_year(deadline) and len(season) >= 2:
        return season
    return whole or points


def late_in_year(deadline: date) -> bool:
    """From October on, a deadline means the year's total."""
    return deadline.month >= 10


def ends_a_year(day: date) -> bool:
    """Reports of a year are closed on the 31st, some on the 14th or 20th of December."""
    return day.month == 12


def _same_season(day: date, deadline: date) -> bool:
    apart = abs(day.timetuple().tm_yday - deadline.timetuple().tm_yday)
    return min(apart, 365 - apart) <= _SAME_SEASON


def still_since(points: Points) -> date | None:
    """The day since which the value has not moved, for two reports or a year and a half at least; else None."""
    first = _first_of_last_run(points)
    gaps, days = len(points) - 1 - first, (points[-1][0] - points[first][0]).days
    if days >= _STILL_DAYS or (gaps >= _STILL_GAPS and days >= _STILL_GAPS_DAYS):
        return points[first][0]
    return None


def _first_of_last_run(points: Points) -> int:
    first = len(points) - 1
    while first and points[first - 1][1] == points[-1][1]:
        first -= 1
    return first


def since_restart(points: Points) -> Points:
    """One piece of work from its last restart: the end of a pause, or a fall of the value."""
    for i in range(len(points) - 2, 0, -1):
        if points[i][1] <= points[i - 1][1]:
            return points[i:]
    return points
