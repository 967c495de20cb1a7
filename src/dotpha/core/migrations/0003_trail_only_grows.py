"""The database itself refuses to change or delete an event."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "Dấu vết chỉ được thêm, không được sửa hay xóa."
TAKEN = "EXISTS (SELECT 1 FROM core_auditevent WHERE number = NEW.number OR id = NEW.id)"
RAISE = {
    "sqlite": [
        f"CREATE TRIGGER core_auditevent_no_update BEFORE UPDATE ON core_auditevent BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER core_auditevent_no_delete BEFORE DELETE ON core_auditevent BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        # INSERT OR REPLACE deletes what stands in its way without asking the trigger above.
        f"CREATE TRIGGER core_auditevent_no_replace BEFORE INSERT ON core_auditevent WHEN {TAKEN} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION core_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER core_auditevent_no_change BEFORE UPDATE OR DELETE ON core_auditevent "
        "FOR EACH ROW EXECUTE FUNCTION core_auditevent_refuse()",
        "CREATE TRIGGER core_auditevent_no_truncate BEFORE TRUNCATE ON core_auditevent "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_auditevent_refuse()",
        # Also when a session calls itself a replica (session_replication_role), as some tools do.
        "ALTER TABLE core_auditevent ENABLE ALWAYS TRIGGER core_auditevent_no_change",
        "ALTER TABLE core_auditevent ENABLE ALWAYS TRIGGER core_auditevent_no_truncate",
    ],
}
LIFT = {
    "sqlite": [f"DROP TRIGGER core_auditevent_no_{deed}" for deed in ("update", "delete", "replace")],
    "postgresql": [
        "DROP TRIGGER core_auditevent_no_change ON core_auditevent",
        "DROP TRIGGER core_auditevent_no_truncate ON core_auditevent",
        "DROP FUNCTION core_auditevent_refuse()",
    ],
}


def raise_guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in RAISE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift_guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_trail_scope_and_search")]

    operations = [migrations.RunPython(raise_guard, lift_guard)]
