"""`dotpha evaluate-screening`: screens what people labelled, and says how often the screening is right."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from dotpha.core.failures import reason
from dotpha.documents.labelled import NotLabelled, read_labelled
from dotpha.documents.reports.quality import BadHeldOut, HeldOut, Subject, page
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.files import CannotWrite, protect, whole
from dotpha.interfaces.cli.screen import day
from dotpha.interfaces.cli.terminal import say
from dotpha.rules.screening.engine import engine_version
from dotpha.rules.screening.quality.floors import CEILINGS, BadFloors, Floors, missed
from dotpha.rules.screening.quality.labels import screened
from dotpha.rules.screening.quality.measure import Quality, measure
from dotpha.rules.screening.quality.score import VERDICTS
from dotpha.rules.screening.result import VERDICT_LABELS

Read = TypeVar("Read")
_UNDER_THE_FLOOR = 1
_NOT_MEASURED = 2
_PICTURES = "anh"  # folder of the pictures, beside the page


class NotMeasured(Exception):
    """Nothing can be measured or written; one sentence for the person at the terminal."""


def parser() -> Parser:
    made = Parser(
        "dotpha evaluate-screening",
        usage="TỆP… [--on NGÀY] [--output TỆP.md] [--floors TỆP.toml] [tùy chọn khác]",
        description="Đo máy rà soát đúng bao nhiêu trên những bản đăng ký đã có người gán nhãn.",
        epilog="Không có --output thì in tóm tắt. Mã kết thúc: 0 là xong; 1 là có số đo dưới sàn; 2 là chưa đo được.",
    )
    made.add_argument("files", nargs="+", metavar="TỆP", type=Path, help=".jsonl, mỗi dòng một bản kèm “labels”")
    made.add_argument("--on", type=day, metavar="NGÀY", help="ngày rà soát, dd/mm/yyyy (mặc định là hôm nay)")
    made.add_argument(
        "--output", "-o", metavar="TỆP.md", type=Path, help="viết trang báo cáo, biểu đồ đặt ở anh/ bên cạnh"
    )
    made.add_argument("--samples", type=_count, default=1000, metavar="SỐ", help="số lần lấy mẫu lại (mặc định 1000)")
    made.add_argument("--rules", metavar="TỆP.json", type=Path, help="ghi độ chính xác từng quy tắc thành dữ liệu")
    made.add_argument("--floors", metavar="TỆP.toml", type=Path, help="các mức sàn phải giữ và mức cần đạt")
    made.add_argument("--cross-validation", metavar="TỆP.json", type=Path, help="số đo đối chứng chéo theo lĩnh vực")
    made.add_argument(
        "--in-sample", action="store_true", help="máy đã được chỉnh trên chính các tệp này; trang sẽ ghi rõ"
    )
    made.add_argument("--note", default="", metavar="CÂU", help="một câu về các tệp này, ghi ở đầu trang")
    return made


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"“{text}” không phải một số nguyên từ 0 trở lên")
    return int(text)


def run(arguments: Sequence[str]) -> int:
    given = parser().read(arguments)
    on = given.on or date.today()  # noqa: DTZ011  the day on the clerk's own calendar
    read = [path for path in (*given.files, given.floors, given.cross_validation) if path]
    try:
        protect(read, [path for path in (given.output, given.rules) if path])
        cases = [case for path in given.files for case in screened(read_labelled(path), on=on)]
        subject = _subject(given, on)
        quality = measure(cases, samples=given.samples)
        _write(given, quality, subject)
    except (NotLabelled, NotMeasured, CannotWrite) as problem:
        say(str(problem))
        return _NOT_MEASURED
    if not given.output:
        print("\n".join(_in_short(quality)))
    return _held(quality, subject.floors)


def _subject(given: argparse.Namespace, on: date) -> Subject:
    return Subject(
        files=tuple(path.name for path in given.files),
        on=on,
        engine_version=engine_version(),
        samples=given.samples,
        note=given.note,
        in_sample=given.in_sample,
        floors=_read(given.floors, Floors.from_toml),
        held_out=_read(given.cross_validation, HeldOut.from_json),
    )


def _read(path: Path | None, parse: Callable[[str], Read]) -> Read | None:
    if path is None:
        return None
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise NotMeasured(f"Không đọc được “{path}”: {reason(problem)}. Đồng chí kiểm tra đường dẫn.") from None
    except UnicodeDecodeError:
        raise NotMeasured(f"Không đọc được “{path}”: không phải tệp chữ UTF-8. Đồng chí kiểm tra lại.") from None
    except (BadFloors, BadHeldOut) as problem:
        raise NotMeasured(f"{path.name}: {problem}. Đồng chí sửa rồi chạy lại.") from None


def _write(given: argparse.Namespace, quality: Quality, subject: Subject) -> None:
    if given.rules:
        _write_whole(given.rules, rules_as_data(quality, subject))
    if given.output:
        write_page(given.output, quality, subject)


def _write_whole(path: Path, text: str) -> None:
    with whole(path) as stream:
        stream.write(text.encode())


def write_page(output: Path, quality: Quality, subject: Subject) -> None:
    """The page, and its picture in the folder beside it."""
    from dotpha.documents.pieces import calibration, pictures  # charts cost half a second and are seldom wanted

    picture = output.parent / _PICTURES / f"{output.stem}.svg"
    _write_whole(output, page(quality, subject, picture=f"{_PICTURES}/{picture.name}"))
    try:
        picture.parent.mkdir(exist_ok=True)
    except OSError as problem:
        raise CannotWrite(f"Không ghi được “{picture.parent}”: {reason(problem)}.") from None
    drawn = pictures.chart(calibration.spec(quality.given_verdict, quality.breakthrough))
    _write_whole(picture, drawn + "\n")


def rules_as_data(quality: Quality, subject: Subject) -> str:
    """What `dotpha.rules.catalogue` reads: counts of registrations for each rule that claims something."""
    told: dict[str, Any] = {
        "files": subject.files,
        "registrations": quality.counts.total,
        "on": subject.on.isoformat(),
        "engine": subject.engine_version,
    }
    head = json.dumps(told, ensure_ascii=False, indent=1).removesuffix("\n}")
    rows = [f'  "{code}": {json.dumps(asdict(each))}' for code, each in quality.rules.items()]
    return head + ',\n "rules": {\n' + ",\n".join(rows) + "\n }\n}\n"


def _in_short(quality: Quality) -> list[str]:
    lines = [f"{quality.counts.total} bản đăng ký đã gán nhãn. Hàng: người xếp; cột: máy xếp."]
    lines.append(f"{'':14}" + "".join(f"{VERDICT_LABELS[each]:>14}" for each in VERDICTS))
    for label in VERDICTS:
        counts = "".join(f"{quality.counts.confused(label, given):>14}" for given in VERDICTS)
        lines.append(f"{VERDICT_LABELS[label]:14}{counts}")
    for name, value in quality.figures.items():
        sure = quality.sure.get(name)
        around = f"   ({sure[0]:.3f}–{sure[1]:.3f})" if sure and name not in CEILINGS else ""
        lines.append(f"{name:26}{f'{value:g}' if name in CEILINGS else f'{value:.3f}'}{around}")
    return lines


def _held(quality: Quality, floors: Floors | None) -> int:
    """Say which figures are under their floor."""
    short = missed(quality.figures, floors.floor) if floors else []
    for name in short:
        say(f"Dưới sàn: {name} = {quality.figures[name]:.3f}")
    return _UNDER_THE_FLOOR if short else 0
