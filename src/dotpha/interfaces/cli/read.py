"""`dotpha read`: registers of any kind to JSON lines, remarks to the person at the terminal."""

import argparse
import errno
import io
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from dotpha.documents.registers import Reading, Unreadable, read
from dotpha.rules.registration import Registration

_TEXTS = ("position", "title", "description", "responsible", "responsibilities", "deadline", "deadline_iso")
_REASONS = {
    errno.ENOENT: "thư mục chưa có",
    errno.EACCES: "không có quyền ghi vào đây",
    errno.EPERM: "không có quyền ghi vào đây",
    errno.EISDIR: "đó là một thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dotpha read",
        description="Đọc bản đăng ký nhiệm vụ đột phá (Excel, Word, CSV, JSON lines) thành các dòng JSON.",
        add_help=False,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="các tệp đăng ký")
    parser.add_argument("--output", "-o", type=Path, metavar="TỆP.jsonl", help="nơi ghi; không có thì in ra màn hình")
    parser.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này")
    parser._positionals.title = "tham số"
    parser._optionals.title = "tùy chọn"
    return parser


def run(arguments: Sequence[str]) -> int:
    """Read the files named and write their registrations; 0 if all were read, 2 if one could not be."""
    chosen = _parser().parse_args(arguments)
    if chosen.output is not None and _is_one_of(chosen.output, chosen.files):
        _say(f"Nơi ghi “{chosen.output}” trùng với một tệp đăng ký; đề nghị chọn tên khác để không mất tệp gốc.")
        return 2
    readings, failed = _read_all(chosen.files)
    if readings:
        lines = (as_line(each) for reading in readings for each in reading.registrations)
        try:
            _write(lines, chosen.output)
        except BrokenPipeError:  # whoever reads the lines has seen enough, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            _say(f"Không ghi được “{chosen.output or 'màn hình'}”: {_reason(error)}.")
            return 2
    return 2 if failed else 0


def _is_one_of(output: Path, files: Sequence[Path]) -> bool:
    return output.exists() and any(path.exists() and output.samefile(path) for path in files)


def _read_all(files: Sequence[Path]) -> tuple[list[Reading], bool]:
    names = Counter(path.name for path in files)
    readings, failed = [], False
    for path in files:
        name = path.name if names[path.name] == 1 else str(path)
        try:
            reading = read(path, name=name)
        except Unreadable as refusal:
            _say(str(refusal))
            failed = True
            continue
        readings.append(reading)
        for remark in reading.remarks:
            _say(f"{name}: {remark}")
        individuals = sum(each.is_individual for each in reading.registrations)
        count = len(reading.registrations)
        _say(
            f"{name}: đã đọc {count} bản đăng ký ({count - individuals} của tổ chức, {individuals} của cá nhân)"
            + (f", {len(reading.remarks)} điều cần xem lại." if reading.remarks else ".")
        )
    return readings, failed


def as_line(registration: Registration) -> str:
    """One registration as a line of JSON with the keys of the format, each only if it has a value."""
    row: dict[str, Any] = {
        "source": dict(registration.source),
        "owner": registration.owner,
        "owner_type": registration.owner_type,
    }
    for name in _TEXTS:
        if (value := getattr(registration, name)) or name == "title":
            row[name] = value
    row["indicators"] = [
        {
            key: value
            for key, value in (
                ("name", each.name),
                ("unit", each.unit),
                ("baseline", _number(each.baseline)),
                ("target", _number(each.target)),
                ("history", [[period, _number(value)] for period, value in each.history]),
            )
            if value not in ("", None, [])
        }
        for each in registration.indicators
    ]
    return json.dumps(row, ensure_ascii=False)


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and float(value).is_integer() and abs(value) < 1e15 else value


def _write(lines: Iterable[str], output: Path | None) -> None:
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        _write_lines(lines, sys.stdout)
        sys.stdout.flush()
    elif output.exists() and not output.is_file() and not output.is_dir():
        with output.open("w", encoding="utf-8", newline="\n") as file:  # a pipe or a device
            _write_lines(lines, file)
    else:
        _write_whole(lines, output.resolve())


def _write_whole(lines: Iterable[str], output: Path) -> None:
    """Write beside the wanted file, then rename: what stands there is whole, or what was there before."""
    handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            _write_lines(lines, file)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(output)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _write_lines(lines: Iterable[str], file: TextIO) -> None:
    for line in lines:
        file.write(line + "\n")


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
