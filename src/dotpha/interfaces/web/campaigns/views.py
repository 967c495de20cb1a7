"""Đợt đăng ký: the list of campaigns, and the home of each."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.interfaces.web.campaigns import bars
from dotpha.interfaces.web.campaigns.doors import campaign_of, time_told
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import policy, queries
from dotpha.registration.models import Campaign
from dotpha.registration.policy import Deed
from dotpha.registration.queries.coverage import STANDING_LABELS, STANDING_MARKS, coverage, standing_of
from dotpha.registration.queries.writing import registrants_full, registrants_with_room
from dotpha.registration.workflow import CAMPAIGN_MOVE_LABELS, CAMPAIGN_MOVES, CampaignState

OWN_SHOWN = 6


@require_safe
@login_required
def campaigns(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    page = page_of(queries.campaigns(request.user, on=today), asked(request))
    about = {
        "page": page,
        "rows": [(each, time_told(each, today)) for each in page.items],
        "may_create": policy.may_anywhere(request.user, Deed.MANAGE_CAMPAIGN, on=today),
    }
    return render(request, "registration/campaigns.html", about)


@require_safe
@login_required
def campaign(request: SignedInRequest, pk: int) -> HttpResponse:
    this, today = campaign_of(request, pk), timezone.localdate()
    requirements = list(queries.requirements(this))
    about = {
        "campaign": this,
        "time_told": time_told(this, today),
        "requirements": requirements,
        "must": [each for each in requirements if each.at_least],
        "can": [each for each in requirements if not each.at_least],
        **_own(request, this),
        **_counted(request, this),
        **_to_manage(request, this),
    }
    return render(request, "registration/campaign.html", about)


def _own(request: SignedInRequest, this: Campaign) -> dict[str, Any]:
    """In whose name the person registers here: the first of them, how far each is, whether one more may be begun, or
    as many are kept as may be."""
    own = list(queries.own_registrants(request.user, this, on=timezone.localdate())[: OWN_SHOWN + 1])
    keys, day = [each.pk for each in own], timezone.localdate()
    room, full = (
        set(found(request.user, campaign=this.pk, on=day).filter(pk__in=keys).values_list("pk", flat=True))
        for found in (registrants_with_room, registrants_full)
    )
    told = [
        (each, STANDING_MARKS[standing_of(each)], STANDING_LABELS[standing_of(each)], each.pk in room, each.pk in full)
        for each in own[:OWN_SHOWN]
    ]
    return {"own": told, "has_more_own": len(own) > OWN_SHOWN}


def _counted(request: SignedInRequest, this: Campaign) -> dict[str, Any]:
    if not policy.may(request.user, Deed.SEE_COVERAGE, this.organization, on=timezone.localdate()):
        return {}
    covered = coverage(this)
    return {"covered": covered, "rows": bars.rows(covered), "beyond": bars.beyond(covered)}


def _to_manage(request: SignedInRequest, this: Campaign) -> dict[str, Any]:
    if not policy.may(request.user, Deed.MANAGE_CAMPAIGN, this.organization, on=timezone.localdate()):
        return {}
    moves = [move for state, move in CAMPAIGN_MOVES if state == this.state]
    return {
        "manages": True,
        "moves": [(move.value, CAMPAIGN_MOVE_LABELS[move]) for move in moves],
        "is_draft": this.state == CampaignState.DRAFT,
    }
