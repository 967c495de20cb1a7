"""What the board shows of a job: which items, in which order, with which choices to filter by."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from dotpha.documents.pieces.item import TrendView, owner_of, title_of, trend_view
from dotpha.interfaces.web.quick.forms import CorrectionForm
from dotpha.interfaces.web.quick.jobs import Entry, Job
from dotpha.interfaces.web.screening_parts import cards, filters
from dotpha.interfaces.web.screening_parts.cards import PAGE_SIZE, Card, Page
from dotpha.interfaces.web.screening_parts.filters import Select, has_clarity, options
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import BAND_LABELS, CRITERION_LABELS, REASON_LABELS, VERDICT_LABELS, Band, Screening
from dotpha.rules.vietnamese.text import fold


@dataclass(frozen=True)
class Filters(filters.Filters):
    """Those of every board, and the file."""

    file: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> dict[str, Any]:
        return {**super().asked(query), "file": query.get("tep", "")}

    def own_parts(self) -> dict[str, str]:
        return {"tep": self.file}

    def keeps(self, entry: Entry) -> bool:
        return (
            (not self.verdict or entry.verdict == self.verdict)
            and (not self.clarity or has_clarity(len(entry.unmet), self.clarity))
            and (not self.owner_type or entry.owner_type == self.owner_type)
            and (not self.unmet or self.unmet in entry.unmet)
            and (not self.reason or self.reason in entry.reasons)
            and (not self.file or entry.file == self.file)
            and all(word in entry.words for word in fold(self.words).split())
        )


def matching(job: Job, filters: Filters) -> list[Entry]:
    """In the order of the files."""
    return [entry for entry in list(job.entries) if filters.keeps(entry)]


def page(job: Job, entries: Sequence[Entry], number: int) -> Page:
    """Page `number`, or the nearest there is."""
    number, last = cards.place_of(len(entries), number)
    shown = entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(tuple(card(job, entry) for entry in shown), len(entries), number, last)


def card(job: Job, entry: Entry) -> Card:
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
        address=reverse("quick-item", args=[job.token, entry.number]),
    )


def counts(entries: Sequence[Entry]) -> Counter[str]:
    return Counter(entry.verdict for entry in entries)


def selects(job: Job, asked: Filters) -> list[Select]:
    files = Select("tep", "Tệp", asked.file, options({name: name for name in job.files}, job.tally.files))
    return filters.selects(job.tally, asked, files)


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
