"""The committee's register in Excel: what is written is read back word for word, and nothing in it is obeyed."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dotpha.documents.registers import Unreadable, read_bytes
from dotpha.documents.registration.layout import JOINS, code_of, layout, number_of
from dotpha.documents.registration.writing import About, Entry, write
from dotpha.rules.form.composing import compose, content_of
from dotpha.rules.form.content import Content
from dotpha.rules.registration import OwnerType, Registration
from dotpha.rules.vietnamese.text import tidy

LABELLED = Path(__file__).parents[1] / "data" / "registrations-labelled.jsonl"
ABOUT = About(
    "Đảng bộ huyện Lạc Giang", "Đảng bộ tỉnh An Hà", 2027, "Hướng dẫn số 05-HD/HU", "", date(2026, 11, 23),
    datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
)  # fmt: skip


def written(*registrations, about=ABOUT, **entry):
    kinds: tuple[OwnerType, ...] = ("organization", "individual")
    entries = {kind: [Entry(each, **entry) for each in registrations if each.owner_type == kind] for kind in kinds}
    stream = io.BytesIO()
    count = write(stream, entries, about)
    assert count == len(registrations)
    return stream.getvalue()


def read_back(data):
    """The registrations, and the remarks in words."""
    reading = read_bytes(data, "dang-ky.xlsx")
    return [replace(each, source={}) for each in reading.registrations], [str(each) for each in reading.remarks]


def composed(content, *, id="DK-0001", owner="Đảng bộ xã Bằng Khê", kind="organization", position="", **fields):
    made = compose(
        Content.from_json(content), id=id, owner=owner, owner_type=kind, position=position, year=2027
    ).registration
    return replace(made, **fields)


ROAD = {
    "title": "Hoàn thành đường trục xã", "description": "Dài 3,2 km.", "deadline": "30/6",
    "responsible": "Đồng chí Hoàng Văn Thịnh", "responsibilities": "Mặt trận xã giám sát",
    "prior_year_title": "Hoàn thành đường thôn Thượng",
    "indicators": [
        {"name": "Khối lượng", "unit": "%", "baseline": "70", "target": "100", "better": "higher", "kind": "progress",
         "history": [["2024", "20"], ["6/2025", "33,5"], ["31/12/2025", "70"]]},
        {"name": "Số hộ chưa bàn giao", "unit": "hộ", "baseline": "12", "target": "0"},
    ],
}  # fmt: skip


def test_register_reads_back_as_the_same_registrations():
    road = composed(ROAD)
    person = composed(
        {"title": "Vận động 12 hộ", "parent_title": "Hoàn thành đường trục xã"}, id="DK-0002", owner="Trịnh Thị Lụa",
        kind="individual", position="Chủ tịch Mặt trận xã", parent_id="DK-0001",
    )  # fmt: skip
    assert road.deadline_iso == "2027-06-30" and len(road.indicators[0].history) == 3
    assert read_back(written(road, person)) == ([road, person], [])


def test_labelled_registrations_survive_the_form_and_the_workbook():
    expected = []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        told = Registration.from_json(json.loads(line))
        made = compose(
            content_of(told), id=told.id, owner=told.owner, owner_type=told.owner_type, position=told.position,
            year=2027, parent_title=told.parent_title,
        )  # fmt: skip
        expected.append(replace(made.registration, parent_id=told.parent_id))
    expected.sort(key=lambda each: each.is_individual)
    assert len(expected) == 86
    assert read_back(written(*expected)) == (expected, [])


ODD = {
    "formula": '=HYPERLINK("http://x")', "plus": "+84 việc", "at": "@SUM(1)", "dash": "-", "dots": "…………",
    "number": "0012", "exponent": "1e5", "percent": "70%", "day": "2027-06-30", "list": "- một\n- hai",
    "marks": "1. một; 2) hai", "total": "Tổng cộng", "group": "I. CÁC ĐẢNG BỘ XÃ", "ditto": "nt",
    "excel escape": "_x0041_ và _x000D_", "rich marks": "<r><t>đỏ</t></r>", "tags": "<script>alert(1)</script>",
    "quotes": "“a” 'b' \"c\"", "decomposed": "Đường tru\u0323c", "old font": "§¶ng bé x·",
    "bidi": "trước\u202esau", "zero width": "a\u200bb", "soft hyphen": "a\u00adb", "emoji": "đường 🛣️",
    "far east": "道路", "tab": "một\thai", "heading": "Nhiệm vụ đột phá", "code": "DK-0007", "sheet": "A. TẬP THỂ",
    "joiner": f"một{JOINS}",
}  # fmt: skip


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_survive_in_every_column(text):
    content = {
        **dict.fromkeys(
            ("title", "description", "situation", "responsible", "responsibilities", "deadline", "prior_year_title"),
            text,
        ),
        "indicators": [{"name": text, "unit": text, "target": "5", "history": [["2025", "1"]]}, {"name": text}],
    }
    task = composed(content, owner=tidy(text))
    one = composed(
        {**content, "parent_title": text}, id="DK-0002", owner="Lò Văn A", kind="individual", position="Bí thư",
        parent_id="DK-0001",
    )  # fmt: skip
    assert read_back(written(task, one)) == ([task, one], [])


TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.text("=+-@ \n\t<>r/&;:0,.%\u2060\u0301Đa", max_size=40)
FIGURES = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: f"{value:.17f}".replace(".", ",")) | TEXTS
PERIODS = st.dates().map(str) | st.integers(1900, 2099).map(str) | st.sampled_from(["6/2025", "2025-13", "quý I/2024"])
INDICATORS = st.fixed_dictionaries(
    {"name": TEXTS, "unit": TEXTS, "baseline": FIGURES, "target": FIGURES, "better": st.sampled_from(["", "lower"]),
     "kind": st.sampled_from(["", "money", "lạ"]), "history": st.lists(st.tuples(PERIODS, FIGURES), max_size=4)}
)  # fmt: skip
LINES = ("description", "tried", "responsible", "responsibilities", "deadline", "prior_year_title", "parent_title")
CONTENTS = st.fixed_dictionaries(
    dict.fromkeys(LINES, TEXTS)
    | {"title": TEXTS.map(lambda text: f"Việc {text}"), "indicators": st.lists(INDICATORS, max_size=3)}
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(CONTENTS, min_size=1, max_size=3), st.booleans())
def test_whatever_is_typed_in_the_form_is_read_back(contents, is_individual):
    kind = "individual" if is_individual else "organization"
    tasks = [
        composed(content, id=code_of(number), kind=kind, position="Bí thư" if is_individual else "")
        for number, content in enumerate(contents, 1)
    ]
    got, _ = read_back(written(*tasks))
    assert got == tasks


def test_text_longer_than_a_cell_goes_on_below_and_comes_back_whole():
    words, unbroken = "đường trục xã " * 6000, "Đ" * 40_000
    task = composed(
        {"title": words, "description": f"{words}\n{unbroken}", "responsibilities": unbroken,
         "indicators": [{"name": words, "target": "5"}, {"name": "Số hộ", "target": "0"}]},
    )  # fmt: skip
    data = written(task)
    assert read_back(data) == ([task], [])
    cells = [str(cell.value) for row in load_workbook(io.BytesIO(data))["Tập thể"].rows for cell in row if cell.value]
    assert max(map(len, cells)) <= 16_000


def test_nothing_in_the_workbook_is_a_formula_a_link_or_markup_of_somebody_else():
    data = written(composed({"title": "=1+1", "description": "http://x.test", "responsible": "<r><t>x</t></r>"}))
    with ZipFile(io.BytesIO(data)) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if "worksheets" in name]
        relations = [name for name in packed.namelist() if "sheets/_rels" in name]
    assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets) and relations == []
    sheet = load_workbook(io.BytesIO(data))["Tập thể"]
    texts = {cell.value for row in sheet.rows for cell in row if cell.data_type == "s"}
    assert {"=1+1", "http://x.test"} <= texts and "<r><t>x</t></r>" in {str(text).strip() for text in texts}


def test_sheets_look_like_the_committees_register_and_print_on_a4_across():
    book = load_workbook(
        io.BytesIO(written(composed(ROAD), state="Đã gửi", submitted_at=datetime(2026, 11, 2, 8, 5, tzinfo=UTC)))
    )
    assert book.sheetnames == ["Tập thể", "Cá nhân", "Cách dùng"]
    sheet = book["Tập thể"]
    top = [cell.value for row in sheet["A1:L8"] for cell in row if cell.value]
    assert top[:4] == [
        "ĐẢNG BỘ TỈNH AN HÀ",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "ĐẢNG BỘ HUYỆN LẠC GIANG",
        "Tính đến ngày 23/11/2026",
    ]
    assert "DANH SÁCH ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2027" in top and "A. TẬP THỂ" in top
    assert [cell.value for cell in sheet[8]] == [column.heading for column in layout().sheets[0].columns]
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$8:$8" and sheet.auto_filter.ref == "A8:W10"
    first, second = [[cell.value for cell in row] for row in sheet["A9:W10"]]
    assert first[:3] == [1, "DK-0001", "Đảng bộ xã Bằng Khê"] and first[14:17] == ["Đã gửi", "02/11/2026 08:05", None]
    assert first[12] == "2024: 20; 6/2025: 33,5; 31/12/2025: 70" and first[21] == "càng cao càng tốt"
    assert second[:5] == [None, "DK-0001", None, None, None] and second[5:9] == ["Số hộ chưa bàn giao", "hộ", 12, 0]


def test_register_without_tasks_says_so_and_is_refused_as_empty_when_read():
    data = written()
    assert load_workbook(io.BytesIO(data))["Cá nhân"]["A9"].value == "Chưa có nhiệm vụ nào đã gửi."
    with pytest.raises(Unreadable, match="chưa có nhiệm vụ nào được ghi"):
        read_bytes(data, "dang-ky.xlsx")


def changed(data, change):
    book, stream = load_workbook(io.BytesIO(data)), io.BytesIO()
    change(book["Tập thể"])
    book.save(stream)
    return stream.getvalue()


def test_rows_hidden_by_a_filter_and_columns_moved_are_read_all_the_same():
    def shuffle(sheet):
        sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["B"].hidden = True
        for row in sheet["A8:W10"]:
            row[3].value, row[4].value = row[4].value, row[3].value

    assert read_back(changed(written(composed(ROAD)), shuffle)) == ([composed(ROAD)], [])


def test_what_people_change_in_the_sheet_is_read_as_they_left_it():
    def rewrite(sheet):
        sheet["I9"] = "95,5"
        sheet["L9"] = date(2027, 9, 30)
        sheet["M9"] = "2024: 20; chưa rõ"
        sheet["A12"], sheet["C12"], sheet["D12"] = 2, "Chi bộ thôn Phú Thọ", "Làm nhà văn hóa"
        sheet["C13"] = "Chi bộ thôn Thượng"
        sheet["E15"] = "ghi lạc"

    tasks, remarks = read_back(changed(written(composed(ROAD)), rewrite))
    assert [task.title for task in tasks] == ["Hoàn thành đường trục xã", "Làm nhà văn hóa"]
    assert (tasks[0].indicators[0].target, tasks[0].indicators[0].history) == (95.5, (("2024", 20.0),))
    assert (tasks[0].deadline, tasks[0].deadline_iso) == ("30/09/2027", "2027-09-30")
    assert tasks[1].id == "dang-ky/Tập thể/12"
    assert remarks == [
        "Trang tính ‘Tập thể’, dòng 15: chưa rõ dòng này thuộc nhiệm vụ nào nên chưa đọc; "
        "đề nghị ghi nhiệm vụ hoặc mã.",
        "Trang tính ‘Tập thể’, dòng 9, cột M: chưa đọc được số từ “chưa rõ”; đề nghị kiểm tra.",
    ]


def test_code_used_twice_is_told():
    def copy(sheet):
        for source, target in zip(sheet[9], sheet[12], strict=False):
            target.value = source.value

    tasks, remarks = read_back(changed(written(composed(ROAD)), copy))
    assert [task.id for task in tasks] == ["DK-0001", "DK-0001"]
    assert remarks == ["Trang tính ‘Tập thể’, dòng 12, cột B: mã “DK-0001” đã có ở dòng 9; đề nghị kiểm tra."]


def test_code_and_workplace_of_the_owner_are_told_beside_the_registration():
    person = composed({"title": "Vận động"}, kind="individual", owner="Trịnh Thị Lụa", position="Chủ tịch Mặt trận xã")
    data = written(person, workplace="Đảng bộ xã Bằng Khê", owner_code="CB0017")
    source = read_bytes(data, "dang-ky.xlsx").registrations[0].source
    assert source["other"] == {"Nơi công tác": "Đảng bộ xã Bằng Khê", "Mã cán bộ": "CB0017"}
    assert (source["sheet"], source["row"]) == ("Cá nhân", 9)


def test_codes_are_numbers_of_the_campaign():
    assert [number_of(code_of(number)) for number in (1, 14, 20_000)] == [1, 14, 20_000]
    assert number_of("đk-0003") == 3 and number_of("dang-ky/Tập thể/12") is None


def test_register_is_written_from_a_stream_that_is_gone_through_once():
    task = composed(ROAD)
    stream = io.BytesIO()
    rows = (Entry(replace(task, id=code_of(number))) for number in range(1, 51))
    assert write(stream, {"organization": rows, "individual": iter(())}, ABOUT) == 50
    assert [each.id for each in read_back(stream.getvalue())[0]] == [code_of(number) for number in range(1, 51)]
