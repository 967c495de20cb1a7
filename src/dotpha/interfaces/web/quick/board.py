"""What the board shows of a job: which items, in which order, with which choices to filter by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dotpha.documents.pieces.item import TrendView, owner_of, title_of, trend_view
from dotpha.documents.pieces.overview import CLARITY_LABELS, OWNER_LABELS, Tally
from dotpha.interfaces.web.quick.forms import CorrectionForm
from dotpha.interfaces.web.quick.jobs import Entry, Job
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import (
    BAND_LABELS,
    CRITERION_LABELS,
    REASON_LABELS,
    VERDICT_LABELS,
    Band,
    Screening,
)
from dotpha.rules.vietnamese.text import fold

PAGE_SIZE = 50
INCOMPLETE = "thieu"  # one criterion or more unmet
_CLARITY_CHOICES = {**CLARITY_LABELS, INCOMPLETE: "Thiếu từ một"}


@dataclass(frozen=True, slots=True)
class Filters:
    """The part of an address behind the question mark; unknown values count as not asked for."""

    verdict: str = ""
    clarity: str = ""
    owner_type: str = ""
    unmet: str = ""
    reason: str = ""
    file: str = ""
    words: str = ""
    view: str = "cot"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        def one_of(name: str, allowed: Iterable[str]) -> str:
            return query.get(name, "") if query.get(name, "") in allowed else ""

        return cls(
            verdict=one_of("nhan-dinh", VERDICT_LABELS),
            clarity=one_of("do-ro", _CLARITY_CHOICES),
            owner_type=one_of("ben-dang-ky", OWNER_LABELS),
            unmet=one_of("chua-dat", CRITERION_LABELS),
            reason=one_of("can-cu", REASON_LABELS),
            file=query.get("tep", ""),
            words=" ".join(query.get("tim", "").split())[:200],
            view="danh-sach" if query.get("xem") == "danh-sach" else "cot",
        )

    def query(self) -> str:
        """The same filters as an address part, without what is not asked for."""
        parts = {
            "nhan-dinh": self.verdict, "do-ro": self.clarity, "ben-dang-ky": self.owner_type,
            "chua-dat": self.unmet, "can-cu": self.reason, "tep": self.file, "tim": self.words,
            "xem": "" if self.view == "cot" else self.view,
        }  # fmt: skip
        return urlencode({name: value for name, value in parts.items() if value})

    @property
    def is_active(self) -> bool:
        return self != Filters(view=self.view)

    def keeps(self, entry: Entry) -> bool:
        return (
            (not self.verdict or entry.verdict == self.verdict)
            and (not self.clarity or _has_clarity(entry, self.clarity))
            and (not self.owner_type or entry.owner_type == self.owner_type)
            and (not self.unmet or self.unmet in entry.unmet)
            and (not self.reason or self.reason in entry.reasons)
            and (not self.file or entry.file == self.file)
            and all(word in entry.words for word in fold(self.words).split())
        )


def _has_clarity(entry: Entry, clarity: str) -> bool:
    return bool(entry.unmet) if clarity == INCOMPLETE else str(min(len(entry.unmet), 2)) == clarity


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter, with how many items of the whole job it has."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """An item on the board, in the few words that tell whether to open it."""

    number: int
    title: str
    owner: str
    verdict: str
    verdict_label: str
    reasons: tuple[str, ...]
    unmet: tuple[str, ...]
    band: str


@dataclass(frozen=True, slots=True)
class Column:
    verdict: str
    label: str
    cards: tuple[Card, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty cards and where they stand; `found` counts all that match."""

    cards: tuple[Card, ...]
    found: int
    number: int
    last: int


def matching(job: Job, filters: Filters) -> list[Entry]:
    """In the order of the files."""
    return [entry for entry in list(job.entries) if filters.keeps(entry)]


def page(entries: Sequence[Entry], number: int) -> Page:
    """Page `number`, or the nearest there is."""
    last = max(1, -(-len(entries) // PAGE_SIZE))
    number = min(max(number, 1), last)
    shown = entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(tuple(map(card, shown)), len(entries), number, last)


def card(entry: Entry) -> Card:
    registration, screening = entry.unpack()
    bands = [trend.band for trend in screening.trend if trend.band != Band.UNKNOWN]
    return Card(
        number=entry.number,
        title=title_of(registration),
        owner=owner_of(registration),
        verdict=entry.verdict,
        verdict_label=VERDICT_LABELS[screening.verdict],
        reasons=tuple(REASON_LABELS[reason] for reason in screening.reasons),
        unmet=tuple(CRITERION_LABELS[name] for name in entry.unmet),
        band=", ".join(dict.fromkeys(BAND_LABELS[band] for band in bands)),
    )


def columns(shown: Page, entries: Sequence[Entry]) -> list[Column]:
    """The cards of a page under their verdicts; `count` is that of all pages."""
    return [
        Column(
            verdict,
            label,
            tuple(card for card in shown.cards if card.verdict == verdict),
            sum(entry.verdict == verdict for entry in entries),
        )
        for verdict, label in VERDICT_LABELS.items()
    ]


@dataclass(frozen=True, slots=True)
class Select:
    """One filter as a list to choose from; `name` is its place in the address."""

    name: str
    label: str
    chosen: str
    choices: tuple[Choice, ...]


def selects(job: Job, filters: Filters) -> list[Select]:
    """Every filter that has something to choose, with the counts of the whole job."""
    counts = job.tally

    def options(labels: Mapping[Any, str], found: Mapping[str, int]) -> tuple[Choice, ...]:
        return tuple(Choice(key, label, found[key]) for key, label in labels.items() if found.get(key))

    files = {name: name for name in job.files}
    offered = [
        Select("nhan-dinh", "Nhận định", filters.verdict, options(VERDICT_LABELS, counts.verdicts)),
        Select("do-ro", "Độ rõ", filters.clarity, options(_CLARITY_CHOICES, _clarity_counts(counts))),
        Select("ben-dang-ky", "Bên đăng ký", filters.owner_type, options(OWNER_LABELS, counts.owner_types)),
        Select("chua-dat", "Chưa đạt", filters.unmet, options(CRITERION_LABELS, counts.unmet)),
        Select("can-cu", "Căn cứ", filters.reason, options(REASON_LABELS, counts.reasons)),
        Select("tep", "Tệp", filters.file, options(files, counts.files)),
    ]
    return [select for select in offered if len(select.choices) > 1]


def _clarity_counts(counts: Tally) -> dict[str, int]:
    found = {key: sum(counts.clarity[verdict, key] for verdict in VERDICT_LABELS) for key in CLARITY_LABELS}
    return found | {INCOMPLETE: counts.total - found["0"]}


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    query: str


def page_links(shown: Page, filters: Filters) -> list[PageLink]:
    """First, last and those near."""
    query = filters.query()
    near = {1, shown.last, *range(shown.number - 2, shown.number + 3)}
    return [
        PageLink(number, f"{query}{'&' if query else ''}trang={number}")
        for number in sorted(near)
        if 1 <= number <= shown.last
    ]


@dataclass(frozen=True, slots=True)
class Correctable:
    """An indicator's picture with the form to correct its reading; none for figures read in running text."""

    index: int | None
    view: TrendView
    form: CorrectionForm | None
    is_corrected: bool


def correctable(registration: Registration, screening: Screening) -> list[Correctable]:
    found = []
    for trend in screening.trend:
        indicator = None if trend.index is None else registration.indicators[trend.index]
        given = {"kind": indicator.kind, "better": indicator.better} if indicator else {}
        form = CorrectionForm(initial=given, auto_id=f"id_{trend.index}_%s") if indicator else None
        found.append(Correctable(trend.index, trend_view(trend), form, any(given.values())))
    return found


def neighbours(entries: Sequence[Entry], number: int) -> tuple[int | None, int | None]:
    """The items before and after `number` among those of the same filter, which may not hold it itself."""
    before = [entry.number for entry in entries if entry.number < number]
    after = [entry.number for entry in entries if entry.number > number]
    return (before[-1] if before else None, after[0] if after else None)
