from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="rolegrant", name="grant_ends_after_start"),
        migrations.RemoveConstraint(model_name="rolegrant", name="one_grant_a_start"),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gt", models.F("valid_from")),
                    ("valid_until", models.F("valid_from")),
                    _connector="OR",
                ),
                name="grant_ends_on_or_after_start",
                violation_error_message="Ngày thôi không được trước ngày bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                ),
                fields=("user", "function", "organization", "valid_from"),
                name="one_grant_a_start",
                violation_error_message="Đồng chí này đã được phân công chức năng ấy từ ngày ấy.",
            ),
        ),
    ]
