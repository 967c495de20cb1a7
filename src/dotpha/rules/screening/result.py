"""The result of screening one registration: advice with its reasons, never a decision.

Clarity, substance and agreement are three answers and stay three. This module holds the first two;
the third belongs to people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

CRITERIA = ("work", "person", "responsibility", "schedule", "quantified", "linked")

CRITERION_LABELS: dict[str, str] = {
    "work": "Rõ việc",
    "person": "Rõ người",
    "responsibility": "Rõ trách nhiệm",
    "schedule": "Rõ tiến độ",
    "quantified": "Lượng hóa",
    "linked": "Gắn với tập thể",
}


class Verdict(StrEnum):
    BREAKTHROUGH = "breakthrough"
    BORDERLINE = "borderline"
    ROUTINE = "routine"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.BREAKTHROUGH: "Đột phá",
    Verdict.BORDERLINE: "Cần làm rõ",
    Verdict.ROUTINE: "Thường xuyên",
}

# Never colour alone: each verdict has a word and a shape (docs/look in the user guide).
VERDICT_MARKS: dict[Verdict, str] = {
    Verdict.BREAKTHROUGH: "●",
    Verdict.BORDERLINE: "◆",
    Verdict.ROUTINE: "○",
}


class Reason(StrEnum):
    """Why a verdict was reached; the first four speak for, the others against."""

    LEAP = "leap"
    RESOLVES_LONG_STANDING = "resolves_long_standing"
    NEW_MODEL = "new_model"
    HARD_FIRST_TIME = "hard_first_time"
    RECURRING_DUTY = "recurring_duty"
    MINIMUM_LEGAL_DUTY = "minimum_legal_duty"
    BUSINESS_AS_USUAL_TREND = "business_as_usual_trend"
    ALREADY_DONE_LAST_YEAR = "already_done_last_year"
    NOT_NEW_NOT_HARD = "not_new_not_hard"
    VAGUE_GOAL = "vague_goal"


GROUNDS_FOR = frozenset({Reason.LEAP, Reason.RESOLVES_LONG_STANDING, Reason.NEW_MODEL, Reason.HARD_FIRST_TIME})

REASON_LABELS: dict[Reason, str] = {
    Reason.LEAP: "bước nhảy vượt xa đà hiện nay",
    Reason.RESOLVES_LONG_STANDING: "giải quyết dứt điểm việc khó tồn tại lâu",
    Reason.NEW_MODEL: "cách làm mới, có tác dụng thật",
    Reason.HARD_FIRST_TIME: "việc khó, làm lần đầu",
    Reason.RECURRING_DUTY: "việc làm thường kỳ",
    Reason.MINIMUM_LEGAL_DUTY: "nghĩa vụ tối thiểu theo quy định",
    Reason.BUSINESS_AS_USUAL_TREND: "theo đà hiện nay cũng đạt",
    Reason.ALREADY_DONE_LAST_YEAR: "lặp lại việc năm trước",
    Reason.NOT_NEW_NOT_HARD: "chưa thấy mới, chưa thấy khó",
    Reason.VAGUE_GOAL: "mục tiêu còn chung chung",
}


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


SEVERITY_LABELS: dict[Severity, str] = {
    Severity.BLOCK: "cần xác định lại",
    Severity.WARN: "đề nghị làm rõ",
    Severity.HINT: "gợi ý",
}


class Band(StrEnum):
    """What the chance of reaching the target without new effort says (trend method, section 5)."""

    USUAL = "usual"
    CLARIFY = "clarify"
    ABOVE = "above"
    LEAP = "leap"
    UNKNOWN = "unknown"


BAND_LABELS: dict[Band, str] = {
    Band.USUAL: "có dấu hiệu thường xuyên",
    Band.CLARIFY: "cần làm rõ",
    Band.ABOVE: "vượt xu thế",
    Band.LEAP: "bước nhảy",
    Band.UNKNOWN: "chưa đủ dữ liệu",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided something.

    `field` is a field of the registration ("title") or of an indicator ("indicators.0.name"); `start` and
    `end` count characters in that field (NFC), so that ``value[start:end] == text``. A number that stands
    in a field of its own has the empty span 0, 0 and is written in `text`.
    """

    field: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """Whether one "rõ" is met; `met` is None where the question does not arise."""

    met: bool | None
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the registrant should look at. `code` is a rule of the catalogue."""

    code: str
    severity: Severity
    message: str
    evidence: tuple[Evidence, ...] = ()
    suggestion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Business as usual for one indicator, in the indicator's own unit.

    `low` and `high` bound the 80 % interval at the day `at`; `p_reached` is the chance, 0 to 1, that the
    target is reached without new effort; `leap` is the distance from median to target in half-widths of
    the interval, positive in the good direction. All are None when no forecast is possible, and `method`
    says why. `n` counts the own past values, `points` are they: (ISO day, value).
    """

    indicator: str
    at: str
    median: float | None = None
    low: float | None = None
    high: float | None = None
    p_reached: float | None = None
    leap: float | None = None
    band: Band = Band.UNKNOWN
    kind: str = ""
    better: str = ""
    method: str = ""
    n: int = 0
    index: int | None = None
    unit: str = ""
    target: float | None = None
    points: tuple[tuple[str, float], ...] = ()
    reaches_on: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Another registration that says nearly the same.

    `kind` is "last_year" or "same_batch"; `similarity` runs from 0 to 1; `differs` lists what differs
    (numbers, place, year) as pairs (here, there).
    """

    id: str
    similarity: float
    kind: str
    title: str = ""
    differs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact behind a verdict and its share in the two questions, as log-odds.

    `beyond`: is there anything beyond business as usual; `enough`: is it enough to be called a breakthrough.
    """

    fact: str
    label: str
    beyond: float
    enough: float
    evidence: tuple[Evidence, ...] = ()

    @property
    def speaks_for(self) -> bool:
        return self.beyond + self.enough > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Advice on one registration. `clarity` has every name in `CRITERIA`, in that order.

    `chances` tells how likely each verdict is, summing to 1; `grounds` are the facts behind it, weightiest first.
    """

    id: str
    source: Mapping[str, Any] = field(default_factory=dict)
    clarity: Mapping[str, Criterion]
    verdict: Verdict
    reasons: tuple[Reason, ...]
    chances: Mapping[Verdict, float] = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    findings: tuple[Finding, ...] = ()
    trend: tuple[Trend, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    engine_version: str = ""

    @property
    def unmet(self) -> tuple[str, ...]:
        return tuple(name for name in CRITERIA if self.clarity[name].met is False)
