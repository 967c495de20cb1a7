"""Which individual's task says it serves which collective task (gắn với tập thể), as the sheets with the committee say.

A draft, or a task taken back, is with nobody but its writer: it is neither drawn nor counted. Whether the content of a
task serves what it names is not asked here: that is said by the screening.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Value, When

from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, Campaign
from dotpha.registration.workflow import EDITABLE, TaskState

# BreakthroughTask of an individual with `leads`, the value of a Leads.
Linked: TypeAlias = QuerySet[Any]


class Leads(StrEnum):
    """Where the link of an individual's task leads."""

    NOWHERE = "nowhere"  # names no task of the campaign
    GONE = "gone"  # to a task that is not, or no longer, with the committee
    ELSEWHERE = "elsewhere"  # to a task of another branch, of an organization that is not above one's own
    HERE = "here"


LEADS_WORDS: Mapping[Leads, str] = {
    Leads.NOWHERE: "chưa chọn nhiệm vụ tập thể nào của đợt",
    Leads.GONE: "nhiệm vụ tập thể ấy hiện không ở trong số đã gửi",
    Leads.ELSEWHERE: "nhiệm vụ tập thể ấy của tổ chức khác",
    Leads.HERE: "",
}

_SENT = Q(state=TaskState.SUBMITTED.value)
_TARGET_SENT = Q(supports__state=TaskState.SUBMITTED.value)
# Of one's own organization or branch, or of an organization above: what the form offers, and what a committee took on.
_NEAR = (
    Q(organization=F("supports__organization"))
    | Q(registrant__branch=F("supports__registrant__branch"))
    | Q(organization__path__startswith=F("supports__organization__path"))
)


def readable(user: policy.Anyone, campaign: Campaign, *, on: date) -> QuerySet[BreakthroughTask]:
    """Tasks of the campaign, in whatever state, that the person may read; one query for the grants."""
    return policy.tasks_visible_to(user, on=on).filter(campaign=campaign)


def collective_tasks(tasks: QuerySet[BreakthroughTask]) -> QuerySet[BreakthroughTask]:
    """The collective tasks among them that are with the committee."""
    return tasks.filter(_SENT, official__isnull=True)


def individual_tasks(tasks: QuerySet[BreakthroughTask]) -> Linked:
    """The individuals' tasks among them that are with the committee, each with where its link leads."""
    return with_leads(tasks.filter(_SENT, official__isnull=False))


def serving() -> Linked:
    """Individuals' tasks that serve the collective task of the outer query, whoever may read them."""
    tied = BreakthroughTask.objects.filter(_SENT, supports=OuterRef("pk"), official__isnull=False)
    return tied.filter(_NEAR)


def unsent(user: policy.Anyone, campaign: Campaign, *, on: date) -> QuerySet[BreakthroughTask]:
    """What the person himself still writes in the campaign: on no map yet."""
    editable = [state.value for state in EDITABLE]
    return policy.tasks_writable_by(user, on=on).filter(campaign=campaign, state__in=editable)


def with_leads(tasks: QuerySet[BreakthroughTask]) -> Linked:
    return tasks.annotate(
        leads=Case(
            When(supports__isnull=True, then=Value(Leads.NOWHERE.value)),
            When(~_TARGET_SENT, then=Value(Leads.GONE.value)),
            When(_NEAR, then=Value(Leads.HERE.value)),
            default=Value(Leads.ELSEWHERE.value),
            output_field=CharField(),
        )
    )
