"""The screening as a Word paper for the meeting folder, laid out as party documents are.

Page, letters and header block follow Hướng dẫn 05-HD/VPTW (27/5/2026): A4 with margins of 20, 20, 30 and
15 mm, Times New Roman 14, exact line spacing, the page number at the top from page two on. The standing
committee's opinion is written in by hand: under each item there are dotted lines for it.
"""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, BinaryIO, cast

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_LEADER
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.text.paragraph import CT_P
from docx.parts.image import ImagePart
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import SubElement

from dotpha.documents.pieces import overview, pictures
from dotpha.documents.pieces.item import Item, Passage, item
from dotpha.documents.pieces.letters import printable
from dotpha.documents.pieces.marks import Tone
from dotpha.documents.pieces.overview import CLARITY_LABELS, Tally
from dotpha.documents.reports.context import ADVICE, ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import VERDICT_MARKS, Screening, Verdict
from dotpha.rules.vietnamese.dates import show_day

_RUN, _TEXT, _BREAK, _TAB = qn("w:r"), qn("w:t"), qn("w:br"), qn("w:tab")
_PIECES = re.compile("([\n\t])")
_CENTER, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_GROUPS = (
    (Verdict.ROUTINE, "I. VIỆC CÓ DẤU HIỆU THƯỜNG XUYÊN"),
    (Verdict.BORDERLINE, "II. VIỆC CẦN LÀM RÕ"),
    (Verdict.BREAKTHROUGH, "III. VIỆC CÓ TÍNH ĐỘT PHÁ"),
)
_TONES = {
    Tone.VAGUE: ("dottedHeavy", "B7791F"),
    Tone.ROUTINE: ("single", "5B6B7F"),
    Tone.GROUND: ("single", "2F6B3C"),
}
_WIDTH = Mm(165)  # between the margins
_MOST_DRAWN = 500  # items; a thicker paper is not read picture by picture, and Word opens it slowly
_MOST_TROUBLES = 200  # rows of the last table; more belongs in a workbook


def write(stream: BinaryIO, rows: Iterable[tuple[Registration, Screening]], context: ReportContext) -> None:
    rows = list(rows)
    paper = Paper()
    _write_head(paper, context)
    _write_summary(paper, overview.tally(rows), context)
    items = [item(number, registration, screening) for number, (registration, screening) in enumerate(rows, 1)]
    _write_list(paper, items)
    if not (drawn := len(items) <= _MOST_DRAWN):
        paper.say("Báo cáo có nhiều việc nên không in hình; trang xem ngoại tuyến của lần rà soát này có đủ hình.")
    for verdict, heading in _GROUPS:
        group = [each for each in items if each.verdict == verdict]
        _write_group(paper, heading, group, drawn=drawn)
    _write_troubles(paper, context)
    paper.document.core_properties.title = printable(context.title)
    paper.document.core_properties.author = printable(context.committee)
    paper.document.save(stream)


class Paper:
    """A Word document with the page and the styles of a party paper."""

    def __init__(self) -> None:
        self.document = Document()
        self._end = self.document.element.body.sectPr
        self._empty: dict[tuple[bool, bool], CT_P] = {}
        self._pictures = 0
        self._drawn: dict[bytes, str] = {}
        self.opinion: list[Paragraph] = []
        self._set_up_page()
        self._set_up_styles()

    def _set_up_page(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.top_margin = page.bottom_margin = Mm(20)
        page.left_margin, page.right_margin = Mm(30), Mm(15)
        page.header_distance = Mm(10)
        page.different_first_page_header_footer = True
        number = page.header.paragraphs[0]
        number.alignment = _CENTER
        _add_field(number, "PAGE")

    def _set_up_styles(self) -> None:
        for name in ("Normal", "Heading 1", "Heading 2", "Header"):
            style = self.document.styles[name]
            style.font.name, style.font.size = "Times New Roman", Pt(14)
            style.font.color.rgb = RGBColor(0, 0, 0)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                del fonts.attrib[key]
            for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(key), "Times New Roman")
        body = self.document.styles["Normal"].paragraph_format
        body.space_after, body.line_spacing_rule, body.line_spacing = Pt(6), WD_LINE_SPACING.EXACTLY, Pt(20)
        body.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        for name in ("Heading 1", "Heading 2"):
            heading = self.document.styles[name].paragraph_format
            heading.space_before, heading.space_after = Pt(12), Pt(6)
            heading.alignment, heading.keep_with_next = _LEFT, True

    def _append(self) -> Paragraph:
        """An empty paragraph at the end, which python-docx would look for through the whole document."""
        element = cast(CT_P, OxmlElement("w:p"))
        self._end.addprevious(element)
        return Paragraph(element, self.document._body)

    def say(self, text: str = "", *, indent: bool = True, keep: bool = False) -> Paragraph:
        """A paragraph of the body; `keep` binds it to the next one."""
        if (indent, keep) not in self._empty:
            self._empty[indent, keep] = self._make_empty(indent=indent, keep=keep)
        element = deepcopy(self._empty[indent, keep])
        self._end.addprevious(element)
        paragraph = Paragraph(element, self.document._body)
        if text:
            add_words(paragraph, text)
        return paragraph

    def _make_empty(self, *, indent: bool, keep: bool) -> CT_P:
        paragraph = Paragraph(cast(CT_P, OxmlElement("w:p")), self.document._body)
        if indent:
            paragraph.paragraph_format.first_line_indent = Cm(1)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph._p

    def repeat(self, paragraphs: Iterable[Paragraph]) -> None:
        """The same paragraphs once more, at the end."""
        for paragraph in paragraphs:
            self._end.addprevious(deepcopy(paragraph._p))

    def label(self, label: str, text: str) -> Paragraph:
        paragraph = self.say()
        add_words(paragraph, f"{label}: ", "w:b")
        if text:
            add_words(paragraph, text)
        return paragraph

    def heading(self, text: str, level: int) -> Paragraph:
        paragraph = self._append()
        paragraph._p.style = f"Heading{level}"
        add_words(paragraph, text)
        return paragraph

    def picture(self, image: bytes, width: Any) -> None:
        paragraph = self.say(indent=False)
        paragraph.alignment = _CENTER
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # exact spacing would cut it
        # python-docx looks for a free number and for the same picture through all the others, every time.
        self._pictures += 1
        drawn = Image.from_blob(image)
        if image not in self._drawn:
            part = ImagePart.from_image(drawn, PackURI(f"/word/media/picture{self._pictures}.{drawn.ext}"))
            self._drawn[image] = self.document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        across, down = drawn.scaled_dimensions(width=width)
        name = f"picture{self._pictures}"
        inline = CT_Inline.new_pic_inline(self._pictures, self._drawn[image], name, across, down)
        paragraph.add_run()._r.add_drawing(inline)

    def table(self, widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A ruled table whose first row comes again on every page and whose rows do not break; mm."""
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        _set_widths(table, widths)
        self._add_row(table, widths, [True] * len(widths), head, is_head=True)
        made: dict[tuple[bool, ...], Any] = {}  # a row of each look; the others are copies with other words
        for texts in rows:
            numbers = tuple(text.isdigit() for text in texts)
            if numbers not in made:
                made[numbers] = deepcopy(self._add_row(table, widths, numbers, texts))
                continue
            copy = deepcopy(made[numbers])
            for run, text in zip(copy.iter(_RUN), texts, strict=True):
                set_words(run, text)
            table._tbl.append(copy)
        self.say(indent=False)

    @staticmethod
    def _add_row(
        table: Table, widths: Sequence[int], centered: Sequence[bool], texts: Sequence[str], *, is_head: bool = False
    ) -> Any:
        row: Any = cast(Any, table).add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if is_head:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width, center, text in zip(row.cells, widths, centered, texts, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run()
            run.font.size, run.bold = Pt(12), is_head
            set_words(run._r, text)
            layout = paragraph.paragraph_format
            layout.alignment = _CENTER if center else _LEFT
            layout.space_after, layout.line_spacing_rule = Pt(2), WD_LINE_SPACING.SINGLE
        return row._tr


def add_words(paragraph: Paragraph, text: str, *marks: str) -> Any:
    """A run; `marks` such as "w:b" are switched on. Thrice as fast as python-docx, which a thick paper feels."""
    run = SubElement(paragraph._p, _RUN)
    if marks:
        properties = SubElement(run, qn("w:rPr"))
        for mark in marks:
            SubElement(properties, qn(mark))
    set_words(run, text)
    return run


def set_words(run: Any, text: str) -> None:
    """Replace the words of a run, lines and tabs as Word writes them."""
    for old in run.findall(_TEXT) + run.findall(_BREAK) + run.findall(_TAB):
        run.remove(old)
    for piece in _PIECES.split(printable(text)):
        if piece == "\n":
            SubElement(run, _BREAK)
        elif piece == "\t":
            SubElement(run, _TAB)
        elif piece:
            words = SubElement(run, _TEXT)
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    """In mm. Word looks at the cells, other programs at the grid."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A field that Word fills in, such as the page number."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _write_head(paper: Paper, context: ReportContext) -> None:
    """Who issues on the left, the Party on the right, then kind and subject of the paper."""
    table = paper.document.add_table(rows=1, cols=2)
    _set_widths(table, (72, 93))
    left, right = table.rows[0].cells
    issuer = printable(context.committee).upper() or "……………………"
    _lines(left, [(issuer, True, 14), ("*", False, 14), ("Số ……-BC/……", False, 14)])
    _lines(right, [("ĐẢNG CỘNG SẢN VIỆT NAM", True, 15), ("", False, 14)])
    _rule_below(right.paragraphs[0])
    day = right.paragraphs[1].add_run(f"…………, {_long_day(context)}")
    day.italic = True
    kind = paper.say(indent=False)
    kind.paragraph_format.space_before = Pt(18)
    subject = paper.say(indent=False)
    rule = paper.say("-----", indent=False)
    for paragraph, text, size in ((kind, "BÁO CÁO", 16), (subject, _subject(context), 14), (rule, "", 14)):
        paragraph.alignment = _CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(size)


def _subject(context: ReportContext) -> str:
    return printable(_lower(context.title))


def _lower(text: str) -> str:
    """For the middle of a sentence."""
    return text[:1].lower() + text[1:]


def _long_day(context: ReportContext) -> str:
    """A leading zero for days below ten and for January and February only, as the guidance has it."""
    month = f"{context.on.month:02}" if context.on.month < 3 else str(context.on.month)
    return f"ngày {context.on.day:02} tháng {month} năm {context.on.year}"


def _lines(cell: Any, lines: Sequence[tuple[str, bool, int]]) -> None:
    for number, (text, bold, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = _CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _rule_below(paragraph: Paragraph) -> None:
    """The solid rule under the Party's name, about as long as the words."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(3)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _write_summary(paper: Paper, counts: Tally, context: ReportContext) -> None:
    read = f"Đã rà soát {overview.summary(counts)}"
    if context.sources:
        read += f" Nguồn: {context.sources}, tính đến ngày {show_day(context.on)}."
    paper.say(read)
    paper.say(context.comparison)
    for headline in overview.headlines(counts):
        paper.say(f"{headline.text}.")
    paper.say(ADVICE)
    paper.say("Số việc theo nội dung và độ rõ của bản đăng ký:", keep=True)
    rows = [
        [row.label, *(str(cell.count) for cell in row.cells), str(sum(cell.count for cell in row.cells))]
        for row in overview.matrix(counts)
    ]
    labels = [f"{label} tiêu chí" for label in CLARITY_LABELS.values()]
    paper.table([45, 30, 30, 30, 30], ["Nhận định", *labels, "Cộng"], rows)
    if any(counts.unmet.values()):
        paper.say("Số việc chưa đạt từng tiêu chí:", keep=True)
        bars = overview.unmet_bars(counts)
        paper.table([28, 27, 28, 27, 28, 27], [bar.label for bar in bars], [[str(bar.count) for bar in bars]])
        paper.picture(pictures.unmet_chart(counts), Mm(140))


def _write_list(paper: Paper, items: Sequence[Item]) -> None:
    paper.say("Danh sách nhiệm vụ đã rà soát:", keep=True)
    rows = (
        [
            str(each.number),
            f"{each.title}\n({each.owner})",
            f"{VERDICT_MARKS[Verdict(each.verdict)]} {each.verdict_label}",
            ", ".join(line.label for line in each.clarity if line.state == "unmet") or "(đạt đủ)",
        ]
        for each in items
    )
    paper.table([12, 79, 36, 38], ["Số", "Nhiệm vụ và bên đăng ký", "Nhận định", "Tiêu chí chưa đạt"], rows)


def _write_group(paper: Paper, heading: str, items: Sequence[Item], *, drawn: bool) -> None:
    first = paper.heading(f"{heading} ({len(items)})", 1)
    first.paragraph_format.page_break_before = True
    if not items:
        paper.say("Không có.")
    for each in items:
        _write_item(paper, each, drawn=drawn)


def _write_item(paper: Paper, each: Item, *, drawn: bool) -> None:
    paper.heading(f"{each.number}. {each.title}", 2)
    add_words(paper.say(keep=True), ", ".join(filter(None, (each.owner, each.position))), "w:i")
    for passage in each.passages:
        if passage.field not in ("title", "owner", "position"):
            _write_passage(paper, passage)
    reasons = "; ".join((*each.reasons_for, *each.reasons_against))
    verdict = f"{VERDICT_MARKS[Verdict(each.verdict)]} {each.verdict_label}"
    paper.label("Nhận định", f"{verdict} ({reasons})." if reasons else f"{verdict}.")
    unmet = [f"{_lower(line.label)} ({_lower(line.why.rstrip('.'))})" for line in each.clarity if line.state == "unmet"]
    paper.label("Tiêu chí chưa đạt", "; ".join(unmet) + "." if unmet else "không có.")
    for trend in each.trends:
        sentence = paper.label("So với đà hiện nay", f"{trend.indicator}. {trend.sentence}")
        if trend.svg and drawn:
            sentence.paragraph_format.keep_with_next = True
            paper.picture(pictures.png(trend.svg), Mm(100))
    for duplicate in each.duplicates:
        paper.label(duplicate.label, f"“{duplicate.title or duplicate.id}” ({duplicate.similarity}).")
    _write_suggestions(paper, each)
    _write_opinion(paper)


def _write_passage(paper: Paper, passage: Passage) -> None:
    """The words as registered, underlined where they decided something, as on the page."""
    paragraph = paper.label(passage.label, "")
    for segment in passage.segments:
        if not segment.notes:
            add_words(paragraph, segment.text)
            continue
        style, color = _TONES[segment.notes[0].tone]
        (line,) = add_words(paragraph, segment.text, "w:u").iter(qn("w:u"))
        line.set(qn("w:val"), style)
        line.set(qn("w:color"), color)
    if passage.aside:
        add_words(paragraph, f" ({_lower(passage.aside)})")


def _write_suggestions(paper: Paper, each: Item) -> None:
    suggestions = dict.fromkeys(finding.suggestion or finding.message for finding in each.findings)
    if suggestions:
        paper.label("Gợi ý", "").paragraph_format.keep_with_next = True
        for suggestion in suggestions:
            paper.say(f"- {suggestion}")


def _write_opinion(paper: Paper) -> None:
    """Room for what people conclude; the lines stay together with their label."""
    if paper.opinion:
        paper.repeat(paper.opinion)
        return
    for number in range(3):
        paragraph = paper.say(keep=number < 2)
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, leader=WD_TAB_LEADER.DOTS)
        if number == 0:
            add_words(paragraph, "Ý kiến của Ban Thường vụ: ", "w:b")
        add_words(paragraph, "\t")
        paper.opinion.append(paragraph)


def _write_troubles(paper: Paper, context: ReportContext) -> None:
    if not (context.unread or context.remarks):
        return
    paper.heading("ĐIỀU CHƯA ĐỌC ĐƯỢC TRONG CÁC TỆP", 1).paragraph_format.page_break_before = True
    troubles = (*context.unread, *context.remarks)
    shown = [[trouble.file, trouble.where or "Cả tệp", trouble.message] for trouble in troubles[:_MOST_TROUBLES]]
    paper.table([40, 40, 85], ["Tệp", "Chỗ", "Điều chưa đọc được"], shown)
    if len(troubles) > _MOST_TROUBLES:
        paper.say(f"Và {len(troubles) - _MOST_TROUBLES} chỗ khác; bảng Excel của lần rà soát này ghi đủ.")
