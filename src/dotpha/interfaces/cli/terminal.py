"""What reaches a person's terminal: plain sentences, whatever a register or a file name holds."""

import re
import sys

# C0 and C1 control characters but for tab and newline (a register must not move the cursor or repaint
# the screen), and the marks that turn the direction of writing, which a terminal cannot confine.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    r"""The text without what a terminal would obey.

    >>> plain("một\x1b[2J\u202e hai\n")
    'một[2J hai\n'
    """
    return _COMMANDS.sub("", text)


def say(text: str) -> None:
    """A sentence for the person at the terminal, apart from what a program reads."""
    print(plain(text), file=sys.stderr)
