"""`dotpha evaluate-screening`: labelled files in, a page with its picture and data of the rules out."""

import json
from pathlib import Path

import pytest

from dotpha.interfaces.cli import evaluate
from dotpha.rules.catalogue import Measured, rules
from tests.unit.rules.sound import ROW

LABELS = {"breakthrough": "breakthrough", "reasons": ["resolves_long_standing"], "clear_work": True}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "nhan.jsonl"
    rows = [dict(ROW) | {"id": f"N{n}", "labels": LABELS, "field": "waste"} for n in range(3)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return evaluate.run(["--on", "26/01/2022", "--samples", "20", *map(str, arguments)])


@pytest.mark.slow
def test_page_and_picture_are_written_and_running_twice_gives_the_same_bytes(labelled: Path, tmp_path: Path):
    output = tmp_path / "chat-luong.md"
    assert run(labelled, "-o", output) == 0
    first = output.read_bytes(), (tmp_path / "anh" / "chat-luong.svg").read_bytes()
    assert run(labelled, "-o", output) == 0
    assert first == (output.read_bytes(), (tmp_path / "anh" / "chat-luong.svg").read_bytes())
    assert "anh/chat-luong.svg" in first[0].decode()


def test_without_an_output_a_short_table_is_printed(labelled: Path, capsys):
    assert run(labelled) == 0
    printed = capsys.readouterr().out
    assert "3 bản đăng ký đã gán nhãn" in printed
    assert "macro_f1" in printed


def test_several_files_are_measured_together(labelled: Path, capsys):
    assert run(labelled, labelled) == 0
    assert "6 bản đăng ký" in capsys.readouterr().out


def test_rules_are_written_as_the_catalogue_reads_them(labelled: Path, tmp_path: Path):
    data = tmp_path / "measured.json"
    assert run(labelled, "--rules", data) == 0
    told = json.loads(data.read_text(encoding="utf-8"))
    assert (told["files"], told["registrations"], told["on"]) == (["nhan.jsonl"], 3, "2022-01-26")
    assert list(told["rules"]) == [code for code, rule in rules().items() if rule.claims]
    assert all(Measured(**row).wanted >= Measured(**row).found for row in told["rules"].values())


def test_a_figure_under_its_floor_is_named_and_ends_with_one(labelled: Path, tmp_path: Path, capsys):
    floors = tmp_path / "floors.toml"
    floors.write_text("[floor]\naccuracy = 1.01\n", encoding="utf-8")
    assert run(labelled, "--floors", floors) == 1
    assert "Dưới sàn: accuracy" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "dòng 1: không phải một dòng JSON"),
        ('{"title": "Việc"}', "dòng 1: chưa có nhãn"),
        ("", "chưa có bản đăng ký nào"),
    ],
)
def test_a_file_that_is_not_labelled_is_told_in_one_sentence(tmp_path: Path, text: str, says: str, capsys):
    path = tmp_path / "sai.jsonl"
    path.write_text(text, encoding="utf-8")
    assert run(path) == 2
    told = capsys.readouterr()
    assert says in told.err
    assert told.err.count("\n") == 1
    assert not told.out


def test_files_that_are_missing_or_wrong_are_told_and_nothing_is_written(labelled: Path, tmp_path: Path, capsys):
    output, bad = tmp_path / "a.md", tmp_path / "sai.toml"
    bad.write_text("[floor", encoding="utf-8")
    for arguments in (
        [tmp_path / "khong-co.jsonl"],
        [labelled, "--floors", tmp_path / "khong-co.toml"],
        [labelled, "--floors", bad],
        [labelled, "--cross-validation", bad],
    ):
        assert run(*arguments, "-o", output) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert not output.exists()


def test_a_page_that_cannot_be_written_is_told(labelled: Path, tmp_path: Path, capsys):
    assert run(labelled, "-o", tmp_path / "khong-co" / "a.md") == 2
    assert "Không ghi được" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "value"), [("--samples", "-1"), ("--samples", "nhiều"), ("--on", "31/02/2022")])
def test_a_wrong_argument_is_told(labelled: Path, option: str, value: str, capsys):
    with pytest.raises(SystemExit) as stopped:
        evaluate.run([str(labelled), f"{option}={value}"])
    assert stopped.value.code == 2
    assert "không phải" in capsys.readouterr().err
