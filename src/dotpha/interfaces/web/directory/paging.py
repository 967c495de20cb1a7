"""One page of a list, and the links to the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from dotpha.directory.queries import COUNTED, Counted, counted, keys_found

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    items: list[Any]
    found: Counted
    number: int
    last: int

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def remaining(self) -> int:
        return max(0, self.found.number - self.number * SIZE)

    @property
    def links(self) -> Iterator[int | None]:
        """Numbers to show: the first, the last and those around this one; None is a gap."""
        shown = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        for before, number in zip([0, *shown], shown, strict=False):
            if number > before + 1:
                yield None
            yield number


def page_of(found: QuerySet[Any], number: int) -> Page:
    """Two statements: the number of rows, told up to a bound, and the rows. A page beyond the last is the last."""
    count = counted(found)
    last = max(1, -(-count.number // SIZE))
    number = min(max(number, 1), last)
    return Page(list(found[(number - 1) * SIZE : number * SIZE]), count, number, last)


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: the rows in order, and the keys of as many as are counted."""

    rows: QuerySet[Any]
    keys: list[int]

    @property
    def count(self) -> Counted:
        return Counted(len(self.keys))

    def page(self, number: int) -> Page:
        """Of few the found are sorted; of many the sorted are walked until the page is full."""
        rows = self.rows if self.count.is_more else self.rows.filter(pk__in=self.keys)
        last = max(1, -(-min(len(self.keys), COUNTED) // SIZE))
        number = min(max(number, 1), last)
        return Page(list(rows[(number - 1) * SIZE : number * SIZE]), self.count, number, last)


def searched(rows: QuerySet[Any], words: str) -> Search:
    """One statement, before anything is sorted."""
    return Search(rows, keys_found(rows, words))


def asked(request: HttpRequest, name: str = "trang") -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
