"""What the audit trail costs: one event in a transaction of its own, many at once, and the proof of all of them.

python -m bench.audit [--count 1000000]; on PostgreSQL where DOTPHA_DATABASE_URL names an empty database.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.process import cost_of

COUNT = 1_000_000
_SINGLE = 500
_BATCH = 5_000
_DOTPHA = (sys.executable, "-m", "dotpha")
_START = datetime(2027, 1, 1, tzinfo=UTC)


def main(count: int = COUNT) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DOTPHA_VAR": folder, "DJANGO_SETTINGS_MODULE": "dotpha.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        print(f"{connection.vendor}, {os.cpu_count()} cores\n")
        print("| what | wall s | CPU s | largest process, MiB |")
        print("|---|---:|---:|---:|")
        _line(f"{_SINGLE} deeds recorded, a transaction each", lambda: _one_by_one(_SINGLE))
        _line(f"{_BATCH:,} deeds recorded at once", lambda: _at_once(_BATCH))
        _fill(count)
        connection.close()
        for name, arguments in {
            "`dotpha audit --help`": ["--help"],
            f"`dotpha audit verify`, {count:,} events": ["verify"],
        }.items():
            cost = cost_of([*_DOTPHA, "audit", *arguments])
            print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} |", flush=True)
        from dotpha.core.proof import prove

        for processes in (1, 2):
            _line(f"the proof alone, {processes} process(es)", lambda: _whole(prove(processes=processes)))  # noqa: B023


def _line(what: str, measured: Callable[[], Any]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    measured()
    print(f"| {what} | {time.perf_counter() - wall:.2f} | {time.process_time() - cpu:.2f} | |", flush=True)


def _whole(proof: Any) -> None:
    if proof.broken is not None:
        sys.exit(f"a trail nobody touched does not hold: {proof}")


def _one_by_one(count: int) -> None:
    from django.db import transaction

    from dotpha.core import audit

    for number in range(count):
        with transaction.atomic():
            audit.record("trail.read", target=None, by=None, at=_START + timedelta(seconds=number), reason="không lọc")


def _at_once(count: int) -> None:
    from django.db import transaction

    from dotpha.core import audit
    from dotpha.directory.models import PartyOrganization

    deeds = [
        audit.Said(
            "organization.renamed",
            PartyOrganization(pk=number + 1, name=f"Đảng bộ xã số {number}"),
            {"name": f"Chi bộ thôn số {number}"},
            {"name": f"Đảng bộ xã số {number}"},
        )
        for number in range(count)
    ]
    with transaction.atomic():
        audit.record_all(deeds, by=None, at=_START, post="Trưởng Ban Tổ chức Huyện ủy", reason="Nghị quyết số 12-NQ/HU")


def _fill(count: int) -> None:
    """The rest, written past the product for the sake of time: the last event again and again, chained as it chains."""
    from django.db import connection, transaction

    from dotpha.core.audit import body_of
    from dotpha.core.chain import FIELDS, SEPARATOR, digest_of
    from dotpha.core.models import AuditEvent

    last = AuditEvent.objects.latest("number")
    rest, before = body_of(last).decode().partition(SEPARATOR)[2], last.digest
    values = [getattr(last, name) for name in FIELDS if name != "number"]
    columns = ", ".join(f'"{name}"' for name in (*FIELDS, "digest"))
    sql = f"INSERT INTO core_auditevent ({columns}) VALUES ({', '.join(['%s'] * (len(FIELDS) + 1))})"
    values[0] = body_of(last).decode().split(SEPARATOR)[1] + ("+00" if connection.vendor == "postgresql" else "")
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(last.number + 1, count + 1, _BATCH):
            rows = []
            for number in range(start, min(start + _BATCH, count + 1)):
                before = digest_of(before.encode(), f"{number}{SEPARATOR}{rest}".encode())
                rows.append([number, *values, before])
            cursor.executemany(sql, rows)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=COUNT, help="events in the trail")
    main(asked.parse_args().count)
