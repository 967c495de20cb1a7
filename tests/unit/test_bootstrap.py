"""The script a bare machine runs first: one clear sentence for each thing that can be missing."""

import importlib.util
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
    assert bootstrap.main() == 1
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
