"""Figures and days that became others, told with how far they moved."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dotpha.rules.form.composing import day_of
from dotpha.rules.vietnamese.difference import Difference
from dotpha.rules.vietnamese.numbers import NUMBER, parse_number, show_number

_FIGURE = re.compile(rf"(?<!\w)(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d\d|{NUMBER})(?![\w/])")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """ "70" became "85": `told` says how far, in words; empty where words would say nothing more."""

    before: str
    after: str
    told: str = ""


def figures(difference: Difference) -> tuple[Figure, ...]:
    """Numbers and days that took another's place, as far as it is plain which took whose."""
    return tuple(_pairs(difference))


def _pairs(difference: Difference) -> Iterator[Figure]:
    for each in difference.replaced:
        old, new = _FIGURE.findall(each.before), _FIGURE.findall(each.after)
        if len(old) == len(new):
            rest = [*re.split(_FIGURE, each.after)[1:-1], f"{re.split(_FIGURE, each.after)[-1]}{each.then}"]
            yield from (
                figure
                for before, after, then in zip(old, new, rest, strict=False)
                if (figure := moved(before, after, unit=then.strip()))
            )


def moved(
    before: str, after: str, *, unit: str = "", year: int | None = None, is_measured: bool = False
) -> Figure | None:
    """How a figure or a day moved; None where it did not, or where it cannot be read.

    "2015" in running text is a year, unless `is_measured` says that it is a quantity.

    >>> moved("70", "85", unit="%").told, moved("3,2", "1,6 km").told, moved("quý III/2027", "30/6/2027").told
    ('tăng 15 điểm phần trăm', 'giảm 50 %', 'sớm hơn 92 ngày')
    >>> moved("2015", "2010").told, moved("1.250", "1250"), moved("sớm", "muộn")
    ('', None, None)
    """
    if not is_measured and is_year(before) and is_year(after):
        return Figure(before, after) if before != after else None
    old, new = _number(before), _number(after)
    if old is not None and new is not None:
        return Figure(before, after, _far(old, new, unit)) if old != new else None
    was, becomes = day_of(before, year), day_of(after, year)
    if was and becomes and was != becomes:
        days = (date.fromisoformat(becomes) - date.fromisoformat(was)).days
        return Figure(before, after, f"{'muộn' if days > 0 else 'sớm'} hơn {abs(days)} ngày")
    return None


def is_year(text: str) -> bool:
    return _YEAR.fullmatch(text.strip()) is not None


def _number(text: str) -> float | None:
    """A figure with at most its unit behind it; a day is none.

    >>> _number("1,6 km"), _number("30/6/2027"), _number("quý III")
    (1.6, None, None)
    """
    found = re.match(rf"\s*[-+−]?(?:{NUMBER})(?=[^\d/.-]*$)", text)
    return parse_number(found[0]) if found else None


def _far(old: float, new: float, unit: str) -> str:
    way, gap = ("tăng" if new > old else "giảm"), abs(new - old)
    if unit.startswith("%"):
        return f"{way} {show_number(gap)} điểm phần trăm"
    if not old:
        return f"{way} {show_number(gap)}"
    share = 100 * gap / abs(old)
    return f"{way} {show_number(share, 1 if share < 100 else 0)} %"
