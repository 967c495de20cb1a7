"""Campaigns as a person sees them."""

from datetime import date

from django.db.models import QuerySet

from dotpha.registration import policy
from dotpha.registration.models import Campaign, Registrant, Requirement, TaskVersion


def campaigns(user: policy.Anyone, *, on: date) -> QuerySet[Campaign]:
    """Campaigns the person may open, the newest first."""
    found: QuerySet[Campaign] = policy.campaigns_visible_to(user, on=on).select_related("organization")
    return found.order_by("-year", "-opens_on", "-pk")


def requirements(campaign: Campaign) -> QuerySet[Requirement]:
    """Who must register: organizations first, as high as they stand."""
    rows = Requirement.objects.filter(campaign=campaign).select_related("kind", "position")
    return rows.order_by("position__rank", "kind__rank", "pk")


def own_registrants(user: policy.Anyone, campaign: Campaign, *, on: date) -> QuerySet[Registrant]:
    """In whose name the person registers in this campaign."""
    return policy.registrants_writable_by(user, on=on).filter(campaign=campaign).order_by("order_key", "pk")


def has_received(campaign: Campaign) -> bool:
    """Whether anything was ever sent in it."""
    return TaskVersion.objects.filter(task__campaign=campaign).exists()


def reference_day(campaign: Campaign, today: date) -> date:
    """The day whose directory says who must register: of a campaign that is over, its last; else the day it begins,
    or today when it has begun."""
    return campaign.closes_on if campaign.closes_on < today else max(campaign.opens_on, today)
