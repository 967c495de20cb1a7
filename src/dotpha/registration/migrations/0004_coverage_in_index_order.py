"""Registrants alike stand together in the index of coverage, so that they are counted without being sorted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0003_lists_of_tasks")]

    operations = [
        migrations.RemoveIndex("registrant", "registrant_coverage"),
        migrations.AddIndex(
            "registrant",
            models.Index(
                fields=["campaign", "branch", "at_least", "submitted", "late", "drafts", "exempt_reason", "official"],
                name="registrant_coverage",
            ),
        ),
    ]
