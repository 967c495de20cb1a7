"""A yearly campaign, who must register in it, and the frozen list of those."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from dotpha.core.names import KEY_LENGTH
from dotpha.directory.models import Official, OrganizationKind, PartyOrganization, Position
from dotpha.registration.workflow import CAMPAIGN_STATE_LABELS, CampaignState, named
from dotpha.rules.form.specification import Specification, default


def default_form() -> list[dict[str, Any]]:
    return default().to_json()


class Campaign(models.Model):
    """Đợt đăng ký nhiệm vụ đột phá của một cấp ủy trong một năm.

    `form`, `thresholds` and `rule_set` are pinned: what applies to a campaign does not change with the program.
    """

    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="campaigns", verbose_name="cấp ủy"
    )
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("tên đợt", max_length=200)
    guidance = models.CharField("văn bản hướng dẫn", max_length=300, blank=True)
    opens_on = models.DateField("nhận đăng ký từ ngày")
    closes_on = models.DateField("hạn gửi")
    accepts_late = models.BooleanField("vẫn nhận bản gửi chậm", default=True)
    # The day whose figures count; without one, the day a task is sent.
    data_day = models.DateField("ngày chốt số liệu", null=True, blank=True)
    state = models.CharField(
        "trạng thái",
        max_length=20,
        default=CampaignState.DRAFT.value,
        choices=named(CAMPAIGN_STATE_LABELS),
    )
    form = models.JSONField("mẫu đăng ký", default=default_form)
    thresholds = models.JSONField("các ngưỡng", default=dict, blank=True)
    rule_set = models.CharField("bộ quy tắc", max_length=40, blank=True)
    last_number = models.PositiveIntegerField("số nhiệm vụ đã cấp", default=0, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        verbose_name = "đợt đăng ký"
        verbose_name_plural = "đợt đăng ký"
        ordering = ("-year", "-opens_on", "-pk")
        indexes = [models.Index(fields=["organization", "-year"], name="campaign_of_organization")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")),
                name="campaign_closes_after_opening",
                violation_error_message="Hạn gửi không được trước ngày bắt đầu nhận đăng ký.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CampaignState]),
                name="campaign_state_known",
                violation_error_message="Trạng thái của đợt chưa có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2200),
                name="campaign_year_plausible",
                violation_error_message="Năm của đợt phải từ 1990 đến 2200.",
            ),
            models.UniqueConstraint(
                fields=["organization", "year", "title"],
                name="campaign_named_once_a_year",
                violation_error_message="Cấp ủy này đã có một đợt cùng tên trong năm ấy.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def specification(self) -> Specification:
        return Specification.from_json(self.form)

    def screened_on(self, day: date) -> date:
        """The day as of which a task sent on `day` is screened."""
        return self.data_day or day

    def is_late(self, day: date) -> bool:
        return day > self.closes_on


class Requirement(models.Model):
    """Ai phải đăng ký trong đợt: mọi tổ chức một loại, hoặc mọi cán bộ giữ một chức vụ."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="requirements", verbose_name="đợt")
    kind = models.ForeignKey(
        OrganizationKind, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại tổ chức"
    )
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chức vụ"
    )
    at_least = models.PositiveSmallIntegerField("ít nhất", default=1)
    at_most = models.PositiveSmallIntegerField("nhiều nhất", default=3)

    class Meta:
        verbose_name = "diện phải đăng ký"
        verbose_name_plural = "diện phải đăng ký"
        ordering = ("campaign", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__isnull=True) ^ Q(position__isnull=True),
                name="requirement_of_kind_or_position",
                violation_error_message="Mỗi diện phải đăng ký là một loại tổ chức hoặc một chức vụ.",
            ),
            models.CheckConstraint(
                condition=Q(at_most__gte=models.F("at_least")) & Q(at_most__gte=1),
                name="requirement_most_not_under_least",
                violation_error_message="Số nhiều nhất không được dưới số ít nhất và phải từ 1 trở lên.",
            ),
            models.UniqueConstraint(
                fields=["campaign", "kind"], condition=Q(kind__isnull=False), name="requirement_once_a_kind",
                violation_error_message="Loại tổ chức này đã có trong danh sách.",
            ),
            models.UniqueConstraint(
                fields=["campaign", "position"], condition=Q(position__isnull=False), name="requirement_once_a_post",
                violation_error_message="Chức vụ này đã có trong danh sách.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.kind or self.position)


class Registrant(models.Model):
    """Bên đăng ký trong một đợt: một tổ chức, hoặc một cán bộ; danh sách chốt theo danh bạ ngày mở đợt.

    `name`, `post` and `branch` are as they were that day; `branch` is what stands directly under the committee.
    The counts are kept by the actions, so that a page about thousands reads no task.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="registrants", verbose_name="đợt")
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="+", verbose_name="tổ chức"
    )
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cán bộ"
    )
    name = models.CharField("tên", max_length=255)
    post = models.CharField("chức vụ", max_length=300, blank=True)
    branch = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="+", verbose_name="thuộc nhánh"
    )
    at_least = models.PositiveSmallIntegerField("ít nhất", default=0)
    at_most = models.PositiveSmallIntegerField("nhiều nhất", default=3)
    exempt_reason = models.CharField("lý do miễn", max_length=300, blank=True)
    order_key = models.CharField("khóa sắp xếp", max_length=KEY_LENGTH, editable=False, default="")
    search_key = models.TextField("khóa tìm kiếm", editable=False, default="")
    drafts = models.PositiveSmallIntegerField("số đang soạn", default=0, editable=False)
    submitted = models.PositiveSmallIntegerField("số đã gửi", default=0, editable=False)
    late = models.PositiveSmallIntegerField("số gửi chậm", default=0, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        verbose_name = "bên đăng ký"
        verbose_name_plural = "bên đăng ký"
        ordering = ("campaign", "order_key", "pk")
        indexes = [
            models.Index(fields=["campaign", "order_key", "id"], name="registrant_order"),
            # Answers "how many of each branch have sent" from the index alone, in order; `official` is only counted.
            models.Index(
                fields=["campaign", "branch", "at_least", "submitted", "late", "drafts", "exempt_reason", "official"],
                name="registrant_coverage",
            ),
            models.Index(fields=["official", "campaign"], name="registrant_of_official"),
            models.Index(fields=["organization", "campaign"], name="registrant_of_organization"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organization"], condition=Q(official__isnull=True), name="registrant_once",
                violation_error_message="Tổ chức này đã có trong danh sách của đợt.",
            ),
            models.UniqueConstraint(
                fields=["campaign", "official"], condition=Q(official__isnull=False), name="registrant_person_once",
                violation_error_message="Cán bộ này đã có trong danh sách của đợt.",
            ),
            models.CheckConstraint(
                condition=Q(at_most__gte=models.F("at_least")), name="registrant_most_not_under_least",
                violation_error_message="Số nhiều nhất không được dưới số ít nhất.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_individual(self) -> bool:
        return self.official_id is not None

    @property
    def is_exempt(self) -> bool:
        return bool(self.exempt_reason)

    @property
    def is_short(self) -> bool:
        """Whether something still has to be sent."""
        return not self.is_exempt and self.submitted < self.at_least
