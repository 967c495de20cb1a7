"""What an import will do, row by row, and the work behind it; nothing here writes."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    Membership,
    Official,
    OrganizationKind,
    PartyOrganization,
    Tenure,
)


class Outcome(StrEnum):
    """What becomes of a row."""

    REFUSED = "refused"
    ADD = "add"
    CHANGE = "change"
    END = "end"
    SAME = "same"


OUTCOME_LABELS = {
    Outcome.REFUSED: "Từ chối",
    Outcome.ADD: "Thêm",
    Outcome.CHANGE: "Đổi",
    Outcome.END: "Kết thúc",
    Outcome.SAME: "Không đổi",
}
OUTCOME_MARKS = {
    Outcome.REFUSED: "✕",
    Outcome.ADD: "+",
    Outcome.CHANGE: "↔",
    Outcome.END: "■",
    Outcome.SAME: "=",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet and what becomes of it. `changes` are (field, from, to); `why` tells of a refusal."""

    sheet: str
    row: int
    outcome: Outcome
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()
    why: str = ""
    column: str = ""

    @property
    def label(self) -> str:
        return OUTCOME_LABELS[self.outcome]

    @property
    def mark(self) -> str:
        return OUTCOME_MARKS[self.outcome]

    def to_json(self) -> list[Any]:
        return [self.sheet, self.row, self.outcome.value, self.what, self.changes, self.why, self.column]

    @classmethod
    def from_json(cls, said: list[Any]) -> Self:
        sheet, row, outcome, what, changes, why, column = said
        return cls(sheet, row, Outcome(outcome), what, tuple((a, b, c) for a, b, c in changes), why, column)


@dataclass(slots=True)
class Work:
    """What the import has to write, in the objects it will be written with."""

    founded: list[tuple[PartyOrganization, date]] = field(default_factory=list)
    renamed: list[tuple[PartyOrganization, str, str, date]] = field(default_factory=list)
    reclassified: list[tuple[PartyOrganization, OrganizationKind, OrganizationKind]] = field(default_factory=list)
    moved: list[tuple[PartyOrganization, PartyOrganization, date]] = field(default_factory=list)
    ended: list[tuple[PartyOrganization, date, PartyOrganization | None]] = field(default_factory=list)
    recorded: list[Official] = field(default_factory=list)
    changed: list[tuple[Official, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    managed: list[tuple[CadreManagement, CadreManagement | None]] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    tenures_ended: list[tuple[Tenure, date]] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    bodies_ended: list[tuple[Body, date]] = field(default_factory=list)
    terms: list[CommitteeTerm] = field(default_factory=list)
    terms_ended: list[tuple[CommitteeTerm, date]] = field(default_factory=list)
    seats: list[Membership] = field(default_factory=list)
    seats_changed: list[tuple[Membership, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    seats_ended: list[tuple[Membership, date]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    lines: list[Line] = field(default_factory=list)
    work: Work = field(default_factory=Work)
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(line.outcome for line in self.lines)

    @property
    def is_refused(self) -> bool:
        return any(line.outcome is Outcome.REFUSED for line in self.lines)

    @property
    def changes_nothing(self) -> bool:
        return all(line.outcome is Outcome.SAME for line in self.lines)

    @property
    def digest(self) -> str:
        """Two plans of one workbook are equal if and only if the directory did not change in between."""
        said = json.dumps([line.to_json() for line in self.lines], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def show_changes(pairs: Iterable[tuple[str, str, str]]) -> tuple[tuple[str, str, str], ...]:
    """Only what differs."""
    return tuple((label, old, new) for label, old, new in pairs if old != new)
