"""The registration form in Word: what it asks, and what is read back of it however it comes home."""

import io
from copy import deepcopy
from datetime import date

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from dotpha.documents.registers import Unreadable
from dotpha.documents.registers.cells import lines_of
from dotpha.documents.registration.confined_sheet import read_sheet_confined
from dotpha.documents.registration.sheet_reading import MAX_MB, read_sheet
from dotpha.documents.registration.word import Sheet, write
from dotpha.rules.form.content import MOST_ROWS, Content
from dotpha.rules.form.specification import Field, Kind, Need, Section, Specification, default
from dotpha.rules.vietnamese.text import tidy

pytestmark = pytest.mark.slow  # Word documents are written and read
FILLED = Content.from_json({
    "title": "Hoàn thành đường trục xã =1+1", "description": "Dài 3,2 km.\nKhởi công tháng 4.",
    "deadline": "quý III/2027",
    "prior_year_title": "Đường thôn Thượng", "grounds": ["leap", "hard_first_time"], "leap": "Từ 70 lên 100.",
    "difficulty": "Vướng 12 hộ.", "since": "từ năm 2015", "tried": "Vận động ba lần.", "novelty": "Chưa nơi nào làm.",
    "hardness": "Qua hai đèo.", "grounds_evidence": "Kết luận 12-KL/HU", "situation": "Đã xong 70 %.",
    "responsible": "Đồng chí Hoàng Văn Thịnh, Bí thư", "duty": "Chủ trì.", "responsibilities": "Mặt trận giám sát",
    "coordinators": [["Chủ tịch UBND xã", "đôn đốc"], ["Mặt trận xã", ""]], "products": "3,2 km đường",
    "milestones": [["quý I/2027", "xong nền đường"], ["30/6/2027", "thảm nhựa"]], "evidence": "Biên bản nghiệm thu",
    "indicators": [
        {"name": "Khối lượng", "unit": "%", "baseline": "70", "baseline_on": "31/12/2026", "target": "100",
         "source": "Ban quản lý dự án", "method": "Nghiệm thu", "better": "higher", "kind": "progress",
         "history": [["2024", "20"], ["6/2025", "33,5"]]},
        {"name": "Số hộ chưa bàn giao", "unit": "hộ", "baseline": "12", "target": "0"},
        {"name": "Số cầu", "target": "2", "source": "UBND xã"},
        {"name": "Số cống", "target": "9"},
    ],
})  # fmt: skip
PERSONAL = Content.from_json({"title": "Vận động 12 hộ", "supports": 7, "serves": "Có mặt bằng thì mới làm được."})


def form(content=FILLED, owner_type="organization", specification=None, **fields):
    stream = io.BytesIO()
    fields.setdefault("owner", "Đảng bộ xã Bằng Khê")
    write(stream, Sheet(specification or default(), owner_type, 2027, content=content, **fields))
    return stream.getvalue()


def read(data, owner_type="organization", specification=None):
    return read_sheet(data, "phieu.docx", specification or default(), owner_type)


def changed(data, change):
    document, stream = docx.Document(io.BytesIO(data)), io.BytesIO()
    change(document)
    document.save(stream)
    return stream.getvalue()


def paragraph_of(document, words):
    return next(each for each in document.paragraphs if words in each.text)


def table_after(paragraph):
    return next(each for each in paragraph._p.itersiblings() if each.tag == qn("w:tbl"))


def test_filled_form_reads_back_as_what_was_written():
    reading = read(form(code="DK-0014"))
    assert reading.content == FILLED and reading.remarks == () and reading.is_ours
    assert (reading.owner, reading.code, reading.parent) == ("Đảng bộ xã Bằng Khê", "DK-0014", None)


def test_form_of_an_individual_names_the_collective_task_by_its_code():
    data = form(
        PERSONAL, "individual", owner="Trịnh Thị Lụa", position="Chủ tịch Mặt trận xã",
        organization="Đảng bộ xã Bằng Khê", parent="DK-0003: Hoàn thành đường trục xã",
    )  # fmt: skip
    reading = read(data, "individual")
    assert reading.parent == 3 and reading.content.parent_title == "Hoàn thành đường trục xã"
    assert reading.content.serves == PERSONAL.serves and "supports" in reading.answered
    assert reading.owner == "Trịnh Thị Lụa" and reading.remarks == ()


@pytest.mark.parametrize("owner_type", ["organization", "individual"])
def test_blank_form_asks_every_field_of_the_specification_and_answers_none(owner_type):
    data = form(Content(), owner_type, owner="")
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(data)).paragraphs)
    for each in default().asked_of(owner_type).fields:
        assert each.label in text and each.help in text
    reading = read(data, owner_type)
    assert reading.content == Content() and reading.answered == () and reading.remarks == ()


def test_form_asks_only_what_concerns_who_registers():
    organization = "\n".join(each.text for each in docx.Document(io.BytesIO(form(Content()))).paragraphs)
    person = "\n".join(each.text for each in docx.Document(io.BytesIO(form(Content(), "individual"))).paragraphs)
    assert "Người chủ trì (bắt buộc)" in organization and "Phục vụ nhiệm vụ nào" not in organization
    assert "Phục vụ nhiệm vụ nào" in person and "Người chủ trì (bắt buộc)" not in person


def test_form_is_laid_out_as_party_papers_are():
    data = form(superior="Đảng bộ huyện Lạc Giang", organization="Đảng bộ xã Bằng Khê", on=date(2026, 11, 2))
    document = docx.Document(io.BytesIO(data))
    page = document.sections[0]
    assert [
        round(each.mm) if each else None
        for each in (page.page_width, page.top_margin, page.left_margin, page.right_margin)
    ] == [
        210,
        20,
        30,
        15,
    ]
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert left == "ĐẢNG BỘ HUYỆN LẠC GIANG\nĐẢNG BỘ XÃ BẰNG KHÊ\n*"
    assert right == "ĐẢNG CỘNG SẢN VIỆT NAM\n………, ngày 02 tháng 11 năm 2026"
    assert paragraph_of(document, "PHIẾU ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2027").runs[0].bold
    assert {style.font.name for style in (document.styles["Normal"], document.styles["Heading 1"])} == {
        "Times New Roman"
    }
    assert "NGƯỜI LẬP PHIẾU" in document.tables[-1].rows[0].cells[0].text


OWN = Specification(
    (
        Section(
            title="Phần chung",
            fields=(
                Field(name="title", label="Việc đột phá", kind=Kind.LINE, need=Need.REQUIRED),
                Field(name="extra.kinh-phi", label="Kinh phí lấy ở đâu", kind=Kind.TEXT, need=Need.OPTIONAL),
                Field(name="deadline", label="Xong khi nào", kind=Kind.LINE, need=Need.EXPECTED, help="Ghi ngày."),
            ),
        ),
    )
)


def test_committees_own_wording_and_questions_are_written_and_read():
    content = Content.from_json(
        {"title": "Dẹp chợ cóc", "deadline": "30/6/2027", "extra": {"extra.kinh-phi": "Ngân sách xã"}}
    )
    reading = read(form(content, specification=OWN), specification=OWN)
    assert reading.content == content and set(reading.answered) == {"title", "deadline", "extra.kinh-phi"}


def test_answers_typed_beside_their_boxes_are_read():
    def beside(document):
        for words, text in (("Tên nhiệm vụ đột phá", "Dẹp chợ cóc"), ("Hiện trạng (nên có)", "Có 42 hộ.")):
            paragraph = paragraph_of(document, words)
            box = table_after(paragraph)
            typed = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{text}</w:t></w:r></w:p>")
            box.addprevious(typed)
            box.getparent().remove(box)
        deadline = paragraph_of(document, "Thời hạn hoàn thành")
        for run in deadline.runs:
            run.text = ""
        deadline.add_run("Thời hạn hoàn thành: quý II/2027")

    content = read(changed(form(Content()), beside)).content
    assert (content.title, content.situation, content.deadline) == ("Dẹp chợ cóc", "Có 42 hộ.", "quý II/2027")


def test_sections_may_be_moved_and_rows_deleted():
    def shuffle(document):
        body = document.element.body
        end = paragraph_of(document, "VI. Sản phẩm").text
        place = next(each for each in body if each.tag == qn("w:p") and end in "".join(each.itertext()))
        moved = [place, *[each for each in place.itersiblings() if each.tag != qn("w:sectPr")][:-1]]
        first = paragraph_of(document, "I. Nhiệm vụ")._p
        for element in moved:
            first.addprevious(element)
        indicators = table_after(paragraph_of(document, "Chỉ tiêu (nên có)"))
        indicators.remove(indicators.findall(qn("w:tr"))[2])

    reading = read(changed(form(), shuffle))
    assert reading.content.products == "3,2 km đường" and reading.content.title == FILLED.title
    assert [each.name for each in reading.content.indicators] == ["Khối lượng", "Số cầu", "Số cống"]
    assert [each.source for each in reading.content.indicators] == ["Ban quản lý dự án", "UBND xã", ""]


@pytest.mark.parametrize("mark", ["☑", "x", "X", "[x]", "✓"])
def test_boxes_ticked_by_hand_are_read(mark):
    def tick(document):
        paragraph = paragraph_of(document, "Cách làm mới, có tác dụng thật")
        paragraph._p.remove(paragraph._p.find(qn("w:sdt")))
        paragraph.runs[0].text = f"{mark} Cách làm mới, có tác dụng thật"

    assert read(changed(form(Content()), tick)).content.grounds == ("new_model",)


def test_tracked_changes_count_as_accepted():
    def track(document):
        cell = docx.table.Table(table_after(paragraph_of(document, "Tên nhiệm vụ đột phá")), document).rows[0].cells[0]
        run = cell.paragraphs[0].runs[0]._r
        gone = OxmlElement("w:del")
        run.addprevious(gone)
        gone.append(run)
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")
        gone.addnext(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>Dẹp chợ cóc</w:t></w:r></w:ins>"))

    assert read(changed(form(), track)).content.title == "Dẹp chợ cóc"


def test_nothing_that_has_no_place_is_lost_without_a_word():
    def scatter(document):
        indicators = docx.table.Table(table_after(paragraph_of(document, "Chỉ tiêu (nên có)")), document)
        indicators.rows[0].cells[2].text = "Ghi chú"
        paragraph_of(document, "Mốc tiến độ").insert_paragraph_before("Đợt này chưa tính lãi vay")
        milestones = table_after(paragraph_of(document, "Mốc tiến độ"))
        milestones.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Mốc do huyện giao</w:t></w:r></w:p>"))
        document.add_paragraph("Nơi nhận: Ban Tổ chức Huyện ủy")

    reading = read(changed(form(), scatter))
    assert "Đợt này chưa tính lãi vay" in reading.content.deadline
    assert reading.remarks == (
        "Sau phần ký: chưa đọc “Nơi nhận: Ban Tổ chức Huyện ủy”; đề nghị chuyển vào mục phù hợp.",
        "Mục “Chỉ tiêu”, dòng 2, cột 3: chưa đọc “%”.",
        "Mục “Chỉ tiêu”, dòng 3, cột 3: chưa đọc “hộ”.",
        "Mục “Mốc tiến độ”: chưa đọc “Mốc do huyện giao” vì không nằm trong bảng.",
    )


def test_rows_beyond_what_the_form_takes_are_told():
    def multiply(document):
        table = table_after(paragraph_of(document, "Mốc tiến độ"))
        row = table.findall(qn("w:tr"))[1]
        for _ in range(MOST_ROWS):
            row.addnext(deepcopy(row))

    reading = read(changed(form(), multiply))
    assert len(reading.content.milestones) == MOST_ROWS
    assert reading.remarks == ("Mục “Mốc tiến độ”: có 42 dòng, phần mềm chỉ nhận 40 dòng đầu; đề nghị gộp bớt.",)


def test_missing_labels_are_told():
    def remove(document):
        for words in ("Căn cứ chứng minh", "Mốc tiến độ"):
            paragraph = paragraph_of(document, words)
            box = table_after(paragraph)
            box.getparent().remove(box)
            paragraph._p.getparent().remove(paragraph._p)

    reading = read(changed(form(), remove))
    assert reading.remarks == ("Không thấy trong phiếu: “Căn cứ chứng minh”, “Mốc tiến độ”.",)
    assert reading.content.milestones == () and "milestones" not in reading.answered


def test_form_of_another_office_is_read_as_registers_are():
    document, stream = docx.Document(), io.BytesIO()
    lines = (
        "BẢN ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2027", "Đơn vị: Đảng bộ xã Bằng Khê",
        "Nhiệm vụ: Dẹp chợ cóc trên quốc lộ", "Người chịu trách nhiệm: Chủ tịch UBND xã", "Thời hạn: 30/6/2027",
    )  # fmt: skip
    for line in lines:
        document.add_paragraph(line)
    document.save(stream)
    reading = read(stream.getvalue())
    assert not reading.is_ours and reading.content.title == "Dẹp chợ cóc trên quốc lộ"
    assert reading.content.deadline == "30/6/2027" and reading.owner == "Đảng bộ xã Bằng Khê"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 hong", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_document_is_refused_in_words(data):
    with pytest.raises(Unreadable, match="đề nghị|Đề nghị"):
        read(data)


def test_file_far_too_large_for_a_form_is_refused_unopened():
    with pytest.raises(Unreadable, match="lớn hơn 10 MB"):
        read(b"PK" + b"\0" * (MAX_MB * 1024 * 1024))


def test_confined_reading_says_the_same_as_reading_here():
    data = form(PERSONAL, "individual", owner="Trịnh Thị Lụa", parent="DK-0003: Đường")
    assert read_sheet_confined(data, "phieu.docx", default(), "individual") == read(data, "individual")
    with pytest.raises(Unreadable, match="bị hỏng"):
        read_sheet_confined(data[:-200], "phieu.docx", default(), "individual")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.text("=+-@ \n\t<>/&;:.%☐☒x()[]1ĐaI", max_size=30)
ROWS = st.fixed_dictionaries(dict.fromkeys(("name", "unit", "baseline", "target", "source", "method"), TEXTS))
ASKED = [each.name for each in default().asked_of("organization").fields if each.kind in (Kind.LINE, Kind.TEXT)]
CONTENTS = st.fixed_dictionaries(
    dict.fromkeys(ASKED, TEXTS)
    | {"indicators": st.lists(ROWS, max_size=2), "milestones": st.lists(st.tuples(TEXTS, TEXTS), max_size=2)}
)


def in_words(content):
    """Everything said, but for white space, dotted lines and what no document can hold."""
    texts = [getattr(content, name) for name in ASKED]
    texts += [text for row in content.indicators for text in (row.name, row.unit, row.baseline, row.source, row.method)]
    texts += [text for row in content.milestones for text in (row.by, row.what)]
    return [said for text in texts if (said := tidy(lines_of(text)))]


@settings(max_examples=40, deadline=None)
@given(CONTENTS)
def test_whatever_is_typed_comes_home_in_its_place(typed):
    content = Content.from_json(typed)
    reading = read(form(content))
    assert in_words(reading.content) == in_words(content) and reading.remarks == ()
