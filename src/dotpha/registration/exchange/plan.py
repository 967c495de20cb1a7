"""What an import will do, row by row, what a person has still to decide, and the work behind it. Nothing is written."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from dotpha.registration.models import BreakthroughTask, Registrant
from dotpha.rules.form.content import Content

LEAVE_OUT = "skip"  # the choice that leaves rows out of the import


class Outcome(StrEnum):
    """What becomes of a row, in the order a person looks at them."""

    DOUBT = "doubt"
    REFUSED = "refused"
    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    DUPLICATE = "duplicate"
    LEFT_OUT = "left_out"


OUTCOME_LABELS = {
    Outcome.DOUBT: "Nghi vấn",
    Outcome.REFUSED: "Từ chối",
    Outcome.ADD: "Thêm",
    Outcome.CHANGE: "Sửa bản đã có",
    Outcome.SAME: "Không đổi",
    Outcome.DUPLICATE: "Trùng trong tệp",
    Outcome.LEFT_OUT: "Bỏ theo lựa chọn",
}
OUTCOME_MARKS = {
    Outcome.DOUBT: "?",
    Outcome.REFUSED: "✕",
    Outcome.ADD: "+",
    Outcome.CHANGE: "↔",
    Outcome.SAME: "=",
    Outcome.DUPLICATE: "≡",
    Outcome.LEFT_OUT: "–",
}
WRITTEN = frozenset({Outcome.ADD, Outcome.CHANGE})
BLOCKING = frozenset({Outcome.DOUBT, Outcome.REFUSED})


@dataclass(slots=True)
class Line:
    """One row of the file. `place` names sheet, row and column; `changes` are (field, from, to).

    `question` is the key of what must be decided for it; `owner` is as the file has it, `registrant` as the campaign.
    """

    place: str
    title: str
    owner: str
    outcome: Outcome = Outcome.ADD
    registrant: int | None = None
    called: str = ""
    how: str = ""
    task: int | None = None
    why: str = ""
    question: str = ""
    parent: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self.outcome]

    @property
    def mark(self) -> str:
        return OUTCOME_MARKS[self.outcome]

    def to_json(self) -> list[Any]:
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def from_json(cls, said: list[Any]) -> Self:
        told = dict(zip(cls.__slots__, said, strict=True))
        changes = tuple((label, old, new) for label, old, new in told.pop("changes"))
        return cls(**told | {"outcome": Outcome(told["outcome"]), "changes": changes})


@dataclass(frozen=True, slots=True)
class Question:
    """What a person decides: for every row of one owner, or for one row. `options` are (value, label)."""

    key: str
    text: str
    why: str
    options: tuple[tuple[str, str], ...]
    asks_whom: bool = False  # whether any registrant may be chosen
    lines: tuple[int, ...] = ()

    def to_json(self) -> list[Any]:
        return [self.key, self.text, self.why, [list(each) for each in self.options], self.asks_whom, list(self.lines)]

    @classmethod
    def from_json(cls, said: list[Any]) -> Self:
        key, text, why, options, asks_whom, lines = said
        return cls(key, text, why, tuple((value, label) for value, label in options), asks_whom, tuple(lines))


@dataclass(slots=True)
class Work:
    """A version to be written. `parent` is the collective task it serves: one that is there, or one of this file, of
    which `parent_title` tells what it will be called."""

    line: int
    registrant: Registrant
    content: Content
    task: BreakthroughTask | None = None
    parent: "BreakthroughTask | Work | None" = None
    parent_title: str = ""


@dataclass(slots=True)
class Plan:
    lines: list[Line] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(line.outcome for line in self.lines)

    @property
    def is_blocked(self) -> bool:
        return any(line.outcome in BLOCKING for line in self.lines)

    @property
    def to_write(self) -> int:
        return sum(line.outcome in WRITTEN for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        return {
            "lines": [line.to_json() for line in self.lines],
            "questions": [question.to_json() for question in self.questions],
            "remarks": self.remarks,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        """The plan as it was shown; its work is planned anew when it is carried out."""
        return cls(
            [Line.from_json(each) for each in said["lines"]],
            [Question.from_json(each) for each in said["questions"]],
            list(said["remarks"]),
        )

    @property
    def digest(self) -> str:
        """Two plans of one file and the same choices are equal if and only if the campaign did not change for them."""
        said = json.dumps([line.to_json() for line in self.lines])
        return hashlib.sha256(said.encode()).hexdigest()
