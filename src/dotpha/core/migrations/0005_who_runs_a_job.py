"""A job keeps which process runs it: a worker that begins ends what the one before it left."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_long_work"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="run_by",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=100, verbose_name="tiến trình đang làm"
            ),
        ),
    ]
