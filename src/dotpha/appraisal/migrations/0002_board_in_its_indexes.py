"""A board is read from indexes that hold all it is narrowed by, and the words that are searched."""

from typing import Any

from django.db import migrations, models

TABLE, NAME = "appraisal_screeningresult", "screening_words"
# Words stand before the order, so that whatever is asked without words is not looked for in this long index.
COLUMNS = (
    "campaign_id, is_current, search_key, order_key, number, branch_id, verdict, clarity, unmet, reasons, "
    "is_individual, duplicates"
)
WORDS = {
    # SQLite compares the words of every result; beside them in one index it never reads the results themselves.
    "sqlite": f"CREATE INDEX {NAME} ON {TABLE} ({COLUMNS})",
    # PostgreSQL finds words by themselves; a key of its other indexes may not be as long as a title.
    "postgresql": f"CREATE INDEX {NAME} ON {TABLE} USING gin (to_tsvector('simple', search_key))",
}


def add(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(WORDS[schema_editor.connection.vendor])


def remove(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0001_screening"),
        ("directory", "0005_words_of_names"),
        ("registration", "0003_lists_of_tasks"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="screeningresult",
            name="screening_order",
        ),
        migrations.RemoveIndex(
            model_name="screeningresult",
            name="screening_counts",
        ),
        migrations.AddIndex(
            model_name="screeningresult",
            index=models.Index(
                fields=[
                    "campaign",
                    "is_current",
                    "order_key",
                    "number",
                    "branch",
                    "verdict",
                    "clarity",
                    "unmet",
                    "reasons",
                    "is_individual",
                    "duplicates",
                ],
                name="screening_order",
            ),
        ),
        migrations.AddIndex(
            model_name="screeningresult",
            index=models.Index(
                fields=[
                    "campaign",
                    "is_current",
                    "verdict",
                    "clarity",
                    "unmet",
                    "reasons",
                    "is_individual",
                    "engine_version",
                    "duplicates",
                ],
                name="screening_counts",
            ),
        ),
        migrations.AddIndex(
            model_name="screeningresult",
            index=models.Index(
                fields=[
                    "campaign",
                    "is_current",
                    "branch",
                    "verdict",
                    "clarity",
                    "unmet",
                    "reasons",
                    "is_individual",
                    "duplicates",
                ],
                name="screening_branches",
            ),
        ),
        migrations.RunPython(add, remove),
    ]
