"""`dotpha read`: registers of any kind to JSON lines, remarks to the person at the terminal."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dotpha.core.failures import reason
from dotpha.documents.registers import Reading, Unreadable, read
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.files import CannotWrite, names, protect, whole
from dotpha.interfaces.cli.terminal import say
from dotpha.rules.registration import Registration

_TEXTS = ("position", "title", "description", "responsible", "responsibilities", "deadline", "deadline_iso")


def _parser() -> Parser:
    parser = Parser(
        "dotpha read",
        usage="TỆP… [--output TỆP.jsonl]",
        description="Đọc bản đăng ký nhiệm vụ đột phá (Excel, Word, CSV, JSON lines) thành các dòng JSON.",
        epilog="Mã kết thúc: 0 là xong, 2 là có tệp chưa đọc hoặc ghi được.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="các tệp đăng ký")
    parser.add_argument("--output", "-o", type=Path, metavar="TỆP.jsonl", help="nơi ghi; không có thì in ra màn hình")
    return parser


def run(arguments: Sequence[str]) -> int:
    """Read the files named and write their registrations; 0 if all were read, 2 if one could not be."""
    chosen, failed = _parser().read(arguments), False
    try:
        protect(chosen.files, [chosen.output] if chosen.output else [])
        readings, failed = _read_all(chosen.files)
        if readings:
            _write((as_line(each) for reading in readings for each in reading.registrations), chosen.output)
    except BrokenPipeError:  # whoever reads the lines has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except CannotWrite as refusal:
        say(str(refusal))
        return 2
    return 2 if failed else 0


def _read_all(files: Sequence[Path]) -> tuple[list[Reading], bool]:
    readings, failed = [], False
    for path, name in zip(files, names(files), strict=True):
        try:
            reading = read(path, name=name)
        except Unreadable as refusal:
            say(str(refusal))
            failed = True
            continue
        readings.append(reading)
        for remark in reading.remarks:
            say(f"{name}: {remark}")
        individuals = sum(each.is_individual for each in reading.registrations)
        count = len(reading.registrations)
        say(
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
    encoded = (line.encode(errors="replace") + b"\n" for line in lines)
    if output is not None:
        with whole(output) as stream:
            stream.writelines(encoded)
        return
    try:
        for line in encoded:
            sys.stdout.buffer.write(line)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(f"Không ghi được ra màn hình: {reason(error)}.") from None
