"""Reading the trail: what a person may see of it, what was asked for, and one page of it by number."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from dotpha.core.models import AuditEvent
from dotpha.core.sentences import verbs, verbs_saying
from dotpha.rules.vietnamese.text import fold, tidy

PAGE = 50
_WORDS = 8  # of a search; more say nothing more

Events = QuerySet[AuditEvent]
Keys = QuerySet[Any]  # primary keys, never run on its own: it becomes part of the one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the reader asks for; nothing asked is everything."""

    actors: Keys | None = None
    group: str = ""
    scopes: Keys | None = None
    target: tuple[str, str] | None = None  # kind and id
    since: datetime | None = None
    before: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Events newest first; `older` and `newer` are the numbers to go on from, None at either end."""

    events: tuple[AuditEvent, ...] = field(default=())
    older: int | None = None
    newer: int | None = None


def events_in(scopes: Keys, *, with_unscoped: bool) -> Events:
    """Events of these organizations; those of none in particular only when asked for."""
    seen = Q(scope__in=scopes)
    return AuditEvent.objects.filter(seen | Q(scope=None) if with_unscoped else seen)


def matching(events: Events, wanted: Wanted) -> Events:
    if wanted.actors is not None:
        events = events.filter(actor__in=wanted.actors)
    if wanted.group:
        events = events.filter(verb__in=[verb for verb in verbs() if verb.partition(".")[0] == wanted.group])
    if wanted.scopes is not None:
        events = events.filter(scope__in=wanted.scopes)
    if wanted.target is not None:
        events = events.filter(target_kind=wanted.target[0], target_id=wanted.target[1])
    if wanted.since is not None:
        events = events.filter(at__gte=wanted.since)
    if wanted.before is not None:
        events = events.filter(at__lt=wanted.before)
    for word in fold(tidy(wanted.words)).split()[:_WORDS]:
        events = events.filter(Q(search_key__contains=f" {word}") | Q(verb__in=verbs_saying(word)))
    return events


def page_of(events: Events, *, older_than: int | None = None, newer_than: int | None = None) -> Page:
    """One page, by number: however far one has gone, it costs one statement that reads one page."""
    if newer_than is not None:
        found = list(events.filter(number__gt=newer_than).order_by("number")[: PAGE + 1])
        has_newer, has_older = len(found) > PAGE, True
        found = found[:PAGE][::-1]
    else:
        events = events.filter(number__lt=older_than) if older_than is not None else events
        found = list(events.order_by("-number")[: PAGE + 1])
        has_newer, has_older = older_than is not None, len(found) > PAGE
        found = found[:PAGE]
    if not found:
        return Page()
    return Page(tuple(found), found[-1].number if has_older else None, found[0].number if has_newer else None)
