"""The table as it is printed and kept in docs/quyen-han.md."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from dotpha.directory.models import Function
from dotpha.directory.policy import DEED_LABELS, WHO_MAY, Deed

DOCS = Path(__file__).resolve().parents[3] / "docs" / "quyen-han.md"


def printed():
    out = StringIO()
    call_command("show_policy", stdout=out)
    return out.getvalue()


def test_every_mark_of_the_printed_table_is_what_the_program_asks():
    rows = {label.strip(): [cell.strip(" |") for cell in cells] for label, cells in _rows(printed()).items()}
    for deed in Deed:
        marked = {function for function, cell in zip(Function, rows[DEED_LABELS[deed]], strict=True) if cell == "●"}
        assert marked == WHO_MAY[deed]


def _rows(page):
    lines = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in lines}


def test_the_page_kept_with_the_documents_is_the_printed_one():
    assert DOCS.read_text("utf-8").endswith(printed())
