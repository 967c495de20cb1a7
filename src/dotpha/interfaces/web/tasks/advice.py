"""What the machine said of versions that were sent, as the pages of tasks show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.reading import composed_of
from dotpha.documents.pieces.item import Item
from dotpha.documents.pieces.item import item as laid_out
from dotpha.registration.models import TaskVersion
from dotpha.rules.screening import codec


@dataclass(frozen=True, slots=True)
class Advice:
    item: Item
    result: ScreeningResult


def advice_on(version: TaskVersion | None) -> Advice | None:
    """The latest screening of a version; None of a draft, or before it was screened."""
    if version is None:
        return None
    result = ScreeningResult.objects.filter(version=version).order_by("-pk").first()
    if result is None:
        return None
    composed, _ = composed_of(version)
    return Advice(laid_out(version.number, composed.registration, codec.from_json(result.result)), result)


def verdicts_of(versions: Iterable[TaskVersion]) -> dict[int, list[Any]]:
    """Every screening of each version, the latest first, without what it says in full. One query."""
    found: dict[int, list[Any]] = {}
    results = ScreeningResult.objects.filter(version__in=[each.pk for each in versions])
    for result in results.only("version", "verdict", "engine_version", "on", "screened_at").order_by("-pk"):
        found.setdefault(result.version_id, []).append(result)
    return found
