"""`dotpha serve`: prepares the database and the static files, then serves; says what it does and where to look."""

import argparse
import errno
import ipaddress
import os
import socket
from collections.abc import Sequence
from pathlib import Path

from dotpha import __version__
from dotpha.config.beside import worker_beside
from dotpha.config.demo import first_start
from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.core.failures import reason
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.terminal import say

_CANNOT = 2  # exit status


def run(arguments: Sequence[str]) -> int:
    given = parser().read(arguments)
    try:
        check_demo(given.host)
        check_port(given.host, given.port)
        prepare()
    except CannotStart as problem:
        say(str(problem))
        return _CANNOT
    print(f"Đột Phá {__version__} đang chạy. Mở trình duyệt tại http://{given.host}:{given.port}")
    print("Bấm Ctrl-C để dừng.", flush=True)
    with worker_beside():
        serve(given.host, given.port)
    print("Đã dừng.")
    return 0


def parser() -> Parser:
    made = Parser(
        "dotpha serve",
        usage="[--host ĐỊA-CHỈ] [--port SỐ]",
        description="Mở ứng dụng Đột Phá trên máy này.",
        epilog="Mã kết thúc: 0 là đã dừng theo yêu cầu, 2 là chưa mở được.",
    )
    made.add_argument("--host", default="127.0.0.1", metavar="ĐỊA-CHỈ", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
    made.add_argument(
        "--port", type=_port, default=os.environ.get("PORT") or "8000", metavar="SỐ",
        help="cổng (mặc định 8000, hoặc biến PORT)",
    )  # fmt: skip
    return made


def _port(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(f"cổng “{text}” không hợp lệ; đồng chí chọn số từ 1 đến 65535")


def check_demo(host: str) -> None:
    """Refuse to open the demo, which asks for no password, to other machines."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    from django.conf import settings

    with in_one_sentence():
        is_demo = settings.DEMO
    if is_demo and not _is_loopback(host):
        raise CannotStart(
            f"Chế độ xem thử cho phép đăng nhập không cần mật khẩu nên không mở ở {host} cho máy khác vào: đồng chí bỏ "
            "--host, hoặc đặt DOTPHA_DEMO=0 để làm việc thật."
        )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken before anything else is done."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"Cổng {port} đang có chương trình khác dùng. Đồng chí dừng chương trình đó hoặc chọn cổng khác, "
                "ví dụ: make run PORT=8001"
            ) from None
        raise CannotStart(
            f"Không mở được {host}:{port} ({reason(problem)}). Đồng chí chọn địa chỉ hoặc cổng khác."
        ) from None


def prepare() -> None:
    """Database up to date, static files in place; both under the folder the settings name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    try:
        with in_one_sentence():
            django.setup()
            var = Path(settings.VAR)
            print(f"Chuẩn bị cơ sở dữ liệu và tệp tĩnh trong {var}…", flush=True)
            var.mkdir(mode=0o750, parents=True, exist_ok=True)
            call_command("migrate", interactive=False, verbosity=0)
            first_start()
            call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as problem:
        raise CannotStart(
            f"Không ghi được vào {problem.filename or 'thư mục dữ liệu'} ({reason(problem)}). "
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
