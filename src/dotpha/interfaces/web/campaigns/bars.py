"""Counts of registrants as rows of a table that draw their own numbers."""

from dataclasses import dataclass

from dotpha.interfaces.web.campaigns.filters import slug_of
from dotpha.registration.queries.coverage import (
    OBLIGED,
    STANDING_LABELS,
    STANDING_MARKS,
    Coverage,
    Numbers,
    Standing,
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many stand so: a cell, and a piece of the bar from `start` on, of 0 to 100."""

    key: str
    label: str
    mark: str
    count: int
    start: float = 0
    width: float = 0

    @property
    def slug(self) -> str:
        """What the list is asked for in an address."""
        return slug_of(Standing(self.key))


def counts(numbers: Numbers, of: tuple[Standing, ...] = OBLIGED) -> list[Count]:
    """Those who must, in the order of the bar; the pieces together are the whole width."""
    whole, start, found = sum(numbers.counts[each] for each in of), 0.0, []
    for each in of:
        width = 100 * numbers.counts[each] / whole if whole else 0.0
        label, mark = STANDING_LABELS[each], STANDING_MARKS[each]
        found.append(Count(each.value, label, mark, numbers.counts[each], round(start, 2), round(width, 2)))
        start += width
    return found


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the home page's table: a standing, how many in all, of which organizations and people."""

    bar: Count
    collective: int
    individual: int


def rows(covered: Coverage) -> list[Row]:
    return [
        Row(bar, covered.collective.counts[Standing(bar.key)], covered.individual.counts[Standing(bar.key)])
        for bar in counts(covered.whole)
    ]


def beyond(covered: Coverage) -> list[Row]:
    """Who is on the list without having to send anything; no line for none."""
    outside = counts(covered.whole, (Standing.EXEMPT, Standing.FREE))
    found = [
        Row(bar, covered.collective.counts[Standing(bar.key)], covered.individual.counts[Standing(bar.key)])
        for bar in outside
    ]
    return [row for row in found if row.bar.count]
