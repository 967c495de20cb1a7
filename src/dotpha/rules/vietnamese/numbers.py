"""Numbers as Vietnamese offices write them: 3,2 km; 1.250 triệu đồng; 02 tuyến; mười một lần."""

import re

# A dot before exactly three digits is a thousands dot, a comma the decimal sign. Exports of foreign programs
# turn this round; "1,250.5" is told by its pattern, "3.2" by the missing third digit.
NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.])|\d{1,3}(?:,\d{3})+\.\d+|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(NUMBER)
_THOUSANDS_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
NUMBER_WORDS = frozenset(_DIGITS) | {"mười", "mươi", "trăm", "linh", "lẻ", "chục", "nửa", "tá"}


def parse_number(text: str) -> float | None:
    """The number a short text is, or None.

    >>> parse_number("3.412"), parse_number("2,4"), parse_number("98.4"), parse_number("1.250,5")
    (3412.0, 2.4, 98.4, 1250.5)
    >>> parse_number("về đích") is None
    True
    """
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    sign = -1.0 if text.startswith(("-", "−")) else 1.0
    text = text.lstrip("-−+")
    if _THOUSANDS_DOTS.fullmatch(text):
        return sign * float(text.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(text):
        return sign * float(text.replace(",", ""))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", text):
        return sign * float(text.replace(",", "."))
    return None


def number_in_words(words: list[str]) -> int | None:
    """The value of a run of Vietnamese number words below a thousand; words are lower case with accents.

    >>> number_in_words(["mười", "một"]), number_in_words(["hai", "mươi"]), number_in_words(["ba"])
    (11, 20, 3)
    """
    total, current, seen = 0, 0, False
    for word in words:
        if word in _DIGITS:
            current, seen = _DIGITS[word], True
        elif word in ("mười", "chục"):
            total, current, seen = total + 10 * max(current, 1), 0, True
        elif word == "mươi":
            total, current = total + 10 * current, 0
        elif word == "trăm":
            total, current = total + 100 * max(current, 1), 0
        elif word not in ("linh", "lẻ"):
            return None
    return total + current if seen else None


def show_number(value: float, places: int = 2) -> str:
    """Decimal comma, thousands dot, no idle zeros.

    >>> show_number(1250.5), show_number(70.0), show_number(2.186), show_number(-0.5)
    ('1.250,5', '70', '2,19', '-0,5')
    """
    text = f"{value:,.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text == "-0":
        text = "0"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")
