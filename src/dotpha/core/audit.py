"""The trail nobody can rewrite: every event carries the digest of itself and of all before it.

`record` is called inside the deed's own transaction. Whoever changes, removes, inserts or reorders a row must
rewrite every digest after it, and the head kept elsewhere (a checkpoint) tells even that.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection, models, transaction

from dotpha.core.chain import FIELDS, GENESIS, SEPARATOR, digest_of
from dotpha.core.models import SEARCHED, AuditEvent
from dotpha.core.names import search_key

SYSTEM = "Hệ thống"
_CHAIN_LOCK = 0x0D07_FA11  # advisory lock of PostgreSQL: one writer of the chain at a time
# Control characters (the separator is one) and halves of characters, which no database stores.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

What = Mapping[str, Any] | str


def record(
    verb: str,
    *,
    target: models.Model | None,
    by: AbstractBaseUser | AnonymousUser | None,
    at: datetime,
    post: str = "",
    frm: What = "",
    to: What = "",
    reason: str = "",
    scope: models.Model | None = None,
) -> AuditEvent:
    """Add one event, in the caller's transaction.

    `verb` names the deed ("organization.renamed") and has a sentence in trail.toml; `by` is None for the system
    itself; `post` is the post in which `by` acts; `frm` and `to` are what changed, as text or as field → value, with
    values as a person reads them. `scope` is the organization it happened in, whose readers of the trail see it; by
    default the target's own. Without one only readers at the root of the tree see it.

    Raises:
        TransactionManagementError: not inside a transaction: a trace without its deed, or the other way round.
        ValueError: `at` does not say in which time zone.
    """
    return record_all([Said(verb, target, frm, to, scope)], by=by, at=at, post=post, reason=reason)[0]


@dataclass(frozen=True, slots=True)
class Said:
    """One deed among many done at once: an import tells of each row it wrote."""

    verb: str
    target: models.Model | None
    frm: What = ""
    to: What = ""
    scope: models.Model | None = None


def record_all(
    deeds: Iterable[Said],
    *,
    by: AbstractBaseUser | AnonymousUser | None,
    at: datetime,
    post: str = "",
    reason: str = "",
) -> list[AuditEvent]:
    """Add an event for each deed, in their order, with a few statements for a thousand.

    Raises:
        TransactionManagementError: as `record`.
        ValueError: as `record`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record needs the transaction of the deed")
    if at.tzinfo is None:
        raise ValueError("audit.record needs an aware instant")
    number, before = _head_locked()
    events = []
    for place, deed in enumerate(deeds, 1):
        event = _event(number + place, deed, by=by, at=at, post=post, reason=reason)
        before = event.digest = digest_of(before.encode(), body_of(event))
        events.append(event)
    return AuditEvent.objects.bulk_create(events, batch_size=500)


def _event(
    number: int, deed: Said, *, by: AbstractBaseUser | AnonymousUser | None, at: datetime, post: str, reason: str
) -> AuditEvent:
    actor, target = by if isinstance(by, AbstractBaseUser) else None, deed.target
    event = AuditEvent(
        number=number,
        at=at.astimezone(UTC),
        verb=deed.verb,
        actor_id=actor.pk if actor else None,
        actor_name=_clean(_name_of(actor))[:200],
        actor_post=_clean(post)[:300],
        target_kind=target._meta.label_lower if target is not None else "",
        target_id=_clean(str(target.pk)) if target is not None else "",
        target_name=_clean(_called(target))[:300] if target is not None else "",
        frm=_told(deed.frm),
        to=_told(deed.to),
        reason=_clean(reason),
        scope=_scope_of(target) if deed.scope is None else deed.scope.pk,
    )
    said = (event.actor_name, event.target_name, event.reason, *_values(deed.frm), *_values(deed.to))
    event.search_key = search_key(*map(_clean, said))[:SEARCHED]
    return event


def body_of(event: AuditEvent) -> bytes:
    """What the digest covers: every field of the event, as both databases write it (dotpha.core.chain)."""
    return SEPARATOR.join(_written(getattr(event, name)) for name in FIELDS).encode()


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    return "" if value is None else str(value)


def _head_locked() -> tuple[int, str]:
    """Number and digest of the last event; until the transaction ends nobody else adds one."""
    if connection.vendor == "postgresql":
        # Waits until the writer before us has committed; the read below then sees his event (READ COMMITTED).
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    # SQLite: our transactions are IMMEDIATE, the writer already holds the only write lock.
    last = AuditEvent.objects.order_by("-number").values_list("number", "digest").first()
    return last or (0, GENESIS)


def _name_of(actor: AbstractBaseUser | None) -> str:
    if actor is None:
        return SYSTEM
    get_full_name = getattr(actor, "get_full_name", None)
    return (get_full_name() if get_full_name else "") or actor.get_username()


def _called(target: models.Model) -> str:
    """What the target calls itself before readers of the trail, who may not read all of it; by default its name."""
    return str(getattr(target, "trail_name", target))


def _scope_of(target: models.Model | None) -> int | None:
    """The organization of the target: its own, or what the target calls so (an organization is its own scope)."""
    for name in ("trail_scope_id", "organization_id"):
        if (scope := getattr(target, name, None)) is not None:
            return int(scope)
    return None


def _values(what: What) -> Iterator[str]:
    yield from (what,) if isinstance(what, str) else (str(value) for value in what.values() if value is not None)


def _told(what: What) -> str:
    if isinstance(what, str):
        return _clean(what)
    return _clean(json.dumps(what, ensure_ascii=False, sort_keys=True, default=str)) if what else ""


def _clean(text: str) -> str:
    return _UNSTORABLE.sub(" ", text)
