"""Whether the triggers of migration 0003 still refuse to change or delete an event.

On SQLite a later migration that rebuilds the table loses them without a word, and whoever owns a database may take
them away; so whoever proves the trail asks.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_EXPECTED = {
    "sqlite": {"core_auditevent_no_update", "core_auditevent_no_delete", "core_auditevent_no_replace"},
    "postgresql": {"core_auditevent_no_change", "core_auditevent_no_truncate"},
}
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_auditevent'",
    "postgresql": (
        "SELECT tgname FROM pg_trigger "
        "WHERE tgrelid = 'core_auditevent'::regclass AND NOT tgisinternal AND tgenabled = 'A'"
    ),
}


def is_standing(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        return _EXPECTED[connection.vendor] <= {name for (name,) in cursor.fetchall()}
