import io
from time import process_time

import pytest
from docx import Document
from docx.enum.text import WD_UNDERLINE
from docx.shared import Pt

from dotpha.documents.reports import paper
from dotpha.rules.screening.result import Finding, Severity
from tests.makers import REMARK, UNREAD, evidence, make_context, make_registration, make_rows, make_screening

pytestmark = pytest.mark.slow  # Word's template and the first chart cost half a second


def read_back(rows, **context):
    stream = io.BytesIO()
    paper.write(stream, rows, make_context(**context))
    return Document(stream)


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.fixture(scope="module")
def document():
    rows = [(make_registration(), make_screening(unmet=("person",))), *make_rows(3)]
    return read_back(rows, unread=(UNREAD,), remarks=(REMARK,))


def test_page_and_letters_are_those_of_party_papers(document):
    page = document.sections[0]
    # Word counts in twentieths of a point, so a millimetre is not exact.
    sides = [page.top_margin, page.bottom_margin, page.left_margin, page.right_margin, page.page_width]
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15, 210]
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xml


def test_head_names_committee_party_day_and_kind_of_paper(document):
    left, right = document.tables[0].rows[0].cells
    assert left.text.splitlines()[0] == "HUYỆN ỦY LẠC GIANG"
    assert right.text.splitlines() == ["ĐẢNG CỘNG SẢN VIỆT NAM", "…………, ngày 26 tháng 01 năm 2022"]
    assert {"BÁO CÁO", "kết quả rà soát đăng ký nhiệm vụ đột phá"} <= set(texts(document))


def test_items_stand_in_three_groups_routine_first(document):
    headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
    assert headings == [
        "I. VIỆC CÓ DẤU HIỆU THƯỜNG XUYÊN (2)",
        "1. Hoàn thành tuyến đường trục xã từ thôn Thượng đến quốc lộ",
        "4. Việc thứ 3",
        "II. VIỆC CẦN LÀM RÕ (1)",
        "3. Việc thứ 2",
        "III. VIỆC CÓ TÍNH ĐỘT PHÁ (1)",
        "2. Việc thứ 1",
        "ĐIỀU CHƯA ĐỌC ĐƯỢC TRONG CÁC TỆP",
    ]


def test_an_item_tells_verdict_reason_gap_suggestion_and_leaves_room_for_the_committee(document):
    told = "\n".join(texts(document))
    assert "Nhận định: ○ Thường xuyên (theo đà hiện nay cũng đạt)." in told
    assert "Tiêu chí chưa đạt: rõ người (lý do của person)." in told
    assert "- Nâng chỉ tiêu hoặc rút ngắn thời hạn." in told
    assert told.count("Ý kiến của Ban Thường vụ:") == 4


def test_every_indicator_with_history_has_its_picture_and_the_overview_its_chart(document):
    assert len(document.inline_shapes) == 4 + 1


def test_a_very_thick_paper_has_no_pictures_and_says_so(monkeypatch):
    monkeypatch.setattr(paper, "_MOST_DRAWN", 1)
    thick = read_back([(make_registration(), make_screening()), (make_registration(), make_screening())])
    assert len(thick.inline_shapes) == 0
    assert any("không in hình" in text for text in texts(thick))


def test_tables_repeat_their_head_and_do_not_break_rows(document):
    overview, _, listing, troubles = document.tables[1:]
    assert [row.cells[0].text for row in listing.rows] == ["Số", "1", "2", "3", "4"]
    for table in (overview, listing, troubles):
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert all("w:cantSplit" in row._tr.xml for row in table.rows)


def test_what_could_not_be_read_is_the_last_table(document):
    assert [cell.text for cell in document.tables[-1].rows[1].cells] == ["hong.xlsx", "Cả tệp", UNREAD.message]


def test_the_machine_says_that_people_conclude(document):
    assert any("Kết luận thuộc thẩm quyền của cấp ủy" in text for text in texts(document))


def test_characters_that_xml_forbids_do_not_stop_the_paper():
    row = (make_registration(title="một\x00hai\x0bba", description="\x01"), make_screening(trend=()))
    assert any("mộthaiba" in text for text in texts(read_back([row])))


def test_an_empty_screening_is_still_a_paper():
    assert texts(read_back([])).count("Không có.") == 3


def test_pictures_keep_their_own_line_height(document):
    for paragraph in document.paragraphs:
        if "w:drawing" in paragraph._p.xml:
            assert paragraph.paragraph_format.line_spacing == 1.0


def test_decisive_words_are_underlined_as_on_the_page():
    road = make_registration()
    finding = Finding("work.vague", Severity.WARN, "Rộng.", (evidence(road, "description", "thi công"),))
    marked = read_back([(road, make_screening(road, findings=(finding,), trend=()))])
    (run,) = [run for paragraph in marked.paragraphs for run in paragraph.runs if run.underline]
    assert (run.text, run.underline) == ("thi công", WD_UNDERLINE.DOTTED_HEAVY)


def test_tabs_and_lines_of_a_register_stay_in_its_words():
    road = make_registration(title="một\thai\nba", description="  hai đầu  ")
    told = texts(read_back([(road, make_screening(road, trend=()))]))
    assert "1. một\thai\nba" in told
    assert "Nội dung:   hai đầu  " in told


def test_equal_pictures_are_kept_once_and_each_has_its_own_number():
    rows = [(make_registration(), make_screening()), (make_registration(), make_screening())]
    paper_ = read_back(rows)
    numbers = [shape._inline.docPr.id for shape in paper_.inline_shapes]
    assert len(numbers) == len(set(numbers)) == 2
    assert len([part for part in paper_.part.package.iter_parts() if "/media/" in part.partname]) == 1


def test_the_paper_says_whether_last_year_was_compared_and_how_many_files_were_read():
    told = texts(read_back(make_rows(1), files=("a.xlsx", UNREAD.file), last_year=("cu.xlsx",), unread=(UNREAD,)))
    assert "Đã so với danh sách năm trước: cu.xlsx." in told
    assert any("Nguồn: 1 tệp đọc được trên 2, tính đến ngày 26/01/2022." in text for text in told)


def test_a_thick_paper_takes_time_in_proportion(monkeypatch):
    """Numbering and looking for equal pictures once made the second half slower than the first."""
    monkeypatch.setattr(paper, "_MOST_DRAWN", 0)
    seconds = []
    for count in (200, 800):
        rows = make_rows(count)
        start = process_time()
        read_back(rows)
        seconds.append(process_time() - start)
    assert seconds[1] < 8 * seconds[0]
