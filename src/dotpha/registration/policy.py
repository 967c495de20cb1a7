"""Who may do what with campaigns and tasks. Deny unless a line below says yes.

What is not yet sent belongs to whoever registers: a collective's to who holds the function there, a person's to that
person alone (to the organization's registrant only where the person has no account). Others read what was sent.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from dotpha.core.errors import NotAllowed
from dotpha.directory import policy as directory
from dotpha.directory.models import Function, PartyOrganization
from dotpha.directory.models.organizations import STEP
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.workflow import CampaignState, TaskState

Anyone = directory.Anyone
_SENT = Q(current__isnull=False) & ~Q(state=TaskState.DISCARDED.value)


class Deed(StrEnum):
    """What can be done in this room; each is one action or one page."""

    SEE_CAMPAIGN = "see_campaign"
    MANAGE_CAMPAIGN = "manage_campaign"
    SEE_COVERAGE = "see_coverage"
    SEE_TASKS = "see_tasks"
    WRITE_TASK = "write_task"
    IMPORT_REGISTER = "import_register"
    EXPORT_REGISTER = "export_register"


DEED_LABELS: Mapping[Deed, str] = {
    Deed.SEE_CAMPAIGN: "Xem đợt đăng ký",
    Deed.MANAGE_CAMPAIGN: "Lập, mở, thôi nhận, sửa đợt đăng ký",
    Deed.SEE_COVERAGE: "Xem ai đã, ai chưa đăng ký",
    Deed.SEE_TASKS: "Đọc nhiệm vụ đã gửi",
    Deed.WRITE_TASK: "Soạn, gửi, rút lại đăng ký của tổ chức mình",
    Deed.IMPORT_REGISTER: "Nhập sổ đăng ký vào đợt",
    Deed.EXPORT_REGISTER: "Xuất danh sách đăng ký",
}

_READERS = frozenset(Function) - {Function.TECHNICAL_ADMINISTRATOR}
_BOARD = _READERS - {Function.REGISTRANT}
WHO_MAY: Mapping[Deed, frozenset[Function]] = {
    Deed.SEE_CAMPAIGN: _READERS,
    Deed.MANAGE_CAMPAIGN: frozenset({Function.APPRAISER, Function.CLERK}),
    Deed.SEE_COVERAGE: _BOARD,
    Deed.SEE_TASKS: _READERS,
    Deed.WRITE_TASK: frozenset({Function.REGISTRANT}),
    Deed.IMPORT_REGISTER: frozenset({Function.APPRAISER, Function.CLERK}),
    Deed.EXPORT_REGISTER: _BOARD,
}


def deed_in_sentence(deed: Deed) -> str:
    label = DEED_LABELS[deed]
    return label[0].lower() + label[1:]


def may(user: Anyone, deed: Deed, organization: PartyOrganization, *, on: date) -> bool:
    return directory.has_any(user, WHO_MAY[deed], organization, on=on)


def may_anywhere(user: Anyone, deed: Deed, *, on: date) -> bool:
    """For showing a place in the navigation."""
    return directory.has_any_somewhere(user, WHO_MAY[deed], on=on)


def require(user: Anyone, deed: Deed, organization: PartyOrganization, *, on: date) -> None:
    if not may(user, deed, organization, on=on):
        raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)} ở {organization}.", scope=organization)


def campaigns_visible_to(user: Anyone, *, on: date) -> QuerySet[Campaign]:
    """Campaigns of committees above, at or below where the person works, and those that name the person.

    Who registers in a commune sees the district's campaign; one that is still prepared is seen by who manages it.
    """
    named = Registrant.objects.filter(official__user=user.pk).values("campaign")
    working = Registrant.objects.filter(_within(user, Deed.SEE_CAMPAIGN, on, "organization__")).values("campaign")
    here = _within(user, Deed.SEE_CAMPAIGN, on, "organization__")
    seen = Q(pk__in=named) | Q(pk__in=working) | here
    managed = _within(user, Deed.MANAGE_CAMPAIGN, on, "organization__")
    if not user.is_authenticated:
        return Campaign.objects.none()
    return Campaign.objects.filter((seen & ~Q(state=CampaignState.DRAFT)) | managed)


def tasks_visible_to(user: Anyone, *, on: date) -> QuerySet[BreakthroughTask]:
    """Tasks that were sent, where the person reads; and those he writes himself, sent or not."""
    return BreakthroughTask.objects.filter(_seen(user, on))


def tasks_writable_by(user: Anyone, *, on: date) -> QuerySet[BreakthroughTask]:
    return BreakthroughTask.objects.filter(_own(user, on))


def tasks_servable_by(user: Anyone, task: BreakthroughTask, *, on: date) -> QuerySet[BreakthroughTask]:
    """Collective tasks of the campaign that a person's task may be said to serve: those sent by his organization, its
    branch or an organization above, those `user` sees, and the one it serves already. The titles of others are not told
    to whoever writes it.
    """
    chosen = Q(pk=task.supports_id) if task.supports_id else Q(pk__in=[])
    return (
        BreakthroughTask.objects.filter(campaign=task.campaign_id, official__isnull=True)
        .filter((_SENT & near(task)) | _seen(user, on) | chosen)
        .exclude(state=TaskState.DISCARDED)
        .exclude(pk=task.pk)
    )


def near(task: BreakthroughTask) -> Q:
    """Of tasks: those of its own organization, of the same branch, or of an organization above."""
    path = task.organization.path
    above = [path[:end] for end in range(STEP, len(path), STEP)]
    same = Q(organization=task.organization_id) | Q(registrant__branch=task.registrant.branch_id)
    return same | Q(organization__path__in=above)


def registrants_writable_by(user: Anyone, *, on: date) -> QuerySet[Registrant]:
    """In whose name the person may register."""
    return Registrant.objects.filter(_own(user, on))


def may_write(user: Anyone, registrant: Registrant, *, on: date) -> bool:
    return registrants_writable_by(user, on=on).filter(pk=registrant.pk).exists()


def require_write(user: Anyone, registrant: Registrant, *, on: date) -> None:
    if not may_write(user, registrant, on=on):
        raise NotAllowed(
            f"Đồng chí không soạn, gửi được đăng ký của {registrant}: việc của tổ chức do người đăng ký ở đó soạn, "
            "việc của cá nhân do chính đồng chí ấy soạn.",
            scope=registrant.organization,
        )


def _seen(user: Anyone, on: date) -> Q:
    """What was sent is read at the organization that sent it and at the committee it was sent to, wherever either of
    them stands today: a merger takes nothing out of a campaign of before."""
    there = _within(user, Deed.SEE_TASKS, on, "organization__")
    at_committee = _within(user, Deed.SEE_TASKS, on, "campaign__organization__")
    return (_SENT & (there | at_committee)) | _own(user, on)


def _own(user: Anyone, on: date) -> Q:
    """The same condition on tasks and on registrants: both have `organization` and `official`."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    at_desk = _within(user, Deed.WRITE_TASK, on, "organization__")
    without_account = Q(official__isnull=True) | Q(official__user__isnull=True)
    return Q(official__user=user.pk) | (at_desk & without_account)


def _within(user: Anyone, deed: Deed, on: date, prefix: str) -> Q:
    return directory.within_scopes(user, WHO_MAY[deed], on=on, prefix=prefix)
