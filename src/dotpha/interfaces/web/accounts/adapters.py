"""What allauth asks of us when somebody signs in, changes a password or sets up a second factor."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dotpha.accounts import actions
from dotpha.accounts.models import User
from dotpha.directory.account_actions import home_of
from dotpha.interfaces.web.accounts import standing, trail

DEMO_IS_OFF = "Đây là tài khoản mẫu, chỉ dùng để xem thử; chế độ xem thử đang tắt nên không đăng nhập được."
DEMO_IS_ON = "Tài khoản mẫu không dùng mật khẩu. Đồng chí bấm tên trong danh sách xem thử ở trang này."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the technical administrator, never by oneself."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong tries of one name are counted by axes, those of one address by the limit on the page.

        A name of the demo is said to be one: no password opens it, and nothing about it is secret.
        """
        if User.objects.filter(username__iexact=credentials.get("username", ""), is_demo=True).exists():
            raise ValidationError(DEMO_IS_ON if settings.DEMO else DEMO_IS_OFF)

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Whichever way the person came: an account nobody used for long is locked first."""
        if user.is_demo:
            return None if settings.DEMO else self.respond_user_inactive(request, user)
        actions.lock_if_idle(account=user, at=timezone.now(), scope=home_of(user))
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        trail.refused(request, user=user, reason="tài khoản đang khóa")
        return render(request, "account/account_inactive.html", {"reason": user.lock_reason}, status=403)

    def set_password(self, user: User, password: str) -> None:
        """A password its owner changes; one given by an administrator goes another way."""
        at = timezone.now()
        post, scope = standing.post_of(user, at=at), home_of(user)
        actions.change_own_password(password=password, by=user, at=at, post=post, scope=scope)
        standing.forget(self.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail leaves this application."""


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: User) -> str:
        return user.get_username()


class ElsewhereAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link to the account whose name or confirmed e-mail the other side tells; never make one."""
        if sociallogin.is_existing:
            return
        user = _account_of(sociallogin)
        if user is None:
            trail.refused(request, user=None, reason="tài khoản của cơ quan chưa gắn với tài khoản nào ở đây")
            raise ImmediateHttpResponse(render(request, "socialaccount/no_account.html", status=403))
        sociallogin.connect(request, user)
        trail.linked(request, user=user)


def _account_of(sociallogin: SocialLogin) -> User | None:
    told = sociallogin.account.extra_data
    claims = {**told.get("id_token", {}), **told.get("userinfo", {})} or told
    name, mail = str(claims.get(settings.OIDC_CLAIM) or ""), str(claims.get("email") or "")
    if name and (user := _only(username__iexact=name)):
        return user
    return _only(email__iexact=mail) if mail and claims.get("email_verified") is True else None


def _only(**condition: str) -> User | None:
    """The one account; none if two could be meant."""
    found = list(User.objects.filter(**condition)[:2])
    return found[0] if len(found) == 1 else None


def _cipher() -> MultiFernet:
    """Secrets of authenticator apps are not readable in the database or its backups alone."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
