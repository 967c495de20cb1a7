"""Nhập sổ đăng ký: choose a file, look at what will become of each row, decide what is doubtful, confirm."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Conflict, Refused
from dotpha.core.models import Job
from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.http import SignedInRequest, only_posted
from dotpha.interfaces.web.register_import import showing, work
from dotpha.interfaces.web.register_import.forms import FILE_MB, ImportForm, choices_in, version_in
from dotpha.registration.actions import imports
from dotpha.registration.exchange.plan import LEAVE_OUT
from dotpha.registration.models import Campaign, RegisterImport
from dotpha.registration.models.imports import ImportState
from dotpha.registration.policy import Deed

START, PLAN = "registration/import.html", "registration/import_plan.html"
NOT_ENDED = "Việc nhập lần trước dừng giữa chừng nên chưa ghi gì. Đồng chí xem lại rồi xác nhận lần nữa."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose a register; it is read by a job, whose page shows how far it is."""
    campaign = campaign_of(request, pk, Deed.IMPORT_REGISTER)
    if request.method != "POST":
        return _start(request, campaign, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            reading = work.take_in(
                campaign=campaign, file_name=file.name or "so.xlsx", data=file.read(), by=request.user,
                at=timezone.now(),
            )  # fmt: skip
            return redirect("job", reading.token)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return _start(request, campaign, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def plan(request: SignedInRequest, pk: int, token: UUID) -> HttpResponse:
    """What will become of each row, with its doubts to decide; afterwards, what was written."""
    waiting = _own(request, pk, token)
    if request.method == "POST" and waiting.state == ImportState.READY:
        return _choose(request, waiting)
    if waiting.state in (ImportState.READING, ImportState.WRITING) and not imports.is_stuck(waiting):
        return redirect("job", waiting.job)
    return _show(request, waiting)


@only_posted
@login_required
@never_cache
def confirm(request: SignedInRequest, pk: int, token: UUID) -> HttpResponse:
    waiting = _own(request, pk, token)
    if waiting.state == ImportState.DONE:
        return redirect("register-import-plan", pk, token)
    try:
        writing = work.carry_out(waiting=waiting, version=version_in(request.POST), by=request.user, at=timezone.now())
    except Refused as refusal:
        return _show(request, _own(request, pk, token), error=str(refusal), status=422)
    return redirect("job", writing.token)


@only_posted
@login_required
def give_up(request: SignedInRequest, pk: int, token: UUID) -> HttpResponse:
    waiting = _own(request, pk, token)
    try:
        imports.give_up_import(waiting=waiting, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _show(request, waiting, error=str(refusal), status=422)
    response = redirect("register-import", pk)
    response["Location"] += "?da-bo=1"
    return response


def _choose(request: SignedInRequest, waiting: RegisterImport) -> HttpResponse:
    """Keep what was chosen; asked for more registrants to choose from, keep it as well."""
    chosen = choices_in(request.POST, imports.plan_of(waiting))
    try:
        imports.resolve_doubts(
            waiting=waiting, version=version_in(request.POST), choices=chosen, by=request.user, at=timezone.now()
        )
    except Conflict as conflict:
        return _show(request, _own(request, waiting.campaign_id, waiting.pk), error=str(conflict), status=422)
    asked = {name: request.POST[name] for name in ("loai", "trang", "tim") if request.POST.get(name)}
    if "tim-ben" not in request.POST:
        asked.pop("tim", None)
    response = redirect("register-import-plan", waiting.campaign_id, waiting.pk)
    response["Location"] += f"?{urlencode(asked)}" if asked else ""
    return response


def _start(request: SignedInRequest, campaign: Campaign, form: ImportForm, *, status: int = 200) -> HttpResponse:
    about = {
        "campaign": campaign,
        "form": form,
        "file_mb": FILE_MB,
        "is_given_up": "da-bo" in request.GET,
        "is_open": campaign.state in imports.IMPORTING,
        "own": _open_imports(request, campaign),
    }
    return render(request, START, about, status=status)


def _open_imports(request: SignedInRequest, campaign: Campaign) -> list[RegisterImport]:
    """The person's own that wait for him."""
    waiting = RegisterImport.objects.filter(campaign=campaign, user=request.user, expires_at__gt=timezone.now())
    waiting = waiting.filter(state__in=[ImportState.READING, ImportState.READY, ImportState.WRITING])
    return list(waiting.defer("data", "plan").order_by("-created_at", "pk")[:5])


def _show(request: SignedInRequest, waiting: RegisterImport, *, error: str = "", status: int = 200) -> HttpResponse:
    about = {"waiting": waiting, "campaign": waiting.campaign, "error": error or _stopped(waiting)}
    if waiting.plan:
        about |= showing.about(waiting, imports.plan_of(waiting), request.GET)
        about["leave_out"] = LEAVE_OUT
    return render(request, PLAN, about, status=status)


def _stopped(waiting: RegisterImport) -> str:
    """Why reading or writing did not come to its end."""
    if waiting.state not in (ImportState.READING, ImportState.WRITING):
        return waiting.failure
    ended = Job.objects.filter(pk=waiting.job).first() if waiting.job else None
    return (ended.failure if ended else "") or NOT_ENDED


def _own(request: SignedInRequest, pk: int, token: UUID) -> RegisterImport:
    """The person's own import, while it waits and he may import; anybody else's is not there."""
    campaign = campaign_of(request, pk, Deed.IMPORT_REGISTER)
    waiting = get_object_or_404(RegisterImport, pk=token, campaign=campaign, user=request.user)
    if waiting.expires_at <= timezone.now():
        raise Http404
    waiting.campaign = campaign
    return waiting
