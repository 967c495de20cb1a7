"""What a board may be asked to show, and the choices it offers with their counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from dotpha.documents.pieces.overview import CLARITY_LABELS, OWNER_LABELS, Tally
from dotpha.rules.screening.result import CRITERION_LABELS, REASON_LABELS, VERDICT_LABELS

INCOMPLETE = "thieu"  # one criterion or more unmet
CLARITY_CHOICES = {**CLARITY_LABELS, INCOMPLETE: "Thiếu từ một"}


@dataclass(frozen=True)
class Filters:
    """The part of an address behind the question mark; unknown values count as not asked for."""

    verdict: str = ""
    clarity: str = ""
    owner_type: str = ""
    unmet: str = ""
    reason: str = ""
    words: str = ""
    view: str = "cot"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        return cls(**cls.asked(query))

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> dict[str, Any]:
        return {
            "verdict": one_of(query, "nhan-dinh", VERDICT_LABELS),
            "clarity": one_of(query, "do-ro", CLARITY_CHOICES),
            "owner_type": one_of(query, "ben-dang-ky", OWNER_LABELS),
            "unmet": one_of(query, "chua-dat", CRITERION_LABELS),
            "reason": one_of(query, "can-cu", REASON_LABELS),
            "words": " ".join(query.get("tim", "").split())[:200],
            "view": "danh-sach" if query.get("xem") == "danh-sach" else "cot",
        }

    def parts(self) -> dict[str, str]:
        return {
            "nhan-dinh": self.verdict, "do-ro": self.clarity, "ben-dang-ky": self.owner_type,
            "chua-dat": self.unmet, "can-cu": self.reason, **self.own_parts(), "tim": self.words,
            "xem": "" if self.view == "cot" else self.view,
        }  # fmt: skip

    def own_parts(self) -> dict[str, str]:
        """What only this board is asked."""
        return {}

    def query(self) -> str:
        """The same filters as an address part, without what is not asked for."""
        return urlencode({name: value for name, value in self.parts().items() if value})

    @property
    def is_active(self) -> bool:
        return self != type(self)(view=self.view)


def one_of(query: Mapping[str, str], name: str, allowed: Iterable[str]) -> str:
    return query.get(name, "") if query.get(name, "") in allowed else ""


def has_clarity(unmet: int, clarity: str) -> bool:
    """Whether so many criteria unmet is what the filter asks for."""
    return unmet > 0 if clarity == INCOMPLETE else str(min(unmet, 2)) == clarity


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter, with how many items of the whole board it has."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Select:
    """One filter as a list to choose from; `name` is its place in the address."""

    name: str
    label: str
    chosen: str
    choices: tuple[Choice, ...]


def selects(counts: Tally, filters: Filters, *own: Select) -> list[Select]:
    """Every filter that has something to choose, with the counts of the whole board; `own` are those of this one."""
    offered = [
        Select("nhan-dinh", "Nhận định", filters.verdict, options(VERDICT_LABELS, counts.verdicts)),
        Select("do-ro", "Độ rõ", filters.clarity, options(CLARITY_CHOICES, _clarity_counts(counts))),
        Select("ben-dang-ky", "Bên đăng ký", filters.owner_type, options(OWNER_LABELS, counts.owner_types)),
        Select("chua-dat", "Chưa đạt", filters.unmet, options(CRITERION_LABELS, counts.unmet)),
        Select("can-cu", "Căn cứ", filters.reason, options(REASON_LABELS, counts.reasons)),
        *own,
    ]
    return [select for select in offered if len(select.choices) > 1]


def options(labels: Mapping[Any, str], found: Mapping[Any, int]) -> tuple[Choice, ...]:
    return tuple(Choice(str(key), label, found[key]) for key, label in labels.items() if found.get(key))


def _clarity_counts(counts: Tally) -> dict[str, int]:
    found = {key: sum(counts.clarity[verdict, key] for verdict in VERDICT_LABELS) for key in CLARITY_LABELS}
    return found | {INCOMPLETE: counts.total - found["0"]}
