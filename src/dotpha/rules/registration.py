"""What one registration says, as the readers deliver it and the rules read it.

Texts are NFC with single spaces between words (`dotpha.documents.registers` repairs them); nothing here
interprets them. Every field may be empty: saying so is the screening's work, not the reader's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

OwnerType = Literal["organization", "individual"]

TEXT_FIELDS = (
    "owner", "position", "title", "description", "responsible", "responsibilities", "deadline",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One figure to be moved: chỉ tiêu, with where it stood and where it should go.

    `history` is in order of time, each period as far as the register tells it: "2021", "2021-06",
    "2021-06-30". `kind` and `better` are filled only when a person has set them
    (`dotpha.rules.trend.indicator` lists the words); otherwise they are read from name and unit.
    """

    name: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    history: tuple[tuple[str, float], ...] = ()
    kind: str = ""
    better: str = ""

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            name=row.get("name") or "",
            unit=row.get("unit") or "",
            baseline=row.get("baseline"),
            target=row.get("target"),
            history=tuple((str(period), float(value)) for period, value in row.get("history") or ()),
            kind=row.get("kind") or "",
            better=row.get("better") or "",
        )

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {
            "name": self.name, "unit": self.unit, "baseline": self.baseline, "target": self.target,
            "history": [list(point) for point in self.history],
            "kind": self.kind, "better": self.better,
        }  # fmt: skip
        return {key: value for key, value in row.items() if value not in (None, "", [])}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One breakthrough task as registered: nhiệm vụ đột phá in a bản đăng ký.

    `deadline` is the text as written, `deadline_iso` the day it fixes, if it fixes one ("2022-12-31").
    `parent_id` is the id of the collective task an individual's task serves; `parent_title` is that task
    in words where a register names it without an id. `source` says where it was read: `file`, and `sheet`,
    `table`, `form`, `row` as the kind of file has them, `original` for texts the reader repaired and
    `other` for columns that are no field of a registration.
    """

    id: str = ""
    owner: str = ""
    owner_type: OwnerType = "organization"
    position: str = ""
    title: str = ""
    description: str = ""
    responsible: str = ""
    responsibilities: str = ""
    deadline: str = ""
    deadline_iso: str = ""
    start: str = ""
    indicators: tuple[Indicator, ...] = ()
    parent_id: str = ""
    parent_title: str = ""
    prior_year_title: str = ""
    source: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_individual(self) -> bool:
        return self.owner_type == "individual"

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """Take the fields of a registration from a parsed JSON line; anything else is not looked at.

        In particular `labels` and `note` of a labelled corpus never reach the rules.
        """
        texts = {
            name: str(row.get(name) or "")
            for name in (
                "id", *TEXT_FIELDS, "deadline_iso", "start", "parent_id", "parent_title",
                "prior_year_title",
            )
        }  # fmt: skip
        individual = row.get("owner_type") == "individual"
        return cls(
            **texts,
            owner_type="individual" if individual else "organization",
            indicators=tuple(Indicator.from_json(each) for each in row.get("indicators") or ()),
            source=dict(row.get("source") or {}),
        )

    def to_json(self) -> dict[str, Any]:
        """The keys of `dotpha read`, present only where there is a value, plus what only rules use."""
        row: dict[str, Any] = {"id": self.id, "source": dict(self.source), "owner": self.owner}
        row |= {"owner_type": self.owner_type, "title": self.title}
        for name in (*TEXT_FIELDS, "deadline_iso", "start", "parent_id", "parent_title", "prior_year_title"):
            if value := getattr(self, name):
                row[name] = value
        row["indicators"] = [each.to_json() for each in self.indicators]
        return row
