"""Giving and ending a function. Nobody gives himself anything, and nobody locks everybody out."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q

from dotpha.accounts.models import User
from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.actions.deed import conflict, day_of, require, trace
from dotpha.directory.models import Function, PartyOrganization, RoleGrant
from dotpha.directory.models.organizations import STEP
from dotpha.directory.models.periods import holds_on
from dotpha.directory.policy import Deed
from dotpha.rules.vietnamese.dates import show_day

LATEST_START_YEARS = 1


@transaction.atomic
def give_grant(
    *,
    user: User,
    function: Function,
    organization: PartyOrganization,
    valid_from: date,
    valid_until: date | None = None,
    reason: str,
    by: User | None,
    at: datetime,
) -> RoleGrant:
    """Let a person do what a function may, in an organization and all below it (phân công chức năng).

    The system itself (`by` None: the demo, `dotpha setup`) gives the first functions, when nobody has one yet.

    Raises:
        NotAllowed: `by` may not give functions there, or not this one.
        Refused: to oneself, to a locked account, in an organization that is over, for days that make no sense or that
            another grant of the same function covers, or without a reason.
    """
    today = day_of(at)
    require(by, Deed.GRANT_FUNCTION, organization, at=at)
    if by is not None and function not in policy.grantable(by, organization, on=today):
        raise NotAllowed(f"Chức năng “{function.label}” không do đồng chí phân công.", scope=organization)
    if by is not None and user.pk == by.pk:
        raise Refused("Không ai tự phân công chức năng cho mình. Đồng chí đề nghị người khác có quyền phân công.")
    # Two grants to one person at one moment wait for each other; SQLite has one writer anyway.
    if not User.objects.select_for_update().get(pk=user.pk).is_active:
        raise Refused("Tài khoản này đang khóa. Mở khóa rồi mới phân công được.", fields={"user": "Đang khóa."})
    _require_sense(organization, valid_from, valid_until, reason, today)
    _require_no_other(user, function, organization, valid_from, valid_until)
    grant = RoleGrant.objects.create(
        user=user,
        function=function,
        organization=organization,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason.strip(),
    )
    to = {"từ ngày": show_day(valid_from), "đến trước ngày": _until(grant)}
    trace("grant.given", grant, by=by, at=at, to=to, reason=reason.strip())
    return grant


@transaction.atomic
def end_grant(
    *, grant: RoleGrant, version: int, valid_until: date, reason: str, by: User | None, at: datetime
) -> RoleGrant:
    """Say from which day a person no longer has a function (thôi phân công). `version` is what `by` looked at.

    Raises:
        NotAllowed: `by` may not end functions there, or not this one.
        Conflict: somebody changed the grant after it was read.
        Refused: it is over already, the day makes no sense, no reason is given, or nobody would be left to manage the
            system.
    """
    today = day_of(at)
    require(by, Deed.END_GRANT, grant.organization, at=at)
    if by is not None and Function(grant.function) not in policy.endable(by, grant.organization, on=today):
        refused = f"Chức năng “{grant.get_function_display()}” không do đồng chí kết thúc."
        raise NotAllowed(refused, scope=grant.organization)
    grant.refresh_from_db()
    if grant.version != version:
        raise conflict(grant, {"valid_until": valid_until})
    if grant.valid_until is not None and grant.valid_until <= max(today, grant.valid_from):
        raise Refused(f"Phân công này đã hết từ ngày {show_day(grant.valid_until)}.")
    _require_end(grant, valid_until, reason, today)
    if grant.function == Function.TECHNICAL_ADMINISTRATOR:
        require_another_administrator(grant.user, grant.organization, since=valid_until, until=grant.valid_until)
    before = {"đến trước ngày": _until(grant)}
    ended = RoleGrant.objects.filter(pk=grant.pk, version=version).update(
        valid_until=valid_until, version=F("version") + 1
    )
    grant.refresh_from_db()
    if not ended:
        raise conflict(grant, {"valid_until": valid_until})
    to = {"đến trước ngày": _until(grant)}
    trace("grant.ended", grant, by=by, at=at, frm=before, to=to, reason=reason.strip())
    return grant


def require_another_administrator(
    user: User, organization: PartyOrganization, *, since: date, until: date | None
) -> None:
    """Refuse what would leave the root of a tree without a technical administrator from `since` on.

    The other one must last at least as long as the one who goes.
    """
    if len(organization.path) != STEP:
        return
    administrators = RoleGrant.objects.filter(function=Function.TECHNICAL_ADMINISTRATOR, organization=organization)
    list(administrators.select_for_update().order_by("pk"))  # two who end each other wait for each other
    lasting = Q(valid_until__isnull=True)
    if until is not None:
        lasting |= Q(valid_until__gte=until)
    others = administrators.filter(holds_on(since), lasting, user__is_active=True).exclude(user=user)
    if not others.exists():
        raise Refused(
            f"Đây là quản trị kỹ thuật cuối cùng của {organization}: bớt đi thì không còn ai mở được tài khoản cho "
            "người khác. Đồng chí phân công người thay trước."
        )


def _require_sense(
    organization: PartyOrganization, valid_from: date, valid_until: date | None, reason: str, today: date
) -> None:
    fields: dict[str, str] = {}
    if valid_from < today:
        fields["valid_from"] = "Phân công có hiệu lực từ hôm nay trở đi, không ghi lùi ngày."
    elif valid_from.year > today.year + LATEST_START_YEARS:
        fields["valid_from"] = "Ngày bắt đầu xa quá một năm. Đồng chí xem lại năm."
    elif not organization.holds_on(valid_from):
        fields["organization"] = f"Ngày {show_day(valid_from)} tổ chức này chưa có hoặc đã kết thúc."
    if valid_until is not None and valid_until <= valid_from:
        fields["valid_until"] = "Ngày thôi phải sau ngày bắt đầu."
    if not reason.strip():
        fields["reason"] = "Đồng chí ghi căn cứ, ví dụ số và ngày của quyết định phân công."
    if fields:
        raise Refused("Chưa phân công được. Đồng chí xem lại chỗ được đánh dấu.", fields=fields)


def _require_no_other(
    user: User, function: Function, organization: PartyOrganization, valid_from: date, valid_until: date | None
) -> None:
    same = RoleGrant.objects.filter(
        policy.not_over(valid_from), user=user, function=function, organization=organization
    )
    if valid_until is not None:
        same = same.filter(valid_from__lt=valid_until)
    other = same.order_by("valid_from", "pk").first()
    if other is not None:
        until = f" đến trước ngày {show_day(other.valid_until)}" if other.valid_until else ", chưa có ngày thôi"
        raise Refused(
            f"Đồng chí này đã có chức năng “{function.label}” ở {organization} từ ngày "
            f"{show_day(other.valid_from)}{until}.",
            fields={"valid_from": "Trùng thời gian với phân công đang có."},
        )


def _require_end(grant: RoleGrant, valid_until: date, reason: str, today: date) -> None:
    fields: dict[str, str] = {}
    earliest = max(today, grant.valid_from)
    if valid_until < earliest:
        fields["valid_until"] = f"Sớm nhất là ngày {show_day(earliest)}: việc đã làm trước đó vẫn là việc đã làm."
    elif grant.valid_until is not None and valid_until >= grant.valid_until:
        fields["valid_until"] = (
            f"Phân công vốn hết từ ngày {show_day(grant.valid_until)}; muốn kéo dài thì phân công thêm một lần."
        )
    if not reason.strip():
        fields["reason"] = "Đồng chí ghi lý do thôi phân công."
    if fields:
        raise Refused("Chưa kết thúc được. Đồng chí xem lại chỗ được đánh dấu.", fields=fields)


def _until(grant: RoleGrant) -> str:
    return show_day(grant.valid_until) if grant.valid_until else "chưa định"
