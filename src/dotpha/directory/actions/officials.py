"""Record officials, the posts they hold by date, and which committee manages them."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from dotpha.accounts.models import User
from dotpha.core import names
from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory.actions.authority import require_not_own, require_over
from dotpha.directory.actions.deed import conflict, day_of, require, trace
from dotpha.directory.actions.periods import follow, overlapping, require_can_end, require_order, require_within
from dotpha.directory.models import CadreManagement, Official, PartyOrganization, Position, Tenure
from dotpha.directory.policy import Deed
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import tidy

OLDEST = 110  # years; whoever is entered older was mistyped
YOUNGEST = 15


@transaction.atomic
def record_official(
    *,
    code: str,
    full_name: str,
    managed_by: PartyOrganization | None,
    from_day: date,
    by: User | None,
    at: datetime,
    birth_year: int | None = None,
    is_party_member: bool = True,
    reason: str = "",
) -> Official:
    """Record an official and the committee that manages them from a day on (ghi cán bộ).

    Raises:
        NotAllowed: `by` may not record officials of that committee; without one only the system records.
        Refused: code missing or taken, no name, a year of birth nobody has, day outside the committee's life.
    """
    if managed_by is None:
        if by is not None:
            raise NotAllowed("Đồng chí cần chọn cấp ủy quản lý cán bộ này.")
    else:
        require(by, Deed.CHANGE_OFFICIAL, managed_by, at=at)
        require_within(managed_by, from_day, managed_by.valid_until)
    code, full_name = require_code(code), require_full_name(full_name)
    require_birth_year(birth_year, day_of(at))
    official = Official.objects.create(
        code=code, full_name=full_name, birth_year=birth_year, is_party_member=is_party_member,
        search_key=names.search_key(full_name, code), order_key=names.person_order_key(full_name),
    )  # fmt: skip
    to = {"code": code, "full_name": full_name, "birth_year": birth_year, "is_party_member": is_party_member}
    if managed_by is not None:
        CadreManagement.objects.create(
            official=official, organization=managed_by, valid_from=from_day, valid_until=managed_by.valid_until
        )
        to["cấp ủy quản lý"] = managed_by.name
    trace("official.recorded", official, by=by, at=at, to=to, reason=reason, scope=managed_by)
    return official


@transaction.atomic
def change_official(
    *,
    official: Official,
    version: int,
    full_name: str,
    birth_year: int | None,
    is_party_member: bool,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> Official:
    """Correct what is written of an official (sửa thông tin cán bộ).

    Raises:
        NotAllowed: `by` has no say over this record (`places_over`), or it is his own.
        Refused: no name, a year of birth nobody has, or nothing differs.
        Conflict: it changed after version `version`; `changes` tells field, yours, theirs.
    """
    require_over(by, official, at=at)
    full_name = require_full_name(full_name)
    require_birth_year(birth_year, day_of(at))
    values = {"full_name": full_name, "birth_year": birth_year, "is_party_member": is_party_member}
    _lock(official)
    current = Official.objects.get(pk=official.pk)
    if current.version != version:
        raise conflict(current, values)
    changed = {name: value for name, value in values.items() if getattr(current, name) != value}
    if not changed:
        raise Refused("Không có gì thay đổi so với điều đang ghi.")
    keys = {
        "search_key": names.search_key(full_name, current.code),
        "order_key": names.person_order_key(full_name),
    }
    rows = Official.objects.filter(pk=official.pk, version=version)
    if not rows.update(version=F("version") + 1, **values, **keys):
        raise conflict(Official.objects.get(pk=official.pk), values)
    frm = {name: getattr(current, name) for name in changed}
    trace("official.changed", current, by=by, at=at, frm=frm, to=changed, reason=reason, scope=home_of(official))
    return Official.objects.get(pk=official.pk)


@transaction.atomic
def begin_tenure(
    *,
    official: Official,
    position: Position,
    organization: PartyOrganization,
    from_day: date,
    by: User | None,
    at: datetime,
    until_day: date | None = None,
    reason: str = "",
) -> Tenure:
    """Write down that an official holds a post from a day on (giữ chức vụ).

    Raises:
        NotAllowed: `by` may not change officials of this organization, or the post would be his own.
        Refused: days outside the organization's life, the same post held already in these days, or a post for
            one person held by another, who is named.
    """
    require(by, Deed.CHANGE_OFFICIAL, organization, at=at)
    require_not_own(by, official)
    _lock(organization)
    organization = PartyOrganization.objects.get(pk=organization.pk)
    require_order(from_day, until_day)
    require_within(organization, from_day, until_day)
    _require_free(official, position, organization, from_day, until_day)
    tenure = Tenure.objects.create(
        official=official, position=position, organization=organization,
        valid_from=from_day, valid_until=until_day, reason=tidy(reason)[:255],
    )  # fmt: skip
    to = {"organization": organization.name, "valid_from": from_day, "valid_until": until_day}
    trace("tenure.began", tenure, by=by, at=at, to=to, reason=reason)
    return tenure


def _require_free(
    official: Official, position: Position, organization: PartyOrganization, from_day: date, until_day: date | None
) -> None:
    held = Tenure.objects.filter(overlapping(from_day, until_day), position=position, organization=organization)
    held = held.select_related("official").order_by("valid_from", "pk")
    own = held.filter(official=official).first()
    if own is not None:
        raise Refused(
            f"Đồng chí {official} đã giữ chức vụ {position} ở “{organization}” {_period(own)}.",
            fields={"from_day": "Trùng thời gian đã ghi."},
        )
    other = held.first() if position.is_single else None
    if other is not None:
        raise Refused(
            f"Chức vụ {position} ở “{organization}” chỉ một người giữ; đồng chí {other.official} đang giữ "
            f"{_period(other)}. Đồng chí kết thúc chức vụ ấy trước.",
            fields={"position": f"Đồng chí {other.official} đang giữ."},
        )


def _period(tenure: Tenure) -> str:
    until = f" đến trước ngày {show_day(tenure.valid_until)}" if tenure.valid_until else ""
    return f"từ ngày {show_day(tenure.valid_from)}{until}"


@transaction.atomic
def end_tenure(*, tenure: Tenure, on: date, by: User | None, at: datetime, reason: str = "") -> Tenure:
    """Write down that an official no longer holds a post (thôi giữ chức vụ): `on` is the first day without it.

    Raises:
        NotAllowed: `by` may not change officials of this organization.
        Refused: it has ended already, or `on` is not after its first day.
    """
    require(by, Deed.CHANGE_OFFICIAL, tenure.organization, at=at)
    _lock(tenure.organization)
    current: Tenure = Tenure.objects.select_related("official", "position", "organization").get(pk=tenure.pk)
    require_can_end(current, on, named=f"Chức vụ {current.position} của đồng chí {current.official}")
    if not Tenure.objects.filter(pk=tenure.pk, valid_until__isnull=True).update(valid_until=on):
        raise conflict(current, {"valid_until": on})
    current.valid_until = on
    to = {"organization": current.organization.name, "valid_until": on}
    trace("tenure.ended", current, by=by, at=at, to=to, reason=reason)
    return current


@transaction.atomic
def set_management(
    *,
    official: Official,
    organization: PartyOrganization,
    from_day: date,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> CadreManagement:
    """Say which committee manages an official from a day on (phân cấp quản lý); the one before ends that day.

    Raises:
        NotAllowed: `by` may not change officials of that committee or of the one before, has no say over this
            record, or it is his own.
        Refused: managed there already, the day before the present one or outside the committee's life.
    """
    require(by, Deed.CHANGE_OFFICIAL, organization, at=at)
    require_over(by, official, at=at)
    _lock(official)
    last = official.managed_by.order_by("-valid_from").select_related("organization").first()
    if last is not None and (last.valid_until is None or last.valid_until > from_day):
        require(by, Deed.CHANGE_OFFICIAL, last.organization, at=at)
    require_within(organization, from_day, organization.valid_until)
    if last is not None and last.organization_id == organization.pk and last.valid_until is None:
        message = f"Đồng chí {official} đã thuộc diện quản lý của “{organization}”."
        raise Refused(message, fields={"organization": message})
    follow(official.managed_by, from_day, organization.valid_until, organization=organization)
    frm = {"cấp ủy quản lý": last.organization.name} if last else ""
    to = {"cấp ủy quản lý": organization.name, "từ ngày": show_day(from_day)}
    trace("management.set", official, by=by, at=at, frm=frm, to=to, reason=reason, scope=organization)
    return official.managed_by.get(valid_from=from_day)


def require_code(code: str) -> str:
    """
    Raises:
        Refused: missing, with spaces or too long; taken by an official.
    """
    code = tidy(code)
    if not code or " " in code or len(code) > 40:
        message = "Mã cán bộ gồm chữ và số viết liền, từ 1 đến 40 chữ cái."
        raise Refused(message, fields={"code": message})
    if Official.objects.filter(code=code).exists():
        message = f"Mã “{code}” đã dùng cho một cán bộ khác. Đồng chí chọn mã khác."
        raise Refused(message, fields={"code": message})
    return code


def require_full_name(full_name: str) -> str:
    """
    Raises:
        Refused: missing or too long.
    """
    full_name = tidy(full_name)
    if not full_name or len(full_name) > 120:
        message = "Họ và tên cần có, không quá 120 chữ cái."
        raise Refused(message, fields={"full_name": message})
    return full_name


def require_birth_year(birth_year: int | None, today: date) -> None:
    """
    Raises:
        Refused: a year no living adult was born in.
    """
    if birth_year is not None and not today.year - OLDEST <= birth_year <= today.year - YOUNGEST:
        message = f"Năm sinh {birth_year} chưa hợp lý. Đồng chí ghi đủ bốn chữ số, ví dụ 1976."
        raise Refused(message, fields={"birth_year": message})


def home_of(official: Official) -> PartyOrganization | None:
    """Where the official belongs: the committee that manages them, or else where their last post is."""
    managed = official.managed_by.select_related("organization").order_by("-valid_from").first()
    held = managed or official.tenures.select_related("organization").order_by("-valid_from", "pk").first()
    return held.organization if held else None


def _lock(record: Official | PartyOrganization) -> None:
    """Whoever writes posts or managers of a record waits for the other; on SQLite the writer is alone anyhow."""
    rows = type(record)._default_manager.select_for_update(no_key=True)
    list(rows.filter(pk=record.pk).values_list("pk"))
