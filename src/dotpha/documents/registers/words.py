"""The lists of words.toml: as sets, or as alternatives of a pattern."""

import re
import tomllib
from functools import cache
from pathlib import Path

from dotpha.rules.vietnamese.text import fold


@cache
def _table() -> dict[str, str]:
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    return {name: entries.replace("\n", "") for name, entries in tomllib.loads(text).items()}


@cache
def words(name: str) -> frozenset[str]:
    """A list as a set.

    >>> "mô hình" in words("units")
    True
    """
    return frozenset(_table()[name].split("|"))


def any_of(*names: str) -> str:
    """A group that matches one entry of these lists.

    >>> any_of("onsets")[:11]
    '(?:b|c|ch|d'
    """
    return f"(?:{'|'.join(_table()[name] for name in names)})"


@cache
def pattern(text: str, *, bare: bool = False) -> re.Pattern[str]:
    """A compiled pattern, `bare` for texts typed without accents.

    >>> bool(pattern("Đ/?c ", bare=True).match("d/c Hung"))
    True
    """
    if not bare:
        return re.compile(text)
    return re.compile("".join(part if part[:1] == "\\" else fold(part) for part in re.split(r"(\\.)", text)))
