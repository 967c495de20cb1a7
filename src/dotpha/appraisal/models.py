"""What the machine said of every version that was sent, and which versions say nearly the same."""

from typing import Self

from django.db import models
from django.db.models import Q

from dotpha.appraisal.packed import PackedField
from dotpha.core.names import KEY_LENGTH
from dotpha.directory.models import PartyOrganization
from dotpha.registration.models import BreakthroughTask, Campaign, TaskVersion
from dotpha.rules.screening.result import VERDICT_LABELS

# What a board filters and counts by, besides the branch and whether something is nearly the same.
COUNTED = ("verdict", "clarity", "unmet", "reasons", "is_individual")


class ScreeningResults(models.QuerySet["ScreeningResult"]):
    def shown(self) -> Self:
        """Those on a board; written as a comparison, because SQLite enters no index by a bare truth value."""
        return self.filter(is_current__in=[True])


class ScreeningResult(models.Model):
    """Kết quả rà soát một phiên bản bằng một bộ quy tắc; kết quả cũ giữ lại.

    `is_current`: the one the board shows, at most one a task; a task taken back has none. What lists filter by stands
    in columns of its own: `unmet` and `reasons` are sums of bits in the order of `CRITERIA` and `Reason`, `clarity` is
    the number of criteria unmet.
    """

    version = models.ForeignKey(
        TaskVersion, on_delete=models.PROTECT, related_name="screenings", verbose_name="phiên bản"
    )
    task = models.ForeignKey(
        BreakthroughTask, on_delete=models.PROTECT, related_name="screenings", verbose_name="nhiệm vụ"
    )
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="screenings", verbose_name="đợt")
    organization = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="+", verbose_name="tổ chức"
    )
    branch = models.ForeignKey(
        PartyOrganization, on_delete=models.PROTECT, related_name="+", verbose_name="thuộc nhánh"
    )
    engine_version = models.CharField("bộ quy tắc", max_length=40)
    on = models.DateField("tính đến ngày")
    screened_at = models.DateTimeField("rà soát lúc")
    is_current = models.BooleanField("đang dùng", default=True)
    verdict = models.CharField(
        "nhận định", max_length=20, choices=[(key.value, label) for key, label in VERDICT_LABELS.items()]
    )
    clarity = models.PositiveSmallIntegerField("số điều chưa rõ")
    unmet = models.PositiveSmallIntegerField("điều chưa rõ")
    reasons = models.PositiveIntegerField("căn cứ")
    is_individual = models.BooleanField("của cá nhân")
    duplicates = models.PositiveSmallIntegerField("số việc gần giống", default=0)
    title = models.CharField("tên nhiệm vụ", max_length=1000)
    owner = models.CharField("bên đăng ký", max_length=255)
    bands = models.CharField("so với đà", max_length=100, blank=True)
    order_key = models.CharField("khóa sắp xếp", max_length=KEY_LENGTH, editable=False, default="")
    number = models.PositiveIntegerField("số trong đợt")
    search_key = models.TextField("khóa tìm kiếm", editable=False, default="")
    # The last column: SQLite walks through a long value to reach what stands behind it.
    result = PackedField("kết quả đầy đủ")

    objects = ScreeningResults.as_manager()

    class Meta:
        verbose_name = "kết quả rà soát"
        verbose_name_plural = "kết quả rà soát"
        ordering = ("campaign", "order_key", "number", "-pk")
        indexes = [
            # A page of the list, filtered or not, and the neighbours of an item are found in this index alone.
            models.Index(
                fields=["campaign", "is_current", "order_key", "number", "branch", *COUNTED, "duplicates"],
                name="screening_order",
            ),
            # Counts of the board are read from these two alone.
            models.Index(
                fields=["campaign", "is_current", *COUNTED, "engine_version", "duplicates"], name="screening_counts"
            ),
            models.Index(
                fields=["campaign", "is_current", "branch", *COUNTED, "duplicates"], name="screening_branches"
            ),
            models.Index(fields=["version", "-id"], name="screening_of_version"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(is_current=True), name="screening_one_current",
                violation_error_message="Mỗi nhiệm vụ chỉ có một kết quả rà soát đang dùng.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}: {self.get_verdict_display()}"


class NearDuplicate(models.Model):
    """Hai phiên bản nói gần như một việc: trong cùng đợt, hoặc của năm trước; `differs` là chỗ khác nhau."""

    version = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="near", verbose_name="phiên bản")
    other = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="near_to", verbose_name="gần giống")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="near_duplicates", verbose_name="đợt")
    kind = models.CharField("loại", max_length=20)
    similarity = models.FloatField("độ giống")
    differs = models.JSONField("khác nhau", default=list)

    class Meta:
        verbose_name = "việc gần giống"
        verbose_name_plural = "việc gần giống"
        ordering = ("campaign", "-similarity", "pk")
        indexes = [models.Index(fields=["campaign", "-similarity", "id"], name="near_duplicate_order")]
        constraints = [
            models.UniqueConstraint(fields=["version", "other"], name="near_duplicate_once"),
            models.CheckConstraint(
                condition=~Q(version=models.F("other")), name="near_duplicate_of_another",
                violation_error_message="Một phiên bản không gần giống chính nó.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version} – {self.other}"
