"""The registers that came with the task: every field right, every broken file answered."""

import json
from pathlib import Path

import pytest

from dotpha.documents.registers import Unreadable, read
from tests.documents.reading_lines import differences, expected_in, lines_of

FOLDER = Path(__file__).parents[1] / "data" / "registers"
FILES = sorted(path for path in FOLDER.iterdir() if path.is_file() and ".expected" not in path.name)
BROKEN = sorted(path for path in (FOLDER / "broken").iterdir() if ".expected" not in path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_field_of_a_public_register_is_right(path):
    expected = expected_in(path.with_name(f"{path.stem}.expected.jsonl"))
    assert differences(expected, lines_of(read(path))) == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_a_broken_file_is_answered_with_one_sentence_that_names_it(path):
    with pytest.raises(Unreadable) as refusal:
        read(path)
    message = str(refusal.value)
    assert path.name in message
    assert "đề nghị" in message.lower()
    assert "\n" not in message


def test_the_public_readings_hold_seventy_four_registrations():
    assert sum(len(read(path).registrations) for path in FILES) == 74


def test_what_was_typed_in_old_fonts_keeps_its_original():
    reading = read(FOLDER / "g-nhieu-phong-chu.xlsx")
    old = next(each for each in reading.registrations if each.source["row"] == 6)
    assert old.source["original"]["title"] == "X©y dùng 06 s¶n phÈm ®¹t chuÈn OCOP 3 sao trë lªn"
    assert "original" not in reading.registrations[0].source


def test_columns_that_are_no_field_keep_their_text():
    reading = read(FOLDER / "c-phan-mem-xuat.xlsx")
    assert reading.registrations[0].source["other"] == {
        "record_no": "1007",
        "created_at": "2021-12-11T02:14:05Z",
        "status": "SUBMITTED",
        "start_date": "2022-01-10",
    }
    assert reading.registrations[0].start == "2022-01-10"


def test_a_sheet_that_is_no_register_is_not_passed_over_in_silence():
    remarks = read(FOLDER / "c-phan-mem-xuat.xlsx").remarks
    assert [str(remark) for remark in remarks] == [
        "Trang tính ‘codes’: không thấy bảng hay phiếu đăng ký nên không đọc."
    ]


def test_ids_say_where_a_registration_stands():
    assert [each.id for each in read(FOLDER / "a-tong-hop-huyen.xlsx").registrations[:2]] == [
        "a-tong-hop-huyen/Tổng hợp/11",
        "a-tong-hop-huyen/Tổng hợp/12",
    ]
    assert read(FOLDER / "d-danh-muc-bang-ngang.docx").registrations[0].id == "d-danh-muc-bang-ngang/bảng 2/3"
    assert read(FOLDER / "e-phieu-dang-ky.docx").registrations[2].id == "e-phieu-dang-ky/phiếu 3"
    assert read(FOLDER / "f-cham-phay.csv").registrations[0].id == "f-cham-phay/2"


def test_a_reading_survives_being_written_and_read_again(tmp_path):
    first = read(FOLDER / "e-phieu-dang-ky.docx")
    again = tmp_path / "again.jsonl"
    again.write_text("\n".join(json.dumps(each.to_json(), ensure_ascii=False) for each in first.registrations), "utf-8")
    assert read(again).registrations == first.registrations
