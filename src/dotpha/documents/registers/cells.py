"""Cells: repaired on reading, and turned into the texts a registration keeps.

A text cell keeps its lines ("\\n") until its field is known, because a list typed on several lines reads
differently from a sentence broken by hand.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any

from dotpha.documents.registers import legacy
from dotpha.rules.vietnamese.text import COMMANDS, HIDDEN

# Invisible characters, control characters and odd spaces; with the signs of old codings, all that makes a
# text need care. One class, so that one quick search settles it for a whole row.
_INVISIBLE = f"\u00ad{HIDDEN}"
_SPACES = "\x09\x0b-\x0d\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CARE = re.compile(f"[{_INVISIBLE}{_SPACES}{legacy.SIGNS}\n…_]")
_DROP = re.compile(f"[{_INVISIBLE}]")
_COMMANDS = re.compile(f"[{COMMANDS}]")
_BETWEEN = " | "  # cells, when a row is searched at once: a space at the end of a text makes two
_LINE_ENDS = re.compile("_x000[Dd]_|\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_ODD_SPACES = re.compile(f"[{_SPACES}]")

_NOTHING = re.compile(r"[\s.…_*=~\-\u2010-\u2015\u2212/\\|:;,()]*")
_FILLING = re.compile(r"(?:\.{4,}|(?:…\s*\.*){2,}|_{3,})")
_MARK = re.compile(
    r"(?:[-+*•●○▪■◦‣❖➢✓·\uf0b7\uf0a7\uf02d\uf076\uf0d8\uf0fc\u2010-\u2015]|\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.|[a-zđ][.)]|[IVX]{1,4}[.)])\s+"
)
_MARKS = frozenset("-+*•●○▪■◦‣❖➢✓·\uf0b7\uf0a7\uf02d\uf076\uf0d8\uf0fc\u2010\u2011\u2012\u2013\u2014\u2015")
# Most texts open with a capital that opens no list mark, which spares them a closer look.
_CAPITALS = frozenset("ABCDEGHKLMNOPQRSTUYĐÂĂÊÔƠƯẤỐỨÁÚÝ")
# Marks that repeat the value above, in every dress they come in: "nt", "-nt-", "(Như trên)".
DITTOS = frozenset(
    dress.format(case(form))
    for form in ("nt", "n.t", "n.t.", "nt.", "n/t", "như trên", "như trên.", "như nt", "nhu tren")
    for case in (str.lower, str.upper, str.capitalize)
    for dress in ("{}", "-{}-", "- {} -", "-{}", "- {}", "{} -", "({})", "“{}”", '"{}"', "–{}–", "– {} –", "[{}]")
) | {'"', "''", '""', "〃", "″", '-"-', '- " -', "“", "”", "„"}
_WATCHED = 2000  # rows
_is_nfc = unicodedata.is_normalized


class Percent(float):
    """A number shown as a percentage, in percent: a cell of 0.7 with the format 0% is Percent(70)."""

    __slots__ = ()


class Repairer:
    """Repairs the rows of one table, one after another."""

    def __init__(self) -> None:
        self._rows = 0
        self._leaning: legacy.Coding | None = None

    def row(self, cells: list[Any], fonts: Sequence[str] | None = None) -> tuple[list[Any], dict[int, str] | None]:
        """The cells of a row with texts decoded and tidied, and the originals of those decoded or with commands.

        Blank texts, dashes and rows of dots become "". Nearly every row needs nothing and is given back as it
        is; finding that out is what the order of the checks is about.
        """
        self._rows += 1
        if fonts is None and self._leaning is None:
            texts = [cell for cell in cells if cell.__class__ is str and cell]
            row = _BETWEEN.join(("", *texts, ""))
            if (
                "  " not in row and ".." not in row and "- |" not in row and _CARE.search(row) is None
                and (row.isascii() or (_is_nfc("NFC", row) and not self._old_pairs(texts)))
            ):  # fmt: skip
                return cells, None
        return self._with_care(cells, fonts)

    def _old_pairs(self, texts: Sequence[str]) -> bool:
        # In a long table the rows so far tell whether there is text in old codings at all.
        return self._rows < _WATCHED and legacy.any_suspicious(texts)

    def _with_care(self, cells: list[Any], fonts: Sequence[str] | None) -> tuple[list[Any], dict[int, str] | None]:
        places = [place for place, cell in enumerate(cells) if cell.__class__ is str and cell]
        raw = [_LINE_ENDS.sub("\n", cells[place]) for place in places]
        leaning = self._leaning if all(map(_may_be_old, raw)) else None
        decoded = legacy.repair(raw, [fonts[place] for place in places] if fonts else None, leaning)
        result, originals, old = list(cells), {}, False
        for place, before, after in zip(places, raw, decoded, strict=True):
            result[place] = lines_of(after)
            old = old or after != before
            if after != before or _COMMANDS.search(before):
                originals[place] = lines_of(before, decoded=False)
        if old:
            self._leaning = legacy.coding_of(raw) or self._leaning
        return result, originals or None


def _may_be_old(text: str) -> bool:
    return text.isascii() or legacy.has_only_old_letters(text)


def repaired(text: str) -> tuple[str, str]:
    """One text decoded and tidied, and what it was if it was decoded or held commands.

    >>> repaired("§¶ng bé x·"), repaired(" Đảng  bộ ")
    (('Đảng bộ xã', '§¶ng bé x·'), ('Đảng bộ', ''))
    """
    cells, originals = Repairer().row([text])
    return cells[0], (originals or {}).get(0, "")


def harmless(text: str) -> str:
    r"""A text as it was, with what a screen would obey written out.

    >>> harmless("\x1b[31mĐỏ\u202e")
    '\\x1b[31mĐỏ\\u202e'
    """
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def lines_of(text: str, *, decoded: bool = True) -> str:
    """NFC, one space between words, no empty lines; "" where nothing is said.

    >>> lines_of("  Nhiệm\\u00a0vụ \\n\\n 1 "), lines_of("…………"), lines_of("-"), lines_of("Bản Cỏi ........")
    ('Nhiệm vụ\\n1', '', '', 'Bản Cỏi')
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _DROP.sub("", text) if decoded else harmless(text)  # before decoding a soft hyphen is a letter
    text = _FILLING.sub(" ", _ODD_SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    text = "\n".join(line for line in lines if line)
    return "" if _NOTHING.fullmatch(text) else text


def one_line(text: str) -> str:
    """A cell's lines as one text: list marks dropped, the items of a list joined with "; ".

    Only lines that begin like a list are one: a dash can as well open the second line of a broken sentence.

    >>> one_line("- Bí thư chủ trì;\\n- Mặt trận xã giám sát.")
    'Bí thư chủ trì; Mặt trận xã giám sát.'
    >>> one_line("Đường liên bản Nà Phai\\n- Huổi Lót"), one_line("1. Thanh tra huyện")
    ('Đường liên bản Nà Phai - Huổi Lót', 'Thanh tra huyện')
    >>> one_line("Đăng ký:\\n+ việc một\\n+ việc hai")
    'Đăng ký: việc một; việc hai'
    """
    if "\n" not in text:
        if text[:1] in _CAPITALS:
            return text
        head = text[:6]
        if "." not in head and ")" not in head and text[:1] not in _MARKS:
            return text
        return unmarked(text)
    joined, listing = "", False
    for line in text.split("\n"):
        marked = _MARK.match(line)
        opens = marked is not None and (not joined or listing or joined.endswith(":"))
        item = line[marked.end() :] if marked is not None and opens else line
        if opens and joined and not joined.endswith((":", ",")):
            joined = joined.rstrip("; ") + ";"
        joined = f"{joined} {item}" if joined else item
        listing = listing or opens
    return joined


def items_of(text: str) -> list[str]:
    """The lines of a cell, each without its list mark; lines that continue an item are joined to it.

    >>> items_of("- Số hộ\\n- Diện tích đã\\nbàn giao"), items_of("7\\n92%"), items_of("Số hộ đã\\nbàn giao")
    (['Số hộ', 'Diện tích đã bàn giao'], ['7', '92%'], ['Số hộ đã', 'bàn giao'])
    """
    lines = text.split("\n")
    if not _MARK.match(lines[0]):
        return lines
    items: list[str] = []
    for line in lines:
        marked = _MARK.match(line)
        if marked:
            items.append(line[marked.end() :])
        else:
            items[-1] += " " + line
    return items


def is_marked(text: str) -> bool:
    """Whether a line begins with a list mark.

    >>> is_marked("- Số hộ"), is_marked("3.412 người")
    (True, False)
    """
    return _MARK.match(text) is not None


def unmarked(text: str) -> str:
    """A line without its list mark."""
    found = _MARK.match(text)
    return text[found.end() :] if found else text


def shown(value: Any) -> str:
    """A cell's value as text on one line, as a person sees it.

    >>> shown(2022.0), shown(2.5), shown(Percent(70)), shown(date(2022, 12, 31)), shown("a\\nb")
    ('2022', '2,5', '70%', '31/12/2022', 'a b')
    """
    if value.__class__ is str:
        text: str = value
        if text[:1] in _CAPITALS and "\n" not in text:
            return text
        head = text[:6]
        if "." not in head and ")" not in head and text[:1] not in _MARKS and "\n" not in text:
            return text
        return one_line(text)
    if isinstance(value, date):  # a datetime is one too
        return _day(value.year, value.month, value.day)
    return _number_or_other(value)


@lru_cache(maxsize=4096)
def _day(year: int, month: int, day: int) -> str:
    return f"{day:02}/{month:02}/{year}"


def _number_or_other(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float):
        text = str(int(value)) if float(value).is_integer() else repr(float(value)).replace(".", ",")
        return text + "%" if isinstance(value, Percent) else text
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value)
