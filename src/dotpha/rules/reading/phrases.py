"""Finds the phrases of `phrases.toml` in a text: whole words, longest first, in one pass."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dotpha.rules.vietnamese.text import WORD, fold, plain, words


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: `says` is its class in `phrases.toml`, the span counts characters of the field."""

    says: str
    field: str
    start: int
    end: int


# First word -> [(all words, what it says), …], longest first.
_Index = dict[str, list[tuple[list[str], tuple[str, ...]]]]


class Phrasebook:
    """Phrases by what they say, ready for accented and for unaccented text."""

    def __init__(self, classes: Mapping[str, Sequence[str]]) -> None:
        self._accented = _index(classes, folded=False)
        self._bare = _index(classes, folded=True)

    def find(self, field: str, text: str, *, bare: bool) -> list[Hit]:
        """Hits in reading order; a longer phrase hides shorter ones inside it.

        `text` is what `plain` made, or `fold` when `bare`.
        """
        index = self._bare if bare else self._accented
        found = list(WORD.finditer(text))
        said = [word[0] for word in found]
        hits: list[Hit] = []
        place = 0
        while place < len(said):
            step = 1
            for phrase, says in index.get(said[place], ()):
                size = len(phrase)
                if size == 1 or said[place : place + size] == phrase:
                    start, end = found[place].start(), found[place + size - 1].end()
                    hits += [Hit(each, field, start, end) for each in says]
                    step = size
                    break
            place += step
        return hits


def _index(classes: Mapping[str, Sequence[str]], *, folded: bool) -> _Index:
    meanings: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for says, phrases in classes.items():
        for phrase in phrases:
            key = tuple(word.text for word in words(fold(phrase) if folded else plain(phrase)))
            # Folded, "xóa" and "tái" would be any of several words: one word alone is no phrase then.
            if folded and len(key) == 1:
                continue
            if says not in meanings[key]:
                meanings[key].append(says)
    index: _Index = defaultdict(list)
    for key, said in meanings.items():
        index[key[0]].append((list(key), tuple(said)))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(index)


@cache
def phrasebook() -> Phrasebook:
    path = files(__package__) / "phrases.toml"
    return Phrasebook(tomllib.loads(path.read_text(encoding="utf-8")))
