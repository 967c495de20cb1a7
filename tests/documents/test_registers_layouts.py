"""Layouts of our own: every field right, whatever way an office lays its register out."""

import pytest

from dotpha.documents.registers import Unreadable, read_bytes
from tests.documents.reading_lines import differences, lines_of
from tests.documents.registers_in_cells import hidden_things
from tests.documents.registers_made import LAYOUTS
from tests.documents.registers_of_offices import OFFICES
from tests.documents.registers_tasks import put, workbook

ALL_LAYOUTS = (*LAYOUTS, *OFFICES)


def reading_of(rows, name="thu.xlsx", sheet="Sheet1"):
    def fill(book):
        for number, row in enumerate(rows, 1):
            put(book.active, number, row)

    return read_bytes(workbook(fill, sheet=sheet), name)


@pytest.mark.parametrize("layout", ALL_LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_field_of_a_layout_is_right(layout):
    register = layout()
    assert differences(register.expected, lines_of(read_bytes(register.data, register.name))) == []


@pytest.mark.parametrize("layout", ALL_LAYOUTS, ids=lambda layout: layout.__name__)
def test_no_layout_raises_a_remark_it_should_not(layout):
    register = layout()
    remarks = [str(remark) for remark in read_bytes(register.data, register.name).remarks]
    assert [
        remark
        for remark in remarks
        if not any(word in remark for word in ("ẩn", "Hướng dẫn", "‘Tổng hợp’: không thấy"))
    ] == []


HEAD = ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Chỉ tiêu", "ĐVT", "Hiện trạng", "Mục tiêu", "Hạn"]


def test_what_is_no_number_and_no_day_is_told_by_sheet_row_and_column():
    reading = reading_of(
        [
            ["DANH SÁCH ĐĂNG KÝ NĂM 2022"],
            HEAD,
            [1, "Chi bộ A", "Giảm nghèo", "Tỷ lệ hộ nghèo", "%", "chưa thống kê", "9 - 11%", "31/02/2022"],
        ],
        sheet="Biểu 02",
    )
    assert [str(remark) for remark in reading.remarks] == [
        "Trang tính ‘Biểu 02’, dòng 3, cột F: chưa đọc được số từ “chưa thống kê”; đề nghị kiểm tra.",
        "Trang tính ‘Biểu 02’, dòng 3, cột G: chưa đọc được số từ “9 - 11%”; đề nghị kiểm tra.",
        "Trang tính ‘Biểu 02’, dòng 3, cột H: “31/02/2022” là ngày không có trong lịch; đề nghị kiểm tra.",
    ]
    only = reading.registrations[0]
    assert (only.deadline, only.deadline_iso) == ("31/02/2022", "")
    assert (only.indicators[0].name, only.indicators[0].baseline, only.indicators[0].target) == (
        "Tỷ lệ hộ nghèo",
        None,
        None,
    )


def test_a_row_that_belongs_to_nothing_is_told():
    reading = reading_of(
        [HEAD, [1, "Chi bộ A", "Việc A"], [], [None, "Chi bộ B", None, None, None, None, None, "31/12/2022"]]
    )
    assert len(reading.registrations) == 1
    assert [(remark.place.row, remark.place.column) for remark in reading.remarks] == [(4, "B")]


def test_a_formula_without_a_stored_value_is_told():
    reading = reading_of([HEAD, [1, "Chi bộ A", "Việc A", "Số hộ", "hộ", "=SUM(A1:A2)", 7, "31/12/2022"]])
    assert [str(remark) for remark in reading.remarks] == [
        "Trang tính ‘Sheet1’, dòng 2, cột F: công thức chưa có kết quả lưu sẵn nên chưa có giá trị; "
        "đề nghị mở tệp bằng Excel, lưu lại rồi gửi."
    ]
    assert reading.registrations[0].indicators[0].baseline is None


def test_hidden_rows_and_sheets_are_named():
    register = hidden_things()
    remarks = [str(remark) for remark in read_bytes(register.data, register.name).remarks]
    assert "Trang tính ‘Sheet1’: không đọc các dòng đang bị ẩn: 3; đề nghị bỏ ẩn nếu cần đọc." in remarks
    assert "Trang tính ‘Nháp’: trang tính bị ẩn nên không đọc." in remarks


def test_parent_prior_and_start_are_fields_and_stay_visible_in_source():
    reading = reading_of(
        [
            [
                "TT",
                "Họ và tên",
                "Chức vụ",
                "Nhiệm vụ đột phá",
                "Gắn với nhiệm vụ của tập thể",
                "Nhiệm vụ năm trước",
                "Ngày bắt đầu",
            ],
            [1, "Lò Thị Mai", "Bí thư Đoàn xã", "Dạy chữ", "Xóa mù chữ", "Vận động ra lớp", "05/01/2022"],
        ]
    )
    only = reading.registrations[0]
    assert (only.parent_title, only.prior_year_title, only.start) == ("Xóa mù chữ", "Vận động ra lớp", "05/01/2022")
    assert only.source["other"]["Gắn với nhiệm vụ của tập thể"] == "Xóa mù chữ"


def test_an_owner_taken_from_the_letterhead_is_told():
    reading = reading_of(
        [
            ["ĐẢNG BỘ XÃ BẰNG KHÊ"],
            ["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"],
            ["STT", "Nhiệm vụ đột phá", "Hạn"],
            [1, "Xây cầu", "quý II"],
        ]
    )
    assert reading.registrations[0].owner == "ĐẢNG BỘ XÃ BẰNG KHÊ"
    assert "phần đầu văn bản" in reading.remarks[0].message


def test_a_registration_without_an_owner_is_read_and_told():
    reading = reading_of([["ĐĂNG KÝ VIỆC ĐỘT PHÁ NĂM 2022"], ["STT", "Việc đột phá", "Hạn"], [1, "Xây cầu", "quý II"]])
    assert [each.owner for each in reading.registrations] == [""]
    assert "chưa rõ đơn vị" in reading.remarks[0].message


def test_the_year_of_a_day_may_stand_in_the_heading_the_sheet_or_the_name_of_the_file():
    def day(rows, **names):
        return reading_of(rows, **names).registrations[0].deadline_iso

    bare = [["STT", "Đơn vị", "Nhiệm vụ đột phá", "Hạn"], [1, "Chi bộ A", "Việc A", "30/6"]]
    titled = [["STT", "Đơn vị", "Nhiệm vụ đột phá năm 2024", "Hạn"], bare[1]]
    assert day(bare) == ""
    assert day(titled) == "2024-06-30"
    assert day(bare, sheet="Đăng ký 2023") == "2023-06-30"
    assert day(bare, name="dang-ky-2025.xlsx") == "2025-06-30"


def test_last_years_plan_beside_last_years_result_is_no_target():
    reading = reading_of(
        [
            ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Chỉ tiêu", "ĐVT", "KH 2021", "TH 2021", "KH 2022", "Hạn"],
            [1, "Đảng bộ xã A", "Giảm nghèo", "Tỷ lệ hộ nghèo", "%", "3,0", "2,4", "2,1", "31/12"],
        ]
    )
    only = reading.registrations[0]
    assert (only.indicators[0].baseline, only.indicators[0].target) == (2.4, 2.1)
    assert only.deadline_iso == "2022-12-31"


def test_one_stray_text_far_right_does_not_hide_the_register():
    rows = [HEAD, [1, "Chi bộ A", "Việc A", "Số hộ", "hộ", 1, 2, "31/12/2022", *[None] * 700, "lạc"]]
    assert [each.title for each in reading_of(rows).registrations] == ["Việc A"]


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["LỊCH CÔNG TÁC TUẦN"],
            ["Thứ", "Nội dung công việc", "Thời gian", "Địa điểm", "Chủ trì"],
            ["Hai", "Họp", "8h", "Phòng họp", "Bí thư"],
        ],
        [
            ["DANH SÁCH PHÂN CÔNG"],
            ["STT", "Họ và tên", "Chức vụ", "Nhiệm vụ được phân công"],
            [1, "Nguyễn Văn An", "Ủy viên", "Phụ trách xã A"],
        ],
        [
            ["DỰ TOÁN 2022"],
            ["STT", "Nội dung", "Đơn vị tính", "Số lượng", "Thành tiền"],
            [1, "Giấy A4", "ram", 10, 650000],
        ],
    ],
    ids=("schedule", "list of members", "budget"),
)
def test_other_lists_are_not_taken_for_registers(rows):
    with pytest.raises(Unreadable, match="không có bảng hay phiếu đăng ký"):
        reading_of(rows)


def test_a_summary_that_counts_tasks_is_named_and_not_read():
    register = next(layout for layout in OFFICES if layout.__name__ == "owners_between_tables")()
    remarks = [str(remark) for remark in read_bytes(register.data, register.name).remarks]
    assert remarks == ["Trang tính ‘Tổng hợp’: không thấy bảng hay phiếu đăng ký nên không đọc."]
