"""The chain of digests as plain Python: what is hashed, and what went wrong where it does not hold.

Nothing of Django is imported, so that a process of its own checks a part of a long trail without starting it.
A row here is (number, digest, body): the body is every field that counts, in one order, joined by a separator that
no recorded text holds, so no two rows read alike. The digest of a row is SHA-256 of the digest before and the body.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from typing import TypeAlias

SEPARATOR = "\x1f"
GENESIS = "0" * 64
# As the table names them, in the order of the body.
FIELDS = (
    "number", "at", "verb", "actor_id", "actor_name", "actor_post", "target_kind", "target_id", "target_name",
    "frm", "to", "reason", "scope", "search_key",
)  # fmt: skip
_NULLABLE = {"actor_id", "scope"}
_SHIFTS = 1_000  # rows removed or inserted at one place, numbers closed up after, that are still told as such

Row: TypeAlias = tuple[int, bytes, bytes]
RowsFrom: TypeAlias = Callable[[int], Iterator[Row]]  # rows in the order of their numbers, from a number on


class Fault(StrEnum):
    """What was done to the trail where it first does not hold."""

    CHANGED = "changed"
    DIGEST = "digest"
    MISSING = "missing"
    INSERTED = "inserted"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Break:
    """The first bad row: `number` up to `until`, where `until` is the last missing or inserted, or the other place."""

    fault: Fault
    number: int
    until: int


@dataclass(frozen=True, slots=True)
class Walked:
    """How far the chain holds: the last good number, its digest, and whether a bad row stopped it there."""

    number: int
    digest: bytes
    is_broken: bool


def digest_of(before: bytes, body: bytes) -> str:
    return sha256(before + body).hexdigest()


def holds(before: bytes, row: Row) -> bool:
    return digest_of(before, row[2]).encode() == row[1]


def walk(rows: Iterable[Row], *, before: bytes, number: int) -> Walked:
    """Follow the chain after row `number`, whose digest is `before`, until its end or the first row that is wrong."""
    for at, digest, body in rows:
        if at != number + 1 or sha256(before + body).hexdigest().encode() != digest:
            return Walked(number, before, is_broken=True)
        number, before = at, digest
    return Walked(number, before, is_broken=False)


def explain(walked: Walked, rows_from: RowsFrom) -> Break:
    """What happened after the last row that holds. Reads on through the trail only where rows changed places."""
    number, before = walked.number + 1, walked.digest
    near = list(islice(rows_from(number - 1), 6))
    below = [row[0] for row in near if row[0] < number]
    if len(below) > (1 if number > 1 else 0):  # a number twice, or one before the first
        return Break(Fault.INSERTED, below[-1], below[-1])
    first, second, third = [*near[len(below) :], None, None, None][:3]
    if first is None:
        return Break(Fault.MISSING, number, number)
    if first[0] > number:
        moved = _now_at(number, before, rows_from)
        return Break(Fault.REORDERED, number, moved[0]) if moved else Break(Fault.MISSING, number, first[0] - 1)
    if second is not None:
        if holds(first[1], second):
            return Break(Fault.CHANGED, number, number)
        if holds(digest_of(before, first[2]).encode(), second):
            return Break(Fault.DIGEST, number, number)
        if shift := _shift(first[1], second):
            last = number + abs(shift) - 1
            if shift > 0:
                return Break(Fault.MISSING, number, last)
            if first[1] == before:  # it carries its neighbour's digest: it is the one that was slipped in
                return Break(Fault.INSERTED, number, last)
            return _inserted_before(number, -shift)
    moved = _now_at(number, before, rows_from)
    if moved is None:
        return Break(Fault.CHANGED, number, number)
    if moved[0] == number + 1 and _is_pushed(first, moved, third):
        return Break(Fault.INSERTED, number, number)
    return Break(Fault.REORDERED, number, moved[0])


def _inserted_before(number: int, count: int) -> Break:
    """Rows were slipped in with digests of their own; the first that belongs here no longer fits its number."""
    return Break(Fault.INSERTED, number - count, number - 1)


def _shift(before: bytes, row: Row) -> int:
    """How many numbers a row was moved down (positive) or up (negative), when its neighbour moved with it."""
    for shift in range(1, _SHIFTS):
        for signed in (shift, -shift):
            if holds(before, _renumbered(row, row[0] + signed)):
                return signed
    return 0


def _now_at(number: int, before: bytes, rows_from: RowsFrom) -> Row | None:
    """The row that once was `number`, wherever it stands now."""
    return next(
        (row for row in rows_from(number) if row[0] != number and holds(before, _renumbered(row, number))), None
    )


def _is_pushed(first: Row, pushed: Row, after: Row | None) -> bool:
    """Whether the row found one place later was pushed there by an insertion, not exchanged with `first`."""
    if after is not None and after[0] == pushed[0] + 1:
        return holds(pushed[1], _renumbered(after, pushed[0]))
    return not holds(pushed[1], _renumbered(first, pushed[0]))


def _renumbered(row: Row, number: int) -> Row:
    rest = row[2].partition(SEPARATOR.encode())[2]
    return row[0], row[1], f"{number}{SEPARATOR}".encode() + rest


# What both databases are asked; each builds the body itself, byte for byte what `audit.body_of` builds.
_INSTANT = {
    "sqlite": "CASE length(at) WHEN 19 THEN at || '.000000' ELSE at END",
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}
_BYTES = {"sqlite": "CAST({} AS BLOB)", "postgresql": "convert_to({}, 'UTF8')"}
_SEPARATOR_SQL = {"sqlite": " || char(31) || ", "postgresql": " || chr(31) || "}


def rows_sql(vendor: str) -> str:
    """Rows from a number up to a number, two parameters to be named by the caller's driver: {first}, {last}."""
    fields = {name: f'"{name}"' for name in FIELDS} | {"at": _INSTANT[vendor]}
    as_text = "CAST({} AS text)"
    for name in _NULLABLE:
        fields[name] = f"coalesce({as_text.format(fields[name])}, '')"
    fields["number"] = as_text.format('"number"')
    body = _SEPARATOR_SQL[vendor].join(fields[name] for name in FIELDS)
    columns = ", ".join(["number", *(_BYTES[vendor].format(f"coalesce({text}, '')") for text in ("digest", body))])
    return f"SELECT {columns} FROM core_auditevent WHERE number >= {{first}} AND number <= {{last}} ORDER BY number"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows are, told to a process that has no Django: the file of SQLite, or how to reach PostgreSQL."""

    vendor: str
    place: str


def walk_apart(source: Source, first: int, last: int) -> Walked:
    """Follow the chain from row `first` to row `last` over a connection of our own; the work of one process."""
    rows = _rows_apart(source, first - 1, last)
    before = next(rows, None) if first > 1 else (0, GENESIS.encode(), b"")
    if before is None or before[0] != first - 1:  # whoever checks the part before tells what is wrong there
        return Walked(first - 2, b"", is_broken=True)
    walked = walk(rows, before=before[1], number=first - 1)
    return walked if walked.number == last else Walked(walked.number, walked.digest, is_broken=True)


def _rows_apart(source: Source, first: int, last: int) -> Iterator[Row]:
    sql = rows_sql(source.vendor)
    if source.vendor == "sqlite":
        with closing(sqlite3.connect(source.place, uri=True)) as file:
            file.execute("PRAGMA query_only = ON")
            yield from file.execute(sql.format(first="?", last="?"), (first, last))
        return
    import psycopg

    with psycopg.connect(source.place) as server, server.cursor("trail", binary=True) as cursor:
        cursor.itersize = 5_000
        cursor.execute(sql.format(first="%s", last="%s"), (first, last))
        yield from cursor
