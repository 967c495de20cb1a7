"""The tasks that registers made for tests hold, and what helps to lay them out.

A `Made` is a file's name, its bytes and the expected lines. The tasks are invented; what a layout does not
show is left out of its expectation by `shows`.
"""

import copy
import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import docx
import openpyxl

Task = dict[str, Any]
Expected = list[Task]


@dataclass(frozen=True)
class Made:
    name: str
    data: bytes
    expected: Expected


def _indicator(name: str, unit: str, baseline: float, target: float) -> dict[str, Any]:
    return {"name": name, "unit": unit, "baseline": baseline, "target": target}


ROAD: Task = {
    "owner": "Đảng bộ xã Bằng Khê",
    "owner_type": "organization",
    "title": "Mở đường vào bản Khe Lạnh sau 15 năm chờ đợi",
    "description": "Bản có 62 hộ, mùa mưa bị cô lập. Năm nay dân hiến 1,2 ha đất để làm xong cả tuyến.",
    "responsible": "Chủ tịch UBND xã",
    "responsibilities": "Chủ tịch UBND xã chủ trì; Mặt trận vận động hiến đất; Công an xã giữ trật tự.",
    "deadline": "30/11/2022",
    "deadline_iso": "2022-11-30",
    "indicators": [_indicator("Chiều dài đường đã làm", "km", 0, 4.8)],
}
LETTERS: Task = {
    "owner": "Chi bộ Phòng Nội vụ huyện",
    "owner_type": "organization",
    "title": "Trả lời hết đơn thư quá hạn của công dân",
    "description": "Còn 37 đơn để quá hạn từ năm 2018, nhiều đơn không rõ ai giải quyết.",
    "responsible": "Trưởng phòng Nội vụ",
    "responsibilities": "Trưởng phòng phân loại; chuyên viên soạn trả lời; Thanh tra huyện phối hợp.",
    "deadline": "quý III/2022",
    "deadline_iso": "2022-09-30",
    "indicators": [_indicator("Số đơn quá hạn", "đơn", 37, 0)],
}
CLINIC: Task = {
    "owner": "Đảng bộ Trung tâm Y tế huyện",
    "owner_type": "organization",
    "title": "Nâng tỷ lệ hồ sơ sức khỏe điện tử",
    "description": "Ba năm qua chỉ tăng được 4 điểm phần trăm vì thiếu máy và thiếu người nhập.",
    "responsible": "Giám đốc Trung tâm Y tế",
    "deadline": "trước ngày 15/12/2022",
    "deadline_iso": "2022-12-15",
    "indicators": [
        _indicator("Hồ sơ sức khỏe điện tử", "%", 31.5, 90),
        _indicator("Số trạm nhập liệu hằng ngày", "trạm", 3, 11),
    ],
}
MAI: Task = {
    "owner": "Lò Thị Mai",
    "owner_type": "individual",
    "position": "Bí thư Đoàn xã Thượng Sơn",
    "title": "Dạy chữ cho 45 phụ nữ bản Huổi Lót",
    "description": "Tôi mở ba lớp xóa mù buổi tối, tự đứng lớp hai buổi mỗi tuần.",
    "deadline": "31/10/2022",
    "deadline_iso": "2022-10-31",
    "indicators": [_indicator("Số phụ nữ biết chữ", "người", 0, 45)],
}
VAN: Task = {
    "owner": "Giàng Seo Vần",
    "owner_type": "individual",
    "position": "Phó Chủ tịch UBND xã Bản Cỏi",
    "title": "Chấm dứt cấp trùng giấy chứng nhận ở bản Suối Ngang",
    "description": "Mười một thửa bị cấp trùng từ năm 2009, tôi nhận làm tổ trưởng tổ rà soát.",
    "deadline": "30/6/2022",
    "deadline_iso": "2022-06-30",
    "indicators": [_indicator("Số thửa cấp trùng", "thửa", 11, 0)],
}
ORGANIZATIONS: Expected = [ROAD, LETTERS, CLINIC]
PEOPLE: Expected = [MAI, VAN]


def shows(task: Task, source: dict[str, Any], *fields: str, **changes: Any) -> dict[str, Any]:
    """What a layout that shows only these fields of a task makes of it."""
    kept = {"source": source, "owner": task["owner"], "owner_type": task["owner_type"], "title": task["title"]}
    for name in fields:
        if name in task:
            kept[name] = copy.deepcopy(task[name])
    if "deadline" in kept and "deadline_iso" in task:
        kept["deadline_iso"] = task["deadline_iso"]
    kept.setdefault("indicators", [])
    kept.update(changes)
    return {name: value for name, value in kept.items() if value is not None}


ALL = ("position", "description", "responsible", "responsibilities", "deadline", "indicators")


def decimal(value: float) -> str:
    """A number as it is typed: decimal comma."""
    return f"{value:g}".replace(".", ",")


def workbook(fill: Callable[[Any], None], *, sheet: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = sheet
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(texts: str) -> list[str | None]:
    """Texts of a row, divided by "|"; nothing between two bars is an empty cell."""
    return [text or None for text in texts.split("|")]


def put(sheet: Any, row: int, values: Sequence[Any], *, start: int = 1) -> None:
    for place, value in enumerate(values):
        if value is not None:
            sheet.cell(row, start + place, value)


def document(fill: Callable[[Any], None]) -> bytes:
    made = docx.Document()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def delimited(rows: Iterable[Sequence[Any]], *, separator: str = ",", coding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(coding)


def figures(task: Task, place: int = 0) -> list[Any]:
    each = task["indicators"][place]
    return [each["name"], each["unit"], each["baseline"], each["target"]]
