"""People, organizations and what binds them, for tests: plain functions with defaults; say only what matters."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from dotpha.accounts.models import User
from dotpha.core import names
from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    Function,
    Membership,
    Official,
    OrganizationKind,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
    Position,
    RoleGrant,
    Tenure,
)

NOON = datetime(2027, 3, 15, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = NOON.date()
LONG_AGO = date(2015, 1, 1)
PASSWORD = "Bằng-Khê-2027-qua-cầu"
_numbers = count(1)


def make_kind(code: str = "dang-bo-xa", label: str = "Đảng bộ xã", rank: int = 30, **fields: Any) -> OrganizationKind:
    """The kind with this code, made when there is none yet."""
    return OrganizationKind.objects.get_or_create(code=code, defaults={"label": label, "rank": rank, **fields})[0]


def make_organization(
    name: str = "Đảng bộ xã Bằng Khê", parent: PartyOrganization | None = None, **fields: Any
) -> PartyOrganization:
    """An organization with its name and its place since it began."""
    fields.setdefault("code", f"TC{next(_numbers):04d}")
    fields.setdefault("kind", None)
    fields["kind"] = fields["kind"] or make_kind()
    fields.setdefault("valid_from", LONG_AGO)
    organization = PartyOrganization.objects.create(
        name=name,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        search_key=names.search_key(name, fields["code"]),
        order_key=names.order_key(name),
        **fields,
    )
    organization.path = (parent.path if parent else "") + f"{organization.pk:09d}"
    organization.save(update_fields=["path"])
    period = {"valid_from": organization.valid_from, "valid_until": organization.valid_until}
    OrganizationName.objects.create(organization=organization, name=name, **period)
    OrganizationPlacement.objects.create(organization=organization, parent=parent, **period)
    return organization


def make_former_name(organization: PartyOrganization, name: str, *, until: date) -> OrganizationName:
    """What it was called from its start until a day; the name it has now begins that day."""
    organization.names.filter(valid_from__lt=until).update(valid_from=until)
    former = OrganizationName.objects.create(
        organization=organization, name=name, valid_from=organization.valid_from, valid_until=until
    )
    known = [organization.name, organization.code, *organization.names.values_list("name", flat=True)]
    organization.search_key = names.search_key(*dict.fromkeys(known))
    organization.save(update_fields=["search_key"])
    return former


def make_former_parent(
    organization: PartyOrganization, parent: PartyOrganization | None, *, until: date
) -> OrganizationPlacement:
    """Where it stood from its start until a day; its place of now begins that day."""
    organization.placements.filter(valid_from__lt=until).update(valid_from=until)
    return OrganizationPlacement.objects.create(
        organization=organization, parent=parent, valid_from=organization.valid_from, valid_until=until
    )


def make_official(full_name: str = "Hoàng Văn Thịnh", **fields: Any) -> Official:
    fields.setdefault("code", f"CB{next(_numbers):04d}")
    return Official.objects.create(
        full_name=full_name,
        search_key=names.search_key(full_name, fields["code"]),
        order_key=names.person_order_key(full_name),
        **fields,
    )


def make_position(label: str = "Bí thư", *, rank: int = 10, **fields: Any) -> Position:
    """The position with this label, made when there is none yet."""
    fields.setdefault("code", names.search_key(label).strip().replace(" ", "-"))
    return Position.objects.get_or_create(label=label, defaults={"rank": rank, **fields})[0]


def make_tenure(
    official: Official | None = None,
    organization: PartyOrganization | None = None,
    position: Position | None = None,
    **fields: Any,
) -> Tenure:
    fields.setdefault("valid_from", date(2020, 5, 1))
    return Tenure.objects.create(
        official=official or make_official(),
        organization=organization or make_organization(),
        position=position or make_position(),
        **fields,
    )


def make_body(organization: PartyOrganization, name: str = "Ban Thường vụ", **fields: Any) -> Body:
    fields.setdefault("valid_from", LONG_AGO)
    fields.setdefault("kind", "Ban Thường vụ")
    return Body.objects.create(organization=organization, name=name, **fields)


def make_term(body: Body, name: str = "2025–2030", **fields: Any) -> CommitteeTerm:
    fields.setdefault("valid_from", date(2025, 7, 1))
    return CommitteeTerm.objects.create(body=body, name=name, **fields)


def make_membership(term: CommitteeTerm, official: Official | None = None, **fields: Any) -> Membership:
    fields.setdefault("valid_from", term.valid_from)
    return Membership.objects.create(term=term, official=official or make_official(), **fields)


def make_management(official: Official, organization: PartyOrganization, **fields: Any) -> CadreManagement:
    fields.setdefault("valid_from", LONG_AGO)
    return CadreManagement.objects.create(official=official, organization=organization, **fields)


def make_user(*grants: tuple[Function | str, PartyOrganization], **fields: Any) -> User:
    """An account that holds these functions since long ago; its password is PASSWORD."""
    fields.setdefault("username", f"nguoi-dung-{next(_numbers)}")
    user = User.objects.create_user(password=fields.pop("password", PASSWORD), **fields)
    for function, organization in grants:
        make_grant(user, function, organization)
    return user


def make_grant(user: User, function: Function | str, organization: PartyOrganization, **fields: Any) -> RoleGrant:
    fields.setdefault("valid_from", LONG_AGO)
    return RoleGrant.objects.create(user=user, function=function, organization=organization, **fields)
