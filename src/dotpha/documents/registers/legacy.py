"""Text typed in the fonts of before Unicode: TCVN3 (.VnTime, also called ABC) and VNI, told and decoded.

Such text arrives as Latin letters and signs ("§¶ng bé", "Ñaûng boä"). Three kinds of evidence tell it: the
name of the font where the file gives one, letters no Vietnamese word has, and how many words become Vietnamese
syllables when decoded. A row or paragraph is judged as a whole, for one short cell proves little; a cell that
already holds letters only Unicode has is left alone.

U+00AD, the soft hyphen, is "ư" in TCVN3: decode first, clean afterwards.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal

from dotpha.documents.registers.syllables import COMMON, is_syllable

Coding = Literal["tcvn3", "vni"]

# Signs and letters of Latin-1 that no Vietnamese Unicode text needs, and pairs of letters none writes.
SIGNS = (
    "\u00a1-\u00af\u00b4-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff\u2212\u2219"
)
_SIGN = re.compile(f"[{SIGNS}]")
_PAIR = re.compile("[aeAE][\u00c0-\u00fc]|[oOuUyYôÔ][ùÙõÕ]|[oO][âÂ]")
_UNICODE_ONLY = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_BREAK = re.compile(r"([\s!-/:-@\[-`{-~\u2013\u2014\u2018-\u201d\u2026\u00a0]+)")
_ABBREVIATION = re.compile(r"[A-Z0-9&]{2,}|\d+|.")
_MIN_SHARE = 0.65  # of the words that must be syllables before a text counts as Vietnamese


def suspicious(text: str) -> bool:
    """Whether a text is worth looking at; nearly all Unicode text is not, and this is cheap.

    >>> suspicious("Đảng bộ xã Bằng Khê"), suspicious("haèng tuaàn"), suspicious("tr\u00adíc")
    (False, True, True)
    """
    return _SIGN.search(text) is not None or (_UNICODE_ONLY.search(text) is None and _PAIR.search(text) is not None)


def any_suspicious(texts: Sequence[str]) -> bool:
    """Whether one of a row's texts, which have no signs of old codings, holds a pair of letters none writes.

    Such a text is Latin throughout: a letter only Unicode has, which most texts soon show, ends the question.
    """
    find, pair = _UNICODE_ONLY.search, _PAIR.search
    for text in texts:
        if len(text) < 24:
            if _short_suspicious(text):
                return True
        elif find(text) is None and pair(text) is not None:
            return True
    return False


@lru_cache(maxsize=16384)
def _short_suspicious(text: str) -> bool:
    """The same of one short text: names, units and posts come again and again."""
    return _UNICODE_ONLY.search(text) is None and _PAIR.search(text) is not None


def coding_of_font(font: str) -> tuple[Coding | None, bool]:
    """The coding a font stands for, and whether it draws small letters as capitals.

    >>> coding_of_font(".VnTimeH"), coding_of_font("VNI-Times"), coding_of_font("Times New Roman")
    (('tcvn3', True), ('vni', False), (None, False))
    """
    name = font.strip().lower()
    if name.startswith((".vn", "vntime", "vnarial", "abc ")):
        return "tcvn3", name.endswith("h")
    if name.startswith(("vni-", "vni ")):
        return "vni", False
    return None, False


@cache
def _converter(coding: Coding) -> Callable[[str], str]:
    """The table of a coding. Imported late: the library takes a tenth of a second, most files need none."""
    from viparse.normalize.tables import build_charmap, convert
    from viparse.normalize.tcvn3 import TCVN3
    from viparse.normalize.vni import VNI

    if coding == "tcvn3":
        return lambda text: str(convert(text, TCVN3))
    known = dict(VNI.pairs)
    table = build_charmap("vni", [*known.items(), *_more_vni(known)])
    return lambda text: str(convert(text, table))


def _more_vni(known: dict[str, str]) -> list[tuple[str, str]]:
    """Pairs the library's table lacks: ẳ, and a capital followed by the mark of a small letter ("Uûy ban").

    VNI writes a letter and one mark after it, so the rest of the table follows from its rule.
    """
    tones = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
    hats = {"á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323", "â": ""}
    bows = {"é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323", "ê": ""}
    pairs = {
        base + mark: shape + tone
        for mark, tone in tones.items()
        for base, shape in zip("aeiouyôö", "aeiouyơư", strict=True)
    }
    pairs |= {
        base + mark: shape + tone for mark, tone in hats.items() for base, shape in zip("aeo", "âêô", strict=True)
    }
    pairs |= {"a" + mark: "ă" + tone for mark, tone in bows.items()} | {"î": "ỵ"}
    wanted = {}
    for legacy, letter in pairs.items():
        letter = unicodedata.normalize("NFC", letter)
        wanted[legacy] = letter
        wanted[legacy.upper()] = letter.upper()
        wanted[legacy[0].upper() + legacy[1:]] = letter.upper()
    return [(legacy, letter) for legacy, letter in wanted.items() if legacy not in known]


@lru_cache(maxsize=16384)
def _decode_word(word: str, coding: Coding) -> str:
    return _converter(coding)(word)


def decode(text: str, coding: Coding, *, capitals: bool = False) -> str:
    """Unicode for a text known to be in `coding`; `capitals` where its font draws small letters large.

    A title typed in capitals has accented letters only in small ("§¶NG Bé"): they follow the rest.

    >>> decode("§¶ng bé x· Hßa L¹c", "tcvn3"), decode("thaúng, Uûy ban", "vni")
    ('Đảng bộ xã Hòa Lạc', 'thẳng, Ủy ban')
    >>> decode("§¶NG Bé HUYÖN", "tcvn3")
    'ĐẢNG BỘ HUYỆN'
    """
    plain_letters = [letter for letter in text if letter.isascii() and letter.isalpha()]
    shouted = len(plain_letters) >= 3 and all(letter.isupper() for letter in plain_letters)
    decoded = _converter(coding)(text)
    if capitals or (shouted and coding == "tcvn3"):
        return decoded.upper()
    # TCVN3 has no capital with a tone: "ñy ban" opens a name or a sentence all the same.
    opens = (
        coding == "tcvn3"
        and " " in text
        and decoded[:1] != text[:1]
        and len(unicodedata.normalize("NFD", decoded[:1])) > 1
    )
    return decoded[:1].upper() + decoded[1:] if opens else decoded


def repair(texts: Sequence[str], fonts: Sequence[str] | None = None, leaning: Coding | None = None) -> list[str]:
    """The texts of one row or paragraph with those in an old coding decoded; the others as they are.

    `fonts` names the font of each text where the file tells, "" where it does not. `leaning` is the coding of
    the rows before: it settles a row too short to tell by itself, if that makes common words of it.

    >>> repair(["§¶ng bé x· Hßa L¹c H¹", "tr­íc 15/12", "Đảng bộ xã Bằng Khê"])
    ['Đảng bộ xã Hòa Lạc Hạ', 'trước 15/12', 'Đảng bộ xã Bằng Khê']
    >>> repair(["Où est la bibliothèque ?", "m² © 2022"])
    ['Où est la bibliothèque ?', 'm² © 2022']
    >>> repair(["Sè hé"]), repair(["Sè hé"], leaning="tcvn3")
    (['Sè hé'], ['Số hộ'])
    """
    if not any(map(suspicious, texts)) and not (fonts and any(fonts)) and leaning is None:
        return list(texts)
    of_row = coding_of(texts)
    return [
        _repair_one(text, of_row, fonts[place] if fonts else "", leaning) if not text.isascii() else text
        for place, text in enumerate(texts)
    ]


def _repair_one(text: str, of_row: Coding | None, font: str, leaning: Coding | None) -> str:
    of_font, capitals = coding_of_font(font)
    if _UNICODE_ONLY.search(text):
        return _repair_words(text)
    own = _coding_of([text])
    coding = of_font or own or of_row
    if coding is None:
        return decode(text, leaning) if leaning and _makes_common(text, leaning) else text
    if of_font and own and own != of_font:
        coding, capitals = own, False  # the font was laid over a text of another coding
    if coding != own and _loses(text, coding):
        return text
    return decode(text, coding, capitals=capitals)


def coding_of(texts: Sequence[str]) -> Coding | None:
    """The coding of a row, by those of its texts that hold no letter only Unicode has."""
    return _coding_of([text for text in texts if not _UNICODE_ONLY.search(text)])


def has_only_old_letters(text: str) -> bool:
    """Whether a text with accents could be in an old coding for all its letters say."""
    return not text.isascii() and _UNICODE_ONLY.search(text) is None


def _makes_common(text: str, coding: Coding) -> bool:
    """Whether decoding turns words into common ones, and none from one."""
    words = [word for word in _words(text) if not word.isascii()]
    won = sum(_decode_word(word, coding).lower() in COMMON for word in words)
    return won > 0 and not any(_nfc(word).lower() in COMMON for word in words)


def _repair_words(text: str) -> str:
    """A cell of two codings: only words that are no syllable as they stand, and are one decoded."""
    if not _SIGN.search(text):
        return text
    pieces = _BREAK.split(text)
    for place, word in enumerate(pieces):
        if len(word) < 2 or word.isascii() or _UNICODE_ONLY.search(word) or is_syllable(_nfc(word)):
            continue
        for coding in ("tcvn3", "vni"):
            if is_syllable(_decode_word(word, coding)):
                pieces[place] = _decode_word(word, coding)
                break
    return "".join(pieces)


def _nfc(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def _words(text: str) -> list[str]:
    return [word for word in _BREAK.split(text)[::2] if word and not _ABBREVIATION.fullmatch(word)]


def _coding_of(texts: Sequence[str]) -> Coding | None:
    """The coding that makes Vietnamese of these texts, None if they are fine or no coding does."""
    words = [word for text in texts for word in _words(text)]
    if all(word.isascii() for word in words):
        return None
    gains = {coding: _gain(words, coding) for coding in ("tcvn3", "vni")}
    best: Coding = "tcvn3" if gains["tcvn3"] >= gains["vni"] else "vni"
    return best if gains[best] > 0 else None


def _gain(words: list[str], coding: Coding) -> float:
    """Words won minus words lost by decoding; 0 where the result would not be Vietnamese.

    A word that was a syllable and becomes another counts a little against: it decides between two codings
    for "Bí thö", which VNI makes "Bí thư" and TCVN3 "Bớ thử".
    """
    won = lost = 0.0
    right = 0
    for word in words:
        decoded = _decode_word(word, coding) if not word.isascii() else word
        good = is_syllable(decoded)
        right += good
        if decoded != word:
            before = is_syllable(_nfc(word))
            won += good and not before
            lost += 1.0 if not good else 0.25 * before
    return won - lost if right >= _MIN_SHARE * len(words) else 0


def _loses(text: str, coding: Coding) -> bool:
    """Whether decoding would spoil a cell that is judged only by its font or its row."""
    changed = [(word, _decode_word(word, coding)) for word in _words(text) if not word.isascii()]
    return sum(is_syllable(_nfc(word)) for word, _ in changed) > sum(is_syllable(after) for _, after in changed)
