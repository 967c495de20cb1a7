"""How a stored version is read by the engine, and which columns a result is found by."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from dotpha.core import names
from dotpha.registration.models import BreakthroughTask, Campaign, TaskVersion
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.composing import Composed, compose
from dotpha.rules.registration import OwnerType, Registration
from dotpha.rules.screening import codec, engine
from dotpha.rules.screening.batch import Parents
from dotpha.rules.screening.result import BAND_LABELS, CRITERIA, Band, Reason, Screening
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds

STORY_SEARCHED = 600  # characters of the description a search looks in


def thresholds_of(campaign: Campaign) -> Thresholds:
    return Thresholds.from_json(campaign.thresholds)


def rules_of(campaign: Campaign) -> str:
    """What a campaign is screened with now: the engine's version, a mark of its thresholds if they are its own, and the
    day its figures are read at, if it has set one.

    A result keeps it, so that results of other rules, or read at another day, are told from those of today's.
    """
    told, thresholds = [engine.engine_version()], thresholds_of(campaign)
    if thresholds != DEFAULT:
        mark = hashlib.sha256(json.dumps(thresholds.to_json(), sort_keys=True).encode()).hexdigest()[:6]
        told.append(f"ngưỡng {mark}")
    if campaign.data_day is not None:
        told.append(f"{campaign.data_day:%d/%m/%Y}")
    return ", ".join(told)


def registered(version: TaskVersion, campaign: Campaign) -> Composed:
    """What was sent as the engine reads it. No query if the version came with its task."""
    kind: OwnerType = "individual" if version.task.is_individual else "organization"
    return compose(
        version.written, id=str(version.task_id), owner=version.owner, owner_type=kind, position=version.position,
        year=campaign.year, parent_title=version.parent_title,
    )  # fmt: skip


def composed_of(version: TaskVersion) -> tuple[Composed, Registration | None]:
    """What was sent as the engine reads it, and the collective task it names, if that was sent. Up to three queries."""
    campaign = version.task.campaign
    composed = registered(version, campaign)
    named = _named_by(version, composed.registration) if version.task.is_individual else None
    return composed, registered(named, campaign).registration if named is not None else None


def collectives(campaign: Campaign) -> QuerySet[BreakthroughTask]:
    """Collective tasks of a campaign that an individual's may serve: those that were sent."""
    sent = BreakthroughTask.objects.filter(campaign=campaign, official__isnull=True, current__isnull=False)
    return sent.exclude(state=TaskState.DISCARDED).order_by("pk")


def _named_by(version: TaskVersion, registration: Registration) -> TaskVersion | None:
    """By its link; without one by the title that was typed, as a batch finds it."""
    sent = TaskVersion.objects.select_related("task").defer("task__content")
    if registration.parent_id:
        return sent.filter(current_of=int(registration.parent_id)).first()
    if not registration.parent_title:
        return None
    titles = collectives(version.task.campaign).values_list("current", "current__title")
    found = Parents([Registration(id=str(pk), title=title) for pk, title in titles]).of(registration)
    return sent.get(pk=found.id) if found else None


def columns_of(version: TaskVersion, screening: Screening, *, story: str) -> dict[str, Any]:
    """The columns of a result; `story` is the description as the engine read it."""
    told = {**judged(screening), "result": codec.to_json(screening)}
    return {**standing(version, words=words_of(story)), **told}


def judged(screening: Screening) -> dict[str, Any]:
    """Those that the screening alone gives, but for what it says in full."""
    bands = dict.fromkeys(BAND_LABELS[trend.band] for trend in screening.trend if trend.band is not Band.UNKNOWN)
    return {
        "verdict": screening.verdict.value,
        "clarity": len(screening.unmet),
        "unmet": bits(screening.unmet, CRITERIA),
        "reasons": bits(screening.reasons, tuple(Reason)),
        "bands": ", ".join(bands)[:100],
    }


def standing(version: TaskVersion, *, words: str) -> dict[str, Any]:
    """Those that a version gives; `words` are `words_of` its description. It comes with `task.registrant`."""
    task = version.task
    return {
        "campaign_id": task.campaign_id,
        "organization_id": task.organization_id,
        "branch_id": task.registrant.branch_id,
        "is_individual": task.is_individual,
        "title": version.title,
        "owner": version.owner,
        "order_key": task.order_key,
        "number": task.number,
        "search_key": names.search_key(version.title, version.owner) + words,
    }


def words_of(story: str) -> str:
    """What a search finds of a description."""
    return names.search_key(story[:STORY_SEARCHED])


def bits(found: tuple[str, ...], order: tuple[str, ...]) -> int:
    """
    >>> bits(("work", "schedule"), CRITERIA)
    9
    """
    return sum(1 << order.index(name) for name in found)


def named_in(bits: int, order: tuple[str, ...]) -> Iterator[str]:
    """
    >>> list(named_in(9, CRITERIA))
    ['work', 'schedule']
    """
    return (name for place, name in enumerate(order) if bits & 1 << place)
