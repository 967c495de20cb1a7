"""What a person wrote in the form, as it was written: nothing is interpreted or thrown away here.

Figures and days stay text ("3,2", "quý III/2027"), so that a form which cannot be read yet still keeps what was typed;
`dotpha.rules.form.composing` reads them. Texts are NFC with line breaks kept, without control characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from dotpha.rules.screening.result import GROUNDS_FOR, Reason

LINES = ("title", "since", "deadline", "responsible", "prior_year_title", "parent_title")
TEXTS = (
    "description", "leap", "difficulty", "tried", "novelty", "hardness", "grounds_evidence", "situation",
    "duty", "responsibilities", "products", "evidence", "serves",
)  # fmt: skip
GROUNDS = tuple(reason for reason in Reason if reason in GROUNDS_FOR)
MOST_ROWS = 40  # indicators, milestones, duties, values of a history
# Controls and halves of characters, which no database stores; soft hyphens and zero widths stay: they may be letters.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|\r|\u2028|\u2029|\x85|\x0b")


def stored(text: object) -> str:
    """A text as it is kept: NFC, line breaks as one sign, no controls, no blanks around.

    >>> stored(" đường\\r\\ntrục\\x00 "), stored(None)
    ('đường\\ntrục', '')
    """
    if text is None:
        return ""
    plain = _UNSTORABLE.sub("", _BREAKS.sub("\n", str(text)))
    return unicodedata.normalize("NFC", plain).strip()


def stored_line(text: object) -> str:
    """As `stored`, on one line."""
    return " ".join(stored(text).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorContent:
    """One row of the indicators; `history` are (period, value) as typed, `kind` and `better` a person's choice."""

    name: str = ""
    unit: str = ""
    better: str = ""
    kind: str = ""
    baseline: str = ""
    baseline_on: str = ""
    source: str = ""
    target: str = ""
    method: str = ""
    history: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        texts = {each.name: stored_line(row.get(each.name)) for each in fields(cls) if each.name != "history"}
        pairs = ((stored_line(period), stored_line(value)) for period, value in row.get("history") or ())
        return cls(**texts, history=tuple(pair for pair in pairs if any(pair)))

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "history"}
        row = {name: value for name, value in row.items() if value}
        return row | ({"history": [list(pair) for pair in self.history]} if self.history else {})


@dataclass(frozen=True, slots=True)
class Milestone:
    """What is done by when, both as typed."""

    by: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who else does which part."""

    who: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A registration form as filled in. `supports` is the key of the collective task; `extra` answers own questions."""

    title: str = ""
    description: str = ""
    grounds: tuple[str, ...] = ()
    leap: str = ""
    difficulty: str = ""
    since: str = ""
    tried: str = ""
    novelty: str = ""
    hardness: str = ""
    grounds_evidence: str = ""
    situation: str = ""
    indicators: tuple[IndicatorContent, ...] = ()
    deadline: str = ""
    milestones: tuple[Milestone, ...] = ()
    responsible: str = ""
    duty: str = ""
    coordinators: tuple[Duty, ...] = ()
    responsibilities: str = ""
    products: str = ""
    evidence: str = ""
    supports: int | None = None
    parent_title: str = ""
    serves: str = ""
    prior_year_title: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """Take what is known from a stored or posted form; texts are made storable, empty rows go."""
        chosen = {str(each) for each in row.get("grounds") or ()}
        return cls(
            **{name: stored_line(row.get(name)) for name in LINES},
            **{name: stored(row.get(name)) for name in TEXTS},
            grounds=tuple(each.value for each in GROUNDS if each in chosen),
            indicators=_filled(IndicatorContent.from_json(each) for each in row.get("indicators") or ()),
            milestones=_filled(
                Milestone(stored_line(by), stored_line(what)) for by, what in row.get("milestones") or ()
            ),
            coordinators=_filled(
                Duty(stored_line(who), stored_line(what)) for who, what in row.get("coordinators") or ()
            ),
            supports=int(row["supports"]) if row.get("supports") else None,
            extra={str(name): text for name, said in (row.get("extra") or {}).items() if (text := stored(said))},
        )

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {name: getattr(self, name) for name in (*LINES, *TEXTS)}
        row |= {
            "grounds": list(self.grounds),
            "indicators": [each.to_json() for each in self.indicators],
            "milestones": [[each.by, each.what] for each in self.milestones],
            "coordinators": [[each.who, each.what] for each in self.coordinators],
            "supports": self.supports,
            "extra": dict(self.extra),
        }
        return {name: value for name, value in row.items() if value}

    def as_copy(self) -> "Content":
        """The same task begun again in another year: what is bound to its year or to other records is left out."""
        return replace(self, supports=None, prior_year_title=self.title)


def _filled(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(row for row in rows if any(getattr(row, each.name) for each in fields(row)))[:MOST_ROWS]
