"""Columns named by years and days: results of the past, the plan of the register's year."""

import re

from dotpha.documents.registers.columns import matches, words_of
from dotpha.documents.registers.figures import period
from dotpha.documents.registers.header import Column, years_covered
from dotpha.documents.registers.layout import IndicatorColumns
from dotpha.documents.registers.units import unit_in_heading
from dotpha.documents.registers.words import words

_QUARTER_OR_MONTH = re.compile(r"(?:quý|q)\s*[ivx\d]+|tháng \d+")
_PLAN = frozenset(("phan", "kh", "hoach", "dang", "cam", "target", "plan", "muc"))  # words no result is named by
_PLAN_OF_YEAR = _PLAN | {"du", "can", "chi", "ke"}  # … beside the register's year
_RESULT = frozenset(("ket", "th", "thuc", "uoc"))
_LAST_YEARS_PLAN = frozenset(("kh", "hoach", "plan"))


def is_period_column(column: Column) -> bool:
    """Whether a heading is a year or a day with at most words like "kết quả" or "phấn đấu"."""
    text = column.leaf
    named = period(text)
    if years_covered(text):
        return False
    if not named and not (_QUARTER_OR_MONTH.fullmatch(text.lower()) and period(column.parent)):
        return False
    best = max(matches(text), key=lambda match: match.score, default=None)
    if best is not None and best.role == "baseline" and best.score >= 1.8:
        return False
    known = words("done") | words("planned")
    said = [word for word in words_of(text) if not word.isdigit()]
    return all(word in known or re.fullmatch(r"\d+t?|i{1,3}|iv|t\d+", word) for word in said)


def planned_year(columns: list[Column]) -> int | None:
    """The year the columns of plans name, for a register that names none itself."""
    years = [int(period(column.leaf)[:4]) for column in columns if period(column.leaf) and _is_planned(column, None)]
    return max(years, default=None)


def _is_planned(column: Column, year: int | None) -> bool:
    named = period(column.leaf) or period(column.parent)
    own = set(words_of(column.leaf))
    if year is None or not named:
        return bool((own | set(words_of(column.parent))) & (_PLAN | {"kien"}))
    of_column = int(named[:4])
    if of_column != year:
        return of_column > year
    return bool(own & _PLAN_OF_YEAR) or (len(named) == 4 and not own & _RESULT)


def place_periods(columns: list[Column], place: IndicatorColumns, year: int | None) -> None:
    """Give an indicator the columns by year: its target, its history, and where it starts from."""
    planned = [column for column in columns if _is_planned(column, year)]
    done = [column for column in columns if column not in planned and not set(words_of(column.leaf)) & _LAST_YEARS_PLAN]
    if planned and place.target < 0:
        place.target = planned[0].index
    if done:
        kept = _place_results(done, place)
        place.periods = [(named, column.index) for column in kept if (named := period(column.leaf))]
        place.periods.sort(key=lambda point: point[0].ljust(10, "~"))
    for column in columns:
        if column.index in (place.baseline, place.target) and (unit := heading_unit(column)):
            place.units[column.index] = unit


def _place_results(done: list[Column], place: IndicatorColumns) -> list[Column]:
    """Where the work starts from, if no column says it; the columns that are a history."""
    if place.baseline >= 0 or place.change >= 0:
        return done
    place.baseline = done[-1].index
    if len(done) == 1:
        return []
    # Several years in the same words are a history, and the last of them is where the work starts from;
    # one that is named otherwise ("Hiện trạng 2021") is only that. An estimate ("Ước TH") is of the series.
    return done if _said_besides_time(done[-1]) == _said_besides_time(done[-2]) else done[:-1]


def _said_besides_time(column: Column) -> list[str]:
    return [word for word in words_of(column.leaf) if word != "uoc" and not word.isdigit()]


def heading_unit(column: Column) -> str:
    """The unit a heading of figures names."""
    return unit_in_heading(column.leaf) or unit_in_heading(column.parent)
