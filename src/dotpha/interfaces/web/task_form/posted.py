"""What was typed into the form, as content: nothing is lost, nothing is interpreted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.http import QueryDict

from dotpha.core.errors import Refused
from dotpha.rules.form.content import MOST_ROWS, Content, IndicatorContent, stored_line
from dotpha.rules.form.specification import Field, Kind, Specification

MOST_LETTERS = 100_000  # of a whole sheet: far beyond what anybody reads, within what a request may carry
_ROW = re.compile(r"indicators-(\d{1,3})-[a-z_-]+")
_PAIRS: Mapping[Kind, tuple[str, str]] = {Kind.MILESTONES: ("by", "what"), Kind.DUTIES: ("who", "what")}
CELLS = tuple(each.name for each in fields(IndicatorContent) if each.name != "history")


@dataclass(frozen=True, slots=True)
class Posted:
    """`numbers` are the rows of indicators on the page, `kept` those of them that hold something, in the same order as
    `content.indicators`; `version` is that of the draft the page was opened with, 0 if it says none."""

    content: Content
    numbers: tuple[int, ...]
    kept: tuple[int, ...]
    version: int

    @classmethod
    def of(cls, said: QueryDict, *, before: Content, asked: Specification) -> "Posted":
        """What the form does not ask stays as it was `before`."""
        row = before.to_json()
        extra = dict(before.extra)
        numbers, kept = _numbers(said), tuple[int, ...]()
        for each in asked.fields:
            if each.is_extra:
                extra[each.name] = said.get(each.name, "")
            elif each.kind is Kind.INDICATORS:
                rows = {number: _indicator(said, number) for number in numbers}
                kept = tuple(number for number, cells in rows.items() if any(cells.values()))[:MOST_ROWS]
                row[each.name] = [rows[number] for number in kept]
            else:
                row[each.name] = _answer(said, each)
        version = said.get("keep") or said.get("version")
        return cls(Content.from_json(row | {"extra": extra}), numbers, kept, _number(version) or 0)

    def require_readable_length(self) -> None:
        """
        Raises:
            Refused: it is longer than any sheet that will be read.
        """
        letters = len(str(self.content.to_json()))
        if letters > MOST_LETTERS:
            raise Refused(
                f"Bản này dài khoảng {letters // 1000} nghìn chữ cái nên chưa lưu được; một bản đăng ký dài nhất "
                f"{MOST_LETTERS // 1000} nghìn. Điều đồng chí ghi vẫn còn ở đây: đồng chí rút gọn rồi lưu lại."
            )


def _answer(said: QueryDict, field: Field) -> Any:
    if field.kind is Kind.GROUNDS:
        return said.getlist(field.name)
    if field.kind is Kind.TASK:
        return _number(said.get(field.name))
    if field.kind in _PAIRS:
        return _pairs(said, field.name, *_PAIRS[field.kind])
    return said.get(field.name, "")


def _pairs(said: QueryDict, name: str, left: str, right: str) -> list[tuple[str, str]]:
    dropped = said.get("drop")
    pairs = zip(said.getlist(f"{name}-{left}"), said.getlist(f"{name}-{right}"), strict=False)
    return [pair for number, pair in enumerate(pairs) if dropped != f"{name}-{number}"]


def _numbers(said: QueryDict) -> tuple[int, ...]:
    found = {int(match[1]) for name in said if (match := _ROW.fullmatch(name))}
    return tuple(sorted(found - {_dropped(said)}))


def _dropped(said: QueryDict) -> int:
    name, _, number = said.get("drop", "").rpartition("-")
    return int(number) if name == "indicators" and _number(number) is not None else -1


def _indicator(said: QueryDict, number: int) -> dict[str, Any]:
    start = f"indicators-{number}-"
    cells: dict[str, Any] = {name: stored_line(said.get(start + name)) for name in CELLS}
    pairs = zip(said.getlist(f"{start}period"), said.getlist(f"{start}value"), strict=False)
    cells["history"] = [pair for pair in pairs if any(stored_line(each) for each in pair)]
    return cells


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
