"""Registers on their side: the fields down one column, a task in each of the others."""

import re
from collections.abc import Sequence
from typing import get_args

from dotpha.documents.registers.columns import Role, names_any
from dotpha.documents.registers.grid import Row
from dotpha.documents.registers.header import MAX_HEIGHT, Header, header_at, readings
from dotpha.documents.registers.owners import looks_organization, split_person
from dotpha.rules.vietnamese.text import fold

_LEAST = 1.0
_COUNTED = re.compile(
    r"(?:nhiem vu|viec|cong viec|noi dung|phieu|dang ky|muc|cot)\s*(?:so|thu)?\s*(?:\d{1,2}|[ivx]{1,4}|nhat|hai|ba|tu)"
)
_LONGEST = 200  # rows; a register on its side has as many as others have columns
_TRIED = 60  # rows in which a heading across would stand
_PURPOSE = "đăng ký"  # whether it is a register at all is asked when it is read


def columns_of_tasks(rows: Sequence[Row]) -> list[Row]:
    """The rows of a register that has one task per column; empty if it is none."""
    best: list[Row] = []
    best_score = 0.0
    if len(rows) > _LONGEST:
        return best
    for column in range(4):
        header = _heading_down(rows, column)
        labelled = _labels(header)
        if header is None or header.score <= best_score or not _is_register(rows, column, labelled):
            continue
        first, last = min(labelled), max(labelled)
        while last + 1 < len(rows) and _heading(rows[last + 1], column):
            last += 1  # years and days, which name no field by themselves
        best_score = header.score
        if first < last and _only_counts(rows[first], column):
            labelled.pop(first, None)
            first += 1
        best = _with_owners(list(rows[max(first - 1, 0) : last + 1]), column, labelled, at_first=first == 0)
    return [] if best and _best_across(rows) >= best_score else best


def _best_across(rows: Sequence[Row]) -> float:
    """How sure a heading across is: a register whose rows speak of organisations has headings' words in them too."""
    found = (header_at(rows[place : place + MAX_HEIGHT], purpose=_PURPOSE) for place in range(min(len(rows), _TRIED)))
    return max((header.score for header in found if header is not None), default=0.0)


def _with_owners(rows: list[Row], column: int, labelled: dict[int, Role], *, at_first: bool) -> list[Row]:
    """The rows from the first label on; names over the columns with no label of their own are the owners."""
    if {"owner", "person"} & set(labelled.values()):
        return rows if at_first else rows[1:]
    for place, row in enumerate(rows[:2]):
        names = [cell for cell in row.cells[column + 1 :] if cell != ""]
        if len(names) > 1 and all(isinstance(name, str) and _names_owner(name) for name in names):
            cells = [*row.cells]
            cells[column] = "Đơn vị đăng ký"
            return [Row(row.number, cells, row.merges, row.originals), *rows[place + 1 :]]
    return rows if at_first else rows[1:]


def _only_counts(row: Row, column: int) -> bool:
    """Whether a row heads the columns of tasks: "Nội dung | Nhiệm vụ 1 | Nhiệm vụ 2"."""
    texts = [cell for cell in row.cells[column + 1 :] if cell != ""]
    return len(texts) > 1 and all(isinstance(text, str) and _COUNTED.fullmatch(fold(text)) for text in texts)


def _names_owner(text: str) -> bool:
    return looks_organization(text) or split_person(text) is not None


def _heading_down(rows: Sequence[Row], column: int) -> Header | None:
    """The texts of a column as the heading of a register, if together they are one."""
    texts = [_heading(row, column) for row in rows]
    return header_at([Row(1, list(texts))], purpose=_PURPOSE)


def _labels(header: Header | None) -> dict[int, Role]:
    """What the texts of such a heading name, by the place of their row."""
    ranked = {each.index: readings(each) for each in header.columns if each.path} if header else {}
    return {place: found[0].role for place, found in ranked.items() if found and found[0].score >= _LEAST}


def _heading(row: Row, column: int) -> str:
    """A row's text in the column of names, if something stands beside it: titles have nothing beside them."""
    cell = row.cells[column] if column < len(row.cells) else ""
    beside = any(value != "" for value in row.cells[column + 1 :])
    return cell.rstrip(": ") if isinstance(cell, str) and len(cell) < 90 and beside else ""


def _has_more_labels(rows: Sequence[Row], column: int, labelled: dict[int, Role]) -> bool:
    """Whether another column holds names of fields too: a form with two labels in a row."""
    width = max(len(row.cells) for row in rows)
    for place in range(column + 1, width):
        texts = [cell for row in labelled if (cell := rows[row].spanned(place)) != ""]
        named = sum(1 for text in texts if isinstance(text, str) and names_any(text, get_args(Role), 2.0))
        if named >= 2 and named * 2 >= len(texts):
            return True
    return False


def _values(row: Row, column: int) -> int:
    return sum(1 for value in row.cells[column + 1 :] if value != "")


def _is_register(rows: Sequence[Row], column: int, labelled: dict[int, Role]) -> bool:
    if len(set(labelled.values()) - {"number", "other", "code"}) < 4 or "title" not in labelled.values():
        return False
    title = max(
        (place for place, role in labelled.items() if role == "title"), key=lambda place: _values(rows[place], column)
    )
    tasks = {place for place, cell in enumerate(rows[title].cells) if place > column and cell != ""}
    tasks = {place for place in tasks if not names_any(str(rows[title].cells[place]), get_args(Role), 1.7)}
    if len(tasks) < 2 or _has_more_labels(rows, column, labelled):
        return False
    filled = [sum(1 for at in tasks if at < len(row.cells) and row.cells[at] != "") for row in rows]
    return sum(filled[place] >= 2 for place in labelled if place != title) >= 2
