"""Word documents: paragraphs and tables in order, as a reader sees them with all changes accepted.

Content controls are text like any other, an untouched placeholder is none; what was deleted or moved away
under "track changes" is gone; hidden text, text boxes, headers and foot notes are not read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from dotpha.documents.registers.cells import Repairer, lines_of, repaired
from dotpha.documents.registers.docx_text import Text, W, boxes_of, text_of, visible_children
from dotpha.documents.registers.grid import Grid, Merge, Row, merges_by_row
from dotpha.documents.registers.limits import MAX_TABLE_COLUMNS, MAX_WORD_TEXT, Archive, cut_off, too_big, with_entities

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAX_ROWS = 100_000
_MAX_PARAGRAPHS = 30_000  # outside tables: 600 pages


@dataclass(slots=True)
class Paragraph:
    text: str
    original: str = ""


@dataclass(slots=True)
class Table:
    """A table of the body; `nested` are the tables inside its rows, by row number."""

    number: int
    rows: list[Row]
    width: int
    nested: dict[int, list["Table"]] = field(default_factory=dict)

    def grid(self, file: str) -> Grid:
        return Grid(file=file, rows=iter(self.rows), width=self.width, table=self.number, lettered=False)


@dataclass(slots=True)
class Document:
    blocks: list[Paragraph | Table]
    has_pictures: bool


def open_document(archive: Archive) -> Document:
    """The blocks of a document's body, in order.

    Raises:
        Unreadable: damaged, too large, or nested deeper than Word nests.
    """
    data = archive.whole("word/document.xml", MAX_WORD_TEXT)
    for part in archive.parts:
        if part != "word/document.xml" and part.endswith((".xml", ".rels")):
            for _ in archive.pieces(part):
                pass
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data.replace(_STRICT, _USUAL), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise cut_off(archive.name) from error
    if root.getroottree().docinfo.internalDTD is not None:  # in letters the search for it does not know
        raise with_entities(archive.name)
    body = root.find(W + "body")
    if body is None:
        raise cut_off(archive.name)
    reader = _Reader(archive.name)
    return Document(list(reader.blocks(body)), any(True for _ in root.iter(W + "drawing", W + "pict")))


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._tables = 0
        self._rows = 0
        self._paragraphs = 0

    def blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        begun = Text()
        for element in visible_children(parent):
            if element.tag == W + "p":
                self._paragraphs += 1
                if self._paragraphs > _MAX_PARAGRAPHS:
                    raise too_big(self._name)
                begun += text_of(element)
                if not _mark_deleted(element):  # otherwise the next paragraph goes on with this one
                    yield _paragraph(begun)
                    begun = Text()
                for box in boxes_of(element):
                    yield from self.blocks(box)
            elif element.tag == W + "tbl":
                self._tables += 1
                yield self.table(element, self._tables)
        if begun.text:
            yield _paragraph(begun)

    def table(self, element: Any, number: int) -> Table:
        lines: list[list[_Cell]] = []
        nested: dict[int, list[Table]] = {}
        width = 0
        for row in visible_children(element):
            if row.tag != W + "tr" or _row_deleted(row):
                continue
            self._rows += 1
            if self._rows > _MAX_ROWS:
                raise too_big(self._name)
            cells, inner = self._cells(row, number)
            lines.append(cells)
            if inner:
                nested[len(lines)] = inner
            width = max([width, *(cell.left + cell.span for cell in cells)])
        return Table(number, _rows_of(lines, width), width, nested)

    def _cells(self, row: Any, number: int) -> tuple[list["_Cell"], list[Table]]:
        """The cells of a row, and tables inside them."""
        column = _skipped(row, "gridBefore")
        cells: list[_Cell] = []
        inner: list[Table] = []
        for cell in visible_children(row):
            if cell.tag != W + "tc":
                continue
            properties = cell.find(W + "tcPr")
            if properties is not None and properties.find(W + "cellDel") is not None:
                continue
            span = _number(properties, "gridSpan", 1)
            text, tables = self._cell_text(cell, number)
            inner += tables
            cells.append(_Cell(column, span, _vertical(properties), text))
            column += span
            if column > MAX_TABLE_COLUMNS:
                raise too_big(self._name)
        return cells, inner

    def _cell_text(self, cell: Any, number: int) -> tuple["Text", list[Table]]:
        text, tables, open_line = Text(), [], False
        for element in visible_children(cell):
            if element.tag == W + "p":
                text += text_of(element) if open_line or not text.text else Text("\n") + text_of(element)
                open_line = _mark_deleted(element)
            elif element.tag == W + "tbl":
                tables.append(self.table(element, number))
        return text, tables


@dataclass(frozen=True, slots=True)
class _Cell:
    left: int
    span: int
    vertical: str
    content: Text


def _paragraph(content: Text) -> Paragraph:
    text, original = repaired(content.text)
    return Paragraph(text, original or lines_of(content.raw, decoded=False))


def _rows_of(lines: list[list[_Cell]], width: int) -> list[Row]:
    """Rows with merges worked out: a cell that goes on downwards belongs to the one it began in."""
    merges: list[Merge] = []
    opened: dict[int, _Open] = {}
    for number, line in enumerate(lines, 1):
        for cell in line:
            if cell.vertical == "continue" and cell.left in opened:
                opened[cell.left].bottom = number
            else:
                if cell.left in opened:
                    merges += opened[cell.left].merges()
                opened[cell.left] = _Open(number, cell.left, cell.left + cell.span - 1, number)
    for each in opened.values():
        merges += each.merges()
    by_row = merges_by_row(merges)
    repairer = Repairer()
    rows = []
    for number, line in enumerate(lines, 1):
        cells: list[Any] = [""] * width
        raw: dict[int, str] = {}
        for cell in line:
            if cell.vertical != "continue":
                cells[cell.left] = cell.content.text
                if cell.content.raw:
                    raw[cell.left] = lines_of(cell.content.raw, decoded=False)
        kept, originals = repairer.row(cells)
        rows.append(Row(number, kept, by_row.get(number, ()), (originals or {}) | raw or None))
    return [_with_repaired_merges(row, rows) for row in rows]


@dataclass(slots=True)
class _Open:
    """A cell that may go on in the rows below."""

    top: int
    left: int
    right: int
    bottom: int

    def merges(self) -> list[Merge]:
        wide = self.bottom > self.top or self.right > self.left
        return [Merge(self.top, self.left, self.bottom, self.right)] if wide else []


def _with_repaired_merges(row: Row, rows: list[Row]) -> Row:
    row.merges = tuple(
        Merge(merge.top, merge.left, merge.bottom, merge.right, rows[merge.top - 1].cells[merge.left])
        for merge in row.merges
    )
    return row


def _mark_deleted(paragraph: Any) -> bool:
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and (marks.find(W + "del") is not None or marks.find(W + "moveFrom") is not None)


def _row_deleted(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _vertical(properties: Any) -> str:
    merge = properties.find(W + "vMerge") if properties is not None else None
    return "" if merge is None else merge.get(W + "val") or "continue"


def _number(properties: Any, name: str, default: int) -> int:
    found = properties.find(W + name) if properties is not None else None
    value = found.get(W + "val") if found is not None else None
    return max(1, min(int(value), 10_000)) if value and value.isdecimal() else default


def _skipped(row: Any, name: str) -> int:
    found = row.find(f"{W}trPr/{W}{name}")
    value = found.get(W + "val") if found is not None else None
    return min(int(value), 10_000) if value and value.isdecimal() else 0
