"""Two registers side by side on one sheet: told apart by the headings beside each other in one row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dotpha.documents.registers.columns import names_any
from dotpha.documents.registers.grid import Grid, Row
from dotpha.documents.registers.header import MAX_HEIGHT, Header, header_at, title_column

_TRIED = 40  # rows in which the headings would stand
_FEWEST = 3  # columns of a register


def sides(grid: Grid, rows: Sequence[Row]) -> list[Grid]:
    """The registers of `rows` from left to right; empty where there is only one."""
    for place, row in enumerate(rows[:_TRIED]):
        for column in _borders(row, rows[place:]):
            left = [_part(each, 0, column) for each in rows[place : place + MAX_HEIGHT]]
            right = [_part(each, column, None) for each in rows[place : place + MAX_HEIGHT]]
            if _is_register(header_at(left)) and _is_register(header_at(right)):
                return [_side(grid, rows, place, 0, column), _side(grid, rows, place, column, None)]
    return []


def _borders(row: Row, below: Sequence[Row]) -> Iterator[int]:
    """Columns from which a second heading may begin: "STT" once more, or what follows an empty column."""
    texts = [column for column, cell in enumerate(row.cells) if isinstance(cell, str) and cell]
    if len(texts) < 2 * _FEWEST or len(texts) != sum(cell != "" for cell in row.cells):
        return
    for column in texts[_FEWEST:-_FEWEST]:
        after_gap = column - 1 not in texts and all(_is_empty(each, column - 1) for each in below)
        if _opens(row.cells[column]) and (after_gap or names_any(row.cells[column], ("number",), 2.0)):
            yield column


def _opens(heading: str) -> bool:
    """Whether a register may begin with this column."""
    return names_any(heading, ("number", "owner", "person"))


def _is_empty(row: Row, column: int) -> bool:
    return column >= len(row.cells) or row.spanned(column) == "" or row.width_of(0) > column


def _is_register(header: Header | None) -> bool:
    return header is not None and title_column([each for each in header.columns if each.path]) is not None


def _side(grid: Grid, rows: Sequence[Row], heading: int, first: int, end: int | None) -> Grid:
    """One side, with the titles over both where it has none of its own."""
    parts = [_part(row, first, end) for row in rows]
    if not any(cell != "" for row in parts[:heading] for cell in row.cells):
        parts[:heading] = rows[:heading]
    return replace(grid, rows=iter(parts))


def _part(row: Row, first: int, end: int | None) -> Row:
    """A row with only the cells of these columns; they keep their places."""
    end = len(row.cells) if end is None else end
    cells = [cell if first <= column < end else "" for column, cell in enumerate(row.cells)]
    merges = tuple(merge for merge in row.merges if first <= merge.left < end)
    kept = {column: text for column, text in (row.originals or {}).items() if first <= column < end}
    return Row(row.number, cells, merges, kept or None)
