import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from dotpha.documents.reports import workbook
from tests.makers import REMARK, UNREAD, make_context, make_registration, make_rows, make_screening


def read_back(rows, **context):
    stream = io.BytesIO()
    workbook.write(stream, rows, make_context(**context))
    return openpyxl.load_workbook(stream)


def row_of(sheet, number):
    heads = [cell.value for cell in sheet[1]]
    return dict(zip(heads, (cell.value for cell in sheet[number + 1]), strict=True))


def test_verdict_reasons_and_suggestions_stand_beside_the_registers_own_words():
    row = row_of(read_back([(make_registration(), make_screening(unmet=("person", "schedule")))])["Rà soát"], 1)
    assert row["Nhiệm vụ"] == make_registration().title
    assert row["Nhận định"] == "○ Thường xuyên"
    assert row["Lý do"] == "(−) theo đà hiện nay cũng đạt"
    assert row["Tiêu chí chưa đạt"] == "Rõ người, Rõ tiến độ"
    assert row["Nhận xét"] == "[cần xác định lại] Theo đà hiện nay cũng đạt chỉ tiêu."
    assert row["Gợi ý viết lại"] == "- Nâng chỉ tiêu hoặc rút ngắn thời hạn."
    assert row["Chỉ tiêu"] == "Khối lượng thi công: Hiện trạng 70 %, chỉ tiêu 100 %"
    assert row["Đọc từ"] == "xa-bang-khe.xlsx, trang tính ‘TẬP THỂ’, dòng 9"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-HYPERLINK()", "@SUM(A1)", "https://x.invalid", "=cmd|'/c calc'!A1"])
def test_what_a_register_says_stays_text(text):
    sheet = read_back([(make_registration(title=text, owner=text), make_screening())])["Rà soát"]
    cell = sheet.cell(2, 3)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_text_longer_than_a_cell_is_cut_with_a_sign():
    sheet = read_back([(make_registration(title="dài " * 20_000), make_screening())])["Rà soát"]
    assert len(sheet.cell(2, 3).value) == workbook.LONGEST
    assert sheet.cell(2, 3).value.endswith("…")


def test_characters_that_xml_forbids_do_not_spoil_the_file():
    read_back([(make_registration(title="một\x00hai\x0b\ud800ba"), make_screening())])


def test_the_sheet_is_ready_to_filter_and_to_print():
    sheet = read_back(make_rows(5))["Rà soát"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(workbook.COLUMNS) + 1).column_letter}6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'Rà soát'!$A$1:$H$6"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_rows_are_high_enough_for_their_longest_cell():
    sheet = read_back(
        [(make_registration(description="dài " * 250), make_screening()), (make_registration(), make_screening())]
    )["Rà soát"]
    assert sheet.row_dimensions[2].height > 100
    assert sheet.row_dimensions[3].height < 100


def test_the_summary_has_the_counts_and_native_charts():
    book = read_back(make_rows(6))
    sheet = book["Tổng hợp"]
    counts = {sheet.cell(row, 1).value: sheet.cell(row, 2).value for row in range(1, 12)}
    assert (counts["Đột phá"], counts["Cần làm rõ"], counts["Thường xuyên"]) == (2, 2, 2)
    assert len(sheet._charts) == 3


def test_what_could_not_be_read_has_its_own_sheet_and_only_then():
    assert "Điều chưa đọc được" not in read_back(make_rows(1)).sheetnames
    sheet = read_back(make_rows(1), unread=(UNREAD,), remarks=(REMARK,))["Điều chưa đọc được"]
    assert [cell.value for cell in sheet[2]] == ["hong.xlsx", "Cả tệp", UNREAD.message]
    assert sheet["B3"].value == REMARK.where


def test_a_committee_with_an_ampersand_does_not_command_the_header():
    stream = io.BytesIO()
    workbook.write(stream, [], make_context(committee="Ban A & B"))
    with zipfile.ZipFile(stream) as parts:
        assert "&amp;LBan A &amp;&amp; B&amp;C" in parts.read("xl/worksheets/sheet1.xml").decode()


def test_an_empty_screening_is_still_a_workbook():
    assert read_back([]).sheetnames == ["Rà soát", "Tổng hợp"]


def test_a_stream_of_rows_gives_the_same_sheet():
    rows = [(replace(registration), screening) for registration, screening in make_rows(4)]
    held, streamed = read_back(rows)["Rà soát"], read_back(iter(rows))["Rà soát"]
    assert list(held.values) == list(streamed.values)
