"""The trail nobody can rewrite: every event carries the digest of itself and of all before it.

`record` is called inside the deed's own transaction. Whoever changes, removes, inserts or reorders a row must
rewrite every digest after it, and the head kept elsewhere (a checkpoint) tells even that.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection, models, transaction

from dotpha.core.models import AuditEvent

SYSTEM = "Hệ thống"
GENESIS = "0" * 64
_CHAIN_LOCK = 0x0D07_FA11  # advisory lock of PostgreSQL: one writer of the chain at a time
_SEPARATOR = "\x1f"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FIELDS = (
    "number", "at", "verb", "actor_id", "actor_name", "actor_post", "target_kind", "target_id", "target_name",
    "frm", "to", "reason",
)  # fmt: skip


def record(
    verb: str,
    *,
    target: models.Model | None,
    by: AbstractBaseUser | AnonymousUser | None,
    at: datetime,
    post: str = "",
    frm: Mapping[str, Any] | str = "",
    to: Mapping[str, Any] | str = "",
    reason: str = "",
) -> AuditEvent:
    """Add one event, in the caller's transaction.

    `verb` names the deed ("organization.renamed"); `by` is None for the system itself; `post` is the post in which
    `by` acts; `frm` and `to` are what changed, as text or as field → value.

    Raises:
        TransactionManagementError: not inside a transaction: a trace without its deed, or the other way round.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record needs the transaction of the deed")
    number, before = _head_locked()
    actor = by if isinstance(by, AbstractBaseUser) else None
    event = AuditEvent(
        number=number + 1,
        at=at.astimezone(UTC),
        verb=verb,
        actor_id=actor.pk if actor else None,
        actor_name=_clean(_name_of(actor))[:200],
        actor_post=_clean(post)[:300],
        target_kind=target._meta.label_lower if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        target_name=_clean(str(target))[:300] if target is not None else "",
        frm=_told(frm),
        to=_told(to),
        reason=_clean(reason),
    )
    event.digest = digest_of(before, event_row(event))
    event.save(force_insert=True)
    return event


def event_row(event: AuditEvent) -> tuple[Any, ...]:
    return tuple(getattr(event, name) for name in FIELDS)


def digest_of(before: str, row: tuple[Any, ...]) -> str:
    """SHA-256 over the digest before and the fields; no field holds the separator, so no two rows read alike."""
    number, at, *texts = row
    body = _SEPARATOR.join((before, str(number), _instant(at), *("" if text is None else str(text) for text in texts)))
    return hashlib.sha256(body.encode()).hexdigest()


def _instant(at: datetime | str) -> str:
    return at if isinstance(at, str) else at.astimezone(UTC).isoformat(timespec="microseconds")


def _head_locked() -> tuple[int, str]:
    """Number and digest of the last event; until the transaction ends nobody else adds one."""
    if connection.vendor == "postgresql":
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


def _told(what: Mapping[str, Any] | str) -> str:
    if isinstance(what, str):
        return _clean(what)
    return _clean(json.dumps(what, ensure_ascii=False, sort_keys=True, default=str)) if what else ""


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)
