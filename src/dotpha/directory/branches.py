"""What stood below an organization on a day, by the dated placements: today's paths know only today's tree."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from dotpha.directory.models import OrganizationName, PartyOrganization, Position, Tenure


@dataclass(frozen=True, slots=True)
class Standing:
    """An organization on a day: what it was called, and which organization directly under the top it belongs to."""

    pk: int
    branch: int  # itself for the top and for what stands directly under it
    kind: int
    name: str
    is_top: bool = False


# The organization, the branch it lies in, how far below; both it and its placement hold on the day.
_DOWNWARDS = """
WITH RECURSIVE down (id, branch, level) AS (
  SELECT top.id, top.id, 0 FROM directory_partyorganization top
  WHERE top.id = %s AND top.valid_from <= %s AND (top.valid_until IS NULL OR top.valid_until > %s)
  UNION ALL
  SELECT place.organization_id, CASE WHEN down.level = 0 THEN place.organization_id ELSE down.branch END, down.level + 1
  FROM down
  JOIN directory_organizationplacement place ON place.parent_id = down.id
  JOIN directory_partyorganization below ON below.id = place.organization_id
  WHERE down.level < 20
    AND place.valid_from <= %s AND (place.valid_until IS NULL OR place.valid_until > %s)
    AND below.valid_from <= %s AND (below.valid_until IS NULL OR below.valid_until > %s)
)
"""
_KEYS = "SELECT down.id FROM down"
_NAMED = """
SELECT down.id, down.branch, down.level, here.kind_id, COALESCE((
  SELECT called.name FROM directory_organizationname called
  WHERE called.organization_id = down.id AND called.valid_from <= %s
  ORDER BY called.valid_from DESC, called.id DESC LIMIT 1), here.name)
FROM down JOIN directory_partyorganization here ON here.id = down.id
"""


def standing_under(top: PartyOrganization, *, day: date) -> dict[int, Standing]:
    """The organization and everything below it as the tree was on the day, by key. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWNWARDS + _NAMED, [top.pk, *[day] * 7])
        found = cursor.fetchall()
    return {pk: Standing(pk, branch, kind, name, not level) for pk, branch, level, kind, name in found}


def in_posts_under(top: PartyOrganization, positions: Collection[Position], *, day: date) -> QuerySet[Tenure]:
    """Who held one of these posts on the day, there or below, the highest post of each person first."""
    below = RawSQL(_DOWNWARDS + _KEYS, [top.pk, *[day] * 6])  # noqa: S611  a key and days, no text
    held: QuerySet[Tenure] = Tenure.objects.on(day).filter(
        position__in=[each.pk for each in positions], organization__in=below
    )
    return held.select_related("official", "position").order_by("position__rank", "valid_from", "pk")


def names_on(keys: Collection[int], *, day: date) -> dict[int, str]:
    """What these organizations were called on the day. One statement."""
    begun = OrganizationName.objects.filter(organization=OuterRef("pk"), valid_from__lte=day)
    name = Coalesce(Subquery(begun.order_by("-valid_from", "-pk").values("name")[:1]), F("name"))
    named = PartyOrganization.objects.filter(pk__in=keys).annotate(name_then=name)
    return dict(named.order_by().values_list("pk", "name_then"))
