"""Word documents: forms, or tables of a register with the text between them."""

from collections.abc import Iterator, Sequence

from dotpha.documents.registers.context import register_year, year_in_name
from dotpha.documents.registers.docx import Document, Paragraph, Table, open_document
from dotpha.documents.registers.form_lines import Line, is_form
from dotpha.documents.registers.forms import FormReader
from dotpha.documents.registers.grid import Row, turn
from dotpha.documents.registers.limits import Archive
from dotpha.documents.registers.outcome import Outcome
from dotpha.documents.registers.reading import Reading, Unreadable
from dotpha.documents.registers.tables import Found, read_tables
from dotpha.documents.registers.vertical import columns_of_tasks


def read_document(archive: Archive) -> Reading:
    """The registrations of a document.

    Raises:
        Unreadable: damaged, too large, only a picture, or without a register.
    """
    document = open_document(archive)
    name = archive.name
    lines = [line for number, block in enumerate(document.blocks, 1) for line in _lines(block, number)]
    texts = [line for block in document.blocks if isinstance(block, Paragraph) for line in _split(block)]
    if document.has_pictures and not any(cell != "" for line in lines for cell in line.row.cells):
        raise Unreadable(
            f"Tệp “{name}” chỉ có hình ảnh (bản chụp hoặc bản quét), không có chữ để đọc; đề nghị gửi tệp đã gõ."
        )
    year = register_year(texts) or year_in_name(name)
    outcome = Outcome(name)
    if not _has_columns_of_tasks(document) and is_form(lines):
        reader = FormReader(name, year=year, numbered=True)
        reader.read(lines)
        outcome.take(Found(reader.registrations, reader.remarks, headings=1))
    else:
        _read_tables(document, name, texts, year, outcome)
    return outcome.reading()


def _has_columns_of_tasks(document: Document) -> bool:
    return any(isinstance(block, Table) and columns_of_tasks(block.rows) for block in document.blocks)


def _lines(block: Paragraph | Table, number: int) -> Iterator[Line]:
    """A paragraph, or the rows of a table with those of the tables inside it."""
    if isinstance(block, Table):
        for row in block.rows:
            yield Line(row, block.number, celled=True)
            for inner in block.nested.get(row.number, ()):
                yield from _lines(inner, number)
    elif block.text:
        yield Line(Row(number, [block.text], (), {0: block.original} if block.original else None))


def _split(paragraph: Paragraph) -> list[str]:
    return [line for line in paragraph.text.split("\n") if line]


def _read_tables(document: Document, name: str, texts: Sequence[str], year: int | None, outcome: Outcome) -> None:
    before: Found | None = None
    around: list[str] = []  # the lines since the last register
    for block in document.blocks:
        if isinstance(block, Paragraph):
            around += _split(block)
            continue
        grid = block.grid(name)
        if turned := columns_of_tasks(block.rows):
            grid = turn(grid, turned)
        found = read_tables(grid, purpose=" ".join(texts), year=year, before=before, around=around)
        outcome.take(found, grid)
        around = [] if found.headings else found.lines
        before = found if found.headings else before
