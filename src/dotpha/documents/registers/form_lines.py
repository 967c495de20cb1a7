"""The lines of a form, and whether lines are those of forms at all.

Everything becomes lines: a paragraph is a line of one cell, a row of a table a line of several.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dotpha.documents.registers.cells import shown
from dotpha.documents.registers.columns import Role
from dotpha.documents.registers.grid import Row
from dotpha.documents.registers.labels import is_form_heading, label_of
from dotpha.documents.registers.lone import is_foot, is_group, is_marked, names_owner, without_marker

Cells = list[tuple[int, Any]]  # of a line, with their columns
_MAX_CELLS = 6  # of a line of labels and values; a longer one is a row of a table


@dataclass(slots=True)
class Line:
    """One line of a form: a paragraph, or a row of a sheet or of the table of that number."""

    row: Row
    table: int | None = None
    celled: bool = False

    @property
    def cells(self) -> Cells:
        return [(column, cell) for column, cell in enumerate(self.row.cells) if cell != ""]


def is_form(lines: Sequence[Line]) -> bool:
    """Whether these lines hold forms: labels of a task, of who registers it, and at least one more.

    Labels must carry values, in their line or below; the heading of a table has them side by side instead.
    """
    roles: set[Role] = set()
    heading = False
    for line in lines:
        texts = [cell for _, cell in line.cells if isinstance(cell, str)]
        heading = heading or any(is_form_heading(text) for text in texts)
        if len(line.cells) <= _MAX_CELLS:
            roles.update(_labels_of(line, texts))
    if _are_enough(roles, 3, heading or bool(owner_lines(lines))):
        return True
    columns = label_columns(lines)
    beside = {
        label.role
        for line in lines
        if len(cells := counted(line.cells)) == 2 and cells[0][0] == columns.get(line.table)
        if isinstance(cells[0][1], str) and (label := label_of(cells[0][1], beside=True)) is not None
    }
    return _are_enough(roles | beside, 4, heading)


def _are_enough(roles: set[Role], count: int, heading: bool) -> bool:
    told = roles - {"number", "other", "code", "workplace", "unit"}
    return "title" in roles and len(told) >= count and (heading or bool(roles & {"owner", "person"}))


def _labels_of(line: Line, texts: list[str]) -> list[Role]:
    """The fields a line's labels name: they open the line, or stand beside a label and its value."""
    while texts and (texts[0].strip(" .)").isdecimal() or len(texts[0].strip(" .)")) < 2):
        texts = texts[1:]
    labels = [label_of(text) for text in texts]
    found = [label for label in labels if label is not None]
    if not labels or labels[0] is None or len(found) > 2:
        return []
    return [label.role for label in found if label.colon or len(line.cells) > 1 or label.number is not None]


def counted(cells: Cells) -> Cells:
    """A row of a table with the number in its first cell put before the label it counts."""
    if len(cells) < 2 or not isinstance(cells[1][1], str):
        return cells
    number = shown(cells[0][1]).strip(" .)")
    if len(number) <= 3 and (number.isdecimal() or len(number) == 1):
        return [(cells[1][0], f"{number}. {cells[1][1]}"), *cells[2:]]
    return cells


def label_columns(lines: Sequence[Line]) -> dict[int | None, int]:
    """The column in which a table, or the sheet, has labels with their values beside them."""
    sure: Counter[tuple[int | None, int]] = Counter()
    likely: Counter[tuple[int | None, int]] = Counter()
    for line in lines:
        cells = counted(line.cells)
        if not line.celled or not 2 <= len(cells) <= _MAX_CELLS or not isinstance(cells[0][1], str):
            continue
        column, text = cells[0]
        label = label_of(text, beside=True) if len(cells) == 2 else None
        sure[line.table, column] += label_of(text) is not None
        likely[line.table, column] += label is not None and label.role != "other"
    columns: dict[int | None, int] = {}
    for (table, column), times in (sure + likely).most_common():
        if sure[table, column] >= 2 or times >= 3:
            columns.setdefault(table, column)
    return columns


def second_label_columns(lines: Sequence[Line]) -> set[tuple[int | None, int]]:
    """The columns, by table, in which rows of four cells have a second label before its value."""
    seen: Counter[tuple[int | None, int]] = Counter()
    for line in lines:
        cells = line.cells
        if line.celled and len(cells) == 4 and isinstance(cells[2][1], str) and label_of(cells[2][1]):
            seen[line.table, cells[2][0]] += 1
    return {place for place, times in seen.items() if times >= 2}


def owner_lines(lines: Sequence[Line]) -> set[int]:
    """The paragraphs that name whose tasks follow ("1. Đảng bộ xã Bằng Khê"), by number.

    Only where no label says who registers: then such a line is the one place that can.
    """
    found: set[int] = set()
    written = [line for line in lines if line.cells]
    for line, after in zip(written, [*written[1:], None], strict=True):
        if line.celled:
            continue
        text = str(line.cells[0][1])
        if ":" not in text and is_group(text):
            continue
        label = label_of(text)
        if label is not None and label.role in ("owner", "person"):
            return set()
        if label is None and names_unit_or_person(text) and (is_marked(text) or _opens_task(after)):
            found.add(line.row.number)
    return found


def _opens_task(line: Line | None) -> bool:
    label = label_of(str(line.cells[0][1])) if line is not None else None
    return label is not None and label.role == "title" and label.colon


def names_unit_or_person(text: str) -> bool:
    """Whether a line is nothing but the name of an organisation or a person.

    >>> names_unit_or_person("1. Đảng bộ xã Bằng Khê"), names_unit_or_person("2. Đ/c Lò Văn Chung, Trưởng Công an xã")
    (True, True)
    >>> names_unit_or_person("1. Chi bộ họp mỗi tháng một lần."), names_unit_or_person("II. CÁ NHÂN")
    (False, False)
    """
    if len(text) > 110 or "\n" in text or ":" in text or text.endswith((".", ";")):
        return False
    return names_owner(text) and not is_group(text) and not is_foot(without_marker(text))
