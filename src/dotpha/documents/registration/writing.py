"""The register of a campaign as a workbook in constant memory: any number of tasks, text always as text.

Nothing that begins with "=" becomes a formula, nothing that looks like an address becomes a link, and nothing is cut:
a text longer than fits a cell that can be read goes on in the rows below (`layout.pieces`). Reading the file again
gives the same registrations (`dotpha.documents.registers.own`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isinf
from typing import Any, BinaryIO

import xlsxwriter

from dotpha.documents.pieces.letters import for_cell, printable
from dotpha.documents.registration.layout import (
    INDICATOR,
    LONGEST,
    SINGLE,
    Column,
    SheetLayout,
    exact,
    layout,
    pieces,
    shown_choice,
    shown_history,
)
from dotpha.rules.registration import Indicator, OwnerType, Registration
from dotpha.rules.vietnamese.dates import show_day

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_LINES = 22  # of one cell: Excel shows no more than 409 points of a row
_LINE_POINTS = 16.0
_HEAD_ROW = 7
_CENTRED = frozenset(("number", "id", "unit", "deadline", "state", "submitted_at", "is_late", "parent_id"))
_ORNAMENT = "-----"  # under the subject, as the guidance on party documents has it


@dataclass(frozen=True, slots=True)
class Entry:
    """One task of the register. `registration` has codes ("DK-0014") for `id` and `parent_id`.

    `lines` are its texts with line breaks where the form has them; on one line they are the registration's own.
    """

    registration: Registration
    lines: Mapping[str, str] = field(default_factory=dict)
    workplace: str = ""
    owner_code: str = ""
    state: str = ""
    submitted_at: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """Whose register it is and as of when; `scope` tells what of it was asked for."""

    committee: str
    superior: str
    year: int
    guidance: str = ""
    scope: str = ""
    on: date = date.min
    exported_at: datetime | None = None


def write(stream: BinaryIO, entries: Mapping[OwnerType, Iterable[Entry]], about: About) -> int:
    """Write the workbook; the number of tasks written. `entries` are gone through once, one kind after the other."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    written = 0
    with xlsxwriter.Workbook(stream, options) as book:
        title = f"{layout().title} {about.year}"
        book.set_properties({"title": title, "company": printable(about.committee)[:LONGEST]})
        formats = _Formats(book)
        for sheet in layout().sheets:
            written += _Sheet(book.add_worksheet(sheet.name), sheet, formats).write(entries[sheet.owner_type], about)
        _write_guide(book.add_worksheet(layout().guide), formats, about)
    return written


class _Formats:
    """Every look of a cell, made once; a task's cells are ruled round the whole task, its indicators each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[bool, bool, bool, str], Any] = {}
        line = {"border": 1, "border_color": "#8A8578"}
        self.head = book.add_format(
            {**_FONT, **line, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True,
             "bg_color": "#ECEFF2"}
        )  # fmt: skip
        self.plain = book.add_format({**_FONT, "text_wrap": True})
        self.bold = book.add_format({**_FONT, "bold": True})
        self.centre = book.add_format({**_FONT, "align": "center"})
        self.centre_bold = book.add_format({**_FONT, "align": "center", "bold": True})
        self.centre_italic = book.add_format({**_FONT, "align": "center", "italic": True})
        self.title = book.add_format({**_FONT, "align": "center", "bold": True, "font_size": 16})

    def cell(self, *, centred: bool, first: bool, last: bool, number: str = "") -> Any:
        key = (centred, first, last, number)
        if key not in self._made:
            look = {**_FONT, "text_wrap": True, "left": 1, "right": 1, "border_color": "#8A8578"}
            look |= {"top": 1} if first else {}
            look |= {"bottom": 1} if last else {}
            look |= {"align": "center"} if centred else {}
            self._made[key] = self._book.add_format({**look, "num_format": number or "@"})
        return self._made[key]


class _Sheet:
    """One sheet while it is written, row by row."""

    def __init__(self, sheet: Any, plan: SheetLayout, formats: _Formats) -> None:
        self._sheet, self._plan, self._formats = sheet, plan, formats
        self._row = _HEAD_ROW

    def write(self, entries: Iterable[Entry], about: About) -> int:
        self._set_up()
        self._write_top(about)
        for place, column in enumerate(self._plan.columns):
            self._sheet.write_string(_HEAD_ROW, place, column.heading, self._formats.head)
        count = 0
        for count, entry in enumerate(entries, 1):
            self._write_task(count, entry)
        last = len(self._plan.columns) - 1
        if not count:
            _text(self._sheet, _HEAD_ROW + 1, 0, layout().empty, self._formats.bold)
        self._sheet.autofilter(_HEAD_ROW, 0, max(self._row, _HEAD_ROW + 1), last)
        self._sheet.print_area(0, 0, max(self._row, _HEAD_ROW + 1), self._plan.printed - 1)
        return count

    def _set_up(self) -> None:
        sheet = self._sheet
        for place, column in enumerate(self._plan.columns):
            sheet.set_column(place, place, column.width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD_ROW)
        sheet.set_footer("&L&A&CTrang &P/&N")
        titles = [column.field for column in self._plan.columns].index("title")
        sheet.freeze_panes(_HEAD_ROW + 1, titles)

    def _write_top(self, about: About) -> None:
        """Who issues on the left, the Party on the right, then what the list is."""
        last = self._plan.printed - 1
        half = last // 3
        formats = self._formats
        self._across(0, 0, half, about.superior.upper(), formats.centre)
        self._across(0, last - half - 1, last, "ĐẢNG CỘNG SẢN VIỆT NAM", formats.centre_bold)
        self._across(1, 0, half, about.committee.upper(), formats.centre_bold)
        self._across(1, last - half - 1, last, f"Tính đến ngày {show_day(about.on)}", formats.centre_italic)
        self._across(2, 0, half, "*", formats.centre)
        self._sheet.set_row(3, 26)
        self._across(3, 0, last, f"{layout().title} {about.year}", formats.title)
        self._across(4, 0, last, self._plan.group, formats.centre_bold)
        self._across(5, 0, last, " · ".join(filter(None, (about.guidance, about.scope))), formats.centre_italic)
        self._across(6, 0, last, _ORNAMENT, formats.centre)
        self._sheet.set_row(_HEAD_ROW, 36)

    def _across(self, row: int, first: int, last: int, text: str, form: Any) -> None:
        self._sheet.merge_range(row, first, row, last, "", form)
        _text(self._sheet, row, first, text, form)

    def _write_task(self, number: int, entry: Entry) -> None:
        rows = _rows_of(entry, self._plan.columns)
        for place, cells in enumerate(rows):
            self._row += 1
            starts = place == 0 or bool(cells.get("starts"))
            ends = place == len(rows) - 1 or bool(rows[place + 1].get("starts"))
            self._set_height(cells)
            for column_at, column in enumerate(self._plan.columns):
                own = column.field in INDICATOR
                first, last = (starts, ends) if own else (place == 0, place == len(rows) - 1)
                value = number if column.field == "number" and place == 0 else cells.get(column.field, "")
                centred = column.field in _CENTRED
                form = self._formats.cell(centred=centred, first=first, last=last, number=_number_format(value))
                self._put(column_at, value, form)

    def _put(self, column: int, value: Any, form: Any) -> None:
        if value == "":
            self._sheet.write_blank(self._row, column, None, form)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._row, column, value, form)
        else:
            _text(self._sheet, self._row, column, value, form)

    def _set_height(self, cells: Mapping[str, Any]) -> None:
        """Points for the tallest cell. Excel would find it by itself, other programs cut what does not fit."""
        lines = max(
            (_lines_of(text, column.width) for column in self._plan.columns
             if isinstance(text := cells.get(column.field, ""), str)),
            default=1,
        )  # fmt: skip
        self._sheet.set_row(self._row, min(_LINE_POINTS * lines + 4, 409))


def _text(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    sheet.write_string(row, column, for_cell(text[:LONGEST]), form)


# -- the rows of one task ----------------------------------------------------------------------------------


def _rows_of(entry: Entry, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The cells of a task, row by row; `starts` marks rows in which an indicator begins."""
    widths = {column.field: column.width for column in columns}
    registration = entry.registration
    rows: list[dict[str, Any]] = [{}]
    for name in SINGLE:
        said = entry.lines.get(name) or getattr(registration, name)
        _spread(rows, 0, name, _cut(said, widths.get(name, 20)))
    at = 0
    for each in registration.indicators:
        at = _add_indicator(rows, at, each, widths)
    first = rows[0]
    first["workplace"], first["owner_code"], first["state"] = entry.workplace, entry.owner_code, entry.state
    first["submitted_at"] = f"{entry.submitted_at:%d/%m/%Y %H:%M}" if entry.submitted_at else ""
    first["is_late"] = "Gửi chậm" if entry.is_late else ""
    for row in rows[1:]:
        row["id"] = registration.id
    return rows


def _add_indicator(rows: list[dict[str, Any]], at: int, indicator: Indicator, widths: Mapping[str, int]) -> int:
    """Write one indicator from row `at` down; the row below its last."""
    texts = {
        "name": indicator.name,
        "unit": indicator.unit,
        "history": shown_history(indicator.history),
        "better": shown_choice("better", indicator.better),
        "kind": shown_choice("kind", indicator.kind),
    }
    cut = {name: _cut(text, widths.get(name, 20)) for name, text in texts.items()}
    for name, parts in cut.items():
        _spread(rows, at, name, parts)
    while len(rows) <= at:
        rows.append({})
    rows[at] |= {
        "starts": True,
        "baseline": _figure(indicator.baseline),
        "target": _figure(indicator.target),
    }
    return at + max(1, *(len(parts) for parts in cut.values()))


def _spread(rows: list[dict[str, Any]], at: int, name: str, parts: Sequence[str]) -> None:
    for place, part in enumerate(parts, at):
        while len(rows) <= place:
            rows.append({})
        rows[place][name] = part


def _cut(text: str, width: int) -> list[str]:
    """A text in pieces that each fit a cell as Excel can show it."""
    return pieces(text, min(LONGEST, int(_LINES * width * 0.95))) if text else []


def _figure(value: float | None) -> float | str:
    """A number as Excel keeps it, or as text with all its digits where Excel would round it."""
    if value is None:
        return ""
    if isinf(value) or float(f"{value:.16G}") != value:
        return exact(value)
    return value


def _number_format(value: Any) -> str:
    """Thousands apart, decimals as many as there are; "" for text."""
    if not isinstance(value, int | float):
        return ""
    return "#,##0" if float(value).is_integer() else "General"


def _lines_of(text: str, width: int) -> int:
    return sum(int(len(line) / (1.15 * width)) + 1 for line in text.split("\n"))


def _write_guide(sheet: Any, formats: _Formats, about: About) -> None:
    sheet.set_column(0, 0, 110)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    _text(sheet, 0, 0, layout().guide_title, formats.bold)
    lines = [f"{number}. {line}" for number, line in enumerate(layout().guide_lines, 1)]
    if about.exported_at is not None:
        lines += ["", f"Xuất lúc {about.exported_at:%H:%M ngày %d/%m/%Y}. {about.scope}".strip()]
    for row, line in enumerate(lines, 2):
        sheet.set_row(row, _LINE_POINTS * _lines_of(line, 110) + 4)
        _text(sheet, row, 0, line, formats.plain)
