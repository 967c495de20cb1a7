"""`dotpha screen`: files in, four kinds of report out, sentences for what could not be done."""

import json
from pathlib import Path
from typing import Any

import pytest

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
    assert not list(tmp_path.glob(".*unfinished*"))


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
    assert screen.run([str(register), "-o", str(tmp_path / "khong-co" / "a.jsonl")]) == 2
    assert "Không ghi được" in capsys.readouterr().err


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
