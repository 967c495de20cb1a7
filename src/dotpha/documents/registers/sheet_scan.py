"""What the XML of a sheet tells and calamine does not, in one pass over its bytes as they are unpacked.

Hidden rows and columns, percentages, old fonts, merged cells, cells that hold an error or a formula never
calculated, and whether the sheet is of a size to be read at all: calamine lays a sheet out whole between its
first and last filled cell, so one stray cell in the last corner would cost all memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dotpha.documents.registers.limits import MAX_CELLS, MAX_MERGES, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, Archive, too_big
from dotpha.documents.registers.reading import column_index
from dotpha.documents.registers.workbook import Styles

_QUOTED = rb"\s*=\s*[\"']"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"\br" + _QUOTED + rb"(\d+)")
_HIDDEN = re.compile(rb"\bhidden" + _QUOTED + rb"(?:1|true)[\"']")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_SPAN = re.compile(rb"\b(min|max)" + _QUOTED + rb"(\d+)")
_NO_WIDTH = re.compile(rb"\bwidth" + _QUOTED + rb"0(?:\.0*)?[\"']")
_ADDRESS = re.compile(rb"\br" + _QUOTED + rb"([A-Za-z]+)(\d+)[\"']")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref" + _QUOTED + rb"([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt" + _QUOTED + rb"e[\"'][^>]*)>")
_STYLE = re.compile(rb"\bs" + _QUOTED + rb"(\d+)[\"']")
# Excel and its libraries write the place of a cell first, then its style. Looking for just that is five times
# faster than for anything XML allows, which is kept for the programs that write otherwise.
_FAR_OR_ODD = re.compile(rb'<c(?! r="[A-Z]\d{1,5}"[ >/])[ >/\s]')
_FAR = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br" + _QUOTED + rb"(?:[A-Za-z]{2,}\d+|[A-Za-z]\d{6,})[\"'][^>]*(?<!/)>")
_STYLE_LATER = re.compile(rb'<c (?!r=)|<c r="[A-Z]+\d+" [^s>][^>]* s="')
_ROW_OF_CELLS = re.compile(rb"<(?:\w+:)?row\b[^>]*>(.*?)</(?:\w+:)?row>", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_PLACED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=")
_NARROW = 40  # columns; up to here a sheet of 99,999 rows fits the limit whatever its cells say of their place


@dataclass(slots=True)
class Scan:
    """What the XML of one sheet told."""

    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    percents: dict[int, list[int]] = field(default_factory=dict)
    fonts: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    blind: dict[tuple[int, int], str] = field(default_factory=dict)


def check_size(archive: Archive, part: str) -> None:
    """Refuse a sheet whose cells lie too far apart, before it is laid out.

    Raises:
        Unreadable: too large, or damaged.
    """
    extent = _Extent()
    for text in _whole_rows(archive, part):
        extent.add(text)
        far = extent.columns > MAX_SHEET_COLUMNS or extent.rows > MAX_SHEET_ROWS
        if far or extent.rows * max(extent.columns, 1) > MAX_CELLS:
            raise too_big(archive.name)


class _Extent:
    """How far the cells of a sheet reach. Up to 40 columns and 99,999 rows nothing needs to be counted."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._unplaced = 0  # rows with cells that do not say where they stand

    def add(self, text: bytes) -> None:
        if is_usual(text):
            return
        for found in _FAR.finditer(text):
            column, row = _address(found[0])
            self.columns, self.rows = max(self.columns, column + 1), max(self.rows, row)
        unplaced = [row for row in _ROW_OF_CELLS.findall(text) if len(_PLACED.findall(row)) < len(_CELL.findall(row))]
        self.columns = max([self.columns, *(len(_CELL.findall(row)) for row in unplaced)])
        self._unplaced += len(unplaced)
        self.rows = max(self.rows, self._unplaced)
        if self.columns > _NARROW:
            self.rows = max([self.rows, *(int(digits) for _, digits in _ADDRESS.findall(text))])


def is_usual(text: bytes) -> bool:
    """Whether all cells say first where they stand, within the first 26 columns and 99,999 rows."""
    return b":c" not in text and _FAR_OR_ODD.search(text) is None


def _whole_rows(archive: Archive, part: str) -> Iterator[bytes]:
    """A sheet's XML in pieces that end with a row; what follows the last row comes last."""
    rest = b""
    for piece in archive.pieces(part):
        text = rest + piece
        cut = text.rfind(b"row>") + 4 if b"row>" in text else 0
        rest = text[cut:] if cut else text
        if cut:
            yield text[:cut]
    yield rest


def scan_sheet(archive: Archive, part: str, styles: Styles) -> Scan:
    """What the XML of one sheet tells and calamine does not.

    Raises:
        Unreadable: more merged cells than any register has.
    """
    scan = Scan()
    watched = tuple(sorted(styles.percents.keys() | styles.fonts.keys()))
    text = b""
    for number, text in enumerate(_whole_rows(archive, part)):
        if not number:
            _scan_columns(text, scan)
        _scan_rows(text, scan, styles, watched)
    _scan_columns(text, scan)
    for left, top, right, bottom in _MERGE.findall(text):
        scan.merges.append((int(top), column_index(left.decode()), int(bottom), column_index(right.decode())))
    if len(scan.merges) > MAX_MERGES:
        raise too_big(archive.name)
    return scan


def _scan_rows(text: bytes, scan: Scan, styles: Styles, watched: tuple[int, ...]) -> None:
    if b"hidden" in text:
        _scan_hidden_rows(text, scan)
    if watched:
        # A sheet that is narrow and well-behaved may still have more columns than letters; the quick pattern
        # takes those too, as long as the style follows the place.
        if b":c" not in text and not _STYLE_LATER.search(text, 0, 65536):
            for letters, digits, number in _styled(watched, True).findall(text):
                _note_style(_column_of(letters), int(digits), int(number), scan, styles)
        else:
            _scan_odd_styles(text, scan, styles, watched)
    if b"<f" in text or b":f" in text:
        for found in _EMPTY_FORMULA.finditer(text):
            _note_blind(found[1], scan, "công thức chưa có kết quả lưu sẵn")
    if b't="e"' in text or b"t='e'" in text:
        for found in _ERROR.finditer(text):
            _note_blind(found[1], scan, "công thức đang báo lỗi")


def _note_blind(attributes: bytes, scan: Scan, why: str) -> None:
    if _ADDRESS.search(attributes):
        column, row = _address(attributes)
        scan.blind[row, column] = why


@cache
def _styled(watched: tuple[int, ...], usual: bool) -> re.Pattern[bytes]:
    """Cells of these styles; `usual` where the style stands right after the place."""
    styles = b"|".join(str(each).encode() for each in watched)
    if usual:
        return re.compile(rb'<c r="([A-Z]+)(\d+)" s="(' + styles + rb')"')
    return re.compile(rb"<(?:\w+:)?c\b(?=[^>]*?\bs" + _QUOTED + rb"(?:" + styles + rb")[\"'])([^>]*)>")


def _scan_odd_styles(text: bytes, scan: Scan, styles: Styles, watched: tuple[int, ...]) -> None:
    for found in _styled(watched, False).finditer(text):
        style = _STYLE.search(found[1])
        if style is not None and _ADDRESS.search(found[1]):
            column, row = _address(found[1])
            _note_style(column, row, int(style[1]), scan, styles)


@cache
def _column_of(letters: bytes) -> int:
    return column_index(letters.decode())


def _scan_hidden_rows(text: bytes, scan: Scan) -> None:
    for found in _ROW.finditer(text):
        if b"hidden" in found[1] and _HIDDEN.search(found[1]) and (number := _ROW_NUMBER.search(found[1])):
            scan.hidden_rows.add(int(number[1]))


def _scan_columns(text: bytes, scan: Scan) -> None:
    for found in _COL.finditer(text):
        if _HIDDEN.search(found[1]) or _NO_WIDTH.search(found[1]):
            ends = {name: int(number) for name, number in _SPAN.findall(found[1])}
            first, last = ends.get(b"min", 1), min(ends.get(b"max", 1), 16384)
            scan.hidden_columns.update(range(first - 1, last))


def _note_style(column: int, row: int, number: int, scan: Scan, styles: Styles) -> None:
    if number in styles.percents:
        scan.percents.setdefault(row, []).append(column)
    if number in styles.fonts:
        scan.fonts.setdefault(row, {})[column] = styles.fonts[number]


def _address(attributes: bytes) -> tuple[int, int]:
    found = _ADDRESS.search(attributes)
    return (column_index(found[1].decode().upper()), int(found[2])) if found else (0, 0)
