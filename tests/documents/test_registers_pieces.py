"""The parts the readers are made of: headings, figures, days, names, old fonts."""

import unicodedata

import pytest

from dotpha.documents.registers.cells import Repairer, items_of, lines_of, one_line
from dotpha.documents.registers.context import list_is_about, owner_above, register_year
from dotpha.documents.registers.deadlines import deadline
from dotpha.documents.registers.delimited import coding_of, separator
from dotpha.documents.registers.figures import change, figure, history, stated_target
from dotpha.documents.registers.labels import label_of
from dotpha.documents.registers.legacy import repair
from dotpha.documents.registers.owners import looks_organization, split_person, type_by_words
from dotpha.documents.registers.syllables import is_syllable
from tests.documents.registers_in_old_fonts import tcvn3, vni


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("dưới 2,1", 2.1, ""),
        ("≥ 95%", 95, "%"),
        ("không quá 3%", 3, "%"),
        ("90% trở lên", 90, "%"),
        ("trên 90 %", 90, "%"),
        ("3.412", 3412, ""),
        ("98.4", 98.4, ""),
        ("1.250,5 triệu đồng", 1250.5, "triệu đồng"),
        ("02 tuyến", 2, "tuyến"),
        ("14/19 tiêu chí", 14, "tiêu chí"),
        ("0 (chưa có)", 0, ""),
        ("ba vụ", 3, "vụ"),
        ("58 nhà năm 2022", 58, "nhà"),
        ("10 m2/người", 10, "m2/người"),
        ("100% hộ dân", 100, "%"),
        ("còn 28 đơn", 28, "đơn"),
    ],
)
def test_figures_are_read_with_their_units(text, value, unit):
    found = figure(text)
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("text", ["9 - 11%", "chưa có", "tăng 20%", "gấp 3 lần", "đạt chuẩn", "về đích", "năm 2022"])
def test_what_is_not_plainly_a_figure_is_none(text):
    assert figure(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("từ 12% lên 70%", 12, 70, "%"),
        ("52% → 70%", 52, 70, "%"),
        ("27 trại xuống 0", 27, 0, "trại"),
        ("61 => 90", 61, 90, ""),
        ("2,4% còn 2,1%", 2.4, 2.1, "%"),
        ("hiện 6%, phấn đấu 80%", 6, 80, "%"),
        ("210 ca/tháng xuống 126 ca/tháng", 210, 126, "ca/tháng"),
        ("tăng từ 12% (2021) lên 70% (2022)", 12, 70, "%"),
        ("từ 14/19 lên 18/19 tiêu chí", 14, 18, "tiêu chí"),
        ("Năm 2021: 12%; năm 2022: 70%", 12, 70, "%"),
        ("giảm từ 86 hộ xuống còn dưới 10 hộ", 86, 10, "hộ"),
    ],
)
def test_both_figures_of_a_phrase_are_read(text, low, high, unit):
    found = change(text)
    assert found is not None and found.baseline is not None and found.target is not None
    assert (found.baseline.value, found.target.value, found.target.unit) == (low, high, unit)


@pytest.mark.parametrize(
    "text", ["đường từ thôn 1 đến thôn 5", "từ tháng 3 đến tháng 9/2022", "từ 01/3 đến 30/9", "12% hộ dân"]
)
def test_phrases_that_are_no_change_are_none(text):
    assert change(text) is None


def test_a_start_in_brackets_after_the_goal_is_read():
    found = stated_target("Số khung dệt hoạt động đạt 45 khung (hiện có 6 khung)")
    assert found is not None and found.baseline is not None and found.target is not None
    assert (found.lead, found.baseline.value, found.target.value) == ("Số khung dệt hoạt động", 6, 45)
    other = stated_target("Số nhà tạm giảm còn 0 nhà (toàn xã)")
    assert other is not None and other.baseline is None


def test_a_name_and_its_goal_in_one_phrase_are_told_apart():
    found = stated_target("Tỷ lệ hộ nghèo còn 2,1%")
    assert found is not None and found.target is not None
    assert (found.lead, found.target.value, found.target.unit) == ("Tỷ lệ hộ nghèo", 2.1, "%")
    assert stated_target("Kết nạp 11 đảng viên") is None


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2019: 23; 2020: 23; 2021: 19", [("2019", 23), ("2020", 23), ("2021", 19)]),
        ("30/4/2021: 5; 20/01/2022: 70", [("2021-04-30", 5), ("2022-01-20", 70)]),
        ("Năm 2020 đạt 8; năm 2019 đạt 7", [("2019", 7), ("2020", 8)]),
        ("7 (2019), 8 (2020)", [("2019", 7), ("2020", 8)]),
        ("2019: 98,4%, 2020: 99,1%", [("2019", 98.4), ("2020", 99.1)]),
        ("2019-2021: 7; 8; 9", [("2019", 7), ("2020", 8), ("2021", 9)]),
        ("quý II/2021: 22; tháng 12/2021: 30", [("2021-06-30", 22), ("2021-12-31", 30)]),
    ],
)
def test_earlier_results_in_one_cell_are_points_in_time(text, points):
    assert history(text) == (points, "")


def test_earlier_results_that_are_not_understood_are_left_over():
    assert history("2021: chưa có") == ([], "2021: chưa có")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("trước ngày 15/12/2022", "2022-12-15"),
        ("30/9", "2022-09-30"),
        ("quý IV", "2022-12-31"),
        ("tháng 6/2023", "2023-06-30"),
        ("30.11", "2022-11-30"),
        ("15-12", "2022-12-15"),
        ("12/2022", "2022-12-31"),
        ("Q.III/2022", "2022-09-30"),
        ("quý III, IV/2022", "2022-12-31"),
        ("6 tháng đầu năm", "2022-06-30"),
        ("2022-12-15T00:00:00", "2022-12-15"),
        ("20221231", "2022-12-31"),
        ("44926", "2022-12-31"),
        ("ngày 15 tháng 12 năm 2022", "2022-12-15"),
        ("trước 15 tháng 6", "2022-06-15"),
        ("từ 01/3/2022 đến 30/9/2022", "2022-09-30"),
        ("31 / 12 / 2022", "2022-12-31"),
        ("quý I, 2 cuộc", "2022-03-31"),
        ("năm 2022", ""),
        ("giai đoạn 2021 - 2025", ""),
        ("thường xuyên", ""),
        ("trước Tết", ""),
        ("cả năm", ""),
        ("2022", ""),
        ("theo Quyết định 08/2015/QĐ-UBND", ""),
        ("3 tháng 1 lần", ""),
    ],
)
def test_a_deadline_fixes_a_day_or_does_not(text, day):
    assert deadline(text, 2022)[1] == day


def test_a_day_that_cannot_be_is_told_and_not_corrected():
    assert deadline("31/02/2022", 2022) == ("31/02/2022", "", True)
    assert deadline("2022-02-30", 2022) == ("2022-02-30", "", True)


@pytest.mark.parametrize(
    ("written", "name", "post"),
    [
        ("Đ/c Nguyễn Văn An (Bí thư chi bộ)", "Nguyễn Văn An", "Bí thư chi bộ"),
        ("Y Blơm Niê - Trạm trưởng", "Y Blơm Niê", "Trạm trưởng"),
        ("Thiếu tá Lò Văn Chung, Trưởng Công an xã", "Lò Văn Chung", "Trưởng Công an xã"),
        ("NGUYỄN THỊ HOA\nBí thư Đảng ủy, Chủ tịch HĐND", "NGUYỄN THỊ HOA", "Bí thư Đảng ủy, Chủ tịch HĐND"),
        ("Bí thư Đảng ủy, Chủ tịch UBND xã - Lý A Dính", "Lý A Dính", "Bí thư Đảng ủy, Chủ tịch UBND xã"),
        ("Dong chi Nguyen Van A - Bi thu chi bo", "Nguyen Van A", "Bi thu chi bo"),
        ("Đoàn Thị Hoa", "Đoàn Thị Hoa", ""),
    ],
)
def test_name_and_post_are_told_apart(written, name, post):
    assert split_person(written) == (name, post)


def test_a_name_without_a_sign_before_it_is_told_from_a_place_named_after_someone():
    assert split_person("Phó Chủ tịch UBND huyện Lê Thị Bình") == ("Lê Thị Bình", "Phó Chủ tịch UBND huyện")
    assert split_person("Bí thư Đảng ủy xã Lê Lợi") is None


@pytest.mark.parametrize(
    "text", ["Văn phòng HĐND - UBND huyện", "Đảng Bộ Xã Bằng Khê", "Đoàn TNCS Hồ Chí Minh huyện", "Xã Bằng Khê"]
)
def test_an_organisation_is_no_person(text):
    assert split_person(text) is None
    assert looks_organization(text)


def test_groups_say_what_their_owners_are():
    assert type_by_words("II. CÁC ĐỒNG CHÍ ỦY VIÊN") == "individual"
    assert type_by_words("Khối xã, thị trấn") == "organization"
    assert type_by_words("do các tổ chức, cá nhân đăng ký") is None
    assert type_by_words("☐ Tập thể ☒ Cá nhân") == "individual"


SENTENCES = [
    "Đảng bộ xã Bằng Khê kết nạp 12 đảng viên mới ở thôn Trại",
    "Hoàn thành tuyến đường trục xã, quý II nghiệm thu",
    "Giải quyết dứt điểm những vụ khiếu kiện kéo dài, chẳng để tồn đọng",
    "Trưởng phòng Nông nghiệp và Phát triển nông thôn huyện",
]


@pytest.mark.parametrize("code", [tcvn3, vni])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_text_in_old_fonts_is_decoded_without_being_told(code, sentence):
    assert unicodedata.normalize("NFC", repair([code(sentence)])[0]) == sentence


@pytest.mark.parametrize(
    "text",
    [
        *SENTENCES,
        "hoà, thuỷ, khoẻ",
        "Où est la bibliothèque ?",
        "El Niño à São Paulo",
        "m² đất, 30 °C, ½ giờ",
        "© 2022 OCOP®",
        "Hà Nội · Huế",
        "«Xanh - sạch - đẹp»",
        "dut diem viec ton dong",
        "Y Blơm Niê",
        "naïve café",
        "Lê Quý Đôn",
    ],
)
def test_text_that_is_right_is_left_alone(text):
    assert repair([text]) == [text]


def test_short_cells_are_judged_by_their_row():
    assert repair(["hé", "§¶ng bé x· Hßa L¹c"]) == ["hộ", "Đảng bộ xã Hòa Lạc"]
    assert repair(["Thò", "Chi boä thoân Phuù Thoï"]) == ["Thị", "Chi bộ thôn Phú Thọ"]
    assert repair(["tr\u00adíc", "haèng tuaàn"]) == ["trước", "hằng tuần"]


def test_a_short_row_leans_on_the_rows_before_it():
    repairer = Repairer()
    assert repairer.row(["§¶ng bé x· Hßa L¹c H¹"])[0] == ["Đảng bộ xã Hòa Lạc Hạ"]
    assert repairer.row(["Sè hé", "hé"])[0] == ["Số hộ", "hộ"]
    assert repairer.row(["xã", "Lê Văn Hà"])[0] == ["xã", "Lê Văn Hà"]


def test_the_font_of_capitals_makes_capitals():
    assert repair(["§¶ng bé huyÖn"], [".VnTimeH"]) == ["ĐẢNG BỘ HUYỆN"]
    assert repair(["§¶NG Bé HUYÖN"]) == ["ĐẢNG BỘ HUYỆN"]


def test_spelling_is_told_from_scribble():
    assert all(is_syllable(word) for word in ["nghiệm", "thuỷ", "giếng", "quốc", "khuếch", "gì", "uỷ", "ương"])
    assert not any(is_syllable(word) for word in ("haèng", "élève", "cảt", "nghà", "kươ", ""))


def test_blank_means_blank_in_all_its_dresses():
    assert [lines_of(text) for text in ("………", ".......", "-", " - ", "______", "\u200b", "…/…")] == [""] * 7
    assert lines_of("Họ tên: Lò Thị Mai ...........") == "Họ tên: Lò Thị Mai"
    assert lines_of("a_x000D_\nb\u00a0 c\ufeff") == "a\nb c"


def test_lists_are_joined_and_broken_sentences_healed():
    assert one_line("- A chủ trì;\n- B phối hợp\n- C.") == "A chủ trì; B phối hợp; C."
    assert one_line("1. A\n2. B") == "A; B"
    assert one_line("khởi công cuối\nnăm 2020") == "khởi công cuối năm 2020"
    assert one_line("Nà Phai\n- Huổi Lót") == "Nà Phai - Huổi Lót"
    assert one_line("a) Xây cầu") == "Xây cầu"
    assert one_line("3.412 người") == "3.412 người"
    assert items_of("+ một\n+ hai\ntiếp") == ["một", "hai tiếp"]


def test_the_year_comes_from_titles_and_not_from_documents():
    assert register_year(["Kèm theo Báo cáo số 03 ngày 19/01/2021", "ĐĂNG KÝ ĐỘT PHÁ NĂM 2022"]) == 2022
    assert register_year(["Lạc Giang, ngày 20 tháng 12 năm 2021"]) is None
    assert register_year(["ĐĂNG KÝ ĐỘT PHÁ GIAI ĐOẠN 2021 - 2025"]) is None


def test_titles_tell_what_a_list_is_about():
    assert list_is_about(["DANH SÁCH CÁN BỘ ĐĂNG KÝ"]) == "individual"
    assert list_is_about(["nhiệm vụ do các tổ chức, cá nhân đăng ký"]) is None
    assert owner_above(["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ", "của Chi bộ thôn Trại năm 2022"]).name == "Chi bộ thôn Trại"


def role_of(text, after=None):
    label = label_of(text, after)
    return label and label.role


def test_labels_are_told_from_lists():
    assert role_of("3. Người chủ trì: Đ/c A") == "responsible"
    assert role_of("- Chủ tịch UBND xã: lo vốn") is None
    assert role_of("8. Kiến nghị: hỗ trợ", 7) == "other"
    assert role_of("2. Việc lạ: nào đó", 7) is None


def test_the_sign_between_fields_is_found():
    assert separator("a;b;c\n1;2,5;3\n") == ";"
    assert separator('"a, b";c\n"d";e\n') == ";"
    assert separator("sep=|\na|b\n") == "|"
    assert separator("a\tb\tc\n1\t2\t3\n") == "\t"


def test_the_letters_of_a_text_file_are_found():
    text = "STT;Đơn vị\n1;Đảng bộ xã Bằng Khê\n"
    assert coding_of(text.encode(), "a") == "utf-8"
    assert coding_of(text.encode("utf-8-sig"), "a") == "utf-8-sig"
    assert coding_of(text.encode("utf-16"), "a") == "utf-16"
    assert coding_of(text.encode("utf-16-le"), "a") == "utf-16-le"
    assert coding_of(tcvn3(text).encode("cp1252"), "a") == "cp1252"
    assert coding_of(text.encode()[:-3], "a") == "utf-8"
