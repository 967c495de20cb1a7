"""Files made to do harm, and files that came to harm: one clear sentence, quickly, and never a traceback."""

import io
import random
import subprocess
import sys
import time
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dotpha.documents.registers import Unreadable, docx, jsonl, read, read_bytes, xlsx
from dotpha.documents.registers.figures import change, figure, history, stated_target
from dotpha.documents.registers.limits import open_archive
from tests.documents.registers_in_cells import units_everywhere
from tests.documents.registers_in_text import english_export
from tests.documents.registers_in_word import merged_word_table
from tests.documents.registers_made import LAYOUTS
from tests.documents.registers_tasks import delimited

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


@pytest.fixture(scope="module")
def workbook():
    return units_everywhere().data


@pytest.fixture(scope="module")
def document():
    return merged_word_table().data


def repacked(data, **changes):
    """A zip file with some parts replaced; names are given with `__` for "/" and `_dot_` for "."."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(name, wanted.pop(name, None) or packed.read(name))
        for name, content in wanted.items():
            again.writestr(name, content)
    return out.getvalue()


def with_sheet(workbook, xml):
    return repacked(workbook, xl__worksheets__sheet1_dot_xml=xml)


def with_body(document, xml):
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        text = packed.read("word/document.xml")
    return repacked(document, word__document_dot_xml=text.replace(b"<w:body>", b"<w:body>" + xml))


def refused(data, name="tep.xlsx"):
    with pytest.raises(Unreadable) as refusal:
        read_bytes(data, name)
    message = str(refusal.value)
    assert name in message
    assert "\n" not in message
    return message


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_a_sheet_that_defines_entities_is_refused(workbook):
    sheet = HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>' + TAIL
    assert "thực thể XML" in refused(with_sheet(workbook, ENTITIES + sheet))


def test_a_document_that_reaches_for_other_files_is_refused(document):
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        text = packed.read("word/document.xml")
    reaching = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text[text.index(b"<w:document") :]
    assert "thực thể XML" in refused(repacked(document, word__document_dot_xml=reaching), "tep.docx")


@pytest.mark.parametrize("letters", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_entities_in_letters_of_more_bytes_are_refused_in_the_same_words(workbook, document, letters):
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode(letters)
    plain = refused(repacked(workbook, xl__styles_dot_xml=ENTITIES + b"<x/>"))
    assert refused(repacked(workbook, xl__styles_dot_xml=text)) == plain
    assert refused(with_sheet(workbook, text)) == plain
    assert refused(repacked(document, word__document_dot_xml=text), "tep.xlsx") == plain


def test_entities_in_letters_the_search_does_not_know_are_refused_by_the_parser(document):
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    declared = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x [+ADwAIQ-ENTITY a "aaaa"+AD4-]+AD4-'
    hidden = (declared + body).encode()
    assert "thực thể XML" in refused(repacked(document, word__document_dot_xml=hidden), "tep.docx")


def test_a_declaration_cut_by_the_packing_is_still_found(workbook):
    out = io.BytesIO()
    archive = open_archive(workbook, "a.xlsx")
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    parts = [engine.compress(b"<?xml?><!DOC") + engine.flush(zlib.Z_SYNC_FLUSH)]
    parts += [b"\x00\x00\x00\xff\xff" * 40_000]  # blocks of nothing, longer than what is unpacked at once
    parts += [engine.compress(b"TYPE x><x/>") + engine.flush()]
    content, packed = b"<?xml?><!DOCTYPE x><x/>", b"".join(parts)
    info = zipfile.ZipInfo("xl/styles.xml")
    info.compress_type, info.file_size, info.compress_size = zipfile.ZIP_DEFLATED, len(content), len(packed)
    info.CRC, info.header_offset = zlib.crc32(content), 0
    out.write(info.FileHeader() + packed)
    forged = replace(archive, data=out.getvalue(), parts={"xl/styles.xml": info})
    with pytest.raises(Unreadable, match="thực thể XML"):
        list(forged.pieces("xl/styles.xml"))


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1'><c r = 'A1'><v>1</v></c></row><row><c s='1' r = 'XFD1048576'><v>1</v></c></row>",
        b'<row r="1"><c r="A1"><v>1</v></c><c r="ZZ99999"><v>1</v></c></row>',
        b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 400,
        b'<row r="1">' + b"<c><v>1</v></c>" * 20_000 + b"</row>",
    ],
    ids=("far corner", "single quotes", "row that lies", "no places", "too many columns"),
)
def test_cells_too_far_apart_are_refused_before_they_are_laid_out(workbook, rows):
    assert "quá lớn" in refused(with_sheet(workbook, HEAD + rows + TAIL))


def test_a_sheet_of_more_rows_than_any_register_is_refused(workbook):
    assert "quá lớn" in refused(
        with_sheet(workbook, HEAD + b'<row r="300001"><c r="A300001"><v>1</v></c></row>' + TAIL)
    )


def test_a_document_of_more_paragraphs_than_any_form_is_refused(document, monkeypatch):
    monkeypatch.setattr(docx, "_MAX_PARAGRAPHS", 100)
    assert "quá lớn" in refused(with_body(document, b"<w:p/>" * 101), "tep.docx")


def test_texts_of_a_workbook_that_would_fill_the_memory_are_refused(workbook, monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_SHARED_TEXTS", 1000)
    texts = b"<sst>" + b"<si><t>a</t></si>" * 100 + b"</sst>"
    assert "quá lớn" in refused(repacked(workbook, xl__sharedStrings_dot_xml=texts))


def test_a_stray_cell_in_a_file_with_prefixes_is_refused_too(workbook):
    sheet = (HEAD + b'<row r="1"><c r="A1"><v>1</v></c><c r="ZZ99999"><v>1</v></c></row>' + TAIL).replace(b"<", b"<x:")
    sheet = sheet.replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")
    assert "quá lớn" in refused(with_sheet(workbook, sheet))


def test_a_file_written_with_prefixes_is_read(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        sheet = packed.read(SHEET)
    prefixed = (
        sheet.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:").replace(b"xmlns=", b"xmlns:x=")
    )
    assert len(read_bytes(with_sheet(workbook, prefixed), "x.xlsx").registrations) == 4


def test_deep_nesting_is_refused(document, workbook):
    refused(with_body(document, b"<w:sdt><w:sdtContent>" * 5_000), "tep.docx")
    refused(repacked(workbook, xl__styles_dot_xml=b"<a>" * 5_000))


def test_a_cell_that_claims_a_million_columns_is_refused(document):
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        text = packed.read("word/document.xml")
    wide = text.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="1000000"/>', 1)
    assert "quá lớn" in refused(repacked(document, word__document_dot_xml=wide), "tep.docx")


def test_a_zip_that_lies_about_its_size_is_refused(workbook):
    data = bytearray(with_sheet(workbook, HEAD + b" " * 3_000_000 + TAIL))
    size = (len(HEAD) + 3_000_000 + len(TAIL)).to_bytes(4, "little")
    while size in data:
        at = data.index(size)
        data[at : at + 4] = (5_000).to_bytes(4, "little")
    refused(bytes(data))


@pytest.mark.parametrize("layout", [units_everywhere, merged_word_table], ids=("xlsx", "docx"))
def test_a_file_cut_off_anywhere_is_refused(layout):
    register = layout()
    for tenth in range(1, 10):
        message = refused(register.data[: len(register.data) * tenth // 10], register.name)
        assert "bị hỏng hoặc bị cắt" in message


def test_a_text_file_cut_off_is_read_as_far_as_it_goes():
    register = english_export()
    rows = [
        len(read_bytes(register.data[: len(register.data) * part // 10], "a.csv").registrations) for part in (7, 9, 10)
    ]
    assert rows == sorted(rows) and rows[-1] == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"STT;\x00\x01\x02;abc\n" * 50, "không phải tệp văn bản"),
        (random.Random(7).randbytes(20_000), "không phải tệp văn bản"),
        (b"PK\x03\x04" + random.Random(7).randbytes(2_000), "bị hỏng"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "ảnh chụp"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"<html><table><tr><td>STT</td></tr></table></html>", "trang web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b'[{"owner": "a"}]', "mảng JSON"),
        (b"", "0 byte"),
        (b"a,b\n1,2\n", "không có bảng hay phiếu"),
        ((",".join("a" * 5_000) + "\n").encode(), "quá lớn"),
    ],
    ids=(
        "nul",
        "random",
        "random zip",
        "pdf",
        "png",
        "rtf",
        "html",
        "xls",
        "doc",
        "locked",
        "json",
        "empty",
        "csv",
        "wide",
    ),
)
def test_a_file_of_another_kind_is_told_what_it_is(data, said):
    assert said in refused(data, "tep.dat")


@pytest.mark.parametrize(("name", "kind"), [("gia.xlsx", "tệp Excel"), ("Gia.DOCX", "tệp Word"), ("gia.txt", "")])
def test_a_plain_text_under_the_name_of_an_office_file_is_told_to_be_none(name, kind):
    said = refused("Kính gửi đồng chí, đây chỉ là vài dòng chữ.\n".encode(), name)
    assert ("nhưng không phải" in said) is bool(kind)
    assert kind in said


def test_a_zip_that_is_neither_is_told(workbook):
    assert "tệp nén" in refused(workbook.replace(b"xl/workbook.xml", b"xl/workbooh.xml"))


def test_a_folder_a_missing_file_and_a_closed_file_are_told(tmp_path):
    with pytest.raises(Unreadable, match="thư mục"):
        read(tmp_path)
    with pytest.raises(Unreadable, match="Không tìm thấy"):
        read(tmp_path / "khong-co.xlsx")


def test_a_document_with_tables_in_tables_in_tables_is_read(document):
    nested = b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60
    assert len(read_bytes(with_body(document, nested), "a.docx").registrations) == 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_damaged_xml_never_ends_in_a_traceback(seed):
    rng = random.Random(seed)
    registers = [layout() for layout in LAYOUTS]
    for _ in range(25):
        register = rng.choice(registers)
        try:
            reading = read_bytes(_damaged(register.data, rng), register.name)
        except Unreadable:
            continue
        assert all(each.to_json() for each in reading.registrations)


def _damaged(data, rng):
    if not data.startswith(b"PK"):
        return _scratched(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".rels"))]
        victim = rng.choice(names)
        scratched = _scratched(packed.read(victim), rng)
    return repacked(data, **{victim.replace("/", "__").replace(".", "_dot_"): scratched})


def _scratched(data, rng):
    text = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        at = rng.randrange(len(text))
        match rng.randrange(4):
            case 0:
                text[at] = rng.randrange(256)
            case 1:
                del text[at : at + rng.randint(1, 30)]
            case 2:
                text[at:at] = text[at : at + rng.randint(1, 200)]
            case _:
                text[at:at] = rng.choice((b"&amp;", b"<c>", b"</row>", b'"', b"999999999", b"-1", b"1e309", b"NaN"))
        if not text:
            break
    return bytes(text) or b" "


_CELL = st.text(max_size=40) | st.sampled_from(
    [
        "nt",
        "từ 1 lên 2",
        "=",
        "....",
        "30/2",
        "2022",
        "Đ/c A",
        "I.",
        "TỔ CHỨC",
        "- a\n- b",
        "§¶ng bé",
        "x",
        "…",
        "9 - 11%",
    ]
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_CELL, min_size=1, max_size=8), max_size=6))
def test_no_row_with_a_task_is_ever_lost(rows):
    head = ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Nội dung", "Chỉ tiêu", "Hiện trạng", "Mục tiêu", "Hạn"]
    marked = []
    for number, row in enumerate(rows):
        cells = [*row, *[""] * (8 - len(row))]
        cells[1], cells[2] = f"Chi bộ thôn {number}", f"Nhiệm vụ được đánh dấu riêng số {number} của thôn"
        marked.append(cells)
    data = delimited([head, *marked, ["1", "Chi bộ cuối", "Nhiệm vụ ở dòng cuối cùng của bảng"]])
    try:
        titles = {each.title for each in read_bytes(data, "a.csv").registrations}
    except Unreadable as refusal:
        assert "nhị phân" in str(refusal)  # control characters make it no text
        return
    assert titles >= {row[2] for row in marked}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="từ lên xuống còn đạt hiện năm 0123456789.,%→=≥()-/;:\n", max_size=400))
def test_figures_in_any_text_are_found_or_not_but_quickly(text):
    start = time.perf_counter()
    figure(text), change(text), stated_target(text), history(text)
    assert time.perf_counter() - start < 2.0


# The peak is that of the new process's own memory: what the system accounts to a child counts its parent too.
_RUN = """
import sys
from pathlib import Path
from dotpha.documents.registers import Unreadable, read
try:
    read(Path(sys.argv[1]))
except Unreadable as refusal:
    print(refusal)
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "b.jsonl"])
def test_a_file_of_one_line_without_end_is_refused_within_five_seconds_and_300_megabytes(tmp_path, name):
    path = tmp_path / name
    path.write_bytes({"a.csv": b"STT;", "a.jsonl": b"", "b.jsonl": b'{"title": "'}[name] + b"x" * 120_000_000)
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", _RUN, str(path)], capture_output=True, text=True, check=True)
    message, peak = run.stdout.splitlines()
    assert time.perf_counter() - start < 5
    assert int(peak) < 300 * 1024
    assert ("dòng 1 không hợp lệ" if name == "b.jsonl" else "một dòng hoặc một ô dài quá") in message
    assert "xlsx" not in message


def test_a_line_of_json_too_long_is_told_and_the_lines_after_it_are_read(monkeypatch):
    monkeypatch.setattr(jsonl, "_MAX_LINE", 100)
    good = '{"title": "Xây chợ", "owner": "Chi bộ A"}'
    reading = read_bytes("\n".join([good, "x" * 1_000, good, "y" * 101, good]).encode(), "a.jsonl")
    assert [each.source["row"] for each in reading.registrations] == [1, 3, 5]
    assert [each.place.row for each in reading.remarks] == [2, 4]


def test_lines_of_json_that_end_as_on_old_machines_are_read():
    good = '{"title": "Xây chợ", "owner": "Chi bộ A"}'
    assert len(read_bytes(f"{good}\r{good}\r\n{good}".encode(), "a.jsonl").registrations) == 3


HEADING = "STT;Đơn vị;Nhiệm vụ đột phá;Nội dung;Hạn\n"
TASK = "{0};Chi bộ thôn {0};Làm xong đường thôn số {0};Đường hỏng nhiều năm;quý III\n"
JUNK = {
    "numbers of columns": "x;y;z\n",
    "owners only": "x{0};y{0}\n",
    "texts that go on": ";;;x{0};y{0}\n",
    "strays": "x{0};;;;;y{0}\n",
    "with empty rows": "x{0};;;;;y{0}\n\n",
    "words of headings": "x{0};;;Nhiệm vụ {0};Đơn vị\n\n",
}


def junk(kind, count, foot=""):
    tasks = "".join(TASK.format(number) for number in range(1, 6))
    return (HEADING + tasks + foot + "".join(JUNK[kind].format(number) for number in range(count))).encode()


@pytest.mark.parametrize("foot", ["", ";;Nơi nhận:\n"], ids=("in the table", "after its foot"))
@pytest.mark.parametrize("kind", JUNK)
def test_rows_without_end_that_are_no_tasks_are_covered_by_one_remark(kind, foot):
    data = junk(kind, 1_500, foot)
    reading = read_bytes(data, "a.csv")
    covering = [str(each) for each in reading.remarks if "từ dòng" in str(each)]
    last = data.decode().rstrip("\n").count("\n") + 1
    assert len(reading.registrations) == 5
    assert covering == [text for text in covering if f"đến dòng {last} không đọc thành đăng ký" in text] != []
    assert len(reading.remarks) <= 1_001 + 5


def test_a_task_after_rows_without_end_is_read_and_the_remark_ends_before_it():
    data = junk("strays", 1_500) + TASK.format(6).encode() + b"x;;;;;y\n"
    reading = read_bytes(data, "a.csv")
    assert reading.registrations[-1].title == "Làm xong đường thôn số 6"
    assert any("từ dòng 7 đến dòng 1506 không đọc" in str(each) for each in reading.remarks)
    assert "Dòng 1508" in str(reading.remarks[-1])


def test_a_register_after_rows_without_end_is_found():
    second = "\n\nTT;Tập thể;Tên nhiệm vụ đột phá;Kết quả cần đạt;Thời hạn\n1;Chi bộ cuối;Xây chợ;Chợ mới;quý IV\n"
    reading = read_bytes(junk("strays", 1_500) + second.encode(), "a.csv")
    assert (reading.registrations[-1].owner, reading.registrations[-1].title) == ("Chi bộ cuối", "Xây chợ")


def test_a_thousand_rows_and_fewer_are_told_one_by_one():
    reading = read_bytes(junk("strays", 900), "a.csv")
    assert len(reading.remarks) == 900 and not any("từ dòng" in str(each) for each in reading.remarks)


@pytest.mark.slow
@pytest.mark.parametrize(
    "bomb",
    [
        lambda workbook, _: with_sheet(workbook, HEAD + b" " * 300_000_000 + TAIL),
        lambda workbook, _: with_sheet(workbook, HEAD + b"<row><c><v>1</v></c></row>" * 8_000_000 + TAIL),
        lambda workbook, _: repacked(
            workbook, **{f"xl__worksheets__x{n}_dot_xml": b" " * 19_000_000 for n in range(20)}
        ),
        lambda _, document: with_body(document, b"<w:p/>" * 40_000_000),
        lambda _, document: with_body(document, b"<w:p><w:r><w:t>7</w:t></w:r></w:p>" * 480_000),
    ],
    ids=("spaces", "rows", "many parts", "paragraphs", "paragraphs within the size"),
)
def test_a_bomb_is_refused_within_five_seconds_and_300_megabytes(tmp_path, workbook, document, bomb):
    path = tmp_path / "bom.xlsx"
    path.write_bytes(bomb(workbook, document))
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", _RUN, str(path)], capture_output=True, text=True, check=True)
    message, peak = run.stdout.splitlines()
    assert "quá lớn" in message
    assert time.perf_counter() - start < 5
    assert int(peak) < 300 * 1024
