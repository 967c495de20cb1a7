"""What a form still lacks before it is sent: what must be there, and what should."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dotpha.rules.form.composing import day_of, is_figure, period_of
from dotpha.rules.form.content import Content, IndicatorContent
from dotpha.rules.form.specification import Field, Kind, Need, Specification
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.numbers import show_number
from dotpha.rules.vietnamese.text import tidy

_SOME_YEAR = 2024  # a leap year: where no year is given, every day there is can be read
# What is meant as a day of the calendar, rather than as words: "trước 32/13/2022", "31/6".
_LIKE_A_DAY = re.compile(
    r"(?:\D*\s)?(?:\d{1,2}\s*([/.-])\s*\d{1,2}\s*\1\s*\d{2,4}|\d{1,2}/(?:\d{1,2}|\d{4})|\d{4}-\d{1,2}-\d{1,2})\W*"
)


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap. `must` keeps the sheet from being sent; otherwise it may be sent as it is."""

    name: str
    label: str
    message: str
    must: bool


def missing(
    content: Content, specification: Specification, *, owner_type: OwnerType, year: int | None = None
) -> list[Missing]:
    """In the order of the form; what must be filled and what should be are told apart by `must`.

    `year` reads days written without one.
    """
    found = []
    for each in specification.asked_of(owner_type).fields:
        if each.when and each.when not in content.grounds:
            continue
        if each.need in (Need.REQUIRED, Need.EXPECTED) and not value_of(content, each):
            found.append(Missing(each.name, each.label, _LACKING[each.kind], each.need is Need.REQUIRED))
        found += [
            Missing(each.name, each.label, message, False)
            for message in _half_filled(content, each, year or _SOME_YEAR)
        ]
        if each.most and len(str(value_of(content, each))) > each.most:
            told = f"Dài quá {show_number(each.most)} ký tự (kể cả dấu cách), đề nghị rút gọn."
            found.append(Missing(each.name, each.label, told, True))
    return found


def value_of(content: Content, field: Field) -> Any:
    """What stands in a field, of whatever kind; empty counts as not filled."""
    return content.extra.get(field.name, "") if field.is_extra else getattr(content, field.name)


_LACKING = {
    Kind.LINE: "Chưa ghi.",
    Kind.TEXT: "Chưa ghi.",
    Kind.GROUNDS: "Chưa chọn lý do nào.",
    Kind.INDICATORS: "Chưa có chỉ tiêu nào.",
    Kind.MILESTONES: "Chưa có mốc nào.",
    Kind.DUTIES: "Chưa ghi ai phối hợp.",
    Kind.TASK: "Chưa chọn nhiệm vụ của tập thể.",
}


def _half_filled(content: Content, field: Field, year: int) -> Iterator[str]:
    checks: dict[Kind, Callable[[Content, int], Iterator[str]]] = {Kind.INDICATORS: _indicators}
    if check := checks.get(field.kind):
        yield from check(content, year)
    if (
        field.name == "deadline"
        and _LIKE_A_DAY.fullmatch(tidy(content.deadline))
        and not day_of(content.deadline, year)
    ):
        yield f"“{content.deadline}” chưa đọc được thành ngày."


def _indicators(content: Content, year: int) -> Iterator[str]:
    for number, each in enumerate(content.indicators, 1):
        which = f"Chỉ tiêu {number}" + (f" ({each.name})" if each.name else "")
        lacking = [
            label
            for label, value in (("tên", each.name), ("hiện trạng", each.baseline), ("chỉ tiêu phải đạt", each.target))
            if not value
        ]
        if lacking:
            yield f"{which}: chưa ghi {', '.join(lacking)}."
        yield from (f"{which}: {said}" for said in _unread(each, year))


def _unread(row: IndicatorContent, year: int) -> Iterator[str]:
    """The first figure, the day and the first period of the past nobody can read; the engine leaves them out."""
    figures = [row.baseline, row.target, *(value for _, value in row.history)]
    if bad := [value for value in figures if not is_figure(value)]:
        yield f"“{bad[0]}” chưa đọc được thành số."
    if row.baseline_on and not period_of(row.baseline_on, year):
        yield f"“{row.baseline_on}” chưa đọc được thành ngày."
    if bad := [period for period, _ in row.history if period and not period_of(period, year)]:
        yield f"“{bad[0]}” chưa đọc được thành năm, tháng hay ngày."
