"""Breakthrough tasks as they are written, and the versions in which they were sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dotpha.core.names import KEY_LENGTH
from dotpha.directory.models import Official, PartyOrganization
from dotpha.registration.models.campaigns import Campaign, Registrant
from dotpha.registration.workflow import (
    EDITABLE,
    ORIGIN_LABELS,
    TASK_STATE_LABELS,
    TASK_STATE_MARKS,
    Origin,
    TaskState,
    named,
)
from dotpha.rules.form.content import Content

UNTITLED = "(chưa ghi tên nhiệm vụ)"
_NARROWED_BY = ("state", "official", "organization", "registrant", "is_late")


class BreakthroughTask(models.Model):
    """Nhiệm vụ đột phá: `content` là bản đang viết, `current` là phiên bản đã gửi gần nhất.

    What is not yet sent is the registrant's alone; everybody else reads `current`. `organization` and `official` repeat
    the registrant's, so that who sees what is one condition of one table.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="tasks", verbose_name="đợt")
    registrant = models.ForeignKey(
        Registrant, on_delete=models.PROTECT, related_name="tasks", verbose_name="bên đăng ký"
    )
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="tasks", verbose_name="tổ chức"
    )
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="cán bộ"
    )
    number = models.PositiveIntegerField("số trong đợt")
    origin = models.CharField(
        "nguồn",
        max_length=20,
        default=Origin.REGISTERED.value,
        choices=named(ORIGIN_LABELS),
    )
    state = models.CharField(
        "trạng thái",
        max_length=20,
        default=TaskState.DRAFT.value,
        choices=named(TASK_STATE_LABELS),
    )
    title = models.CharField("tên nhiệm vụ", max_length=1000, blank=True)
    content = models.JSONField("bản đang viết", default=dict)
    # Of the draft and of what was sent: who links to whom is asked of one table.
    supports = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supported_by",
        verbose_name="phục vụ nhiệm vụ tập thể",
    )  # fmt: skip
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies",
        verbose_name="chép từ nhiệm vụ năm trước",
    )  # fmt: skip
    current = models.OneToOneField(
        "TaskVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of",
        verbose_name="phiên bản đã gửi",
    )  # fmt: skip
    is_late = models.BooleanField("gửi chậm", default=False)
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    changed_at = models.DateTimeField("sửa lúc")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người sửa"
    )
    order_key = models.CharField("khóa sắp xếp", max_length=KEY_LENGTH, editable=False, default="")
    search_key = models.TextField("khóa tìm kiếm", editable=False, default="")
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        verbose_name = "nhiệm vụ đột phá"
        verbose_name_plural = "nhiệm vụ đột phá"
        ordering = ("campaign", "order_key", "number")
        indexes = [
            # A list is answered from one of these alone, whatever it is narrowed to (registration/queries/listing.py).
            models.Index(fields=["campaign", "order_key", "number", *_NARROWED_BY], name="task_order"),
            models.Index(fields=["campaign", "state", "order_key", "number", *_NARROWED_BY[1:]], name="task_of_state"),
            models.Index(fields=["organization", "campaign"], name="task_of_organization"),
            models.Index(fields=["official", "campaign"], name="task_of_official"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="task_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in TaskState]),
                name="task_state_known",
                violation_error_message="Trạng thái của nhiệm vụ chưa có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.SUBMITTED.value)
                | (Q(current__isnull=False) & Q(submitted_at__isnull=False)),
                name="task_submitted_has_version",
                violation_error_message="Nhiệm vụ đã gửi phải có phiên bản và lúc gửi.",
            ),
            models.CheckConstraint(
                condition=Q(supports__isnull=True) | ~Q(supports=models.F("id")),
                name="task_does_not_support_itself",
                violation_error_message="Một nhiệm vụ không phục vụ chính nó.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or UNTITLED

    @property
    def written(self) -> Content:
        return Content.from_json(self.content)

    @property
    def sent_title(self) -> str:
        """What it was called when it was sent last; of a draft nothing is told."""
        return self.current.title if self.current is not None else ""

    @property
    def trail_name(self) -> str:
        """Inspectors read the trail, but no draft."""
        return self.sent_title or f"nhiệm vụ số {self.number} (bản nháp)"

    @property
    def is_editable(self) -> bool:
        return TaskState(self.state) in EDITABLE

    @property
    def is_individual(self) -> bool:
        return self.official_id is not None

    @property
    def mark(self) -> str:
        return TASK_STATE_MARKS[TaskState(self.state)]


class TaskVersion(models.Model):
    """Phiên bản của một nhiệm vụ đúng như lúc gửi; không sửa, không xóa (cơ sở dữ liệu từ chối)."""

    task = models.ForeignKey(
        BreakthroughTask, on_delete=models.PROTECT, related_name="versions", verbose_name="nhiệm vụ"
    )
    number = models.PositiveSmallIntegerField("phiên bản số")
    title = models.CharField("tên nhiệm vụ", max_length=1000)
    content = models.JSONField("nội dung")
    # What the collective task was called that day; the link itself stands in the content.
    parent_title = models.CharField("nhiệm vụ tập thể", max_length=1000, blank=True)
    owner = models.CharField("bên đăng ký", max_length=255)
    position = models.CharField("chức vụ", max_length=300, blank=True)
    submitted_at = models.DateTimeField("gửi lúc")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gửi"
    )
    submitted_name = models.CharField("tên người gửi", max_length=200, blank=True)
    submitted_post = models.CharField("chức vụ khi gửi", max_length=300, blank=True)
    is_late = models.BooleanField("gửi chậm", default=False)
    reason = models.CharField("lý do gửi lại", max_length=500, blank=True)

    class Meta:
        verbose_name = "phiên bản"
        verbose_name_plural = "phiên bản"
        ordering = ("task", "-number")
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.title} (bản {self.number})"

    @property
    def written(self) -> Content:
        return Content.from_json(self.content)
