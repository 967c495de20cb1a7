"""Build `.venv` from the locked requirements, with nothing but Debian's python3.

    python3 scripts/bootstrap.py run|dev

Only the standard library is used here: this is what runs on a bare machine. The work is done again only
when the lock or the interpreter changes, so a second start costs a tenth of a second. People who meet
these messages run an office, not a project, hence the Vietnamese.
"""

import errno
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)

REASONS = {
    errno.ENOENT: "thiếu tệp này, có lẽ mã nguồn chép chưa đủ",
    errno.EACCES: "không có quyền ở đây",
    errno.EPERM: "không có quyền ở đây",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
}


class CannotPrepare(Exception):
    """What happened, why, and what to do; one sentence for the person at the terminal."""


def check_machine() -> None:
    if sys.version_info < OLDEST:
        raise CannotPrepare(
            f"Máy đang dùng Python {sys.version.split()[0]}; Đột Phá cần Python 3.11 trở lên. "
            "Đồng chí cài bản mới hơn rồi chạy lại."
        )
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        raise CannotPrepare("Máy chưa có mô-đun venv của Python. Đồng chí chạy: sudo apt install python3-venv")
    if not os.access(ROOT, os.W_OK):
        raise CannotPrepare(
            f"Không ghi được vào thư mục {ROOT}. Đồng chí chép mã nguồn sang thư mục có quyền ghi "
            "hoặc xin cấp quyền, rồi chạy lại."
        )


def fingerprint(lock: Path) -> str:
    """Change when the lock, the package's own metadata or the interpreter changes."""
    build = ROOT / "requirements" / "build.txt"
    parts = [lock.read_bytes(), build.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    return hashlib.sha256(b"\0".join([sys.version.encode(), str(ROOT).encode(), *parts])).hexdigest()


def is_prepared(kind: str) -> bool:
    """The development environment holds everything the running one needs."""
    stamp = VENV / f".prepared-{kind}"
    return stamp.exists() and stamp.read_text() == fingerprint(ROOT / "requirements" / f"{kind}.txt")


def pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise CannotPrepare(
            "Chưa cài được các gói phần mềm (chi tiết ở trên). Lần đầu cần có mạng hoặc kho gói nội bộ; "
            "đồng chí kiểm tra kết nối rồi chạy lại."
        )


def prepare(kind: str) -> None:
    check_machine()
    if PYTHON.exists() and (is_prepared(kind) or is_prepared("dev")):
        return
    lock = ROOT / "requirements" / f"{kind}.txt"
    print(f"Chuẩn bị môi trường trong {VENV} (chỉ lần đầu hoặc khi có bản mới)…", flush=True)
    if not PYTHON.exists():
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
        if made.returncode:
            raise CannotPrepare(f"Chưa tạo được {VENV} (chi tiết ở trên). Đồng chí xem dung lượng đĩa và quyền ghi.")
    pip("install", "--require-hashes", "--no-deps", "-r", str(lock))
    pip("install", "--require-hashes", "--no-deps", "-r", str(ROOT / "requirements" / "build.txt"))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    (VENV / f".prepared-{kind}").write_text(fingerprint(lock))


def main() -> int:
    kind = sys.argv[1] if len(sys.argv) == 2 else ""
    if kind not in ("run", "dev"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        prepare(kind)
    except CannotPrepare as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        why = REASONS.get(problem.errno or 0, f"hệ điều hành báo lỗi số {problem.errno}")
        place = problem.filename or VENV
        print(f"Chưa chuẩn bị được {place}: {why}. Đồng chí khắc phục rồi chạy lại.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
