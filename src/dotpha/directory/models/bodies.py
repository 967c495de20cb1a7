"""Bodies that decide or advise, their terms and who sits in them."""

from django.db import models

from dotpha.directory.models.officials import Official
from dotpha.directory.models.organizations import PartyOrganization
from dotpha.directory.models.periods import Dated, DatedQuerySet, ends_after_start


class Body(Dated):
    """Cơ quan của một tổ chức đảng: ban chấp hành, ban thường vụ, ủy ban kiểm tra, ban tham mưu."""

    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="bodies", verbose_name="tổ chức"
    )
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=80, help_text="Ví dụ: Ban Thường vụ, Ủy ban Kiểm tra, Ban Tổ chức")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        ordering = ("organization", "valid_from", "name", "pk")
        constraints = [ends_after_start("body_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class CommitteeTerm(Dated):
    """Nhiệm kỳ của một cơ quan."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms", verbose_name="cơ quan")
    name = models.CharField("nhiệm kỳ", max_length=60, help_text="Ví dụ: 2020–2025")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ("body", "-valid_from", "pk")
        constraints = [
            ends_after_start("term_ends_after_start"),
            models.UniqueConstraint(
                fields=["body", "valid_from"],
                name="one_term_a_start",
                violation_error_message="Cơ quan này đã có nhiệm kỳ bắt đầu ngày ấy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.name}"


class Membership(Dated):
    """Thành viên của một cơ quan trong một nhiệm kỳ."""

    term = models.ForeignKey(
        CommitteeTerm, on_delete=models.PROTECT, related_name="memberships", verbose_name="nhiệm kỳ"
    )
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="memberships", verbose_name="cán bộ")
    role = models.CharField("vai trò", max_length=80, default="Ủy viên")
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên"
        verbose_name_plural = "thành viên"
        ordering = ("term", "order", "official__order_key", "pk")
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["term", "official", "valid_from"],
                name="one_membership_a_start",
                violation_error_message="Cán bộ này đã là thành viên từ ngày ấy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official} – {self.role}"
