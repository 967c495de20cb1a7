"""`dotpha serve` refuses in one sentence what it cannot do."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dotpha.config import serve
from dotpha.config.starting import CannotStart


def test_a_busy_port_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Cổng {port} đang có chương trình khác dùng.*PORT="):
            serve.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["abc", "65536", "-1", "0", "٣", "80 00", ""])
def test_a_port_that_cannot_be_is_told_in_one_sentence(port: str, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve.run([f"--port={port}"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert f"cổng “{port}” không hợp lệ; đồng chí chọn số từ 1 đến 65535" in said
    assert said.count("\n") == 1


def test_a_wrong_port_in_the_environment_is_told_in_one_sentence(monkeypatch, capsys) -> None:
    monkeypatch.setenv("PORT", "abc")
    with pytest.raises(SystemExit) as stopped:
        serve.run([])
    assert stopped.value.code == 2
    assert "cổng “abc” không hợp lệ" in capsys.readouterr().err


def test_a_free_port_is_fine() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(CannotStart, match="Không mở được"):
        serve.check_port("192.0.2.1", 8000)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch, settings) -> None:
    blocked = tmp_path / "var"
    blocked.write_text("a file where the folder should be")
    settings.VAR = blocked
    with pytest.raises(CannotStart, match="Không ghi được"):
        serve.prepare()


def start(var: Path, part: str = "serve", **environment: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to fail, as `make run` makes it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {name: value for name, value in os.environ.items() if not name.startswith(("DOTPHA", "DJANGO", "PORT"))}
    words = ["migrate"] if part == "manage" else ["--port", str(port)]
    return subprocess.run(
        [sys.executable, "-m", "dotpha", part, *words],
        capture_output=True, text=True, check=False, timeout=60, cwd=var,
        env=told | {"DOTPHA_VAR": str(var)} | environment,
    )  # fmt: skip


NO_SERVER = "postgres://hanh:mat-khau@127.0.0.1:1/dotpha"


@pytest.mark.slow
@pytest.mark.parametrize("part", ["serve", "manage"])
@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"DOTPHA_DEBUG": "maybe"}, "DOTPHA_DEBUG phải là 1 hoặc 0"),
        ({"DOTPHA_DATABASE_URL": "may:5432"}, "DOTPHA_DATABASE_URL không phải địa chỉ cơ sở dữ liệu"),
        ({"DOTPHA_DATABASE_URL": NO_SERVER}, "máy chủ không nhận kết nối"),
    ],
)
def test_what_keeps_it_from_starting_is_one_vietnamese_sentence(tmp_path, part, environment, says) -> None:
    done = start(tmp_path, part, **environment)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert "mat-khau" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("part", ["serve", "manage"])
def test_a_database_file_that_is_none_is_told_in_one_sentence(tmp_path: Path, part: str) -> None:
    (tmp_path / "dotpha.sqlite3").write_bytes(bytes(range(256)) * 40)
    done = start(tmp_path, part)
    assert done.returncode == 2
    assert "tệp không phải cơ sở dữ liệu" in done.stderr
    assert "bản sao lưu" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.9", "may-chu"])
def test_the_demo_is_not_opened_to_other_machines(host: str, settings, capsys) -> None:
    settings.DEMO = True
    assert serve.run(["--host", host, "--port", "1"]) == 2
    said = capsys.readouterr().err
    assert f"Chế độ xem thử cho phép đăng nhập không cần mật khẩu nên không mở ở {host}" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(("mode", "host"), [(True, "127.0.0.1"), (True, "localhost"), (True, "::1"), (False, "::")])
def test_the_demo_opens_at_this_machine_and_real_work_anywhere(mode: bool, host: str, settings) -> None:
    settings.DEMO = mode
    serve.check_demo(host)
