"""`dotpha demo load`: the demo committee written into an empty database, as the first start of the demo does."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.terminal import say

_CANNOT = 2  # exit status
_OFF = (
    "Chế độ xem thử đang tắt nên không nạp đảng bộ mẫu, kẻo lẫn với dữ liệu thật. Nếu chỉ để xem thử ngay trên máy "
    "này, đồng chí chạy: DOTPHA_DEMO=1 dotpha demo load"
)
_NOT_EMPTY = (
    "Cơ sở dữ liệu đã có tổ chức, cán bộ hoặc tài khoản nên không nạp đảng bộ mẫu vào. Đồng chí đặt DOTPHA_VAR trỏ tới "
    "một thư mục trống rồi chạy lại."
)
_LEFT_OVER = (
    "Lưu ý: cơ sở dữ liệu này chứa đảng bộ mẫu nhưng chế độ xem thử đang tắt, nên không đăng nhập được bằng tài khoản "
    "mẫu. Để làm việc thật, đồng chí đặt DOTPHA_VAR trỏ tới một thư mục trống."
)


def run(arguments: Sequence[str]) -> int:
    """Load; 0, or 2 with one sentence that says why not."""
    parser().read(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    try:
        with in_one_sentence():
            _load()
    except CannotStart as problem:
        say(str(problem))
        return _CANNOT
    return 0


def parser() -> Parser:
    made = Parser(
        "dotpha demo",
        usage="load",
        description="Nạp hai đảng bộ mẫu (huyện Lạc Giang năm 2022, xã Lạc Giang từ 2025) vào cơ sở dữ liệu trống.",
        epilog="Người và nơi đều do chúng tôi đặt ra. Mã kết thúc: 0 là đã nạp, 2 là chưa nạp được.",
    )
    made.add_argument("what", choices=["load"], metavar="load", help="nạp hai đảng bộ mẫu")
    return made


def _load() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    if not settings.DEMO:
        raise CannotStart(_OFF)
    django.setup()
    Path(settings.VAR).mkdir(mode=0o750, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    _write()


def first_start() -> None:
    """In demo mode fill an empty database; otherwise say so if a demo was left in it. Costs three small queries."""
    from django.conf import settings

    from dotpha.directory.beginning import is_empty
    from dotpha.interfaces.demo.load import holds_demo

    if settings.DEMO and is_empty():
        _write()
    elif not settings.DEMO and holds_demo():
        say(_LEFT_OVER)


def _write() -> None:
    from dotpha.directory.beginning import is_empty
    from dotpha.interfaces.demo.load import NotEmpty, load

    start = time.perf_counter()
    try:
        if is_empty():
            print("Nạp hai đảng bộ mẫu để xem thử…", flush=True)
        load()
    except NotEmpty:
        raise CannotStart(_NOT_EMPTY) from None
    print(f"Đã nạp trong {time.perf_counter() - start:.1f} giây.".replace(".", ",", 1), flush=True)
