"""Lists of tasks are read from indexes that hold all they are narrowed by, and the words that are searched."""

from typing import Any

from django.db import migrations, models

TABLE, NAME = "registration_breakthroughtask", "task_words"
COLUMNS = "campaign_id, order_key, number, state, official_id, organization_id, registrant_id, is_late, search_key"
WORDS = {
    # SQLite compares the words of every task; beside them in one index it never reads the sheets.
    "sqlite": f"CREATE INDEX {NAME} ON {TABLE} ({COLUMNS})",
    # PostgreSQL finds words by themselves; a key of its other indexes may not be as long as a title.
    "postgresql": f"CREATE INDEX {NAME} ON {TABLE} USING gin (to_tsvector('simple', search_key))",
}


def add(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(WORDS[schema_editor.connection.vendor])


def remove(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("registration", "0002_versions_are_frozen")]

    operations = [
        migrations.RemoveIndex("breakthroughtask", "task_order"),
        migrations.RemoveIndex("breakthroughtask", "task_of_state"),
        migrations.AddIndex(
            "breakthroughtask",
            models.Index(
                fields=[
                    "campaign",
                    "order_key",
                    "number",
                    "state",
                    "official",
                    "organization",
                    "registrant",
                    "is_late",
                ],
                name="task_order",
            ),
        ),
        migrations.AddIndex(
            "breakthroughtask",
            models.Index(
                fields=[
                    "campaign",
                    "state",
                    "order_key",
                    "number",
                    "official",
                    "organization",
                    "registrant",
                    "is_late",
                ],
                name="task_of_state",
            ),
        ),
        migrations.RunPython(add, remove),
    ]
