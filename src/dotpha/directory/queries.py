"""Named reads of the directory, as it was on a day.

Two days never mean the same: `day` is the day the directory is looked at ("tính đến ngày"), `on` is today, the day
whose grants decide what the person may see. Every list is ordered and costs the same number of statements for two
rows and for two hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from dotpha.directory import policy
from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    Membership,
    Official,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
    Tenure,
)
from dotpha.directory.models.periods import holds_on
from dotpha.rules.vietnamese.posts import post_name
from dotpha.rules.vietnamese.text import fold

# PartyOrganization as it was on a day: name_then, state, in_post, child_count, has_children.
OrganizationsThen: TypeAlias = QuerySet[Any]
TenuresThen: TypeAlias = QuerySet[Any]  # Tenure with organization_name, is_held

NARROW = 2_000  # organizations of a scope that is read from its posts, not person by person
COUNTED = 1_000  # a search tells the number of its answers up to here, then "more than"


def post_of(user: policy.Anyone, *, on: date) -> str:
    """The post a person acts in, "Bí thư Đảng ủy xã Bằng Khê": of several the highest; "" without any. One query."""
    held = (
        Tenure.objects.on(on)
        .filter(official__user=user.pk)
        .annotate(organization_name=_name_on(on, "organization"))
        .order_by("position__rank", "valid_from", "pk")
        .values_list("position__label", "organization_name")
        .first()
    )
    return post_name(*held) if held else ""


# Organizations


def organizations(user: policy.Anyone, *, day: date, on: date) -> OrganizationsThen:
    """Every organization the person may see, with the name and the state it had on the day."""
    return _then(policy.visible_to(user, on=on), day).order_by("order_key", "pk")


def roots(user: policy.Anyone, *, day: date, on: date) -> OrganizationsThen:
    """The highest organizations the person may see: where the tree begins for him."""
    scopes = {
        grant.organization.path: grant.organization_id
        for grant in policy.grants_of(user, on=on)
        if grant.organization.path and grant.function in policy.WHO_MAY[policy.Deed.SEE_DIRECTORY]
    }
    highest = [
        pk for path, pk in scopes.items() if not any(path != other and path.startswith(other) for other in scopes)
    ]
    return _counted(_then(PartyOrganization.objects.filter(pk__in=highest), day), day).order_by("order_key", "pk")


def children(user: policy.Anyone, organization: PartyOrganization, *, day: date, on: date) -> OrganizationsThen:
    """What stood directly below it on the day, in Vietnamese order; what had ended there comes last."""
    below = policy.visible_to(user, on=on).filter(Q(placements__parent=organization) & _stands_there(day))
    return _counted(_then(below, day), day).order_by("is_ended", "order_key", "pk")


def organizations_found(user: policy.Anyone, words: str, *, day: date, on: date) -> OrganizationsThen:
    """Organizations whose names, of now or of before, or code hold the words, typed with or without accents."""
    found = _then(policy.visible_to(user, on=on) & PartyOrganization.objects.found_by(words), day)
    placed: OrganizationsThen = found.annotate(parent_name=_parent_name_on(day))
    return placed.order_by("is_ended", "order_key", "pk")


def ancestors(organization: PartyOrganization, *, day: date) -> list[Any]:
    """From the root down to what it was directly under on the day, each with `name_then`. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_UPWARDS, [organization.pk, day, day])
        levels = dict(cursor.fetchall())
    above = PartyOrganization.objects.filter(pk__in=levels).annotate(name_then=_name_on(day))
    return sorted(above, key=lambda each: -levels[each.pk])


_UPWARDS = """
WITH RECURSIVE up (id, level) AS (
  SELECT CAST(%s AS bigint), 0
  UNION ALL
  SELECT place.parent_id, up.level + 1
  FROM up JOIN directory_organizationplacement place ON place.organization_id = up.id
  WHERE place.parent_id IS NOT NULL AND up.level < 20 AND place.valid_from <= %s AND place.valid_from = (
    SELECT MAX(latest.valid_from) FROM directory_organizationplacement latest
    WHERE latest.organization_id = up.id AND latest.valid_from <= %s)
)
SELECT id, level FROM up WHERE level > 0
"""


def names_of(organization: PartyOrganization, *, day: date) -> QuerySet[OrganizationName]:
    """Names it had by the day, the newest first."""
    found: QuerySet[OrganizationName] = organization.names.filter(valid_from__lte=day)
    return found.order_by("-valid_from", "-pk")


def places_of(organization: PartyOrganization, *, day: date) -> QuerySet[Any]:
    """Where it stood by the day, the newest first, each with the name its superior had when it came there."""
    named = Coalesce(_name_begun_by("parent", OuterRef("valid_from")), F("parent__name"), Value(""))
    begun = organization.placements.filter(valid_from__lte=day)
    found: QuerySet[Any] = begun.annotate(parent_name=named)
    return found.order_by("-valid_from", "-pk")


def predecessors(organization: PartyOrganization, *, day: date) -> OrganizationsThen:
    """What it had taken over by the day."""
    ended = organization.predecessors.filter(valid_until__lte=day)
    return _then(ended, day).order_by("valid_until", "order_key", "pk")


def deeds_at(user: policy.Anyone, organization: PartyOrganization, *, on: date) -> frozenset[policy.Deed]:
    """Everything the person may do there, for showing buttons. One query."""
    functions = policy.functions_at(user, organization, on=on)
    return frozenset(deed for deed, who in policy.WHO_MAY.items() if not who.isdisjoint(functions))


def bodies(organization: PartyOrganization, *, day: date) -> QuerySet[Any]:
    """Its bodies of the day with `terms_then` (the term of the day), each with `members_then`. Three queries."""
    members = Membership.objects.on(day).select_related("official").order_by("order", "official__order_key", "pk")
    terms = (
        CommitteeTerm.objects.on(day)
        .order_by("-valid_from", "pk")
        .prefetch_related(Prefetch("memberships", members, to_attr="members_then"))
    )
    return (
        Body.objects.on(day)
        .filter(organization=organization)
        .order_by("valid_from", "name", "pk")
        .prefetch_related(Prefetch("terms", terms, to_attr="terms_then"))
    )


def in_post(organization: PartyOrganization, *, day: date) -> QuerySet[Tenure]:
    """Who holds which post there on the day, the highest first."""
    return (
        Tenure.objects.on(day)
        .filter(organization=organization)
        .select_related("official", "position")
        .order_by("position__rank", "position__label", "official__order_key", "pk")
    )


# People


def officials_found(user: policy.Anyone, words: str, *, on: date) -> QuerySet[Official]:
    """People whose name or code holds the words, in Vietnamese order of given names."""
    return (_people_of(user, on=on) & Official.objects.found_by(words)).order_by("order_key", "pk")


def _people_of(user: policy.Anyone, *, on: date) -> QuerySet[Official]:
    """`policy.officials_visible_to`, gathered from their posts where the scope is narrow: few of many have the name."""
    organizations = policy.visible_to(user, on=on)
    if organizations.order_by()[: NARROW + 1].count() > NARROW:
        return policy.officials_visible_to(user, on=on)
    tenants = Tenure.objects.filter(organization__in=organizations.values("pk")).order_by().values("official")
    managed = CadreManagement.objects.filter(organization__in=organizations.values("pk")).order_by().values("official")
    return Official.objects.filter(pk__in=tenants.union(managed))


def main_posts(officials: Iterable[Official], *, day: date) -> dict[int, str]:
    """The highest post each holds on the day, in words; nothing for who holds none. One query."""
    held = (
        Tenure.objects.on(day)
        .filter(official__in=[official.pk for official in officials])
        .annotate(organization_name=_name_on(day, "organization"))
        .order_by("-position__rank", "-valid_from", "-pk")
        .values_list("official", "position__label", "organization_name")
    )
    return {official: post_name(label, name) for official, label, name in held}  # the last wins: the highest


def career(official: Official, *, day: date) -> TenuresThen:
    """Posts begun by the day, the newest first; organizations carry the name they had then."""
    until = Coalesce(OuterRef("valid_until"), Value(day + timedelta(days=1)))
    name = OrganizationName.objects.filter(
        organization=OuterRef("organization"), valid_from__lte=day, valid_from__lt=until
    ).order_by("-valid_from", "-pk")
    found: TenuresThen = (
        Tenure.objects.filter(official=official, valid_from__lte=day)
        .select_related("position", "organization")
        .annotate(
            organization_name=Coalesce(Subquery(name.values("name")[:1]), F("organization__name")),
            is_held=_when(holds_on(day)),
        )
        .order_by("-is_held", "-valid_from", "position__rank", "pk")
    )
    return found


def later_posts(official: Official, *, day: date) -> int:
    """How many posts began after the day."""
    return Tenure.objects.filter(official=official, valid_from__gt=day).count()


def memberships(official: Official, *, day: date) -> QuerySet[Any]:
    """Bodies the person sat in by the day, the newest first."""
    found: QuerySet[Any] = (
        Membership.objects.filter(official=official, valid_from__lte=day)
        .select_related("term__body__organization")
        .annotate(
            organization_name=_name_on(day, "term__body__organization"),
            is_held=_when(holds_on(day)),
        )
        .order_by("-is_held", "-valid_from", "pk")
    )
    return found


def managed_by(official: Official, *, day: date) -> CadreManagement | None:
    """Which committee manages the cadre on the day."""
    found: CadreManagement | None = (
        CadreManagement.objects.on(day)
        .filter(official=official)
        .select_related("organization")
        .annotate(organization_name=_name_on(day, "organization"))
        .order_by("-valid_from", "pk")
        .first()
    )
    return found


def visible_among(user: policy.Anyone, officials: Iterable[int], *, on: date) -> frozenset[int]:
    """Which of these people the person may open."""
    return frozenset(
        policy.officials_visible_to(user, on=on).filter(pk__in=set(officials)).values_list("pk", flat=True)
    )


def may_with(user: policy.Anyone, deed: policy.Deed, official: Official, *, on: date) -> bool:
    """Whether the person may do this where the official holds or held a post, or is managed."""
    return policy.officials_visible_to(user, on=on, deed=deed).filter(pk=official.pk).exists()


def visible_organizations_among(user: policy.Anyone, keys: Iterable[int], *, on: date) -> frozenset[int]:
    """Which of these organizations the person may open."""
    return frozenset(policy.visible_to(user, on=on).filter(pk__in=set(keys)).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a search found, told exactly up to `COUNTED`."""

    number: int

    @property
    def is_more(self) -> bool:
        return self.number > COUNTED

    def __str__(self) -> str:
        return f"hơn {COUNTED:,}".replace(",", ".") if self.is_more else f"{self.number:,}".replace(",", ".")


def counted(found: QuerySet[Any]) -> Counted:
    """Never reads more rows than it tells."""
    return Counted(found.order_by()[: COUNTED + 1].count())


def keys_found(found: QuerySet[Any], words: str) -> list[int]:
    """Keys of as many as are counted, in no order: it stops as soon as it knows there are many."""
    return list(by_index_of_words(found, words).order_by().values_list("pk", flat=True)[: COUNTED + 1])


def by_index_of_words(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    """On PostgreSQL narrowed by the index of the words of its `search_key`; what it finds still has to be compared."""
    plain = [word for word in fold(words).split() if word.isascii() and word.isalnum()]
    if connection.vendor == "postgresql" and plain:
        return found.filter(_has_words(" & ".join(f"{word}:*" for word in plain)))
    return found


def _has_words(asked: str) -> Func:
    """PostgreSQL's index of words narrows the search; what it finds is still compared letter by letter."""
    return Func(
        F("search_key"),
        Value(asked),
        template="to_tsvector('simple', %(expressions)s)",
        arg_joiner=") @@ to_tsquery('simple', ",
        output_field=BooleanField(),
    )


# How a day is asked


def _name_begun_by(organization: str, day: Any) -> Subquery:
    """The last name begun by the day: of an organization that ended, the name it ended with."""
    begun = OrganizationName.objects.filter(organization=OuterRef(organization), valid_from__lte=day)
    return Subquery(begun.order_by("-valid_from", "-pk").values("name")[:1], output_field=CharField())


def _name_on(day: date, organization: str = "") -> Coalesce:
    """The name on the day, or that of now for a day before there was any."""
    return Coalesce(_name_begun_by(organization or "pk", day), F(f"{organization}__name" if organization else "name"))


def _parent_name_on(day: date) -> Subquery:
    place = OrganizationPlacement.objects.filter(organization=OuterRef("pk"), valid_from__lte=day)
    named = place.annotate(parent_name=Coalesce(_name_begun_by("parent", day), F("parent__name")))
    return Subquery(named.order_by("-valid_from", "-pk").values("parent_name")[:1], output_field=CharField())


def _then(found: QuerySet[PartyOrganization], day: date) -> OrganizationsThen:
    return found.select_related("kind").annotate(
        name_then=_name_on(day),
        is_ended=_when(Q(valid_until__lte=day)),
        is_future=_when(Q(valid_from__gt=day)),
    )


def _counted(found: OrganizationsThen, day: date) -> OrganizationsThen:
    people = Tenure.objects.on(day).filter(organization=OuterRef("pk")).order_by().values("organization")
    below = OrganizationPlacement.objects.filter(parent=OuterRef("pk")).order_by()
    stand = below.filter(holds_on(day) & holds_on(day, "organization__")).values("parent")
    with_numbers: OrganizationsThen = found.annotate(
        in_post=_number(people.annotate(number=Count("official", distinct=True))),
        child_count=_number(stand.annotate(number=Count("pk"))),
        has_children=Exists(below.filter(_stood_there(day))),
    )
    return with_numbers


def _stands_there(day: date) -> Q:
    """Its placement holds on the day, or is the one it ended with."""
    stands = holds_on(day) & holds_on(day, "placements__")
    last = Q(placements__valid_until__isnull=True) | Q(placements__valid_until__gte=F("valid_until"))
    return stands | (Q(valid_until__lte=day) & last)


def _stood_there(day: date) -> Q:
    """The same question asked of a placement."""
    last = Q(valid_until__isnull=True) | Q(valid_until__gte=F("organization__valid_until"))
    return (holds_on(day) & holds_on(day, "organization__")) | (Q(organization__valid_until__lte=day) & last)


def _number(counting: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(counting.values("number")[:1], output_field=IntegerField()), 0)


def _when(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
