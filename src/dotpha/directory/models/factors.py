"""Who must show a second proof when signing in."""

from django.db import models

from dotpha.directory.models.grants import Function
from dotpha.directory.models.periods import Dated, DatedQuerySet, ends_after_start


class RequiredFactor(Dated):
    """Yêu cầu xác thực hai bước: from a day on, whoever has this function needs an authenticator app or a passkey."""

    function = models.CharField("chức năng", max_length=40, choices=Function)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu xác thực hai bước"
        verbose_name_plural = "yêu cầu xác thực hai bước"
        ordering = ("function", "-valid_from", "pk")
        constraints = [
            ends_after_start("required_factor_ends_after_start"),
            models.UniqueConstraint(
                fields=["function"],
                condition=models.Q(valid_until__isnull=True),
                name="one_required_factor_now",
                violation_error_message="Chức năng này đang phải xác thực hai bước.",
            ),
            models.CheckConstraint(
                condition=models.Q(function__in=Function.values),
                name="required_factor_function_known",
                violation_error_message="Chức năng này chưa có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_function_display())
