"""What people said of a registration, independently of the engine, and the pair of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self, TypeVar

from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch
from dotpha.rules.screening.result import CRITERIA, Reason, Screening, Verdict

# criterion of the screening -> its key among the labels
LABEL_KEYS: dict[str, str] = {
    "work": "clear_work",
    "person": "clear_person",
    "responsibility": "clear_responsibility",
    "schedule": "clear_schedule",
    "quantified": "quantified",
    "linked": "linked_to_collective",
}


Word = TypeVar("Word", Verdict, Reason)


class BadLabels(ValueError):
    """Labels that cannot be compared with; the text says why, in Vietnamese, without a full stop."""


@dataclass(frozen=True, slots=True)
class Labels:
    """`met` by the criteria of the screening; None where the question does not arise or nobody judged it."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    met: Mapping[str, bool | None]

    @classmethod
    def from_json(cls, row: object) -> Self:
        """Labels as the labelled corpus writes them.

        Raises:
            BadLabels: something is missing or is not one of the known words.
        """
        if not isinstance(row, Mapping):
            raise BadLabels("chưa có nhãn (khóa “labels”)")
        if not isinstance(row.get("reasons"), list):
            raise BadLabels("nhãn chưa có danh sách lý do (khóa “reasons”)")
        return cls(
            verdict=_known(Verdict, row.get("breakthrough"), "breakthrough"),
            reasons=tuple(_known(Reason, each, "reasons") for each in row["reasons"]),
            met={name: _answer(row, LABEL_KEYS[name]) for name in CRITERIA},
        )


def _known(words: type[Word], said: object, key: str) -> Word:
    try:
        return words(str(said))
    except ValueError:
        written = f"là “{said}”" if said else "còn trống"
        raise BadLabels(f"nhãn “{key}” {written}, cần một trong: {', '.join(words)}") from None


def _answer(row: Mapping[str, Any], key: str) -> bool | None:
    said = row.get(key)
    if said is not None and not isinstance(said, bool):
        raise BadLabels(f"nhãn “{key}” là “{said}”, cần true, false hoặc null")
    return said


@dataclass(frozen=True, slots=True)
class Labelled:
    """One registration of a labelled file; `field` is its field of work, "" where the file names none."""

    registration: Registration
    labels: Labels
    field: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What people said of one registration, and what the engine said without having seen it."""

    id: str
    title: str
    field: str
    labels: Labels
    screening: Screening

    @property
    def is_right(self) -> bool:
        return self.screening.verdict is self.labels.verdict


def screened(labelled: Sequence[Labelled], *, on: date) -> list[Case]:
    """Screen one labelled file as one batch, as of the day `on`; only the registrations reach the engine."""
    batch = Batch([each.registration for each in labelled], on=on)
    return [
        Case(screening.id, each.registration.title, each.field, each.labels, screening)
        for each, screening in zip(labelled, map(batch.screen, range(len(batch))), strict=True)
    ]
