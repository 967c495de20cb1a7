"""The registration form in Word, blank or filled, laid out as party papers are (Hướng dẫn 05-HD/VPTW, 27/5/2026).

It asks what the campaign's pinned specification asks, in its order and words. Each answer has a ruled box of its own
that grows with what is typed; figures, milestones and duties have tables with empty rows. `sheet_reading` finds the
answers again by the labels.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, cast

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import SubElement

from dotpha.documents.pieces.letters import printable
from dotpha.documents.registration.form_words import (
    CODE,
    FOR_WHOM,
    GROUND_LABELS,
    NEEDED,
    OWNERS,
    POSITION,
    SIGNERS,
    SOURCES,
    SOURCES_TITLE,
    TABLES,
    TICKED,
    TITLE,
    UNTICKED,
    WORKPLACE,
    Cell,
    form_for,
    help_of,
    shown_rows,
)
from dotpha.documents.reports.paper import Paper, add_words, set_words
from dotpha.rules.form.content import GROUNDS, Content
from dotpha.rules.form.missing import value_of
from dotpha.rules.form.specification import Field, Kind, Specification
from dotpha.rules.registration import OwnerType

_CENTER, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_DOTS = "…………………………"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_BOX = 165  # mm between the margins
_EMPTY_ROWS = 3
_HEIGHTS = {Kind.LINE: 9, Kind.TEXT: 24, Kind.TASK: 14}  # mm of an empty box


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose form it is; what is not known is left to be filled in by hand.

    `parent` is the collective task that an individual's task serves, as a reader knows it ("DK-0003: …").
    """

    specification: Specification
    owner_type: OwnerType
    year: int
    superior: str = ""
    organization: str = ""
    owner: str = ""
    position: str = ""
    code: str = ""
    note: str = ""
    on: date | None = None
    content: Content = field(default_factory=Content)
    parent: str = ""


def write(stream: BinaryIO, sheet: Sheet) -> None:
    _Form(sheet).save(stream)


class _Form:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._asked = form_for(sheet.specification, sheet.owner_type, sheet.content)
        self._paper = Paper()
        self._boxes = 0

    def save(self, stream: BinaryIO) -> None:
        self._write_head()
        self._write_owner()
        number = 0
        for place, section in enumerate(self._asked.sections):
            mark = _ROMAN[place] if place < len(_ROMAN) else str(place + 1)
            self._paper.heading(f"{mark}. {section.title}", 1)
            if section.help:
                add_words(self._paper.say(keep=True, indent=False), section.help, "w:i")
            for each in section.fields:
                number += 1
                self._write_field(number, each)
        self._write_signatures()
        properties = self._paper.document.core_properties
        properties.title = printable(f"{TITLE} {self._sheet.year}")
        properties.author = printable(self._sheet.organization)[:255]
        self._paper.document.save(stream)

    # -- the head --------------------------------------------------------------------------------------------

    def _write_head(self) -> None:
        sheet, table = self._sheet, self._table((80, 85), ruled=False)
        left, right = table.add_row().cells
        _lines(left, [(sheet.superior.upper() or _DOTS, ""), (sheet.organization.upper() or _DOTS, "w:b"), ("*", "")])
        _lines(right, [("ĐẢNG CỘNG SẢN VIỆT NAM", "w:b"), (f"………, {_long_day(sheet.on)}", "w:i")], first=15)
        _rule_below(right.paragraphs[0])
        for text, size, space in (
            (f"{TITLE} {sheet.year}", 15, 14),
            (FOR_WHOM[sheet.owner_type], 14, 0),
            ("-----", 14, 0),
        ):
            paragraph = self._paper.say(indent=False)
            paragraph.alignment = _CENTER
            paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(space), Pt(2)
            run = paragraph.add_run(text)
            run.bold, run.font.size = text.startswith(TITLE), Pt(size)

    def _write_owner(self) -> None:
        sheet = self._sheet
        lines = [(OWNERS[sheet.owner_type], sheet.owner)]
        if sheet.owner_type == "individual":
            lines += [(POSITION, sheet.position), (WORKPLACE, sheet.organization)]
        lines += [(CODE, sheet.code)] if sheet.code else []
        for label, said in lines:
            paragraph = self._paper.say(indent=False)
            paragraph.alignment = _LEFT
            add_words(paragraph, f"{label}: ", "w:b")
            if not said:  # a dotted line to the margin
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(_BOX), leader=WD_TAB_LEADER.DOTS)
            add_words(paragraph, said or "\t")
        if sheet.note:
            add_words(self._paper.say(indent=False), sheet.note, "w:i")

    # -- the fields ------------------------------------------------------------------------------------------

    def _write_field(self, number: int, each: Field) -> None:
        paragraph = self._paper.say(indent=False, keep=True)
        paragraph.alignment = _LEFT
        paragraph.paragraph_format.space_before = Pt(6)
        add_words(paragraph, f"{number}. {each.label}", "w:b")
        if each.need in NEEDED:
            add_words(paragraph, f" {NEEDED[each.need]}")
        if help := help_of(each):
            for run in (add_words(paragraph, "\n"), add_words(paragraph, help, "w:i")):
                _set_size(run, 12)
        match each.kind:
            case Kind.GROUNDS:
                self._write_grounds()
            case Kind.INDICATORS | Kind.MILESTONES | Kind.DUTIES:
                self._write_rows(each.kind)
            case Kind.TASK:
                self._write_box(self._sheet.parent or self._sheet.content.parent_title, each.kind)
            case _:
                self._write_box(str(value_of(self._sheet.content, each)), each.kind)

    def _write_grounds(self) -> None:
        for each in GROUNDS:
            paragraph = self._paper.say(indent=False)
            paragraph.alignment = _LEFT
            paragraph.paragraph_format.left_indent = Mm(8)
            _add_box(paragraph, each.value in self._sheet.content.grounds, self._next())
            add_words(paragraph, f" {GROUND_LABELS[each]}")

    def _next(self) -> int:
        self._boxes += 1
        return self._boxes

    def _write_box(self, text: str, kind: Kind) -> None:
        row = self._table((_BOX,)).add_row()
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(_HEIGHTS[kind])
        _fill(row.cells[0], text)
        self._gap()

    def _write_rows(self, kind: Kind) -> None:
        rows = shown_rows(self._sheet.content, kind)
        self._write_table(TABLES[kind], rows)
        if kind is Kind.INDICATORS:
            paragraph = self._paper.say(indent=False, keep=True)
            _set_size(add_words(paragraph, SOURCES_TITLE, "w:i"), 12)
            self._write_table(SOURCES, rows)

    def _write_table(self, cells: Sequence[Cell], rows: Sequence[Mapping[str, str]]) -> None:
        """A table with a repeated heading and empty rows to go on; figures and numbers stand in the middle."""
        table = self._table([cell.width for cell in cells])
        head = table.add_row()
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, column in zip(head.cells, cells, strict=True):
            _fill(cell, column.heading, bold=True, centred=True)
        blank = [
            {"number": str(number)} for number in range(len(rows) + 1, len(rows) + 1 + max(1, _EMPTY_ROWS - len(rows)))
        ]
        for said in (*rows, *blank):
            row = table.add_row()
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(9)
            for cell, column in zip(row.cells, cells, strict=True):
                _fill(cell, said.get(column.field, ""), centred=column.field == "number")
        self._gap()

    def _gap(self) -> None:
        paragraph = self._paper.say(indent=False)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(6)

    def _write_signatures(self) -> None:
        self._gap()
        self._gap()
        table = self._table((82, 83), ruled=False)
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, who in zip(row.cells, SIGNERS[self._sheet.owner_type], strict=True):
            _lines(cell, [(who, "w:b"), ("(ký, ghi rõ họ tên)", "w:i")])

    def _table(self, widths: Sequence[int], *, ruled: bool = True) -> Any:
        """Without rows yet; Any, for python-docx does not type its rows."""
        table: Any = self._paper.document.add_table(rows=0, cols=len(widths))
        if ruled:
            table._tbl.tblStyle_val = "TableGrid"  # by its key: python-docx looks for names through all the others
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table


# -- cells and boxes -----------------------------------------------------------------------------------------


def _fill(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    """What was typed, each line a paragraph of its own; 13 points, as tables of party papers have."""
    first = cell.paragraphs[0]
    first.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    first.paragraph_format.space_before = first.paragraph_format.space_after = Pt(2)
    first.alignment = _CENTER if centred else _LEFT
    lines = text.split("\n")
    paragraphs = [first]
    for _ in lines[1:]:
        copy = deepcopy(first._p)
        cell._tc.append(copy)
        paragraphs.append(Paragraph(copy, cell))
    for paragraph, line in zip(paragraphs, lines, strict=True):
        if line:
            _set_size(add_words(paragraph, line, *(["w:b"] if bold else [])), 13)


def _lines(cell: _Cell, lines: Sequence[tuple[str, str]], *, first: int = 14) -> None:
    for number, (text, mark) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = _CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        _set_size(add_words(paragraph, text, *filter(None, [mark])), first if number == 0 else 14)


def _set_size(run: Any, points: int) -> Any:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        run.insert(0, properties)
    for name in ("w:sz", "w:szCs"):
        SubElement(properties, qn(name)).set(qn("w:val"), str(2 * points))
    return run


def _add_box(paragraph: Paragraph, is_ticked: bool, number: int) -> None:
    """A box that Word ticks at a click; elsewhere it is a sign like any other, replaced by typing."""
    box = SubElement(paragraph._p, qn("w:sdt"))
    properties = SubElement(box, qn("w:sdtPr"))
    SubElement(properties, qn("w:id")).set(qn("w:val"), str(1000 + number))
    check = SubElement(properties, f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
    SubElement(check, f"{{{_W14}}}checked").set(f"{{{_W14}}}val", "1" if is_ticked else "0")
    for name, sign in (("checkedState", "2612"), ("uncheckedState", "2610")):
        state = SubElement(check, f"{{{_W14}}}{name}")
        state.set(f"{{{_W14}}}val", sign)
        state.set(f"{{{_W14}}}font", "MS Gothic")
    run = SubElement(SubElement(box, qn("w:sdtContent")), qn("w:r"))
    fonts = SubElement(SubElement(run, qn("w:rPr")), qn("w:rFonts"))
    for key in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(key), "MS Gothic")
    set_words(run, TICKED if is_ticked else UNTICKED)


def _rule_below(paragraph: Paragraph) -> None:
    """The solid rule under the Party's name, about as long as the words."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(3)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    properties = cast(Any, paragraph._p).get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _long_day(day: date | None) -> str:
    """A leading zero for days below ten and for January and February only, as the guidance has it."""
    if day is None:
        return "ngày …… tháng …… năm ……"
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
