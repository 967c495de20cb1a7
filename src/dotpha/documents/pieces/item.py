"""One registration with its screening, laid out for reading: text left, evidence right.

Everything here is Vietnamese text already; the templates under `templates/pieces/` only place it, and the
Word report writes it in its own order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dotpha.documents.pieces import fan, marks
from dotpha.documents.pieces.letters import straight
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.result import (
    CRITERION_LABELS,
    GROUNDS_FOR,
    REASON_LABELS,
    SEVERITY_LABELS,
    VERDICT_LABELS,
    Criterion,
    Duplicate,
    Finding,
    Ground,
    Screening,
    Trend,
)
from dotpha.rules.trend.indicator import DIRECTIONS, KINDS
from dotpha.rules.trend.sentence import sentence
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.numbers import show_number

FIELD_LABELS = {
    "title": "Nhiệm vụ",
    "description": "Nội dung",
    "owner": "Đăng ký",
    "position": "Chức vụ",
    "responsible": "Người chủ trì",
    "responsibilities": "Phân công",
    "deadline": "Thời hạn",
    "parent_title": "Gắn với nhiệm vụ tập thể",
    "prior_year_title": "Nhiệm vụ năm trước",
}
DUPLICATE_LABELS = {
    "last_year": "Gần giống nhiệm vụ năm trước",
    "same_batch": "Gần giống đăng ký khác trong đợt này",
}
_READ = ("title", "description", "responsible", "responsibilities", "deadline", "parent_title",
         "prior_year_title", "owner", "position")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A field with its words cut at the marks; `aside` is what stands in fields of its own (numbers, days)."""

    field: str
    label: str
    segments: tuple[marks.Segment, ...]
    aside: str = ""


@dataclass(frozen=True, slots=True)
class ClarityLine:
    label: str
    state: str  # "met", "unmet", "none"
    word: str
    why: str


@dataclass(frozen=True, slots=True)
class GroundLine:
    """One sign behind the verdict; `words` quote where it was read, empty where only figures tell it."""

    speaks_for: bool
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    severity: str
    severity_label: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class TrendView:
    """One indicator's picture, sentence and table, and how the machine reads it."""

    indicator: str
    svg: str
    sentence: str
    rows: tuple[tuple[str, str], ...]
    kind_label: str
    better_label: str


@dataclass(frozen=True, slots=True)
class DuplicateLine:
    """`number` is the item's place in this batch, None where it stands elsewhere; `address` is that of its own page."""

    id: str
    number: int | None
    label: str
    title: str
    similarity: str
    differs: tuple[tuple[str, str], ...]
    owner: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    number: int
    id: str
    title: str
    owner: str
    owner_type: str
    position: str
    place: str
    verdict: str
    verdict_label: str
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]
    passages: tuple[Passage, ...]
    notes: tuple[marks.Note, ...]
    grounds: tuple[GroundLine, ...]
    clarity: tuple[ClarityLine, ...]
    trends: tuple[TrendView, ...]
    findings: tuple[FindingLine, ...]
    duplicates: tuple[DuplicateLine, ...]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The tones that occur, with their meaning."""
        used = {note.tone for note in self.notes}
        return [(tone, label) for tone, label in marks.TONE_LABELS.items() if tone in used]


def item(
    number: int, registration: Registration, screening: Screening, numbers: Mapping[str, int] | None = None
) -> Item:
    """`number` is the item's place in its batch, counted from 1; notes are numbered within the item.

    `numbers` tells the places of the batch's ids, for the items that say nearly the same.
    """
    fields = [*_READ, *(f"indicators.{place}.name" for place in range(len(registration.indicators)))]
    notes = marks.notes(screening, fields)
    reasons = [(reason in GROUNDS_FOR, REASON_LABELS[reason]) for reason in screening.reasons]
    return Item(
        number=number,
        id=registration.id,
        title=title_of(registration),
        owner=owner_of(registration),
        owner_type=registration.owner_type,
        position=registration.position,
        place=place_of(registration.source),
        verdict=screening.verdict,
        verdict_label=VERDICT_LABELS[screening.verdict],
        reasons_for=tuple(label for speaks_for, label in reasons if speaks_for),
        reasons_against=tuple(label for speaks_for, label in reasons if not speaks_for),
        passages=tuple(_passages(registration, notes)),
        notes=tuple(notes),
        grounds=tuple(_ground(ground) for ground in screening.grounds if ground.beyond or ground.enough),
        clarity=tuple(_clarity(name, screening.clarity[name]) for name in CRITERION_LABELS),
        trends=tuple(trend_view(trend) for trend in screening.trend),
        findings=tuple(_finding(finding) for finding in screening.findings),
        duplicates=tuple(_duplicate(duplicate, numbers or {}) for duplicate in screening.duplicates),
    )


def title_of(registration: Registration) -> str:
    return registration.title or "(chưa ghi tên nhiệm vụ)"


def owner_of(registration: Registration) -> str:
    return registration.owner or "(chưa ghi bên đăng ký)"


def _passages(registration: Registration, notes: list[marks.Note]) -> Iterator[Passage]:
    def passage(field: str, label: str, text: str, aside: str = "") -> Passage:
        cut = marks.segments(text, [note for note in notes if note.field == field])
        return Passage(field, label, tuple(cut), aside)

    for field in _READ:
        text = getattr(registration, field)
        if text and (field not in ("owner", "position") or any(note.field == field for note in notes)):
            aside = f"Đọc là ngày {show_day(registration.deadline_iso)}" if _adds_day(field, registration) else ""
            yield passage(field, FIELD_LABELS[field], text, aside)
    for place, indicator in enumerate(registration.indicators):
        label = "Chỉ tiêu" if len(registration.indicators) == 1 else f"Chỉ tiêu {place + 1}"
        name = indicator.name or "(chưa ghi tên chỉ tiêu)"
        yield passage(f"indicators.{place}.name", label, name, figures(indicator))


def _adds_day(field: str, registration: Registration) -> bool:
    """Whether the day read from the deadline says more than the words: quý IV/2022 is 31/12/2022."""
    iso = registration.deadline_iso
    return bool(field == "deadline" and iso and show_day(iso) not in registration.deadline)


def figures(indicator: Indicator) -> str:
    """ "Hiện trạng 70 %, chỉ tiêu 100 %"; the unit stands with each number, as in speech."""
    parts = [
        f"{label} {show_number(value)} {indicator.unit}".strip()
        for label, value in (("hiện trạng", indicator.baseline), ("chỉ tiêu", indicator.target))
        if value is not None
    ]
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _clarity(name: str, criterion: Criterion) -> ClarityLine:
    state, word = {True: ("met", "Đạt"), False: ("unmet", "Chưa đạt"), None: ("none", "Không xét")}[criterion.met]
    return ClarityLine(CRITERION_LABELS[name], state, word, straight(criterion.why))


def _ground(ground: Ground) -> GroundLine:
    words = tuple(dict.fromkeys(each.text.strip() for each in ground.evidence if each.text.strip()))
    return GroundLine(ground.speaks_for, ground.label, words[:3])


def _finding(finding: Finding) -> FindingLine:
    label = SEVERITY_LABELS[finding.severity]
    return FindingLine(finding.severity, label, straight(finding.message), straight(finding.suggestion))


def trend_view(trend: Trend) -> TrendView:
    words = straight(sentence(trend))
    trend = replace(trend, indicator=trend.indicator or "Chỉ tiêu (chưa ghi tên)")
    return TrendView(
        indicator=trend.indicator,
        svg=fan.draw(trend, words) if fan.can_be_drawn(trend) else "",
        sentence=words,
        rows=tuple(fan.rows(trend)),
        kind_label=KINDS.get(trend.kind, ""),
        better_label=DIRECTIONS.get(trend.better, ""),
    )


def _duplicate(duplicate: Duplicate, numbers: Mapping[str, int]) -> DuplicateLine:
    return DuplicateLine(
        duplicate.id,
        numbers.get(duplicate.id) if duplicate.kind == "same_batch" else None,
        DUPLICATE_LABELS[duplicate.kind],
        duplicate.title,
        similarity_in_words(duplicate.similarity),
        duplicate.differs,
    )


def similarity_in_words(similarity: float) -> str:
    """
    >>> similarity_in_words(0.873)
    'giống 87 %'
    """
    return f"giống {round(100 * similarity)} %"


def place_of(source: Mapping[str, Any]) -> str:
    """Where the registration was read.

    >>> place_of({"file": "a.xlsx", "sheet": "TẬP THỂ", "row": 9})
    'a.xlsx, trang tính ‘TẬP THỂ’, dòng 9'
    """
    words = {"sheet": "trang tính ‘{}’", "table": "bảng {}", "form": "phiếu {}", "row": "dòng {}"}
    parts = [text.format(source[key]) for key, text in words.items() if source.get(key)]
    return ", ".join([str(source["file"]), *parts] if source.get("file") else parts)
