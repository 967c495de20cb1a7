"""Sense of days: what lies within what, what may not overlap, how one period follows another."""

from datetime import date
from typing import Any

from django.db.models import Q

from dotpha.core.errors import Refused
from dotpha.directory.models.periods import Dated, DatedQuerySet
from dotpha.rules.vietnamese.dates import show_day


def require_order(from_day: date, until_day: date | None) -> None:
    """
    Raises:
        Refused: a period would end before it began.
    """
    if until_day is not None and until_day <= from_day:
        message = f"Ngày kết thúc ({show_day(until_day)}) phải sau ngày bắt đầu ({show_day(from_day)})."
        raise Refused(message, fields={"until_day": message})


def require_within(outer: Dated, from_day: date, until_day: date | None, *, until_field: str = "until_day") -> None:
    """The period from_day – until_day lies in the life of `outer`.

    Raises:
        Refused: it begins before, or ends after.
    """
    if from_day < outer.valid_from:
        raise Refused(
            f"“{outer}” có từ ngày {show_day(outer.valid_from)}, sau ngày {show_day(from_day)}. "
            "Đồng chí kiểm tra lại ngày bắt đầu.",
            fields={"from_day": f"Phải từ ngày {show_day(outer.valid_from)} trở đi."},
        )
    end = outer.valid_until
    if end is None:
        return
    if from_day >= end:
        raise Refused(
            f"“{outer}” đã kết thúc từ ngày {show_day(end)}. Đồng chí chọn ngày trước đó.",
            fields={"from_day": f"Phải trước ngày {show_day(end)}."},
        )
    if until_day is None or until_day > end:
        raise Refused(
            f"“{outer}” kết thúc từ ngày {show_day(end)} nên không thể kéo dài quá ngày ấy. "
            "Đồng chí ghi ngày kết thúc.",
            fields={until_field: f"Không sau ngày {show_day(end)}."},
        )


def require_can_end(record: Dated, on: date, *, named: str) -> None:
    """
    Raises:
        Refused: it has ended already, or would end on or before the day it began.
    """
    if record.valid_until is not None:
        raise Refused(f"{named} đã kết thúc từ ngày {show_day(record.valid_until)}, không kết thúc lần nữa.")
    if on <= record.valid_from:
        message = f"{named} bắt đầu ngày {show_day(record.valid_from)}; ngày kết thúc phải sau ngày ấy."
        raise Refused(message, fields={"on": message})


def overlapping(from_day: date, until_day: date | None) -> Q:
    """The condition that a row shares a day with a period."""
    before_its_end = Q(valid_until__isnull=True) | Q(valid_until__gt=from_day)
    return before_its_end & Q(valid_from__lt=until_day) if until_day is not None else before_its_end


def follow(history: Any, from_day: date, until_day: date | None, **values: Any) -> None:
    """Close the last row of a history (`organization.names`) on a day and let a new one follow.

    A change on the very day the last row began corrects that row: a period of no days says nothing.

    Raises:
        Refused: the last row begins after that day.
    """
    last = history.order_by("-valid_from").first()
    if last is not None and from_day < last.valid_from:
        message = f"Điều đang ghi có từ ngày {show_day(last.valid_from)}; thay đổi mới không thể trước ngày ấy."
        raise Refused(message, fields={"from_day": message})
    if last is not None and from_day == last.valid_from:
        history.filter(pk=last.pk).update(**values)
        return
    if last is not None and (last.valid_until is None or last.valid_until > from_day):
        history.filter(pk=last.pk).update(valid_until=from_day)
    history.create(valid_from=from_day, valid_until=until_day, **values)


def close(rows: DatedQuerySet, on: date, *, named: str) -> int:
    """End what still holds on a day, with what it belongs to; returns how many.

    Raises:
        Refused: something is written down to begin on that day or later.
    """
    later = rows.filter(valid_from__gte=on).order_by("valid_from").first()
    if later is not None:
        raise Refused(
            f"Còn {named} ghi từ ngày {show_day(later.valid_from)} ({later}), "
            f"không trước ngày kết thúc {show_day(on)}. Đồng chí chọn ngày muộn hơn hoặc sửa phần ghi ấy trước."
        )
    return rows.filter(overlapping(on, None)).update(valid_until=on)
