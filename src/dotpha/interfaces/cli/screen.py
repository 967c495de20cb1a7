"""`dotpha screen`: reads registers, screens every registration, writes what the name of each output asks for."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeVar

from dotpha.documents.pieces.troubles import Trouble
from dotpha.documents.registers import Unreadable, read
from dotpha.documents.reports import Row, UnknownKind, kind_of, lines, write_to
from dotpha.documents.reports.context import ReportContext
from dotpha.interfaces.cli.many import WORTH_SHARING, for_each
from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch

Made = TypeVar("Made")
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
        description="Rà soát đăng ký nhiệm vụ đột phá: đã rõ chưa, thường xuyên hay đột phá, vì sao, viết lại ra sao.",
        epilog="Không có --output thì in bảng ra màn hình. Mã kết thúc: 0 là xong, 2 là có tệp chưa đọc hoặc ghi được.",
    )
    made.add_argument("files", nargs="+", metavar="TỆP", type=Path, help=".xlsx, .docx, .csv hoặc .jsonl")
    made.add_argument(
        "--last-year", nargs="+", default=[], metavar="TỆP", type=Path, help="danh sách năm trước, để rà việc lặp lại"
    )
    made.add_argument("--on", type=day, metavar="NGÀY", help="ngày rà soát, dd/mm/yyyy (mặc định là hôm nay)")
    made.add_argument(
        "--output", "-o", action="append", default=[], metavar="TỆP", type=_output,
        help="ghi kết quả ra .jsonl, .xlsx, .docx hoặc .html; dùng được nhiều lần",
    )  # fmt: skip
    made.add_argument(
        "--no-duplicates",
        action="store_true",
        help="không rà việc gần trùng trong đợt (nhanh hơn với danh sách rất lớn)",
    )
    made.add_argument("--committee", default="", metavar="TÊN", help="tên cấp ủy ghi ở đầu báo cáo")
    return made


def day(text: str) -> date:
    """A day as people write it, or as machines do; for argparse."""
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
    batch = Batch(now.registrations, before.registrations, on=on, compare=not given.no_duplicates)
    try:
        show(batch, given.output, context)
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


def show(batch: Batch, outputs: Sequence[Path], context: ReportContext) -> None:
    """Write every output, or print the table where none is asked for."""
    if [path.suffix.lower() for path in outputs] == [".jsonl"]:
        # Each process writes its own lines, so that a hundred thousand screenings need not travel between them.
        made = with_progress(for_each(batch, _line), len(batch))
        with _whole(outputs[0]) as stream:
            stream.writelines(made)
        return
    rows = with_progress(for_each(batch, _row), len(batch))
    if not outputs:
        from dotpha.interfaces.cli.table import print_table

        print_table(rows)
        return
    kept = rows if len(outputs) == 1 else list(rows)
    for path in outputs:
        with _whole(path) as stream:
            write_to(stream, kind_of(path), kept, context)


def _row(batch: Batch, place: int) -> Row:
    return batch.registrations[place], batch.screen(place)


def _line(batch: Batch, place: int) -> bytes:
    return lines.line(batch.screen(place))


def with_progress(made: Iterable[Made], total: int) -> Iterator[Made]:
    """The same things; a bar on a terminal when there are many."""
    if total < WORTH_SHARING or not sys.stderr.isatty():
        yield from made
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(made, description="Đang rà soát", total=total, console=Console(stderr=True))


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """A file that appears under its name only when it is complete."""
    unfinished = path.with_name(f".{path.stem}.unfinished{path.suffix}")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
