"""Workbooks of our own: what stands in the cells, and what is hidden."""

from datetime import datetime
from typing import Any

from tests.documents.registers_tasks import (
    CLINIC,
    LETTERS,
    MAI,
    ROAD,
    Expected,
    Made,
    cells,
    figures,
    put,
    shows,
    workbook,
)  # fmt: skip


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
