"""The screening as a workbook: the register with verdict, reasons and suggestions beside each row.

Whatever a register says is written as text: nothing that begins with "=" becomes a formula, nothing that
looks like an address becomes a link.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import xlsxwriter

from dotpha.documents.pieces import overview
from dotpha.documents.pieces.item import DUPLICATE_LABELS, FIELD_LABELS, figures, owner_of, place_of, title_of
from dotpha.documents.pieces.letters import for_cell, printable
from dotpha.documents.pieces.overview import CLARITY_LABELS, OWNER_LABELS, Bar, Tally
from dotpha.documents.reports.context import ADVICE, ReportContext
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import (
    CRITERION_LABELS,
    GROUNDS_FOR,
    REASON_LABELS,
    SEVERITY_LABELS,
    VERDICT_LABELS,
    VERDICT_MARKS,
    Screening,
    Verdict,
)
from dotpha.rules.trend.sentence import sentence
from dotpha.rules.vietnamese.dates import show_day

LONGEST = 32_767  # characters Excel takes in one cell
_COLORS = {Verdict.BREAKTHROUGH: "#2F6B3C", Verdict.BORDERLINE: "#8A5A12", Verdict.ROUTINE: "#5B6B7F"}
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, a width in characters, and what stands in the cell; `result` columns are ours, not the register's."""

    heading: str
    width: int
    value: Callable[[Registration, Screening], str]
    result: bool = False


def _reasons(screening: Screening) -> str:
    """What speaks for a breakthrough, then what speaks against it, marked by sign."""
    ordered = sorted(screening.reasons, key=lambda reason: reason not in GROUNDS_FOR)
    return "\n".join(f"{'(+)' if each in GROUNDS_FOR else '(−)'} {REASON_LABELS[each]}" for each in ordered)


def _findings(screening: Screening) -> str:
    return "\n".join(f"[{SEVERITY_LABELS[each.severity]}] {each.message}" for each in screening.findings)


def _suggestions(screening: Screening) -> str:
    return "\n".join(dict.fromkeys(f"- {each.suggestion}" for each in screening.findings if each.suggestion))


def _duplicates(screening: Screening) -> str:
    return "\n".join(
        f"{DUPLICATE_LABELS[each.kind]} ({round(100 * each.similarity)} %): {each.title or each.id}"
        for each in screening.duplicates
    )


def _indicators(registration: Registration) -> str:
    return "\n".join(": ".join(filter(None, (each.name, figures(each)))) for each in registration.indicators)


# The first seven fit on one A4 page across and are what is printed; the register's own words follow.
_PRINTED = 7
COLUMNS = (
    Column("Bên đăng ký", 18, lambda r, s: owner_of(r)),
    Column(FIELD_LABELS["title"], 28, lambda r, s: title_of(r)),
    Column("Nhận định", 15, lambda r, s: f"{VERDICT_MARKS[s.verdict]} {VERDICT_LABELS[s.verdict]}", True),
    Column("Lý do", 26, lambda r, s: _reasons(s), True),
    Column("Tiêu chí chưa đạt", 14, lambda r, s: ", ".join(CRITERION_LABELS[name] for name in s.unmet), True),
    Column("Nhận xét", 34, lambda r, s: _findings(s), True),
    Column("Gợi ý viết lại", 36, lambda r, s: _suggestions(s), True),
    Column("So với đà hiện nay", 44, lambda r, s: "\n".join(sentence(each) for each in s.trend), True),
    Column("Việc gần giống", 34, lambda r, s: _duplicates(s), True),
    Column(FIELD_LABELS["description"], 70, lambda r, s: r.description),
    Column(FIELD_LABELS["responsible"], 24, lambda r, s: r.responsible),
    Column(FIELD_LABELS["responsibilities"], 44, lambda r, s: r.responsibilities),
    Column(FIELD_LABELS["deadline"], 14, lambda r, s: r.deadline),
    Column("Chỉ tiêu", 40, lambda r, s: _indicators(r)),
    Column("Tập thể hay cá nhân", 12, lambda r, s: OWNER_LABELS[r.owner_type]),
    Column(FIELD_LABELS["position"], 22, lambda r, s: r.position),
    Column("Đọc từ", 28, lambda r, s: place_of(r.source)),
)


def write(stream: BinaryIO, rows: Iterable[tuple[Registration, Screening]], context: ReportContext) -> None:
    """Rows that already lie in memory are written from memory; a stream of rows goes through temporary
    files of the library, so that a hundred thousand cost no more memory than ten.
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": isinstance(rows, Sequence),
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": printable(context.title), "company": printable(context.committee)})
        formats = _Formats(book)
        counts = _write_items(book.add_worksheet("Rà soát"), formats, rows, context)
        _write_summary(book, formats, counts, context)
        if context.unread or context.remarks:
            _write_troubles(book.add_worksheet("Điều chưa đọc được"), formats, context)


class _Formats:
    """Every look of a cell, made once."""

    def __init__(self, book: Any) -> None:
        cell = {**_FONT, "text_wrap": True, "border": 1, "border_color": "#C9C3B6"}
        head = {**cell, "bold": True, "align": "center", "valign": "vcenter"}
        self.text = book.add_format(cell)
        self.number = book.add_format({**cell, "align": "center"})
        self.head = book.add_format({**head, "bg_color": "#ECEFF2"})
        self.result_head = book.add_format({**head, "bg_color": "#FAF1DF"})
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self.section = book.add_format({**_FONT, "bold": True})
        self.plain = book.add_format(_FONT)
        self.verdicts = {
            verdict: book.add_format({**cell, "bold": True, "font_color": color}) for verdict, color in _COLORS.items()
        }


def _put(sheet: Any, row: int, column: int, text: str, form: Any) -> None:
    """Text as text, cut where Excel would refuse it."""
    text = for_cell(text)
    sheet.write_string(row, column, text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", form)


def _write_items(
    sheet: Any, formats: _Formats, rows: Iterable[tuple[Registration, Screening]], context: ReportContext
) -> Tally:
    _set_up_items(sheet, formats, context)
    counts = Tally()
    for number, (registration, screening) in enumerate(rows, 1):
        counts.add(registration, screening)
        _write_item(sheet, formats, number, registration, screening)
    sheet.autofilter(0, 0, max(counts.total, 1), len(COLUMNS))
    sheet.print_area(0, 0, max(counts.total, 1), _PRINTED)
    return counts


def _write_item(sheet: Any, formats: _Formats, number: int, registration: Registration, screening: Screening) -> None:
    texts = [column.value(registration, screening) for column in COLUMNS]
    sheet.set_row(number, _height(texts))
    sheet.write_number(number, 0, number, formats.number)
    for place, (column, text) in enumerate(zip(COLUMNS, texts, strict=True), 1):
        is_verdict = column.heading == "Nhận định"
        _put(sheet, number, place, text, formats.verdicts[screening.verdict] if is_verdict else formats.text)


def _height(texts: Sequence[str]) -> float:
    """Points for the tallest cell. Excel would find it by itself, other programs cut what does not fit."""
    lines = max(
        sum(int(len(line) / (1.25 * column.width)) + 1 for line in text.split("\n"))
        for column, text in zip(COLUMNS, texts, strict=True)
    )
    return min(15.0 * lines + 2, 409)  # Excel allows no more


def _set_up_items(sheet: Any, formats: _Formats, context: ReportContext) -> None:
    sheet.set_row(0, 36)
    sheet.set_column(0, 0, 5)
    _put(sheet, 0, 0, "Số", formats.head)
    for place, column in enumerate(COLUMNS, 1):
        sheet.set_column(place, place, column.width)
        _put(sheet, 0, place, column.heading, formats.result_head if column.result else formats.head)
    sheet.freeze_panes(1, 3)
    _set_up_print(sheet, context)
    sheet.repeat_rows(0)


def _set_up_print(sheet: Any, context: ReportContext) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.4, top=0.8, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    committee = _for_header(context.committee)
    sheet.set_header(f"&L{committee}&C{_for_header(context.title)}&RNgày {show_day(context.on)}")
    sheet.set_footer("&CTrang &P/&N")


def _for_header(text: str) -> str:
    """A printed header takes "&" as a command and at most 255 characters in all."""
    return printable(text)[:80].replace("&", "&&")


def _write_summary(book: Any, formats: _Formats, counts: Tally, context: ReportContext) -> None:
    sheet = book.add_worksheet("Tổng hợp")
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 4, 16)
    _set_up_print(sheet, context)
    _put(sheet, 0, 0, context.title, formats.title)
    _put(sheet, 1, 0, f"{context.committee or 'Rà soát nhanh'}, tính đến ngày {show_day(context.on)}", formats.plain)
    read = f" Nguồn: {context.sources}." if context.sources else ""
    _put(sheet, 2, 0, overview.summary(counts) + read, formats.plain)
    _put(sheet, 3, 0, context.comparison, formats.plain)
    _put(sheet, 4, 0, ADVICE, formats.plain)
    row = _write_bars(book, sheet, formats, 6, "Nhận định", overview.verdict_bars(counts), list(_COLORS.values()))
    row = _write_matrix(sheet, formats, max(row, 17), counts)
    row = _write_bars(book, sheet, formats, row + 1, "Tiêu chí chưa đạt", overview.unmet_bars(counts), ["#B7791F"])
    row = _write_bars(
        book, sheet, formats, max(row, 40), "Căn cứ của nhận định", overview.reason_bars(counts), ["#5B6B7F"]
    )
    _write_owners(sheet, formats, max(row, 58), counts)


def _write_bars(
    book: Any, sheet: Any, formats: _Formats, top: int, title: str, bars: Sequence[Bar], colors: Sequence[str]
) -> int:
    """A table of counts with Excel's own chart beside it; returns the next free row."""
    _put(sheet, top, 0, title, formats.head)
    _put(sheet, top, 1, "Số việc", formats.head)
    for place, bar in enumerate(bars, top + 1):
        _put(sheet, place, 0, bar.label[:1].upper() + bar.label[1:], formats.text)
        sheet.write_number(place, 1, bar.count, formats.number)
    last = top + len(bars)
    if bars:
        sheet.insert_chart(top, 6, _chart(book, sheet.get_name(), title, top + 1, last, colors))
    return last + 2


def _chart(book: Any, sheet: str, title: str, first: int, last: int, colors: Sequence[str]) -> Any:
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": [sheet, first, 0, last, 0],
            "values": [sheet, first, 1, last, 1],
            "fill": {"color": colors[0]},
            "points": [{"fill": {"color": color}} for color in colors] if len(colors) > 1 else None,
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 60 + 30 * (last - first + 1)})
    return chart


def _write_matrix(sheet: Any, formats: _Formats, top: int, counts: Tally) -> int:
    _put(sheet, top, 0, "Nội dung và độ rõ (số tiêu chí còn thiếu)", formats.head)
    for place, label in enumerate(CLARITY_LABELS.values(), 1):
        _put(sheet, top, place, label, formats.head)
    rows = overview.matrix(counts)
    for line, row in enumerate(rows, top + 1):
        _put(sheet, line, 0, row.label, formats.text)
        for place, cell in enumerate(row.cells, 1):
            sheet.write_number(line, place, cell.count, formats.number)
    return top + len(rows) + 2


def _write_owners(sheet: Any, formats: _Formats, top: int, counts: Tally) -> None:
    for place, heading in enumerate(["Bên đăng ký", *VERDICT_LABELS.values(), "Cộng"]):
        _put(sheet, top, place, heading, formats.head)
    for line, row in enumerate(overview.owner_rows(counts), top + 1):
        _put(sheet, line, 0, row.owner, formats.text)
        for place, count in enumerate([*row.counts, row.total], 1):
            sheet.write_number(line, place, count, formats.number)


def _write_troubles(sheet: Any, formats: _Formats, context: ReportContext) -> None:
    for place, (heading, width) in enumerate((("Tệp", 34), ("Chỗ", 44), ("Điều chưa đọc được", 90))):
        sheet.set_column(place, place, width)
        _put(sheet, 0, place, heading, formats.head)
    sheet.freeze_panes(1, 0)
    _set_up_print(sheet, context)
    sheet.repeat_rows(0)
    for line, trouble in enumerate((*context.unread, *context.remarks), 1):
        _put(sheet, line, 0, trouble.file, formats.text)
        _put(sheet, line, 1, trouble.where or "Cả tệp", formats.text)
        _put(sheet, line, 2, trouble.message, formats.text)
