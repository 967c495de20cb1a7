"""Workbooks of our own: where headings, owners and tasks stand."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from tests.documents.registers_tasks import (
    CLINIC,
    LETTERS,
    MAI,
    PEOPLE,
    ROAD,
    VAN,
    Expected,
    Made,
    cells,
    figures,
    put,
    shows,
    workbook,
)  # fmt: skip


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
