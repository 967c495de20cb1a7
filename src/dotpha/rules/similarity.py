"""Who says nearly the same: last year's list, the rest of the batch, an individual's task and its collective's.

Folded syllables and pairs of syllables carry the meaning of a Vietnamese title ("mặt bằng", "sổ đỏ"); the rarest
pairs of a text find its candidates, rapidfuzz ranks them. Most near-duplicates here are legitimate
re-registrations, so what differs is always shown beside.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from rapidfuzz import fuzz, process

from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Duplicate
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from dotpha.rules.vietnamese.text import fold, words

_RAREST = 8
_CANDIDATES = 40
_MOST_COMMON = 400  # a pair of syllables in more texts than this finds nobody
_SHOWN = 3


@cache
def _commonness() -> tuple[int, Mapping[str, int]]:
    """How many texts were counted, and in how many each common term stands (corpus/count_words.py)."""
    told = json.loads((files(__package__) / "commonness.json").read_text(encoding="utf-8"))
    return told["texts"], told["in"]


@cache
def _worth(term: str) -> float:
    """What sharing a term tells: nothing if every other registration has it; pairs tell more than syllables."""
    texts, standing_in = _commonness()
    rarity = math.log((texts + 1) / (standing_in.get(term, _RARE) + 1))
    return max(0.0, rarity - (_PAIR_IS_COMMON if " " in term else _SYLLABLE_IS_COMMON))


# Set on the corpus (docs/screening-quality.md): logs of how rare a term must be to count at all, what it counts
# by where it stands, and from which sum on a task serves the other.
_RARE = 2
_PAIR_IS_COMMON, _SYLLABLE_IS_COMMON = 3.0, 1.5
_IN_TITLE, _IN_STORY, _SYLLABLE = 1.0, 0.3, 0.5
_SERVES = 1.36


@dataclass(frozen=True, slots=True)
class Shared:
    """What an individual's task and a collective task have in common: spans (field, start, end) in the former."""

    serves: bool
    spans: tuple[tuple[str, int, int], ...]


def shared_content(own: Registration, collective: Registration | str) -> Shared:
    """Whether the content of an individual's task serves the collective's.

    Names of owners and posts do not count: two tasks of one commune are not one task.
    """
    title, story, owner = (
        (collective, "", "")
        if isinstance(collective, str)
        else (collective.title, collective.description, collective.owner)
    )
    ignored = _all_terms(f"{owner} {own.position}")
    in_title, in_story = _all_terms(title), _all_terms(story)
    worth: dict[str, float] = {}
    spans = []
    for field in ("title", "description"):
        for term, start, end in _terms_with_spans(getattr(own, field)):
            where = _IN_TITLE if term in in_title else _IN_STORY if term in in_story else 0.0
            value = where * _worth(term) * (1.0 if " " in term else _SYLLABLE) if term not in ignored else 0.0
            if value > 0:
                worth[term] = value
                spans.append((field, start, end))
    return Shared(serves=sum(worth.values()) >= _SERVES, spans=tuple(_joined(sorted(spans))))


def told_again(before: str, own: Registration) -> float:
    """How much of what last year's title says is said again, in the title or under it: 0 to 1, rare terms first.

    A task seldom keeps its title from year to year; what it names stays.
    """
    said = _all_terms(before) - {"nam"}
    now = _all_terms(own.title) | _all_terms(own.description)
    texts, standing_in = _commonness()
    worth = {term: math.log((texts + 1) / (standing_in.get(term, 1) + 1)) for term in said}
    every = sum(worth.values())
    return sum(worth[term] for term in said & now) / every if every else 0.0


def _all_terms(text: str) -> set[str]:
    return {term for term, _, _ in _terms_with_spans(text)}


def _terms_with_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Folded syllables and pairs of syllables; figures say nothing of the content."""
    syllables = [word for word in words(fold(text)) if not word.text[0].isdigit() and word.text != "%"]
    for word in syllables:
        yield word.text, word.start, word.end
    for first, second in pairwise(syllables):
        yield f"{first.text} {second.text}", first.start, second.end


def _joined(spans: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    joined: list[tuple[str, int, int]] = []
    for field, start, end in spans:
        if joined and joined[-1][0] == field and start <= joined[-1][2] + 1:
            joined[-1] = (field, joined[-1][1], end)
        else:
            joined.append((field, start, end))
    return sorted(joined, key=lambda span: span[1] - span[2])


@dataclass(frozen=True, slots=True)
class Known:
    """A text to be found again: folded title, folded title with description, and what to show of it."""

    id: str
    title: str
    folded_title: str
    folded: str
    owner: str


def known(registration: Registration) -> Known:
    title = fold(registration.title)
    story = f"{title} {fold(registration.description)}".strip()
    return Known(registration.id, registration.title, title, story[:600], fold(registration.owner))


class Neighbours:
    """Finds near-duplicates among registrations that are all known beforehand.

    Building looks at every title twice; a query compares no more than `_CANDIDATES` texts, so a batch of any size
    grows linearly.
    """

    def __init__(self, registrations: Iterable[Registration], *, kind: str) -> None:
        """`kind` is what `Duplicate` calls the neighbours: "same_batch" when those who ask stand among the texts."""
        self._kind = kind
        # Within a batch a pair of syllables only one text has finds nobody but itself.
        self._fewest = 2 if kind == "same_batch" else 1
        self._texts = [known(each) for each in registrations]
        self._counts = Counter(term for text in self._texts for term in _terms(text.folded_title))
        self._where: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for term in self._rarest(text):
                self._where[term].append(place)

    def _rarest(self, text: Known) -> list[str]:
        terms = _terms(text.folded_title)
        usable = [term for term in terms if self._fewest <= self._counts[term] <= _MOST_COMMON]
        return sorted(usable, key=lambda term: (self._counts[term], term))[:_RAREST]

    def near(self, registration: Registration, *, thresholds: Thresholds = DEFAULT) -> list[Duplicate]:
        """The nearest others that are called the same task, most similar first, at most three."""
        text = known(registration)
        others = (self._texts[place] for place in self._candidates(text))
        if self._kind == "same_batch":
            others = (other for other in others if other.id != text.id)
        return nearest(text, others, kind=self._kind, thresholds=thresholds)

    def _candidates(self, text: Known) -> list[int]:
        hits: Counter[int] = Counter()
        for term in self._rarest(text):
            hits.update(self._where.get(term, ()))
        return [place for place, _ in hits.most_common(_CANDIDATES)]


def nearest(text: Known, others: Iterable[Known], *, kind: str, thresholds: Thresholds = DEFAULT) -> list[Duplicate]:
    """Those of the others that are called the same task, most similar first, at most three."""
    at_least = thresholds.same_task
    compared = ((alike(text, other, at_least=at_least), other) for other in others)
    found = [(similarity, other) for similarity, other in compared if similarity >= at_least]
    found.sort(key=lambda each: (-each[0], each[1].id))
    return [
        Duplicate(other.id, round(similarity, 3), kind, other.title, what_differs(text.title, other.title))
        for similarity, other in found[:_SHOWN]
    ]


def titled_alike(title: str, titles: Sequence[str], *, thresholds: Thresholds = DEFAULT) -> list[int]:
    """Places of the titles worth comparing whole: for one text among many that are known by their titles alone.

    Every title is looked at, which for one text costs less than `Neighbours`, for a batch of them far more.
    """
    floor = _title_floor(thresholds.same_task)
    folded = [fold(each) for each in titles]
    found = process.extract(
        fold(title), folded, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=floor, limit=_CANDIDATES
    )
    return [place for _, _, place in found]


def _title_floor(at_least: float) -> float:
    """How alike titles must be, 0 to 100, for two texts to come to `at_least` at all."""
    return max(0.0, 100 * (2 * at_least - 1))


def _terms(folded: str) -> set[str]:
    syllables = [word.text for word in words(folded)]
    return {f"{first} {second}" for first, second in pairwise(syllables)} or set(syllables)


def alike(one: Known, other: Known, *, at_least: float = 0.0) -> float:
    """How alike two tasks are, 0 to 1; titles weigh more than what is told under them."""
    titles = fuzz.token_sort_ratio(one.folded_title, other.folded_title, score_cutoff=_title_floor(at_least))
    if not titles:
        return 0.0
    if one.folded == one.folded_title or other.folded == other.folded_title:
        return float(titles) / 100
    return float(titles + fuzz.token_sort_ratio(one.folded, other.folded)) / 200


_PIECE = re.compile(r"\d[\d.,/]*%?|\w+")


def what_differs(here: str, there: str) -> tuple[tuple[str, str], ...]:
    """What stands here and not there, and the other way round, as pairs of short texts.

    >>> what_differs("Trồng 200 cây tại thôn Hạ", "Trồng 150 cây tại thôn Thượng")
    (('200', '150'), ('Hạ', 'Thượng'))
    """
    mine, theirs = _PIECE.findall(here), _PIECE.findall(there)
    in_mine, in_theirs = {fold(word) for word in mine}, {fold(word) for word in theirs}
    only_here = _runs(mine, in_theirs)
    only_there = _runs(theirs, in_mine)
    most = max(len(only_here), len(only_there))
    only_here += [""] * (most - len(only_here))
    only_there += [""] * (most - len(only_there))
    return tuple(zip(only_here, only_there, strict=True))[:6]


def _runs(pieces: Sequence[str], elsewhere: set[str]) -> list[str]:
    """Neighbouring words that do not stand elsewhere, joined."""
    runs: list[list[str]] = [[]]
    for piece in pieces:
        if fold(piece) in elsewhere:
            runs.append([])
        else:
            runs[-1].append(piece)
    return [" ".join(run) for run in runs if run]
