"""Who may do what in the directory, and who sees which part of the tree. Deny unless a line below says yes.

A grant covers its organization and everything below it, on the days it holds. The table is small enough to print
and have signed (`dotpha manage show_policy`); `may`, `require` and `visible_to` are one rule asked three ways.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from dotpha.core.errors import NotAllowed
from dotpha.directory.models import CadreManagement, Function, Official, PartyOrganization, RoleGrant, Tenure
from dotpha.directory.models.periods import holds_on

Anyone = AbstractBaseUser | AnonymousUser


class Deed(StrEnum):
    """What can be done in this room; each is one action or one page."""

    SEE_DIRECTORY = "see_directory"
    SEE_GRANTS = "see_grants"
    CHANGE_ORGANIZATION = "change_organization"
    CHANGE_OFFICIAL = "change_official"
    IMPORT_DIRECTORY = "import_directory"
    EXPORT_DIRECTORY = "export_directory"
    GRANT_FUNCTION = "grant_function"
    END_GRANT = "end_grant"
    READ_TRAIL = "read_trail"
    MANAGE_ACCOUNT = "manage_account"


DEED_LABELS: Mapping[Deed, str] = {
    Deed.SEE_DIRECTORY: "Xem danh bạ",
    Deed.SEE_GRANTS: "Xem ai được làm gì",
    Deed.CHANGE_ORGANIZATION: "Lập, đổi tên, chuyển, kết thúc tổ chức",
    Deed.CHANGE_OFFICIAL: "Ghi cán bộ, chức vụ, thành viên cơ quan",
    Deed.IMPORT_DIRECTORY: "Nhập danh bạ từ Excel",
    Deed.EXPORT_DIRECTORY: "Xuất danh bạ ra Excel",
    Deed.GRANT_FUNCTION: "Phân công chức năng",
    Deed.END_GRANT: "Kết thúc phân công",
    Deed.READ_TRAIL: "Đọc dấu vết",
    Deed.MANAGE_ACCOUNT: "Lập tài khoản, đặt lại mật khẩu, khóa và mở tài khoản",
}

_EVERYONE = frozenset(Function)
WHO_MAY: Mapping[Deed, frozenset[Function]] = {
    Deed.SEE_DIRECTORY: _EVERYONE,
    Deed.SEE_GRANTS: _EVERYONE,
    Deed.CHANGE_ORGANIZATION: frozenset({Function.CLERK, Function.APPRAISER}),
    Deed.CHANGE_OFFICIAL: frozenset({Function.CLERK, Function.APPRAISER}),
    Deed.IMPORT_DIRECTORY: frozenset({Function.CLERK, Function.APPRAISER}),
    Deed.EXPORT_DIRECTORY: frozenset(
        {Function.CLERK, Function.APPRAISER, Function.INSPECTOR, Function.PRESIDER, Function.EVALUATOR}
    ),
    Deed.GRANT_FUNCTION: frozenset({Function.PRESIDER, Function.TECHNICAL_ADMINISTRATOR}),
    Deed.END_GRANT: frozenset({Function.PRESIDER, Function.TECHNICAL_ADMINISTRATOR}),
    Deed.READ_TRAIL: frozenset({Function.INSPECTOR, Function.PRESIDER}),
    Deed.MANAGE_ACCOUNT: frozenset({Function.TECHNICAL_ADMINISTRATOR}),
}


def grants_of(user: Anyone, *, on: date) -> QuerySet[RoleGrant]:
    """Grants that hold on a day; none for who is not signed in or no longer active."""
    if not user.is_authenticated or not user.is_active:
        return RoleGrant.objects.none()
    return RoleGrant.objects.filter(holds_on(on), user=user.pk).select_related("organization")


def functions_at(user: Anyone, organization: PartyOrganization, *, on: date) -> frozenset[Function]:
    """Functions a person has at an organization, there or from above. One query."""
    covering = [
        Function(grant.function)
        for grant in grants_of(user, on=on)
        if organization.path.startswith(grant.organization.path) and grant.organization.path
    ]
    return frozenset(covering)


def may(user: Anyone, deed: Deed, organization: PartyOrganization, *, on: date) -> bool:
    return not WHO_MAY[deed].isdisjoint(functions_at(user, organization, on=on))


def may_anywhere(user: Anyone, deed: Deed, *, on: date) -> bool:
    """Whether there is any organization where the person may do this: for showing a place in the navigation."""
    return any(Function(grant.function) in WHO_MAY[deed] for grant in grants_of(user, on=on))


def require(user: Anyone, deed: Deed, organization: PartyOrganization, *, on: date) -> None:
    if not may(user, deed, organization, on=on):
        raise NotAllowed(f"Đồng chí không có quyền: {DEED_LABELS[deed].lower()} ở {organization}.")


def visible_to(user: Anyone, *, on: date, deed: Deed = Deed.SEE_DIRECTORY) -> QuerySet[PartyOrganization]:
    """Organizations where a person may do `deed`: `may` as a filter. One query for the grants, one for the list."""
    scopes = {
        grant.organization
        for grant in grants_of(user, on=on)
        if Function(grant.function) in WHO_MAY[deed] and grant.organization.path
    }
    return PartyOrganization.objects.filter(_within_any(scopes)) if scopes else PartyOrganization.objects.none()


def officials_visible_to(user: Anyone, *, on: date, deed: Deed = Deed.SEE_DIRECTORY) -> QuerySet[Official]:
    """People who hold or held a post in a visible organization, or are managed there."""
    organizations = visible_to(user, on=on, deed=deed).values("pk")
    tenants = Tenure.objects.filter(organization__in=organizations).values("official")
    managed = CadreManagement.objects.filter(organization__in=organizations).values("official")
    return Official.objects.filter(Q(pk__in=tenants) | Q(pk__in=managed))


def _within_any(scopes: Iterable[PartyOrganization]) -> Q:
    condition = Q(pk__in=[])
    for scope in scopes:
        condition |= Q(path__gte=scope.path, path__lt=scope.path_after)
    return condition
