"""From a heading to the plan of its table: headings first, what stands under them where words can mean two things."""

import re
from collections.abc import Sequence
from typing import Any

from dotpha.documents.registers.columns import FIGURES, Match, Role, matches, words_of
from dotpha.documents.registers.header import Column, Header, readings, title_column, years_covered
from dotpha.documents.registers.layout import IndicatorColumns, Layout
from dotpha.documents.registers.periods import heading_unit, is_period_column, place_periods, planned_year
from dotpha.documents.registers.profiles import Profile, fit, profile
from dotpha.documents.registers.reading import letter
from dotpha.documents.registers.words import words
from dotpha.rules.vietnamese.text import fold

_SINGLE: tuple[Role, ...] = (
    "number", "owner", "person", "owner_type", "position", "description", "responsible", "duties", "deadline",
    "start", "parent", "prior",
)  # fmt: skip
_LEAST = 0.65


def plan(header: Header, sample: Sequence[Sequence[Any]], year: int | None) -> Layout | None:
    """The layout of a table under `header`; `sample` are some of its rows, `year` the register's if known.

    None where, looked at closely, no column holds a task.
    """
    columns = [column for column in header.columns if column.path]
    while (title := title_column(columns)) is not None and _only_counts(title, sample):
        columns = [column for column in columns if column is not title]
    return None if title is None else _plan(header, title, sample, year)


def _only_counts(column: Column, sample: Sequence[Sequence[Any]]) -> bool:
    """Whether what reads like a column of tasks holds their number instead, as in a summary by unit."""
    seen = profile([row[column.index] for row in sample if column.index < len(row)])
    return seen.count > 0 and seen.numeric > 0.6


def plan_figures(header: Header, sample: Sequence[Sequence[Any]], year: int | None) -> list[IndicatorColumns]:
    """Where a table of indicators inside a form has its figures."""
    return _plan(header, None, sample, year).indicators


def _plan(header: Header, title: Column | None, sample: Sequence[Sequence[Any]], year: int | None) -> Layout:
    columns = [column for column in header.columns if column.path]
    profiles = {
        column.index: profile([row[column.index] for row in sample if column.index < len(row)]) for column in columns
    }
    layout = Layout(header, title.index if title else -1, {}, [], [], [], [], _unique_names(columns), year)
    rest = [column for column in columns if column is not title]
    periods = [column for column in rest if is_period_column(column) and not _is_named_above(column, rest)]
    layout.year = year or planned_year(periods)
    posts = [column for column in rest if _is_responsible_part(column)]
    layout.responsible_posts = [column.index for column in posts[1:]]
    assignment = _Assignment([column for column in rest if column not in periods and column not in posts[1:]], layout)
    assignment.make(profiles)
    place_periods(periods, layout.indicators[0], layout.year)
    _text_figures_to_texts(layout, profiles)
    used = {layout.title, *layout.single.values(), *layout.descriptions, *layout.responsible_posts}
    used |= {place for each in layout.indicators for place in each.all}
    numbering = {index for index, role in assignment.roles.items() if role == "number"}
    layout.others = [(column.index, column.name) for column in columns if column.index not in used | numbering]
    return layout


def _is_named_above(column: Column, columns: Sequence[Column]) -> bool:
    """Whether a day or year only dates what the heading above it names: "Hiện trạng" over "31/12/2021"."""
    above = matches(column.parent)
    if not above or above[0].role not in ("baseline", "target") or above[0].score < 1.8:
        return False
    return sum(1 for each in columns if each.path[:-1] == column.path[:-1]) == 1


def _unique_names(columns: Sequence[Column]) -> dict[int, str]:
    names: dict[int, str] = {}
    for column in columns:
        name = column.name
        if name in names.values():
            name = f"{column.parent} / {column.leaf}" if column.parent else f"{name} ({letter(column.index)})"
        names[column.index] = name if name not in names.values() else f"{name} ({letter(column.index)})"
    return names


def _is_responsible_part(column: Column) -> bool:
    return bool(column.parent) and readings(column)[:1] != () and readings(column)[0].role == "responsible" and (
        any(match.role in ("person", "position") for match in matches(column.leaf))
    )  # fmt: skip


class _Assignment:
    """Gives columns to fields; `roles` are those given, by column."""

    def __init__(self, columns: list[Column], layout: Layout) -> None:
        self.roles: dict[int, Role] = {}
        self._columns = columns
        self._layout = layout
        self._sets = _indicator_sets(columns)
        layout.indicators = [IndicatorColumns() for _ in range(max(self._sets.values(), default=0) + 1)]

    def make(self, profiles: dict[int, Profile]) -> None:
        """The surest pair first; a second column for a field goes on to its next meaning."""
        pairs = [
            (match.score * fit(match.role, profiles[column.index]), -column.index, match.role)
            for column in self._columns
            for match in _unequal(readings(column))
            if match.role != "title"
        ]
        for score, negative, role in sorted(pairs, reverse=True):
            if score >= _LEAST and -negative not in self.roles and self._is_free(role, -negative):
                self.roles[-negative] = role
        self._use_second_meanings()
        self._layout.descriptions = sorted(index for index, role in self.roles.items() if role == "description")
        self._use_leftovers()
        self._use_days(profiles)
        self._note_headings()

    def _place(self, index: int) -> IndicatorColumns:
        return self._layout.indicators[self._sets.get(index, 0)]

    def _is_free(self, role: Role, index: int) -> bool:
        """Whether a field has no column yet; it has this one then."""
        if role in FIGURES:
            place, name = self._place(index), "name" if role == "indicator" else role
            if getattr(place, name) >= 0:
                return False
            setattr(place, name, index)
        elif role in _SINGLE:
            return self._layout.single.setdefault(role, index) == index or role == "description"
        return True

    def _use_second_meanings(self) -> None:
        """Columns left over because two headings mean the same: goals in words beside goals in figures."""
        for column in self._columns:
            named, place = readings(column)[:1], self._place(column.index)
            if column.index in self.roles or not named or named[0].score < 1.0:
                continue
            if named[0].role == "indicator" and place.target < 0:
                place.target = column.index  # "Sản phẩm: 3 nhà": figures under a name for products
                self.roles[column.index] = "target"
            elif named[0].role == "target" and place.name < 0 and place.target < 0:
                place.name = column.index  # "Mục tiêu cụ thể": goals in words
                self.roles[column.index] = "indicator"

    def _use_leftovers(self) -> None:
        """A field nothing names plainly is taken from its neighbour in meaning."""
        layout = self._layout
        for index, role in sorted(self.roles.items()):
            if role == "solution" and not layout.descriptions:
                layout.descriptions = [index]
            elif role == "coordination" and "duties" not in layout.single:
                layout.single["duties"] = index
            elif role == "workplace" and "owner" not in layout.single and "person" not in layout.single:
                layout.single["owner"] = index

    def _use_days(self, profiles: dict[int, Profile]) -> None:
        """Days under a heading that means nothing to us ("Hẹn với dân") are the deadline, if nothing else is."""
        for column in self._columns:
            seen = profiles[column.index]
            if "deadline" in self._layout.single or column.index in self.roles or seen.count < 2 or seen.days < 0.6:
                continue
            if not any(match.score >= _LEAST for match in readings(column)) and words("other_day").isdisjoint(
                words_of(column.leaf)
            ):
                self._layout.single["deadline"] = column.index
                self.roles[column.index] = "deadline"

    def _note_headings(self) -> None:
        """Units and years that headings tell of the figures under them."""
        for column in self._columns:
            role, place = self.roles.get(column.index), self._place(column.index)
            if role in ("baseline", "target", "change") and (unit := heading_unit(column)):
                place.units[column.index] = unit
            elif role == "history":
                place.years = years_covered(column.leaf)


def _unequal(ranked: Sequence[Match]) -> list[Match]:
    """ "Chỉ tiêu" names the indicator as well as its target; where the figures do not tell, it is the name."""
    indicator = next((match.score for match in ranked if match.role == "indicator"), 0.0)
    return [
        Match("target", match.score * 0.97, match.coverage)
        if match.role == "target" and match.score == indicator
        else match
        for match in ranked
    ]


def _indicator_sets(columns: list[Column]) -> dict[int, int]:
    """Columns of a second, third … indicator in the same row ("Chỉ tiêu 2", kpi2_target), by their set."""
    figures = [column for column in columns if readings(column)[:1] and readings(column)[0].role in FIGURES]
    numbered = {column.index: found for column in figures if (found := _ordinal(column))}
    if len(set(numbered.values())) > 1:
        order = {number: place for place, number in enumerate(sorted(set(numbered.values())))}
        return {index: order[number] for index, number in numbered.items()}
    seen: dict[str, int] = {}
    sets: dict[int, int] = {}
    for column in figures:
        name = fold(column.leaf)
        sets[column.index] = seen.get(name, 0)
        seen[name] = sets[column.index] + 1
    repeated = [name for name, times in seen.items() if times > 1]
    return sets if len(repeated) > 1 else {}


def _ordinal(column: Column) -> int | None:
    for text in reversed(column.path):
        found = re.findall(r"(?<![\d/])(\d)(?![\d/])", re.sub(r"lần \d|\b[mM][23]\b", "", text))
        if len(found) == 1:
            return int(found[0])
    return None


def _text_figures_to_texts(layout: Layout, profiles: dict[int, Profile]) -> None:
    """Columns "Mục tiêu" or "Hiện trạng" full of sentences hold no figures: the one names, the other is kept."""
    for place in layout.indicators:
        for name in ("baseline", "target"):
            index = getattr(place, name)
            seen = profiles.get(index)
            if seen is None or seen.count < 1 or seen.numeric + seen.spoken >= 0.3 or seen.length < 25:
                continue
            setattr(place, name, -1)
            if name == "target" and place.name < 0:
                place.name = index
            elif name == "baseline" and not layout.descriptions:
                layout.descriptions = [index]
