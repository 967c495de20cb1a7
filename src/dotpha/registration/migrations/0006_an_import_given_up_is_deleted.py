"""An import that is given up is deleted: no row ever stands in that state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0005_versions_are_not_emptied_or_replaced")]

    operations = [
        migrations.AlterField(
            "registerimport",
            "state",
            models.CharField(
                "trạng thái",
                max_length=20,
                choices=[
                    ("reading", "Đang đọc tệp"),
                    ("ready", "Chờ xác nhận"),
                    ("writing", "Đang ghi"),
                    ("done", "Đã nhập"),
                    ("failed", "Chưa nhập được"),
                ],
                default="reading",
            ),
        ),
    ]
