"""Proves the whole trail: every digest follows from the one before, no number is missing, nothing stands twice."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from django.db import connection, transaction
from django.db.models import Max

from dotpha.core.chain import GENESIS, Break, Row, Source, Walked, explain, rows_sql, walk, walk_apart
from dotpha.core.models import AuditEvent

_PART = 50_000  # rows worth a process of their own: starting one costs as much as checking these
_BEFORE_ALL = -(2**62)
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Proof:
    """Up to which event the trail holds, that event's digest, and the first bad row if it does not hold to its end."""

    number: int
    digest: str
    broken: Break | None


def prove(*, processes: int | None = None) -> Proof:
    """Check every event there was when the check began; memory does not grow with the trail.

    A long trail is checked in parts, one a process: each part starts from the digest stored before it, and that
    digest is proved by the part before. `processes` is how many; by default as many as the machine has cores.
    """
    head: int = AuditEvent.objects.aggregate(head=Max("number"))["head"] or 0
    parts = min(processes or os.cpu_count() or 1, max(head // _PART, 1))
    source = _source() if parts > 1 else None
    walked = _in_parts(source, head, parts) if source else _walk_here(head)
    with _snapshot():
        broken = explain(walked, lambda first: _rows(first, None)) if walked.is_broken else None
    return Proof(walked.number, walked.digest.decode(errors="replace"), broken)


def _walk_here(head: int) -> Walked:
    with _snapshot():
        return walk(_rows(1, head), before=GENESIS.encode(), number=0)


def _snapshot() -> AbstractContextManager[object]:
    """A server-side cursor of PostgreSQL lives in a transaction; SQLite must not take its write lock for reading."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


def _in_parts(source: Source, head: int, parts: int) -> Walked:
    bounds = [head * part // parts for part in range(parts + 1)]
    with ProcessPoolExecutor(parts, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(walk_apart, source, low + 1, high) for low, high in pairwise(bounds)]
        walked = [each.result() for each in waiting]
    broken = next((each for each in walked if each.is_broken), None)
    if broken is None or broken.digest:
        return broken or walked[-1]
    return _walk_here(head)  # broken just where two parts meet


def _source() -> Source | None:
    """How another process reaches the same rows; None where only this connection can (a database in memory)."""
    given = connection.settings_dict
    if connection.vendor == "postgresql":
        from psycopg.conninfo import make_conninfo

        keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        told = {key: str(given[name]) for key, name in keys.items() if given.get(name)}
        return Source("postgresql", make_conninfo(**told))
    file = Path(str(given["NAME"]))
    return Source("sqlite", f"file:{quote(str(file))}?mode=ro") if file.is_file() else None


def _rows(first: int, last: int | None) -> Iterator[Row]:
    """Rows over our own connection, a few thousand at a time. From 1 on, what stands before 1 comes too."""
    bounds = (first if first > 1 else _BEFORE_ALL, -_BEFORE_ALL if last is None else last)
    streams = connection.vendor == "postgresql" and connection.in_atomic_block
    cursor = connection.chunked_cursor() if streams else connection.cursor()
    with cursor:
        cursor.execute(rows_sql(connection.vendor).format(first="%s", last="%s"), bounds)
        while rows := cursor.fetchmany(_AT_ONCE):
            for number, digest, body in rows:
                yield number, bytes(digest), bytes(body)
