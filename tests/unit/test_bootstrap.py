"""The script a bare machine runs first: one clear sentence for each thing that can be missing."""

import errno
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch) -> ModuleType:
    """The script, looking at an empty folder in place of the repository."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    (tmp_path / "requirements").mkdir()
    for name in ("run", "dev", "build"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(name)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(script, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return script


def prepared(bootstrap: ModuleType, kind: str) -> None:
    bootstrap.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    bootstrap.PYTHON.touch()
    lock = bootstrap.ROOT / "requirements" / f"{kind}.txt"
    (bootstrap.VENV / f".prepared-{kind}").write_text(bootstrap.fingerprint(lock))


def test_an_old_python_is_told(bootstrap, monkeypatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9))
    with pytest.raises(bootstrap.CannotPrepare, match="cần Python 3.11"):
        bootstrap.check_machine()


def test_a_missing_venv_module_is_told_with_the_command_that_helps(bootstrap, monkeypatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(bootstrap.CannotPrepare, match="apt install python3-venv"):
        bootstrap.check_machine()


def test_a_folder_that_cannot_be_written_is_told(bootstrap, monkeypatch) -> None:
    monkeypatch.setattr(bootstrap.os, "access", lambda path, mode: False)
    with pytest.raises(bootstrap.CannotPrepare, match="Không ghi được"):
        bootstrap.check_machine()


def test_a_refusal_is_one_sentence_and_no_trace(bootstrap, monkeypatch, capsys) -> None:
    monkeypatch.setattr(bootstrap.os, "access", lambda path, mode: False)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run"])
    assert bootstrap.main() == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_nothing_is_done_when_all_is_prepared(bootstrap, monkeypatch, kind: str) -> None:
    """The development environment holds what running needs."""
    prepared(bootstrap, kind)
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: pytest.fail("installed again"))
    bootstrap.prepare("run")


def test_a_changed_lock_is_installed_again(bootstrap, monkeypatch) -> None:
    prepared(bootstrap, "run")
    (bootstrap.ROOT / "requirements" / "run.txt").write_text("another")
    installed: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: installed.append(arguments))

    bootstrap.prepare("run")

    assert len(installed) == 3
    assert all("--no-deps" in arguments for arguments in installed)
    assert bootstrap.is_prepared("run")


def test_a_disk_that_refuses_is_told_in_vietnamese(bootstrap, monkeypatch, capsys) -> None:
    def full(kind: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/dotpha/.venv")

    monkeypatch.setattr(bootstrap, "prepare", full)
    monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run"])
    assert bootstrap.main() == 2
    said = capsys.readouterr().err
    assert said == "Chưa chuẩn bị được /srv/dotpha/.venv: ổ đĩa đã đầy. Đồng chí khắc phục rồi chạy lại.\n"


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_bare_machine_without_the_module_is_told_and_nothing_is_made(tmp_path: Path, missing: str) -> None:
    """Debian's python3 has no ensurepip until python3-venv is installed."""
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "bootstrap.py"
    script.write_text(SCRIPT.read_text("utf-8"), "utf-8")
    (tmp_path / "hides").mkdir()
    (tmp_path / "hides" / "sitecustomize.py").write_text(
        "import importlib.machinery as m\n"
        "find = m.PathFinder.find_spec\n"
        f"m.PathFinder.find_spec = lambda name, *rest: None if name == {missing!r} else find(name, *rest)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), "run"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tmp_path / "hides")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "Máy chưa có mô-đun venv của Python. Đồng chí chạy: sudo apt install python3-venv\n"
    assert not (tmp_path / ".venv").exists()
