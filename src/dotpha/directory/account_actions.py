"""Accounts of officials: made, given a new password, locked and unlocked by their technical administrator.

Whoever is signed in with a locked account, or with an old password, is signed out at his next request: Django asks
both of every session.
"""

import secrets
import string
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dotpha.accounts.actions import keep_password
from dotpha.accounts.models import User
from dotpha.accounts.passwords import has_factor
from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.actions.deed import day_of, trace
from dotpha.directory.grants import require_another_administrator
from dotpha.directory.models import Function, Official, PartyOrganization, RoleGrant, Tenure
from dotpha.directory.policy import Deed, deed_in_sentence

_TEMPORARY_LETTERS = 16
_KINDS = ("abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "+-=?@#%")  # none that look alike
_USERNAME = set(string.ascii_lowercase + string.digits + ".-_")


@dataclass(frozen=True, slots=True)
class NewPassword:
    """Shown to the administrator once; nothing keeps it but its hash."""

    account: User
    password: str


@transaction.atomic
def create_account(*, official: Official, username: str, by: User | None, at: datetime) -> NewPassword:
    """Make the account of an official, with a password he must change when he first signs in (lập tài khoản).

    Raises:
        NotAllowed: the official is not one `by` manages accounts of.
        Refused: he has an account already, or the name to sign in with is taken or misspelt.
    """
    account = _write(official, username, by, at)
    password = temporary_password()
    keep_password(account=account, password=password, must_change=True, at=at)
    return NewPassword(account, password)


@transaction.atomic
def create_demo_account(*, official: Official, username: str, by: User | None, at: datetime) -> User:
    """Make an account of the demo: it has no password, only the list of the sign-in page in demo mode opens it.

    Raises:
        NotAllowed, Refused: as `create_account` does.
    """
    account = _write(official, username, by, at)
    User.objects.filter(pk=account.pk).update(is_demo=True)
    account.refresh_from_db()
    return account


def _write(official: Official, username: str, by: User | None, at: datetime) -> User:
    """The account, without a password yet, and its trace."""
    today = day_of(at)
    if by is not None and not policy.officials_manageable_by(by, on=today).filter(pk=official.pk).exists():
        raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(Deed.MANAGE_ACCOUNT)} của {official}.")
    now = Official.objects.select_for_update().get(pk=official.pk)
    if now.user_id is not None:
        raise Refused(f"{now.full_name} đã có tài khoản. Mỗi người một tài khoản.")
    account = User(username=require_username(username), first_name=now.full_name, date_joined=at)
    account.set_unusable_password()
    account.save(force_insert=True)
    Official.objects.filter(pk=now.pk).update(user=account)
    official.user = account
    to = {"cán bộ": f"{now} ({now.code})"}
    trace("account.created", account, by=by, at=at, to=to, scope=_home(account, official))
    return account


@transaction.atomic
def reset_password(*, account: User, by: User | None, at: datetime) -> NewPassword:
    """Give an account a new password to be changed at the next sign-in; whoever is signed in with it is signed out.

    `by` is None for who keeps the server (`dotpha manage reset_password`).

    Raises:
        NotAllowed: `by` does not manage this account.
        Refused: it is his own, it is locked, or the password alone would give `by` rights to give out.
    """
    if by is not None:
        policy.require_account(by, account, on=day_of(at))
        if account.pk == by.pk:
            raise Refused("Mật khẩu của chính mình đồng chí đổi ở trang tài khoản, không đặt lại ở đây.")
        _require_no_way_in(account, at=at)
    account = User.objects.select_for_update().get(pk=account.pk)
    if not account.is_active:
        raise Refused("Tài khoản đang khóa. Mở khóa rồi mới đặt lại mật khẩu được.")
    password = temporary_password()
    keep_password(account=account, password=password, must_change=True, at=at)
    trace("account.password_reset", account, by=by, at=at, scope=_home(account, _official(account)))
    return NewPassword(account, password)


def _require_no_way_in(account: User, *, at: datetime) -> None:
    """Whoever sets a password knows it. Of a presider it would open every function, unless a second proof stands."""
    presides = RoleGrant.objects.filter(policy.not_over(day_of(at)), user=account, function=Function.PRESIDER)
    if presides.exists() and not has_factor(account):
        raise Refused(
            "Tài khoản này giữ chức năng Người chủ trì và chưa có bước xác nhận thứ hai: ai đặt lại mật khẩu cũng vào "
            "được với mọi quyền ấy. Đề nghị người giữ máy chủ đặt lại bằng lệnh: "
            f"dotpha manage reset_password {account.get_username()}"
        )


@transaction.atomic
def lock_account(*, account: User, reason: str, by: User, at: datetime) -> User:
    """Nobody signs in with it any more, and whoever is signed in is signed out (khóa tài khoản).

    Raises:
        NotAllowed: `by` does not manage this account.
        Refused: it is his own, no reason is given, or nobody would be left to manage the system.
        Conflict: somebody has locked it meanwhile.
    """
    today = day_of(at)
    policy.require_account(by, account, on=today)
    if account.pk == by.pk:
        raise Refused("Đồng chí không tự khóa tài khoản của mình được.")
    if not reason.strip():
        raise Refused("Chưa khóa được.", fields={"reason": "Đồng chí ghi lý do khóa."})
    administers = RoleGrant.objects.filter(policy.not_over(today), user=account)
    for grant in administers.filter(function=Function.TECHNICAL_ADMINISTRATOR).select_related("organization"):
        require_another_administrator(
            account, grant.organization, since=max(today, grant.valid_from), until=grant.valid_until
        )
    reason = reason.strip()
    if not User.objects.filter(pk=account.pk, is_active=True).update(is_active=False, lock_reason=reason[:255]):
        raise Conflict("Tài khoản này vừa được người khác khóa.", changes=(("Trạng thái", "khóa", "đã khóa"),))
    trace("account.locked", account, by=by, at=at, reason=reason, scope=_home(account, _official(account)))
    account.refresh_from_db()
    return account


@transaction.atomic
def unlock_account(*, account: User, by: User, at: datetime) -> User:
    """Let it sign in again (mở khóa tài khoản).

    Raises:
        NotAllowed: `by` does not manage this account.
        Conflict: it is open, or somebody has opened it meanwhile.
    """
    today = day_of(at)
    policy.require_account(by, account, on=today)
    if not User.objects.filter(pk=account.pk, is_active=False).update(is_active=True, lock_reason="", unlocked_at=at):
        raise Conflict("Tài khoản này vừa được người khác mở.", changes=(("Trạng thái", "mở", "đang mở"),))
    trace("account.unlocked", account, by=by, at=at, scope=_home(account, _official(account)))
    account.refresh_from_db()
    return account


def _official(account: User) -> Official | None:
    return Official.objects.filter(user=account).first()


def _home(account: User, official: Official | None) -> PartyOrganization | None:
    """Where it belongs, for whoever reads the trail there: the latest post of its person, or its latest function."""
    posts = Tenure.objects.filter(official=official).order_by("-valid_from", "position__rank", "pk")
    granted = RoleGrant.objects.filter(user=account).order_by("-valid_from", "pk")
    first = posts.values_list("organization").first() if official else None
    found = first or granted.values_list("organization").first()
    return PartyOrganization.objects.get(pk=found[0]) if found else None


def home_of(account: User) -> PartyOrganization | None:
    """Whose readers of the trail see what concerns this account. Up to four queries."""
    return _home(account, _official(account))


def temporary_password() -> str:
    """A random password of two letters at least of every kind, easily read aloud.

    >>> len(temporary_password())
    16
    """
    letters = [secrets.choice(kind) for kind in _KINDS for _ in range(2)]
    letters += [secrets.choice("".join(_KINDS)) for _ in range(_TEMPORARY_LETTERS - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def require_username(username: str) -> str:
    """The name as it is kept.

    Raises:
        Refused: missing, with other letters than a name to sign in with has, or taken.
    """
    username = username.strip().lower()
    wrong = ""
    if not username:
        wrong = "Đồng chí ghi tên đăng nhập, ví dụ thinh.hv."
    elif not set(username) <= _USERNAME or len(username) > 60:
        wrong = "Tên đăng nhập chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch nối; đến 60 ký tự."
    elif User.objects.filter(username__iexact=username).exists():
        wrong = "Tên đăng nhập này đã có người dùng. Đồng chí thêm năm sinh hoặc chữ cái."
    if wrong:
        raise Refused("Chưa lập được tài khoản.", fields={"username": wrong})
    return username
