"""JSON lines: registrations as `dotpha read` writes them, or with the fields of the labelled corpus.

Only the fields of a registration are looked at; `labels` and `note` of a corpus are never touched. A line that
cannot be read is told by its number, and the others are read.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from dotpha.documents.registers.cells import harmless
from dotpha.documents.registers.deadlines import deadline
from dotpha.documents.registers.legacy import repair, suspicious
from dotpha.documents.registers.reading import Place, Remark, shorten
from dotpha.rules.registration import TEXT_FIELDS, Indicator, Registration
from dotpha.rules.vietnamese.dates import period_end
from dotpha.rules.vietnamese.numbers import parse_number
from dotpha.rules.vietnamese.text import tidy

_TEXTS = (*TEXT_FIELDS, "id", "deadline_iso", "start", "parent_id", "parent_title", "prior_year_title")
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_MAX_LINE = 10_000_000


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one too long for a registration only as much as tells that it is."""
    while line := file.readline(_MAX_LINE + 1):
        if len(line) <= _MAX_LINE:
            yield from line.rstrip(b"\r\n").split(b"\r")  # no text in JSON holds a return as it is
            continue
        yield line
        while len(line) > _MAX_LINE and not line.endswith(b"\n"):
            line = file.readline(_MAX_LINE + 1)


class _Bad(ValueError):
    """A line that is no registration; the text says why, in Vietnamese."""


def read_jsonl_lines(lines: Iterable[bytes | str], name: str) -> Iterator[Registration | Remark]:
    """Registrations and remarks, one line after another, without holding the file.

    `name` is the file's, for `source` and for remarks.
    """
    for number, line in enumerate(lines, 1):
        place = Place(file=name, row=number)
        try:
            row = _parsed(line, number)
            if row is None:
                continue
            doubts: list[str] = []
            yield _registration(row, name, number, doubts)
        except _Bad as error:
            yield Remark(place, f"{error}; dòng này chưa được đọc, đề nghị kiểm tra.")
            continue
        for doubt in doubts:
            yield Remark(place, doubt)


def _parsed(line: bytes | str, number: int) -> dict[str, Any] | None:
    if len(line) > _MAX_LINE:
        raise _Bad("dòng quá dài")
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8") if isinstance(line, bytes) else line
        text = text.strip().removeprefix("\ufeff")
        row = json.loads(text) if text else None
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _Bad("không phải một dòng JSON hợp lệ") from error
    if row is not None and not isinstance(row, dict):
        raise _Bad("không phải một bản đăng ký (cần một đối tượng JSON)")
    return row


def _registration(row: dict[str, Any], name: str, number: int, doubts: list[str]) -> Registration:
    texts = {field: _text(row.get(field), field, doubts) for field in _TEXTS}
    if not texts["title"] and not texts["owner"]:
        raise _Bad("không có tên nhiệm vụ và đơn vị đăng ký")
    source = _harmless_source(row["source"]) if isinstance(row.get("source"), dict) else {}
    originals = _repair(texts) | _with_commands(row)
    if originals:
        source["original"] = {**originals, **(source.get("original") or {})}
    source = {"file": name} | source if source else {"file": name, "row": number}
    if texts["deadline"] and not texts["deadline_iso"]:
        _, texts["deadline_iso"], impossible = deadline(texts["deadline"], None)
        if impossible:
            doubts.append(f"thời hạn “{shorten(texts['deadline'])}” là ngày không có trong lịch; đề nghị kiểm tra.")
    indicators = row.get("indicators")
    if indicators is not None and not isinstance(indicators, list):
        doubts.append("chưa đọc được danh sách chỉ tiêu; đề nghị kiểm tra.")
        indicators = None
    return Registration(
        **texts,
        owner_type="individual" if row.get("owner_type") == "individual" else "organization",
        indicators=tuple(_indicator(each, doubts) for each in indicators or () if isinstance(each, dict)),
        source=source,
    )


def _text(value: Any, field: str, doubts: list[str]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if _is_tidy(value) else tidy(value)
    if isinstance(value, int | float):
        return str(value)
    doubts.append(f"trường “{field}” không phải chữ nên chưa đọc; đề nghị kiểm tra.")
    return ""


def _with_commands(row: dict[str, Any]) -> dict[str, str]:
    """The originals of texts that held what a screen would obey."""
    texts = {field: value for field in _TEXTS if isinstance(value := row.get(field), str) and not value.isprintable()}
    return {field: shown for field, value in texts.items() if (shown := harmless(value)) != value}


def _harmless_source(source: dict[str, Any]) -> dict[str, Any]:
    """Where a line came from, which nobody reads as a text of the registration and many will be shown."""
    try:
        written: dict[str, Any] = _written_out(source)
    except RecursionError as error:
        raise _Bad("nguồn ghi lồng nhau quá sâu") from error
    return written


def _written_out(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isprintable() else harmless(value)
    if isinstance(value, dict):
        return {_written_out(key): _written_out(each) for key, each in value.items()}
    return [_written_out(each) for each in value] if isinstance(value, list) else value


def _is_tidy(text: str) -> bool:
    return text.isascii() and text.isprintable() and "  " not in text and text == text.strip()


def _repair(texts: dict[str, str]) -> dict[str, str]:
    """Decode what was typed in old fonts; the originals of what changed."""
    named = [field for field in (*TEXT_FIELDS, "parent_title", "prior_year_title") if texts[field]]
    if not any(not texts[field].isascii() and suspicious(texts[field]) for field in named):
        return {}
    originals = {}
    for field, after in zip(named, repair([texts[field] for field in named]), strict=True):
        if after != texts[field]:
            originals[field], texts[field] = texts[field], tidy(after)
    return originals


def _indicator(row: dict[str, Any], doubts: list[str]) -> Indicator:
    history = row.get("history")
    points = history.items() if isinstance(history, dict) else history if isinstance(history, list) else ()
    return Indicator(
        name=_text(row.get("name"), "name", doubts),
        unit=_text(row.get("unit"), "unit", doubts),
        baseline=_number(row.get("baseline"), doubts),
        target=_number(row.get("target"), doubts),
        history=tuple(point for each in points if (point := _point(each, doubts)) is not None),
        kind=_text(row.get("kind"), "kind", doubts),
        better=_text(row.get("better"), "better", doubts),
    )


def _number(value: Any, doubts: list[str]) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300:
        return value
    number = parse_number(value) if isinstance(value, str) else None
    if number is None:
        doubts.append(f"chưa đọc được số từ “{shorten(str(value))}”; đề nghị kiểm tra.")
    return number


def _point(each: Any, doubts: list[str]) -> tuple[str, float] | None:
    if isinstance(each, list | tuple) and len(each) == 2 and _is_period(str(each[0])):
        value = _number(each[1], doubts)
        return None if value is None else (str(each[0]), value)
    doubts.append(f"chưa đọc được số liệu kỳ trước “{shorten(str(each))}”; đề nghị kiểm tra.")
    return None


def _is_period(text: str) -> bool:
    try:
        return _PERIOD.fullmatch(text) is not None and bool(period_end(text))
    except ValueError:
        return False
