"""The pages that prepare a campaign: its announcement, who must register, thresholds, and its moves."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dotpha.core.errors import Conflict, Refused
from dotpha.interfaces.web.campaigns import requirement_rows as lines
from dotpha.interfaces.web.campaigns.asking import about_campaign, answer, asks
from dotpha.interfaces.web.campaigns.doors import campaign_of, whoever_may
from dotpha.interfaces.web.campaigns.forms import (
    CampaignForm,
    MoveForm,
    NewCampaignForm,
    ThresholdsForm,
    first_place,
)
from dotpha.interfaces.web.campaigns.moves import meaning
from dotpha.interfaces.web.directory.asking import form_of
from dotpha.interfaces.web.http import SignedInRequest, only_posted
from dotpha.registration import actions, policy, queries
from dotpha.registration.models import Campaign
from dotpha.registration.policy import Deed
from dotpha.registration.workflow import CAMPAIGN_MOVE_LABELS, CAMPAIGN_MOVES, CampaignMove, CampaignState
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds


def home_of(campaign: Campaign) -> str:
    return reverse("campaign", args=[campaign.pk])


@asks
@login_required
@whoever_may(Deed.MANAGE_CAMPAIGN)
def create(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    year = today.year + (today.month > 10)  # the next year's campaign is prepared at the end of this one
    begun: dict[str, Any] = {"year": year, "title": f"Đăng ký nhiệm vụ đột phá năm {year}", "accepts_late": True}
    begun["organization"] = first_place(request.user, on=today)
    if request.method == "POST":  # a box left empty is not sent
        begun["accepts_late"] = "accepts_late" in request.POST
    form = form_of(request, NewCampaignForm, **begun)

    def act(said: dict[str, Any]) -> str:
        made = actions.create_campaign(**said, by=request.user, at=timezone.now())
        messages.success(request, f"Đã lập “{made}”. Đồng chí ghi tiếp ai phải đăng ký.")
        return reverse("campaign-requirements", args=[made.pk])

    return answer(request, "campaign_create", {"lines": form.lines(request.POST)}, form, act)


@asks
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    this = campaign_of(request, pk, Deed.MANAGE_CAMPAIGN)
    shown = {name: getattr(this, name) for name in CampaignForm.base_fields}
    form = form_of(request, CampaignForm, **shown)

    def act(said: dict[str, Any]) -> str:
        done = actions.change_campaign(campaign=this, **said, by=request.user, at=timezone.now())
        messages.success(request, f"Đã sửa “{done}”.")
        return home_of(done)

    return answer(request, "campaign_change", about_campaign(this, timezone.localdate()), form, act, this)


@asks
@login_required
def requirements(request: SignedInRequest, pk: int) -> HttpResponse:
    this, choices = campaign_of(request, pk, Deed.MANAGE_CAMPAIGN), lines.Choices.read()
    if request.method != "POST":
        return _requirements_page(request, this, choices, lines.stored(queries.requirements(this)))
    typed = lines.typed(request.POST)
    if "more" in request.POST:
        return _requirements_page(request, this, choices, typed)
    required, told = lines.taken(typed, choices)
    if any(line.wrong for line in told):
        return _requirements_page(request, this, choices, told, "Có dòng chưa đọc được. Đồng chí xem lại.")
    try:
        done = actions.set_requirements(
            campaign=this, version=version_said(request), required=required, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        if isinstance(refusal, Conflict):
            this.refresh_from_db()
        return _requirements_page(request, this, choices, told, str(refusal))
    messages.success(request, "Đã ghi diện phải đăng ký.")
    return redirect(home_of(done))


def _requirements_page(
    request: SignedInRequest, this: Campaign, choices: lines.Choices, shown: list[lines.Line], refused: str = ""
) -> HttpResponse:
    about = about_campaign(
        this, timezone.localdate(), groups=choices.groups, lines=lines.with_empty(shown), refused=refused,
        is_open=this.state == CampaignState.OPEN,
    )  # fmt: skip
    return render(request, "registration/campaign_requirements.html", about, status=422 if refused else 200)


@asks
@login_required
def thresholds(request: SignedInRequest, pk: int) -> HttpResponse:
    this, today = campaign_of(request, pk), timezone.localdate()
    manages = policy.may(request.user, Deed.MANAGE_CAMPAIGN, this.organization, on=today)
    if request.method == "POST":
        policy.require(request.user, Deed.MANAGE_CAMPAIGN, this.organization, on=today)
    pinned = Thresholds.from_json(this.thresholds)
    initial = ThresholdsForm.shown(pinned) | {"version": this.version}
    form = ThresholdsForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(said: dict[str, Any]) -> str:
        actions.set_thresholds(
            campaign=this, version=said["version"], thresholds=said["thresholds"], by=request.user, at=timezone.now()
        )
        messages.success(request, "Đã ghi các ngưỡng rà soát của đợt.")
        return home_of(this)

    standard = [f"{share} %" for share in ThresholdsForm.shown(DEFAULT).values()]
    about = about_campaign(
        this, today, shown=pinned.shown(), standard=standard, is_editable=manages and is_editable(this)
    )
    return answer(request, "campaign_thresholds", about, form, act, this)


def is_editable(campaign: Campaign) -> bool:
    """Whether form and thresholds may still be set."""
    is_early = campaign.state in (CampaignState.DRAFT, CampaignState.OPEN)
    return is_early and not queries.has_received(campaign)


@asks
@login_required
def move(request: SignedInRequest, pk: int, move: str) -> HttpResponse:
    if move not in set(CampaignMove):
        raise Http404("no such move")
    this, today, asked = campaign_of(request, pk, Deed.MANAGE_CAMPAIGN), timezone.localdate(), CampaignMove(move)
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"version": this.version})

    def act(said: dict[str, Any]) -> str:
        done = actions.move_campaign(campaign=this, move=asked, **said, by=request.user, at=timezone.now())
        messages.success(request, f"“{done}”: {done.get_state_display().lower()}.")
        return home_of(done)

    return answer(request, "campaign_move", _about_move(this, asked, today), form, act, this)


def _about_move(this: Campaign, asked: CampaignMove, today: date) -> dict[str, Any]:
    is_legal = (this.state, asked) in CAMPAIGN_MOVES
    is_for_nobody = is_legal and asked is CampaignMove.OPEN and not queries.requirements(this).exists()
    return about_campaign(
        this, today, label=CAMPAIGN_MOVE_LABELS[asked], move=asked.value, asks_why=asked is CampaignMove.REOPEN,
        is_legal=is_legal, is_for_nobody=is_for_nobody,
        meaning=meaning(this, asked, today) if is_legal and not is_for_nobody else [],
    )  # fmt: skip


@only_posted
@login_required
def refresh(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who must register, by the directory of now."""
    this = campaign_of(request, pk, Deed.MANAGE_CAMPAIGN)
    try:
        done = actions.refresh_registrants(campaign=this, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("coverage", this.pk)
    told = f"thêm {done.added}, sửa {done.changed}, bớt {done.removed}; nay có {done.total} bên phải đăng ký"
    messages.success(request, f"Đã đối chiếu danh sách với danh bạ: {told}.")
    return redirect("coverage", this.pk)


def version_said(request: SignedInRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
