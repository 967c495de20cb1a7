"""What the machine said of versions that were sent, as the pages of tasks show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dotpha.accounts.models import User
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.reading import composed_of
from dotpha.documents.pieces.item import Item
from dotpha.documents.pieces.item import item as laid_out
from dotpha.interfaces.web.screening_parts.naming import names_in, screening_for
from dotpha.registration.models import TaskVersion
from dotpha.registration.policy import tasks_visible_to


@dataclass(frozen=True, slots=True)
class Advice:
    item: Item
    result: ScreeningResult


def advice_on(version: TaskVersion | None, user: User, *, on: date) -> Advice | None:
    """The latest screening of a version as this person may read it; None of a draft, or before it was screened."""
    if version is None:
        return None
    result = ScreeningResult.objects.filter(version=version).order_by("-pk").first()
    if result is None:
        return None
    composed, _ = composed_of(version)
    others = tasks_visible_to(user, on=on).filter(pk__in=names_in(result))
    screening = screening_for(result, set(others.values_list("pk", flat=True)))
    return Advice(laid_out(version.number, composed.registration, screening), result)


def verdicts_of(versions: Iterable[TaskVersion]) -> dict[int, list[Any]]:
    """Every screening of each version, the latest first, without what it says in full. One query."""
    found: dict[int, list[Any]] = {}
    results = ScreeningResult.objects.filter(version__in=[each.pk for each in versions])
    for result in results.only("version", "verdict", "engine_version", "on", "screened_at").order_by("-pk"):
        found.setdefault(result.version_id, []).append(result)
    return found
