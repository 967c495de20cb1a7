"""Characters that no document may hold: a register from anywhere can bring them."""

import re

# What XML 1.0 forbids, and with it Word, Excel and SVG: control characters and halves of surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without what would make a document unreadable.

    >>> printable("một\\x00 hai\\x0b")
    'một hai'
    """
    return _FORBIDDEN.sub("", text)
