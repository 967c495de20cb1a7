"""Who may do what in the directory, and who sees which part of the tree. Deny unless a line below says yes.

A grant covers its organization and everything below it, on the days it holds. The table is small enough to print
and have signed (`dotpha manage show_policy`); `may`, `require` and `visible_to` are one rule asked three ways.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from dotpha.accounts.models import User
from dotpha.core.errors import NotAllowed
from dotpha.directory.models import CadreManagement, Function, Official, PartyOrganization, RoleGrant, Tenure
from dotpha.directory.models.organizations import STEP
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
    SEE_ACCOUNTS = "see_accounts"
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
    Deed.SEE_ACCOUNTS: "Xem danh sách tài khoản",
    Deed.MANAGE_ACCOUNT: "Lập tài khoản, đặt lại mật khẩu, khóa và mở tài khoản",
}


def deed_in_sentence(deed: Deed) -> str:
    """Its label as it stands inside a sentence; a name in it keeps its capital."""
    label = DEED_LABELS[deed]
    return label[0].lower() + label[1:]


# What a function is for, in the words shown before it is given.
FUNCTION_DUTIES: Mapping[Function, str] = {
    Function.REGISTRANT: "Lập, gửi bản đăng ký nhiệm vụ đột phá của tổ chức mình và báo cáo thực hiện.",
    Function.APPRAISER: "Thẩm định bản đăng ký; giữ danh bạ tổ chức và cán bộ.",
    Function.COMMITTEE_MEMBER: "Cho ý kiến và biểu quyết tại hội nghị.",
    Function.PRESIDER: "Chủ trì hội nghị, kết luận; phân công chức năng cho người khác.",
    Function.CLERK: "Ghi hội nghị, soạn văn bản; giữ danh bạ tổ chức và cán bộ.",
    Function.OPINION_OFFICER: "Giữ sổ dư luận xã hội.",
    Function.VERIFIER: "Xác minh minh chứng và kết quả thực hiện.",
    Function.EVALUATOR: "Đánh giá, đề xuất xếp loại cuối năm.",
    Function.INSPECTOR: "Đọc mọi nội dung trong phạm vi, không sửa gì.",
    Function.OBSERVER: "Chỉ xem, không sửa gì.",
    Function.TECHNICAL_ADMINISTRATOR: "Giữ tài khoản và hệ thống; không đọc nội dung công việc của cấp ủy.",
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
    Deed.SEE_ACCOUNTS: frozenset({Function.TECHNICAL_ADMINISTRATOR, Function.PRESIDER, Function.INSPECTOR}),
    Deed.MANAGE_ACCOUNT: frozenset({Function.TECHNICAL_ADMINISTRATOR}),
}

# Who gives and ends which function (docs/adr/0006): whoever makes accounts does not say what they may read.
MAY_GRANT: Mapping[Function, frozenset[Function]] = {
    Function.PRESIDER: _EVERYONE - {Function.TECHNICAL_ADMINISTRATOR},
    Function.TECHNICAL_ADMINISTRATOR: frozenset({Function.TECHNICAL_ADMINISTRATOR}),
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
    places = [organization, *(_heirs(organization) if deed is Deed.SEE_DIRECTORY else ())]
    return any(not WHO_MAY[deed].isdisjoint(functions_at(user, place, on=on)) for place in places)


def _heirs(organization: PartyOrganization) -> list[PartyOrganization]:
    """What it was merged into, and what that was merged into: who keeps their papers may look up what they were."""
    first = organization.successor
    second = first.successor if first else None
    return [each for each in (first, second) if each is not None]


def may_anywhere(user: Anyone, deed: Deed, *, on: date) -> bool:
    """Whether there is any organization where the person may do this: for showing a place in the navigation."""
    return any(Function(grant.function) in WHO_MAY[deed] for grant in grants_of(user, on=on))


def require(user: Anyone, deed: Deed, organization: PartyOrganization, *, on: date) -> None:
    if not may(user, deed, organization, on=on):
        raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)} ở {organization}.", scope=organization)


def has_any(user: Anyone, functions: Collection[Function], organization: PartyOrganization, *, on: date) -> bool:
    """Whether a person has one of these functions at an organization; for the tables of the rooms above. One query."""
    return not functions_at(user, organization, on=on).isdisjoint(functions)


def has_any_somewhere(user: Anyone, functions: Collection[Function], *, on: date) -> bool:
    """Whether there is any organization where the person has one of these functions. One query."""
    return any(Function(grant.function) in functions for grant in grants_of(user, on=on))


def within_scopes(user: Anyone, functions: Collection[Function], *, on: date, prefix: str = "") -> Q:
    """The condition that an organization, reached through `prefix` ("organization__"), lies where the person has one of
    these functions: `has_any` as a filter. One query."""
    return _within_any(_scopes_with(user, functions, on=on), prefix)


def visible_to(user: Anyone, *, on: date, deed: Deed = Deed.SEE_DIRECTORY) -> QuerySet[PartyOrganization]:
    """Organizations where a person may do `deed`: `may` as a filter. One query for the grants, one for the list."""
    scopes = _scopes(user, on=on, deed=deed)
    if not scopes:
        return PartyOrganization.objects.none()
    merged = _merged_into(scopes) if deed is Deed.SEE_DIRECTORY else Q(pk__in=[])
    return PartyOrganization.objects.filter(_within_any(scopes) | merged)


def officials_visible_to(user: Anyone, *, on: date, deed: Deed = Deed.SEE_DIRECTORY) -> QuerySet[Official]:
    """People who hold or held a post in a visible organization, or are managed there.

    Asked of each person by himself, so that one, or a page of them, costs the same among ten and among millions.
    """
    visible = _within_any(_scopes(user, on=on, deed=deed), "organization__")
    tenants = Tenure.objects.filter(visible, official=OuterRef("pk"))
    managed = CadreManagement.objects.filter(visible, official=OuterRef("pk"))
    return Official.objects.filter(Exists(tenants) | Exists(managed))


def grants_visible_to(user: Anyone, *, on: date) -> QuerySet[RoleGrant]:
    """Grants, of any day, whose organization a person may look at with `Deed.SEE_GRANTS`."""
    return RoleGrant.objects.filter(organization__in=visible_to(user, on=on, deed=Deed.SEE_GRANTS))


def grantable(user: Anyone, organization: PartyOrganization, *, on: date) -> frozenset[Function]:
    """Functions a person may give at an organization.

    Where no presider is or will be, the technical administrator gives the first; from then on presiders give.
    """
    held = functions_at(user, organization, on=on)
    functions = _granted_by(held)
    if Function.TECHNICAL_ADMINISTRATOR in held and Function.PRESIDER not in functions:
        above = covering_grants(organization).filter(function=Function.PRESIDER).filter(not_over(on))
        return functions if above.exists() else functions | {Function.PRESIDER}
    return functions


def endable(user: Anyone, organization: PartyOrganization, *, on: date) -> frozenset[Function]:
    """Functions whose grants a person may end at an organization: those of the table, without the first presider."""
    return _granted_by(functions_at(user, organization, on=on))


def covering_grants(organization: PartyOrganization) -> QuerySet[RoleGrant]:
    """Grants, of any day, at an organization or above it, by today's tree."""
    ends = range(STEP, len(organization.path) + 1, STEP)
    return RoleGrant.objects.filter(organization__path__in=[organization.path[:end] for end in ends])


def accounts_visible_to(user: Anyone, *, on: date, deed: Deed = Deed.SEE_ACCOUNTS) -> QuerySet[User]:
    """Accounts of visible people, and accounts that have or had a function in a visible organization."""
    people = officials_visible_to(user, on=on, deed=deed).values("user")
    granted = RoleGrant.objects.filter(organization__in=visible_to(user, on=on, deed=deed)).values("user")
    return User.objects.filter(Q(pk__in=people) | Q(pk__in=granted))


def officials_manageable_by(user: Anyone, *, on: date) -> QuerySet[Official]:
    """People whose account is this person's to make: of his organizations, and with no post outside them that day.

    Who moved up is no longer managed from below; who retired still is.
    """
    organizations = visible_to(user, on=on, deed=Deed.MANAGE_ACCOUNT).values("pk")
    outside = Tenure.objects.filter(holds_on(on)).exclude(organization__in=organizations).values("official")
    people = officials_visible_to(user, on=on, deed=Deed.MANAGE_ACCOUNT)
    return people.exclude(pk__in=outside)


def accounts_manageable_by(user: Anyone, *, on: date) -> QuerySet[User]:
    """Accounts this person may lock, unlock and give a new password: everything they may do lies within his scope."""
    organizations = visible_to(user, on=on, deed=Deed.MANAGE_ACCOUNT).values("pk")
    unended = RoleGrant.objects.filter(not_over(on))
    outside = unended.exclude(organization__in=organizations).values("user")
    people = officials_manageable_by(user, on=on).exclude(user=None).values("user")
    systems = User.objects.filter(official=None, grants__in=unended.filter(organization__in=organizations)).values("pk")
    return User.objects.filter(Q(pk__in=people) | Q(pk__in=systems)).exclude(pk__in=outside)


def require_account(user: Anyone, account: User, *, on: date) -> None:
    if not accounts_manageable_by(user, on=on).filter(pk=account.pk).exists():
        raise NotAllowed(f"Đồng chí không quản trị tài khoản {account.get_username()}.")


def _granted_by(held: Iterable[Function]) -> frozenset[Function]:
    return frozenset(given for function in held for given in MAY_GRANT.get(function, ()))


def not_over(day: date) -> Q:
    """Grants that hold on a day or will hold later; one withdrawn before it began never does."""
    return Q(valid_until__isnull=True) | (Q(valid_until__gt=day) & Q(valid_until__gt=F("valid_from")))


def _scopes(user: Anyone, *, on: date, deed: Deed) -> set[PartyOrganization]:
    return _scopes_with(user, WHO_MAY[deed], on=on)


def _scopes_with(user: Anyone, functions: Collection[Function], *, on: date) -> set[PartyOrganization]:
    return {
        grant.organization
        for grant in grants_of(user, on=on)
        if Function(grant.function) in functions and grant.organization.path
    }


def _merged_into(scopes: Iterable[PartyOrganization]) -> Q:
    """`_heirs` as a filter; of a whole tree nothing was merged out of sight."""
    below = [scope for scope in scopes if scope.depth]
    return _within_any(below, "successor__") | _within_any(below, "successor__successor__")


def _within_any(scopes: Iterable[PartyOrganization], prefix: str = "") -> Q:
    condition = Q(pk__in=[])
    for scope in scopes:
        condition |= Q(**{f"{prefix}path__gte": scope.path, f"{prefix}path__lt": scope.path_after})
    return condition
