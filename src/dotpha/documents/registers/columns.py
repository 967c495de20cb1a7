"""What a heading means: the field of a registration its words name, by the table in columns.toml."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from dotpha.rules.vietnamese.text import fold, plain

Role = Literal[
    "number", "code", "owner", "person", "owner_type", "position", "workplace", "title", "description",
    "solution", "responsible", "duties", "coordination", "deadline", "start", "indicator", "unit", "baseline",
    "target", "change", "history", "parent", "prior", "other",
]  # fmt: skip
FIGURES: frozenset[Role] = frozenset(("indicator", "unit", "baseline", "target", "change", "history"))
_WEIGHT = {"exact": 2.6, "strong": 1.8, "plain": 1.1, "weak": 0.7}
_MISSPELT = 0.85  # of a name's weight where the accents differ: "Phân việc" is not "Phần việc", but may be meant
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-zA-Z])(?=(?:19|20)\d\d(?!\d))")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W_]+|%")
_LETTERS = re.compile(r"(?<![^\W_])(?:[^\W\d_][/.])+[^\W\d_](?![^\W_])")  # "Đ/c", "N/v", "Đ.v.t"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_OF_YEAR = (["dau"], ["cuoi"], ["het"])  # "cuối năm 2022" keeps its year's end
_FILLERS = frozenset(("cac", "nhung", "va", "hoac", "of", "ve", "duoc"))


@dataclass(frozen=True, slots=True)
class Match:
    """How well a heading names a field: `score` above about 1 is a name people would accept."""

    role: Role
    score: float
    coverage: float


def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading without accents, signs, brackets and years.

    >>> words_of("Số liệu năm 2021 (ước)"), words_of("kpi_baseline"), words_of("ownerName"), words_of("KQ2021")
    (('so', 'lieu'), ('kpi', 'baseline'), ('owner', 'name'), ('kq',))
    >>> words_of("ĐV đăng ký"), words_of("Đ/c phụ trách")
    (('don', 'vi', 'dang', 'ky'), ('dong', 'chi', 'phu', 'trach'))
    """
    return tuple(fold(word) for word in _accented(heading))


def _accented(heading: str) -> list[str]:
    """The same words with their accents."""
    bare = _BRACKETS.sub(" ", heading)
    if not _WORD.search(bare):
        bare = heading
    words: list[str] = []
    if "/" in bare or "." in bare:
        bare = _LETTERS.sub(lambda found: re.sub(r"[/.]", "", found[0]), bare)
    for word in _WORD.findall(plain(_CAMEL.sub(" ", bare).replace("_", " "))):
        if _YEAR.fullmatch(word):
            if words and fold(words[-1]) == "nam" and [fold(each) for each in words[-2:-1]] not in _NOT_OF_YEAR:
                words.pop()
        elif fold(word) not in _FILLERS:
            words.append(word)
    return words if len(words) < 2 else [part for word in words for part in _written_out(word)]


def _written_out(word: str) -> tuple[str, ...]:
    """A word, or those an abbreviation stands for."""
    return _abbreviations().get(fold(word), (word,))


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {short: tuple(full.split()) for short, full in _table()["abbreviations"].items()}


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    accented: tuple[str, ...]
    role: Role
    weight: float
    whole: bool  # counts only as the whole heading

    def fits(self, words: tuple[str, ...], place: int) -> bool:
        end = place + len(self.words)
        return words[place:end] == self.words and (not self.whole or len(self.words) == len(words))


@cache
def _names() -> dict[str, tuple[_Name, ...]]:
    """Names by their first word."""
    by_first: dict[str, list[_Name]] = {}
    for role in get_args(Role):
        for tier, names in _table()[role].items():
            for name in names:
                accented = tuple(_accented(name)) or (name,)
                weight = _WEIGHT[tier] + 0.35 * (len(accented) - 1) * (tier != "exact")
                words = tuple(fold(word) for word in accented)
                by_first.setdefault(words[0], []).append(_Name(words, accented, role, weight, tier == "exact"))
    return {first: tuple(found) for first, found in by_first.items()}


@lru_cache(maxsize=8192)
def matches(heading: str) -> tuple[Match, ...]:
    """The fields a heading may name, best first, each once.

    >>> [(match.role, match.score > 1) for match in matches("Đồng chí chịu trách nhiệm")][:1]
    [('responsible', True)]
    >>> matches("Phân việc")[0].role, matches("Phần việc")[0].role, matches("Nguyễn Văn A")
    ('duties', 'title', ())
    """
    if not heading or len(heading) > 200:
        return ()
    accented = tuple(_accented(heading)) or ((heading.strip(),) if heading.strip() == "#" else ())
    words = tuple(fold(word) for word in accented)
    best: dict[Role, float] = {}
    covered: dict[Role, set[int]] = {}
    for place, word in enumerate(words):
        for name in _names().get(word, ()):
            if name.fits(words, place):
                role, end = name.role, place + len(name.words)
                # The name that opens a heading says what it is; what follows narrows it down.
                weight = name.weight * (1.0 if place == 0 else 0.93)
                if not heading.isascii() and accented[place:end] != name.accented:
                    weight *= _MISSPELT
                best[role] = max(best.get(role, 0.0), weight)
                covered.setdefault(role, set()).update(range(place, end))
    found = []
    for role, weight in best.items():
        coverage = len(covered[role]) / len(words)
        found.append(Match(role, weight * (0.45 + 0.55 * coverage), coverage))
    return tuple(sorted(found, key=lambda match: -match.score))


@cache
def _openers(role: Role) -> re.Pattern[str]:
    """The words that open a name of this field, and abbreviations that hold such a word."""
    opening = {first for first, names in _names().items() if any(name.role == role for name in names)}
    short = {short for short, full in _abbreviations().items() if not opening.isdisjoint(map(fold, full))}
    return re.compile("|".join(re.escape(word) for word in sorted(opening | short)))


def may_name(role: Role, text: str) -> bool:
    """Whether headings with these words could name a field: false is certain, true is worth a closer look.

    >>> may_name("title", "STT Đơn vị N/v đăng ký"), may_name("title", "Đơn vị tính")
    (True, False)
    """
    return _openers(role).search(fold(text).replace("/", "").replace(".", "")) is not None


def names_any(heading: str, roles: Iterable[Role], least: float = 1.0) -> bool:
    return any(match.role in roles and match.score >= least for match in matches(heading))
