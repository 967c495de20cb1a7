"""The map of some organizations: each collective task with the individuals' tasks tied to it, and what is tied to none.

The same number of queries for one organization and for a page of them; of a very large one the first tasks are shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from dotpha.directory.models import PartyOrganization
from dotpha.interfaces.web.task_map.asked import Asked, Only
from dotpha.interfaces.web.task_map.ties import TIE_SHAPES, Tie, carried, tied, why_not_served
from dotpha.interfaces.web.task_map.words import collective_words, individual_words, owner_words
from dotpha.registration.queries import links
from dotpha.registration.queries.links import Leads

MOST, MOST_OF_ONE = 60, 400  # tasks of one organization drawn among others, and when it is looked at by itself
_ORDER = ("order_key", "number")
_COLLECTIVE = ("pk", "organization", "title", "is_carried")
_INDIVIDUAL = (
    "pk", "organization", "title", "registrant__name", "registrant__post", "organization__name", "leads", "tie",
    "supports", "supports__organization", "supports__registrant__name", "current__parent_title",
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Individual:
    key: int
    title: str
    owner: str
    tie: Tie
    words: str  # how it is tied, short enough for a drawing
    why: str  # the same in full

    @property
    def shape(self) -> str:
        return TIE_SHAPES[self.tie]


@dataclass(frozen=True, slots=True)
class Collective:
    """`is_named`: known from what an individual's sheet names, and not among the tasks shown here; `owner` then says
    whose it is, which otherwise the heading says."""

    key: int
    title: str
    owner: str
    words: str = ""
    is_carried: bool = True
    is_named: bool = False
    is_open: bool = True  # may be read by who looks

    @property
    def shape(self) -> str:
        """The sign before its words."""
        return "met" if self.is_carried else "routine"


@dataclass(frozen=True, slots=True)
class Group:
    """A collective task and what is tied to it; without one, a task that is tied to nothing."""

    collective: Collective | None
    individuals: Sequence[Individual] = ()


@dataclass(slots=True)
class OrganizationMap:
    organization: PartyOrganization
    groups: list[Group] = field(default_factory=list)
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    collective: dict[int, list[Row]]  # by organization
    own: dict[int, list[Row]]  # individuals' tasks, by their organization
    tied: dict[int, list[Row]]  # individuals' tasks, by the collective task they name
    why: dict[int, str]
    open: set[int]


def organizations(collective: QuerySet[Any], individuals: QuerySet[Any], only: Only | None) -> QuerySet[Any]:
    """Whose maps there are: organizations with something of what is asked for, in Vietnamese order."""
    theirs = Q(pk__in=[])
    if only in (None, Only.UNCARRIED):
        asked = collective.filter(is_carried=False) if only else collective
        theirs |= Q(pk__in=asked.values("organization"))
    if only is not Only.UNCARRIED:
        theirs |= Q(pk__in=_only(individuals, only).values("organization"))
    return PartyOrganization.objects.filter(theirs).order_by("order_key", "pk")


def branches(tasks: QuerySet[Any]) -> QuerySet[PartyOrganization]:
    """Branches with a task that the person may read."""
    return PartyOrganization.objects.filter(pk__in=tasks.values("registrant__branch")).order_by("order_key", "pk")


def maps_of(tasks: QuerySet[Any], organizations: Sequence[PartyOrganization], asked: Asked) -> list[OrganizationMap]:
    """The maps of these organizations as far as `tasks` may be read."""
    most = MOST_OF_ONE if asked.organization is not None else MOST
    found = _found(tasks, [each.pk for each in organizations], asked.only, most)
    return [_map_of(organization, found, most) for organization in organizations]


def _found(readable: QuerySet[Any], organizations: Iterable[int], only: Only | None, most: int) -> Found:
    """Five queries at most."""
    here, people = Q(organization__in=organizations), tied(links.individual_tasks(readable))
    collective: list[Row] = []
    if only in (None, Only.UNCARRIED):
        tasks = carried(links.collective_tasks(readable).filter(here))
        tasks = tasks.filter(is_carried=False) if only else tasks
        collective = _first(tasks, most, "organization", _COLLECTIVE)
    own = [] if only is Only.UNCARRIED else _first(_only(people.filter(here), only), most, "organization", _INDIVIDUAL)
    keys = {row["pk"] for row in collective}
    beside = people.filter(supports__in=keys).exclude(pk__in=[row["pk"] for row in own])
    others = _first(beside, most, "supports", _INDIVIDUAL) if keys else []
    named = {row["supports"] for row in own} - keys - {None}
    opened = set(readable.filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    unfit = [row["pk"] for row in (*own, *others) if row["tie"] == Tie.MISTIED and row["leads"] == Leads.HERE]
    return Found(
        _by(collective, "organization"), _by(own, "organization"), _by([*own, *others], "supports"),
        dict(why_not_served(unfit)), keys | opened,
    )  # fmt: skip


def _only(people: QuerySet[Any], only: Only | None) -> QuerySet[Any]:
    ties = {Only.UNTIED: Tie.UNTIED, Only.MISTIED: Tie.MISTIED}
    return people if only is None else people.filter(tie=ties[only].value)


def _first(tasks: QuerySet[Any], most: int, of_each: str, columns: Sequence[str]) -> list[Row]:
    """The first of each, and one more, which tells that there are more."""
    place = Window(RowNumber(), partition_by=[F(of_each)], order_by=[F(name).asc() for name in _ORDER])
    return list(tasks.annotate(place=place).filter(place__lte=most + 1).order_by(*_ORDER).values(*columns))


def _by(rows: Iterable[Row], column: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _map_of(organization: PartyOrganization, found: Found, most: int) -> OrganizationMap:
    collective, own = found.collective.get(organization.pk, []), found.own.get(organization.pk, [])
    drawn = OrganizationMap(organization, is_cut=len(collective) > most or len(own) > most)
    for row in collective[:most]:
        tied_here = _individuals(found.tied.get(row["pk"], [])[:most], organization, found)
        drawn.groups.append(Group(_collective(row, tied_here), tied_here))
    drawn_keys = {row["pk"] for row in collective[:most]}
    named = [row for row in own[:most] if row["supports"] is not None and row["supports"] not in drawn_keys]
    for key, rows in _by(named, "supports").items():
        drawn.groups.append(Group(_named(rows[0], key in found.open), _individuals(rows, organization, found)))
    untied = [row for row in own[:most] if row["supports"] is None]
    drawn.groups += [Group(None, [each]) for each in _individuals(untied, organization, found)]
    return drawn


def _collective(row: Row, individuals: Sequence[Individual]) -> Collective:
    words = collective_words(row["is_carried"], [each.tie for each in individuals])
    return Collective(row["pk"], row["title"], "", words, row["is_carried"])


def _named(row: Row, is_open: bool) -> Collective:
    title, owner = row["current__parent_title"], row["supports__registrant__name"]
    return Collective(row["supports"], title, owner, is_named=True, is_open=is_open)


def _individuals(rows: Iterable[Row], organization: PartyOrganization, found: Found) -> list[Individual]:
    return [_individual(row, organization, found.why.get(row["pk"], "")) for row in rows]


def _individual(row: Row, organization: PartyOrganization, why: str) -> Individual:
    place = row["organization__name"] if row["organization"] != organization.pk else ""
    owner = owner_words(row["registrant__name"], row["registrant__post"], place)
    tie = Tie(row["tie"])
    words, told = individual_words(tie, Leads(row["leads"]), row["current__parent_title"], why)
    return Individual(row["pk"], row["title"], owner, tie, words, told)
