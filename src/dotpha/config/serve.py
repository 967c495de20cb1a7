"""`dotpha serve`: prepares the database and the static files, then serves; says what it does and where to look."""

import argparse
import errno
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from dotpha import __version__


class CannotServe(Exception):
    """What happened, why, and what to do; one sentence for the person at the terminal."""


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dotpha serve", description="Mở ứng dụng Đột Phá trên máy này.")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="cổng (mặc định 8000)")
    given = parser.parse_args(arguments)
    try:
        check_port(given.host, given.port)
        prepare()
    except CannotServe as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Đột Phá {__version__} đang chạy. Mở trình duyệt tại http://{given.host}:{given.port}")
    print("Bấm Ctrl-C để dừng.", flush=True)
    serve(given.host, given.port)
    print("Đã dừng.")
    return 0


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken before anything else is done."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OverflowError:
        raise CannotServe(f"Cổng {port} không hợp lệ; đồng chí chọn số từ 1 đến 65535.") from None
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise CannotServe(
                f"Cổng {port} đang có chương trình khác dùng. Đồng chí dừng chương trình đó hoặc chọn cổng khác, "
                "ví dụ: make run PORT=8001"
            ) from None
        raise CannotServe(
            f"Không mở được {host}:{port} ({problem.strerror}). Đồng chí chọn địa chỉ hoặc cổng khác."
        ) from None


def prepare() -> None:
    """Database up to date, static files in place; both under the folder the settings name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    try:
        django.setup()
        var = Path(settings.VAR)
        print(f"Chuẩn bị cơ sở dữ liệu và tệp tĩnh trong {var}…", flush=True)
        var.mkdir(mode=0o750, parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as problem:
        raise CannotServe(
            f"Không ghi được vào {problem.filename or settings.VAR} ({problem.strerror}). "
            "Đồng chí kiểm tra quyền ghi, hoặc đặt DOTPHA_VAR trỏ tới thư mục khác."
        ) from None


def serve(host: str, port: int) -> None:
    """One process, few threads: SQLite likes one writer, and results of a quick screening live in this process."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "dotpha.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        backlog=128,
        workers_kill_timeout=2,  # an open browser tab must not keep Ctrl-C waiting
        log_enabled=False,
    ).serve()
