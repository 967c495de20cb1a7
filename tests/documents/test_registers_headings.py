"""What columns are called: every office has its own words for the same field."""

import pytest

from dotpha.documents.registers.columns import matches

HEADINGS = {
    "number": ["STT", "TT", "Số TT", "Số thứ tự", "No.", "#"],
    "owner": [
        "Đơn vị",
        "Tổ chức, cá nhân",
        "Chủ thể đăng ký",
        "Tên tổ chức đảng, đơn vị / Họ và tên",
        "Đơn vị, người đăng ký",
        "Cấp ủy, đơn vị",
        "owner_name",
        "organizationName",
        "Tập thể/cá nhân",
        "ten_don_vi",
        "Tổ chức đảng / Họ tên, chức vụ",
    ],
    "person": ["Họ và tên", "Họ tên", "Họ và tên người đăng ký", "Cá nhân", "full name"],
    "owner_type": ["Loại", "Đối tượng", "Loại chủ thể", "owner_kind", "loai_doi_tuong"],
    "position": ["Chức vụ", "Chức danh, đơn vị công tác", "Chức vụ (nếu là cá nhân)", "owner_post", "CHỨC VỤ"],
    "title": [
        "Nhiệm vụ đột phá",
        "Nội dung nhiệm vụ\nđột phá",
        "Việc đăng ký",
        "Tên nhiệm vụ",
        "Khâu đột phá",
        "task_title",
        "Nội dung việc đột phá",
        "Công việc đột phá, sáng tạo",
        "Nhiệm vụ đột phá năm 2022",
        "NOI DUNG NHIEM VU DOT PHA",
        "Việc khó, việc mới đăng ký",
    ],
    "description": [
        "Nội dung",
        "Lý do, thuyết minh",
        "Mô tả",
        "Thuyết minh",
        "Nội dung, giải pháp chủ yếu",
        "task_reason",
        "Sự cần thiết",
        "Lý do là đột phá",
        "Lý do chọn và nội dung chính",
    ],
    "responsible": [
        "Người chủ trì",
        "Chủ trì",
        "Đồng chí chịu trách nhiệm",
        "Đồng chí phụ trách",
        "lead_person",
        "Cơ quan, đơn vị chủ trì",
        "Người chịu trách nhiệm chính",
        "Lãnh đạo chỉ đạo",
    ],
    "duties": [
        "Phân công trách nhiệm",
        "Trách nhiệm cụ thể",
        "Nhiệm vụ của từng đồng chí",
        "duties",
        "Trách nhiệm",
        "Ai làm gì",
        "Trách nhiệm của từng tập thể, cá nhân",
        "Nhiệm vụ được phân công",
    ],
    "deadline": [
        "Thời hạn",
        "Thời hạn hoàn thành",
        "Hoàn thành trước ngày",
        "Hạn xong",
        "due_date",
        "Tiến độ",
        "Thời gian thực hiện",
    ],
    "start": ["Ngày bắt đầu", "Thời gian bắt đầu", "start_date", "Khởi công"],
    "indicator": ["Tên chỉ tiêu", "Chỉ số đánh giá", "Tiêu chí đo", "Sản phẩm, chỉ tiêu", "kpi_name", "Chỉ tiêu"],
    "unit": ["ĐVT", "Đơn vị tính", "kpi_unit", "Đơn vị đo"],
    "baseline": ["Hiện trạng", "Đầu năm", "Đầu năm 2022", "kpi_baseline", "Mức hiện tại", "Thực trạng"],
    "target": ["Mục tiêu", "Phấn đấu năm 2022", "Cuối năm", "Phải đạt", "kpi_target", "Kế hoạch 2022"],
    "change": ["Từ ... đến ...", "Hiện trạng → mục tiêu", "Hiện trạng và mục tiêu"],
    "history": ["Kết quả các kỳ trước", "Số liệu các năm trước", "Diễn biến 2019-2021"],
    "parent": ["Gắn với nhiệm vụ tập thể", "Phục vụ việc của tập thể", "Gắn với việc đột phá của tập thể"],
    "prior": ["Việc năm trước", "Nhiệm vụ năm trước"],
    "other": [
        "Ghi chú",
        "Hạn cũ",
        "Ý kiến thẩm định",
        "Kết quả thực hiện",
        "created_at",
        "Dự kiến lần 1",
        "Mốc tiến độ theo quý",
    ],
}


OFFICE_WORDS = {
    "owner": ["Cơ quan, đơn vị đăng ký", "ĐV đăng ký", "Don vi dang ky", "Chi, đảng bộ", "Đơn vị đề xuất"],
    "person": ["Đồng chí, chức vụ", "Cá nhân cam kết"],
    "position": ["Chức vụ đảm nhiệm", "Vị trí việc làm"],
    "title": ["Tên công việc trọng tâm đột phá", "Nội dung đăng ký", "Tên NV đột phá", "Rõ việc", "Khâu yếu, việc khó"],
    "description": ["Mục đích, ý nghĩa", "Thực trạng, nguyên nhân", "Cơ sở đề xuất", "Su can thiet", "Căn cứ, lý do"],
    "responsible": [
        "Đầu mối chịu trách nhiệm",
        "LĐ phụ trách",
        "Người chịu TN",
        "Đ/c chỉ đạo",
        "Bí thư cấp ủy chỉ đạo",
    ],
    "duties": ["Nhiệm vụ cụ thể của các thành viên", "Phân giao nhiệm vụ", "Phân công tổ chức thực hiện"],
    "deadline": ["Mốc hoàn thành", "Thời điểm HT", "T/g hoàn thành", "Thời gian TH", "Chậm nhất ngày"],
    "indicator": ["Chỉ số đo", "Sản phẩm dự kiến", "Kết quả đầu ra cần đạt", "Tiêu chí hoàn thành"],
    "unit": ["Đ/v tính", "Đ.v.t", "ĐV tính"],
    "baseline": ["Hiện trạng 31/12/2021", "Từ mức", "Số thực hiện năm trước", "fromValue"],
    "target": ["Chỉ tiêu phấn đấu 2022", "Lên mức", "Phải có", "Mức cam kết", "toValue"],
    "history": ["Thực hiện qua các năm", "Diễn biến qua các năm", "Chuỗi kết quả"],
    "other": ["Số nhiệm vụ", "Rõ thẩm quyền", "Nhu cầu kinh phí", "Lĩnh vực"],
}


@pytest.mark.parametrize("role", OFFICE_WORDS)
def test_what_other_offices_call_a_column_is_understood(role):
    for heading in OFFICE_WORDS[role]:
        assert matches(heading)[0].role == role, heading


def test_one_word_alone_is_not_written_out():
    assert [matches(word)[0].role for word in ("HT", "MT", "KH", "TT")] == ["baseline", "target", "target", "number"]


@pytest.mark.parametrize("role", HEADINGS)
def test_headings_are_understood_by_meaning(role):
    for heading in HEADINGS[role]:
        found = matches(heading)
        assert role in {match.role for match in found if match.score == found[0].score}, heading
