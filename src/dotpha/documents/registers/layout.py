"""The plan by which the rows under a heading are read: which column holds which field."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dotpha.documents.registers.columns import Role
from dotpha.documents.registers.header import Header
from dotpha.documents.registers.indicators import Cells

# Fields that hold a text as it stands, by their columns.
TEXTS: dict[Role, str] = {
    "responsible": "responsible", "duties": "responsibilities", "deadline": "deadline", "start": "start",
    "parent": "parent_title", "prior": "prior_year_title",
}  # fmt: skip
_KEPT: tuple[Role, ...] = ("start", "parent", "prior")  # fields no line of `dotpha read` has: kept in source too


@dataclass
class IndicatorColumns:
    """Where one indicator of a row stands; -1 where there is no such column."""

    name: int = -1
    unit: int = -1
    baseline: int = -1
    target: int = -1
    change: int = -1
    history: int = -1
    periods: list[tuple[str, int]] = field(default_factory=list)
    years: str = ""  # those a heading names for a history ("Kết quả 2019-2021")
    units: dict[int, str] = field(default_factory=dict)  # a unit that stands in the heading of a figure

    @cached_property
    def plain(self) -> bool:
        """Whether there are the usual four columns and none that can hold more than a plain figure."""
        return min(self.four) >= 0 and self.change < 0 and self.history < 0 and not self.units

    @cached_property
    def four(self) -> tuple[int, int, int, int]:
        return self.name, self.unit, self.baseline, self.target

    @cached_property
    def reach(self) -> int:
        """How many cells a row must have to hold them all."""
        return max(self.all, default=-1) + 1

    @property
    def all(self) -> list[int]:
        named = [self.name, self.unit, self.baseline, self.target, self.change, self.history]
        return [place for place in named if place >= 0] + [place for _, place in self.periods]

    def cells(self, row: Sequence[Any], unit_of_table: str = "") -> Cells:
        """What a row says of the indicator."""
        width = len(row)

        def at(column: int) -> Any:
            return row[column] if 0 <= column < width else ""

        units = self.units
        return Cells(
            at(self.name), at(self.unit), at(self.baseline), at(self.target), at(self.change), at(self.history),
            tuple((period, at(column)) for period, column in self.periods),
            units.get(self.target) or units.get(self.baseline) or units.get(self.change) or unit_of_table,
            self.years,
        )  # fmt: skip


@dataclass
class Layout:
    """The plan by which the rows under a heading are read."""

    header: Header
    title: int
    single: dict[Role, int]
    descriptions: list[int]
    responsible_posts: list[int]
    indicators: list[IndicatorColumns]
    others: list[tuple[int, str]]
    names: dict[int, str]
    year: int | None = None

    def column(self, role: Role) -> int:
        return self.single.get(role, -1)

    @cached_property
    def owner_columns(self) -> tuple[int, int, int, int]:
        """Where organisation, person, position and kind of owner stand."""
        return self.column("owner"), self.column("person"), self.column("position"), self.column("owner_type")

    @cached_property
    def texts(self) -> list[tuple[str, int]]:
        """Text fields and their columns, for reading a row."""
        named = [(name, self.single[role]) for role, name in TEXTS.items() if role in self.single]
        return named + [("description", column) for column in self.descriptions]

    @cached_property
    def kept(self) -> list[tuple[int, str]]:
        """Columns whose texts stay in `source.other`, and their names."""
        return self.others + [
            (self.single[role], self.names[self.single[role]]) for role in _KEPT if role in self.single
        ]

    @cached_property
    def longest_heading(self) -> int:
        return max((len(text) for text in self.header.texts), default=0)
