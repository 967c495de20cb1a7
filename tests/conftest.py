"""What every test stands on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

GUARDED = ("core_auditevent", "registration_taskversion")


@contextmanager
def trail_unguarded() -> Iterator[None]:
    """Take the triggers of the audit trail and of the versions that were sent away for a moment, as who owns the
    database can.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still to come is not altered
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            for table in GUARDED:
                for deed in ("change", "truncate"):
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{deed}")
            return
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN {GUARDED}")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, statement in triggers:
            cursor.execute(statement)


@pytest.fixture(autouse=True, scope="session")
def the_trail_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit (live server, transaction=True) leave a flush behind, which the triggers would refuse."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unguarded(self: Any, sql_list: list[str]) -> None:
        if not any("core_auditevent" in sql for sql in sql_list):
            return flush(self, sql_list)
        with trail_unguarded():
            flush(self, sql_list)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", unguarded)
        yield
