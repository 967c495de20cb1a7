"""Who is let in to a campaign: 404 for what the person may not see, 403 for what he may not do there."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dotpha.core.errors import NotAllowed
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import policy
from dotpha.registration.models import Campaign
from dotpha.registration.policy import Deed, deed_in_sentence
from dotpha.registration.queries.campaigns import campaigns
from dotpha.rules.vietnamese.numbers import show_number

View = Callable[..., HttpResponse]


def whoever_may(deed: Deed) -> Callable[[View], View]:
    """Answer 403 to who may not do this anywhere."""

    def behind(view: View) -> View:
        @wraps(view)
        def let_in(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not policy.may_anywhere(request.user, deed, on=timezone.localdate()):
                raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)}.")
            return view(request, *args, **kwargs)

        return let_in

    return behind


def campaign_of(request: SignedInRequest, pk: int, deed: Deed | None = None) -> Campaign:
    """
    Raises:
        Http404: the person sees no such campaign.
        NotAllowed: he may not do `deed` there.
    """
    today = timezone.localdate()
    found = get_object_or_404(campaigns(request.user, on=today), pk=pk)
    if deed is not None:
        policy.require(request.user, deed, found.organization, on=today)
    return found


def time_told(campaign: Campaign, today: date) -> str:
    """How long registrations are still taken, in one sentence."""
    closes, opens = f"{campaign.closes_on:%d/%m/%Y}", f"{campaign.opens_on:%d/%m/%Y}"
    if campaign.state != "open":
        return f"Thời gian đăng ký: từ {opens} đến hết {closes}."
    if today < campaign.opens_on:
        return (
            f"Còn {show_number((campaign.opens_on - today).days)} ngày mới nhận đăng ký (từ {opens} đến hết {closes})."
        )
    left = (campaign.closes_on - today).days
    if left > 0:
        return f"Còn {show_number(left)} ngày; hạn gửi là hết ngày {closes}."
    if not left:
        return f"Hôm nay, {closes}, là hạn gửi."
    after = "bản gửi từ nay được ghi là gửi chậm" if campaign.accepts_late else "đợt này không nhận bản gửi chậm"
    return f"Đã qua hạn gửi {closes} được {show_number(-left)} ngày; {after}."
