"""People and the posts they hold, by date; a person may hold several."""

from typing import Self

from django.conf import settings
from django.db import models

from dotpha.core.names import KEY_LENGTH
from dotpha.directory.models.organizations import PartyOrganization
from dotpha.directory.models.periods import Dated, DatedQuerySet, ends_after_start
from dotpha.rules.vietnamese.text import fold


class OfficialQuerySet(models.QuerySet["Official"]):
    def found_by(self, words: str) -> Self:
        """Every word, without accents, stands at the start of a word of the name or is the code."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_key__contains=f" {word}")
        return found


class Official(models.Model):
    """Cán bộ, đảng viên. Không lưu số giấy tờ, số điện thoại."""

    code = models.CharField("mã", max_length=40, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    is_party_member = models.BooleanField("là đảng viên", default=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="official",
        verbose_name="tài khoản",
    )
    search_key = models.TextField("khóa tìm kiếm", editable=False, default="")
    order_key = models.CharField("khóa sắp xếp", max_length=KEY_LENGTH, editable=False, default="")
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"
        ordering = ("order_key", "pk")
        indexes = [models.Index(fields=["order_key", "id"], name="official_order")]

    def __str__(self) -> str:
        return self.full_name


class Position(models.Model):
    """Chức vụ: dữ liệu, vì tên gọi và chức danh thay đổi theo quy định."""

    code = models.SlugField("mã", max_length=60, unique=True)
    label = models.CharField("chức vụ", max_length=160)
    rank = models.PositiveSmallIntegerField("thứ tự", default=100)
    is_single = models.BooleanField("mỗi nơi chỉ một người giữ", default=False)

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ("rank", "label", "pk")

    def __str__(self) -> str:
        return self.label


class Tenure(Dated):
    """Thời gian một cán bộ giữ một chức vụ ở một tổ chức."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="tenures", verbose_name="cán bộ")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="tenures", verbose_name="chức vụ")
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="tenures", verbose_name="tổ chức"
    )
    reason = models.CharField("căn cứ", max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thời gian giữ chức vụ"
        verbose_name_plural = "thời gian giữ chức vụ"
        ordering = ("position__rank", "-valid_from", "pk")
        indexes = [models.Index(fields=["organization", "valid_from"], name="tenure_of_organization")]
        constraints = [
            ends_after_start("tenure_ends_after_start"),
            models.UniqueConstraint(
                fields=["official", "position", "organization", "valid_from"],
                name="one_tenure_a_start",
                violation_error_message="Cán bộ này đã giữ chức vụ ấy từ ngày ấy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official} – {self.position}"


class CadreManagement(Dated):
    """Cấp ủy quản lý cán bộ, theo phân cấp quản lý."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="managed_by", verbose_name="cán bộ")
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="manages", verbose_name="cấp ủy quản lý"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "phân cấp quản lý cán bộ"
        verbose_name_plural = "phân cấp quản lý cán bộ"
        ordering = ("official", "-valid_from", "pk")
        constraints = [
            ends_after_start("management_ends_after_start"),
            models.UniqueConstraint(
                fields=["official"],
                condition=models.Q(valid_until__isnull=True),
                name="one_manager_now",
                violation_error_message="Mỗi cán bộ thuộc diện quản lý của một cấp ủy.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.organization} quản lý"
