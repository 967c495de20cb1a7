"""What a form still lacks before it is sent: what must be there, and what should."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dotpha.rules.form.composing import is_figure
from dotpha.rules.form.content import Content
from dotpha.rules.form.specification import Field, Kind, Need, Specification
from dotpha.rules.registration import OwnerType


@dataclass(frozen=True, slots=True)
class Missing:
    """One gap. `must` keeps the sheet from being sent; otherwise it may be sent as it is."""

    name: str
    label: str
    message: str
    must: bool


def missing(content: Content, specification: Specification, *, owner_type: OwnerType) -> list[Missing]:
    """In the order of the form; what must be filled and what should be are told apart by `must`."""
    found = []
    for each in specification.asked_of(owner_type).fields:
        if each.when and each.when not in content.grounds:
            continue
        if each.need in (Need.REQUIRED, Need.EXPECTED) and not value_of(content, each):
            found.append(Missing(each.name, each.label, _LACKING[each.kind], each.need is Need.REQUIRED))
        found += [Missing(each.name, each.label, message, False) for message in _half_filled(content, each)]
        if each.most and len(str(value_of(content, each))) > each.most:
            found.append(Missing(each.name, each.label, f"Dài quá {each.most} chữ cái, đề nghị rút gọn.", True))
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


def _half_filled(content: Content, field: Field) -> Iterator[str]:
    checks: dict[Kind, Callable[[Content], Iterator[str]]] = {Kind.INDICATORS: _indicators}
    if check := checks.get(field.kind):
        yield from check(content)


def _indicators(content: Content) -> Iterator[str]:
    for number, each in enumerate(content.indicators, 1):
        which = f"Chỉ tiêu {number}" + (f" ({each.name})" if each.name else "")
        lacking = [
            label
            for label, value in (("tên", each.name), ("hiện trạng", each.baseline), ("chỉ tiêu phải đạt", each.target))
            if not value
        ]
        if lacking:
            yield f"{which}: chưa ghi {', '.join(lacking)}."
        unread = [each.baseline, each.target, *(value for _, value in each.history)]
        if bad := [value for value in unread if not is_figure(value)]:
            yield f"{which}: “{bad[0]}” chưa đọc được thành số."
