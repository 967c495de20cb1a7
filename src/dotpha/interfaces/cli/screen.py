"""`dotpha screen`: reads registers, screens every registration, writes what the name of each output asks for."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dotpha.documents.pieces.troubles import Trouble
from dotpha.documents.registers import Unreadable, read
from dotpha.documents.reports import Row, UnknownKind, kind_of, write
from dotpha.documents.reports.context import ReportContext
from dotpha.interfaces.cli.many import WORTH_SHARING, screened
from dotpha.rules.registration import Registration

_NOT_ALL = 2  # exit status when something could not be read or written


@dataclass
class Given:
    """What the files gave: registrations in order, and what a person should know of the reading."""

    registrations: list[Registration] = field(default_factory=list)
    unread: list[Trouble] = field(default_factory=list)
    remarks: list[Trouble] = field(default_factory=list)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="dotpha screen",
        description="Rà soát đăng ký nhiệm vụ đột phá: rõ hay chưa rõ, thường xuyên hay đột phá, vì sao, viết lại ra sao.",
        epilog="Không có --output thì in bảng ra màn hình. Mã kết thúc: 0 là xong, 2 là có tệp chưa đọc hoặc ghi được.",
    )
    made.add_argument("files", nargs="+", metavar="TỆP", type=Path, help=".xlsx, .docx, .csv hoặc .jsonl")
    made.add_argument(
        "--last-year", nargs="+", default=[], metavar="TỆP", type=Path, help="danh sách năm trước, để rà việc lặp lại"
    )
    made.add_argument("--on", type=_day, metavar="NGÀY", help="ngày rà soát, dd/mm/yyyy (mặc định là hôm nay)")
    made.add_argument(
        "--output", "-o", action="append", default=[], metavar="TỆP", type=_output,
        help="ghi kết quả ra .jsonl, .xlsx, .docx hoặc .html; dùng được nhiều lần",
    )  # fmt: skip
    made.add_argument("--committee", default="", metavar="TÊN", help="tên cấp ủy ghi ở đầu báo cáo")
    return made


def _day(text: str) -> date:
    for pattern in (text, "-".join(reversed(text.split("/")))):
        try:
            return date.fromisoformat(pattern)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"“{text}” không phải một ngày; viết như 26/01/2022 hoặc 2022-01-26")


def _output(text: str) -> Path:
    path = Path(text)
    try:
        kind_of(path)
    except UnknownKind as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    return path


def run(arguments: Sequence[str]) -> int:
    given = parser().parse_args(arguments)
    on = given.on or date.today()  # noqa: DTZ011  the day on the clerk's own calendar
    now, before = read_all(given.files), read_all(given.last_year)
    for trouble in (*now.unread, *before.unread, *now.remarks):
        print(f"{trouble.file}: {trouble.where}{': ' if trouble.where else ''}{trouble.message}", file=sys.stderr)
    if not now.registrations:
        return _NOT_ALL
    context = ReportContext(
        on=on,
        committee=given.committee,
        files=tuple(path.name for path in given.files),
        unread=tuple(now.unread),
        remarks=tuple(now.remarks),
    )
    rows = with_progress(screened(now.registrations, before.registrations, on=on), len(now.registrations))
    try:
        show(rows, given.output, context)
    except OSError as problem:
        where = problem.filename2 or problem.filename or "kết quả"
        print(f"Không ghi được {where} ({problem.strerror}). Đồng chí kiểm tra thư mục và quyền ghi.", file=sys.stderr)
        return _NOT_ALL
    return _NOT_ALL if now.unread or before.unread else 0


def read_all(files: Sequence[Path]) -> Given:
    """Every file that can be read; the others leave one sentence each."""
    given = Given()
    for path in files:
        try:
            reading = read(path)
        except Unreadable as problem:
            given.unread.append(Trouble(path.name, "", str(problem)))
            continue
        given.registrations += reading.registrations
        given.remarks += [Trouble(path.name, str(each.place), each.message) for each in reading.remarks]
    return given


def with_progress(rows: Iterable[Row], total: int) -> Iterator[Row]:
    """The same rows; a bar on a terminal when there are many."""
    if total < WORTH_SHARING or not sys.stderr.isatty():
        yield from rows
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(rows, description="Đang rà soát", total=total, console=Console(stderr=True))


def show(rows: Iterable[Row], outputs: Sequence[Path], context: ReportContext) -> None:
    """Write every output, or print the table where none is asked for."""
    if not outputs:
        from dotpha.interfaces.cli.table import print_table

        print_table(rows)
        return
    kept = rows if len(outputs) == 1 else list(rows)
    for path in outputs:
        _write_whole(path, kept, context)


def _write_whole(path: Path, rows: Iterable[Row], context: ReportContext) -> None:
    """A report appears under its name only when it is complete."""
    unfinished = path.with_name(f".{path.stem}.unfinished{path.suffix}")
    try:
        write(unfinished, rows, context)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
