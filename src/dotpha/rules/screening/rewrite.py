"""Fills the skeletons of the catalogue with what the registration already says; what it does not say stays "…"."""

import re
from collections.abc import Mapping
from itertools import takewhile

from dotpha.rules.reading.fields import Reading
from dotpha.rules.reading.figures import Role
from dotpha.rules.vietnamese.dates import fixed_day, show_day
from dotpha.rules.vietnamese.text import fold

GAP = "…"
_LONGEST = 90
_NOT_COUNTED = frozenset(
    (
        "khong",
        "chua",
        "da",
        "dang",
        "va",
        "thi",
        "la",
        "cua",
        "nhung",
        "ma",
        "do",
        "tu",
        "den",
        "o",
        "con",
        "vao",
        "voi",
        "se",
    )
)
_CLAUSE_END = re.compile(r"[,.;:()\n]|\s[-–]\s")


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return GAP


def fill(template: str, said: Mapping[str, str]) -> str:
    """The template with its places filled; never a fact or a number that is not in `said`.

    >>> fill("Nâng lên … {unit} trước {deadline}", {"unit": "hộ"})
    'Nâng lên … hộ trước …'
    """
    return template.format_map(_Gaps({key: value or GAP for key, value in said.items()}))


def places(reading: Reading) -> dict[str, str]:
    """What a registration says, by the names the catalogue's templates use."""
    registration = reading.registration
    day = registration.deadline_iso or fixed_day(registration.deadline, reading.year)
    states = [figure for figure in reading.figures if figure.role is not Role.TARGET]
    return {
        "object": _short(_object(reading)),
        "year": str(reading.year),
        "deadline": show_day(day) if day else "",
        "deadline_text": registration.deadline,
        "start": show_day(registration.start) if len(registration.start) == 10 else registration.start,
        "responsible": _short(registration.responsible),
        "responsibilities": _short(registration.responsibilities),
        "lead": _short(registration.responsible) or registration.owner
        if registration.is_individual
        else _short(registration.responsible),
        "state": "; ".join(_figure(reading, each.field, each.start, each.end) for each in states[:2]),
    }


def _object(reading: Reading) -> str:
    """The title without the vague words in front: what the work is done to."""
    title = reading.registration.title
    at = 0
    for hit in reading.in_title("vague") + reading.in_title("slogan"):
        if title[at : hit.start].strip(" ,;:-").casefold() in ("", "về", "trong", "và", "việc", "công tác"):
            at = max(at, hit.end)
    rest = title[at:].strip(" ,;:-")
    return rest or title


def _figure(reading: Reading, field: str, start: int, end: int) -> str:
    """A figure with at most two words behind it, within its clause: "96 ha manh mún"."""
    text: str = getattr(reading.registration, field)
    behind = list(takewhile(_counted, _CLAUSE_END.split(text[end:], maxsplit=1)[0].split()[:2]))
    return f"{text[start:end]} {' '.join(behind)}".strip(" .,;:")


def _counted(word: str) -> bool:
    """Whether a word behind a number may name what is counted; "7 hộ không nhận" counts "hộ"."""
    return fold(word) not in _NOT_COUNTED


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " …"
