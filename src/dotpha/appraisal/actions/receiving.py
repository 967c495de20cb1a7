"""A task is received and screened in one transaction, so that none stands with the committee unread by the machine."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.appraisal.actions.writing import beside, recount, write
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.screening import Screened, screen_one
from dotpha.registration import actions as registration
from dotpha.registration.models import BreakthroughTask, Campaign, TaskVersion


@transaction.atomic
def receive(
    *, task: BreakthroughTask, version: int, by: User | None, at: datetime, reason: str = ""
) -> ScreeningResult:
    """Send a task to the committee and screen it at once (gửi đăng ký, rà soát).

    Raises:
        NotAllowed, Refused, Incomplete, Conflict: as `registration.actions.submit`.
    """
    return screen_version(version=registration.submit(task=task, version=version, by=by, at=at, reason=reason), at=at)


@transaction.atomic
def receive_many(
    *, campaign: Campaign, versions: Sequence[TaskVersion], screened: Sequence[Screened], ids: Sequence[str],
    at: datetime,
) -> list[ScreeningResult]:  # fmt: skip
    """Put versions that one deed sends together on the board, with what `screen_new` found of them beforehand.

    `versions` come with `task.registrant`; `ids` are what their registrations were called for `screen_new`; all three
    in the same order. The deed that sends them asks who may and leaves the trace.
    """
    return write(campaign, list(zip(versions, screened, strict=True)), at=at, ids=ids)


@transaction.atomic
def release(*, task: BreakthroughTask, version: int, reason: str, by: User, at: datetime) -> BreakthroughTask:
    """Give a task back to who takes it back (rút lại để sửa): it leaves the board, its results stay.

    Raises:
        NotAllowed, Refused, Conflict: as `registration.actions.withdraw`.
    """
    taken = registration.withdraw(task=task, version=version, reason=reason, by=by, at=at)
    ScreeningResult.objects.shown().filter(task=taken).update(is_current=False)
    recount(beside([taken.current_id] if taken.current_id else []))
    return taken


@transaction.atomic
def screen_version(*, version: TaskVersion, at: datetime) -> ScreeningResult:
    """Screen a version as of its campaign's day; the result becomes the one shown, earlier ones stay."""
    [result] = write(version.task.campaign, [(version, screen_one(version))], at=at)
    return result
