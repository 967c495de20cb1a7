"""What leaves the program as a file, and what comes back as a filled form."""

from datetime import datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.core.errors import NotAllowed
from dotpha.directory.actions.deed import day_of, trace
from dotpha.registration.actions.tasks import begin_task, save_draft
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.policy import Deed, deed_in_sentence
from dotpha.registration.queries.exports import may_export
from dotpha.rules.form.content import Content


@transaction.atomic
def export_register(*, campaign: Campaign, file_name: str, count: int, by: User, at: datetime) -> None:
    """Leave the trace of an export (xuất danh sách đăng ký); it is called before the file leaves.

    Raises:
        NotAllowed: nothing of this campaign is `by`'s to export.
    """
    if not may_export(by, campaign, on=day_of(at)):
        raise NotAllowed(
            f"Đồng chí không có quyền: {deed_in_sentence(Deed.EXPORT_REGISTER)} ở {campaign.organization}.",
            scope=campaign.organization,
        )
    trace("register.exported", campaign, by=by, at=at, to={"file": file_name, "count": count})


@transaction.atomic
def begin_filled(*, registrant: Registrant, content: Content, by: User, at: datetime) -> BreakthroughTask:
    """Begin a draft with what a filled form says (soạn nhiệm vụ từ phiếu đã điền).

    Raises:
        NotAllowed, Refused: as `begin_task` and `save_draft`.
    """
    task = begin_task(registrant=registrant, by=by, at=at)
    return save_draft(task=task, version=task.version, content=content, by=by, at=at)
