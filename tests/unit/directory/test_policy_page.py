"""The table as it is printed and kept in docs/quyen-han.md."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from dotpha.directory.models import Function
from dotpha.interfaces.powers import ROOMS, labels_of

DOCS = Path(__file__).resolve().parents[3] / "docs" / "quyen-han.md"


def printed():
    out = StringIO()
    call_command("show_policy", stdout=out)
    return out.getvalue()


def test_every_mark_of_the_printed_table_is_what_the_program_asks():
    rows = {label.strip(): [cell.strip(" |") for cell in cells] for label, cells in _rows(printed()).items()}
    for room in ROOMS:
        for deed in room.deeds:
            cells = zip(Function, rows[room.labels[deed]], strict=True)
            assert {function for function, cell in cells if cell == "●"} == room.who_may[deed]


def test_what_a_function_is_given_for_is_told_room_by_room():
    assert labels_of(Function.TECHNICAL_ADMINISTRATOR)[0] == "Xem danh bạ"
    assert "Lập, mở, thôi nhận, sửa đợt đăng ký" in labels_of(Function.CLERK)
    assert "Đọc nhiệm vụ đã gửi" not in labels_of(Function.TECHNICAL_ADMINISTRATOR)


def _rows(page):
    lines = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    return {cells[0]: cells[1:] for cells in lines}


def test_the_page_kept_with_the_documents_is_the_printed_one():
    assert DOCS.read_text("utf-8").endswith(printed())
