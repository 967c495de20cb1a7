"""What whoever writes a task is offered: in whose name, which earlier task to copy, which collective task to serve."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When

from dotpha.accounts.models import User
from dotpha.core.models import AuditEvent
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, Registrant
from dotpha.registration.workflow import CampaignState, TaskState
from dotpha.rules.vietnamese.text import fold

NOT_SENT = "(nhiệm vụ tập thể chưa gửi)"  # what a draft is called to who does not write it


def registrants_with_room(user: User, *, words: str = "", campaign: int | None = None, on: date) -> QuerySet[Any]:
    """In whose name the person may begin a task today: by campaign, the highest organization first, then by name.

    `kept` is how many each has already.
    """
    found = _asked_today(user, campaign, on).filter(kept__lt=F("at_most"))
    for word in fold(words).split():
        found = found.filter(search_key__contains=f" {word}")
    return found


def registrants_full(user: User, *, campaign: int | None = None, on: date) -> QuerySet[Any]:
    """In whose name the person registers where as many tasks as may be are kept already; the same order."""
    return _asked_today(user, campaign, on).filter(kept__gte=F("at_most"), at_most__gt=0)


def _asked_today(user: User, campaign: int | None, on: date) -> QuerySet[Any]:
    open_today = Q(campaign__state=CampaignState.OPEN, campaign__opens_on__lte=on)
    in_time = Q(campaign__closes_on__gte=on) | Q(campaign__accepts_late=True)
    found = policy.registrants_writable_by(user, on=on).filter(open_today, in_time)
    if campaign is not None:
        found = found.filter(campaign=campaign)
    return (
        found.annotate(kept=F("drafts") + F("submitted"))
        .select_related("campaign", "organization")
        .order_by("-campaign__year", "-campaign__pk", "organization__depth", "order_key", "pk")
    )


def earlier_tasks(user: User, registrant: Registrant, *, on: date) -> QuerySet[BreakthroughTask]:
    """The registrant's own tasks of earlier years that were sent and may be copied, the latest year first."""
    return (
        policy.tasks_visible_to(user, on=on)
        .filter(
            organization=registrant.organization_id, official=registrant.official_id, current__isnull=False,
            campaign__year__lt=registrant.campaign.year,
        )
        .exclude(state=TaskState.DISCARDED)
        .select_related("campaign", "current")
        .order_by("-campaign__year", "number", "pk")
    )  # fmt: skip


def collective_tasks(user: User, task: BreakthroughTask, words: str, *, chosen: int | None, on: date) -> QuerySet[Any]:
    """Collective tasks of the same campaign an individual's task can serve: those of the person's own organization,
    then those of its branch and above. `shown_title` is that of what was sent; drafts are offered only to who writes
    them. What is chosen is among them, first, if it may be.
    """
    own = policy.tasks_writable_by(user, on=on).filter(campaign=task.campaign_id, official__isnull=True)
    matching = Q()
    for word in fold(words).split():
        matching &= Q(search_key__contains=f" {word}")
    offered = policy.near(task) & matching
    return (
        policy.tasks_servable_by(user, task, on=on)
        .filter(offered | Q(pk=chosen) if chosen else offered)
        .annotate(
            shown_title=Case(
                When(current__isnull=False, then=F("current__title")),
                When(pk__in=own.values("pk"), then=F("title")),
                default=Value(NOT_SENT), output_field=CharField(),
            ),
            nearness=Case(
                When(pk=chosen or 0, then=0), When(organization=task.organization_id, then=1), default=2,
                output_field=IntegerField(),
            ),
        )
        .select_related("registrant")
        .order_by("nearness", "order_key", "number", "pk")
    )  # fmt: skip


def why_withdrawn(task: BreakthroughTask) -> str:
    """The reason the task was last taken back with, "" if it was not."""
    events = AuditEvent.objects.filter(
        target_kind=task._meta.label_lower, target_id=str(task.pk), verb="task.withdrawn"
    )
    return events.order_by("-number").values_list("reason", flat=True).first() or ""
