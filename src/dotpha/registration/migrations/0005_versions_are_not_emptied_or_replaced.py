"""A version that was sent is not emptied with its table, and not written anew in its place."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "Phiên bản đã gửi không được sửa hay xóa."
TABLE = "registration_taskversion"
SAME = "id = NEW.id OR (task_id = NEW.task_id AND number = NEW.number)"
TAKEN = f"EXISTS (SELECT 1 FROM {TABLE} WHERE {SAME})"  # noqa: S608  # nothing in it was typed by anybody
RAISE = {
    "sqlite": [
        # INSERT OR REPLACE deletes what stands in its way without asking the trigger before deletes.
        f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN {TAKEN} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ],
    "postgresql": [
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
        # Also when a session calls itself a replica (session_replication_role), as some tools do.
        f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_change",
        f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_no_truncate",
    ],
}
LIFT = {
    "sqlite": [f"DROP TRIGGER {TABLE}_no_replace"],
    "postgresql": [
        f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
        f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_no_change",
    ],
}


def raise_guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in RAISE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift_guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("registration", "0004_coverage_in_index_order")]

    operations = [migrations.RunPython(raise_guard, lift_guard)]
