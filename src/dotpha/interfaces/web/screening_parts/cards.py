"""The cards of a board, page by page, in columns or as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dotpha.interfaces.web.screening_parts.filters import Filters
from dotpha.rules.screening.result import VERDICT_LABELS

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Card:
    """An item on the board, in the few words that tell whether to open it."""

    number: int
    title: str
    owner: str
    verdict: str
    verdict_label: str
    reasons: tuple[str, ...]
    unmet: tuple[str, ...]
    band: str
    address: str
    duplicates: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    verdict: str
    label: str
    cards: tuple[Card, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty cards and where they stand; `found` counts all that match."""

    cards: tuple[Card, ...]
    found: int
    number: int
    last: int


def place_of(found: int, number: int) -> tuple[int, int]:
    """The number of the page asked for, or the nearest there is, and of the last."""
    last = max(1, -(-found // PAGE_SIZE))
    return min(max(number, 1), last), last


def columns(cards: Sequence[Card], counts: Mapping[str, int]) -> list[Column]:
    """The cards of a page under their verdicts; the counts are those of all pages."""
    return [
        Column(verdict, label, tuple(card for card in cards if card.verdict == verdict), counts.get(verdict, 0))
        for verdict, label in VERDICT_LABELS.items()
    ]


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    query: str


def page_links(shown: Page, filters: Filters) -> list[PageLink]:
    """First, last and those near."""
    query = filters.query()
    near = {1, shown.last, *range(shown.number - 2, shown.number + 3)}
    return [
        PageLink(number, f"{query}{'&' if query else ''}trang={number}")
        for number in sorted(near)
        if 1 <= number <= shown.last
    ]


def board_of(shown: Page, filters: Filters, counts: Mapping[str, int]) -> dict[str, Any]:
    """What `screening/results.html` places."""
    return {
        "filters": filters,
        "query": filters.query(),
        "page": shown,
        "pages": page_links(shown, filters),
        "columns": columns(shown.cards, counts),
        "all_query": type(filters)(view=filters.view).query(),
        "column_query": replace(filters, view="cot").query(),
        "list_query": replace(filters, view="danh-sach").query(),
    }


def page_number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
