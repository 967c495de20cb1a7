"""What a file hides in its texts: commands to the screen, marks that turn the writing, letters nobody sees."""

import io
import json
import re
import zipfile

import openpyxl
import pytest

from dotpha.documents.registers import read_bytes
from dotpha.rules.vietnamese.text import tidy
from tests.documents.registers_tasks import delimited
from tests.documents.test_registers_hostile import repacked

HEAD = ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Chỉ tiêu", "Hiện trạng", "Mục tiêu"]
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
TURNED = "\u202eViệc\u2066 xây\u2069 chợ\u200f\u200e \u200bxã\ufeff"


def workbook(rows, sheet="Đăng ký"):
    book = openpyxl.Workbook()
    filled = book.worksheets[0]
    filled.title = sheet
    for row in rows:
        filled.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sign(data, sign):
    """The workbook with a sign no program would write in place of "QQ"."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    return repacked(data, xl__worksheets__sheet1_dot_xml=sheet.replace(b"QQ", sign))


def everything(reading):
    """All that a reading says, as a screen would get it."""
    return [json.dumps(each.to_json(), ensure_ascii=False) for each in reading.registrations] + [
        str(each) for each in reading.remarks
    ]


def test_commands_to_the_screen_in_a_line_of_json_are_dropped_and_kept_harmless_in_the_source():
    line = {
        "owner": "Chi bộ A",
        "title": "\x1b[31mXây\x9b2J chợ\x07",
        "indicators": [{"name": "Số\x1b chợ", "target": "\x1b[2Jnhiều", "history": "\x1b]0;"}],
        "source": {"file": "a\x1b[31m.xlsx", "note\u202e": [{"x": "\x9b"}]},
    }
    reading = read_bytes(json.dumps(line).encode(), "a.jsonl")
    only = reading.registrations[0]
    assert only.title == "[31mXây2J chợ"
    assert only.source["original"] == {"title": r"\x1b[31mXây\x9b2J chợ\x07"}
    assert only.source["file"] == r"a\x1b[31m.xlsx"
    assert reading.remarks
    assert not any(COMMANDS.search(text) for text in everything(reading))


def test_commands_to_the_screen_in_a_workbook_are_dropped_and_kept_harmless_in_the_source():
    data = workbook([HEAD, [1, "Chi bộ A", "Xây QQ[31m chợ xã\x9b", "Số chợ", 0, "nhiềuQQ"]])
    reading = read_bytes(with_sign(data, b"\x1b"), "a.xlsx")
    only = reading.registrations[0]
    assert only.title == "Xây [31m chợ xã"
    assert only.source["original"]["title"] == r"Xây \x1b[31m chợ xã\x9b"
    assert not any(COMMANDS.search(text) for text in everything(reading))


def test_commands_of_one_byte_in_a_text_file_are_dropped():
    rows = [HEAD, ["1", "Chi bộ A", "Xây\x9b31m chợ xã", "Số chợ", "\x9bít", "7"]]
    reading = read_bytes(delimited(rows), "a.csv")
    assert reading.registrations[0].title == "Xây31m chợ xã"
    assert reading.remarks and not any(COMMANDS.search(text) for text in everything(reading))


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl"])
def test_marks_that_turn_the_writing_and_letters_nobody_sees_are_dropped(kind):
    rows = [HEAD, ["1", "Chi bộ A", TURNED, "Số chợ", "\u202eít", "7"]]
    if kind == "xlsx":
        data = workbook(rows)
    elif kind == "csv":
        data = delimited(rows)
    else:
        line = {"owner": "Chi bộ A", "title": TURNED, "indicators": [{"name": "Số chợ", "baseline": "\u202eít"}]}
        data = json.dumps(line, ensure_ascii=False).encode()
    reading = read_bytes(data, f"a.{kind}")
    only = reading.registrations[0]
    assert only.title == "Việc xây chợ xã"
    assert reading.remarks, "the figure not understood is quoted, without what turned it"
    assert not any(COMMANDS.search(text) for text in everything(reading)[1:])
    assert "\u202e" not in everything(reading)[0] and r"\u202eViệc" in only.source["original"]["title"]


def test_the_name_of_a_sheet_cannot_turn_the_sentences_about_it():
    rows = [HEAD, ["1", "Chi bộ A", "Xây chợ xã", "Số chợ", "ít", "7"]]
    reading = read_bytes(workbook(rows, sheet="Đăng\u202eký\x9b"), "a.xlsx")
    assert reading.registrations[0].source["sheet"] == "Đăngký"
    assert str(reading.remarks[0]).startswith("Trang tính ‘Đăngký’")


def test_a_sign_that_stands_between_cells_inside_is_seen_in_a_cell_too():
    rows = [HEAD, [1, "Chi bộ | A", "Xây chợ | xã -", "Số chợ", 0, 7]]
    data = workbook([HEAD, [1, "Chi bộ A", "Xây QQchợ xã", "Số chợ", 0, 7]])
    assert read_bytes(with_sign(data, b"\x1f"), "a.xlsx").registrations[0].title == "Xây chợ xã"
    assert read_bytes(workbook(rows), "a.xlsx").registrations[0].title == "Xây chợ | xã -"


def test_a_source_nested_deeper_than_anything_is_only_a_bad_line():
    deep = '{"title": "Xây chợ", "source": ' + '{"a":' * 900 + "1" + "}" * 901
    good = '{"title": "Xây cầu", "owner": "Chi bộ A"}'
    assert [each.title for each in read_bytes(f"{deep}\n{good}".encode(), "a.jsonl").registrations][-1] == "Xây cầu"


def test_white_space_stays_white_space():
    assert tidy("một\thai\r\nba\x0bbốn") == "một hai ba bốn"
