"""Pages about one's own sessions, and the few things allauth has no page for."""

from typing import Any

from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import get_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dotpha.accounts import actions, security
from dotpha.accounts.models import User
from dotpha.directory import factors
from dotpha.directory.account_actions import home_of
from dotpha.interfaces.web.accounts import standing
from dotpha.interfaces.web.accounts.device import device
from dotpha.interfaces.web.accounts.forms import RequiredFactorsForm
from dotpha.interfaces.web.accounts.lockout import is_at_this_machine
from dotpha.interfaces.web.http import SignedInRequest

SHOWN_SESSIONS = 50


@require_safe
@login_required
def sessions(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in. A session that ended by itself is not shown."""
    mine = UserSession.objects.filter(user=request.user).order_by("-last_seen_at", "-pk")
    shown = [
        (each, device(each.user_agent), each.session_key == request.session.session_key)
        for each in mine[:SHOWN_SESSIONS]
    ]
    about = {"sessions": shown, "security": security, "has_others": any(not is_this for *_, is_this in shown)}
    return render(request, "account/sessions.html", about)


@require_POST
@login_required
def end_session(request: SignedInRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    actions.end_session(session=session, by=request.user, **_now(request))
    messages.success(request, "Đã đăng xuất phiên đó.")
    return redirect("sessions")


@require_POST
@login_required
def end_other_sessions(request: SignedInRequest) -> HttpResponse:
    count = actions.end_other_sessions(keep=request.session.session_key, by=request.user, **_now(request))
    messages.success(request, f"Đã đăng xuất {count} phiên khác.")
    return redirect("sessions")


def _now(request: SignedInRequest) -> dict[str, Any]:
    """When, in which post and where: what the trace of a deed needs besides who."""
    at = timezone.now()
    return {"at": at, "post": standing.post_of(request.user, at=at), "scope": home_of(request.user)}


@require_safe
@login_required
def totp_picture(request: SignedInRequest) -> HttpResponse:
    """The picture an authenticator app reads, of the secret the set-up page has just made.

    An address of its own: our content policy lets no page carry a picture inside.
    """
    if not request.session.get("mfa.totp.secret"):
        raise Http404
    adapter = get_adapter()
    secret = adapter.build_totp_url(request.user, get_totp_secret())
    return HttpResponse(adapter.build_totp_svg(secret), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def required_factors(request: SignedInRequest) -> HttpResponse:
    """Which functions need a second proof; set by the technical administrator of the whole tree."""
    at = timezone.now()
    day = timezone.localdate(at)
    if not factors.may_set(request.user, on=day):
        raise Http404
    now = factors.required_functions(on=day)
    form = RequiredFactorsForm(request.POST if request.method == "POST" else None, initial={"functions": sorted(now)})
    if form.is_valid():
        chosen = form.chosen() | factors.ALWAYS
        factors.set_required(functions=chosen, by=request.user, at=at)
        messages.success(request, "Đã ghi. Áp dụng ngay với người đang đăng nhập.")
        return redirect("required-factors")
    status = 422 if form.is_bound else 200
    return render(request, "account/required_factors.html", {"form": form, "always": factors.ALWAYS}, status=status)


@require_POST
def sign_in_to_demo(request: HttpRequest) -> HttpResponse:
    """One click in the demo, at this machine only; the address exists only in demo mode."""
    from dotpha.interfaces import demo

    name = request.POST.get("username", "")
    if not is_at_this_machine(request) or name not in {username for username, *_ in demo.accounts()}:
        raise Http404
    user = get_object_or_404(User, username=name, is_demo=True)
    response: HttpResponse = flows.login.perform_login(request, Login(user=user, redirect_url=None))
    return response
