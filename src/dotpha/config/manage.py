"""`dotpha manage …`: Django's own commands with this project's settings."""

import os
from collections.abc import Sequence

from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.interfaces.cli.terminal import say

# Commands of Django and of libraries that write people or rights past every action, and leave no trace.
_UNTRACED = {
    "changepassword": "Đồng chí dùng: dotpha manage reset_password TÊN-ĐĂNG-NHẬP",
    "createsuperuser": "Đồng chí dùng: dotpha setup",
    "flush": "Dấu vết và danh bạ không xóa được; muốn bắt đầu lại, đồng chí đặt DOTPHA_VAR trỏ tới thư mục trống.",
    "loaddata": "Đồng chí nhập danh bạ từ Excel ở trang Danh bạ.",
    "shell": "Muốn xem dữ liệu, đồng chí dùng các trang hoặc lệnh có sẵn.",
}


def run(arguments: Sequence[str]) -> int:
    if instead := _UNTRACED.get(arguments[0] if arguments else ""):
        say(f"Lệnh {arguments[0]} không chạy ở đây vì làm mà không để lại dấu vết. {instead}")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    from django.core.management import execute_from_command_line

    try:
        with in_one_sentence():
            execute_from_command_line(["dotpha manage", *arguments])
    except CannotStart as problem:
        say(str(problem))
        return 2
    return 0
