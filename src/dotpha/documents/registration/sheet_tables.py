"""The tables of a filled registration form: indicators, milestones, duties, found by their headings."""

from collections.abc import Mapping, Sequence
from typing import Any

from dotpha.documents.registers.docx import Table
from dotpha.documents.registers.reading import shorten
from dotpha.documents.registration.form_words import SOURCES, TABLES, Cell, heading_of, history_of
from dotpha.documents.registration.layout import choice_in
from dotpha.rules.form.specification import Field, Kind
from dotpha.rules.vietnamese.text import tidy

_HEAD_ROWS = 4  # within which the heading of a table stands
_LONGEST = 200  # of a quotation
_MAIN = {"name", "by", "who"}  # what a row of a main table is about


def rows_in(each: Field, tables: Sequence[Table], remarks: list[str]) -> list[Any]:
    """The rows of a field, as `Content.from_json` takes them; `remarks` hears of what has no heading we know."""
    sets = [TABLES[each.kind], *([SOURCES] if each.kind is Kind.INDICATORS else [])]
    found: list[dict[str, str]] = []
    sources: list[dict[str, str]] = []
    for table in tables:
        rows = _rows_of(each, table, sets, remarks)
        is_beside = bool(rows) and _MAIN.isdisjoint(rows[0])
        (sources if is_beside else found).extend(rows)
    if each.kind is Kind.INDICATORS:
        return [row for row in _indicators(found, sources) if any(row.values())]
    first, second = ("by", "what") if each.kind is Kind.MILESTONES else ("who", "what")
    pairs = [(row.get(first, ""), row.get(second, "")) for row in found]
    return [pair for pair in pairs if any(pair)]


def _rows_of(each: Field, table: Table, sets: Sequence[Sequence[Cell]], remarks: list[str]) -> list[dict[str, str]]:
    for place, row in enumerate(table.rows[:_HEAD_ROWS]):
        said = [heading_of(str(cell)) for cell in row.cells]
        for cells in sets:
            names = {heading_of(cell.heading): cell.field for cell in cells}
            places = {names[text]: at for at, text in enumerate(said) if text in names}
            if len(places) >= 2:
                _tell_unnamed(each, table, place, set(places.values()), remarks)
                return [
                    {name: _cell(line.cells, at) for name, at in places.items()} for line in table.rows[place + 1 :]
                ]
    if said_at_all := "; ".join(str(cell) for row in table.rows for cell in row.cells if cell != ""):
        remarks.append(
            f"Mục “{each.label}”: không thấy dòng tiêu đề của bảng nên chưa đọc “{shorten(said_at_all, _LONGEST)}”."
        )
    return []


def _tell_unnamed(each: Field, table: Table, head: int, known: set[int], remarks: list[str]) -> None:
    for line in table.rows[head + 1 :]:
        for place, cell in enumerate(line.cells):
            if cell != "" and place not in known:
                where = f"Mục “{each.label}”, dòng {line.number}, cột {place + 1}"
                remarks.append(f"{where}: chưa đọc “{shorten(str(cell), _LONGEST)}”.")


def _indicators(found: Sequence[Mapping[str, str]], beside: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Both tables put together by number; what the second tells of a number the first lacks is a row of its own."""
    numbered = {row["number"]: row for row in beside if row.get("number")}
    rows = []
    for place, row in enumerate(found):
        number = row.get("number", "")
        other = numbered.pop(number, {}) if number else beside[place] if place < len(beside) else {}
        rows.append(_indicator({**other, **row}))
    return rows + [_indicator(row) for row in numbered.values()]


def _indicator(row: Mapping[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {name: text for name, text in row.items() if name != "number"}
    said["history"] = history_of(said.get("history", ""))
    for name in ("better", "kind"):
        said[name] = choice_in(name, tidy(said.get(name, "")))
    return said


def _cell(cells: Sequence[Any], place: int) -> str:
    return str(cells[place]) if place < len(cells) else ""
