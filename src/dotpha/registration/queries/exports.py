"""What of a campaign a person may take out as a register: what was sent, where he may export."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from dotpha.directory import policy as directory
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.policy import WHO_MAY, Deed
from dotpha.registration.workflow import TaskState


def may_export(user: policy.Anyone, campaign: Campaign, *, on: date) -> bool:
    """Whether any part of the campaign is the person's to export. Two queries."""
    part = _part(user, campaign, on)
    return not part or Registrant.objects.filter(part, campaign=campaign).exists()


def exportable(user: policy.Anyone, campaign: Campaign, *, on: date) -> QuerySet[BreakthroughTask]:
    """Tasks that were sent, in the order of the campaign's lists; never a draft, nor what was given up."""
    found: QuerySet[BreakthroughTask] = (
        BreakthroughTask.objects.filter(_part(user, campaign, on), campaign=campaign, current__isnull=False)
        .exclude(state=TaskState.DISCARDED)
        .select_related("current", "organization", "official")
        .defer("content")
        .order_by("order_key", "number")
    )
    return found


def scope_of(user: policy.Anyone, campaign: Campaign, *, on: date) -> str:
    """What of the campaign the person exports, in words; "" for all of it."""
    if policy.may(user, Deed.EXPORT_REGISTER, campaign.organization, on=on):
        return ""
    grants = directory.grants_of(user, on=on).filter(function__in=WHO_MAY[Deed.EXPORT_REGISTER])
    names = grants.order_by("organization__order_key", "pk").values_list("organization__name", flat=True)
    return f"Phạm vi: {', '.join(dict.fromkeys(names))}"


def collective_numbers(campaign: Campaign) -> Mapping[int, int]:
    """The number of each collective task of the campaign, by its key."""
    collective = BreakthroughTask.objects.filter(campaign=campaign, official__isnull=True).order_by()
    return dict(collective.values_list("pk", "number"))


def collective_numbered(campaign: Campaign, number: int | None) -> BreakthroughTask | None:
    """The collective task a form names by number; None where the campaign has none such."""
    if number is None:
        return None
    found = BreakthroughTask.objects.filter(campaign=campaign, official__isnull=True, number=number)
    return found.exclude(state=TaskState.DISCARDED).select_related("current").first()


def _part(user: policy.Anyone, campaign: Campaign, on: date) -> Q:
    """All of it at the committee or above, wherever its organizations stand today; otherwise the person's part."""
    if policy.may(user, Deed.EXPORT_REGISTER, campaign.organization, on=on):
        return Q()
    return directory.within_scopes(user, WHO_MAY[Deed.EXPORT_REGISTER], on=on, prefix="organization__")
