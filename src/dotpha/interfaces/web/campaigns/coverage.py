"""Tình hình: who must register, who has, who is late; whom to remind; whom to let off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.core.names import order_key
from dotpha.interfaces.web.campaigns import bars
from dotpha.interfaces.web.campaigns.asking import about_campaign, answer, asks
from dotpha.interfaces.web.campaigns.branches import SHOWN, Branch, branches
from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.campaigns.filters import Filters
from dotpha.interfaces.web.campaigns.forms import ExemptForm
from dotpha.interfaces.web.campaigns.reminding import reminder
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import actions, policy
from dotpha.registration.models import Campaign, Registrant
from dotpha.registration.policy import Deed
from dotpha.registration.queries.coverage import (
    STANDING_LABELS,
    STANDING_MARKS,
    coverage,
    owing_of,
    registrants,
    standing_of,
)
from dotpha.registration.workflow import CampaignState

NAMED = 60  # of one branch, in a reminder
NAMED_A_PAGE = 300


@require_safe
@login_required
def coverage_page(request: SignedInRequest, pk: int) -> HttpResponse:
    this, today, filters = campaign_of(request, pk, Deed.SEE_COVERAGE), timezone.localdate(), Filters.of(request)
    covered = coverage(this)
    known = branches(this, covered, today)
    page = page_of(registrants(this, filters.asked), asked(request))
    shows_all = request.GET.get("moi-nhanh") == "1"
    about = about_campaign(
        this, today, filters=filters, covered=covered, bars=bars.counts(covered.whole), known=known,
        branches=known if shows_all else known[:SHOWN], shows_all=shows_all, page=page,
        by_name=sorted(known, key=lambda each: (order_key(each.name), each.pk)), rows=_rows(page.items),
        branch=next((each for each in known if each.pk == filters.branch), None),
        manages=policy.may(request.user, Deed.MANAGE_CAMPAIGN, this.organization, on=today),
        is_open=this.state == CampaignState.OPEN,
    )  # fmt: skip
    return render(request, "registration/coverage.html", about)


def _rows(found: list[Registrant]) -> list[tuple[Registrant, str, str, str]]:
    """Each with the name, the mark and the word of how far it is."""
    told = ((each, standing_of(each)) for each in found)
    return [(each, standing.value, STANDING_MARKS[standing], STANDING_LABELS[standing]) for each, standing in told]


@require_safe
@login_required
def reminders(request: SignedInRequest, pk: int) -> HttpResponse:
    """Branches that still owe, a page of them, each with its people and the words to send."""
    this, today = campaign_of(request, pk, Deed.SEE_COVERAGE), timezone.localdate()
    branch = Filters.of(request).branch
    owing = [each for each in branches(this, coverage(this), today) if each.numbers.owing]
    found = [each for each in owing if branch in (None, each.pk)]
    pages = _pages(found)
    number = min(max(asked(request), 1), len(pages))
    shown = pages[number - 1]
    rows = owing_of(this, [each.pk for each in shown], most=NAMED)
    about = about_campaign(
        this, today, reminders=[reminder(this, each, rows.get(each.pk, []), today) for each in shown],
        total=sum(each.numbers.owing for each in found), count=len(found), number=number,
        numbers=range(1, len(pages) + 1), chosen=branch is not None,
    )  # fmt: skip
    return render(request, "registration/reminders.html", about)


def _pages(found: list[Branch]) -> list[list[Branch]]:
    """Whole branches, as many as name `NAMED_A_PAGE` people; always one page, if an empty one."""
    pages: list[list[Branch]] = [[]]
    room = NAMED_A_PAGE
    for each in found:
        room -= min(each.numbers.owing, NAMED)
        if room < 0 and pages[-1]:
            pages.append([])
            room = NAMED_A_PAGE - min(each.numbers.owing, NAMED)
        pages[-1].append(each)
    return pages


@asks
@login_required
def exemption(request: SignedInRequest, pk: int, registrant: int) -> HttpResponse:
    """Let somebody off, or ask again of who was let off."""
    this, today = campaign_of(request, pk, Deed.MANAGE_CAMPAIGN), timezone.localdate()
    who = get_object_or_404(Registrant.objects.select_related("organization", "campaign"), campaign=this, pk=registrant)
    form = ExemptForm(request.POST if request.method == "POST" else None)

    def act(said: dict[str, Any]) -> str:
        return _exempted(request, this, who, said)

    return answer(request, "exempt", about_campaign(this, today, registrant=who), form, act, who)


def _exempted(request: SignedInRequest, this: Campaign, who: Registrant, said: dict[str, Any]) -> str:
    about = {"registrant": who, "version": said["version"], "by": request.user, "at": timezone.now()}
    if "lift" in request.POST:
        actions.lift_exemption(**about)
        messages.success(request, f"{who} lại thuộc diện phải đăng ký.")
    else:
        actions.exempt(**about, reason=said["reason"])
        messages.success(request, f"Đã ghi {who} được miễn đăng ký.")
    return reverse("coverage", args=[this.pk])
