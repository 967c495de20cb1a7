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
        _line(f"{count - _SINGLE:,} deeds recorded, {_BATCH:,} at once", lambda: _at_once(count - _SINGLE))
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

    for start in range(0, count, _BATCH):
        at = _START + timedelta(seconds=start)
        deeds = [
            audit.Said(
                "organization.renamed",
                PartyOrganization(pk=number % 52_000 + 1, name=f"Đảng bộ xã số {number % 52_000}"),
                {"name": f"Chi bộ thôn số {number}"},
                {"name": f"Đảng bộ xã số {number}"},
            )
            for number in range(start, min(start + _BATCH, count))
        ]
        with transaction.atomic():
            audit.record_all(deeds, by=None, at=at, post="Trưởng Ban Tổ chức Huyện ủy", reason="Nghị quyết số 12-NQ/HU")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=COUNT, help="events in the trail")
    main(asked.parse_args().count)
