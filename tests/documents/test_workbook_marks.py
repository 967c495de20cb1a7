"""What a register says never becomes markup of a workbook we write, whoever writes it."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from dotpha.documents.reports import workbook
from dotpha.documents.reports.context import ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.engine import screen

ON = date(2026, 1, 20)


@pytest.mark.parametrize("text", ["<r><t>đỏ</t></r>", "<r>< hỏng </r>", "<r></r>"])
def test_text_in_the_guise_of_the_writers_own_marks_is_written_as_text(text):
    registration = Registration(id="1", owner="Chi bộ thôn Trại", title=text, description=text)
    stream = io.BytesIO()
    workbook.write(stream, [(registration, screen(registration, on=ON))], ReportContext(on=ON))
    cells = [cell.value for cell in load_workbook(stream).worksheets[0][2]]
    assert [cell.strip() for cell in cells if isinstance(cell, str)].count(text) == 2
