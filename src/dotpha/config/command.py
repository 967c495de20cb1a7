"""The `dotpha` command: names its parts and hands over to one of them.

Nothing heavy is imported before the part is known, so that help and the offline parts never pay for Django.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from dotpha import __version__

# name -> (module with `run(arguments) -> exit status`, what it does)
PARTS: dict[str, tuple[str, str]] = {
    "read": (
        "dotpha.interfaces.cli.read",
        "đọc sổ đăng ký (.xlsx, .docx, .csv, .jsonl) thành từng bản đăng ký",
    ),
    "screen": ("dotpha.interfaces.cli.screen", "rà soát: rõ hay chưa rõ, thường xuyên hay đột phá, vì sao"),
    "trend": (
        "dotpha.interfaces.cli.trend",
        "dự báo theo đà hiện nay cho chuỗi số ngắn (đọc và ghi JSON từng dòng)",
    ),
    "evaluate-screening": (
        "dotpha.interfaces.cli.evaluate",
        "đo máy rà soát đúng bao nhiêu trên những bản đăng ký đã gán nhãn",
    ),
    "audit": ("dotpha.config.audit", "chứng minh dấu vết còn nguyên; ghi mốc có chữ ký để giữ ở nơi khác"),
    "serve": ("dotpha.config.serve", "mở ứng dụng trên máy này để dùng bằng trình duyệt"),
    "worker": ("dotpha.config.worker", "làm các công việc dài người dùng đã giao; dotpha serve tự chạy lệnh này"),
    "setup": (
        "dotpha.config.setup",
        "thiết lập ban đầu trên cơ sở dữ liệu trống: tổ chức gốc, quản trị kỹ thuật, người chủ trì",
    ),
    "demo": ("dotpha.config.demo", "nạp hai đảng bộ mẫu vào cơ sở dữ liệu trống, để xem thử"),
    "manage": ("dotpha.config.manage", "lệnh quản trị của Django (migrate, check, …)"),
}


def usage() -> str:
    width = max(map(len, PARTS))
    lines = [f"  dotpha {name:<{width}}  {what}" for name, (_, what) in PARTS.items()]
    return "\n".join(
        [
            "Đột Phá: nhiệm vụ đột phá của cấp ủy, từ đăng ký đến đánh giá cuối năm.",
            "",
            *lines,
            "",
            "Thêm --help sau mỗi lệnh để xem cách dùng; dotpha --version để xem phiên bản.",
        ]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    if given[0] == "--version":
        print(f"dotpha {__version__}")
        return 0
    if given[0] not in PARTS:
        print(f"Không có lệnh “{given[0]}”.\n\n{usage()}", file=sys.stderr)
        return 2
    run: Callable[[Sequence[str]], int] = import_module(PARTS[given[0]][0]).run
    try:
        return run(given[1:])
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # `dotpha screen … | head` closes our output early; that is not an error of ours.
        sys.stderr.close()
        return 141
