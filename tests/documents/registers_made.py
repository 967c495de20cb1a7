"""Registers in layouts of our own, built in code, each with the reading it must give.

A `Made` is a file's name, its bytes and the expected lines. The tasks are invented; what a layout does not
show is left out of its expectation by `shows`.
"""

import copy
import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx
import openpyxl
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Font

Task = dict[str, Any]
Expected = list[Task]


@dataclass(frozen=True)
class Made:
    name: str
    data: bytes
    expected: Expected


def _indicator(name: str, unit: str, baseline: float, target: float) -> dict[str, Any]:
    return {"name": name, "unit": unit, "baseline": baseline, "target": target}


ROAD: Task = {
    "owner": "Đảng bộ xã Bằng Khê",
    "owner_type": "organization",
    "title": "Mở đường vào bản Khe Lạnh sau 15 năm chờ đợi",
    "description": "Bản có 62 hộ, mùa mưa bị cô lập. Năm nay dân hiến 1,2 ha đất để làm xong cả tuyến.",
    "responsible": "Chủ tịch UBND xã",
    "responsibilities": "Chủ tịch UBND xã chủ trì; Mặt trận vận động hiến đất; Công an xã giữ trật tự.",
    "deadline": "30/11/2022",
    "deadline_iso": "2022-11-30",
    "indicators": [_indicator("Chiều dài đường đã làm", "km", 0, 4.8)],
}
LETTERS: Task = {
    "owner": "Chi bộ Phòng Nội vụ huyện",
    "owner_type": "organization",
    "title": "Trả lời hết đơn thư quá hạn của công dân",
    "description": "Còn 37 đơn để quá hạn từ năm 2018, nhiều đơn không rõ ai giải quyết.",
    "responsible": "Trưởng phòng Nội vụ",
    "responsibilities": "Trưởng phòng phân loại; chuyên viên soạn trả lời; Thanh tra huyện phối hợp.",
    "deadline": "quý III/2022",
    "deadline_iso": "2022-09-30",
    "indicators": [_indicator("Số đơn quá hạn", "đơn", 37, 0)],
}
CLINIC: Task = {
    "owner": "Đảng bộ Trung tâm Y tế huyện",
    "owner_type": "organization",
    "title": "Nâng tỷ lệ hồ sơ sức khỏe điện tử",
    "description": "Ba năm qua chỉ tăng được 4 điểm phần trăm vì thiếu máy và thiếu người nhập.",
    "responsible": "Giám đốc Trung tâm Y tế",
    "deadline": "trước ngày 15/12/2022",
    "deadline_iso": "2022-12-15",
    "indicators": [
        _indicator("Hồ sơ sức khỏe điện tử", "%", 31.5, 90),
        _indicator("Số trạm nhập liệu hằng ngày", "trạm", 3, 11),
    ],
}
MAI: Task = {
    "owner": "Lò Thị Mai",
    "owner_type": "individual",
    "position": "Bí thư Đoàn xã Thượng Sơn",
    "title": "Dạy chữ cho 45 phụ nữ bản Huổi Lót",
    "description": "Tôi mở ba lớp xóa mù buổi tối, tự đứng lớp hai buổi mỗi tuần.",
    "deadline": "31/10/2022",
    "deadline_iso": "2022-10-31",
    "indicators": [_indicator("Số phụ nữ biết chữ", "người", 0, 45)],
}
VAN: Task = {
    "owner": "Giàng Seo Vần",
    "owner_type": "individual",
    "position": "Phó Chủ tịch UBND xã Bản Cỏi",
    "title": "Chấm dứt cấp trùng giấy chứng nhận ở bản Suối Ngang",
    "description": "Mười một thửa bị cấp trùng từ năm 2009, tôi nhận làm tổ trưởng tổ rà soát.",
    "deadline": "30/6/2022",
    "deadline_iso": "2022-06-30",
    "indicators": [_indicator("Số thửa cấp trùng", "thửa", 11, 0)],
}
ORGANIZATIONS: Expected = [ROAD, LETTERS, CLINIC]
PEOPLE: Expected = [MAI, VAN]


def shows(task: Task, source: dict[str, Any], *fields: str, **changes: Any) -> dict[str, Any]:
    """What a layout that shows only these fields of a task makes of it."""
    kept = {"source": source, "owner": task["owner"], "owner_type": task["owner_type"], "title": task["title"]}
    for name in fields:
        if name in task:
            kept[name] = copy.deepcopy(task[name])
    if "deadline" in kept and "deadline_iso" in task:
        kept["deadline_iso"] = task["deadline_iso"]
    kept.setdefault("indicators", [])
    kept.update(changes)
    return {name: value for name, value in kept.items() if value is not None}


ALL = ("position", "description", "responsible", "responsibilities", "deadline", "indicators")


def decimal(value: float) -> str:
    """A number as it is typed: decimal comma."""
    return f"{value:g}".replace(".", ",")


def workbook(fill: Callable[[Any], None], *, sheet: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = sheet
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(texts: str) -> list[str | None]:
    """Texts of a row, divided by "|"; nothing between two bars is an empty cell."""
    return [text or None for text in texts.split("|")]


def put(sheet: Any, row: int, values: Sequence[Any], *, start: int = 1) -> None:
    for place, value in enumerate(values):
        if value is not None:
            sheet.cell(row, start + place, value)


def document(fill: Callable[[Any], None]) -> bytes:
    made = docx.Document()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def delimited(rows: Iterable[Sequence[Any]], *, separator: str = ",", coding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(coding)


def figures(task: Task, place: int = 0) -> list[Any]:
    each = task["indicators"][place]
    return [each["name"], each["unit"], each["baseline"], each["target"]]


# -- workbooks ---------------------------------------------------------------------------------------------------


def owner_rows() -> Made:
    """No owner column: the owner stands alone in a row above its tasks; groups A and B above those."""
    expected: Expected = []

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["TỔNG HỢP VIỆC ĐỘT PHÁ NĂM 2022"])
        sheet.merge_cells("A1:I1")
        put(
            sheet,
            3,
            ["TT", "Nội dung đăng ký", "Lý do", "Chỉ tiêu", "ĐVT", "Hiện trạng", "Phải đạt", "Phụ trách", "Thời hạn"],
        )
        row = 4
        for group, tasks in (("A. TẬP THỂ", [ROAD, LETTERS, CLINIC]), ("B. CÁ NHÂN", [MAI, VAN])):
            put(sheet, row, [group])
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=9)
            row += 1
            for place, task in enumerate(tasks, 1):
                post = f" - {task['position']}" if "position" in task else ""
                put(sheet, row, [f"{'I' * place}. {task['owner']}{post}"])
                sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=9)
                row += 1
                expected.append(
                    shows(
                        task,
                        {"sheet": "Sheet1", "row": row},
                        "position",
                        "description",
                        "responsible",
                        "deadline",
                        "indicators",
                    )
                )
                for number, _ in enumerate(task["indicators"]):
                    head = [1, task["title"], task["description"]] if number == 0 else [None] * 3
                    tail = [task.get("responsible"), task["deadline"]] if number == 0 else []
                    put(sheet, row, [*head, *figures(task, number), *tail])
                    row += 1
        put(sheet, row, ["Tổng cộng: 05 việc"])

    return Made("chu-the-o-dong-rieng.xlsx", workbook(fill), expected)


def owner_blank_below() -> Made:
    """One owner with several tasks: named once, the cells below blank for one and merged for the other."""
    second = {**LETTERS, "owner": ROAD["owner"]}
    third = {**VAN, "owner": "Lò Thị Mai", "position": MAI["position"]}

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["Số TT", "Tập thể/Cá nhân", "Chức vụ", "Tên việc đột phá", "Thời gian hoàn thành"])
        put(sheet, 2, [1, ROAD["owner"], None, ROAD["title"], ROAD["deadline"]])
        put(sheet, 3, [2, None, None, second["title"], second["deadline"]])
        put(sheet, 4, [3, MAI["owner"], MAI["position"], MAI["title"], MAI["deadline"]])
        put(sheet, 5, [4, None, None, third["title"], third["deadline"]])
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("C4:C5")

    expected = [
        shows(task, {"sheet": "Sheet1", "row": row}, "position", "deadline")
        for row, task in enumerate((ROAD, second, MAI, third), 2)
    ]
    return Made("chu-the-bo-trong.xlsx", workbook(fill), expected)


def three_row_heading() -> Made:
    """A heading of three rows with years under "Kết quả thực hiện", a column of the plan, and real dates."""
    past = {"ROAD": [0, 0, 0], "LETTERS": [21, 30, 37]}

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 2, ["DANH MỤC KHÂU ĐỘT PHÁ"])
        put(
            sheet,
            4,
            cells("STT|Đơn vị|Khâu đột phá|Mục tiêu, chỉ tiêu||||||Người chịu trách nhiệm|Hạn hoàn thành"),
        )
        put(sheet, 5, ["Tên", "ĐVT", "Kết quả thực hiện", None, None, "Kế hoạch 2022"], start=4)
        put(sheet, 6, ["Năm 2019", "Năm 2020", "Năm 2021"], start=6)
        for area in ("A4:A6", "B4:B6", "C4:C6", "D4:I4", "D5:D6", "E5:E6", "F5:H5", "I5:I6", "J4:J6", "K4:K6"):
            sheet.merge_cells(area)
        put(sheet, 7, [f"({number})" for number in range(1, 12)])
        for row, (key, task) in enumerate((("ROAD", ROAD), ("LETTERS", LETTERS)), 8):
            name, unit, _, target = figures(task)
            put(
                sheet, row, [row - 7, task["owner"], task["title"], name, unit, *past[key], target, task["responsible"]]
            )
            sheet.cell(row, 11, datetime.fromisoformat(task["deadline_iso"])).number_format = "dd/mm/yyyy"

    expected = []
    for row, (key, task) in enumerate((("ROAD", ROAD), ("LETTERS", LETTERS)), 8):
        each = {
            **task["indicators"][0],
            "history": [[str(2019 + place), value] for place, value in enumerate(past[key])],
        }
        each["baseline"] = past[key][-1]
        day = "/".join(reversed(task["deadline_iso"].split("-")))
        expected.append(
            shows(task, {"sheet": "Sheet1", "row": row}, "responsible", "deadline", indicators=[each], deadline=day)
        )
    return Made("tieu-de-ba-dong.xlsx", workbook(fill), expected)


def on_its_side() -> Made:
    """Fields down the first column, a task in each of the others."""
    tasks = [ROAD, LETTERS, MAI]

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"])
        rows = [
            ["Đơn vị, cá nhân", *[task["owner"] for task in tasks]],
            ["Chức vụ (cá nhân)", *[task.get("position") for task in tasks]],
            ["Nhiệm vụ đột phá", *[task["title"] for task in tasks]],
            ["Nội dung", *[task["description"] for task in tasks]],
            ["Chỉ tiêu", *[figures(task)[0] for task in tasks]],
            ["Đơn vị tính", *[figures(task)[1] for task in tasks]],
            ["Hiện trạng", *[figures(task)[2] for task in tasks]],
            ["Mục tiêu", *[figures(task)[3] for task in tasks]],
            ["Chủ trì", *[task.get("responsible") for task in tasks]],
            ["Thời hạn", *[task["deadline"] for task in tasks]],
        ]
        for number, row in enumerate(rows, 3):
            put(sheet, number, row)

    expected = [
        shows(task, {"sheet": "Sheet1", "row": 3}, "position", "description", "responsible", "deadline", "indicators")
        for task in tasks
    ]
    return Made("xoay-ngang.xlsx", workbook(fill), expected)


def one_form_a_sheet() -> Made:
    """Each sheet is a form: labels left, values right, a table of indicators inside, signatures below."""
    tasks = [ROAD, CLINIC, VAN]

    def fill(book: Any) -> None:
        for place, task in enumerate(tasks, 1):
            sheet = book.active if place == 1 else book.create_sheet()
            sheet.title = f"Phiếu {place}"
            put(sheet, 1, ["HUYỆN ỦY LẠC GIANG", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"])
            put(sheet, 3, ["PHIẾU ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"])
            sheet.merge_cells("A3:D3")
            person = task["owner_type"] == "individual"
            put(sheet, 5, ["Họ và tên:" if person else "Đơn vị đăng ký:", task["owner"]])
            row = 6
            if person:
                put(sheet, row, ["Chức vụ:", task["position"]])
                row += 1
            for label, name in (
                ("Tên nhiệm vụ:", "title"),
                ("Lý do chọn:", "description"),
                ("Người chủ trì:", "responsible"),
            ):
                put(sheet, row, [label, task.get(name, ".................")])
                sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
                row += 1
            put(sheet, row, ["Các chỉ tiêu:"])
            put(sheet, row + 1, ["Tên chỉ tiêu", "ĐVT", "Hiện trạng", "Mục tiêu"])
            row += 2
            for number, _ in enumerate(task["indicators"]):
                put(sheet, row, figures(task, number))
                row += 1
            put(sheet, row, ["Thời hạn hoàn thành:", task["deadline"]])
            put(sheet, row + 2, [None, None, None, "T/M CẤP ỦY"])
            put(sheet, row + 3, [None, None, None, "Nguyễn Văn Bình"])

    expected = [
        shows(
            task,
            {"sheet": f"Phiếu {place}", "row": 5},
            "position",
            "description",
            "responsible",
            "deadline",
            "indicators",
        )
        for place, task in enumerate(tasks, 1)
    ]
    return Made("moi-trang-mot-phieu.xlsx", workbook(fill), expected)


def two_tables_one_sheet() -> Made:
    """Organisations above, people below under a heading of other columns; the first heading repeated on page two."""
    expected: Expected = []

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["BIỂU 1: CÁC TỔ CHỨC ĐẢNG ĐĂNG KÝ NĂM 2022"])
        head = ["STT", "Tên tổ chức đảng", "Nhiệm vụ đột phá", "Đồng chí chủ trì", "Tiến độ"]
        put(sheet, 2, head)
        put(sheet, 3, [1, ROAD["owner"], ROAD["title"], ROAD["responsible"], ROAD["deadline"]])
        put(sheet, 4, [2, LETTERS["owner"], LETTERS["title"], LETTERS["responsible"], LETTERS["deadline"]])
        put(sheet, 5, head)
        put(sheet, 6, [3, CLINIC["owner"], CLINIC["title"], CLINIC["responsible"], CLINIC["deadline"]])
        put(sheet, 7, [None, "Cộng: 03 nhiệm vụ"])
        put(sheet, 10, ["BIỂU 2: CÁC CÁ NHÂN ĐĂNG KÝ NĂM 2022"])
        put(
            sheet,
            11,
            ["TT", "Họ tên", "Chức danh", "Việc đăng ký", "Chỉ số đo", "Đv tính", "Đầu kỳ", "Cuối kỳ", "Xong trước"],
        )
        for row, task in enumerate(PEOPLE, 12):
            put(
                sheet, row, [row - 11, task["owner"], task["position"], task["title"], *figures(task), task["deadline"]]
            )
        for row, task in ((3, ROAD), (4, LETTERS), (6, CLINIC)):
            expected.append(shows(task, {"sheet": "Sheet1", "row": row}, "responsible", "deadline"))
        for row, task in enumerate(PEOPLE, 12):
            expected.append(shows(task, {"sheet": "Sheet1", "row": row}, "position", "deadline", "indicators"))

    return Made("hai-bang-mot-trang.xlsx", workbook(fill), expected)


def both_figures_in_one_cell() -> Made:
    """ "Từ … đến …" in one cell, in as many ways as people write it."""
    ways = cells("từ 12% lên 70%|27 trại xuống 0|52% → 70%|2,4% còn 2,1%|Hiện 6%, phấn đấu 80%|210 -> 126 ca/tháng")
    figures_read = [
        ("%", 12, 70),
        ("trại", 27, 0),
        ("%", 52, 70),
        ("%", 2.4, 2.1),
        ("%", 6, 80),
        ("ca/tháng", 210, 126),
    ]
    names = cells("Hồ sơ trực tuyến|Trang trại|Hồ sơ qua mạng|Tỷ lệ hộ nghèo|Đám tang văn minh|Số ca chuyển tuyến")

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["TT", "Đơn vị", "Nhiệm vụ", "Tiêu chí đánh giá", "Hiện trạng → mục tiêu", "Hạn"])
        for row, (name, way) in enumerate(zip(names, ways, strict=True), 2):
            put(sheet, row, [row - 1, f"Chi bộ thôn {row}", f"Việc số {row} của thôn", name, way, "31/12/2022"])

    expected = [
        {
            "source": {"sheet": "Sheet1", "row": row},
            "owner": f"Chi bộ thôn {row}",
            "owner_type": "organization",
            "title": f"Việc số {row} của thôn",
            "deadline": "31/12/2022",
            "deadline_iso": "2022-12-31",
            "indicators": [{"name": name, "unit": unit, "baseline": low, "target": high}],
        }
        for row, (name, (unit, low, high)) in enumerate(zip(names, figures_read, strict=True), 2)
    ]
    return Made("tu-den-mot-o.xlsx", workbook(fill), expected)


def several_indicators_in_one_cell() -> Made:
    """Lists inside cells: names, units and figures line by line; or whole phrases in one cell."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(
            sheet,
            1,
            cells(
                "STT|Cơ quan, đơn vị|Công việc đột phá|Phân công trách nhiệm|Chỉ tiêu|Đơn vị tính|Hiện trạng|Mục tiêu"
            ),
        )
        one, two = CLINIC["indicators"]
        put(
            sheet,
            2,
            [
                1,
                CLINIC["owner"],
                CLINIC["title"],
                "- Giám đốc chủ trì\n- Phó Giám đốc mua máy;\n- Trạm trưởng nhập liệu.",
                f"- {one['name']}\n- {two['name']}",
                "%\ntrạm",
                "31,5\n3",
                "90\n11",
            ],
        )
        put(
            sheet,
            3,
            [
                2,
                ROAD["owner"],
                ROAD["title"],
                None,
                "+ Đất dân hiến: từ 0 lên 1,2 ha\n+ Số hộ bị cô lập: 62 hộ xuống 0",
            ],
        )

    expected = [
        shows(
            CLINIC,
            {"sheet": "Sheet1", "row": 2},
            "indicators",
            responsibilities="Giám đốc chủ trì; Phó Giám đốc mua máy; Trạm trưởng nhập liệu.",
        ),
        shows(
            ROAD,
            {"sheet": "Sheet1", "row": 3},
            indicators=[
                {"name": "Đất dân hiến", "unit": "ha", "baseline": 0, "target": 1.2},
                {"name": "Số hộ bị cô lập", "unit": "hộ", "baseline": 62, "target": 0},
            ],
        ),
    ]
    return Made("nhieu-chi-tieu-mot-o.xlsx", workbook(fill), expected)


def units_everywhere() -> Made:
    """Units in brackets, after the number, in the heading, and percentages by format."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["Tên đơn vị", "Nội dung nhiệm vụ đột phá", "Thước đo", "Thực trạng", "Phấn đấu năm 2022"])
        put(sheet, 2, [ROAD["owner"], ROAD["title"], "Chiều dài đường đã làm (km)", "0", "4,8"])
        put(sheet, 3, [LETTERS["owner"], LETTERS["title"], "Số đơn quá hạn", "37 đơn", "không còn đơn nào: 0 đơn"])
        put(sheet, 4, [CLINIC["owner"], CLINIC["title"], "Hồ sơ sức khỏe điện tử", 0.315, 0.9])
        sheet["D4"].number_format = "0.0%"
        sheet["E4"].number_format = "0%"
        put(
            sheet,
            5,
            cells("Chi bộ Chi cục Thuế|Thu nợ thuế kéo dài|Nợ thuế thu được|dưới 1 tỷ đồng|tối thiểu 25 tỷ đồng"),
        )

    base = {"sheet": "Sheet1"}
    expected = [
        shows(ROAD, {**base, "row": 2}, "indicators"),
        shows(LETTERS, {**base, "row": 3}, "indicators"),
        shows(CLINIC, {**base, "row": 4}, indicators=[CLINIC["indicators"][0]]),
        {
            "source": {**base, "row": 5},
            "owner": "Chi bộ Chi cục Thuế",
            "owner_type": "organization",
            "title": "Thu nợ thuế kéo dài",
            "indicators": [{"name": "Nợ thuế thu được", "unit": "tỷ đồng", "baseline": 1, "target": 25}],
        },
    ]
    return Made("don-vi-tinh.xlsx", workbook(fill), expected)


def name_and_post_together() -> Made:
    """People in all the ways a clerk writes them; told from organisations by the post beside the name."""
    ways = [
        ("Đ/c Nguyễn Văn An (Bí thư chi bộ)", "Nguyễn Văn An", "Bí thư chi bộ"),
        ("Lò Thị Mai - Bí thư Đoàn xã", "Lò Thị Mai", "Bí thư Đoàn xã"),
        ("Giàng Seo Vần, Phó Chủ tịch UBND xã Bản Cỏi", "Giàng Seo Vần", "Phó Chủ tịch UBND xã Bản Cỏi"),
        ("Y Blơm Niê\nTrạm trưởng Trạm Y tế", "Y Blơm Niê", "Trạm trưởng Trạm Y tế"),
        ("Đồng chí Quàng Văn Ín; Trưởng Công an xã", "Quàng Văn Ín", "Trưởng Công an xã"),
        ("Bí thư Đảng ủy xã: Vũ Đức Mạnh", "Vũ Đức Mạnh", "Bí thư Đảng ủy xã"),
    ]

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["Tổ chức đảng / Họ tên, chức vụ", "Việc đột phá", "Thời hạn"])
        for row, (written, _, _) in enumerate(ways, 2):
            put(sheet, row, [written, f"Việc khó thứ {row}", "quý II/2022"])
        put(sheet, 8, ["Văn phòng HĐND - UBND huyện", "Việc khó thứ 8", "6 tháng đầu năm 2022"])

    expected: Expected = [
        {
            "source": {"sheet": "Sheet1", "row": row},
            "owner": name,
            "owner_type": "individual",
            "position": post,
            "title": f"Việc khó thứ {row}",
            "deadline": "quý II/2022",
            "deadline_iso": "2022-06-30",
            "indicators": [],
        }
        for row, (_, name, post) in enumerate(ways, 2)
    ]
    expected.append(
        {
            "source": {"sheet": "Sheet1", "row": 8},
            "owner": "Văn phòng HĐND - UBND huyện",
            "owner_type": "organization",
            "title": "Việc khó thứ 8",
            "deadline": "6 tháng đầu năm 2022",
            "deadline_iso": "2022-06-30",
            "indicators": [],
        }
    )
    return Made("ho-ten-chuc-vu.xlsx", workbook(fill), expected)


def ticked_columns() -> Made:
    """Columns "Tập thể" and "Cá nhân" crossed with x."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["STT", "Tên đơn vị, cá nhân đăng ký", "Loại hình", None, "Chức vụ", "Tên nhiệm vụ", "Hạn xong"])
        put(sheet, 2, ["Tập thể", "Cá nhân"], start=3)
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2", "G1:G2"):
            sheet.merge_cells(area)
        put(sheet, 3, [1, ROAD["owner"], "x", None, None, ROAD["title"], ROAD["deadline"]])
        put(sheet, 4, [2, MAI["owner"], None, "x", MAI["position"], MAI["title"], MAI["deadline"]])

    expected = [
        shows(ROAD, {"sheet": "Sheet1", "row": 3}, "deadline"),
        shows(MAI, {"sheet": "Sheet1", "row": 4}, "position", "deadline"),
    ]
    return Made("danh-dau-x.xlsx", workbook(fill), expected)


def days_in_all_shapes() -> Made:
    """Deadlines as dates, serial numbers, stamps, quarters, months, ditto marks and words that fix no day."""
    written: list[tuple[Any, str | None, str | None]] = [
        (datetime.fromisoformat("2022-07-01"), "01/07/2022", "2022-07-01"),
        (44926, "31/12/2022", "2022-12-31"),
        ("nt", "31/12/2022", "2022-12-31"),
        ("Quý II", "Quý II", "2022-06-30"),
        ("tháng 9", "tháng 9", "2022-09-30"),
        ("12/2022", "12/2022", "2022-12-31"),
        ("30.11.2022", "30.11.2022", "2022-11-30"),
        ("6 tháng đầu năm", "6 tháng đầu năm", "2022-06-30"),
        ("đợt 1: 30/4; đợt 2: 15/10", "đợt 1: 30/4; đợt 2: 15/10", "2022-10-15"),
        ("-nt-", "đợt 1: 30/4; đợt 2: 15/10", "2022-10-15"),
        ("năm 2022", "năm 2022", None),
        ("giai đoạn 2021 - 2025", "giai đoạn 2021 - 2025", None),
        ("thường xuyên", "thường xuyên", None),
        ("………", None, None),
    ]

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["DANH SÁCH ĐĂNG KÝ VIỆC ĐỘT PHÁ NĂM 2022"])
        put(sheet, 3, ["TT", "Đơn vị", "Việc đột phá", "Mốc hoàn thành"])
        for row, (value, _, _) in enumerate(written, 4):
            put(sheet, row, [row - 3, f"Chi bộ thôn {row}", f"Việc thứ {row}", value])
        sheet["D4"].number_format = "dd/mm/yyyy"

    expected = []
    for row, (_, text, day) in enumerate(written, 4):
        each: dict[str, Any] = {
            "source": {"sheet": "Sheet1", "row": row},
            "owner": f"Chi bộ thôn {row}",
            "owner_type": "organization",
            "title": f"Việc thứ {row}",
        }
        each |= {"deadline": text} if text else {}
        each |= {"deadline_iso": day} if day else {}
        expected.append({**each, "indicators": []})
    return Made("thoi-han.xlsx", workbook(fill), expected)


def software_export() -> Made:
    """Vietnamese keys without accents, two indicators in columns of their own, history by half-years."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(
            sheet,
            1,
            cells(
                "ma_so|loai_doi_tuong|ten_don_vi|chuc_vu|ten_nhiem_vu|mo_ta|han_hoan_thanh|"
                "chi_tieu_1|dvt_1|hien_trang_1|muc_tieu_1|chi_tieu_2|dvt_2|hien_trang_2|"
                "muc_tieu_2|ngay_tao"
            ),
        )
        for row, task in enumerate((CLINIC, MAI), 2):
            second = figures(task, 1) if len(task["indicators"]) > 1 else [None] * 4
            kind = "to_chuc" if task["owner_type"] == "organization" else "ca_nhan"
            put(
                sheet,
                row,
                [
                    f"NV{row:04}",
                    kind,
                    task["owner"],
                    task.get("position"),
                    task["title"],
                    task["description"],
                    task["deadline_iso"],
                    *figures(task),
                    *second,
                    "2022-01-05T08:00:00Z",
                ],
            )

    expected = [
        shows(
            task,
            {"sheet": "Sheet1", "row": row},
            "position",
            "description",
            "indicators",
            deadline=task["deadline_iso"],
            deadline_iso=task["deadline_iso"],
        )
        for row, task in enumerate((CLINIC, MAI), 2)
    ]
    return Made("xuat-tu-phan-mem.xlsx", workbook(fill), expected)


def owner_above_the_table() -> Made:
    """A unit's own register: the unit stands in a line above, the table has no column for it."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["BẢN ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"])
        put(sheet, 2, [f"Đơn vị: {ROAD['owner']}"])
        put(sheet, 4, ["STT", "Nhiệm vụ đột phá", "Nội dung, lý do", "Chỉ tiêu", "Người chủ trì", "Thời hạn"])
        put(
            sheet,
            5,
            [
                1,
                ROAD["title"],
                ROAD["description"],
                "Chiều dài đường đã làm: từ 0 lên 4,8 km",
                ROAD["responsible"],
                ROAD["deadline"],
            ],
        )
        put(
            sheet,
            6,
            [
                2,
                LETTERS["title"],
                LETTERS["description"],
                "Số đơn quá hạn: 37 đơn xuống 0",
                LETTERS["responsible"],
                LETTERS["deadline"],
            ],
        )

    expected = [
        shows(
            {**task, "owner": ROAD["owner"]},
            {"sheet": "Sheet1", "row": row},
            "description",
            "responsible",
            "deadline",
            "indicators",
        )
        for row, task in enumerate((ROAD, LETTERS), 5)
    ]
    return Made("don-vi-o-tren-bang.xlsx", workbook(fill), expected)


def hidden_things() -> Made:
    """Hidden columns with old figures, a hidden row, hidden and very hidden sheets, a sheet that is no register."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(
            sheet,
            1,
            cells("STT|Đơn vị|Mục tiêu cũ|Nhiệm vụ đột phá|Chỉ tiêu|ĐVT|Hiện trạng|Dự thảo|Mục tiêu"),
        )
        put(sheet, 2, [1, ROAD["owner"], 99, ROAD["title"], *figures(ROAD)[:3], 7, 4.8])
        put(sheet, 3, [2, "Chi bộ đã rút", 1, "Nhiệm vụ đã rút", "Chỉ tiêu rút", "lần", 1, 2, 3])
        put(sheet, 4, [3, LETTERS["owner"], 98, LETTERS["title"], *figures(LETTERS)[:3], 8, 0])
        for letter in ("C", "H"):
            sheet.column_dimensions[letter].hidden = True
        sheet.row_dimensions[3].hidden = True
        for title, state in (("Nháp", "hidden"), ("Cũ", "veryHidden")):
            old = book.create_sheet(title)
            put(old, 1, ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Thời hạn"])
            put(old, 2, [1, "Chi bộ cũ", "Nhiệm vụ năm cũ", "31/12/2020"])
            old.sheet_state = state
        guide = book.create_sheet("Hướng dẫn")
        put(guide, 1, ["Điền đủ các cột, mỗi dòng một việc."])

    expected = [
        shows(ROAD, {"sheet": "Sheet1", "row": 2}, "indicators"),
        shows(LETTERS, {"sheet": "Sheet1", "row": 4}, "indicators"),
    ]
    return Made("an-bot-cot.xlsx", workbook(fill), expected)


_TCVN3 = {
    "Ă": "¡",
    "Â": "¢",
    "Ê": "£",
    "Ô": "¤",
    "Ơ": "¥",
    "Ư": "¦",
    "Đ": "§",
    "ă": "¨",
    "â": "©",
    "ê": "ª",
    "ô": "«",
    "ơ": "¬",
    "ư": "\u00ad",
    "đ": "®",
    "à": "µ",
    "á": "¸",
    "ả": "¶",
    "ã": "·",
    "ạ": "¹",
    "ằ": "»",
    "ắ": "¾",
    "ẳ": "¼",
    "ẵ": "½",
    "ặ": "Æ",
    "ầ": "Ç",
    "ấ": "Ê",
    "ẩ": "È",
    "ẫ": "É",
    "ậ": "Ë",
    "è": "Ì",
    "é": "Ð",
    "ẻ": "Î",
    "ẽ": "Ï",
    "ẹ": "Ñ",
    "ề": "Ò",
    "ế": "Õ",
    "ể": "Ó",
    "ễ": "Ô",
    "ệ": "Ö",
    "ì": "×",
    "í": "Ý",
    "ỉ": "Ø",
    "ĩ": "Ü",
    "ị": "Þ",
    "ò": "ß",
    "ó": "ã",
    "ỏ": "á",
    "õ": "â",
    "ọ": "ä",
    "ồ": "å",
    "ố": "è",
    "ổ": "æ",
    "ỗ": "ç",
    "ộ": "é",
    "ờ": "ê",
    "ớ": "í",
    "ở": "ë",
    "ỡ": "ì",
    "ợ": "î",
    "ù": "ï",
    "ú": "ó",
    "ủ": "ñ",
    "ũ": "ò",
    "ụ": "ô",
    "ừ": "õ",
    "ứ": "ø",
    "ử": "ö",
    "ữ": "÷",
    "ự": "ù",
    "ỳ": "ú",
    "ý": "ý",
    "ỷ": "û",
    "ỹ": "ü",
    "ỵ": "þ",
}
_VNI_MARKS = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BOW = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_WHOLE = {
    "đ": "ñ",
    "Đ": "Ñ",
    "ị": "ò",
    "Ị": "Ò",
    "ỉ": "æ",
    "Ỉ": "Æ",
    "ĩ": "ó",
    "Ĩ": "Ó",
    "ì": "ì",
    "í": "í",
    "ơ": "ô",
    "Ơ": "Ô",
    "ư": "ö",
    "Ư": "Ö",
}


def tcvn3(text: str) -> str:
    """A text as the keyboard programs of the 1990s stored it; capitals with accents fall to small letters."""
    return "".join(_TCVN3.get(letter, _TCVN3.get(letter.lower(), letter)) for letter in text)


def vni(text: str) -> str:
    out = []
    for letter in text:
        if letter in _VNI_WHOLE or letter.isascii():
            out.append(_VNI_WHOLE.get(letter, letter))
            continue
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
        table = _VNI_HAT if "\u0302" in marks else _VNI_BOW if "\u0306" in marks else _VNI_MARKS
        mark = table.get(tone, "")
        horn = {"o": "ô", "O": "Ô", "u": "ö", "U": "Ö"}.get(base, base) if "\u031b" in marks else base
        out.append(horn + (mark.upper() if base.isupper() else mark))
    return "".join(out)


def _legacy_sheet(code: Callable[[str], str], font: str | None) -> bytes:
    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, [code("Danh sách việc đột phá đăng ký năm 2022")])
        put(
            sheet,
            3,
            [
                code(text)
                for text in (
                    "TT",
                    "Đơn vị",
                    "Việc đột phá",
                    "Mô tả",
                    "Người phụ trách",
                    "Chỉ tiêu",
                    "ĐVT",
                    "Hiện trạng",
                    "Mục tiêu",
                    "Thời hạn",
                )
            ],
        )
        for row, task in enumerate(ORGANIZATIONS[:2], 4):
            name, unit, low, high = figures(task)
            values = [task["owner"], task["title"], task["description"], task["responsible"], name, unit]
            put(sheet, row, [row - 3, *[code(value) for value in values], low, high, code(task["deadline"])])
        if font:
            for line in sheet.iter_rows():
                for cell in line:
                    cell.font = Font(name=font)

    return workbook(fill)


def _legacy_expected() -> Expected:
    return [
        shows(task, {"sheet": "Sheet1", "row": row}, "description", "responsible", "deadline", "indicators")
        for row, task in enumerate(ORGANIZATIONS[:2], 4)
    ]


def in_tcvn3() -> Made:
    """Everything in TCVN3, heading and title too, in its font."""
    return Made("phong-vntime.xlsx", _legacy_sheet(tcvn3, ".VnTime"), _legacy_expected())


def in_vni_without_font() -> Made:
    """Everything in VNI, laid over with a Unicode font: only the letters tell."""
    return Made("phong-vni.xlsx", _legacy_sheet(vni, "Times New Roman"), _legacy_expected())


def cells_of_two_codings() -> Made:
    """In one row a cell in Unicode, one in TCVN3, one without accents."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["Đơn vị", "Nhiệm vụ đột phá", "Nội dung", "Chủ trì", "Hạn"])
        put(
            sheet,
            2,
            [ROAD["owner"], tcvn3(ROAD["title"]), ROAD["description"], "Chu tich UBND xa", tcvn3("trước 30/11/2022")],
        )

    expected = [
        shows(
            ROAD,
            {"sheet": "Sheet1", "row": 2},
            "description",
            responsible="Chu tich UBND xa",
            deadline="trước 30/11/2022",
            deadline_iso="2022-11-30",
        )
    ]
    return Made("lan-lon-phong.xlsx", workbook(fill), expected)


def stored_formulas() -> Made:
    """Formulas count with the value last stored; written by another program, with shared strings."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Đăng ký 2022")
    percent = book.add_format({"num_format": "0%"})
    sheet.write_row(
        0, 0, ["STT", "Đơn vị đăng ký", "Nhiệm vụ đột phá", "Chỉ số đánh giá", "Hiện trạng", "Mục tiêu", "Hạn"]
    )
    sheet.write_row(1, 0, [1, CLINIC["owner"], CLINIC["title"], "Hồ sơ sức khỏe điện tử"])
    sheet.write_formula(1, 4, "=63/200", percent, 0.315)
    sheet.write_formula(1, 5, "=90%", percent, 0.9)
    sheet.write_formula(1, 6, '=CONCATENATE("15/","12")', None, "15/12")
    book.close()
    each = CLINIC["indicators"][0]
    expected = [
        shows(
            CLINIC, {"sheet": "Đăng ký 2022", "row": 2}, indicators=[each], deadline="15/12", deadline_iso="2022-12-15"
        )
    ]
    return Made("cong-thuc.xlsx", out.getvalue(), expected)


def merged_title_with_several_owners() -> Made:
    """One task merged down beside three owners is a registration of each of them."""
    owners = ["Chi bộ thôn Đầm", "Chi bộ thôn Gò", "Chi bộ thôn Trại"]

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["STT", "Nhiệm vụ đột phá", "Tên chi bộ", "Hiện có", "Cần đạt", "Thời hạn"])
        put(sheet, 2, [1, "Kết nạp đảng viên trẻ ở thôn nhiều năm không có", owners[0], 0, 1, "31/12/2022"])
        for row, owner in enumerate(owners[1:], 3):
            put(sheet, row, [owner, 0, row - 1], start=3)
        for area in ("A2:A4", "B2:B4", "F2:F4"):
            sheet.merge_cells(area)

    expected = [
        {
            "source": {"sheet": "Sheet1", "row": row},
            "owner": owner,
            "owner_type": "organization",
            "title": "Kết nạp đảng viên trẻ ở thôn nhiều năm không có",
            "deadline": "31/12/2022",
            "deadline_iso": "2022-12-31",
            "indicators": [{"baseline": 0, "target": row - 1}],
        }
        for row, owner in enumerate(owners, 2)
    ]
    return Made("mot-viec-nhieu-chi-bo.xlsx", workbook(fill), expected)


def texts_on_rows_below() -> Made:
    """Duties and indicators go on in the rows below, groups of organisations have subtotals, signatures follow."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["ĐẢNG BỘ HUYỆN LẠC GIANG", None, None, None, None, None, "Lạc Giang, ngày 10 tháng 01 năm 2022"])
        put(sheet, 3, ["BIỂU TỔNG HỢP ĐĂNG KÝ ĐỘT PHÁ NĂM 2022"])
        put(
            sheet,
            5,
            cells(
                "STT|Tổ chức đảng|Khâu đột phá|Trách nhiệm cụ thể|Chỉ tiêu|ĐVT|Số liệu năm 2021|"
                "Kế hoạch năm 2022|Hoàn thành"
            ),
        )
        put(sheet, 6, ["I", "Khối xã, thị trấn"])
        put(sheet, 7, [1, ROAD["owner"], ROAD["title"], "Chủ tịch UBND xã chủ trì", *figures(ROAD), ROAD["deadline"]])
        put(sheet, 8, ["Mặt trận vận động hiến đất", "Đất dân hiến", "ha", 0, 1.2], start=4)
        put(sheet, 9, ["Công an xã giữ trật tự."], start=4)
        put(sheet, 10, [None, "Cộng nhóm I", "01 việc"])
        put(sheet, 11, ["II", "Khối cơ quan"])
        put(sheet, 12, [1, LETTERS["owner"], LETTERS["title"], None, *figures(LETTERS), LETTERS["deadline"]])
        put(sheet, 13, ["Tổng cộng", None, "02 việc", None, None, None, 37, 4.8])
        put(sheet, 15, ["Ghi chú: số liệu đến 31/12/2021"])
        put(sheet, 16, [None, "NGƯỜI LẬP BIỂU", None, None, None, None, "T/M BAN THƯỜNG VỤ"])
        put(sheet, 17, [None, "Hà Thị Ngân", None, None, None, None, "PHÓ BÍ THƯ"])

    first = [ROAD["indicators"][0], {"name": "Đất dân hiến", "unit": "ha", "baseline": 0, "target": 1.2}]
    expected = [
        shows(
            ROAD,
            {"sheet": "Sheet1", "row": 7},
            "deadline",
            responsibilities="Chủ tịch UBND xã chủ trì; Mặt trận vận động hiến đất; Công an xã giữ trật tự.",
            indicators=first,
        ),
        shows(LETTERS, {"sheet": "Sheet1", "row": 12}, "deadline", "indicators"),
    ]
    return Made("viet-tiep-dong-duoi.xlsx", workbook(fill), expected)


# -- documents ---------------------------------------------------------------------------------------------------


def _fill_table(table: Any, rows: Sequence[Sequence[Any]]) -> None:
    for line, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, values, strict=False):
            if value is not None:
                cell.text = str(value)


def merged_word_table() -> Made:
    """A Word register: owner merged down over two tasks, an indicator on the next row, group rows across."""
    second = {**CLINIC, "owner": ROAD["owner"]}

    def fill(made: Any) -> None:
        made.add_paragraph("DANH MỤC ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        head = ["TT", "Tổ chức, cá nhân", "Nhiệm vụ", "Chỉ tiêu", "Đơn vị tính", "Hiện trạng", "Mục tiêu", "Thời gian"]
        rows: list[list[Any]] = [head, ["I. TẬP THỂ"]]
        rows.append(["1", ROAD["owner"], ROAD["title"], *figures(ROAD), ROAD["deadline"]])
        rows.append(["2", None, second["title"], *figures(second), second["deadline"]])
        rows.append([None, None, None, *figures(second, 1), None])
        rows.append(["II. CÁ NHÂN"])
        rows.append(["1", "Lò Thị Mai\nBí thư Đoàn xã Thượng Sơn", MAI["title"], *figures(MAI), MAI["deadline"]])
        table = made.add_table(len(rows), len(head))
        for number in (1, 5):
            table.cell(number, 0).merge(table.cell(number, 7))
        _fill_table(table, rows)
        table.cell(2, 1).merge(table.cell(4, 1))
        for column in (0, 2, 7):
            table.cell(3, column).merge(table.cell(4, column))

    expected = [
        shows(ROAD, {"table": 1, "row": 3}, "deadline", "indicators"),
        shows(second, {"table": 1, "row": 4}, "deadline", "indicators"),
        shows(MAI, {"table": 1, "row": 7}, "position", "deadline", "indicators"),
    ]
    return Made("danh-muc-gop-o.docx", document(fill), expected)


def table_in_two_pieces() -> Made:
    """A table that somebody split: the second piece goes on without a heading."""

    def fill(made: Any) -> None:
        made.add_paragraph("Đăng ký việc đột phá năm 2022")
        head = ["Số TT", "Đơn vị", "Việc đột phá", "Người chủ trì", "Hạn hoàn thành"]
        first = made.add_table(3, 5)
        _fill_table(
            first,
            [
                head,
                *[
                    [str(place), task["owner"], task["title"], task["responsible"], task["deadline"]]
                    for place, task in enumerate((ROAD, LETTERS), 1)
                ],
            ],
        )
        made.add_paragraph("")
        second = made.add_table(1, 5)
        _fill_table(second, [["3", CLINIC["owner"], CLINIC["title"], CLINIC["responsible"], CLINIC["deadline"]]])
        signatures = made.add_table(1, 2)
        _fill_table(signatures, [["Nơi nhận:\n- Lưu", "T/M BAN THƯỜNG VỤ"]])

    expected = [
        shows(ROAD, {"table": 1, "row": 2}, "responsible", "deadline"),
        shows(LETTERS, {"table": 1, "row": 3}, "responsible", "deadline"),
        shows(CLINIC, {"table": 2, "row": 1}, "responsible", "deadline"),
    ]
    return Made("bang-bi-cat.docx", document(fill), expected)


def _run(text: str, *, deleted: bool = False) -> Any:
    run = OxmlElement("w:r")
    element = OxmlElement("w:delText" if deleted else "w:t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    run.append(element)
    return run


def _wrapped(tag: str, *children: Any, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element


def _control(*children: Any, placeholder: bool = False) -> Any:
    properties = OxmlElement("w:sdtPr")
    if placeholder:
        properties.append(OxmlElement("w:showingPlcHdr"))
    return _wrapped("w:sdt", properties, _wrapped("w:sdtContent", *children))


def tracked_changes() -> Made:
    """Insertions kept, deletions dropped, content controls read, an untouched placeholder not, a row deleted."""

    def fill(made: Any) -> None:
        made.add_paragraph("DANH MỤC NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        table = made.add_table(4, 5)
        _fill_table(
            table,
            [
                ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Người chủ trì", "Thời hạn"],
                ["1", ROAD["owner"], "", "", ""],
                ["2", LETTERS["owner"], LETTERS["title"], "", LETTERS["deadline"]],
                ["3", "Chi bộ bị bỏ", "Việc bị bỏ", "", "31/12/2022"],
            ],
        )
        title = table.cell(1, 2).paragraphs[0]._p
        title.append(_run("Mở đường vào bản "))
        title.append(_wrapped("w:del", _run("Pá Sang", deleted=True), id="1", author="x"))
        title.append(_wrapped("w:ins", _run("Khe Lạnh"), id="2", author="x"))
        title.append(_run(" sau 15 năm chờ đợi"))
        table.cell(1, 3).paragraphs[0]._p.append(_control(_run(ROAD["responsible"])))
        table.cell(1, 4).paragraphs[0]._p.append(_wrapped("w:moveFrom", _run("31/12/2022"), id="3", author="x"))
        table.cell(1, 4).paragraphs[0]._p.append(_wrapped("w:moveTo", _run(ROAD["deadline"]), id="4", author="x"))
        table.cell(2, 3).paragraphs[0]._p.append(_control(_run("Nhấp để nhập"), placeholder=True))
        gone = _wrapped("w:trPr", _wrapped("w:del", id="5", author="x"))
        table.rows[3]._tr.insert(0, gone)

    expected = [
        shows(ROAD, {"table": 1, "row": 2}, "responsible", "deadline"),
        shows(LETTERS, {"table": 1, "row": 3}, "deadline"),
    ]
    return Made("theo-doi-thay-doi.docx", document(fill), expected)


def label_tables() -> Made:
    """One two-column table a task, the indicators in a table inside a cell, a bulleted list by Word."""
    tasks = [ROAD, CLINIC, VAN]

    def fill(made: Any) -> None:
        for task in tasks:
            made.add_heading("PHIẾU ĐĂNG KÝ ĐỘT PHÁ NĂM 2022", 1)
            person = task["owner_type"] == "individual"
            labels = [("Họ và tên" if person else "Tên đơn vị", task["owner"])]
            labels += [("Chức vụ", task["position"])] if person else []
            labels += [
                ("Tên nhiệm vụ", task["title"]),
                ("Lý do, nội dung", task["description"]),
                ("Người chủ trì", task.get("responsible", "")),
                ("Phân công trách nhiệm", ""),
                ("Chỉ tiêu", ""),
                ("Thời hạn hoàn thành", task["deadline"]),
            ]
            table = made.add_table(len(labels), 2)
            for line, (label, value) in zip(table.rows, labels, strict=True):
                line.cells[0].text = label
                line.cells[1].text = value
                if label == "Phân công trách nhiệm":
                    for part in task.get("responsibilities", "").rstrip(".").split("; "):
                        if part:
                            line.cells[1].add_paragraph(part, style="List Bullet")
                if label == "Chỉ tiêu":
                    inner = line.cells[1].add_table(1 + len(task["indicators"]), 4)
                    _fill_table(
                        inner,
                        [
                            ["Tên chỉ tiêu", "ĐVT", "Hiện trạng", "Phải đạt"],
                            *[figures(task, place) for place, _ in enumerate(task["indicators"])],
                        ],
                    )

    expected = [
        shows(
            task,
            {"form": place, "table": place},
            *ALL,
            responsibilities=task.get("responsibilities", "").rstrip(".") or None,
        )
        for place, task in enumerate(tasks, 1)
    ]
    return Made("phieu-hai-cot.docx", document(fill), expected)


def loose_forms() -> Made:
    """Forms in plain paragraphs: no numbers, two labels on a line, values on the next line, figures after labels."""

    def fill(made: Any) -> None:
        made.add_paragraph("BẢN ĐĂNG KÝ VIỆC ĐỘT PHÁ NĂM 2022")
        made.add_paragraph(f"Họ và tên: {MAI['owner']}\tChức vụ: {MAI['position']}")
        made.add_paragraph(f"Tên việc đột phá: {MAI['title']}")
        made.add_paragraph("Nội dung:")
        made.add_paragraph(MAI["description"])
        made.add_paragraph("Chỉ tiêu: Số phụ nữ biết chữ")
        made.add_paragraph("Hiện trạng: 0 người")
        made.add_paragraph("Mục tiêu: 45 người")
        made.add_paragraph("Thời hạn: 31/10/2022")
        made.add_paragraph("Bản Cỏi, ngày 12 tháng 01 năm 2022")
        made.add_paragraph("NGƯỜI ĐĂNG KÝ")
        made.add_paragraph("Lò Thị Mai")
        made.add_paragraph("BẢN ĐĂNG KÝ VIỆC ĐỘT PHÁ NĂM 2022")
        made.add_paragraph(f"Đơn vị đăng ký: {LETTERS['owner']}")
        made.add_paragraph(f"Tên việc đột phá: {LETTERS['title']}")
        made.add_paragraph(f"Người chịu trách nhiệm chính: {LETTERS['responsible']}")
        made.add_paragraph("Chỉ tiêu cần đạt: Số đơn quá hạn: 37 đơn xuống 0")
        made.add_paragraph("Thời hạn: quý III")

    expected = [
        shows(MAI, {"form": 1}, "position", "description", "deadline", "indicators"),
        shows(LETTERS, {"form": 2}, "responsible", "indicators", deadline="quý III", deadline_iso="2022-09-30"),
    ]
    return Made("phieu-tu-do.docx", document(fill), expected)


def form_with_two_tasks() -> Made:
    """One sheet of paper for one owner with two tasks, the person typed in the old font under Unicode labels."""

    def fill(made: Any) -> None:
        made.add_paragraph("ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022")
        paragraph = made.add_paragraph("Tên đơn vị: ")
        run = paragraph.add_run(tcvn3(ROAD["owner"]))
        run.font.name = ".VnTime"
        for place, task in enumerate((ROAD, LETTERS), 1):
            made.add_paragraph(f"Nhiệm vụ {place}: {task['title']}")
            made.add_paragraph(f"- Lý do: {task['description']}")
            made.add_paragraph(f"- Chủ trì: {task['responsible']}")
            made.add_paragraph(f"- Hạn hoàn thành: {task['deadline']}")

    expected = [
        shows({**task, "owner": ROAD["owner"]}, {"form": 1}, "description", "responsible", "deadline")
        for task in (ROAD, LETTERS)
    ]
    return Made("hai-viec-mot-phieu.docx", document(fill), expected)


# -- text files ----------------------------------------------------------------------------------------------------

_HEAD = [
    "STT",
    "Đơn vị",
    "Nhiệm vụ đột phá",
    "Nội dung",
    "Người chủ trì",
    "Chỉ tiêu",
    "ĐVT",
    "Hiện trạng",
    "Mục tiêu",
    "Hạn",
]


def _records(code: Callable[[str], str] = str) -> list[list[Any]]:
    rows: list[list[Any]] = [[code(text) for text in _HEAD]]
    for place, task in enumerate(ORGANIZATIONS[:2], 1):
        name, unit, low, high = figures(task)
        texts = [task["owner"], task["title"], task["description"], task["responsible"], name, unit]
        rows.append([place, *[code(text) for text in texts], decimal(low), decimal(high), code(task["deadline"])])
    return rows


def _records_expected(start: int = 2) -> Expected:
    return [
        shows(task, {"row": row}, "description", "responsible", "deadline", "indicators")
        for row, task in enumerate(ORGANIZATIONS[:2], start)
    ]


def _windows_1258(text: str) -> str:
    """Windows writes base letters with â, ê, ô, ă, ơ, ư whole and the tone after them."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tones)
    return "".join(out)


def windows_1258_tabs() -> Made:
    return Made(
        "windows-1258.tsv", delimited(_records(_windows_1258), separator="\t", coding="cp1258"), _records_expected()
    )


def utf16_from_excel() -> Made:
    """What Excel calls Unicode text: UTF-16 with tabs."""
    return Made("unicode-text.txt", delimited(_records(), separator="\t", coding="utf-16"), _records_expected())


def commas_with_title() -> Made:
    """Commas, a title and an empty line above, a heading of two lines that is not merged."""
    rows: list[list[Any]] = [["DANH SÁCH ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"], []]
    rows.append(
        ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Nội dung", "Người chủ trì", "Kết quả phải đạt", "", "", "", "Hạn"]
    )
    rows.append(["", "", "", "", "", "Tên chỉ tiêu", "ĐVT", "Hiện trạng", "Mục tiêu", ""])
    return Made("dau-phay.csv", delimited([*rows, *_records()[1:]]), _records_expected(5))


def tcvn3_csv() -> Made:
    return Made("vntime.csv", delimited(_records(tcvn3), separator=";", coding="cp1252"), _records_expected())


def vni_csv() -> Made:
    return Made("vni.csv", delimited(_records(vni), separator=";", coding="cp1252"), _records_expected())


def english_export() -> Made:
    """English headings, camelCase, points as decimals, a byte order mark."""
    rows: list[list[Any]] = [
        cells(
            "taskId|organizationName|taskTitle|taskDescription|responsiblePerson|"
            "indicatorName|unit|baseline|target|dueDate|createdAt"
        )
    ]
    for place, task in enumerate(ORGANIZATIONS[:2], 1):
        name, unit, low, high = figures(task)
        rows.append(
            [
                f"T-{place}",
                task["owner"],
                task["title"],
                task["description"],
                task["responsible"],
                name,
                unit,
                f"{low:.1f}",
                f"{high:.1f}",
                task["deadline_iso"],
                "2022-01-03",
            ]
        )
    expected = [
        shows(
            task,
            {"row": row},
            "description",
            "responsible",
            "indicators",
            deadline=task["deadline_iso"],
            deadline_iso=task["deadline_iso"],
        )
        for row, task in enumerate(ORGANIZATIONS[:2], 2)
    ]
    return Made("export.csv", delimited(rows, coding="utf-8-sig"), expected)


LAYOUTS: tuple[Callable[[], Made], ...] = (
    owner_rows,
    owner_blank_below,
    three_row_heading,
    on_its_side,
    one_form_a_sheet,
    two_tables_one_sheet,
    both_figures_in_one_cell,
    several_indicators_in_one_cell,
    units_everywhere,
    name_and_post_together,
    ticked_columns,
    days_in_all_shapes,
    software_export,
    owner_above_the_table,
    hidden_things,
    in_tcvn3,
    in_vni_without_font,
    cells_of_two_codings,
    stored_formulas,
    merged_title_with_several_owners,
    texts_on_rows_below,
    merged_word_table,
    table_in_two_pieces,
    tracked_changes,
    label_tables,
    loose_forms,
    form_with_two_tasks,
    windows_1258_tabs,
    utf16_from_excel,
    commas_with_title,
    tcvn3_csv,
    vni_csv,
    english_export,
)
