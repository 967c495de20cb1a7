"""The `dotpha` command: names its parts, hands over, and never pays for what is not asked."""

import subprocess
import sys

import pytest

from dotpha import __version__
from dotpha.config import command


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "dotpha", *arguments], capture_output=True, text=True, check=False)


def test_help_names_every_part(capsys) -> None:
    assert command.main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"dotpha {name}" in printed for name in command.PARTS)


def test_no_arguments_print_the_help(capsys) -> None:
    assert command.main([]) == 0
    assert "dotpha screen" in capsys.readouterr().out


def test_version_is_told(capsys) -> None:
    assert command.main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_an_unknown_part_is_refused_with_the_help(capsys) -> None:
    assert command.main(["doc"]) == 2
    assert "Không có lệnh “doc”" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("part", ["--help", "read", "screen", "evaluate-screening", "trend"])
def test_offline_parts_never_start_django(part: str) -> None:
    code = (
        "import sys; from dotpha.config.command import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, part, "--help"], capture_output=True, check=False)
    assert done.returncode == 0, "Django was imported"


@pytest.mark.slow
def test_a_closed_pipe_ends_quietly(tmp_path) -> None:
    source = tmp_path / "many.jsonl"
    source.write_text('{"title": "Kết nạp 5 đảng viên"}\n' * 300, encoding="utf-8")
    done = subprocess.run(
        f"{sys.executable} -m dotpha screen {source} | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_manage_hands_over_to_django() -> None:
    assert "migrate" in run("manage", "help").stdout
