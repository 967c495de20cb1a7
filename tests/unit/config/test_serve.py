"""`dotpha serve` refuses in one sentence what it cannot do."""

import socket
from pathlib import Path

import pytest

from dotpha.config import serve


def test_a_busy_port_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.CannotServe, match=f"Cổng {port} đang có chương trình khác dùng.*PORT="):
            serve.check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [65_536, -1])
def test_a_port_that_cannot_be_is_told(port: int) -> None:
    with pytest.raises(serve.CannotServe, match="không hợp lệ"):
        serve.check_port("127.0.0.1", port)


def test_a_free_port_is_fine() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_told() -> None:
    with pytest.raises(serve.CannotServe, match="Không mở được"):
        serve.check_port("192.0.2.1", 8000)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch, settings) -> None:
    blocked = tmp_path / "var"
    blocked.write_text("a file where the folder should be")
    settings.VAR = blocked
    with pytest.raises(serve.CannotServe, match="Không ghi được"):
        serve.prepare()
