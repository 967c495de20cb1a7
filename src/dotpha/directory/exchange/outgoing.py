"""What an export holds: the part of the tree a person may export, as it was on a day, one row at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from dotpha.accounts.models import User
from dotpha.directory import policy
from dotpha.directory.exchange.rows import OfficialRow, OrganizationRow, SeatRow, TenureRow
from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    Membership,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
    Tenure,
)
from dotpha.directory.policy import Deed

_AT_ONCE = 2_000  # rows read from the database at a time; the workbook may be any size


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`day` is the day the directory is looked at; `on` is today, whose grants decide what may be exported."""

    by: User
    day: date
    on: date

    def _mine(self) -> QuerySet[PartyOrganization]:
        return policy.visible_to(self.by, on=self.on, deed=Deed.EXPORT_DIRECTORY)

    def organizations(self) -> Iterator[OrganizationRow]:
        """In the order of the tree, a parent always before what stands below it."""
        last_place = OrganizationPlacement.objects.filter(organization=OuterRef("pk"), valid_from__lte=self.day)
        last_place = last_place.order_by("-valid_from", "-pk")
        found = self._mine().filter(valid_from__lte=self.day).select_related("kind", "successor")
        found = found.annotate(
            name_then=_name(self.day, "pk"),
            parent_then=Subquery(last_place.values("parent__code")[:1]),
            parent_name_then=Subquery(last_place.values("parent__name")[:1]),
            placed_from=Subquery(last_place.values("valid_from")[:1]),
        )
        for each in found.order_by("path").iterator(chunk_size=_AT_ONCE):
            placed: Any = each
            yield OrganizationRow(
                code=each.code, name=placed.name_then or each.name, kind=each.kind.label,
                parent=placed.parent_then or "", parent_name=placed.parent_name_then or "",
                from_day=each.valid_from, placed_from=placed.placed_from, until_day=each.valid_until,
                successor=each.successor.code if each.successor else "",
            )  # fmt: skip

    def officials(self) -> Iterator[OfficialRow]:
        visible = policy.officials_visible_to(self.by, on=self.on, deed=Deed.EXPORT_DIRECTORY)
        last = CadreManagement.objects.filter(official=OuterRef("pk"), valid_from__lte=self.day)
        last = last.order_by("-valid_from", "-pk")
        found = visible.annotate(
            manager=Subquery(last.values("organization__code")[:1]),
            manager_name=Subquery(last.values("organization__name")[:1]),
            managed_from=Subquery(last.values("valid_from")[:1]),
        )
        for each in found.order_by("order_key", "pk").iterator(chunk_size=_AT_ONCE):
            managed: Any = each
            yield OfficialRow(
                code=each.code, full_name=each.full_name, birth_year=each.birth_year,
                is_party_member=each.is_party_member, manager=managed.manager or "",
                manager_name=managed.manager_name or "", managed_from=managed.managed_from,
            )  # fmt: skip

    def tenures(self) -> Iterator[TenureRow]:
        """Posts held on the day and before it."""
        found = Tenure.objects.filter(organization__in=self._mine().values("pk"), valid_from__lte=self.day)
        found = found.select_related("official", "position", "organization").annotate(
            organization_then=_name(self.day, "organization")
        )
        order = ("organization__path", "position__rank", "position__label", "valid_from", "pk")
        for each in found.order_by(*order).iterator(chunk_size=_AT_ONCE):
            named: Any = each
            yield TenureRow(
                official=each.official.code, official_name=each.official.full_name, position=each.position.label,
                organization=each.organization.code,
                organization_name=named.organization_then or each.organization.name,
                from_day=each.valid_from, until_day=each.valid_until, reason=each.reason,
            )  # fmt: skip

    def seats(self) -> Iterator[SeatRow]:
        """Members of bodies; then bodies without a term and terms without a member, which would be lost else."""
        mine = self._mine().values("pk")
        seats = Membership.objects.filter(term__body__organization__in=mine, valid_from__lte=self.day)
        seats = seats.select_related("official", "term__body__organization")
        order = ("term__body__organization__path", "term__body__name", "term__valid_from", "order", "pk")
        for seat in seats.order_by(*order).iterator(chunk_size=_AT_ONCE):
            yield SeatRow(
                **_of_body(seat.term.body), **_of_term(seat.term),
                official=seat.official.code, official_name=seat.official.full_name, role=seat.role, order=seat.order,
                from_day=seat.valid_from, until_day=seat.valid_until,
            )  # fmt: skip
        terms = CommitteeTerm.objects.filter(body__organization__in=mine, valid_from__lte=self.day)
        empty = terms.exclude(Q(memberships__valid_from__lte=self.day)).select_related("body__organization")
        for term in empty.order_by("body__organization__path", "pk").iterator(chunk_size=_AT_ONCE):
            yield SeatRow(**_of_body(term.body), **_of_term(term))
        bodies = Body.objects.filter(organization__in=mine, valid_from__lte=self.day)
        bare = bodies.exclude(Q(terms__valid_from__lte=self.day)).select_related("organization")
        for body in bare.order_by("organization__path", "pk").iterator(chunk_size=_AT_ONCE):
            yield SeatRow(**_of_body(body))

    def count(self) -> int:
        """How many organizations, for the page and for the trace."""
        return self._mine().filter(valid_from__lte=self.day).count()


def outgoing(*, by: User, day: date, on: date) -> Outgoing:
    return Outgoing(by, day, on)


def _of_body(body: Body) -> dict[str, Any]:
    return {
        "organization": body.organization.code, "organization_name": body.organization.name, "body": body.name,
        "body_kind": body.kind, "body_from": body.valid_from, "body_until": body.valid_until,
    }  # fmt: skip


def _of_term(term: CommitteeTerm) -> dict[str, Any]:
    return {"term": term.name, "term_from": term.valid_from, "term_until": term.valid_until}


def _name(day: date, organization: str) -> Subquery:
    begun = OrganizationName.objects.filter(organization=OuterRef(organization), valid_from__lte=day)
    return Subquery(begun.order_by("-valid_from", "-pk").values("name")[:1])
