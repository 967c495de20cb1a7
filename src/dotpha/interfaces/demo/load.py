"""Write the demo committee into an empty database, deed by deed, each on the day it was done.

The story is told as if the software had been there from the start: the district sets up its directory at its
congress of 2020, changes a secretary in 2022, ends with its level on 1/7/2025, and the commune goes on. So the trail
reads like a trail, and every rule an action checks has been checked.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.directory import actions
from dotpha.directory.account_actions import create_demo_account
from dotpha.directory.beginning import is_empty
from dotpha.directory.catalogue import kinds, positions
from dotpha.directory.grants import give_grant
from dotpha.directory.models import Function, Official, OrganizationKind, PartyOrganization, Position, Tenure
from dotpha.interfaces.demo import facts
from dotpha.interfaces.demo.campaigns import Stage, play

MORNING = time(8)  # deeds of a day are written down at its start


class NotEmpty(Exception):
    """The database holds something already; the demo is never mixed with it."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What has been written, by the codes of the files."""

    organizations: dict[str, PartyOrganization] = field(default_factory=dict)
    officials: dict[str, Official] = field(default_factory=dict)
    tenures: dict[tuple[str, facts.Post], Tenure] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def holds_demo() -> bool:
    return User.objects.filter(is_demo=True).exists()


@transaction.atomic
def load(*, with_sheets: bool = True) -> None:
    """Write everything, or nothing. Without sheets, what people write on the web is left for somebody to write.

    Raises:
        NotEmpty: there are organizations, people or accounts already.
    """
    if not is_empty():
        raise NotEmpty
    written, opening = _Written(), facts.opening()
    reform, reason = facts.reform()
    _catalogue()
    _live(written, date.min, opening)
    changes = sorted({post.until for person in facts.people() for post in person.posts if post.until} - {reform})
    _play(written, opening, reform, with_sheets=with_sheets)
    for day in changes:
        _live(written, opening, day)
        opening = day
    _found(written, opening, reform)
    _reform(written, reform, reason)
    _live(written, opening, reform)
    _play(written, reform, date.max, with_sheets=with_sheets)


def _live(written: _Written, after: date, day: date) -> None:
    """Everything that began after one day and until another, written down on the other; foundings come first."""
    at = _morning(day)
    _found(written, after, day)
    _people(written, after, day, at)
    _boards(written, after, day, at)
    _duties(written, after, day, at)


def _play(written: _Written, after: date, until: date, *, with_sheets: bool) -> None:
    """The campaigns prepared between two days; what the district registered lies before anything changed in it."""
    stage = Stage(written.organizations, written.users)
    for told in facts.campaigns():
        if after <= told.prepared_at.date() < until:
            play(told if with_sheets else replace(told, sheets=()), stage)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


def _catalogue() -> None:
    OrganizationKind.objects.bulk_create(kinds())
    Position.objects.bulk_create(positions())


def _found(written: _Written, after: date, day: date) -> None:
    known = {kind.code: kind for kind in OrganizationKind.objects.all()}
    for each in facts.organizations():
        if after < each.since <= day and each.code not in written.organizations:
            written.organizations[each.code] = actions.found_organization(
                code=each.code,
                name=each.name,
                kind=known[each.kind],
                parent=written.organizations[each.parent] if each.parent else None,
                from_day=each.since,
                by=None,
                at=_morning(day),
            )


def _people(written: _Written, after: date, day: date, at: datetime) -> None:
    posts = {position.code: position for position in Position.objects.all()}
    for person in facts.people():
        for (code, post), tenure in list(written.tenures.items()):
            if code == person.code and post.until == day and _is_open(tenure):
                actions.end_tenure(tenure=tenure, on=day, by=None, at=at)
    for person in facts.people():
        for post in person.posts:
            if not after < post.since <= day:
                continue
            if person.code not in written.officials:
                written.officials[person.code] = actions.record_official(
                    code=person.code,
                    full_name=person.name,
                    birth_year=person.born,
                    managed_by=written.organizations[person.managed_by],
                    from_day=post.since,
                    by=None,
                    at=at,
                )
            written.tenures[person.code, post] = actions.begin_tenure(
                official=written.officials[person.code],
                position=posts[post.position],
                organization=written.organizations[post.organization],
                from_day=post.since,
                by=None,
                at=at,
            )


def _is_open(tenure: Tenure) -> bool:
    return Tenure.objects.filter(pk=tenure.pk, valid_until=None).exists()


def _boards(written: _Written, after: date, day: date, at: datetime) -> None:
    for board in facts.boards():
        if not after < board.since <= day:
            continue
        body = actions.found_body(
            organization=written.organizations[board.organization],
            name=board.name,
            kind=board.kind,
            from_day=board.since,
            by=None,
            at=at,
        )
        if board.term is None:
            continue
        term = actions.begin_term(body=body, name=board.term, from_day=board.since, by=None, at=at)
        for order, (official, role) in enumerate(board.members, start=1):
            actions.begin_membership(
                term=term,
                official=written.officials[official],
                role=role,
                order=order,
                from_day=board.since,
                by=None,
                at=at,
            )


def _reform(written: _Written, day: date, reason: str) -> None:
    """Communes merge into new ones, which take what stood below; the district's agencies end, then the district."""
    at, ending = _morning(day), [each for each in facts.organizations() if each.ends]
    for into in dict.fromkeys(each.into for each in ending if each.into):
        merging = [_now(written, each.code) for each in ending if each.into == into]
        actions.merge_organizations(
            organizations=merging, into=written.organizations[into], on=day, by=None, at=at, reason=reason
        )
    for each in reversed([each for each in ending if not each.into]):
        organization = _now(written, each.code)
        actions.end_organization(
            organization=organization, version=organization.version, on=day, by=None, at=at, reason=reason
        )
    for code in written.organizations:
        _now(written, code)
    _pass_on(written, day, at, reason)


def _now(written: _Written, code: str) -> PartyOrganization:
    organization = written.organizations[code]
    organization.refresh_from_db()
    return organization


def _pass_on(written: _Written, day: date, at: datetime, reason: str) -> None:
    """Officials whom the district managed and who go on are managed by the commune they go to."""
    parents = {each.code: each.parent for each in facts.organizations()}
    orphaned = {each.code for each in facts.organizations() if each.ends and not each.into}
    for person in facts.people():
        place = next((post.organization for post in person.posts if post.since == day), None)
        if place is None or person.managed_by not in orphaned:
            continue
        commune = place if parents[parents[place] or ""] is None else parents[place]
        actions.set_management(
            official=written.officials[person.code],
            organization=written.organizations[commune or ""],
            from_day=day,
            by=None,
            at=at,
            reason=reason,
        )


def _duties(written: _Written, after: date, day: date, at: datetime) -> None:
    """The system makes the technical administrator, who makes the accounts and each world's first presider."""
    beginning = [duty for duty in facts.duties() if after < duty.since <= day]
    beginning.sort(key=lambda duty: duty.function != Function.TECHNICAL_ADMINISTRATOR)  # the rest stays in order
    for duty in beginning:
        if duty.username not in written.users:
            written.users[duty.username] = _account(written, duty, at)
        give_grant(
            user=written.users[duty.username],
            function=duty.function,
            organization=written.organizations[duty.organization],
            valid_from=duty.since,
            reason=duty.reason,
            by=_giver(written, duty),
            at=at,
        )


def _account(written: _Written, duty: facts.Duty, at: datetime) -> User:
    official = written.officials[duty.official]
    administrator = written.users.get(facts.technical_administrator().username)
    return create_demo_account(official=official, username=duty.username, by=administrator, at=at)


def _giver(written: _Written, duty: facts.Duty) -> User | None:
    administrator = facts.technical_administrator()
    if duty == administrator:
        return None
    first = facts.first_presider(duty.world)
    return written.users[administrator.username if duty == first else first.username]
