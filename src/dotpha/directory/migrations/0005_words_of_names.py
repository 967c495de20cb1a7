"""An index of the words of names for PostgreSQL, which finds one among half a million without reading all.

SQLite reads the whole table faster than a page is drawn; it needs none.
"""

from typing import Any

from django.db import migrations

TABLES = ("directory_official", "directory_partyorganization")


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(
                f"CREATE INDEX {table}_words ON {table} USING gin (to_tsvector('simple', search_key))"
            )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP INDEX {table}_words")


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_directory_import")]

    operations = [migrations.RunPython(add, remove)]
