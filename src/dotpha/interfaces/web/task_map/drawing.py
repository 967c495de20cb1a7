"""The map drawn: each collective task at the left, what is tied to it at the right, a line to each.

One drawing for each collective task, so that a page of paper ends between two of them. An individual's task names one
collective task, so lines never cross. Numbers are text: no language's signs get into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dotpha.interfaces.web.task_map.lettering import wrapped
from dotpha.interfaces.web.task_map.reading import Collective, Group, Individual
from dotpha.interfaces.web.task_map.ties import Tie

WIDTH = 920
_BOX = 392  # width of a task
_SIZE, _LINE, _PADDING, _GAP = 14, 20, 12, 10
_SHAPE = 20  # room of the sign before the words that tell the state
_MOST_TITLE, _MOST_OWNER, _MOST_WORDS = 6, 2, 3


@dataclass(frozen=True, slots=True)
class Text:
    x: str
    y: str
    words: str
    kind: str  # title, owner, words


@dataclass(frozen=True, slots=True)
class Box:
    key: int
    is_open: bool
    said: str  # the whole of it, for who is read to
    tone: str
    x: str
    y: str
    height: str
    texts: Sequence[Text]
    shape: str = ""
    shape_x: str = ""
    shape_y: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    tie: str


@dataclass(frozen=True, slots=True)
class Drawing:
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]

    @property
    def view(self) -> str:
        return f"0 0 {WIDTH} {self.height}"


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in a box, in lines."""

    title: list[str]
    owner: list[str]
    words: list[str]

    @classmethod
    def of(cls, title: str, owner: str, words: str) -> "_Words":
        room = _BOX - 2 * _PADDING
        return cls(
            wrapped(title, room, _SIZE, most=_MOST_TITLE, is_bold=True),
            wrapped(owner, room, _SIZE, most=_MOST_OWNER),
            wrapped(words, room - _SHAPE, _SIZE, most=_MOST_WORDS),
        )

    @property
    def height(self) -> int:
        return (len(self.title) + len(self.owner) + len(self.words)) * _LINE + 2 * _PADDING

    def texts(self, x: int, y: int) -> list[Text]:
        rows = [("title", 0, line) for line in self.title] + [("owner", 0, line) for line in self.owner]
        rows += [("words", _SHAPE, line) for line in self.words]
        first = y + _PADDING + _SIZE
        return [
            Text(str(x + _PADDING + inward), str(first + at * _LINE), line, kind)
            for at, (kind, inward, line) in enumerate(rows)
        ]


def drawn(group: Group) -> Drawing:
    """Left and right are centered on each other; who stands alone has the drawing alone."""
    left = _words_of(group.collective) if group.collective else None
    right = [_Words.of(each.title, each.owner, each.words) for each in group.individuals]
    right_height = sum(each.height for each in right) + _GAP * max(0, len(right) - 1)
    height = max(left.height if left else 0, right_height)
    boxes, lines = [], []
    if left and group.collective:
        boxes.append(_left(group.collective, left, 1 + (height - left.height) // 2))
    y = 1 + (height - right_height) // 2
    for individual, words in zip(group.individuals, right, strict=True):
        boxes.append(_right(individual, words, y, group.collective))
        if left:
            lines.append(_line(1 + height // 2, y + words.height // 2, individual.tie))
        y += words.height + _GAP
    return Drawing(height + 2, boxes, lines)


def _words_of(collective: Collective) -> _Words:
    return _Words.of(collective.title, collective.owner, collective.words)


def _left(collective: Collective, words: _Words, y: int) -> Box:
    tone = "named" if collective.is_named else "carried" if collective.is_carried else "uncarried"
    said = _sentence("Nhiệm vụ tập thể", collective.title, collective.owner, collective.words)
    return _box(collective.key, words, 1, y, tone, said, collective.shape, is_open=collective.is_open)


def _right(individual: Individual, words: _Words, y: int, collective: Collective | None) -> Box:
    served = f"Nhiệm vụ tập thể được nêu: {collective.title}" if collective else ""
    said = _sentence("Nhiệm vụ cá nhân", individual.title, individual.owner, individual.why, served)
    return _box(individual.key, words, WIDTH - 1 - _BOX, y, individual.tie.value, said, individual.shape, is_open=True)


def _box(key: int, words: _Words, x: int, y: int, tone: str, said: str, shape: str, *, is_open: bool) -> Box:
    sign_y = y + _PADDING + (len(words.title) + len(words.owner)) * _LINE + 3
    return Box(
        key, is_open, said, tone, str(x), str(y), str(words.height), words.texts(x, y),
        shape if words.words else "", str(x + _PADDING), str(sign_y),
    )  # fmt: skip


def _line(left: int, right: int, tie: Tie) -> Line:
    start, end = 1 + _BOX, WIDTH - 1 - _BOX
    middle = (start + end) // 2
    return Line(f"M{start} {left}C{middle} {left} {middle} {right} {end} {right}", tie.value)


def _sentence(*parts: str) -> str:
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
