"""An import between its preview and its confirmation."""

import uuid

from django.conf import settings
from django.db import models


class DirectoryImport(models.Model):
    """Lượt nhập danh bạ đang chờ xác nhận: tệp và dự kiến, của một người, tự hết hạn.

    When it is carried out or given up, file and plan are emptied; what was written stands in the trail.
    """

    token = models.UUIDField("mã lượt", primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập"
    )
    file_name = models.CharField("tệp", max_length=200)
    from_day = models.DateField("thay đổi có hiệu lực từ ngày")
    data = models.BinaryField("nội dung tệp", blank=True)
    plan = models.BinaryField("dự kiến", blank=True)
    digest = models.CharField("mã băm của dự kiến", max_length=64)
    result = models.CharField("kết quả", max_length=200, blank=True)
    created_at = models.DateTimeField("lúc nạp")
    expires_at = models.DateTimeField("hết hạn lúc", db_index=True)

    class Meta:
        verbose_name = "lượt nhập danh bạ"
        verbose_name_plural = "lượt nhập danh bạ"
        ordering = ("-created_at", "pk")

    def __str__(self) -> str:
        return self.file_name
