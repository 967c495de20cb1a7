"""What people do with their own account. What is done to somebody else's account needs a scope and lives above."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from dotpha.accounts import security
from dotpha.accounts.models import FormerPassword, User
from dotpha.accounts.passwords import stands_alone
from dotpha.core import audit
from dotpha.core.errors import Refused

IDLE_REASON = f"không đăng nhập quá {security.IDLE_DAYS} ngày"


@transaction.atomic
def change_own_password(*, password: str, by: User, at: datetime, post: str = "", scope: Model | None = None) -> None:
    """Set a password its owner chose (đổi mật khẩu). The form has asked the validators; every other session ends."""
    keep_password(account=by, password=password, must_change=False, at=at)
    audit.record("account.password_changed", target=by, by=by, at=at, post=post, scope=scope)


def keep_password(*, account: User, password: str, must_change: bool, at: datetime) -> None:
    """Hash and store a password and remember the hash; the caller's deed writes the trace, in its transaction."""
    account.password = make_password(password)
    account.must_change_password = must_change
    account.password_changed_at = at
    account.has_long_password = stands_alone(password)
    account.save(update_fields=["password", "must_change_password", "password_changed_at", "has_long_password"])
    FormerPassword.objects.create(user=account, password=account.password, set_at=at)
    kept = account.former_passwords.values_list("pk", flat=True)[: security.REMEMBERED_PASSWORDS]
    account.former_passwords.exclude(pk__in=list(kept)).delete()


@transaction.atomic
def ask_for_long_password(*, account: User) -> None:
    """The last second factor is gone: a password that was short beside it must be changed."""
    if not account.has_long_password:
        User.objects.filter(pk=account.pk).update(must_change_password=True)
        account.must_change_password = True


@transaction.atomic
def lock_if_idle(*, account: User, at: datetime, scope: Model | None = None) -> bool:
    """Lock an account not used for longer than the standard allows (khóa tài khoản lâu không dùng)."""
    seen = [each for each in (account.last_login, account.unlocked_at) if each]
    if not account.is_active or max([account.date_joined, *seen]) > idle_since(at):
        return False
    if User.objects.filter(pk=account.pk, is_active=True).update(is_active=False, lock_reason=IDLE_REASON):
        audit.record("account.locked", target=account, by=None, at=at, scope=scope, reason=IDLE_REASON)
    account.is_active, account.lock_reason = False, IDLE_REASON
    return True


def idle_accounts(*, at: datetime) -> QuerySet[User]:
    """Open accounts nobody used for longer than the standard allows; accounts of the demo have no password anyway."""
    since = idle_since(at)
    unused = User.objects.filter(is_active=True, is_demo=False, date_joined__lte=since)
    return unused.exclude(Q(last_login__gt=since) | Q(unlocked_at__gt=since)).order_by("pk")


def idle_since(at: datetime) -> datetime:
    return at - timedelta(days=security.IDLE_DAYS)


@transaction.atomic
def end_session(*, session: UserSession, by: User, at: datetime, post: str = "", scope: Model | None = None) -> None:
    """Sign one of the person's own sessions out (đăng xuất một phiên).

    Raises:
        Refused: the session is somebody else's.
    """
    if session.user_id != by.pk:
        raise Refused("Phiên này không phải của đồng chí.")
    session.end()
    audit.record(
        "session.ended", target=by, by=by, at=at, post=post, scope=scope, reason=f"phiên từ địa chỉ {session.ip}"
    )


@transaction.atomic
def end_other_sessions(*, keep: str | None, by: User, at: datetime, post: str = "", scope: Model | None = None) -> int:
    """Sign every session of the person out but the one with the key `keep`. Returns how many there were."""
    others = list(UserSession.objects.filter(user=by).exclude(session_key=keep or ""))
    for session in others:
        session.end()
    if others:
        audit.record(
            "session.ended", target=by, by=by, at=at, post=post, scope=scope, reason=f"{len(others)} phiên khác"
        )
    return len(others)
