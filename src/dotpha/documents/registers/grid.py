"""The one shape every table takes, whatever file it comes from: rows of cells, with what is merged.

Columns are counted from 0, rows as people count them, from 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from dotpha.documents.registers.reading import Place, letter


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells shown as one: rows `top` to `bottom`, columns `left` to `right`, all inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    value: Any = ""


class Row:
    """One row with its repaired cells; a cell hidden under a merge from elsewhere is "".

    `merges` are those that touch the row, `originals` the texts of decoded cells before decoding, by column.
    """

    __slots__ = ("cells", "merges", "number", "originals")

    def __init__(
        self, number: int, cells: list[Any], merges: tuple[Merge, ...] = (), originals: dict[int, str] | None = None
    ) -> None:
        self.number = number
        self.cells = cells
        self.merges = merges
        self.originals = originals

    def covered(self, column: int) -> Merge | None:
        """The merge from a row above that covers this cell, if one does."""
        for merge in self.merges:
            if merge.left <= column <= merge.right and merge.top < self.number <= merge.bottom:
                return merge
        return None

    def spanned(self, column: int) -> Any:
        """What a person sees in this cell: its own value, or that of the merge it lies under."""
        for merge in self.merges:
            if merge.left <= column <= merge.right and merge.top <= self.number <= merge.bottom:
                return merge.value
        return self.cells[column] if column < len(self.cells) else ""

    def width_of(self, column: int) -> int:
        """How many columns the cell that begins here takes."""
        for merge in self.merges:
            if merge.left == column and merge.top == self.number:
                return merge.right - merge.left + 1
        return 1


@dataclass(slots=True)
class Grid:
    """A sheet, a table of a document, or the records of a text file. `rows` can be gone through once.

    `blind` names cells that hold something the file does not tell (an error, a formula never calculated);
    `unread` grows with the numbers of rows that hold something and are hidden. `turned` grids had their
    columns made rows; their places are turned back when named. The rows of a sheet this program wrote (`own`) are as
    they stand in the file.
    """

    file: str
    rows: Iterator[Row]
    width: int
    sheet: str = ""
    table: int | None = None
    blind: dict[tuple[int, int], str] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    lettered: bool = True
    turned: "Turned | None" = None
    own: bool = False

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        if self.turned is not None and row is not None:
            lines = self.turned.rows
            row, column = lines[column] if column is not None else lines[0], row - 1
        named = "" if column is None else letter(column) if self.lettered else str(column + 1)
        return Place(file=self.file, sheet=self.sheet, table=self.table, row=row, column=named)

    def source(self) -> dict[str, Any]:
        """Where a registration of this grid was read, but for the row."""
        source: dict[str, Any] = {"file": self.file}
        if self.sheet:
            source["sheet"] = self.sheet
        if self.table:
            source["table"] = self.table
        return source

    def names(self) -> list[str]:
        """What names the grid within its file, for ids."""
        return [self.sheet] if self.sheet else [f"bảng {self.table}"] if self.table else []


@dataclass(frozen=True, slots=True)
class Turned:
    """Where the columns of a turned grid were: the row of each."""

    rows: tuple[int, ...]


def merges_by_row(merges: list[Merge], budget: int = 2_000_000) -> dict[int, tuple[Merge, ...]]:
    """The merges that touch each row. Tall ones are listed in every row they cross, within a budget."""
    touched: dict[int, list[Merge]] = {}
    for merge in merges:
        budget -= merge.bottom - merge.top + 1
        if budget < 0:
            break
        for row in range(merge.top, merge.bottom + 1):
            touched.setdefault(row, []).append(merge)
    return {row: tuple(found) for row, found in touched.items()}


def turn(grid: Grid, rows: list[Row]) -> Grid:
    """The same table with its columns as rows: for registers with one task per column."""
    width = max(len(row.cells) for row in rows)
    place_of = {row.number: place for place, row in enumerate(rows)}
    merges = []
    for merge in {merge for row in rows for merge in row.merges}:
        inside = [place_of[number] for number in range(merge.top, merge.bottom + 1) if number in place_of]
        if inside:
            merges.append(Merge(merge.left + 1, inside[0], merge.right + 1, inside[-1], merge.value))
    by_row = merges_by_row(merges)
    turned = []
    for column in range(width):
        cells = [row.cells[column] if column < len(row.cells) else "" for row in rows]
        originals = {
            place: row.originals[column] for place, row in enumerate(rows) if row.originals and column in row.originals
        }
        turned.append(Row(column + 1, cells, by_row.get(column + 1, ()), originals or None))
    return Grid(
        file=grid.file, rows=iter(turned), width=len(rows), sheet=grid.sheet, table=grid.table,
        blind={(column + 1, place_of[row]): why for (row, column), why in grid.blind.items() if row in place_of},
        lettered=grid.lettered, turned=Turned(tuple(row.number for row in rows)),
    )  # fmt: skip
