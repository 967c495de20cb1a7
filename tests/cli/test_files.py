"""What every command does alike with files, arguments and the terminal."""

import os
import threading
from pathlib import Path

import pytest

from dotpha.config import command
from dotpha.interfaces.cli.files import CannotWrite, protect, whole

ENGLISH = ("usage:", "positional", "options", "optional arguments", "show this help", "error:", "argument", "required")


@pytest.mark.parametrize("part", [name for name in command.PARTS if name != "manage"])
def test_help_of_a_command_is_vietnamese_and_says_how_it_ends(part: str, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main([part, "--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Cách dùng: dotpha {part}")
    assert "mã kết thúc" in told.lower()
    assert not [word for word in ENGLISH if word in told]


@pytest.mark.parametrize("part", [name for name in command.PARTS if name != "manage"])
@pytest.mark.parametrize("wrong", [["--khong-co"], ["--khong-co=1", "x.xlsx"]])
def test_a_wrong_argument_of_any_command_is_one_vietnamese_sentence(part: str, wrong: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main([part, *wrong])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"dotpha {part} --help" in said
    assert not [word for word in ENGLISH if word in said]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "còn thiếu TỆP"),
        (["read", "a.xlsx", "-o"], "sau --output/-o phải có một giá trị"),
        (["screen", "a.xlsx", "--last-year"], "sau --last-year phải có ít nhất một giá trị"),
        (["screen", "a.xlsx", "--no-duplicates=1"], "--no-duplicates không nhận giá trị (“1”)"),
        (["evaluate-screening", "a.jsonl", "--samples", "x"], "“x” không phải một số nguyên"),
        (["screen", "a.xlsx", "--out", "b.xlsx"], "không có tùy chọn"),
    ],
)
def test_what_argparse_says_is_said_in_vietnamese(arguments: list[str], says: str, capsys) -> None:
    with pytest.raises(SystemExit):
        command.main(arguments)
    said = capsys.readouterr().err
    assert says in said
    assert not [word for word in ENGLISH if word in said]


def test_an_output_that_is_an_input_is_refused_by_whatever_name(tmp_path: Path) -> None:
    register, link, hard = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "c.xlsx"
    register.write_text("x")
    link.symlink_to(register)
    os.link(register, hard)
    for name in (register, link, hard, tmp_path / "." / "a.xlsx", tmp_path / "x" / ".." / "a.xlsx"):
        with pytest.raises(CannotWrite, match="trùng với một tệp đăng ký"):
            protect([register], [name])
    protect([register], [tmp_path / "d.xlsx"])


def test_one_output_given_twice_is_refused_also_before_it_is_there(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="nêu hai lần"):
        protect([], [tmp_path / "a.html", tmp_path / "x" / ".." / "a.html"])


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("khong-co/a.html", "thư mục chưa có"),
        ("tep/a.html", "đường dẫn đi qua một tệp, không phải thư mục"),
        ("thu-muc.html", "đó là một thư mục"),
        ("a" * 300 + ".html", "tên tệp quá dài"),
    ],
)
def test_a_place_that_cannot_be_written_is_named_as_it_was_given(tmp_path: Path, place: str, says: str) -> None:
    (tmp_path / "tep").write_text("x")
    (tmp_path / "thu-muc.html").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(CannotWrite) as refused, whole(tmp_path / place) as stream:
        stream.write(b"x")
    assert str(refused.value) == f"Không ghi được “{tmp_path / place}”: {says}."
    assert sorted(tmp_path.rglob("*")) == before, "nothing half-written stays behind"


def test_what_stood_there_stays_when_the_writing_stops(tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    out.write_text("cũ")
    with pytest.raises(KeyboardInterrupt), whole(out) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert out.read_text() == "cũ"
    assert list(tmp_path.iterdir()) == [out]


def test_a_pipe_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "ong.jsonl"
    os.mkfifo(pipe)
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_bytes()))
    reader.start()
    with whole(pipe) as stream:
        stream.write(b"x")
    reader.join(5)
    assert taken == [b"x"]
    assert pipe.is_fifo()
