"""Letters and words. Everything that returns text for matching keeps its length, so spans stay true."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Typists and programs put many signs where one is meant; each maps to one character.
_SIGNS = {
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\r\n",
        " ",
    ),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    "…": ".",
}


def _bare(letter: str) -> str:
    """The unaccented lower-case letter of one precomposed letter; other characters unchanged."""
    if letter in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 and base.isalpha() else letter


_LATIN = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1F00)) if chr(code).isalpha()]
_FOLD = str.maketrans(
    {letter: _bare(letter) for letter in _LATIN}
    | {chr(code): chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    | _SIGNS
)
_SIGN = re.compile("[" + "".join(_SIGNS) + "İ]")  # İ is the one letter that grows when it is lowered
_ONE_FOR_ONE = str.maketrans({**_SIGNS, "İ": "i"})

# The new way puts the tone on the second vowel (hoà, khoẻ, thuỷ), the old on the first (hòa, khỏe, thủy).
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONE_PLACE = {
    first + unicodedata.normalize("NFC", second + tone):
        unicodedata.normalize("NFC", first + tone) + second
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for tone in _TONES
}  # fmt: skip
_NEW_TONE_PLACE = re.compile(r"(?<!q)(" + "|".join(_TONE_PLACE) + r")(?!\w)")

_ACCENTED = re.compile("[" + "".join(_LATIN) + "]")
_LETTER = re.compile(r"[^\W\d_]")
# Characters that are obeyed rather than shown: controls that are no white space, and the marks that turn the
# direction of writing. With those that show nothing they could say one thing and do another.
COMMANDS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
HIDDEN = COMMANDS + "\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
_HIDDEN = re.compile(f"[{HIDDEN}]")
WORD = re.compile(r"\w+(?:[/&]\w+)*|%")


@lru_cache(maxsize=1024)  # every rule asks for the same few texts of one registration
def fold(text: str) -> str:
    """Lower case without diacritics, same length, for text in NFC.

    >>> fold("Đảng bộ xã Bằng Khê")
    'dang bo xa bang khe'
    """
    return text.translate(_FOLD)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Lower case with one way of placing tones, same length: for matching, never for showing.

    >>> plain("XOÁ nhà tạm, Hoà Lạc, quý III")
    'xóa nhà tạm, hòa lạc, quý iii'
    """
    if _SIGN.search(text):
        text = text.translate(_ONE_FOR_ONE)
    return _NEW_TONE_PLACE.sub(lambda found: _TONE_PLACE[found[0]], text.lower())


def tidy(text: str) -> str:
    """NFC with every run of white space as one space, and nothing hidden in it; what is shown and stored.

    >>> tidy("  Đường\\u00a0trục\\n xã "), tidy("\\u202eĐường\\x1b[31m trục\\u200b")
    ('Đường trục xã', 'Đường[31m trục')
    """
    return " ".join(unicodedata.normalize("NFC", _HIDDEN.sub("", text)).split())


def lacks_diacritics(text: str) -> bool:
    """Whether Vietnamese was typed without accents: "hoan thanh duong truc xa".

    Ordinary Vietnamese carries an accent on one letter in four; short texts get the benefit of doubt.

    >>> lacks_diacritics("Dua nuoc sach ve thon Trai"), lacks_diacritics("Đưa nước sạch vào")
    (True, False)
    """
    accented = len(_ACCENTED.findall(text))
    if accented >= len(text) * 0.03:  # as nearly always: then the letters need not be counted
        return False
    letters = len(_LETTER.findall(text))
    return letters >= 8 and accented < letters * 0.03


class Word(NamedTuple):
    """A named tuple, because a hundred are made for every registration."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Words of a text made by `plain` or `fold`; "18-nq/tw" stays recognisable as "nq/tw"."""
    for found in WORD.finditer(text):
        yield Word(found[0], *found.span())


@lru_cache(maxsize=4096)
def sort_key(name: str) -> tuple[tuple[int, ...], ...]:
    """Order Vietnamese words as a dictionary does: a ă â b c d đ e ê …, then by tone.

    >>> sorted(["Đồng Vang", "Bằng Khê", "Dương", "Bản Cỏi"], key=sort_key)
    ['Bản Cỏi', 'Bằng Khê', 'Dương', 'Đồng Vang']
    """
    letters: list[int] = []
    tones: list[int] = []
    for letter in plain(unicodedata.normalize("NFC", name)):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONE_ORDER.index(mark) + 1 for mark in parts if mark in _TONE_ORDER), 0)
        shape = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONE_ORDER))
        letters.append(_ALPHABET.get(shape, ord(shape[0]) if shape < "a" else 1000 + ord(shape[0])))
        tones.append(tone)
    return tuple(letters), tuple(tones)


_TONE_ORDER = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_ALPHABET = {letter: 200 + place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
