"""How a stored version is read by the engine, and which columns a result is found by."""

from typing import Any

from dotpha.core import names
from dotpha.registration.models import TaskVersion
from dotpha.rules.form.composing import Composed, compose
from dotpha.rules.registration import OwnerType, Registration
from dotpha.rules.screening import codec
from dotpha.rules.screening.result import BAND_LABELS, CRITERIA, Band, Reason, Screening


def composed_of(version: TaskVersion) -> tuple[Composed, Registration | None]:
    """What was sent as the engine reads it, and the collective task it names, if that was sent. Up to two queries."""
    content, campaign = version.written, version.task.campaign
    kind: OwnerType = "individual" if version.task.is_individual else "organization"
    composed = compose(
        content, id=str(version.task_id), owner=version.owner, owner_type=kind, position=version.position,
        year=campaign.year, parent_title=version.parent_title,
    )  # fmt: skip
    if kind == "organization" or content.supports is None:
        return composed, None
    named = TaskVersion.objects.filter(current_of=content.supports).select_related("task__campaign").first()
    return composed, composed_of(named)[0].registration if named is not None else None


def columns_of(version: TaskVersion, composed: Composed, screening: Screening) -> dict[str, Any]:
    task = version.task
    bands = dict.fromkeys(BAND_LABELS[trend.band] for trend in screening.trend if trend.band is not Band.UNKNOWN)
    return {
        "campaign_id": task.campaign_id,
        "organization_id": task.organization_id,
        "branch_id": task.registrant.branch_id,
        "engine_version": screening.engine_version,
        "verdict": screening.verdict.value,
        "clarity": len(screening.unmet),
        "unmet": sum(1 << CRITERIA.index(name) for name in screening.unmet),
        "reasons": sum(1 << list(Reason).index(reason) for reason in screening.reasons),
        "is_individual": task.is_individual,
        "duplicates": len(screening.duplicates),
        "title": version.title,
        "owner": version.owner,
        "bands": ", ".join(bands)[:100],
        "result": codec.to_json(screening),
        "order_key": task.order_key,
        "number": task.number,
        "search_key": names.search_key(version.title, version.owner, composed.registration.description[:600]),
    }
