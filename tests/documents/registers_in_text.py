"""Text files of our own: signs between the fields, letters of other times."""

import unicodedata
from collections.abc import Callable
from typing import Any

from tests.documents.registers_in_old_fonts import tcvn3, vni
from tests.documents.registers_tasks import (
    ORGANIZATIONS,
    Expected,
    Made,
    cells,
    decimal,
    delimited,
    figures,
    shows,
)  # fmt: skip

_HEAD = [
    "STT",
    "Đơn vị",
    "Nhiệm vụ đột phá",
    "Nội dung",
    "Người chủ trì",
    "Chỉ tiêu",
    "ĐVT",
    "Hiện trạng",
    "Mục tiêu",
    "Hạn",
]


def _records(code: Callable[[str], str] = str) -> list[list[Any]]:
    rows: list[list[Any]] = [[code(text) for text in _HEAD]]
    for place, task in enumerate(ORGANIZATIONS[:2], 1):
        name, unit, low, high = figures(task)
        texts = [task["owner"], task["title"], task["description"], task["responsible"], name, unit]
        rows.append([place, *[code(text) for text in texts], decimal(low), decimal(high), code(task["deadline"])])
    return rows


def _records_expected(start: int = 2) -> Expected:
    return [
        shows(task, {"row": row}, "description", "responsible", "deadline", "indicators")
        for row, task in enumerate(ORGANIZATIONS[:2], start)
    ]


def _windows_1258(text: str) -> str:
    """Windows writes base letters with â, ê, ô, ă, ơ, ư whole and the tone after them."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tones)
    return "".join(out)


def windows_1258_tabs() -> Made:
    return Made(
        "windows-1258.tsv", delimited(_records(_windows_1258), separator="\t", coding="cp1258"), _records_expected()
    )


def utf16_from_excel() -> Made:
    """What Excel calls Unicode text: UTF-16 with tabs."""
    return Made("unicode-text.txt", delimited(_records(), separator="\t", coding="utf-16"), _records_expected())


def commas_with_title() -> Made:
    """Commas, a title and an empty line above, a heading of two lines that is not merged."""
    rows: list[list[Any]] = [["DANH SÁCH ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"], []]
    rows.append(
        ["STT", "Đơn vị", "Nhiệm vụ đột phá", "Nội dung", "Người chủ trì", "Kết quả phải đạt", "", "", "", "Hạn"]
    )
    rows.append(["", "", "", "", "", "Tên chỉ tiêu", "ĐVT", "Hiện trạng", "Mục tiêu", ""])
    return Made("dau-phay.csv", delimited([*rows, *_records()[1:]]), _records_expected(5))


def tcvn3_csv() -> Made:
    return Made("vntime.csv", delimited(_records(tcvn3), separator=";", coding="cp1252"), _records_expected())


def vni_csv() -> Made:
    return Made("vni.csv", delimited(_records(vni), separator=";", coding="cp1252"), _records_expected())


def english_export() -> Made:
    """English headings, camelCase, points as decimals, a byte order mark."""
    rows: list[list[Any]] = [
        cells(
            "taskId|organizationName|taskTitle|taskDescription|responsiblePerson|"
            "indicatorName|unit|baseline|target|dueDate|createdAt"
        )
    ]
    for place, task in enumerate(ORGANIZATIONS[:2], 1):
        name, unit, low, high = figures(task)
        rows.append(
            [
                f"T-{place}",
                task["owner"],
                task["title"],
                task["description"],
                task["responsible"],
                name,
                unit,
                f"{low:.1f}",
                f"{high:.1f}",
                task["deadline_iso"],
                "2022-01-03",
            ]
        )
    expected = [
        shows(
            task,
            {"row": row},
            "description",
            "responsible",
            "indicators",
            deadline=task["deadline_iso"],
            deadline_iso=task["deadline_iso"],
        )
        for row, task in enumerate(ORGANIZATIONS[:2], 2)
    ]
    return Made("export.csv", delimited(rows, coding="utf-8-sig"), expected)
