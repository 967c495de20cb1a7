"""Characters that no document may hold: a register from anywhere can bring them."""

import re

# Marks that turn the direction of writing: a page confines them to the words it quotes (<bdi>); where such
# words stand inside a sentence of ours, one mark would turn the rest of the sentence.
_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"

# What XML 1.0 forbids, and with it Word, Excel and SVG: control characters and halves of surrogate pairs.
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff{_TURNS}]")
_TURNING = re.compile(f"[{_TURNS}]")


def printable(text: str) -> str:
    """The text without what would make a document unreadable, or its sentences run backwards.

    >>> printable("một\\x00 hai\\x0b")
    'một hai'
    """
    return _FORBIDDEN.sub("", text)


def straight(text: str) -> str:
    """The text without marks that turn the direction of writing; Vietnamese needs none.

    >>> straight("chưa hiểu “\u202eabc”, đề nghị xem lại")
    'chưa hiểu “abc”, đề nghị xem lại'
    """
    return _TURNING.sub("", text)


def for_cell(text: str) -> str:
    """A text that XlsxWriter writes as text. What begins with "<r>" and ends with "</r>" it takes for marks of its own
    and writes as it is, so that a register could break the workbook; a blank at the end prevents it.

    >>> for_cell("<r>một</r>"), for_cell("=1+1")
    ('<r>một</r> ', '=1+1')
    """
    text = printable(text)
    return f"{text} " if text.endswith("</r>") else text
