"""Every sign-in, sign-out, refusal, lock-out and change of a factor, as the libraries tell them, into the audit trail.

The one place where signals are heard: they are how allauth, axes and Django speak.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth import signals as auth_signals
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from dotpha.accounts import actions, security
from dotpha.accounts.models import User
from dotpha.accounts.passwords import has_factor
from dotpha.core import audit
from dotpha.directory.account_actions import home_of
from dotpha.interfaces.web.accounts import standing
from dotpha.interfaces.web.accounts.device import device
from dotpha.interfaces.web.accounts.lockout import address, name_tried

FACTOR_LABELS = {
    Authenticator.Type.TOTP: "ứng dụng xác thực",
    Authenticator.Type.WEBAUTHN: "khóa truy cập",
    Authenticator.Type.RECOVERY_CODES: "mã dự phòng",
}


def connect() -> None:
    """Called once, when the application is ready."""
    auth_signals.user_logged_in.connect(_sign_in_begins, dispatch_uid="standing")
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="trail")
    auth_signals.user_logged_out.connect(_signed_out, dispatch_uid="trail")
    auth_signals.user_login_failed.connect(_sign_in_failed, dispatch_uid="trail")
    user_locked_out.connect(_locked_out, dispatch_uid="trail")
    factor_signals.authentication_failed.connect(_factor_failed, dispatch_uid="trail")
    factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="trail")
    factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="trail")
    factor_signals.authenticator_reset.connect(_codes_renewed, dispatch_uid="trail")


def refused(request: HttpRequest, *, user: User | None, reason: str) -> None:
    _record("session.refused", request, target=user, by=None, reason=reason)


def linked(request: HttpRequest, *, user: User) -> None:
    _record("account.linked", request, target=user, by=user)


def sign_out_because(request: HttpRequest, reason: str) -> None:
    """What the trace of the sign-out that follows tells."""
    request.signed_out_because = reason  # type: ignore[attr-defined]


def _sign_in_begins(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    standing.keep(request, user, at=timezone.now())


def _signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    _record("session.signed_in", request, target=user, by=user)


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        reason = getattr(request, "signed_out_because", "")
        _record("session.signed_out", request, target=user, by=user, reason=reason)


def _sign_in_failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """An unknown name is not written down: people type their password into the wrong field."""
    if request is None:
        return
    user = User.objects.filter(username__iexact=name_tried(request, credentials)).first()
    if getattr(request, "axes_locked_out", False) and request.axes_failures_since_start is None:  # type: ignore[attr-defined]
        reason = "đang tạm khóa vì đăng nhập sai nhiều lần"
    else:
        reason = "sai mật khẩu" if user else "tên đăng nhập không có"
    _record("session.refused", request, target=user, by=None, reason=reason)


def _locked_out(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Told at every try while it lasts; only the first is news."""
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    user = User.objects.filter(username__iexact=username).first()
    reason = f"sai {security.WRONG_TRIES} lần, tạm khóa {security.LOCK_OUT_MINUTES} phút"
    _record("session.locked_out", request, target=user, by=None, reason=reason)


def _factor_failed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    _record("session.refused", request, target=user, by=None, reason="mã xác thực không đúng")


def _factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    standing.forget(request)
    _record("factor.added", request, target=user, by=user, to=FACTOR_LABELS[authenticator.type])


def _factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    standing.forget(request)
    with transaction.atomic():
        _record("factor.removed", request, target=user, by=user, frm=FACTOR_LABELS[authenticator.type])
        if not has_factor(user):
            actions.ask_for_long_password(account=user)


def _codes_renewed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    _record("factor.codes_renewed", request, target=user, by=user)


def _record(
    verb: str,
    request: HttpRequest,
    *,
    target: User | None,
    by: User | None,
    reason: str = "",
    frm: str = "",
    to: str = "",
) -> None:
    at = timezone.now()
    where = f"địa chỉ {address(request) or 'không rõ'}, {device(request.META.get('HTTP_USER_AGENT', ''))}"
    post = standing.post_of(by, at=at) if by else ""
    told = "; ".join(filter(None, [reason, where]))
    with transaction.atomic():
        scope = home_of(target) if target else None
        audit.record(verb, target=target, by=by, at=at, post=post, frm=frm, to=to, reason=told, scope=scope)
