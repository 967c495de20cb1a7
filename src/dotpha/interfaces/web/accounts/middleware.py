"""What stands before every page: signed in, not idle for too long, and what is owed first done first."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.cache import patch_cache_control

from dotpha.accounts.models import User
from dotpha.interfaces.web.accounts import standing, trail

Respond = Callable[[HttpRequest], HttpResponse]
View = Callable[..., Any]

OPEN_PAGES = frozenset({"home", "help", "health"})
OPEN_PLACES = ("quick-",)  # the quick screening stores nothing and asks nobody's name

# Pages a person reaches who owes something first.
PASSWORD_PAGES = frozenset({"account_change_password", "account_set_password", "account_logout"})
FACTOR_PAGES = PASSWORD_PAGES | {
    "account_reauthenticate", "mfa_index", "mfa_activate_totp", "totp-picture", "mfa_add_webauthn", "mfa_list_webauthn",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip


class NotKept:
    """What a signed-in person reads is kept by no cache, so "back" after signing out shows nothing."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        return response


class SignedInUnlessOpen(LoginRequiredMiddleware):
    """Every page needs sign-in unless it is named here: a view that forgets its decorator is closed, not open."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if _is_open(request):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # any response will do
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request") != "true":
            return super().handle_no_permission(request, view_func)
        # A fragment must not be replaced by the sign-in page: the browser is sent there as a whole.
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url("account_login")})


class FirstThingsFirst:
    """Signs the idle out; leads whoever must change a password or set up a second factor to that page only."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            if standing.has_idled(request, at=timezone.now()):
                words = f"quá {standing.idle_minutes(request)} phút không thao tác"
                trail.sign_out_because(request, words)
                logout(request)
                messages.info(request, f"Đồng chí đã được đăng xuất vì {words}. Đồng chí đăng nhập lại để làm tiếp.")
            elif user.is_demo and not settings.DEMO:
                logout(request)  # begun with one click while the demo was on
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User) or not user.is_authenticated:
            return None
        now = standing.current(request, user, at=timezone.now())
        page = request.resolver_match.url_name if request.resolver_match else ""
        if user.must_change_password or now.has_old_password:
            return None if page in PASSWORD_PAGES else redirect("account_change_password")
        if now.lacks_factor and not user.is_demo:
            return None if page in FACTOR_PAGES else redirect("mfa_index")
        return None


def _is_open(request: HttpRequest) -> bool:
    name = (request.resolver_match.url_name if request.resolver_match else None) or ""
    return name in OPEN_PAGES or name.startswith(OPEN_PLACES)
