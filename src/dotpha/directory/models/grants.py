"""Who may do what: a function, in an organization and all below it, from a day until a day."""

from django.conf import settings
from django.db import models

from dotpha.directory.models.organizations import PartyOrganization
from dotpha.directory.models.periods import Dated, DatedQuerySet


class Function(models.TextChoices):
    """Chức năng: phần việc một người được làm trong phần mềm, khác với chức vụ của người ấy."""

    REGISTRANT = "registrant", "Người đăng ký"
    APPRAISER = "appraiser", "Người thẩm định"
    COMMITTEE_MEMBER = "committee_member", "Ủy viên cấp ủy"
    PRESIDER = "presider", "Người chủ trì"
    CLERK = "clerk", "Thư ký, văn thư"
    OPINION_OFFICER = "opinion_officer", "Cán bộ dư luận"
    VERIFIER = "verifier", "Người xác minh"
    EVALUATOR = "evaluator", "Người đánh giá"
    INSPECTOR = "inspector", "Kiểm tra"
    OBSERVER = "observer", "Chỉ xem"
    TECHNICAL_ADMINISTRATOR = "technical_administrator", "Quản trị kỹ thuật"


_STILL_HOLDS = models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=models.F("valid_from"))


class RoleGrant(Dated):
    """Phân công chức năng: ai, làm gì, ở tổ chức nào và các tổ chức dưới đó, từ ngày nào đến ngày nào."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants", verbose_name="tài khoản"
    )
    function = models.CharField("chức năng", max_length=40, choices=Function)
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="grants", verbose_name="phạm vi"
    )
    reason = models.CharField("căn cứ", max_length=255, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công chức năng"
        verbose_name_plural = "phân công chức năng"
        ordering = ("organization", "function", "user", "valid_from", "pk")
        indexes = [models.Index(fields=["user", "valid_from"], name="grant_of_user")]
        constraints = [
            # Unlike other dated rows it may end on the day it starts: a right given by mistake stops at once.
            models.CheckConstraint(
                condition=_STILL_HOLDS | models.Q(valid_until=models.F("valid_from")),
                name="grant_ends_on_or_after_start",
                violation_error_message="Ngày thôi không được trước ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["user", "function", "organization", "valid_from"],
                condition=_STILL_HOLDS,
                name="one_grant_a_start",
                violation_error_message="Đồng chí này đã được phân công chức năng ấy từ ngày ấy.",
            ),
            models.CheckConstraint(
                condition=models.Q(function__in=Function.values),
                name="grant_function_known",
                violation_error_message="Chức năng này chưa có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.get_full_name() or self.user}: {self.get_function_display()} – {self.organization}"
