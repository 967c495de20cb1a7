"""Where two texts differ: sentences first, then the words of those that do, so that it stays fast and readable.

Joined, the segments of a side are its text again, to the letter. Only words and signs count: a line break that became a
space is no difference.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import LCSseq

_ALIKE = 0.3  # sentences that share fewer of their words are another sentence
_CELLS = 25_000_000  # words of one text times words of the other; beyond that a passage is told as a whole
_KEPT, _FOLDED_FROM = 160, 480  # characters kept on each side of a folded run, and the run worth folding
_TOKEN = re.compile(r"(?:\w+(?:[.,/:-]\w+)*|[^\w\s])\s*|\s+")
_SENTENCE = re.compile(r"\S[^.!?;…\n]*(?:[.!?;…](?!\s)[^.!?;…\n]*)*(?:[.!?;…]+|\n|$)?\s*|\s+")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    FOLDED = "folded"  # the same in both, and too long to be read again


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    kind: Kind = Kind.SAME


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words that gave way to others, and the word or sign that follows them."""

    before: str
    after: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A text as it was and as it became."""

    before: tuple[Segment, ...] = ()
    after: tuple[Segment, ...] = ()
    replaced: tuple[Replaced, ...] = ()

    @property
    def is_none(self) -> bool:
        return all(segment.kind is Kind.SAME for segment in (*self.before, *self.after))

    def folded(self) -> "Difference":
        """The same with long passages that did not change folded away, but for the words next to a change."""
        return replace(self, before=tuple(_folded(self.before)), after=tuple(_folded(self.after)))


def difference(before: str, after: str) -> Difference:
    """
    >>> [segment.text for segment in difference("đạt 70% trong năm", "đạt 85% trong năm").after]
    ['đạt ', '85', '% trong năm']
    """
    old, new, steps = _by_sentence(before, after)
    return Difference(
        tuple(_side(((tag, old[a:b]) for tag, a, b, _, _ in steps), Kind.REMOVED)),
        tuple(_side(((tag, new[c:d]) for tag, _, _, c, d in steps), Kind.ADDED)),
        tuple(
            Replaced("".join(old[a:b]).strip(), "".join(new[c:d]).strip(), "".join(new[d : d + 1]).strip())
            for differs, a, b, c, d in steps
            if differs and a < b and c < d
        ),
    )


# A step is (differs, from, to, from, to): a run of the one text beside a run of the other.
_Step = tuple[bool, int, int, int, int]


def _by_sentence(before: str, after: str) -> tuple[list[str], list[str], list[_Step]]:
    """As words, with the steps between them; only sentences that differ are looked into."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    spoken = [" ".join(sentence.split()) for sentence in old], [" ".join(sentence.split()) for sentence in new]
    olds, news, found = list[str](), list[str](), list[_Step]()
    for differs, a, b, c, d in _steps(*spoken):
        was, became = _TOKEN.findall("".join(old[a:b])), _TOKEN.findall("".join(new[c:d]))
        inside = _inside(was, became) if differs else [(False, 0, len(was), 0, len(became))]
        left, right = len(olds), len(news)
        found += [(tag, left + i, left + j, right + k, right + m) for tag, i, j, k, m in inside]
        olds += was
        news += became
    return olds, news, list(_merged(found))


def _steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[_Step]:
    """Runs that are the same and runs that are not, in turn; what is too long to compare is one run that is not."""
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    a, b, c, d = start, len(old) - end, start, len(new) - end
    middle = [(True, a, b, c, d)]
    if 0 < (b - a) * (d - c) <= _CELLS:
        names = {each: place for place, each in enumerate(dict.fromkeys([*old[a:b], *new[c:d]]))}
        codes = LCSseq.opcodes([names[each] for each in old[a:b]], [names[each] for each in new[c:d]])
        middle = [
            (code.tag != "equal", a + code.src_start, a + code.src_end, c + code.dest_start, c + code.dest_end)
            for code in codes
        ]
    steps = [(False, 0, start, 0, start), *middle, (False, b, len(old), d, len(new))]
    return list(_merged(step for step in steps if step[1] < step[2] or step[3] < step[4]))


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many stand the same at the beginning."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _inside(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """The words of sentences that differ. A lone comma or little word between two changes reads as part of the change,
    and of sentences that hardly share a word one took the other's place."""
    steps = _steps([token.strip() for token in old], [token.strip() for token in new])
    kept = sum(step[2] - step[1] for step in steps if not step[0])
    if kept < _ALIKE * max(len(old), len(new)):
        return [(True, 0, len(old), 0, len(new))]
    last = len(steps) - 1
    return list(
        _merged(
            (True, *step[1:]) if 0 < place < last and not step[0] and _is_little(old[step[1] : step[2]]) else step
            for place, step in enumerate(steps)
        )
    )


def _is_little(tokens: Sequence[str]) -> bool:
    return len(tokens) == 1 and len(tokens[0].strip()) <= 2


def _merged(steps: Iterable[_Step]) -> Iterator[_Step]:
    for differs, run in groupby(steps, key=lambda step: step[0]):
        all_of = list(run)
        yield differs, all_of[0][1], all_of[-1][2], all_of[0][3], all_of[-1][4]


def _side(runs: Iterable[tuple[bool, list[str]]], kind: Kind) -> Iterator[Segment]:
    """Blanks behind the last word of a change stand outside it: an underlined blank says nothing."""
    carried = ""
    for differs, tokens in runs:
        text = carried + "".join(tokens)
        carried = ""
        if differs and text.strip():
            words = text.rstrip()
            carried = text[len(words) :]
            if blanks := words[: len(words) - len(words.lstrip())]:
                yield Segment(blanks)
            yield Segment(words.lstrip(), kind)
        elif text:
            yield Segment(text)
    if carried:
        yield Segment(carried)


def _folded(segments: Sequence[Segment]) -> Iterator[Segment]:
    for place, segment in enumerate(segments):
        if segment.kind is not Kind.SAME or len(segment.text) < _FOLDED_FROM:
            yield segment
            continue
        head = _at_word(segment.text, _KEPT) if place else 0
        tail = _at_word(segment.text, len(segment.text) - _KEPT) if place < len(segments) - 1 else len(segment.text)
        yield from (
            each
            for each in (
                Segment(segment.text[:head]),
                Segment(segment.text[head:tail], Kind.FOLDED),
                Segment(segment.text[tail:]),
            )
            if each.text
        )


def _at_word(text: str, place: int) -> int:
    """The end of the word that stands at `place`, if one ends near."""
    blank = text.find(" ", place, place + 30)
    return place if blank < 0 else blank + 1
