"""`dotpha screen`: reads registers, screens every registration, writes what the name of each output asks for."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from dotpha.documents.pieces.troubles import Trouble
from dotpha.documents.registers import Unreadable, read
from dotpha.documents.reports import Row, UnknownKind, kind_of, lines, write_to
from dotpha.documents.reports.context import ReportContext, of_last_year
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.files import CannotWrite, names, protect, whole
from dotpha.interfaces.cli.many import WORTH_SHARING, for_each
from dotpha.interfaces.cli.terminal import say
from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch

Made = TypeVar("Made")
_NOT_ALL = 2  # exit status when something could not be read or written
_LONG_TO_WRITE = 100  # registrations; the pictures of fewer are drawn in two seconds
_ALL_LAST_YEAR = (
    "chưa có tệp đăng ký nào để rà soát. Mọi tệp viết sau --last-year đều là danh sách năm trước; đồng chí viết các "
    "tệp đăng ký trước --last-year, ví dụ: dotpha screen nam-nay.xlsx --last-year nam-truoc.xlsx"
)


@dataclass
class Given:
    """What the files gave: registrations in order, and what a person should know of the reading."""

    registrations: list[Registration] = field(default_factory=list)
    unread: list[Trouble] = field(default_factory=list)
    remarks: list[Trouble] = field(default_factory=list)


def parser() -> Parser:
    made = Parser(
        "dotpha screen",
        usage="TỆP… [--last-year TỆP…] [--on NGÀY] [--output TỆP]… [--committee TÊN] [--no-duplicates]",
        description="Rà soát đăng ký nhiệm vụ đột phá: đã rõ chưa, thường xuyên hay đột phá, vì sao, viết lại ra sao.",
        epilog="Viết các tệp đăng ký trước --last-year. Không có --output thì in bảng ra màn hình.\n"
        "Mã kết thúc: 0 là xong, 2 là có tệp chưa đọc hoặc ghi được.",
    )
    made.add_argument("files", nargs="*", metavar="TỆP", type=Path, help=".xlsx, .docx, .csv hoặc .jsonl")
    made.add_argument(
        "--last-year", nargs="+", action="extend", default=[], metavar="TỆP", type=Path,
        help="danh sách năm trước, để rà việc lặp lại; mọi tệp đứng sau đây, cho đến tùy chọn kế tiếp",
    )  # fmt: skip
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
    asked = parser()
    given = asked.read(arguments)
    if not given.files:
        asked.error(_ALL_LAST_YEAR if given.last_year else "còn thiếu TỆP đăng ký để rà soát")
    on = given.on or date.today()  # noqa: DTZ011  the day on the clerk's own calendar
    try:
        protect([*given.files, *given.last_year], given.output)
        now, before = read_all(given.files), read_all(given.last_year, label=of_last_year)
        context = _context(given, on, now, before)
        _tell(context)
        if not now.registrations:
            return _NOT_ALL
        batch = Batch(now.registrations, before.registrations, on=on, compare=not given.no_duplicates)
        show(batch, given.output, context)
    except CannotWrite as refusal:
        say(str(refusal))
        return _NOT_ALL
    return _NOT_ALL if context.unread else 0


def _context(given: argparse.Namespace, on: date, now: Given, before: Given) -> ReportContext:
    return ReportContext(
        on=on,
        committee=given.committee,
        files=tuple(names(given.files)),
        last_year=tuple(names(given.last_year)),
        unread=(*now.unread, *before.unread),
        remarks=(*now.remarks, *before.remarks),
    )


def _tell(context: ReportContext) -> None:
    """Everything that could not be read, and what that means for the comparison with last year."""
    for trouble in (*context.unread, *context.remarks):
        say(f"{trouble.file}: {trouble.where}{': ' if trouble.where else ''}{trouble.message}")
    if context.is_comparison_lacking:
        say(context.comparison)


def read_all(files: Sequence[Path], *, label: Callable[[str], str] = str) -> Given:
    """Every file that can be read; the others leave one sentence each, under the name that `label` makes."""
    given = Given()
    for path, name in zip(files, names(files), strict=True):
        try:
            reading = read(path, name=name)
        except Unreadable as problem:
            given.unread.append(Trouble(label(name), "", str(problem)))
            continue
        given.registrations += reading.registrations
        given.remarks += [Trouble(label(name), str(each.place), each.message) for each in reading.remarks]
    return given


def show(batch: Batch, outputs: Sequence[Path], context: ReportContext) -> None:
    """Write every output, or print the table where none is asked for."""
    if [path.suffix.lower() for path in outputs] == [".jsonl"]:
        # Each process writes its own lines, so that a hundred thousand screenings need not travel between them.
        made = with_progress(for_each(batch, _line), len(batch))
        with whole(outputs[0]) as stream:
            stream.writelines(made)
        return
    rows = with_progress(for_each(batch, _row), len(batch))
    if not outputs:
        from dotpha.interfaces.cli.table import print_table

        print_table(rows)
        return
    # A workbook alone is written row by row as they come; a paper or a page needs all of them first.
    kept = rows if [kind_of(path) for path in outputs] == ["xlsx"] else list(rows)
    for path in outputs:
        with _at_work(f"Đang viết {path.name}", len(batch), shown=kept is not rows), whole(path) as stream:
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


def _at_work(words: str, total: int, *, shown: bool) -> AbstractContextManager[object]:
    """A line that moves on a terminal while a long report is written, with the time that has passed."""
    if not shown or total < _LONG_TO_WRITE or not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True))
    progress.add_task(escape(words), total=None)
    return progress
