"""Read a workbook of the directory: sheets by what their headings mean, columns in any order.

Whatever cannot be understood is told with sheet, row and column; nothing is passed over in silence.
"""

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from itertools import chain, islice
from typing import Any

from dotpha.directory.exchange.rows import Batch, OfficialRow, OrganizationRow, SeatRow, Spot, TenureRow, Trouble
from dotpha.documents.directory.columns import ABOUT, AS_OF, SHEET_KINDS, Column, Holds, SheetKind
from dotpha.documents.registers.grid import Grid, Row
from dotpha.documents.registers.limits import open_archive
from dotpha.documents.registers.reading import Unreadable, letter
from dotpha.documents.registers.workbook import open_workbook
from dotpha.documents.registers.xlsx import grids
from dotpha.rules.vietnamese.dates import from_serial
from dotpha.rules.vietnamese.text import fold, tidy

MOST_ROWS = 20_000  # of a workbook that waits for its confirmation; larger directories come in parts
_HEAD_ROWS = 15  # in which the headings stand
_WRITTEN_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_YES = frozenset({"co", "x", "dung", "yes", "1", "true", "dang vien", "v"})
_NO = frozenset({"khong", "no", "0", "false", "chua", "-"})
_LISTS = {
    OrganizationRow: "organizations",
    OfficialRow: "officials",
    TenureRow: "tenures",
    SeatRow: "seats",
}
NO_SHEET = (
    "Chưa thấy trang tính nào của danh bạ trong tệp “{name}”. Mỗi trang tính cần dòng tiêu đề, ví dụ “Mã”, "
    "“Tên tổ chức”. Đồng chí xuất danh bạ ra Excel để có mẫu, rồi sửa trên mẫu ấy."
)
NOT_EXCEL = "Tệp “{name}” không phải là Excel (.xlsx). Đồng chí mở bằng Excel, chọn Lưu thành, kiểu .xlsx rồi nạp lại."
TOO_MANY = "Tệp “{name}” có hơn {most} dòng. Đồng chí tách thành nhiều tệp rồi nạp lần lượt, tổ chức trước, cán bộ sau."


class _NotUnderstood(Exception):
    """One cell; the text says why."""


def read(data: bytes, name: str) -> Batch:
    """Read a workbook that is in memory.

    Raises:
        Unreadable: no workbook, damaged, hostile, without a sheet of the directory, or too long.
    """
    if not data.startswith(b"PK"):
        raise Unreadable(NOT_EXCEL.format(name=name))
    archive = open_archive(data, name)
    if "xl/workbook.xml" not in archive.parts:
        raise Unreadable(NOT_EXCEL.format(name=name))
    workbook = open_workbook(archive)
    batch, found = Batch(), 0
    for grid in grids(workbook):
        if fold(tidy(grid.sheet)) == fold(ABOUT):
            batch.as_of = _as_of(grid)
        else:
            found += _read_sheet(grid, batch)
        if batch.count > MOST_ROWS:
            raise Unreadable(TOO_MANY.format(name=name, most=f"{MOST_ROWS:,}".replace(",", ".")))
    for sheet in workbook.sheets:
        if not sheet.visible:
            batch.remarks.append(f"Trang tính ‘{sheet.title}’ bị ẩn nên không đọc.")
    if not found:
        raise Unreadable(NO_SHEET.format(name=name))
    return batch


def _as_of(grid: Grid) -> date | None:
    for row in islice(grid.rows, _HEAD_ROWS):
        cells = [cell for cell in row.cells if cell not in ("", None)]
        if len(cells) > 1 and isinstance(cells[0], str) and fold(tidy(cells[0])) == fold(AS_OF):
            try:
                return _day(cells[1])
            except _NotUnderstood:
                return None
    return None


def _read_sheet(grid: Grid, batch: Batch) -> bool:
    """Whether it was a sheet of the directory."""
    first = list(islice(grid.rows, _HEAD_ROWS))
    best = _best_header(grid.sheet, first)
    if best is None:
        if any(cell not in ("", None) for row in first for cell in row.cells):
            batch.remarks.append(f"Trang tính ‘{grid.sheet}’ không phải của danh bạ nên không đọc.")
        return False
    head, kind, columns = best
    unused = [
        tidy(cell)
        for place, cell in enumerate(head.cells)
        if isinstance(cell, str)
        and cell.strip()
        and place not in columns
        and fold(tidy(cell)) not in ("stt", "so tt", "tt")
    ]
    if unused:
        batch.remarks.append(f"Trang tính ‘{grid.sheet}’: không dùng cột {', '.join(f'“{each}”' for each in unused)}.")
    letters = {column.field: letter(place) for place, column in columns.items()}
    into = getattr(batch, _LISTS[kind.row])
    rest = (row for row in first if row.number > head.number)
    for row in chain(rest, grid.rows):
        read_row = _read_row(grid, row, kind, columns, letters, batch.troubles)
        if read_row is not None:
            into.append(read_row)
        if len(into) > MOST_ROWS:
            break
    for number in grid.unread:
        told = "Dòng bị ẩn nên không đọc. Đồng chí bỏ ẩn hoặc xóa dòng ấy rồi nạp lại."
        batch.troubles.append(Trouble(grid.sheet, number, "", told))
    return True


def _best_header(sheet: str, rows: Iterable[Row]) -> tuple[Row, SheetKind, dict[int, Column]] | None:
    """The row of headings and the kind of sheet that fit best; a kind named by its sheet wins over others."""
    best: tuple[int, Row, SheetKind, dict[int, Column]] | None = None
    title = fold(tidy(sheet))
    for row in rows:
        for kind in SHEET_KINDS:
            columns = _columns(row, kind)
            if {column.field for column in kind.columns if column.is_needed} <= {
                each.field for each in columns.values()
            }:
                score = len(columns) + (100 if any(word in title for word in kind.words) else 0)
                score += 100 if title == fold(kind.name) else 0
                if best is None or score > best[0]:
                    best = (score, row, kind, columns)
    return best[1:] if best else None


def _columns(row: Row, kind: SheetKind) -> dict[int, Column]:
    """Which column holds which field. Our own headings first, so that a synonym takes only what is left."""
    headings = {
        place: fold(tidy(cell)) for place, cell in enumerate(row.cells) if isinstance(cell, str) and cell.strip()
    }
    found: dict[int, Column] = {}
    for exact in (True, False):
        for column in kind.columns:
            if column in found.values():
                continue
            wanted = {fold(column.heading)} if exact else {fold(other) for other in column.others}
            place = next((at for at, text in headings.items() if at not in found and text in wanted), None)
            if place is not None:
                found[place] = column
    return found


def _read_row(
    grid: Grid, row: Row, kind: SheetKind, columns: dict[int, Column], letters: dict[str, str], troubles: list[Trouble]
) -> Any:
    values: dict[str, Any] = {}
    failed = False
    for place, column in columns.items():
        cell = row.spanned(place)
        if (row.number, place) in grid.blind:
            troubles.append(Trouble(grid.sheet, row.number, letter(place), f"Ô có {grid.blind[row.number, place]}."))
            failed = True
            continue
        try:
            value = _value(cell, column)
        except _NotUnderstood as reason:
            told = f"{column.heading}: {reason}"
            troubles.append(Trouble(grid.sheet, row.number, letter(place), told))
            failed = True
            continue
        if value not in ("", None):
            values[column.field] = value
    if failed or not values or not _tells_anything(values, kind):
        return None
    return kind.row(spot=Spot(grid.sheet, row.number, letters), **values)


def _tells_anything(values: dict[str, Any], kind: SheetKind) -> bool:
    """A row of column numbers under the headings (1, 2, 3 …), or a heading repeated, tells nothing."""
    texts = [str(value) for value in values.values()]
    if len(texts) > 2 and all(text.isdigit() and int(text) < 40 for text in texts):
        return False
    headings = {column.heading for column in kind.columns}
    return not all(text in headings for text in texts)


def _value(cell: Any, column: Column) -> Any:
    if cell is None or cell == "":
        return None
    if column.holds is Holds.DAY:
        return _day(cell)
    if column.holds is Holds.NUMBER:
        return _number(cell, column)
    return _yes_no(cell) if column.holds is Holds.YES_NO else _text(cell)


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return tidy(str(cell))


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 3_000 < cell < 80_000:
        return from_serial(float(cell))
    text = _text(cell)
    if not text:
        return None
    try:
        if found := _WRITTEN_DAY.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise _NotUnderstood(f"chưa đọc được ngày “{text[:40]}”; ghi ngày/tháng/năm, ví dụ 01/07/2025.") from None


def _number(cell: Any, column: Column) -> int | None:
    if isinstance(cell, datetime | date) and column.field == "birth_year":
        return cell.year
    text = _text(cell)
    if column.field == "birth_year" and (found := _WRITTEN_DAY.fullmatch(text)):
        return int(found[3])
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise _NotUnderstood(f"“{text[:40]}” không phải là số nguyên.")
    return int(text)


def _yes_no(cell: Any) -> bool | None:
    if isinstance(cell, bool):
        return cell
    text = fold(_text(cell))
    if text in _YES or text in _NO:
        return text in _YES
    raise _NotUnderstood(f"“{_text(cell)[:40]}” chưa rõ; ghi Có hoặc Không.")


def fields_of(kind: SheetKind) -> frozenset[str]:
    """Fields a row of this kind takes, for the test that every column has one."""
    return frozenset(field.name for field in fields(kind.row))
