"""Write the directory as a workbook in constant memory: any number of rows, text always as text.

Nothing that begins with "=" becomes a formula and nothing that looks like an address becomes a link.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter

from dotpha.directory.exchange.outgoing import Outgoing
from dotpha.documents.directory.columns import ABOUT, AS_OF, SHEET_KINDS, Column, Holds, SheetKind
from dotpha.documents.pieces.letters import for_cell, printable
from dotpha.rules.vietnamese.dates import show_day

LONGEST = 32_767  # characters Excel takes in one cell
_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_EXPLAINED = (
    "Sửa trực tiếp các trang tính rồi nạp lại ở trang Nhập danh bạ; phần mềm cho xem trước từng dòng sẽ thêm, đổi, "
    "kết thúc hay bị từ chối.",
    "Mã tổ chức và mã cán bộ dùng để nhận ra dòng cũ: giữ nguyên mã khi sửa, ghi mã mới khi thêm.",
    "“Đến trước ngày” là ngày đầu tiên không còn hiệu lực; để trống là còn hiệu lực.",
    "Bỏ một dòng khỏi tệp không xóa gì trong danh bạ.",
    "Cột “Trực thuộc”, “Tổ chức”, “Cấp ủy quản lý” chỉ để dễ đọc; phần mềm đọc theo cột mã bên cạnh.",
)


@dataclass(frozen=True, slots=True)
class About:
    """What stands on the last sheet."""

    scope: str
    exported_at: datetime


def write(stream: BinaryIO, content: Outgoing | None, about: About) -> None:
    """Write the workbook; without content an empty one to be filled in."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": "Danh bạ tổ chức và cán bộ", "company": printable(about.scope)})
        formats = _Formats(book)
        rows: tuple[Iterable[Any], ...] = ((), (), (), ())
        if content is not None:
            rows = (content.organizations(), content.officials(), content.tenures(), content.seats())
        for kind, of_kind in zip(SHEET_KINDS, rows, strict=True):
            _write_sheet(book.add_worksheet(kind.name), formats, kind, of_kind)
        _write_about(book.add_worksheet(ABOUT), formats, content.day if content else None, about)


class _Formats:
    def __init__(self, book: Any) -> None:
        cell = {**_FONT, "text_wrap": True, "border": 1, "border_color": "#C9C3B6"}
        self.text = book.add_format({**cell, "num_format": "@"})
        self.day = book.add_format({**cell, "num_format": "dd/mm/yyyy", "align": "center"})
        self.number = book.add_format({**cell, "align": "center"})
        self.head = book.add_format(
            {**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#ECEFF2"}
        )
        self.plain = book.add_format(_FONT)
        self.bold = book.add_format({**_FONT, "bold": True})
        self.plain_day = book.add_format({**_FONT, "num_format": "dd/mm/yyyy", "align": "left"})


def _write_sheet(sheet: Any, formats: _Formats, kind: SheetKind, rows: Iterable[Any]) -> None:
    sheet.set_row(0, 36)
    for place, column in enumerate(kind.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, formats.head)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&CTrang &P/&N")
    number = 0
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(kind.columns):
            _put(sheet, number, place, column, getattr(row, column.field), formats)
    sheet.autofilter(0, 0, max(number, 1), len(kind.columns) - 1)


def _put(sheet: Any, row: int, place: int, column: Column, value: Any, formats: _Formats) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, formats.text)
    elif column.holds is Holds.DAY and value.year >= 1900:  # Excel knows no day before
        sheet.write_datetime(row, place, value, formats.day)
    elif column.holds is Holds.DAY:
        sheet.write_string(row, place, show_day(value), formats.text)
    elif column.holds is Holds.NUMBER:
        sheet.write_number(row, place, value, formats.number)
    elif column.holds is Holds.YES_NO:
        sheet.write_string(row, place, "Có" if value else "Không", formats.number)
    else:
        sheet.write_string(row, place, for_cell(value[:LONGEST]), formats.text)


def _write_about(sheet: Any, formats: _Formats, day: date | None, about: About) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    if day is not None:
        sheet.write_string(0, 0, AS_OF, formats.bold)
        sheet.write_datetime(0, 1, day, formats.plain_day)
    sheet.write_string(1, 0, "Phạm vi", formats.bold)
    sheet.write_string(1, 1, for_cell(about.scope[:LONGEST]), formats.plain)
    sheet.write_string(2, 0, "Xuất lúc", formats.bold)
    sheet.write_string(2, 1, f"{about.exported_at:%H:%M ngày %d/%m/%Y}", formats.plain)
    for line, text in enumerate(_EXPLAINED, 4):
        sheet.write_string(line, 0, "Cách dùng" if line == 4 else "", formats.bold)
        sheet.write_string(line, 1, text, formats.plain)
