"""Forms, one task each: labels with their values, in paragraphs, in two-column tables or in sheets.

A label opens a field, what follows fills it until the next label; a small table of indicators is read as a table.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from dotpha.documents.registers.cells import shown
from dotpha.documents.registers.columns import Role, names_any
from dotpha.documents.registers.context import register_year
from dotpha.documents.registers.form import Form
from dotpha.documents.registers.form_lines import Cells, Line, counted, label_columns, owner_lines, second_label_columns
from dotpha.documents.registers.grid import Row
from dotpha.documents.registers.header import MAX_HEIGHT, figures_header_at, is_number_row
from dotpha.documents.registers.indicators import indicators, is_figure
from dotpha.documents.registers.labels import Label, is_form_heading, label_of, opens_form
from dotpha.documents.registers.lone import is_foot, is_grand_total, is_group, is_note, without_marker
from dotpha.documents.registers.owners import looks_organization, type_by_words
from dotpha.documents.registers.planning import plan_figures
from dotpha.documents.registers.reading import Place, Remark, shorten
from dotpha.documents.registers.words import any_of
from dotpha.rules.registration import OwnerType, Registration
from dotpha.rules.vietnamese.text import fold

_SECOND = re.compile(r"\s*[,;.–-]?\s*(?P<label>(?:chức vụ|chức danh)[^:;,.]{0,30}):\s*", re.IGNORECASE)
_LETTERHEAD = re.compile(r"dang cong san viet nam|cong hoa xa hoi chu nghia|doc lap - tu do|[.…]*,\s*ngay\b")
_SECTION = re.compile(r"(?:[IVX]{1,4}|[A-D])\s*[./)-]\s*[^\W\d_]")
_VALUE_HEAD = re.compile(any_of("value_head"))
_ESSENTIAL: frozenset[Role] = frozenset(("title", "owner", "person"))
_LISTS: frozenset[Role] = frozenset(("duties", "description", "solution"))  # fields that may list "Ai: làm gì"
_FIGURES: frozenset[Role] = frozenset(("baseline", "target", "change", "history", "unit", "indicator"))


class FormReader:
    """Reads lines into forms; `finish` gives the last."""

    def __init__(self, file: str, *, sheet: str = "", year: int | None, numbered: bool) -> None:
        self.file, self.sheet, self.year, self._numbered = file, sheet, year, numbered
        self.registrations: list[Registration] = []
        self.remarks: list[Remark] = []
        self._ids: Counter[str] = Counter()
        self._form = Form(0)
        self._label: Label | None = None  # whose field is being filled
        self._last: int | None = None
        self._columns: dict[int | None, int] = {}  # of labels, by table
        self._second: set[tuple[int | None, int]] = set()  # columns of second labels
        self._owners: set[int] = set()  # lines that name whose tasks follow
        self._group: OwnerType | None = None  # what the group says these owners are
        self._opened: Line | None = None  # the line of a label that has no value yet
        self._answered = False  # whether the last label had its value beside it

    def read(self, lines: Sequence[Line]) -> None:
        self._columns = label_columns(lines)
        self._second = second_label_columns(lines)
        self._owners = owner_lines(lines)
        at = 0
        while at < len(lines):
            used = self._figures(lines, at)
            if not used:
                self._line(lines[at])
            at += used or 1
        self._finish()

    # -- lines ------------------------------------------------------------------------------------------------

    def _line(self, line: Line) -> None:
        cells = line.cells
        if self._owners and not line.celled and self._is_of_owners(line):
            return
        if line.celled and len(cells) > 1:
            if _is_heading(cells):
                self._label = None
                return
            cells = counted(cells)
        labelled = self._begins_with_label(line, cells)
        for place, (column, cell) in enumerate(cells):
            # What follows a label in its row is the value, whatever it reads like, unless more follows that.
            value = self._opened is line and (place + 1 == len(cells) or place % 2 == 1)
            second = place == 2 and self._has_second_label(cells, line.table)
            if isinstance(cell, str) and (second or (place == 0 and labelled)):
                self._piece(line, column, cell, alone=len(cells) == 1, first=place == 0, beside=True)
                continue
            for text in self._parts(cell):
                self._piece(line, column, text, alone=len(cells) == 1, first=place == 0, value_only=value)

    def _has_second_label(self, cells: Cells, table: int | None) -> bool:
        """Whether a row is label, value, label, value."""
        return len(cells) == 4 and (table, cells[2][0]) in self._second

    def _is_of_owners(self, line: Line) -> bool:
        """Whether a line names a group of owners, or the owner of what follows: then another form begins."""
        text = shown(line.cells[0][1]) if line.cells else ""
        if line.row.number in self._owners:
            self._finish()
            number = self._next_number()
            self._form = Form(number, lines=self._form.lines, told=self._group, begun=True)
            self._form.add(Label("owner", "", "", None, colon=False), without_marker(line.cells[0][1]))
        elif is_group(text):
            self._finish()
            self._form = Form(self._form.number, lines=self._form.lines, begun=self._form.begun)
            self._group = type_by_words(text)
        else:
            return False
        return True

    def _begins_with_label(self, line: Line, cells: Cells) -> bool:
        """Whether the first text of a row stands in the column of labels, and is no value put below one."""
        if not line.celled or not cells or cells[0][0] != self._columns.get(line.table):
            return False
        if len(cells) > 1 or len(line.cells) > 1 or self._answered:
            return True
        label = label_of(str(cells[0][1]), beside=True)
        return label is not None and label.role != "other"

    def _parts(self, cell: Any) -> list[Any]:
        """A cell's lines where some of them are labels of their own; otherwise the cell as it is."""
        if not isinstance(cell, str) or "\n" not in cell:
            return [cell]
        parts: list[str] = []
        for text in cell.split("\n"):
            label = label_of(text) if ":" in text else None
            if parts and not (label and label.role != "other"):
                parts[-1] += "\n" + text
            else:
                parts.append(text)
        return parts

    def _piece(
        self, line: Line, column: int, value: Any, *, alone: bool, first: bool, value_only: bool = False,
        beside: bool = False,
    ) -> None:  # fmt: skip
        if isinstance(value, str):
            if opens_form(value):
                self._begin(value)
                return
            if self._is_foot(value) or self._is_head(value, alone):
                self._label = None
                return
            label = None if value_only else label_of(value, self._last, beside=beside)
            if label is not None and (beside or self._fits(label, line, alone, first)):
                self._open(label, line, beside=beside)
                return
        self._fill(line, column, value)

    def _fits(self, label: Label, line: Line, alone: bool, first: bool) -> bool:
        """Whether what reads like a label is one here: within a text or a list it may be part of that."""
        if label.number is None and label.role == self._role and not (label.colon and self._opened is not None):
            return False  # "Bối cảnh: …" within a description
        if label.colon:
            return not (self._role in _LISTS and label.role == "other" and label.number is None)
        if line.celled:
            return first or not alone
        return label.counted or (label.role in _ESSENTIAL and not self._form.has("title"))

    def _begin(self, heading: str) -> None:
        self._finish()
        number = self._next_number()
        self._form = Form(number, lines=[heading] if self._form.begun else [*self._form.lines, heading])
        self._label, self._last = None, None

    def _next_number(self) -> int:
        """The number of the form that begins now; a title of two lines is one title."""
        form = self._form
        return form.number + 1 if form.begun or not form.number else form.number

    def _open(self, label: Label, line: Line, *, beside: bool) -> None:
        if beside and label.role in _ESSENTIAL and self._form.doubts(label):
            label = replace(label, role="other")
        self._label = label
        self._last = label.number if label.number is not None else self._last
        self._opened, self._answered = line, False
        self._form.begun = True
        if not label.value:
            return
        second = _SECOND.search(label.value) if label.role in ("owner", "person") else None
        self._fill(line, 0, label.value[: second.start()] if second else label.value)
        if second:
            post = Label("position", second["label"], "", None, colon=True)
            self._form.add(post, label.value[second.end() :].strip(" .;,"))

    def _separate(self, role: Role) -> None:
        """A second name or a second task begins another registration, once it has a value."""
        form = self._form
        if role in ("owner", "person") and form.has("title"):
            self._finish()
            self._form = Form(max(form.number, 1) + 1)
        elif role == "title" and form.has("title"):
            self._finish()
            self._form = form.next_task()

    def _fill(self, line: Line, column: int, value: Any) -> None:
        if value == "":
            return
        if self._label is None:
            if isinstance(value, str) and len(value) < 300:
                self._form.lines.append(shown(value))
            return
        if self._opened is not None:
            label, opened = self._label, self._opened
            self._opened, self._answered = None, opened is line
            self._separate(label.role)
            self._label = label
            self._start(opened)
        self._form.add(self._label, value, (line.row.originals or {}).get(column))

    @property
    def _role(self) -> Role | None:
        return self._label.role if self._label else None

    def _is_head(self, text: str, alone: bool) -> bool:
        """Whether a line in capitals opens a section, or is the letterhead of the next form."""
        if not text.isupper() or len(text) > 90:
            return False
        if _SECTION.match(text):
            return True
        role = self._role
        if not alone or role is None or role in ("owner", "person") or not looks_organization(text):
            return False
        said = self._form.text(role)
        return bool(said) and not said.isupper() if role in ("title", "description") else not said.isupper()

    def _start(self, line: Line) -> None:
        form = self._form
        if form.row is None:
            form.row, form.table = line.row.number, line.table
        if self._role in _FIGURES and line.table:
            form.figures_table = line.table

    def _is_foot(self, text: str) -> bool:
        """Whether a line belongs to the letterhead or the signatures; a bare date may be the deadline asked for."""
        folded = fold(text).lstrip(" -")
        if self._role == "deadline" and not self._form.has("deadline") and folded.startswith("ngay"):
            return False
        return is_foot(text) or _LETTERHEAD.match(folded) is not None

    # -- small tables -----------------------------------------------------------------------------------------

    def _figures(self, lines: Sequence[Line], at: int) -> int:
        """Read a table of indicators that begins with this line; how many lines it took, 0 if there is none."""
        line = lines[at]
        if len(line.cells) < 2 or self._has_second_label(line.cells, line.table):
            return 0
        skipped = self._leading_label(line)
        rows = [_without(each.row, skipped) for each in lines[at : at + MAX_HEIGHT] if each.table == line.table]
        header = figures_header_at(rows)
        if header is None:
            return 0
        counting = names_any(header.columns[line.cells[0][0]].leaf, ("number",), 2.0)
        end = at + header.height
        while end < len(lines) and lines[end].table == line.table:
            if self._ends_figures(lines[end], counting=counting):
                break
            end += 1
        body = [_without(each.row, skipped) for each in lines[at + header.height : end]]
        body = [row for row in body if not is_number_row(row)]
        self._form.figures_table = line.table
        places = plan_figures(header, [row.cells for row in body], self._year())
        for row in body:
            if not _is_company(row):
                for place in places:
                    self._form.found += indicators(place.cells(row.cells), partial(self._doubt, row=row.number))
        self._label = None
        return end - at

    def _leading_label(self, line: Line) -> int:
        """Columns to leave aside: a label merged downwards beside the table it names."""
        column, cell = line.cells[0]
        label = label_of(cell) if isinstance(cell, str) else None
        if label is None or label.role != "indicator" or len(line.cells) <= 2:
            return 0
        tall = any(merge.left == column and merge.bottom > merge.top for merge in line.row.merges)
        return column + 1 if tall or label.number is not None else 0

    def _ends_figures(self, line: Line, *, counting: bool) -> bool:
        """Whether a line after a table of indicators is none of its rows; `counting` tables number their own."""
        cells = line.cells
        if not cells:
            return False
        if len(cells) == 1 and isinstance(cells[0][1], str):
            first = cells[0][1]
            if len(first) > 120 or is_form_heading(first) or is_foot(first):
                return True
        cells = cells if counting else counted(cells)
        column, text = cells[0]
        if not isinstance(text, str):
            return False
        label = label_of(text)
        if label is not None and (label.colon or label.number is not None or len(cells) <= 2):
            return True
        if column != self._columns.get(line.table) or len(cells) != 2 or is_figure(shown(cells[1][1])):
            return False
        label = label_of(text, beside=True)
        return label is not None and (label.role not in _FIGURES | {"other"} or label.number is not None)

    def _doubt(self, _: str, value: Any, *, row: int | None = None) -> None:
        place = self._place() if row is None else replace(self._place(), row=row, table=self._form.figures_table)
        self.remarks.append(Remark(place, f"chưa đọc được số từ “{shorten(shown(value))}”; đề nghị kiểm tra."))

    # -- a form at its end --------------------------------------------------------------------------------------

    def _year(self) -> int | None:
        return register_year(self._form.lines) or self.year

    def _shown_number(self) -> int | None:
        return max(self._form.number, 1) if self._numbered else None

    def _finish(self) -> None:
        """Make the form read so far a registration, if it names a task."""
        form = self._form
        self._label = None
        if form.has("title"):
            draft = form.draft(self._source(), self._doubt)
            self.registrations.append(draft.finished(self._year(), self._complain))
            if not draft.owner.name:
                self._remark("phiếu chưa ghi đơn vị hoặc người đăng ký; đề nghị bổ sung.")
        elif form.lacks_only_title:
            self._remark("phiếu chưa ghi tên nhiệm vụ nên chưa đọc; đề nghị bổ sung.")

    def _complain(self, text: str) -> None:
        self._remark(f"thời hạn “{shorten(text)}” là ngày không có trong lịch; đề nghị kiểm tra.")

    def _remark(self, message: str) -> None:
        self.remarks.append(Remark(self._place(), message))

    def _place(self) -> Place:
        form = self._form
        return Place(
            file=self.file,
            sheet=self.sheet,
            form=self._shown_number(),
            table=form.table,
            row=form.row if self.sheet else None,
        )

    def _source(self) -> dict[str, Any]:
        form = self._form
        source: dict[str, Any] = {"file": self.file}
        if self.sheet:
            source["sheet"] = self.sheet
        if self._numbered:
            source["form"] = max(form.number, 1)
        table = form.figures_table or form.table
        if table:
            source["table"] = table
        if form.row and (self.sheet or form.table or not self._numbered):
            source["row"] = form.row
        source["id"] = self._id(source)
        return source

    def _id(self, source: dict[str, Any]) -> str:
        """ "e-phieu/phiếu 3", with a number added for a second task of the same form."""
        where = f"phiếu {source['form']}" if "form" in source else f"{self.sheet}/{source.get('row', 1)}".lstrip("/")
        wanted = f"{Path(self.file).stem}/{where}"
        self._ids[wanted] += 1
        return wanted if self._ids[wanted] == 1 else f"{wanted}#{self._ids[wanted]}"


def _without(row: Row, columns: int) -> Row:
    """A row without its first columns' texts."""
    if not columns:
        return row
    kept = tuple(merge for merge in row.merges if merge.left >= columns)
    return Row(row.number, [""] * columns + row.cells[columns:], kept, row.originals)


def _is_heading(cells: Cells) -> bool:
    """Whether a row heads the columns of labels and values: "TT | Nội dung | Thông tin đăng ký"."""
    texts = [fold(cell).strip(" :") for _, cell in cells if isinstance(cell, str)]
    if len(texts) != len(cells) or len(texts) > 3:
        return False
    return names_any(texts[0], ("number",), 2.0) or _VALUE_HEAD.fullmatch(texts[-1]) is not None


def _is_company(row: Row) -> bool:
    """Whether a row under the indicators is their total or a note."""
    first = shown(next((cell for cell in row.cells if cell != ""), ""))
    return is_grand_total(first) or is_note(first)
