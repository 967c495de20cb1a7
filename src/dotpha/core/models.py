"""The audit trail's table, and the table of long work."""

import uuid

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


class JobState(models.TextChoices):
    WAITING = "waiting", "đang chờ đến lượt"
    RUNNING = "running", "đang làm"
    DONE = "done", "đã xong"
    FAILED = "failed", "không xong"
    STOPPED = "stopped", "đã dừng"


class Job(models.Model):
    """Công việc dài: một việc chạy ngoài trang, có tiến độ để người giao việc theo dõi.

    `runs` is the dotted path of what it runs (dotpha.core.jobs.Kind). A running job that gives no sign of life for
    longer than `patience` seconds is taken for dead by whoever looks at it next; `run_by` is the process that runs it
    (dotpha.core.runners), whose successor ends it sooner.
    """

    token = models.UUIDField("mã công việc", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("loại việc", max_length=60)
    runs = models.CharField("hàm thực hiện", max_length=200, editable=False)
    title = models.CharField("việc", max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người giao việc",
    )
    arguments = models.JSONField("dữ kiện", default=dict, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=JobState.choices, default=JobState.WAITING)
    words = models.CharField("đang làm gì", max_length=300, blank=True)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tất cả", default=0, help_text="0: chưa biết")
    failure = models.TextField("vì sao không xong", blank=True)
    leads_to = models.CharField("xong thì đến", max_length=500)
    leads_back = models.CharField("đường về", max_length=500, blank=True)
    created_at = models.DateTimeField("giao lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    heard_at = models.DateTimeField("dấu hiệu hoạt động gần nhất", null=True, blank=True)
    patience = models.PositiveIntegerField("được im lặng", default=60, help_text="giây", editable=False)
    finished_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    run_by = models.CharField("tiến trình đang làm", max_length=100, blank=True, default="", editable=False)

    class Meta:
        verbose_name = "công việc dài"
        verbose_name_plural = "công việc dài"
        ordering = ("-created_at", "pk")
        indexes = [models.Index(fields=["user", "-created_at"], name="job_of_user")]
        constraints = [
            models.CheckConstraint(
                name="job_done_within_total",
                condition=models.Q(total=0) | models.Q(done__lte=models.F("total")),
                violation_error_message="Phần đã làm không thể nhiều hơn tất cả.",
            ),
            models.CheckConstraint(
                name="job_runs_since",
                condition=~models.Q(state__in=[JobState.RUNNING, JobState.DONE])
                | models.Q(started_at__isnull=False, heard_at__isnull=False),
                violation_error_message="Việc đang làm hoặc đã xong phải có lúc bắt đầu.",
            ),
            models.CheckConstraint(
                name="job_over_has_an_end",
                condition=models.Q(state__in=[JobState.WAITING, JobState.RUNNING], finished_at__isnull=True)
                | models.Q(state__in=[JobState.DONE, JobState.FAILED, JobState.STOPPED], finished_at__isnull=False),
                violation_error_message="Việc đã kết thúc phải có lúc kết thúc, việc chưa kết thúc thì không.",
            ),
            models.CheckConstraint(
                name="job_failure_is_told",
                condition=(models.Q(state=JobState.FAILED) & ~models.Q(failure=""))
                | (~models.Q(state=JobState.FAILED) & models.Q(failure="")),
                violation_error_message="Việc không xong phải nói vì sao, và chỉ việc không xong mới nói.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
