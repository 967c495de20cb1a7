"""A career drawn: every post a bar on one scale of years, so that overlaps and gaps are seen at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    post: Any  # a Tenure as queries.career gives it
    name: str
    start: str
    width: str
    years: str


@dataclass(frozen=True, slots=True)
class Timeline:
    first_year: int
    last_year: int
    years: tuple[str, ...]  # where a line stands for the start of a year
    bars: tuple[Bar, ...]


def timeline(posts: Sequence[Any], names: Sequence[str], *, day: date) -> Timeline | None:
    """Posts from the first to the day; None when there is none."""
    if not posts:
        return None
    first = date(min(post.valid_from for post in posts).year, 1, 1)
    last = date(day.year + 1, 1, 1)
    step = max(1, (last.year - first.year) // 12)

    def place(on: date) -> float:
        return WIDTH * (min(on, last) - first).days / (last - first).days

    bars = []
    for post, name in zip(posts, names, strict=True):
        start, end = place(post.valid_from), place(min(post.valid_until or day, day))
        bars.append(Bar(post, name, f"{start:.2f}", f"{max(end - start, 0.8):.2f}", _years(post, day)))
    years = tuple(f"{place(date(year, 1, 1)):.2f}" for year in range(first.year, last.year, step))
    return Timeline(first.year, day.year, years, tuple(bars))


def _years(post: Any, day: date) -> str:
    until = post.valid_until
    return f"{post.valid_from:%m/%Y} đến {'nay' if until is None or until > day else f'{until:%m/%Y}'}"
