"""What the directory knows of the codes in a workbook, read in a fixed number of queries per thousand of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q

from dotpha.accounts.models import User
from dotpha.directory import policy
from dotpha.directory.actions.authority import places_over
from dotpha.directory.exchange.rows import Batch
from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    Membership,
    Official,
    OrganizationKind,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
    Position,
    Tenure,
)
from dotpha.directory.models.organizations import STEP
from dotpha.directory.policy import Deed
from dotpha.rules.vietnamese.text import fold, tidy

_CHUNK = 1_000


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, _CHUNK)):
        yield part


def word(text: str) -> str:
    """How labels are compared: without case, accents and spare spaces.

    >>> word(" Đảng bộ  XÃ ")
    'dang bo xa'
    """
    return fold(tidy(text))


class Known:
    """The directory as far as a workbook speaks of it. Planning a row changes these objects, never the database."""

    def __init__(self, batch: Batch, *, by: User, on: date) -> None:
        self.on = on
        self.as_of = batch.as_of
        self.by = by
        self.grants = [grant for grant in policy.grants_of(by, on=on) if grant.organization.path]
        self.scopes = [
            grant.organization.path for grant in self.grants if grant.function in policy.WHO_MAY[Deed.IMPORT_DIRECTORY]
        ]
        self._read_catalogues()
        self._read_organizations(batch)
        self._read_officials(batch, by)
        self._read_posts()
        self._read_bodies(batch)

    def _read_catalogues(self) -> None:
        self.kinds: dict[str, OrganizationKind] = {}
        for kind in OrganizationKind.objects.order_by("-rank", "-pk"):
            self.kinds[word(kind.label)] = self.kinds[kind.code] = kind
        self.positions: dict[str, Position] = {}
        self.position_by_pk: dict[int, Position] = {}
        for position in Position.objects.order_by("-rank", "-pk"):
            self.positions[word(position.label)] = self.positions[position.code] = position
            self.position_by_pk[position.pk] = position

    def _read_organizations(self, batch: Batch) -> None:
        codes = {code for row in batch.organizations for code in (row.code, row.parent, row.successor)}
        codes |= {row.organization for row in batch.tenures} | {row.organization for row in batch.seats}
        codes |= {row.manager for row in batch.officials}
        self.by_pk: dict[int, PartyOrganization] = {}
        self._take(Q(code__in=part) for part in chunks(sorted(codes - {""})))
        above = {
            int(each.path[at : at + STEP]) for each in self.by_pk.values() for at in range(0, len(each.path), STEP)
        }
        self._take(Q(pk__in=part) for part in chunks(sorted(above - self.by_pk.keys())))
        for each in self.by_pk.values():
            if each.parent_id is not None:
                each.parent = self.by_pk[each.parent_id]
        self.organizations = {each.code: each for each in self.by_pk.values()}
        self.fresh: set[str] = set()  # codes founded by this workbook
        self.children: dict[int, list[PartyOrganization]] = defaultdict(list)
        ending = [row.code for row in batch.organizations if row.until_day is not None]
        parents = [self.organizations[code].pk for code in ending if code in self.organizations]
        for part in chunks(parents):
            for child in PartyOrganization.objects.filter(parent__in=part).order_by("order_key", "pk"):
                self.children[child.parent_id or 0].append(self.organizations.get(child.code, child))
        self._read_histories()

    def _take(self, wanted: Iterable[Q]) -> None:
        for condition in wanted:
            for each in PartyOrganization.objects.filter(condition).select_related("kind"):
                self.by_pk[each.pk] = each

    def _read_histories(self) -> None:
        """The last name and place of each, and those of the day the workbook was exported for."""
        self.names: dict[int, OrganizationName] = {}
        self.places: dict[int, OrganizationPlacement] = {}
        self.names_then: dict[int, str] = {}
        self.parents_then: dict[int, int | None] = {}
        self.former_names: dict[int, list[str]] = defaultdict(list)
        for part in chunks(sorted(self.by_pk)):
            for name in OrganizationName.objects.filter(organization__in=part).order_by("valid_from", "pk"):
                self.names[name.organization_id] = name
                self.former_names[name.organization_id].append(name.name)
                if self.as_of and name.valid_from <= self.as_of:
                    self.names_then[name.organization_id] = name.name
            for place in OrganizationPlacement.objects.filter(organization__in=part).order_by("valid_from", "pk"):
                self.places[place.organization_id] = place
                if self.as_of and place.valid_from <= self.as_of:
                    self.parents_then[place.organization_id] = place.parent_id

    def _read_officials(self, batch: Batch, by: User) -> None:
        codes = {row.code for row in batch.officials} | {row.official for row in batch.tenures}
        codes |= {row.official for row in batch.seats}
        self.officials: dict[str, Official] = {}
        self.visible: set[int] = set()
        visible = policy.officials_visible_to(by, on=self.on, deed=Deed.IMPORT_DIRECTORY)
        for part in chunks(sorted(codes - {""})):
            for each in Official.objects.filter(code__in=part):
                self.officials[each.code] = each
            self.visible.update(visible.filter(code__in=part).values_list("pk", flat=True))
        self.management: dict[int, CadreManagement] = {}
        self.management_then: dict[int, CadreManagement] = {}
        for part in chunks(sorted(each.pk for each in self.officials.values())):
            found = CadreManagement.objects.filter(official__in=part).select_related("organization")
            for management in found.order_by("valid_from", "pk"):
                self.management[management.official_id] = management
                if self.as_of and management.valid_from <= self.as_of:
                    self.management_then[management.official_id] = management
        self.over: set[int] = set()  # whose record is this person's to change
        told = {self.officials[row.code].pk for row in batch.officials if row.code in self.officials}
        for part in chunks(sorted(told & self.visible)):
            places = places_over(part, on=self.on)
            self.over.update(pk for pk in part if any(self.is_mine(place) for place in places[pk]))
        self.fresh_officials: set[str] = set()

    def _read_posts(self) -> None:
        """Every post ever held at the organizations of the workbook, by organization and position."""
        self.tenures: dict[tuple[str, int], list[Tenure]] = defaultdict(list)
        for part in chunks(sorted(self.by_pk)):
            held = Tenure.objects.filter(organization__in=part).select_related("official").order_by("valid_from", "pk")
            for tenure in held:
                tenure.organization = self.by_pk[tenure.organization_id]
                tenure.position = self.position_by_pk[tenure.position_id]
                self.tenures[tenure.organization.code, tenure.position_id].append(tenure)

    def _read_bodies(self, batch: Batch) -> None:
        self.bodies: dict[str, list[Body]] = defaultdict(list)
        self.terms: dict[int, list[CommitteeTerm]] = defaultdict(list)  # by id() of the body: a new one has no key
        self.seats: dict[int, list[Membership]] = defaultdict(list)  # by id() of the term
        codes = {row.organization for row in batch.seats} & self.organizations.keys()
        bodies: dict[int, Body] = {}
        for part in chunks(sorted(self.organizations[code].pk for code in codes)):
            for body in Body.objects.filter(organization__in=part).order_by("valid_from", "pk"):
                body.organization = self.by_pk[body.organization_id]
                bodies[body.pk] = body
                self.bodies[body.organization.code].append(body)
        terms: dict[int, CommitteeTerm] = {}
        for part in chunks(sorted(bodies)):
            for term in CommitteeTerm.objects.filter(body__in=part).order_by("valid_from", "pk"):
                term.body = bodies[term.body_id]
                terms[term.pk] = term
                self.terms[id(term.body)].append(term)
        for part in chunks(sorted(terms)):
            seats = Membership.objects.filter(term__in=part).select_related("official").order_by("valid_from", "pk")
            for seat in seats:
                seat.term = terms[seat.term_id]
                self.seats[id(seat.term)].append(seat)

    # Questions

    def name_then(self, organization: PartyOrganization) -> str:
        """The name a workbook of that day shows for it."""
        return self.names_then.get(organization.pk, organization.name)

    def parent_then(self, organization: PartyOrganization) -> PartyOrganization | None:
        if organization.pk not in self.parents_then:
            return organization.parent
        parent = self.parents_then[organization.pk]
        return None if parent is None else self.by_pk.get(parent)

    def manages_then(self, official: Official) -> CadreManagement | None:
        return self.management_then.get(official.pk) or self.management.get(official.pk)

    def is_mine(self, organization: PartyOrganization) -> bool:
        """Whether the person may import there: its path is below a grant, or it is founded below one that is."""
        path = self._path(organization)
        return any(path.startswith(scope) for scope in self.scopes)

    def widens(self, organization: PartyOrganization, parent: PartyOrganization) -> bool:
        """Whether the person would have functions at the organization under `parent` that he has not there now."""
        here, there = self._path(organization), self._path(parent)
        had = {grant.function for grant in self.grants if here.startswith(grant.organization.path)}
        return any(there.startswith(each.organization.path) and each.function not in had for each in self.grants)

    @staticmethod
    def _path(organization: PartyOrganization) -> str:
        """Its path, or of one that is still to be founded the path of what it is founded below."""
        above: PartyOrganization | None = organization
        while above is not None and above.pk is None:
            above = above.parent
        return above.path if above is not None else ""

    def is_own(self, official: Official) -> bool:
        return official.user_id == self.by.pk

    def may_change(self, official: Official) -> bool:
        return official.code in self.fresh_officials or official.pk in self.over

    def is_my_official(self, official: Official) -> bool:
        return official.code in self.fresh_officials or official.pk in self.visible
