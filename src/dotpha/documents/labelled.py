"""Labelled registrations: JSON lines whose `labels` people wrote, to measure the screening by.

The registrations are read as `dotpha screen` reads them. Where a register with a bad line is still worth screening,
a measurement over part of a file would say something about another file: here every line must be whole.
"""

import json
from pathlib import Path

from dotpha.core.failures import reason
from dotpha.documents.registers import Remark, read_jsonl_lines
from dotpha.rules.screening.quality.labels import BadLabels, Labelled, Labels


class NotLabelled(ValueError):
    """The file cannot be measured by; the text says what happened and what to do, in Vietnamese."""


def read_labelled(path: Path) -> list[Labelled]:
    """Every registration of the file with its labels, in order.

    Raises:
        NotLabelled: the file cannot be read, is empty, or a line of it is no labelled registration.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as problem:
        raise NotLabelled(f"Không đọc được {path.name} ({reason(problem)}). Đồng chí kiểm tra đường dẫn.") from None
    except UnicodeDecodeError:
        raise NotLabelled(f"{path.name} không phải tệp chữ UTF-8. Đồng chí chọn tệp .jsonl đã gán nhãn.") from None
    labelled = [_labelled(line, number, path.name) for number, line in enumerate(lines, 1) if line.strip()]
    if not labelled:
        raise NotLabelled(f"{path.name} chưa có bản đăng ký nào. Mỗi dòng cần một bản đăng ký kèm khóa “labels”.")
    return labelled


def _labelled(line: str, number: int, name: str) -> Labelled:
    where = f"{name}, dòng {number}"
    read = next(read_jsonl_lines([line], name))
    if isinstance(read, Remark):
        raise NotLabelled(f"{where}: {read.message}")
    row = json.loads(line)
    try:
        labels = Labels.from_json(row.get("labels"))
    except BadLabels as problem:
        raise NotLabelled(f"{where}: {problem}. Đồng chí bổ sung rồi chạy lại.") from None
    return Labelled(read, labels, str(row.get("field") or ""))
