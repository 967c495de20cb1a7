"""Whether a word could be Vietnamese: onset, rhyme and tone as the spelling allows them.

Used to tell which old coding a text is in: the right table turns nearly every word into a syllable, a wrong
one nearly none.
"""

import re
import unicodedata
from functools import lru_cache

from dotpha.documents.registers.words import words

_ONSETS = tuple(words("onsets"))
_RHYMES = words("rhymes")
COMMON = words("common")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED = re.compile("(?:c|ch|p|t)$")  # such rhymes take only the acute or the dot
_LETTERS = re.compile("^[a-zđăâêôơư]+$")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether one word, in NFC, is spelt as Vietnamese allows.

    >>> [is_syllable(word) for word in ("Đảng", "thuỷ", "hoà", "giếng", "quốc")]
    [True, True, True, True, True]
    >>> [is_syllable(word) for word in ("haèng", "élève", "sốc", "cảt")]
    [False, False, True, False]
    """
    bare, tones = [], []
    for mark in unicodedata.normalize("NFD", word.lower()):
        if mark in _TONES:
            tones.append(mark)
        else:
            bare.append(mark)
    plain = unicodedata.normalize("NFC", "".join(bare))
    if len(tones) > 1 or len(plain) > 7 or not _LETTERS.match(plain):
        return False
    if _STOPPED.search(plain) and tones and tones[0] not in ("\u0301", "\u0323"):
        return False
    return any(plain.startswith(onset) and _rhymes(onset, plain[len(onset) :]) for onset in _ONSETS) or _rhymes(
        "", plain
    )


def _rhymes(onset: str, rhyme: str) -> bool:
    if rhyme not in _RHYMES:
        return onset == "gi" and rhyme in ("", "n", "m", "êng", "êt", "êm", "êc")
    if onset in ("k", "gh", "ngh"):
        return rhyme[0] in "eêiy"
    if onset in ("c", "g", "ng"):
        return rhyme[0] not in "eê" and (onset == "g" or rhyme[0] not in "iy")
    if onset == "qu":
        return rhyme[0] in "aăâeêiyôơo"
    return True
