"""A register between its file and its confirmation."""

import uuid

from django.conf import settings
from django.db import models

from dotpha.registration.models.campaigns import Campaign


class ImportState(models.TextChoices):
    READING = "reading", "Đang đọc tệp"
    READY = "ready", "Chờ xác nhận"
    WRITING = "writing", "Đang ghi"
    DONE = "done", "Đã nhập"
    FAILED = "failed", "Chưa nhập được"


class RegisterImport(models.Model):
    """Lượt nhập một sổ đăng ký vào đợt: tệp, dự kiến từng dòng, lựa chọn của người nhập; của một người, tự hết hạn.

    When it is carried out, file and plan are emptied, and what was written stands in the trail; one that is given up
    is deleted.
    """

    token = models.UUIDField("mã lượt", primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="imports", verbose_name="đợt")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập"
    )
    file_name = models.CharField("tệp", max_length=200)
    data = models.BinaryField("nội dung tệp", blank=True)
    plan = models.BinaryField("dự kiến", blank=True)
    choices = models.JSONField("lựa chọn", default=dict, blank=True)
    state = models.CharField("trạng thái", max_length=20, choices=ImportState, default=ImportState.READING)
    failure = models.TextField("vì sao chưa nhập được", blank=True)
    result = models.CharField("kết quả", max_length=300, blank=True)
    job = models.UUIDField("công việc dài", null=True, blank=True)
    created_at = models.DateTimeField("lúc nạp")
    expires_at = models.DateTimeField("hết hạn lúc", db_index=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        verbose_name = "lượt nhập sổ đăng ký"
        verbose_name_plural = "lượt nhập sổ đăng ký"
        ordering = ("-created_at", "pk")

    def __str__(self) -> str:
        return self.file_name
