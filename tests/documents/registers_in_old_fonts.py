"""Workbooks typed in fonts of before Unicode, and the coding of such text."""

import unicodedata
from collections.abc import Callable
from typing import Any

from openpyxl.styles import Font

from tests.documents.registers_tasks import (
    ORGANIZATIONS,
    ROAD,
    Expected,
    Made,
    figures,
    put,
    shows,
    workbook,
)  # fmt: skip

_TCVN3 = {
    "Ă": "¡",
    "Â": "¢",
    "Ê": "£",
    "Ô": "¤",
    "Ơ": "¥",
    "Ư": "¦",
    "Đ": "§",
    "ă": "¨",
    "â": "©",
    "ê": "ª",
    "ô": "«",
    "ơ": "¬",
    "ư": "\u00ad",
    "đ": "®",
    "à": "µ",
    "á": "¸",
    "ả": "¶",
    "ã": "·",
    "ạ": "¹",
    "ằ": "»",
    "ắ": "¾",
    "ẳ": "¼",
    "ẵ": "½",
    "ặ": "Æ",
    "ầ": "Ç",
    "ấ": "Ê",
    "ẩ": "È",
    "ẫ": "É",
    "ậ": "Ë",
    "è": "Ì",
    "é": "Ð",
    "ẻ": "Î",
    "ẽ": "Ï",
    "ẹ": "Ñ",
    "ề": "Ò",
    "ế": "Õ",
    "ể": "Ó",
    "ễ": "Ô",
    "ệ": "Ö",
    "ì": "×",
    "í": "Ý",
    "ỉ": "Ø",
    "ĩ": "Ü",
    "ị": "Þ",
    "ò": "ß",
    "ó": "ã",
    "ỏ": "á",
    "õ": "â",
    "ọ": "ä",
    "ồ": "å",
    "ố": "è",
    "ổ": "æ",
    "ỗ": "ç",
    "ộ": "é",
    "ờ": "ê",
    "ớ": "í",
    "ở": "ë",
    "ỡ": "ì",
    "ợ": "î",
    "ù": "ï",
    "ú": "ó",
    "ủ": "ñ",
    "ũ": "ò",
    "ụ": "ô",
    "ừ": "õ",
    "ứ": "ø",
    "ử": "ö",
    "ữ": "÷",
    "ự": "ù",
    "ỳ": "ú",
    "ý": "ý",
    "ỷ": "û",
    "ỹ": "ü",
    "ỵ": "þ",
}
_VNI_MARKS = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_VNI_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_VNI_BOW = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_VNI_WHOLE = {
    "đ": "ñ",
    "Đ": "Ñ",
    "ị": "ò",
    "Ị": "Ò",
    "ỉ": "æ",
    "Ỉ": "Æ",
    "ĩ": "ó",
    "Ĩ": "Ó",
    "ì": "ì",
    "í": "í",
    "ơ": "ô",
    "Ơ": "Ô",
    "ư": "ö",
    "Ư": "Ö",
}


def tcvn3(text: str) -> str:
    """A text as the keyboard programs of the 1990s stored it; capitals with accents fall to small letters."""
    return "".join(_TCVN3.get(letter, _TCVN3.get(letter.lower(), letter)) for letter in text)


def vni(text: str) -> str:
    out = []
    for letter in text:
        if letter in _VNI_WHOLE or letter.isascii():
            out.append(_VNI_WHOLE.get(letter, letter))
            continue
        base, *marks = list(unicodedata.normalize("NFD", letter))
        tone = next((mark for mark in marks if mark in _VNI_MARKS), "")
        table = _VNI_HAT if "\u0302" in marks else _VNI_BOW if "\u0306" in marks else _VNI_MARKS
        mark = table.get(tone, "")
        horn = {"o": "ô", "O": "Ô", "u": "ö", "U": "Ö"}.get(base, base) if "\u031b" in marks else base
        out.append(horn + (mark.upper() if base.isupper() else mark))
    return "".join(out)


def _legacy_sheet(code: Callable[[str], str], font: str | None) -> bytes:
    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, [code("Danh sách việc đột phá đăng ký năm 2022")])
        put(
            sheet,
            3,
            [
                code(text)
                for text in (
                    "TT",
                    "Đơn vị",
                    "Việc đột phá",
                    "Mô tả",
                    "Người phụ trách",
                    "Chỉ tiêu",
                    "ĐVT",
                    "Hiện trạng",
                    "Mục tiêu",
                    "Thời hạn",
                )
            ],
        )
        for row, task in enumerate(ORGANIZATIONS[:2], 4):
            name, unit, low, high = figures(task)
            values = [task["owner"], task["title"], task["description"], task["responsible"], name, unit]
            put(sheet, row, [row - 3, *[code(value) for value in values], low, high, code(task["deadline"])])
        if font:
            for line in sheet.iter_rows():
                for cell in line:
                    cell.font = Font(name=font)

    return workbook(fill)


def _legacy_expected() -> Expected:
    return [
        shows(task, {"sheet": "Sheet1", "row": row}, "description", "responsible", "deadline", "indicators")
        for row, task in enumerate(ORGANIZATIONS[:2], 4)
    ]


def in_tcvn3() -> Made:
    """Everything in TCVN3, heading and title too, in its font."""
    return Made("phong-vntime.xlsx", _legacy_sheet(tcvn3, ".VnTime"), _legacy_expected())


def in_vni_without_font() -> Made:
    """Everything in VNI, laid over with a Unicode font: only the letters tell."""
    return Made("phong-vni.xlsx", _legacy_sheet(vni, "Times New Roman"), _legacy_expected())


def cells_of_two_codings() -> Made:
    """In one row a cell in Unicode, one in TCVN3, one without accents."""

    def fill(book: Any) -> None:
        sheet = book.active
        put(sheet, 1, ["Đơn vị", "Nhiệm vụ đột phá", "Nội dung", "Chủ trì", "Hạn"])
        put(
            sheet,
            2,
            [ROAD["owner"], tcvn3(ROAD["title"]), ROAD["description"], "Chu tich UBND xa", tcvn3("trước 30/11/2022")],
        )

    expected = [
        shows(
            ROAD,
            {"sheet": "Sheet1", "row": 2},
            "description",
            responsible="Chu tich UBND xa",
            deadline="trước 30/11/2022",
            deadline_iso="2022-11-30",
        )
    ]
    return Made("lan-lon-phong.xlsx", workbook(fill), expected)
