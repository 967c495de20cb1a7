"""Markdown tables and numbers, in Vietnamese and in English."""

import re
from collections.abc import Iterable, Iterator, Sequence

from dotpha.rules.screening.quality.resampling import Interval

NONE = "–"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, numbers_from: int = 1) -> Iterator[str]:
    """Lines of a table, with an empty line behind; columns from `numbers_from` on are set right."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "|".join("---" if place < numbers_from else "---:" for place in range(len(head))) + "|"
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"
    yield ""


def words(text: str) -> str:
    """Words of a register, so that none of them is read as Markdown.

    >>> words("Giảm 30 % | <b>đơn*")
    'Giảm 30 % \\\\| \\\\<b\\\\>đơn\\\\*'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def percent(share: float) -> str:
    """For the committee: whole per cent, and never all or nothing where it is not so.

    >>> percent(0.8649), percent(0.998), percent(1.0)
    ('86 %', 'trên 99 %', '100 %')
    """
    whole = round(100 * share)
    if whole == 100 and share < 1:
        return "trên 99 %"
    return "dưới 1 %" if whole == 0 and share > 0 else f"{whole} %"


def figure(value: float | None) -> str:
    """For developers: three decimals of a share, "–" where there is none."""
    return NONE if value is None else f"{value:.3f}"


def between(sure: Interval | None) -> str:
    return NONE if sure is None else f"{sure[0]:.3f}–{sure[1]:.3f}"
