"""Every write to what the machine says of registrations goes through a function here.

A task is received and screened in one transaction, so that none stands with the committee unread by the machine.
"""

from datetime import datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.reading import columns_of, composed_of
from dotpha.directory.actions.deed import day_of
from dotpha.registration import actions as registration
from dotpha.registration.models import BreakthroughTask, TaskVersion
from dotpha.rules.screening.engine import screen


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
def release(*, task: BreakthroughTask, version: int, reason: str, by: User, at: datetime) -> BreakthroughTask:
    """Give a task back to who takes it back (rút lại để sửa): it leaves the board, its results stay.

    Raises:
        NotAllowed, Refused, Conflict: as `registration.actions.withdraw`.
    """
    taken = registration.withdraw(task=task, version=version, reason=reason, by=by, at=at)
    ScreeningResult.objects.filter(task=taken, is_current=True).update(is_current=False)
    return taken


@transaction.atomic
def screen_version(*, version: TaskVersion, at: datetime) -> ScreeningResult:
    """Screen a version as of its campaign's day; the result becomes the one shown, earlier ones stay."""
    task = version.task
    on = task.campaign.screened_on(day_of(version.submitted_at))
    composed, parent = composed_of(version)
    screening = screen(composed.registration, on=on, parent=parent)
    ScreeningResult.objects.filter(task=task, is_current=True).update(is_current=False)
    return ScreeningResult.objects.create(
        version=version, task=task, on=on, screened_at=at, **columns_of(version, composed, screening)
    )
