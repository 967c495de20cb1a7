"""From stored results to what the pages place."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from dotpha.appraisal.models import NearDuplicate, ScreeningResult
from dotpha.appraisal.neighbours import LAST_YEAR
from dotpha.appraisal.reading import named_in, registered
from dotpha.directory.models import PartyOrganization
from dotpha.documents.pieces.item import DUPLICATE_LABELS, DuplicateLine, similarity_in_words, trend_view
from dotpha.documents.pieces.item import item as item_view
from dotpha.documents.pieces.overview import OWNERS_SHOWN, Overview, OwnerRow, Tally, overview
from dotpha.interfaces.web.screening_parts.cards import Card
from dotpha.interfaces.web.screening_parts.naming import HIDDEN, names_in, screening_for
from dotpha.registration.models import BreakthroughTask, Campaign, TaskVersion
from dotpha.rules.screening.result import (
    CRITERIA,
    CRITERION_LABELS,
    REASON_LABELS,
    Reason,
    Verdict,
)

Differs = tuple[tuple[str, str], ...]


def address(task: BreakthroughTask) -> str:
    return reverse("board-item", args=[task.campaign_id, task.pk])


def card(result: ScreeningResult) -> Card:
    return Card(
        number=result.number,
        title=result.title,
        owner=result.owner,
        verdict=result.verdict,
        verdict_label=result.get_verdict_display(),
        reasons=tuple(REASON_LABELS[Reason(name)] for name in named_in(result.reasons, tuple(Reason))),
        unmet=tuple(CRITERION_LABELS[name] for name in named_in(result.unmet, CRITERIA)),
        band=result.bands,
        address=reverse("board-item", args=[result.campaign_id, result.task_id]),
        duplicates=result.duplicates,
    )


def charts(
    counts: Tally, branches: Sequence[PartyOrganization], by_branch: Mapping[int, Mapping[str, int]]
) -> Overview:
    """Those of every board; what quick screening tells of each owner is told here of each branch."""
    rows = [
        OwnerRow(str(each), sum(numbers), numbers, f"nhanh={each.pk}")
        for each in branches
        for numbers in [tuple(by_branch[each.pk].get(verdict, 0) for verdict in Verdict)]
    ]
    hidden = max(0, len(rows) - OWNERS_SHOWN)
    return replace(overview(counts), owners=rows[:OWNERS_SHOWN], owners_hidden=hidden)


def item(
    campaign: Campaign, result: ScreeningResult, pairs: Sequence[NearDuplicate], readable: Collection[int]
) -> dict[str, Any]:
    """The text with its evidence; near-duplicates are those of today, not of the day it was screened."""
    screening = screening_for(result, readable)
    laid_out = item_view(result.number, registered(result.version, campaign).registration, screening)
    lines = tuple(_line(pair, result.version, readable) for pair in pairs)
    trends = [{"index": trend.index, "view": trend_view(trend)} for trend in screening.trend]
    return {"item": replace(laid_out, duplicates=lines), "trends": trends}


def others_named(result: ScreeningResult, pairs: Sequence[NearDuplicate]) -> set[int]:
    """Keys of the tasks that an item's page tells of beside its own."""
    return names_in(result) | {key for pair in pairs for key in (pair.version.task_id, pair.other.task_id)}


def _line(pair: NearDuplicate, here: TaskVersion, readable: Collection[int]) -> DuplicateLine:
    is_mine = pair.version_id == here.pk
    other = pair.other if is_mine else pair.version
    may_read = other.task_id in readable
    return DuplicateLine(
        id=str(other.task_id),
        number=None,
        label=_label(pair, other, is_mine=is_mine),
        title=other.title if may_read else HIDDEN,
        similarity=similarity_in_words(pair.similarity),
        differs=_differs(pair, is_mine=is_mine) if may_read else (),
        owner=other.owner if may_read else "",
        address=address(other.task) if may_read else "",
    )


def _label(pair: NearDuplicate, other: TaskVersion, *, is_mine: bool) -> str:
    if pair.kind == LAST_YEAR and not is_mine:
        return f"Năm {other.task.campaign.year} có đăng ký gần giống"
    return DUPLICATE_LABELS[pair.kind]


def _differs(pair: NearDuplicate, *, is_mine: bool) -> Differs:
    """Pairs (here, there), whichever of the two is read."""
    return tuple((here, there) if is_mine else (there, here) for here, there in pair.differs)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two tasks that say nearly the same; without an address it is not the reader's to read."""

    title: str
    owner: str
    year: int
    address: str


@dataclass(frozen=True, slots=True)
class PairRow:
    sides: tuple[Side, Side]  # the later first
    similarity: str
    differs: Differs
    across: str


def pair_row(pair: NearDuplicate, readable: Collection[int]) -> PairRow:
    may_read = pair.version.task_id in readable and pair.other.task_id in readable
    return PairRow(
        (_side(pair.version, readable), _side(pair.other, readable)),
        similarity_in_words(pair.similarity).capitalize(),
        _differs(pair, is_mine=True) if may_read else (),
        _across(pair),
    )


def _side(version: TaskVersion, readable: Collection[int]) -> Side:
    may_read, year = version.task_id in readable, version.task.campaign.year
    return Side(version.title, version.owner, year, address(version.task)) if may_read else Side(HIDDEN, "", year, "")


def _across(pair: NearDuplicate) -> str:
    if pair.kind == LAST_YEAR:
        return "Khác năm"
    return "Cùng tổ chức" if pair.version.task.organization_id == pair.other.task.organization_id else "Khác tổ chức"
