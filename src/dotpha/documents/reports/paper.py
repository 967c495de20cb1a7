"""The screening as a Word paper for the meeting folder, laid out as party documents are.

Page, letters and header block follow Hướng dẫn 05-HD/VPTW (27/5/2026): A4 with margins of 20, 20, 30 and
15 mm, Times New Roman 14, exact line spacing, the page number at the top from page two on. The standing
committee's opinion is written in by hand: under each item there are dotted lines for it.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, BinaryIO, cast

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_LEADER, WD_UNDERLINE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from dotpha.documents.pieces import overview, pictures
from dotpha.documents.pieces.item import Item, Passage, item
from dotpha.documents.pieces.letters import printable
from dotpha.documents.pieces.marks import Tone
from dotpha.documents.pieces.overview import CLARITY_LABELS, Tally
from dotpha.documents.reports.context import ADVICE, ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import VERDICT_MARKS, Screening, Verdict
from dotpha.rules.vietnamese.dates import show_day

_CENTER, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
_GROUPS = (
    (Verdict.ROUTINE, "I. VIỆC CÓ DẤU HIỆU THƯỜNG XUYÊN"),
    (Verdict.BORDERLINE, "II. VIỆC CẦN LÀM RÕ"),
    (Verdict.BREAKTHROUGH, "III. VIỆC CÓ TÍNH ĐỘT PHÁ"),
)
_TONES = {
    Tone.VAGUE: (WD_UNDERLINE.DOTTED_HEAVY, "B7791F"),
    Tone.ROUTINE: (WD_UNDERLINE.SINGLE, "5B6B7F"),
    Tone.GROUND: (WD_UNDERLINE.SINGLE, "2F6B3C"),
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
        paragraph = self._append()
        if text:
            paragraph.add_run(printable(text))
        if indent:
            paragraph.paragraph_format.first_line_indent = Cm(1)
        if keep:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def label(self, label: str, text: str) -> Paragraph:
        paragraph = self.say()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(printable(text))
        return paragraph

    def heading(self, text: str, level: int) -> Paragraph:
        paragraph = self._append()
        paragraph._p.style = f"Heading{level}"
        paragraph.add_run(printable(text))
        return paragraph

    def picture(self, image: bytes, width: Any) -> None:
        paragraph = self.say(indent=False)
        paragraph.alignment = _CENTER
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # exact spacing would cut it
        paragraph.add_run().add_picture(BytesIO(image), width=width)

    def table(self, widths: Sequence[int], head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A ruled table whose first row comes again on every page and whose rows do not break; mm."""
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        _set_widths(table, widths)
        for number, texts in enumerate([head, *rows]):
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, width, text in zip(row.cells, widths, texts, strict=True):
                cell.width = Mm(width)
                self._fill(cell.paragraphs[0], text, bold=number == 0)
        self.say(indent=False)

    @staticmethod
    def _fill(paragraph: Paragraph, text: str, *, bold: bool) -> None:
        run = paragraph.add_run(printable(text))
        run.font.size, run.bold = Pt(12), bold
        layout = paragraph.paragraph_format
        layout.alignment = _CENTER if bold or text.isdigit() else _LEFT
        layout.space_after, layout.line_spacing_rule = Pt(2), WD_LINE_SPACING.SINGLE


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
    if context.files:
        read += f" Nguồn: {len(context.files)} tệp đăng ký, tính đến ngày {show_day(context.on)}."
    paper.say(read)
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
    owner = paper.say(", ".join(filter(None, (each.owner, each.position))), keep=True)
    owner.runs[0].italic = True
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
        run = paragraph.add_run(printable(segment.text))
        if segment.notes:
            style, color = _TONES[segment.notes[0].tone]
            run.underline = style
            for line in run._r.iter(qn("w:u")):
                line.set(qn("w:color"), color)
    if passage.aside:
        paragraph.add_run(printable(f" ({_lower(passage.aside)})"))


def _write_suggestions(paper: Paper, each: Item) -> None:
    suggestions = dict.fromkeys(finding.suggestion or finding.message for finding in each.findings)
    if suggestions:
        paper.label("Gợi ý", "").paragraph_format.keep_with_next = True
        for suggestion in suggestions:
            paper.say(f"- {suggestion}")


def _write_opinion(paper: Paper) -> None:
    """Room for what people conclude; the lines stay together with their label."""
    for number in range(3):
        paragraph = paper.say(keep=number < 2)
        paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, leader=WD_TAB_LEADER.DOTS)
        if number == 0:
            paragraph.add_run("Ý kiến của Ban Thường vụ: ").bold = True
        paragraph.add_run("\t")


def _write_troubles(paper: Paper, context: ReportContext) -> None:
    if not (context.unread or context.remarks):
        return
    paper.heading("ĐIỀU CHƯA ĐỌC ĐƯỢC TRONG CÁC TỆP", 1).paragraph_format.page_break_before = True
    troubles = (*context.unread, *context.remarks)
    shown = [[trouble.file, trouble.where or "Cả tệp", trouble.message] for trouble in troubles[:_MOST_TROUBLES]]
    paper.table([40, 40, 85], ["Tệp", "Chỗ", "Điều chưa đọc được"], shown)
    if len(troubles) > _MOST_TROUBLES:
        paper.say(f"Và {len(troubles) - _MOST_TROUBLES} chỗ khác; bảng Excel của lần rà soát này ghi đủ.")
