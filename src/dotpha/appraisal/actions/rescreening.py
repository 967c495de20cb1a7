"""Screening a campaign's board again when the rules have changed (rà soát lại): a long job, one short transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.appraisal import policy
from dotpha.appraisal.actions.writing import Waiting, portions, write
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.policy import Deed
from dotpha.appraisal.reading import rules_of
from dotpha.appraisal.screening import Screened, screen_board
from dotpha.core.jobs import Report, job
from dotpha.directory.actions.deed import day_of, trace
from dotpha.registration.models import Campaign, TaskVersion


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many were screened again, and of how many the verdict is another than before."""

    screened: int
    changed: int


@job("appraisal.rescreening")
def renewal(arguments: Mapping[str, Any], report: Report) -> None:
    """Arguments: {"campaign": key}."""
    campaign = Campaign.objects.select_related("organization").get(pk=arguments["campaign"])
    found = screen_board(campaign, said=report.say)
    with report.writing():
        rescreen(campaign=campaign, screened=found, by=report.by, at=report.at)


@transaction.atomic
def rescreen(*, campaign: Campaign, screened: Mapping[int, Screened], by: User | None, at: datetime) -> Renewed:
    """Put what `screen_board` found in the place of what the board shows (rà soát lại); earlier results stay.

    What was taken back or sent again meanwhile is left as it is: the new version has been screened by today's rules.

    Raises:
        NotAllowed: `by` may not.
    """
    if by is not None:
        policy.require(by, Deed.RESCREEN, campaign, on=day_of(at))
    before = dict(ScreeningResult.objects.shown().filter(campaign=campaign).values_list("version", "verdict"))
    rows = [row for row in _waiting(screened) if row[0].pk in before]
    results = write(campaign, rows, at=at)
    changed = sum(before[each.version_id] != each.verdict for each in results)
    told = {"bộ quy tắc": rules_of(campaign), "số nhiệm vụ": len(results), "đổi nhận định": changed}
    trace("screening.renewed", campaign, by=by, at=at, to=told)
    return Renewed(len(results), changed)


def _waiting(screened: Mapping[int, Screened]) -> Iterator[Waiting]:
    versions = TaskVersion.objects.select_related("task__registrant").defer("content", "task__content").order_by("pk")
    for some in portions(list(screened)):
        for version in versions.filter(pk__in=some):
            yield version, screened[version.pk]
