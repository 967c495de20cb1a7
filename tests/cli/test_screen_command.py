"""`dotpha screen`: files in, four kinds of report out, sentences for what could not be done."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from dotpha.interfaces.cli import many, screen
from tests.unit.rules.sound import ROW

DATA = Path(__file__).resolve().parent.parent / "data"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "dang-ky.jsonl"
    path.write_text(json.dumps(dict(ROW), ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_kind_of_report_is_written(register: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / f"ra-soat{ending}" for ending in (".jsonl", ".xlsx", ".docx", ".html")]
    asked = [word for path in outputs for word in ("--output", str(path))]

    assert screen.run([str(register), "--on", "26/01/2022", *asked]) == 0

    assert all(path.stat().st_size > 0 for path in outputs)
    assert lines(outputs[0])[0]["id"] == "S1"
    assert sorted(tmp_path.iterdir()) == sorted([register, *outputs]), "nothing half-written stays behind"


def test_without_an_output_a_table_and_a_summary_are_printed(register: Path, capsys) -> None:
    assert screen.run([str(register), "--on", "2022-01-26"]) == 0
    printed = capsys.readouterr().out
    assert ROW["title"] in printed
    assert "1 bản đăng ký." in printed
    assert "kết luận do cấp ủy" in printed


def test_last_years_list_is_compared(register: Path, tmp_path: Path) -> None:
    before, out = tmp_path / "nam-truoc.jsonl", tmp_path / "out.jsonl"
    before.write_text(json.dumps({"id": "L9", "title": ROW["title"]}, ensure_ascii=False), encoding="utf-8")

    assert screen.run([str(register), "--last-year", str(before), "-o", str(out)]) == 0

    (row,) = lines(out)
    assert [(each["id"], each["kind"]) for each in row["duplicates"]] == [("L9", "last_year")]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_screened(register: Path, tmp_path, capsys) -> None:
    empty, out = tmp_path / "rong.xlsx", tmp_path / "out.jsonl"
    empty.touch()

    assert screen.run([str(empty), str(register), "-o", str(out)]) == 2

    assert "rong.xlsx" in capsys.readouterr().err
    assert len(lines(out)) == 1


def test_nothing_to_screen_writes_nothing(tmp_path: Path, capsys) -> None:
    empty, out = tmp_path / "rong.xlsx", tmp_path / "out.jsonl"
    empty.touch()
    assert screen.run([str(empty), "-o", str(out)]) == 2
    assert not out.exists()
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--on", "31/02/2022"], "không phải một ngày"), (["-o", "bao-cao.pdf"], ".xlsx"), ([], "TỆP")],
)
def test_a_wrong_argument_is_told_in_one_sentence(register: Path, arguments, says: str, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        screen.run([str(register), *arguments] if arguments else [])
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_told(register: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "khong-co" / "a.jsonl"
    assert screen.run([str(register), "-o", str(out)]) == 2
    assert capsys.readouterr().err == f"Không ghi được “{out}”: thư mục chưa có.\n"


@pytest.mark.parametrize("which", [0, 1])
def test_neither_a_register_nor_last_years_list_is_overwritten(register: Path, tmp_path: Path, which, capsys) -> None:
    before = tmp_path / "nam-truoc.jsonl"
    before.write_text('{"title": "Việc cũ"}\n', encoding="utf-8")
    files = (register, before)
    kept = [path.read_bytes() for path in files]

    assert screen.run([str(register), "--last-year", str(before), "-o", str(files[which])]) == 2

    assert "trùng với một tệp đăng ký" in capsys.readouterr().err
    assert [path.read_bytes() for path in files] == kept


def test_one_output_given_twice_is_refused(register: Path, tmp_path: Path, capsys) -> None:
    out = str(tmp_path / "a.html")
    assert screen.run([str(register), "-o", out, "-o", out]) == 2
    assert "được nêu hai lần" in capsys.readouterr().err
    assert not Path(out).exists()


def test_two_files_of_one_name_are_told_apart(tmp_path: Path, capsys) -> None:
    paths = [tmp_path / folder / "dang-ky.csv" for folder in ("xa-a", "xa-b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(
            "Đơn vị;Nhiệm vụ đột phá;Chỉ tiêu;Hiện trạng;Mục tiêu\nChi bộ A;Việc A;Số hộ;không rõ;7\n", "utf-8"
        )
    out = tmp_path / "out.jsonl"

    assert screen.run([*map(str, paths), "-o", str(out)]) == 0

    assert [row["source"]["file"] for row in lines(out)] == [str(path) for path in paths]
    assert all(f"{path}: Dòng 2, cột D" in capsys.readouterr().err for path in paths[:1])


def test_remarks_on_last_years_list_are_told(register: Path, tmp_path: Path, capsys) -> None:
    before, out = tmp_path / "cu.csv", tmp_path / "out.jsonl"
    before.write_text(
        "Đơn vị;Nhiệm vụ đột phá;Chỉ tiêu;Hiện trạng;Mục tiêu\nChi bộ A;Việc A;Số hộ;không rõ;7\n", "utf-8"
    )
    assert screen.run([str(register), "--last-year", str(before), "-o", str(out)]) == 0
    assert "cu.csv (danh sách năm trước): Dòng 2, cột D" in capsys.readouterr().err


@pytest.mark.slow
def test_a_list_of_last_year_that_cannot_be_read_is_told_in_every_report(register: Path, tmp_path, capsys) -> None:
    before = tmp_path / "cu.xlsx"
    before.touch()
    outputs = {ending: tmp_path / f"a.{ending}" for ending in ("html", "docx", "xlsx")}
    asked = [word for path in outputs.values() for word in ("-o", str(path))]

    assert screen.run([str(register), "--last-year", str(before), *asked]) == 2

    says = "Chưa so được đủ với danh sách năm trước: không đọc được cu.xlsx"
    assert says in capsys.readouterr().err
    assert says in outputs["html"].read_text("utf-8")
    assert any(says in paragraph.text for paragraph in Document(str(outputs["docx"])).paragraphs)
    book = openpyxl.load_workbook(outputs["xlsx"])
    assert any(says in str(cell.value) for cell in book["Tổng hợp"]["A"])
    assert book["Điều chưa đọc được"]["A2"].value == "cu.xlsx (danh sách năm trước)"


def test_registers_all_swallowed_by_last_year_get_one_clear_sentence(register: Path, tmp_path: Path, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        screen.run(["--last-year", str(tmp_path / "cu.xlsx"), str(register)])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "viết các tệp đăng ký trước --last-year" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("order", ["after", "between", "twice"])
def test_last_years_lists_stand_wherever_options_may(register: Path, tmp_path: Path, order: str) -> None:
    old = [str(tmp_path / f"cu-{number}.jsonl") for number in (1, 2)]
    for number, path in enumerate(old):
        Path(path).write_text(json.dumps({"id": f"L{number}", "title": ROW["title"]}), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    arguments = {
        "after": [str(register), "-o", str(out), "--last-year", *old],
        "between": ["--last-year", *old, "--output", str(out), str(register)],
        "twice": [str(register), "--last-year", old[0], "--last-year", old[1], "-o", str(out)],
    }[order]

    assert screen.run(arguments) == 0

    (row,) = lines(out)
    assert {each["id"] for each in row["duplicates"]} == {"L0", "L1"}


def test_a_register_cannot_command_the_terminal(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.jsonl"
    title = "Việc \x1b[2J\x9b31m\x07\u202e ẩn"
    path.write_text(json.dumps({**ROW, "title": title, "owner": "Xã\x1b]0;x\x07"}), encoding="utf-8")
    assert screen.run([str(path)]) == 0
    printed = capsys.readouterr()
    assert "Việc [2J31m ẩn" in printed.out
    assert not set(printed.out + printed.err) & set("\x1b\x07\x9b\u202e")


@pytest.mark.slow
def test_many_processes_give_what_one_gives_in_the_same_order(tmp_path: Path, monkeypatch) -> None:
    register = tmp_path / "nhieu.jsonl"
    rows = [dict(ROW) | {"id": f"N{number}", "title": f"{ROW['title']} {number}"} for number in range(60)]
    register.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    alone, shared = tmp_path / "alone.jsonl", tmp_path / "shared.jsonl"

    screen.run([str(register), "-o", str(alone)])
    monkeypatch.setattr(many, "WORTH_SHARING", 10)
    monkeypatch.setattr(many, "_CHUNK", 7)
    screen.run([str(register), "-o", str(shared)])

    assert shared.read_text() == alone.read_text()


REGISTERS = sorted(path for path in (DATA / "registers").glob("*.*") if path.suffix != ".jsonl")


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.name)
def test_every_public_register_is_screened(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert screen.run([str(path), "--on", "26/01/2022", "-o", str(out)]) == 0
    assert len(lines(out)) == len(lines(path.with_suffix("").with_suffix(".expected.jsonl")))
