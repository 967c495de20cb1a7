"""What the files of data/ say, read into shapes with names. Plain Python: no database."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from dotpha.directory.models import Function


class Account(NamedTuple):
    """One line of the sign-in page in demo mode."""

    username: str
    label: str  # "Mạc Đình Sơn, Bí thư Đảng ủy xã"
    function: str  # "Người chủ trì"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    code: str
    name: str
    kind: str
    parent: str | None
    since: date
    ends: bool
    into: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    position: str
    organization: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    code: str
    name: str
    born: int | None
    managed_by: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A body with its only term, if it has one; members in order as (official, role)."""

    organization: str
    name: str
    kind: str
    since: date
    term: str | None
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An account's function in one world."""

    username: str
    official: str
    label: str
    function: Function
    organization: str
    since: date
    reason: str
    world: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A kind of organizations or a post that registers, by its code."""

    code: str
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A register that came in as a file of data/."""

    file: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What was changed when a sheet was taken back and sent again."""

    at: datetime
    reason: str
    situation: str
    indicator: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A task written on the web, of an organization or of an official; `supports` is a key or a title."""

    by: str
    at: datetime
    content: Mapping[str, Any]
    key: str = ""
    organization: str = ""
    official: str = ""
    supports: str = ""
    is_draft: bool = False
    again: Again | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    move: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign and everything that happened in it; days without a zone are the office's."""

    key: str
    committee: str
    year: int
    title: str
    guidance: str
    opens_on: date
    closes_on: date
    clerk: str
    appraiser: str
    prepared_at: datetime
    data_day: date | None = None
    kinds: tuple[Asked, ...] = ()
    positions: tuple[Asked, ...] = ()
    registers: tuple[Incoming, ...] = ()
    moves: tuple[Move, ...] = ()
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def opening() -> date:
    """The day from which the demo was kept: the start of the district's term."""
    day: date = _period("huyen")[0]
    return day


def reform() -> tuple[date, str]:
    """The day the district level ended, and the reason written beside everything that changed that day."""
    said = _read("organizations")
    return said["reform"], said["reform_reason"]


def organizations() -> list[Organization]:
    """Every organization, parents before children."""
    said = _read("organizations")
    return [
        Organization(
            code=each["code"],
            name=each["name"],
            kind=each["kind"],
            parent=each.get("parent"),
            since=each.get("from", said["since"]),
            ends=each.get("ended", False),
            into=each.get("into"),
        )
        for each in said["organization"]
    ]


def people() -> list[Person]:
    return [
        Person(
            code=each["code"],
            name=each["name"],
            born=each.get("born"),
            managed_by=each["managed_by"],
            posts=tuple(_post(*post) for post in each["posts"]),
        )
        for each in _read("officials")["official"]
    ]


def _post(position: str, organization: str, *days: date | str) -> Post:
    said = [_period(days[0])] if isinstance(days[0], str) else [list(days)]
    since, until = (*said[0], None)[:2]
    return Post(position=position, organization=organization, since=since, until=until)


def _period(name: str) -> list[Any]:
    return list(_read("officials")["periods"][name])


def boards() -> list[Board]:
    return [
        Board(
            organization=each["organization"],
            name=each["name"],
            kind=each["kind"],
            since=_period(each["period"])[0],
            term=each.get("term"),
            members=tuple((official, role) for official, role in each.get("members", ())),
        )
        for each in _read("bodies")["body"]
    ]


def campaigns() -> list[Campaign]:
    """In the order they were prepared."""
    return [_campaign(dict(each)) for each in _read("campaigns")["campaign"]]


def _campaign(said: dict[str, Any]) -> Campaign:
    rows: dict[str, Any] = {
        "kinds": tuple(Asked(**row) for row in said.pop("kinds")),
        "positions": tuple(Asked(**row) for row in said.pop("positions")),
        "registers": tuple(Incoming(**row) for row in said.pop("registers")),
        "moves": tuple(Move(**row) for row in said.pop("moves")),
        "sheets": tuple(_sheet(dict(row)) for row in said.pop("sheet", ())),
    }
    return Campaign(**said, **rows)


def _sheet(said: dict[str, Any]) -> Sheet:
    again = said.pop("again", None)
    return Sheet(**said, again=Again(**again) if again else None)


def file(name: str) -> bytes:
    """A register of the demo as it came in."""
    return (files(__package__) / "data" / name).read_bytes()


def duties() -> list[Duty]:
    return [
        Duty(
            username=each["username"],
            official=each["official"],
            label=each["label"],
            function=Function(each["function"]),
            organization=each["at"],
            since=each.get("since", world["since"]),
            reason=world["reason"],
            world=world["label"],
        )
        for world in _read("accounts")["world"]
        for each in world["accounts"]
    ]


def technical_administrator() -> Duty:
    return next(duty for duty in duties() if duty.function == Function.TECHNICAL_ADMINISTRATOR)


def first_presider(world: str) -> Duty:
    return next(duty for duty in duties() if duty.function == Function.PRESIDER and duty.world == world)


def worlds() -> list[tuple[str, list[Account]]]:
    """Who may be chosen on the sign-in page, world by world; who works in both stands in both."""
    names, found = {person.code: person.name for person in people()}, dict[str, list[Account]]()
    for duty in duties():
        account = Account(duty.username, f"{names[duty.official]}, {duty.label}", duty.function.label)
        found.setdefault(duty.world, []).append(account)
    return list(found.items())


def accounts() -> list[Account]:
    """All of them, in the order of the sign-in page."""
    return [account for _, accounts in worlds() for account in accounts]
