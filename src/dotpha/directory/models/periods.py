"""A period of days, and the questions every dated row is asked."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_until`."""

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(holds_on(day))


def holds_on(day: date, prefix: str = "") -> Q:
    """The condition that a row, reached through `prefix` ("tenure__"), holds on a day."""
    started = Q(**{f"{prefix}valid_from__lte": day})
    return started & (Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day}))


class Dated(models.Model):
    """Có hiệu lực từ ngày – đến trước ngày."""

    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Every dated table has it, under a name of its own."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
        name=name,
        violation_error_message="Ngày hết hiệu lực phải sau ngày bắt đầu.",
    )
