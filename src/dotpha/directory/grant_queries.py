"""Named reads of who may do what, and of accounts.

As in `queries`: `day` is the day that is looked at, `on` is today, whose grants decide what the person may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, Q, QuerySet, When

from dotpha.accounts.actions import idle_accounts
from dotpha.accounts.models import User
from dotpha.directory import policy
from dotpha.directory.models import Function, Official, PartyOrganization, RoleGrant
from dotpha.directory.models.periods import holds_on
from dotpha.directory.policy import Anyone, Deed


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of grants is narrowed to. Without `is_any_day`, only those that hold on the day."""

    person: str = ""
    function: Function | None = None
    place: str = ""
    branch: PartyOrganization | None = None
    is_any_day: bool = False


def grants(user: Anyone, asked: Asked, *, day: date, on: date) -> QuerySet[RoleGrant]:
    """Who has which function where, the highest organization first.

    In a branch also those from above it, as far as the person may see them: they hold there too.
    """
    found = policy.grants_visible_to(user, on=on)
    if asked.branch is not None:
        within = PartyOrganization.objects.within(asked.branch)
        covering = policy.covering_grants(asked.branch)
        found = found.filter(Q(organization__in=within) | Q(pk__in=covering.values("pk")))
    if asked.place:
        found = found.filter(organization__in=PartyOrganization.objects.found_by(asked.place))
    if asked.person:
        people = Official.objects.found_by(asked.person).exclude(user=None).values("user")
        found = found.filter(Q(user__in=people) | Q(user__username__icontains=asked.person))
    if asked.function is not None:
        found = found.filter(function=asked.function)
    if not asked.is_any_day:
        found = found.filter(holds_on(day))
    found = found.alias(rank=Case(*(When(function=each, then=rank) for rank, each in enumerate(Function))))
    return found.select_related("organization", "user__official").order_by(
        "organization__depth", "organization__order_key", "organization_id", "rank",
        "user__official__order_key", "user_id", "valid_from", "pk",
    )  # fmt: skip


def endable_among(user: Anyone, grants: Iterable[RoleGrant], *, on: date) -> frozenset[int]:
    """Which of these grants the person may end: `policy.endable` for a whole page. One query."""
    held = [(each.organization.path, policy.MAY_GRANT.get(Function(each.function), frozenset[Function]()))
            for each in policy.grants_of(user, on=on)]  # fmt: skip
    return frozenset(
        grant.pk
        for grant in grants
        if not is_over(grant, on)
        and any(path and grant.organization.path.startswith(path) and grant.function in may for path, may in held)
    )


def is_over(grant: RoleGrant, day: date) -> bool:
    return grant.valid_until is not None and grant.valid_until <= max(day, grant.valid_from)


def functions_given_by(user: Anyone, *, on: date) -> list[Function]:
    """Functions the person gives somewhere: what a list of choices offers."""
    held = {Function(each.function) for each in policy.grants_of(user, on=on)}
    given = {function for each in held for function in policy.MAY_GRANT.get(each, ())}
    if Function.TECHNICAL_ADMINISTRATOR in held:
        given.add(Function.PRESIDER)  # the first of a place
    return [function for function in Function if function in given]


def accounts_to_grant(user: User, words: str, *, on: date) -> QuerySet[User]:
    """Open accounts a function can be given to, but one's own."""
    accounts = policy.accounts_visible_to(user, on=on, deed=Deed.GRANT_FUNCTION)
    return _named(accounts.filter(is_active=True).exclude(pk=user.pk), words)


def places_to_grant(user: Anyone, words: str, *, on: date) -> QuerySet[PartyOrganization]:
    """Organizations of today where the person gives functions, the highest first."""
    places = policy.visible_to(user, on=on, deed=Deed.GRANT_FUNCTION) & PartyOrganization.objects.found_by(words)
    return places.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on)).order_by("depth", "order_key", "pk")


def branches(user: Anyone, words: str, *, on: date) -> QuerySet[PartyOrganization]:
    """Organizations whose branch the list can be narrowed to."""
    seen = policy.visible_to(user, on=on, deed=Deed.SEE_GRANTS)
    return (seen & PartyOrganization.objects.found_by(words)).order_by("depth", "order_key", "pk")


def size_of_branch(organization: PartyOrganization, *, day: date) -> int:
    """How many organizations stand below it on the day, by today's tree."""
    return PartyOrganization.objects.within(organization).on(day).exclude(pk=organization.pk).count()


# Accounts


def accounts(user: Anyone, words: str, *, state: str, at: datetime, on: date) -> QuerySet[User]:
    """Accounts the person may see, with `function_count`: how many functions each has today."""
    found = policy.accounts_visible_to(user, on=on)
    match state:
        case "dang-dung":
            found = found.filter(is_active=True)
        case "da-khoa":
            found = found.filter(is_active=False)
        case "chua-vao":
            found = found.filter(last_login=None)
        case "lau-khong-vao":
            soon = idle_accounts(at=at + timedelta(days=WARN_DAYS))
            found = found.filter(pk__in=soon.order_by().values("pk"))
    held = Count("grants", filter=holds_on(on, "grants__"))
    return _named(found, words).annotate(function_count=held)


WARN_DAYS = 10  # before an account not used is locked by itself


def officials_without_account(user: Anyone, words: str, *, on: date) -> QuerySet[Official]:
    """People whose account the person may make, in Vietnamese order."""
    people = policy.officials_manageable_by(user, on=on) & Official.objects.found_by(words)
    return people.filter(user=None).order_by("order_key", "pk")


def functions_of(account: User, user: Anyone, *, on: date) -> QuerySet[RoleGrant]:
    """Functions an account has or will have, as far as the person may see them."""
    seen = policy.grants_visible_to(user, on=on).filter(policy.not_over(on), user=account)
    return seen.select_related("organization").order_by("valid_from", "function", "pk")


def _named(accounts: QuerySet[User], words: str) -> QuerySet[User]:
    if words:
        people = Official.objects.found_by(words).exclude(user=None).values("user")
        accounts = accounts.filter(Q(pk__in=people) | Q(username__icontains=words))
    return accounts.select_related("official").order_by("official__order_key", "username", "pk")
