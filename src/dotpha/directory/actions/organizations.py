"""Found, rename, move, end and merge party organizations. The tree's path is kept here and nowhere else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Substr

from dotpha.accounts.models import User
from dotpha.core import names
from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.actions.deed import conflict, day_of, require, trace
from dotpha.directory.actions.periods import (
    close,
    follow,
    overlapping,
    require_can_end,
    require_order,
    require_within,
)
from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    Membership,
    OrganizationKind,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
    Tenure,
)
from dotpha.directory.models.organizations import STEP
from dotpha.directory.policy import Deed
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import tidy

DEEPEST = 20  # levels a path has room for
ONLY_SYSTEM_ROOTS = "Chỉ hệ thống lập được tổ chức gốc của cây; đồng chí chọn tổ chức cấp trên trực tiếp."
WIDENS = "Chuyển như vậy làm đồng chí có thêm quyền ở tổ chức được chuyển; đề nghị người khác thực hiện."


@transaction.atomic
def found_organization(
    *,
    code: str,
    name: str,
    kind: OrganizationKind,
    parent: PartyOrganization | None,
    from_day: date,
    by: User | None,
    at: datetime,
    placed_from: date | None = None,
    until_day: date | None = None,
    reason: str = "",
) -> PartyOrganization:
    """Found an organization under another (lập tổ chức).

    `placed_from` is its first day under `parent` if that is later than its founding; `until_day` is known when
    an organization of the past is written down.

    Raises:
        NotAllowed: `by` may not found under `parent`; a root is founded by the system alone (`by` None).
        Refused: code missing or taken, no name, days outside the life of `parent`, tree too deep.
    """
    if parent is None and by is not None:
        raise NotAllowed(ONLY_SYSTEM_ROOTS)
    if parent is not None:
        require(by, Deed.CHANGE_ORGANIZATION, parent, at=at)
        parent = _held(parent)[0]
    code, name = require_code(code, by=by, at=at), require_name(name)
    require_order(from_day, until_day)
    placed_from = max(placed_from or from_day, from_day)
    if parent is not None:
        require_within(parent, placed_from, until_day)
        _require_room(parent.depth + 1)
    organization = PartyOrganization.objects.create(
        code=code, name=name, kind=kind, parent=parent, depth=parent.depth + 1 if parent else 0,
        valid_from=from_day, valid_until=until_day,
        search_key=names.search_key(name, code), order_key=names.order_key(name),
    )  # fmt: skip
    organization.path = (parent.path if parent else "") + f"{organization.pk:0{STEP}d}"
    PartyOrganization.objects.filter(pk=organization.pk).update(path=organization.path)
    until = {"valid_until": until_day, "reason": reason}
    OrganizationName.objects.create(organization=organization, name=name, valid_from=from_day, **until)
    OrganizationPlacement.objects.create(organization=organization, parent=parent, valid_from=placed_from, **until)
    to = {"code": code, "name": name, "kind": kind.label, "parent": parent and parent.name, "valid_from": from_day}
    trace("organization.founded", organization, by=by, at=at, to=to, reason=reason)
    return organization


@transaction.atomic
def rename_organization(
    *,
    organization: PartyOrganization,
    version: int,
    name: str,
    from_day: date,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> PartyOrganization:
    """Give an organization a new name from a day on (đổi tên); the old one stays in its history.

    Raises:
        NotAllowed: `by` may not change this organization.
        Refused: it has ended, the name is missing or the same, the day is to come or before the present name.
        Conflict: it changed after version `version`; `changes` tells the name now.
    """
    require(by, Deed.CHANGE_ORGANIZATION, organization, at=at)
    name = require_name(name)
    current = _as_seen(organization, version, name=name)
    _require_open(current)
    if name == current.name:
        raise Refused("Tên mới giống tên đang dùng.", fields={"name": "Giống tên đang dùng."})
    _require_come(from_day, at)
    follow(current.names, from_day, current.valid_until, name=name, reason=reason)
    former = list(current.names.values_list("name", flat=True))
    _set(
        current, version, name=name, order_key=names.order_key(name),
        search_key=names.search_key(*dict.fromkeys([name, current.code, *former])),
    )  # fmt: skip
    before, current.name = current.name, name
    to = {"name": name, "valid_from": from_day}
    trace("organization.renamed", current, by=by, at=at, frm={"name": before}, to=to, reason=reason)
    return _fresh(organization)


@transaction.atomic
def reclassify_organization(
    *,
    organization: PartyOrganization,
    version: int,
    kind: OrganizationKind,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> PartyOrganization:
    """Change what kind of organization it is (đổi loại): a cell that became a grassroots committee.

    Raises:
        NotAllowed: `by` may not change this organization.
        Refused: it has ended, or is of that kind already.
        Conflict: it changed after version `version`.
    """
    require(by, Deed.CHANGE_ORGANIZATION, organization, at=at)
    current = _as_seen(organization, version, kind=kind)
    _require_open(current)
    if current.kind_id == kind.pk:
        raise Refused("Tổ chức đã thuộc loại này.", fields={"kind": "Giống loại đang ghi."})
    _set(current, version, kind=kind)
    frm, to = {"kind": current.kind.label}, {"kind": kind.label}
    trace("organization.changed", current, by=by, at=at, frm=frm, to=to, reason=reason)
    return _fresh(organization)


@transaction.atomic
def move_organization(
    *,
    organization: PartyOrganization,
    version: int,
    parent: PartyOrganization | None,
    from_day: date,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> PartyOrganization:
    """Put an organization with all below it under another (chuyển tổ chức); where it stood stays in its history.

    Raises:
        NotAllowed: `by` may not change both places, or would have more functions here than before; only the
            system makes a root.
        Refused: ended, already there, under itself, tree too deep, day to come or outside the new place's life.
        Conflict: it changed after version `version`; `changes` tells where it stands now.
    """
    require(by, Deed.CHANGE_ORGANIZATION, organization, at=at)
    if parent is None and by is not None:
        raise NotAllowed(ONLY_SYSTEM_ROOTS)
    if parent is not None:
        require(by, Deed.CHANGE_ORGANIZATION, parent, at=at)
        _held(organization, parent)
        parent = _fresh(parent)
    current = _as_seen(organization, version, parent=parent)
    _require_open(current)
    _require_come(from_day, at)
    move(current, parent, from_day, by=by, at=at, reason=reason)
    return _fresh(organization)


def move(
    current: PartyOrganization,
    parent: PartyOrganization | None,
    from_day: date,
    *,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    """The deed itself, for who has asked for the right and holds the row: to move, to merge and to import.

    Raises:
        NotAllowed: a grant at the new place would give the mover himself a function he has not had here.
    """
    if by is not None and parent is not None:
        on = day_of(at)
        if policy.functions_at(by, parent, on=on) - policy.functions_at(by, current, on=on):
            raise NotAllowed(WIDENS, scope=current)
    if current.parent_id == (parent.pk if parent else None):
        raise Refused("Tổ chức đang trực thuộc đúng nơi ấy.", fields={"parent": "Giống nơi đang trực thuộc."})
    require_within(current, from_day, current.valid_until, until_field="from_day")
    if parent is not None:
        if parent.path.startswith(current.path):
            message = f"“{parent}” nằm dưới “{current}”; một tổ chức không thể trực thuộc chính mình."
            raise Refused(message, fields={"parent": message})
        require_within(parent, from_day, current.valid_until, until_field="from_day")
    follow(current.placements, from_day, current.valid_until, parent=parent, reason=reason)
    frm = {"parent": current.parent and current.parent.name}
    _set(current, current.version, parent=parent)
    _repath(current, parent)
    to = {"parent": parent and parent.name, "valid_from": from_day}
    trace("organization.moved", current, by=by, at=at, frm=frm, to=to, reason=reason)


def _repath(current: PartyOrganization, parent: PartyOrganization | None) -> None:
    """One UPDATE for the whole subtree: the part of the path above it is exchanged."""
    prefix = parent.path if parent else ""
    deeper = (parent.depth + 1 if parent else 0) - current.depth
    branch = PartyOrganization.objects.within(current)
    deepest = branch.aggregate(deepest=Max("depth"))["deepest"]
    _require_room(deepest + deeper)
    kept = Substr("path", len(current.path) - STEP + 1)
    branch.update(path=Concat(Value(prefix), kept), depth=F("depth") + deeper)


@transaction.atomic
def end_organization(
    *,
    organization: PartyOrganization,
    version: int,
    on: date,
    by: User | None,
    at: datetime,
    successor: PartyOrganization | None = None,
    reason: str = "",
) -> PartyOrganization:
    """End an organization (kết thúc hoạt động): `on` is the first day it no longer is.

    Posts, bodies, terms and memberships there end the same day; officials it manages pass to the successor.

    Raises:
        NotAllowed: `by` may not change the organization, or its successor.
        Refused: ended already, day not after its beginning, organizations below it go on, successor unfit.
        Conflict: it changed after version `version`.
    """
    require(by, Deed.CHANGE_ORGANIZATION, organization, at=at)
    if successor is not None:
        require(by, Deed.CHANGE_ORGANIZATION, successor, at=at)
    current = _as_seen(organization, version, valid_until=on)
    end(current, on, successor, verb="organization.ended", by=by, at=at, reason=reason)
    return _fresh(organization)


def end(
    current: PartyOrganization,
    on: date,
    successor: PartyOrganization | None,
    *,
    verb: str,
    by: User | None,
    at: datetime,
    reason: str,
) -> None:
    """The deed itself, as `move`; `verb` says whether it ended by itself or in a merger."""
    require_can_end(current, on, named=f"“{current}”")
    if successor is not None:
        _require_fit(successor, current, on)
    _require_childless(current, on)
    closed = _close_all_at(current, on, successor)
    _set(current, current.version, valid_until=on, successor=successor)
    to = {"valid_until": on, "successor": successor and successor.name, **closed}
    trace(verb, current, by=by, at=at, to=to, reason=reason)


def _require_fit(successor: PartyOrganization, current: PartyOrganization, on: date) -> None:
    if successor.pk == current.pk:
        raise Refused("Một tổ chức không thể kế thừa chính nó.", fields={"successor": "Chọn tổ chức khác."})
    if not successor.holds_on(on):
        message = f"“{successor}” không hoạt động vào ngày {show_day(on)} nên không thể kế thừa."
        raise Refused(message, fields={"successor": message})


def _require_childless(current: PartyOrganization, on: date) -> None:
    going_on = current.children.filter(overlapping(on, None)).order_by("order_key", "pk")
    count = going_on.count()
    if count:
        first = ", ".join(f"“{child}”" for child in going_on[:3])
        raise Refused(
            f"Còn {count} tổ chức trực thuộc “{current}” hoạt động từ ngày {show_day(on)}: {first}"
            f"{' …' if count > 3 else ''}. Đồng chí chuyển hoặc kết thúc các tổ chức ấy trước."
        )


def _close_all_at(current: PartyOrganization, on: date, successor: PartyOrganization | None) -> dict[str, Any]:
    """End what hangs on the organization; returns what was ended, for the trace."""
    close(OrganizationName.objects.filter(organization=current), on, named="tên gọi")
    close(OrganizationPlacement.objects.filter(organization=current), on, named="nơi trực thuộc")
    closed = {
        "chức vụ kết thúc": close(Tenure.objects.filter(organization=current), on, named="chức vụ"),
        "thành viên kết thúc": close(
            Membership.objects.filter(term__body__organization=current), on, named="thành viên cơ quan"
        ),
    }
    close(CommitteeTerm.objects.filter(body__organization=current), on, named="nhiệm kỳ")
    closed["cơ quan kết thúc"] = close(Body.objects.filter(organization=current), on, named="cơ quan")
    managed = CadreManagement.objects.filter(organization=current)
    passed_on = list(managed.filter(overlapping(on, None)).values_list("official", flat=True))
    closed["cán bộ chuyển cấp quản lý"] = close(managed, on, named="phân cấp quản lý cán bộ")
    if successor is not None:
        CadreManagement.objects.bulk_create(
            CadreManagement(official_id=official, organization=successor, valid_from=on) for official in passed_on
        )
    return {what: count for what, count in closed.items() if count}


@transaction.atomic
def merge_organizations(
    *,
    organizations: Sequence[PartyOrganization],
    into: PartyOrganization,
    on: date,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> PartyOrganization:
    """Merge organizations into another (sáp nhập): each ends, `into` succeeds it and takes what stood below it.

    Each organization is compared with the `version` it was read with. One trace for each, and for each moved child.

    Raises:
        NotAllowed: `by` may not change one of them, or `into`, or what `move` does not allow.
        Refused: none given, `into` among them or below one of them, or what `end_organization` refuses.
        Conflict: one of them changed since it was read.
    """
    require(by, Deed.CHANGE_ORGANIZATION, into, at=at)
    for each in organizations:
        require(by, Deed.CHANGE_ORGANIZATION, each, at=at)
    if not organizations:
        raise Refused("Đồng chí chưa chọn tổ chức nào để sáp nhập.")
    _require_come(on, at, field="on")
    _held(into, *organizations)
    for each in organizations:
        current, target = _as_seen(each, each.version, valid_until=on), _fresh(into)
        if target.path.startswith(current.path):
            raise Refused(f"“{target}” là “{current}” hoặc nằm dưới tổ chức ấy nên không thể sáp nhập như vậy.")
        for child in current.children.filter(overlapping(on, None)).order_by("pk"):
            move(child, _fresh(into), on, by=by, at=at, reason=reason)
        end(current, on, target, verb="organization.merged", by=by, at=at, reason=reason)
    return _fresh(into)


def require_code(code: str, *, by: User | None, at: datetime) -> str:
    """
    Raises:
        Refused: missing, with spaces or too long; taken by an organization, which is named to who may see it.
    """
    code = tidy(code)
    if not code or " " in code or len(code) > 40:
        message = "Mã gồm chữ và số viết liền, từ 1 đến 40 chữ cái."
        raise Refused(message, fields={"code": message})
    taken = PartyOrganization.objects.filter(code=code).first()
    if taken is not None:
        is_seen = by is None or policy.may(by, Deed.SEE_DIRECTORY, taken, on=day_of(at))
        message = f"Mã “{code}” đã dùng{f' cho “{taken}”' if is_seen else ''}. Đồng chí chọn mã khác."
        raise Refused(message, fields={"code": message})
    return code


def require_name(name: str) -> str:
    """
    Raises:
        Refused: missing or too long.
    """
    name = tidy(name)
    if not name or len(name) > 255:
        message = "Tên tổ chức cần có, không quá 255 chữ cái."
        raise Refused(message, fields={"name": message})
    return name


def _require_open(current: PartyOrganization) -> None:
    if current.valid_until is not None:
        raise Refused(f"“{current}” đã kết thúc từ ngày {show_day(current.valid_until)} nên không thay đổi nữa.")


def _require_come(day: date, at: datetime, *, field: str = "from_day") -> None:
    """Names and places of now stand in the tree itself, so they change on their day, not before."""
    if day > day_of(at):
        message = f"Ngày {show_day(day)} chưa đến. Đồng chí ghi khi quyết định đã có hiệu lực."
        raise Refused(message, fields={field: message})


def _require_room(depth: int) -> None:
    if depth >= DEEPEST:
        message = f"Cây tổ chức có tối đa {DEEPEST} bậc."
        raise Refused(message, fields={"parent": message})


def _held(*organizations: PartyOrganization) -> list[PartyOrganization]:
    """The organizations as they are now, with the roots of their trees locked.

    Whoever changes the shape of a tree holds its root, so that two moves cannot make a circle. On SQLite the
    writer is alone anyhow.
    """
    roots = {int(path[:STEP]) for path in _paths(organizations)}
    _lock(roots)
    if {int(path[:STEP]) for path in _paths(organizations)} - roots:
        raise conflict(organizations[0], {})
    return [_fresh(each) for each in organizations]


def _paths(organizations: Sequence[PartyOrganization]) -> list[str]:
    pks = [each.pk for each in organizations]
    return list(PartyOrganization.objects.filter(pk__in=pks).values_list("path", flat=True))


def _lock(pks: set[int]) -> None:
    rows = PartyOrganization.objects.select_for_update(no_key=True).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk"))


def _as_seen(organization: PartyOrganization, version: int, **yours: Any) -> PartyOrganization:
    """The row as it is, locked, if it still is the one that was seen."""
    _lock({organization.pk})
    current = _fresh(organization)
    if current.version != version:
        raise conflict(current, yours)
    return current


def _set(current: PartyOrganization, version: int, **values: Any) -> None:
    # Compare-and-set holds on every database; the lock before it only saves work.
    rows = PartyOrganization.objects.filter(pk=current.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        raise conflict(_fresh(current), values)


def _fresh(organization: PartyOrganization) -> PartyOrganization:
    found: PartyOrganization = PartyOrganization.objects.select_related("parent", "kind").get(pk=organization.pk)
    return found
