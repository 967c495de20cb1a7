"""Mẫu đăng ký: the form of a campaign, to read for all who see the campaign, to word for who manages it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dotpha.core.errors import Conflict, Refused
from dotpha.interfaces.web.campaigns import form_editor as editor
from dotpha.interfaces.web.campaigns.asking import about_campaign, asks
from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.campaigns.settings import home_of, is_editable, version_said
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import actions, policy, queries
from dotpha.registration.models import Campaign
from dotpha.registration.policy import Deed
from dotpha.rules.form.specification import NEED_LABELS, Specification, default

EARLIER_SHOWN = 20


@asks
@login_required
def campaign_form(request: SignedInRequest, pk: int) -> HttpResponse:
    this, today = campaign_of(request, pk), timezone.localdate()
    manages = policy.may(request.user, Deed.MANAGE_CAMPAIGN, this.organization, on=today)
    if request.method != "POST":
        shows = _editor if manages and is_editable(this) else _reading
        return shows(request, this, this.specification)
    policy.require(request.user, Deed.MANAGE_CAMPAIGN, this.organization, on=today)
    form, step = editor.typed(request.POST, this.specification), request.POST.get("do", "save")
    if step != "save":
        return _editor(request, this, _next(request, this, form, step), is_unsaved=True)
    try:
        done = actions.set_form(
            campaign=this, version=version_said(request), specification=form, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        if isinstance(refusal, Conflict):
            this.refresh_from_db()
        return _editor(request, this, form, refused=str(refusal), is_unsaved=True)
    messages.success(request, "Đã ghi mẫu đăng ký của đợt.")
    return redirect(home_of(done))


def _next(request: SignedInRequest, this: Campaign, form: Specification, step: str) -> Specification:
    if step == "standard":
        return default()
    if step == "copy":
        chosen = request.POST.get("from", "")
        found = _earlier(request, this).filter(pk=chosen if chosen.isascii() and chosen.isdigit() else 0).first()
        return found.specification if found is not None else form
    return editor.stepped(form, step)


def _earlier(request: SignedInRequest, this: Campaign) -> Any:
    return queries.campaigns(request.user, on=timezone.localdate()).exclude(pk=this.pk)


def _editor(
    request: SignedInRequest, this: Campaign, form: Specification, *, refused: str = "", is_unsaved: bool = False
) -> HttpResponse:
    about = about_campaign(
        this, timezone.localdate(), form=form, needs=NEED_LABELS.items(), refused=refused, is_unsaved=is_unsaved,
        earlier=_earlier(request, this)[:EARLIER_SHOWN], previews=editor.previews(form),
        version=request.POST.get("version", this.version) if not refused else this.version,
    )  # fmt: skip
    return render(request, "registration/campaign_form.html", about, status=422 if refused else 200)


def _reading(request: SignedInRequest, this: Campaign, form: Specification) -> HttpResponse:
    about = about_campaign(this, timezone.localdate(), previews=editor.previews(form), needs=NEED_LABELS)
    return render(request, "registration/campaign_form_read.html", about)
