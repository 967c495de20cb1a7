"""The tree of party organizations, with what each was called and where it stood on any day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from dotpha.core.names import KEY_LENGTH
from dotpha.directory.models.periods import Dated, DatedQuerySet, ends_after_start
from dotpha.rules.vietnamese.text import fold

STEP = 9  # digits of one level of a path: the primary key, padded


class OrganizationKind(models.Model):
    """Loại tổ chức đảng (đảng bộ tỉnh, đảng bộ xã, chi bộ …): dữ liệu, vì cấp và loại thay đổi theo quy định."""

    code = models.SlugField("mã loại", max_length=40, unique=True)
    label = models.CharField("tên loại", max_length=120)
    rank = models.PositiveSmallIntegerField("thứ tự cấp", help_text="1 là cao nhất")
    source = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        verbose_name = "loại tổ chức đảng"
        verbose_name_plural = "loại tổ chức đảng"
        ordering = ("rank", "code")

    def __str__(self) -> str:
        return self.label


class PartyOrganizationQuerySet(DatedQuerySet):
    def within(self, organization: "PartyOrganization") -> Self:
        """The organization and all below it, by today's tree."""
        return self.filter(path__gte=organization.path, path__lt=organization.path_after)

    def found_by(self, words: str) -> Self:
        """Every word, without accents, stands at the start of a word of a name it has or had, or of its code."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_key__contains=f" {word}")
        return found


class PartyOrganization(Dated):
    """Tổ chức đảng: một nút của cây, ở mọi cấp. Tên và vị trí hiện nay ở đây, trước kia ở hai bảng bên dưới."""

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=255)
    kind = models.ForeignKey(
        OrganizationKind, on_delete=models.PROTECT, related_name="organizations", verbose_name="loại"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trực thuộc"
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="tổ chức kế thừa",
    )
    # Padded keys from the root down: a subtree is a range of it, on every collation.
    path = models.CharField("đường dẫn", max_length=STEP * 20, db_index=True, default="", editable=False)
    depth = models.PositiveSmallIntegerField("bậc", default=0, editable=False)
    search_key = models.TextField("khóa tìm kiếm", editable=False, default="")
    order_key = models.CharField("khóa sắp xếp", max_length=KEY_LENGTH, editable=False, default="")
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    objects = PartyOrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"
        ordering = ("order_key", "pk")
        indexes = [
            models.Index(fields=["parent", "order_key"], name="organization_children"),
            models.Index(fields=["order_key"], name="organization_order"),
        ]
        constraints = [
            ends_after_start("organization_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="organization_not_under_itself",
                violation_error_message="Một tổ chức không thể trực thuộc chính nó.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_until__isnull=False),
                name="organization_succeeded_only_when_ended",
                violation_error_message="Chỉ tổ chức đã kết thúc mới có tổ chức kế thừa.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trail_scope_id(self) -> int:
        """What was done to an organization is read by those who read its trail."""
        return self.pk

    @property
    def path_after(self) -> str:
        """The first path that is no longer in this subtree."""
        return self.path[:-STEP] + f"{self.pk + 1:0{STEP}d}"


class OrganizationName(Dated):
    """Tên của một tổ chức qua các thời kỳ."""

    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="names", verbose_name="tổ chức"
    )
    name = models.CharField("tên", max_length=255)
    reason = models.CharField("căn cứ", max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "tên qua các thời kỳ"
        verbose_name_plural = "tên qua các thời kỳ"
        ordering = ("organization", "valid_from", "pk")
        constraints = [
            ends_after_start("organization_name_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(valid_until__isnull=True),
                name="organization_one_name_now",
                violation_error_message="Mỗi tổ chức chỉ có một tên hiện hành.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationPlacement(Dated):
    """Tổ chức trực thuộc đâu qua các thời kỳ; không có `parent` là gốc của cây."""

    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="placements", verbose_name="tổ chức"
    )
    parent = models.ForeignKey(
        PartyOrganization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placed_here",
        verbose_name="trực thuộc",
    )
    reason = models.CharField("căn cứ", max_length=255, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí trong cây"
        verbose_name_plural = "vị trí trong cây"
        ordering = ("organization", "valid_from", "pk")
        indexes = [models.Index(fields=["parent", "valid_from"], name="placement_children")]
        constraints = [
            ends_after_start("placement_ends_after_start"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(valid_until__isnull=True),
                name="organization_one_place_now",
                violation_error_message="Mỗi tổ chức chỉ trực thuộc một nơi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} – {_since(self.valid_from)}"


def _since(day: date) -> str:
    return f"từ {day:%d/%m/%Y}"
