"""What waits for a person (việc chờ): tasks still owed, sheets begun and not sent, campaigns to see to.

Each list is ordered by the day by which it is wanted; none asks anything of its rows one by one.
"""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from dotpha.directory.policy import within_scopes
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, Campaign, RegisterImport, Registrant
from dotpha.registration.models.imports import ImportState
from dotpha.registration.policy import WHO_MAY, Deed
from dotpha.registration.queries.coverage import OWES
from dotpha.registration.workflow import EDITABLE, CampaignState

_OPEN = Q(campaign__state=CampaignState.OPEN.value)


def owing(user: policy.Anyone, *, on: date) -> QuerySet[Registrant]:
    """In whose name the person still has to send something in a campaign that has begun, late or not."""
    own = policy.registrants_writable_by(user, on=on).filter(_OPEN, OWES, campaign__opens_on__lte=on)
    return own.select_related("campaign").order_by("campaign__closes_on", "campaign", "order_key", "pk")


def unfinished(user: policy.Anyone, *, on: date) -> QuerySet[BreakthroughTask]:
    """Drafts, and tasks taken back, that the person writes and can still send."""
    editable = [state.value for state in EDITABLE]
    own = policy.tasks_writable_by(user, on=on).filter(_OPEN, state__in=editable)
    return own.select_related("campaign", "registrant").order_by("campaign__closes_on", "campaign", "-changed_at", "pk")


def campaigns_to_see_to(user: policy.Anyone, *, on: date) -> QuerySet[Campaign]:
    """Campaigns the person manages that are still prepared, or take registrations past their date."""
    managed = within_scopes(user, WHO_MAY[Deed.MANAGE_CAMPAIGN], on=on, prefix="organization__")
    waiting = Q(state=CampaignState.DRAFT.value) | Q(state=CampaignState.OPEN.value, closes_on__lt=on)
    return Campaign.objects.filter(managed, waiting).select_related("organization").order_by("closes_on", "pk")


def imports_to_confirm(user: policy.Anyone, *, at: datetime) -> QuerySet[RegisterImport]:
    """The person's own registers that were read and wait for his word; without the files."""
    own = RegisterImport.objects.filter(user=user.pk, state=ImportState.READY, expires_at__gt=at)
    return own.select_related("campaign").defer("data", "plan").order_by("expires_at", "pk")
