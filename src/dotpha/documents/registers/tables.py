"""Goes down a grid: finds each heading, reads the rows under it, and notices the next one."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from dotpha.documents.registers.belonging import Belonging, Inherited
from dotpha.documents.registers.cells import one_line, shown
from dotpha.documents.registers.columns import may_name, names_any
from dotpha.documents.registers.context import list_is_about, owner_above, register_year, year_in_name
from dotpha.documents.registers.drafts import Owner
from dotpha.documents.registers.grid import Grid, Row
from dotpha.documents.registers.header import MAX_HEIGHT, Header, header_at, is_number_row, title_column
from dotpha.documents.registers.owners import type_by_words
from dotpha.documents.registers.planning import plan
from dotpha.documents.registers.reading import Remark
from dotpha.documents.registers.rows import TableReader
from dotpha.documents.registers.units import unit_above
from dotpha.rules.registration import Registration

_SAMPLE = 60  # rows looked at to tell what a column holds
_TRIES = 400  # rows within which a register must begin
_LINES = 400  # texts around tables that are kept, of more than twice as many


@dataclass(slots=True)
class Found:
    """What a grid gave. `headings` counts registers recognised, also those without rows."""

    registrations: list[Registration] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    headings: int = 0
    reader: TableReader | None = None
    lines: list[str] = field(default_factory=list)


class Ahead:
    """Rows with a look ahead."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._waiting: deque[Row] = deque()
        self._barren = 0  # the last row known to have no word of a task

    def next(self) -> Row | None:
        if self._waiting:
            return self._waiting.popleft()
        return next(self._rows, None)

    def peek(self, count: int) -> list[Row]:
        while len(self._waiting) < count:
            row = next(self._rows, None)
            if row is None:
                break
            self._waiting.append(row)
        return [self._waiting[place] for place in range(min(count, len(self._waiting)))]

    def first(self) -> Row | None:
        if not self._waiting:
            row = next(self._rows, None)
            if row is None:
                return None
            self._waiting.append(row)
        return self._waiting[0]

    def may_be_heading(self) -> bool:
        """Whether one of the rows a heading could have here holds a word that names tasks, which no heading lacks."""
        for row in self.peek(MAX_HEIGHT):
            if row.number > self._barren:
                if may_name("title", " ".join([cell for cell in row.cells if cell.__class__ is str])):
                    return True
                self._barren = row.number
        return False

    def give(self, takes: Callable[[Row], bool]) -> None:
        """Hand over rows as long as they are taken: the way of nearly all rows of a large file."""
        while self._waiting:
            if not takes(self._waiting[0]):
                return
            self._waiting.popleft()
        for row in self._rows:
            if not takes(row):
                self._waiting.append(row)
                return

    def skip(self, count: int) -> None:
        for _ in range(count):
            self.next()


def read_tables(
    grid: Grid, *, purpose: str = "", year: int | None = None, before: Found | None = None,
    around: Sequence[str] = (),
) -> Found:  # fmt: skip
    """The registrations of every register in a grid.

    `purpose` and `year` come from around the grid (titles of the document, other sheets), `around` are the
    lines of a document above the table. `before` is what the table before gave, which may go on in this one
    without a heading of its own.
    """
    found = Found()
    ahead = Ahead(grid.rows)
    reader = _continued(grid, ahead, purpose, before, found)
    lines: list[str] = list(around)
    tried = 0
    while True:
        if reader is not None and not reader.gap:
            ahead.give(reader.takes)
        if _is_searched(reader, ahead):
            header = _best_heading(ahead, " ".join([purpose, grid.sheet, *lines]), reader)
            started = header and _start(grid, ahead, header, lines, year, found, reader)
            if started:
                reader, lines = started, []
                continue
        row = ahead.next()
        if row is None or tried > _TRIES:
            break
        if reader is None or reader.closed:
            lines += _texts(row)
            if len(lines) > 2 * _LINES and reader is not None:
                del lines[:-_LINES]
        if reader is None:
            tried += 1
        else:
            reader.feed(row)
    if reader is not None:
        reader.finish()
    found.lines += lines
    return found


def _continued(grid: Grid, ahead: Ahead, purpose: str, before: Found | None, found: Found) -> TableReader | None:
    """The reader of the table before, if this one has as many columns and no heading."""
    if before is None or before.reader is None:
        return None
    layout, belonging = before.reader.layout, before.reader.belonging
    if grid.width != len(layout.header.columns):
        return None
    for start in range(3):
        rows = ahead.peek(start + MAX_HEIGHT)[start:]
        if rows and header_at(rows, purpose=purpose) is not None:
            return None
    going_on = Belonging(belonging.above, layout.owner_columns)
    going_on.go_on_from(belonging, owner=True)
    found.reader = TableReader(grid, layout, going_on, found.registrations, found.remarks)
    return found.reader


def _is_searched(reader: TableReader | None, ahead: Ahead) -> bool:
    """Whether a heading may begin with the next row."""
    if reader is None:
        return ahead.may_be_heading()
    if reader.tail.is_searched or not (reader.gap or reader.closed or _may_be_heading(ahead)):
        return False
    if not ahead.may_be_heading():
        return False
    reader.tail.search()
    return True


def _may_be_heading(ahead: Ahead) -> bool:
    """Whether the next row opens like a heading ("STT", "TT"): a second table may follow without a gap."""
    row = ahead.first()
    if row is None or not row.cells or row.cells[0].__class__ is float:
        return False
    first = next((cell for cell in row.cells if cell != ""), "")
    return (
        isinstance(first, str) and len(first) <= 12 and may_name("number", first) and names_any(first, ("number",), 2.0)
    )


def _best_heading(ahead: Ahead, purpose: str, reader: TableReader | None) -> Header | None:
    """A heading that begins with the next row, unless a better one begins a little lower."""
    rows = ahead.peek(2 * MAX_HEIGHT)
    if not rows or not any(isinstance(cell, str) and cell for cell in rows[0].cells):
        return None
    header = header_at(rows[:MAX_HEIGHT], purpose=purpose)
    if header is None:
        return None
    if reader is not None and not reader.closed and header.texts <= reader.layout.header.texts:
        return None  # the same heading again, on a new page
    for start in range(1, header.height + 1):
        later = header_at(rows[start : start + MAX_HEIGHT], purpose=purpose)
        if later is not None and later.score >= header.score:
            return None
    return header


def _start(
    grid: Grid, ahead: Ahead, header: Header, lines: list[str], year: int | None, found: Found,
    previous: TableReader | None,
) -> TableReader | None:  # fmt: skip
    """A reader for the rows under a heading, or None where no column turns out to hold a task."""
    sample = [row.cells for row in ahead.peek(header.height + _SAMPLE)[header.height :] if not is_number_row(row)]
    title = title_column(header.columns)
    own = register_year(lines) or register_year(title.path if title else ()) or year_in_name(grid.sheet) or year
    layout = plan(header, sample, own)
    if layout is None:
        return None
    ahead.skip(header.height)
    if previous is not None:
        previous.finish()
    before = found.reader.belonging.above.hinted if found.reader and not lines else None
    above = Inherited(
        told=type_by_words(grid.sheet),
        hinted=list_is_about(lines) or before,
        owner=owner_above(lines) if max(layout.owner_columns[:2]) < 0 else Owner(),
        unit=next((unit for line in reversed(lines) if (unit := unit_above(line))), ""),
    )
    belonging = Belonging(above, layout.owner_columns)
    if previous is not None and not previous.closed:
        belonging.go_on_from(previous.belonging, owner=False)
    found.reader = TableReader(grid, layout, belonging, found.registrations, found.remarks)
    found.headings += 1
    found.lines += lines
    return found.reader


def _texts(row: Row) -> list[str]:
    return [one_line(cell) if isinstance(cell, str) else shown(cell) for cell in row.cells if cell != ""]
