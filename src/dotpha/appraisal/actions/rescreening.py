"""Screening a campaign's board again when the rules have changed (rà soát lại): a long job, one short transaction."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.appraisal import policy
from dotpha.appraisal.actions.writing import Waiting, portions, put, results_of
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.policy import Deed
from dotpha.appraisal.reading import rules_of
from dotpha.appraisal.screening import Screened, screen_board
from dotpha.core.jobs import Report, job
from dotpha.directory.actions.deed import day_of, trace
from dotpha.registration.models import BreakthroughTask, Campaign, TaskVersion
from dotpha.registration.workflow import TaskState


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
    rescreen(campaign=campaign, screened=found, by=report.by, at=report.at, writing=report.writing)


def rescreen(
    *, campaign: Campaign, screened: Mapping[int, Screened], by: User | None, at: datetime,
    writing: Callable[[], AbstractContextManager[None]] = transaction.atomic,
) -> Renewed:  # fmt: skip
    """Put what `screen_board` found in the place of what the board shows (rà soát lại); earlier results stay.

    What was taken back or sent again meanwhile is left as it is: the new version has been screened by today's rules.
    `writing` is the one transaction; everything is made ready before it.

    Raises:
        NotAllowed: `by` may not.
    """
    ready = results_of(campaign, _waiting(screened), at=at)
    with writing():
        if by is not None:
            policy.require(by, Deed.RESCREEN, campaign, on=day_of(at))
        standing = _locked({each.task_id for each in ready})
        before = dict(ScreeningResult.objects.shown().filter(campaign=campaign).values_list("version", "verdict"))
        still = [each for each in ready if standing.get(each.task_id) == each.version_id in before]
        changed = sum(before[each.version_id] != each.verdict for each in put(campaign, still))
        told = {"bộ quy tắc": rules_of(campaign), "số nhiệm vụ": len(still), "đổi nhận định": changed}
        trace("screening.renewed", campaign, by=by, at=at, to=told)
    return Renewed(len(still), changed)


def _locked(tasks: Collection[int]) -> dict[int, int | None]:
    """The version each of these stands with, of those still sent; nobody takes one back or sends it until the end."""
    locked = BreakthroughTask.objects.select_for_update(no_key=True).order_by("pk")
    return {
        task: version
        for some in portions(sorted(tasks))
        for task, version, state in locked.filter(pk__in=some).values_list("pk", "current", "state")
        if state == TaskState.SUBMITTED
    }


def _waiting(screened: Mapping[int, Screened]) -> Iterator[Waiting]:
    versions = TaskVersion.objects.select_related("task__registrant").defer("content", "task__content").order_by("pk")
    for some in portions(list(screened)):
        for version in versions.filter(pk__in=some):
            yield version, screened[version.pk]
