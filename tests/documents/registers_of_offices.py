"""More registers in layouts of our own: those other hands would make of the same tasks.

As in the others, every one comes with the reading it must give.
"""

from collections.abc import Callable, Sequence
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.documents.registers_tasks import (
    CLINIC,
    LETTERS,
    MAI,
    ROAD,
    VAN,
    Made,
    Task,
    cells,
    decimal,
    document,
    figures,
    put,
    shows,
    workbook,
)  # fmt: skip

Rows = list[list[Any]]
FIGURES = ("deadline", "indicators")


def _sheet(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), *, sheet: str = "Sheet1") -> bytes:
    def fill(book: Any) -> None:
        for number, row in enumerate(rows, 1):
            put(book.active, number, row)
        for each in merges:
            book.active.merge_cells(each)

    return workbook(fill, sheet=sheet)


def _table(made: Any, rows: Sequence[Sequence[Any]]) -> None:
    table = made.add_table(len(rows), max(len(row) for row in rows))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            table.cell(row, column).text = "" if value is None else str(value)


def _paragraphs(made: Any, *lines: str) -> None:
    for line in lines:
        made.add_paragraph(line)


def _said(task: Task, *fields: str) -> list[Any]:
    return [task.get(field) for field in fields]


def _spoken(task: Task) -> str:
    """The first indicator in words: "Số đơn quá hạn: từ 37 đơn xuống 0 đơn"."""
    name, unit, baseline, target = figures(task)
    towards = "lên" if target > baseline else "xuống"
    return f"{name}: từ {decimal(baseline)} {unit} {towards} {decimal(target)} {unit}"


def side_by_side() -> Made:
    """Organisations on the left and persons on the right of the same rows."""
    heading = [
        *cells("TT|Tổ chức đảng|Nhiệm vụ đột phá|Chỉ tiêu|ĐVT|Hiện trạng|Mục tiêu|Thời hạn||"),
        *cells("TT|Họ và tên|Chức vụ|Nhiệm vụ đột phá|Chỉ tiêu|ĐVT|Hiện trạng|Mục tiêu|Thời hạn"),
    ]
    rows: Rows = [["ĐĂNG KÝ ĐỘT PHÁ NĂM 2022 - TẬP THỂ", *[None] * 8, "CÁ NHÂN"], [], heading]
    for number, (left, right) in enumerate(((ROAD, MAI), (LETTERS, VAN)), 1):
        rows.append([
            number, left["owner"], left["title"], *figures(left), left["deadline"], None, None,
            number, right["owner"], right["position"], right["title"], *figures(right), right["deadline"],
        ])  # fmt: skip
    expected = [
        *(shows(task, {"sheet": "Sheet1", "row": row}, *FIGURES) for row, task in enumerate((ROAD, LETTERS), 4)),
        *(shows(task, {"sheet": "Sheet1", "row": row}, "position", *FIGURES) for row, task in enumerate((MAI, VAN), 4)),
    ]
    return Made("hai-bang-canh-nhau.xlsx", _sheet(rows), expected)


def shortened_headings() -> Made:
    """Headings as they are shortened, the years as columns with an estimate for the last, the owner second."""
    rows: Rows = [
        ["ĐĂNG KÝ NV ĐỘT PHÁ NĂM 2022"],
        cells("TT|ĐV đăng ký|Tên NV đột phá|Đ/c chịu TN|Chỉ tiêu|Đ/v tính|TH 2019|TH 2020|Ước TH 2021|KH 2022|Hạn HT"),
        [1, *_said(LETTERS, "owner", "title", "responsible"), "Số đơn quá hạn", "đơn", 21, 30, 37, 0, "30-6-2022"],
    ]  # fmt: skip
    past = {"history": [["2019", 21], ["2020", 30], ["2021", 37]]}
    expected = shows(
        LETTERS, {"sheet": "Sheet1", "row": 3}, "responsible",
        deadline="30-6-2022", deadline_iso="2022-06-30", indicators=[LETTERS["indicators"][0] | past],
    )  # fmt: skip
    return Made("viet-tat.xlsx", _sheet(rows), [expected])


def six_clears() -> Made:
    """Columns called after what must be clear; the start in brackets after the figure to reach."""
    rows: Rows = [
        ["BẢNG ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ THEO TINH THẦN “6 RÕ” NĂM 2022"],
        cells("STT|Tên tổ chức đảng/đảng viên|Rõ việc|Rõ người|Rõ trách nhiệm|Rõ thời gian|Rõ sản phẩm|Rõ thẩm quyền"),
        [1, *_said(LETTERS, "owner", "title", "responsible", "responsibilities", "deadline"),
         "Số đơn quá hạn còn 0 đơn (hiện có 37 đơn)", "Trưởng phòng"],
        [2, f"{VAN['position']} Giàng Văn Vần", *_said(VAN, "title", "responsible", "responsibilities", "deadline"),
         "Số thửa cấp trùng: 11 → 0 thửa"],
    ]  # fmt: skip
    expected = [
        shows(LETTERS, {"sheet": "Sheet1", "row": 3}, "responsible", "responsibilities", *FIGURES),
        shows({**VAN, "owner": "Giàng Văn Vần"}, {"sheet": "Sheet1", "row": 4}, "position", *FIGURES),
    ]
    return Made("sau-ro.xlsx", _sheet(rows), expected)


def dates_under_names() -> Made:
    """ "Hiện trạng" over one day, "Mục tiêu" over another; a name and its unit under "Chỉ tiêu đo lường"."""
    rows: Rows = [
        cells("TT|Đơn vị đăng ký|Việc trọng tâm|Chỉ tiêu đo lường||Hiện trạng|Mục tiêu|Thời gian|"),
        cells("|||Tên gọi|Đơn vị|31/12/2021|31/12/2022|Bắt đầu|Kết thúc"),
        [1, ROAD["owner"], ROAD["title"], *figures(ROAD), "01/02/2022", ROAD["deadline"]],
        [2, LETTERS["owner"], LETTERS["title"], *figures(LETTERS), None, LETTERS["deadline"]],
    ]
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "H1:I1")
    expected = [
        shows(task, {"sheet": "Sheet1", "row": row}, *FIGURES, deadline_iso=task["deadline_iso"])
        for row, task in enumerate((ROAD, LETTERS), 3)
    ]
    return Made("ngay-duoi-ten-2022.xlsx", _sheet(rows, merges), expected)


def days_as_columns() -> Made:
    """What was reached at days of the past, each a column; the last of them is where the work starts."""
    rows: Rows = [
        ["BIỂU ĐĂNG KÝ NĂM 2022"],
        cells("TT|Đơn vị đăng ký|Công việc đột phá|Chỉ số (đơn vị)|Số liệu tại thời điểm|||Mục tiêu cuối năm|Thời hạn"),
        cells("||||31/12/2020|30/6/2021|31/12/2021"),
        [1, LETTERS["owner"], LETTERS["title"], "Số đơn quá hạn (đơn)", 30, "33,5", 37, 0, "quý III"],
    ]
    past = {"history": [["2020-12-31", 30], ["2021-06-30", 33.5], ["2021-12-31", 37]]}
    expected = shows(
        LETTERS, {"sheet": "Sheet1", "row": 4},
        deadline="quý III", deadline_iso="2022-09-30", indicators=[LETTERS["indicators"][0] | past],
    )  # fmt: skip
    merges = ("E2:G2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "H2:H3", "I2:I3")
    return Made("so-lieu-theo-ngay.xlsx", _sheet(rows, merges), [expected])


def owners_between_tables() -> Made:
    """Several tables on one sheet, each under the name of its owner; a sheet that only counts tasks before it."""
    heading = cells("TT|Nhiệm vụ|Chỉ tiêu|Đơn vị tính|Hiện trạng|Mục tiêu|Người chủ trì|Thời hạn")

    def fill(book: Any) -> None:
        for number, row in enumerate((cells("Đơn vị|Số nhiệm vụ|Tỷ lệ"), [ROAD["owner"], 1, "50%"], ["Tổng", 2]), 1):
            put(book.active, number, row)
        sheet = book.create_sheet("Chi tiết")
        put(sheet, 1, ["TỔNG HỢP ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"])
        for top, task in ((3, ROAD), (7, LETTERS)):
            put(sheet, top, [f"I. {task['owner']}"])
            put(sheet, top + 1, heading)
            put(sheet, top + 2, [1, task["title"], *figures(task), task["responsible"], task["deadline"]])

    expected = [
        shows(task, {"sheet": "Chi tiết", "row": row}, "responsible", *FIGURES)
        for task, row in ((ROAD, 5), (LETTERS, 9))
    ]
    return Made("moi-don-vi-mot-bang.xlsx", workbook(fill, sheet="Tổng hợp"), expected)


def owners_above_word_tables() -> Made:
    """A document with a heading for each owner and a table under it; the second table has other columns."""

    def fill(made: Any) -> None:
        made.add_heading("ĐĂNG KÝ CÔNG VIỆC ĐỘT PHÁ NĂM 2022", 1)
        made.add_heading(f"I. {LETTERS['owner']}", 2)
        _table(made, [
            cells("TT|Công việc|Mục tiêu|Người thực hiện|Tiến độ"),
            ["1", LETTERS["title"], _spoken(LETTERS), LETTERS["responsible"], LETTERS["deadline"]],
        ])  # fmt: skip
        made.add_heading(f"II. {ROAD['owner']}", 2)
        _table(made, [
            cells("Tên việc|Chỉ tiêu|Đơn vị tính|Đã đạt 2021|Sẽ đạt 2022|Hạn"),
            [ROAD["title"], *figures(ROAD), ROAD["deadline"]],
        ])  # fmt: skip

    expected = [
        shows(LETTERS, {"table": 1, "row": 2}, "responsible", *FIGURES),
        shows(ROAD, {"table": 2, "row": 2}, *FIGURES),
    ]
    return Made("de-muc-don-vi.docx", document(fill), expected)


def owners_as_lines() -> Made:
    """A list without tables: numbered lines name the owners, bulleted labels follow; groups over both."""

    def fill(made: Any) -> None:
        _paragraphs(made, "HUYỆN ỦY LẠC GIANG", "DANH MỤC ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022", "I. TỔ CHỨC ĐẢNG")
        for number, task in enumerate((ROAD, LETTERS), 1):
            _paragraphs(
                made, f"{number}. {task['owner']}", f"- Nhiệm vụ đột phá: {task['title']}",
                f"- Nội dung: {task['description']}", f"- Chỉ tiêu: {_spoken(task)}",
                f"- Người chủ trì: {task['responsible']}", f"- Thời hạn hoàn thành: {task['deadline']}",
            )  # fmt: skip
        _paragraphs(
            made, "II. CÁ NHÂN", f"1. Đồng chí {MAI['owner']}, {MAI['position']}",
            f"- Nhiệm vụ đột phá: {MAI['title']}", f"- Thời hạn hoàn thành: {MAI['deadline']}", "T/M BAN THƯỜNG VỤ",
        )  # fmt: skip

    expected = [
        shows(ROAD, {"form": 1}, "description", "responsible", *FIGURES),
        shows(LETTERS, {"form": 2}, "description", "responsible", *FIGURES),
        shows(MAI, {"form": 3}, "position", "deadline"),
    ]
    return Made("danh-muc-khong-bang.docx", document(fill), expected)


def parts_in_roman() -> Made:
    """A form in parts I, II, III with labels inside them, and a promise before the signature."""

    def fill(made: Any) -> None:
        _paragraphs(
            made, "BẢN ĐĂNG KÝ", "Công việc đột phá năm 2022", f"Tên cơ quan, đơn vị: {LETTERS['owner']}",
            "I. Công việc đột phá", f"Tên công việc: {LETTERS['title']}", "II. Nội dung",
            f"Thuyết minh: {LETTERS['description']}", "III. Chỉ tiêu", f"- {_spoken(LETTERS)}",
            "- Số đơn trả lời đúng hạn: từ 12 đơn lên 90 đơn", "IV. Tổ chức thực hiện",
            f"Người chịu trách nhiệm: {LETTERS['responsible']}", f"Thời hạn: {LETTERS['deadline']}",
            "Chúng tôi cam kết thực hiện đúng nội dung đã đăng ký.", "THỦ TRƯỞNG ĐƠN VỊ",
        )  # fmt: skip

    second = {"name": "Số đơn trả lời đúng hạn", "unit": "đơn", "baseline": 12, "target": 90}
    expected = shows(LETTERS, {"form": 1}, "description", "responsible", *FIGURES)
    expected["indicators"].append(second)
    return Made("phieu-chia-phan.docx", document(fill), [expected])


def two_labels_a_row() -> Made:
    """Forms as tables of four columns, label and value twice; one label nobody knows."""

    def fill(made: Any) -> None:
        for task in (ROAD, VAN):
            name, unit, baseline, target = figures(task)
            _paragraphs(made, "PHIẾU ĐĂNG KÝ CÔNG VIỆC ĐỘT PHÁ NĂM 2022")
            _table(made, [
                ["Họ và tên", task["owner"], "Chức vụ", task["position"]] if "position" in task else
                ["Tên tổ chức", task["owner"], "Số đảng viên", "64"],
                ["Tên công việc", task["title"], "Thời hạn", task["deadline"]],
                ["Lý do đăng ký", task["description"], "Người chủ trì", task.get("responsible", "")],
                ["Chỉ tiêu", name, "Đơn vị tính", unit],
                ["Hiện trạng", decimal(baseline), "Mục tiêu", decimal(target)],
            ])  # fmt: skip

    expected = [
        shows(ROAD, {"form": 1}, "description", "responsible", *FIGURES),
        shows(VAN, {"form": 2}, "position", "description", *FIGURES),
    ]
    return Made("phieu-bon-cot.docx", document(fill), expected)


def tasks_as_columns_in_word() -> Made:
    """A table of a document with the fields down its first column and a task in each of the others."""

    def fill(made: Any) -> None:
        _paragraphs(made, "ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        tasks = (ROAD, LETTERS)
        fields = ("Tên chỉ tiêu", "ĐVT", "Hiện trạng", "Mục tiêu")
        _table(made, [
            ["Nội dung", "Nhiệm vụ 1", "Nhiệm vụ 2"], ["Đơn vị đăng ký", *(task["owner"] for task in tasks)],
            ["Tên nhiệm vụ", *(task["title"] for task in tasks)],
            *([name, *(figures(task)[place] for task in tasks)] for place, name in enumerate(fields)),
            ["Chủ trì", *(task["responsible"] for task in tasks)], ["Thời hạn", *(task["deadline"] for task in tasks)],
        ])  # fmt: skip

    expected = [shows(task, {"table": 1}, "responsible", *FIGURES) for task in (ROAD, LETTERS)]
    return Made("bang-dung.docx", document(fill), expected)


def text_boxes() -> Made:
    """Labels in text boxes, which Word stores twice: for readers of today and of before."""

    def box(made: Any, *lines: str) -> None:
        inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
        content = f"<w:txbxContent>{inside}</w:txbxContent>"
        made.add_paragraph()._p.append(
            parse_xml(
                f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml' "
                "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
                "xmlns:s='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'>"
                f"<mc:AlternateContent><mc:Choice Requires='s'><w:drawing><s:txbx>{content}</s:txbx></w:drawing>"
                f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
                "</mc:AlternateContent></w:r>"
            )
        )

    def fill(made: Any) -> None:
        _paragraphs(made, "PHIẾU ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        box(made, f"Đơn vị đăng ký: {ROAD['owner']}")
        _paragraphs(made, f"Nhiệm vụ đột phá: {ROAD['title']}", f"Lý do: {ROAD['description']}")
        box(made, f"Người chủ trì: {ROAD['responsible']}", f"Thời hạn hoàn thành: {ROAD['deadline']}")

    return Made("hop-chu.docx", document(fill), [shows(ROAD, {"form": 1}, "description", "responsible", "deadline")])


def prose_of_today() -> Made:
    """ "Thực trạng" in sentences is the description; a column of goals in words holds the figures."""
    rows: Rows = [
        ["ĐĂNG KÝ ĐỢT 1 NĂM 2022"],
        cells("TT|Tên cơ quan, đơn vị|Tên nhiệm vụ đột phá|Thực trạng (nêu rõ tồn tại)|Mục tiêu cụ thể|"
              "Lãnh đạo trực tiếp phụ trách|Thời hạn HT"),
        [1, *_said(LETTERS, "owner", "title", "description"), _spoken(LETTERS),
         *_said(LETTERS, "responsible", "deadline")],
        [2, *_said(CLINIC, "owner", "title", "description"),
         "- Hồ sơ sức khỏe điện tử từ 31,5% lên 90%\n- Số trạm nhập liệu hằng ngày: 3 trạm lên 11 trạm",
         *_said(CLINIC, "responsible", "deadline")],
    ]  # fmt: skip
    expected = [
        shows(task, {"sheet": "Sheet1", "row": row}, "description", "responsible", *FIGURES)
        for row, task in enumerate((LETTERS, CLINIC), 3)
    ]
    return Made("thuc-trang-bang-loi.xlsx", _sheet(rows), expected)


OFFICES: tuple[Callable[[], Made], ...] = (
    side_by_side,
    shortened_headings,
    six_clears,
    dates_under_names,
    days_as_columns,
    owners_between_tables,
    owners_above_word_tables,
    owners_as_lines,
    parts_in_roman,
    two_labels_a_row,
    tasks_as_columns_in_word,
    text_boxes,
    prose_of_today,
)
