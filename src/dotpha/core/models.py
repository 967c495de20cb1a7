"""The audit trail's table."""

from django.conf import settings
from django.db import models

SEARCHED = 500  # characters of the search key


class AuditEvent(models.Model):
    """Dấu vết: một việc đã làm, đã bị từ chối hoặc đã đọc. Chỉ thêm, không sửa, không xóa.

    Names and posts stand here as they were that day. `digest` chains every event to the one before it
    (dotpha.core.audit); triggers of both databases refuse UPDATE and DELETE.
    """

    number = models.PositiveBigIntegerField("số", unique=True)
    at = models.DateTimeField("lúc")
    verb = models.CharField("việc", max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người làm"
    )
    actor_name = models.CharField("tên người làm", max_length=200)
    actor_post = models.CharField("chức vụ khi làm", max_length=300, blank=True)
    target_kind = models.CharField("loại đối tượng", max_length=60, blank=True)
    target_id = models.CharField("mã đối tượng", max_length=60, blank=True)
    target_name = models.CharField("đối tượng", max_length=300, blank=True)
    frm = models.TextField("từ", blank=True)
    to = models.TextField("thành", blank=True)
    reason = models.TextField("lý do", blank=True)
    # The organization it happened in: who reads the trail there sees it. A number, because the directory is above.
    scope = models.PositiveBigIntegerField("phạm vi", null=True, blank=True)
    search_key = models.CharField("khóa tìm kiếm", max_length=SEARCHED, blank=True, default="", editable=False)
    digest = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "dấu vết"
        verbose_name_plural = "dấu vết"
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["target_kind", "target_id", "number"], name="audit_of_target"),
            models.Index(fields=["actor", "number"], name="audit_of_actor"),
            models.Index(fields=["verb", "number"], name="audit_of_verb"),
            models.Index(fields=["scope", "number"], name="audit_of_scope"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.verb} – {self.target_name}"
