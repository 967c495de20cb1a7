"""Sheets of a workbook and records of a text file: a register, a register turned on its side, or forms."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice

from dotpha.documents.registers.context import register_year, year_in_name
from dotpha.documents.registers.form_lines import Line, is_form
from dotpha.documents.registers.forms import FormReader
from dotpha.documents.registers.grid import Grid, Row, turn
from dotpha.documents.registers.limits import Archive
from dotpha.documents.registers.outcome import Outcome
from dotpha.documents.registers.own import read_own
from dotpha.documents.registers.reading import Place, Reading, Remark, Unreadable
from dotpha.documents.registers.side_by_side import sides
from dotpha.documents.registers.tables import Found, read_tables
from dotpha.documents.registers.vertical import columns_of_tasks

_FORM_ROWS = 1500  # sheets longer than this are no forms
_HEAD_ROWS = 20  # in which titles stand


def read_workbook(archive: Archive) -> Reading:
    """The registers of a workbook's visible sheets.

    Raises:
        Unreadable: damaged, too large, or without a register.
    """
    from dotpha.documents.registers.workbook import open_workbook
    from dotpha.documents.registers.xlsx import grids

    workbook = open_workbook(archive)
    if not workbook.visible:
        raise Unreadable(f"Tệp “{archive.name}” chỉ có trang tính bị ẩn; đề nghị bỏ ẩn trang tính cần đọc rồi gửi lại.")
    reading = read_sheets(grids(workbook), archive.name)
    hidden = [sheet.title for sheet in workbook.sheets if not sheet.visible]
    remarks = [Remark(Place(file=archive.name, sheet=name), "trang tính bị ẩn nên không đọc.") for name in hidden]
    return replace(reading, remarks=(*reading.remarks, *remarks))


def read_sheets(grids: Iterable[Grid], name: str) -> Reading:
    """The registers of these grids, one after another.

    Raises:
        Unreadable: there is none.
    """
    outcome = Outcome(name)
    with _without_collector():
        for grid in grids:
            outcome.take(_read_sheet(grid, outcome.purpose, year_in_name(name)), grid)
    return outcome.reading()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the collector of cycles: a large register makes a million objects and not one cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()
            gc.unfreeze()  # all that was made counts as old now; otherwise it would be gone through at once
            gc.enable()


def _read_sheet(grid: Grid, purpose: str, year: int | None) -> Found:
    if grid.own:
        return read_own(grid)
    first = list(islice(grid.rows, _FORM_ROWS))
    if len(first) < _FORM_ROWS:
        titles = _texts(first[:_HEAD_ROWS])
        if turned := columns_of_tasks(first):
            said = " ".join([purpose, *titles])
            return read_tables(turn(grid, turned), purpose=said, year=register_year(titles) or year)
        if beside := sides(grid, first):
            return _together(read_tables(each, purpose=purpose, year=register_year(titles) or year) for each in beside)
        lines = [Line(row, celled=True) for row in first]
        if is_form(lines):
            return _read_forms(lines, grid, year or register_year(titles))
    grid.rows = chain(first, grid.rows)
    return read_tables(grid, purpose=purpose, year=year)


def _together(parts: Iterable[Found]) -> Found:
    whole = Found()
    for part in parts:
        whole.registrations += part.registrations
        whole.remarks += part.remarks
        whole.headings += part.headings
        whole.lines += part.lines
    return whole


def _texts(rows: Iterable[Row]) -> list[str]:
    return [cell for row in rows for cell in row.cells if isinstance(cell, str) and cell]


def _read_forms(lines: Sequence[Line], grid: Grid, year: int | None) -> Found:
    reader = FormReader(grid.file, sheet=grid.sheet, year=year, numbered=False)
    reader.read(lines)
    return Found(reader.registrations, reader.remarks, headings=1)
