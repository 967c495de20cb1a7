"""Workbooks: values by calamine, put together with what a scan of our own tells of each sheet."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from dotpha.documents.registers.cells import Percent, Repairer
from dotpha.documents.registers.grid import Grid, Merge, Row, merges_by_row
from dotpha.documents.registers.limits import MAX_SHARED_TEXTS, MAX_TABLE_COLUMNS, cut_off, too_big
from dotpha.documents.registers.own import is_own
from dotpha.documents.registers.sheet_scan import Scan, check_size, scan_sheet
from dotpha.documents.registers.workbook import Sheet, Workbook


def grids(workbook: Workbook) -> Iterator[Grid]:
    """The visible sheets of a workbook, in order.

    Raises:
        Unreadable: damaged, or of a size no register has.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    archive = workbook.archive
    sheets = {sheet.part for sheet in workbook.sheets}
    for part in archive.parts:
        if part in sheets:
            check_size(archive, part)
        elif part.endswith("sharedStrings.xml") and archive.parts[part].file_size > MAX_SHARED_TEXTS:
            raise too_big(archive.name)
        elif not part.lower().endswith((".png", ".jpg", ".jpeg", ".emf", ".wmf")):
            for _ in archive.pieces(part):
                pass
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive.data))
        for sheet in workbook.visible:
            # Calamine lets other threads work while it reads: the second look at the sheet costs no time then.
            with ThreadPoolExecutor(1) as other:
                scanning = other.submit(scan_sheet, archive, sheet.part, workbook.styles)
                source = book.get_sheet_by_name(sheet.name)
                scan = scanning.result()
            yield _grid(archive.name, sheet, scan, source)
    except (CalamineError, ValueError, OSError) as error:
        raise cut_off(archive.name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # calamine stumbled over what it never expected
            raise
        raise cut_off(archive.name) from error


def _grid(name: str, sheet: Sheet, scan: Scan, source: Any) -> Grid:
    start = source.start[1] if source.start else 0
    width = min(start + source.width, MAX_TABLE_COLUMNS)
    if is_own(source.iter_rows()):
        return Grid(file=name, rows=_own_rows(source, start, scan), width=width, sheet=sheet.title, own=True)
    height = source.end[0] + 1 if source.end else 0
    merges = [
        Merge(top, left, min(bottom, height), min(right, max(width - 1, left)))
        for top, left, bottom, right in scan.merges
        if 1 <= top <= min(bottom, height) and left <= right
    ]
    unread: list[int] = []
    rows = _rows(source, start, scan, merges, unread)
    return Grid(file=name, rows=rows, width=width, sheet=sheet.title, blind=scan.blind, unread=unread)


def _own_rows(source: Any, start: int, scan: Scan) -> Iterator[Row]:
    """The rows of a sheet of ours, as they stand: what is written there needs no repair."""
    lead = [""] * min(start, MAX_TABLE_COLUMNS)
    for number, values in enumerate(source.iter_rows(), 1):
        cells = (lead + values)[:MAX_TABLE_COLUMNS]
        if number in scan.percents:
            _as_percents(cells, scan.percents[number])
        yield Row(number, cells)


def _rows(source: Any, start: int, scan: Scan, merges: list[Merge], unread: list[int]) -> Iterator[Row]:
    by_row = _Merged(merges, scan.hidden_columns, scan.hidden_rows) if merges else None
    hidden = sorted(scan.hidden_columns)
    lead = [""] * min(start, MAX_TABLE_COLUMNS)
    percents, fonts = scan.percents, scan.fonts
    repairer = Repairer()
    for number, values in enumerate(source.iter_rows(), 1):
        cells = lead + values if start else values
        if len(cells) > MAX_TABLE_COLUMNS:
            del cells[MAX_TABLE_COLUMNS:]  # no register is so wide; what stands there is something else
        if number in percents:
            _as_percents(cells, percents[number])
        cells, originals = repairer.row(cells, _fonts_of(fonts[number], len(cells)) if number in fonts else None)
        touched = by_row.touching(number, cells) if by_row else ()
        if number in scan.hidden_rows:
            if any(cell != "" for cell in cells):
                unread.append(number)
            continue
        for column in hidden:
            if column < len(cells):
                cells[column] = ""
        yield Row(number, cells, touched, originals)


def _fonts_of(fonts: dict[int, str], width: int) -> list[str]:
    return [fonts.get(place, "") for place in range(width)]


def _as_percents(cells: list[Any], columns: list[int]) -> None:
    for column in columns:
        if column < len(cells) and cells[column].__class__ is float:
            cells[column] = Percent(round(cells[column] * 100, 10))


class _Merged:
    """Merges with the values of their first cells, filled in as the rows come by.

    A merge whose first cell is hidden is still seen in the cells that are not.
    """

    def __init__(self, merges: list[Merge], hidden_columns: set[int], hidden_rows: set[int]) -> None:
        self._by_row = merges_by_row(merges)
        self._known: dict[Merge, Merge] = {}
        self._hidden_columns = hidden_columns
        self._hidden_rows = hidden_rows

    def touching(self, number: int, cells: list[Any]) -> tuple[Merge, ...]:
        here = self._by_row.get(number)
        if not here:
            return ()
        for merge in here:
            if merge.top == number:
                value = cells[merge.left] if merge.left < len(cells) else ""
                self._known[merge] = self._seen(merge, value)
        for merge in here:
            first = self._known[merge]
            if (first.top, first.left) != (merge.top, merge.left) and first.top == number and first.left < len(cells):
                cells[first.left] = first.value
        return tuple(self._known[merge] for merge in here)

    def _seen(self, merge: Merge, value: Any) -> Merge:
        left, top = merge.left, merge.top
        while left < merge.right and left in self._hidden_columns:
            left += 1
        while top < merge.bottom and top in self._hidden_rows:
            top += 1
        return Merge(top, left, merge.bottom, merge.right, value)
