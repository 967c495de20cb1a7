"""The word lists of `indicator.toml`, loaded once, and how they are found in an indicator's name and unit."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dotpha.rules.reading.phrases import Hit, Phrasebook
from dotpha.rules.vietnamese.text import fold, plain


@dataclass(frozen=True, slots=True)
class Said:
    """Words of an indicator that decided something: `field` is "name" or "unit", the span counts its characters."""

    field: str
    start: int
    end: int
    text: str


def words_of(name: str) -> tuple[list[Hit], list[Hit]]:
    """What a name says of its kind, and of which way is better; each in reading order."""
    lowered = plain(name)
    bare = lowered == fold(name)
    # Strokes join words for other readers ("nq/tw"); here "tuyến/tháng" is two.
    text = lowered.replace("/", " ").replace("&", " ")
    kind, better = (_book(section).find("name", text, bare=bare) for section in ("kind", "better"))
    return kind, better


@cache
def unit_words(*, bare: bool) -> dict[str, str]:
    """Unit -> what it says: "percent", "money", "duration", …; when `bare` also without accents: "nam" for "năm"."""
    lists = _lists()["unit"]
    said = {plain(unit): says for says, units in lists.items() for unit in units if says != "period"}
    return {fold(unit): says for unit, says in said.items()} | said if bare else said


@cache
def periods() -> frozenset[str]:
    return frozenset(form for unit in _lists()["unit"]["period"] for form in (plain(unit), fold(unit)))


@cache
def _book(section: str) -> Phrasebook:
    return Phrasebook(_lists()[section])


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    path = files(__package__) / "indicator.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
