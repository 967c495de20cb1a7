"""`dotpha read`: what is written, what is said, and how it ends."""

import json
import subprocess
import sys

import pytest

from dotpha.interfaces.cli.read import run
from tests.documents.registers_in_excel import two_tables_one_sheet

KEYS = {
    "source", "owner", "owner_type", "position", "title", "description", "responsible", "responsibilities", "deadline",
    "deadline_iso", "indicators",
}  # fmt: skip


@pytest.fixture
def register(tmp_path):
    layout = two_tables_one_sheet()
    path = tmp_path / layout.name
    path.write_bytes(layout.data)
    return path


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_lines_have_the_keys_of_the_format_and_no_others(register, tmp_path, capsys):
    out = tmp_path / "ra.jsonl"
    assert run([str(register), "--output", str(out)]) == 0
    written = rows(out)
    assert len(written) == 5
    assert all(
        set(row) <= KEYS and {"source", "owner", "owner_type", "title", "indicators"} <= set(row) for row in written
    )
    assert all(value not in ("", None) for row in written for value in row.values())
    assert written[4]["indicators"] == [{"name": "Số thửa cấp trùng", "unit": "thửa", "baseline": 11, "target": 0}]
    assert '"baseline": 11,' in out.read_text("utf-8"), "whole numbers are written whole"
    said = capsys.readouterr()
    assert said.out == ""
    assert "đã đọc 5 bản đăng ký (3 của tổ chức, 2 của cá nhân)" in said.err


def test_without_output_the_lines_go_to_the_screen(register, capsys):
    assert run([str(register)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_it(register, tmp_path, capsys):
    empty = tmp_path / "rong.xlsx"
    empty.write_bytes(b"")
    out = tmp_path / "ra.jsonl"
    assert run([str(empty), str(register), "--output", str(out)]) == 2
    assert len(rows(out)) == 5
    assert "0 byte" in capsys.readouterr().err


def test_nothing_read_leaves_no_output(tmp_path, capsys):
    out = tmp_path / "ra.jsonl"
    assert run([str(tmp_path / "khong-co.xlsx"), "--output", str(out)]) == 2
    assert not out.exists()
    assert "Không tìm thấy" in capsys.readouterr().err


def test_remarks_are_said_and_counted(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("Đơn vị;Nhiệm vụ đột phá;Chỉ tiêu;Hiện trạng;Mục tiêu\nChi bộ A;Việc A;Số hộ;không rõ;7\n", "utf-8")
    assert run([str(path)]) == 0
    said = capsys.readouterr().err
    assert "a.csv: Dòng 2, cột D: chưa đọc được số từ “không rõ”" in said
    assert "1 điều cần xem lại" in said


def test_two_files_of_one_name_are_told_apart(tmp_path):
    layout = two_tables_one_sheet()
    paths = [tmp_path / folder / layout.name for folder in ("xa-a", "xa-b")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(layout.data)
    out = tmp_path / "ra.jsonl"
    assert run([*map(str, paths), "--output", str(out)]) == 0
    assert {row["source"]["file"] for row in rows(out)} == set(map(str, paths))


def test_an_output_that_cannot_be_written_gets_one_sentence(register, tmp_path, capsys):
    assert run([str(register), "--output", str(tmp_path / "khong-co" / "ra.jsonl")]) == 2
    assert "thư mục chưa có" in capsys.readouterr().err
    assert run([str(register), "--output", str(tmp_path)]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [register.name], "nothing half-written stays behind"


def test_a_register_is_not_overwritten_with_its_own_reading(register, capsys):
    before = register.read_bytes()
    assert run([str(register), "--output", str(register)]) == 2
    assert "trùng với một tệp đăng ký" in capsys.readouterr().err
    assert register.read_bytes() == before


def test_what_stood_there_before_is_replaced_only_by_something_whole(register, tmp_path):
    out = tmp_path / "ra.jsonl"
    out.write_text("cũ", "utf-8")
    assert run([str(register), "--output", str(out)]) == 0
    assert len(rows(out)) == 5


@pytest.mark.slow
def test_the_command_starts_without_django_and_without_the_libraries_it_does_not_need(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Đơn vị;Nhiệm vụ đột phá;Hạn\nChi bộ A;Việc A;quý II/2022\n", "utf-8")
    code = (
        "import sys; from dotpha.interfaces.cli.read import run; run(sys.argv[1:]);"
        "print(sorted({'django', 'docx', 'lxml', 'viparse', 'python_calamine', 'openpyxl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
