"""Words in a drawing: SVG breaks no lines, so the server does, by the widths of the letters of Be Vietnam Pro."""

import unicodedata
from functools import lru_cache

# Hundredths of the size of the type, measured in the regular weight; a letter's marks stand above or below it.
_WIDTHS = {
    letter: width
    for width, letters in {
        26: "iIlj'|", 23: " ", 30: ".,;:!", 40: "frt“”1", 50: "()kzs/", 58: "hnuvxyz", 66: "abcdegopqđ0234567890*?&",
        68: "BEFKLPRSTX–-", 73: "ADNUVYH", 80: "CGOQĐ", 88: "mwM%", 100: "W—",
    }.items()
    for letter in letters
}  # fmt: skip
_OTHER = 75
_BOLD = 1.06
_ELLIPSIS = "…"


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """About how wide a line is; rather too wide than too narrow."""
    return sum(map(_letter, text)) / 100 * size * (_BOLD if is_bold else 1)


def wrapped(text: str, room: float, size: float, *, most: int, is_bold: bool = False) -> list[str]:
    """The words in lines no wider than `room`, at most `most` of them; what is left out is told by a sign.

    >>> wrapped("Đóng cửa bãi rác Đồng Mả", 100, 14, most=3)
    ['Đóng cửa bãi', 'rác Đồng Mả']
    >>> wrapped("Đóng cửa bãi rác Đồng Mả", 110, 14, most=1)
    ['Đóng cửa bãi…']
    """
    lines: list[str] = []
    left = 0.0
    for word in text.split():
        needed = width(f" {word}", size, is_bold=is_bold)
        if lines and needed <= left:
            lines[-1] += f" {word}"
            left -= needed
        else:
            lines += _pieces(word, room, size, is_bold)
            left = room - width(lines[-1], size, is_bold=is_bold)
        if len(lines) > most:
            return [*lines[: most - 1], _shortened(lines[most - 1], room, size, is_bold)]
    return lines


@lru_cache(maxsize=2048)
def _letter(letter: str) -> int:
    return _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _OTHER)


def _pieces(word: str, room: float, size: float, is_bold: bool) -> list[str]:
    """A word as it is, or cut where it is wider than a line: an address, words pasted without blanks."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, is_bold=is_bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shortened(line: str, room: float, size: float, is_bold: bool) -> str:
    while line and width(line + _ELLIPSIS, size, is_bold=is_bold) > room:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
