"""The first day of an installation: the root of the tree and the people who open it to everybody else (ADR 0006)."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.directory.account_actions import NewPassword, create_account, require_username
from dotpha.directory.actions.deed import day_of, trace
from dotpha.directory.actions.officials import begin_tenure, record_official
from dotpha.directory.actions.organizations import found_organization
from dotpha.directory.catalogue import kinds, positions
from dotpha.directory.grants import give_grant
from dotpha.directory.models import Function, Official, OrganizationKind, PartyOrganization, Position
from dotpha.rules.vietnamese.text import fold, tidy

REASON = "Thiết lập ban đầu"
HIGHEST = 10  # rank of a kind or a position the catalogue does not have
_CODE = re.compile("[a-z0-9-]{1,40}")
_NOT_EMPTY = (
    "Cơ sở dữ liệu đã có tổ chức, cán bộ hoặc tài khoản nên không thiết lập lần nữa; muốn bắt đầu lại, đồng chí đặt "
    "DOTPHA_VAR (hoặc DOTPHA_DATABASE_URL) trỏ tới nơi còn trống."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """`kind` is a code or a label of the catalogue, or a new code that `kind_label` names."""

    code: str
    name: str
    kind: str
    from_day: date
    kind_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """`code` is what the office calls him by in its lists; without one, the name he signs in with."""

    full_name: str
    username: str
    code: str = ""
    position: str = ""
    since: date | None = None  # holds the position since; by default since the installation begins


@dataclass(frozen=True, slots=True)
class Begun:
    organization: PartyOrganization
    administrator: NewPassword
    presider: NewPassword
    clerk: NewPassword | None


def is_empty() -> bool:
    """Nothing of anybody's is here yet. Up to three small queries."""
    return not PartyOrganization.objects.exists() and not Official.objects.exists() and not User.objects.exists()


def require_empty() -> None:
    """
    Raises:
        Refused: there are organizations, people or accounts already.
    """
    if not is_empty():
        raise Refused(_NOT_EMPTY)


@transaction.atomic
def begin_installation(
    *, root: Root, administrator: Person, presider: Person, at: datetime, clerk: Person | None = None
) -> Begun:
    """Found the root and make its first accounts, as the system itself (thiết lập ban đầu): all of it or nothing.

    The clerk is recorded with an account and no function: that is the presider's to give.

    Raises:
        Refused: the database is not empty, or what a deed in it refuses; the message says of whom.
    """
    # The trace comes first: whoever else begins at this moment waits for it, and then finds the database not empty.
    to = {"kinds": len(kinds()), "positions": len(positions())}
    trace("directory.begun", None, by=None, at=at, to=to, reason=REASON)
    require_empty()
    OrganizationKind.objects.bulk_create(kinds(), ignore_conflicts=True)
    Position.objects.bulk_create(positions(), ignore_conflicts=True)
    organization = found_organization(
        code=root.code, name=root.name, kind=_kind(root), parent=None, from_day=root.from_day, by=None, at=at,
        reason=REASON,
    )  # fmt: skip
    made = _account("Quản trị kỹ thuật", administrator, organization, at)
    _grant(made, Function.TECHNICAL_ADMINISTRATOR, organization, at)
    first = _account("Người chủ trì", presider, organization, at)
    _grant(first, Function.PRESIDER, organization, at)
    helper = _account("Người giữ danh bạ", clerk, organization, at) if clerk is not None else None
    return Begun(organization, made, first, helper)


def _account(who: str, person: Person, organization: PartyOrganization, at: datetime) -> NewPassword:
    today = day_of(at)
    try:
        username = require_username(person.username)
        since = person.since or today
        official = record_official(
            code=person.code or username, full_name=person.full_name, managed_by=organization,
            from_day=min(since, today), by=None, at=at, reason=REASON,
        )  # fmt: skip
        if person.position:
            position = _position(person.position)
            begin_tenure(
                official=official, position=position, organization=organization, from_day=since, by=None, at=at,
                reason=REASON,
            )  # fmt: skip
        return create_account(official=official, username=username, by=None, at=at)
    except Refused as refusal:
        raise Refused(f"{who}: {in_words(refusal)}") from None


def _grant(made: NewPassword, function: Function, organization: PartyOrganization, at: datetime) -> None:
    give_grant(
        user=made.account, function=function, organization=organization, valid_from=day_of(at), reason=REASON,
        by=None, at=at,
    )  # fmt: skip


def _kind(root: Root) -> OrganizationKind:
    """The kind of the catalogue, or a new one.

    Raises:
        Refused: neither a code nor a label of the catalogue, and no label for a new one.
    """
    asked, label = tidy(root.kind), tidy(root.kind_label)
    for kind in OrganizationKind.objects.all():
        if asked == kind.code or fold(asked) == fold(kind.label):
            return kind
    if not _CODE.fullmatch(asked) or not 0 < len(label) <= 120:
        known = "; ".join(f"{kind.code} ({kind.label})" for kind in OrganizationKind.objects.all())
        raise Refused(
            f"Chưa có loại tổ chức “{asked}”. Đồng chí chọn một loại: {known}; hoặc ghi mã mới bằng chữ thường không "
            "dấu, chữ số, gạch nối, kèm tên loại."
        )
    return OrganizationKind.objects.create(code=asked, label=label, rank=HIGHEST)


def _position(asked: str) -> Position:
    """The position of the catalogue, by its label or code; another one is taken as it is written."""
    label = tidy(asked)
    for position in Position.objects.all():
        if label == position.code or fold(label) == fold(position.label):
            return position
    code = re.sub("[^a-z0-9]+", "-", fold(label)).strip("-")[:60]
    if not code or len(label) > 160:
        raise Refused("Chức vụ cần ghi bằng chữ, không quá 160 chữ cái.")
    return Position.objects.create(code=code, label=label, rank=HIGHEST)


def in_words(refusal: Refused) -> str:
    """A refusal for who has no form: the sentence with what belongs to single fields."""
    return " ".join(dict.fromkeys([str(refusal), *refusal.fields.values()]))
