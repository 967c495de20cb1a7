"""The text of Word paragraphs, with changes accepted and old fonts decoded."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dotpha.documents.registers.legacy import coding_of_font, decode

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GONE = frozenset((W + "del", W + "moveFrom", W + "rPrChange", W + "pPrChange"))
_WRAPPERS = frozenset(
    W + name for name in ("ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo")
)
_BOX = W + "txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SYMBOLS = {
    "F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F0AE": "→", "F0DE": "⇒", "F0E0": "→", "F0E8": "→", "F0F0": "→",
    "F0B7": "•", "F0A7": "•", "F0D8": "•", "F0FC": "✓", "F0FE": "☒", "F0A8": "☐", "F052": "☑",
}  # fmt: skip
# Two labels of a form on one line: "Họ và tên: …    Chức vụ: …".
_NEXT_LABEL = re.compile(r"(?:\t+|[ \u00a0]{3,})(?=[^\W\d_][^:\n\t]{1,40}:)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and, where its font made us decode it, what it was."""

    text: str = ""
    raw: str = ""

    def __add__(self, other: "Text") -> "Text":
        raw = (self.raw or self.text) + (other.raw or other.text) if self.raw or other.raw else ""
        return Text(self.text + other.text, raw)


def visible_children(parent: Any) -> Iterator[Any]:
    """Children as if changes were accepted and content controls were not there."""
    for element in parent:
        tag = element.tag
        if not isinstance(tag, str) or tag in _GONE:
            continue
        if tag == W + "sdt":
            properties = element.find(W + "sdtPr")
            if properties is not None and properties.find(W + "showingPlcHdr") is not None:
                continue
            content = element.find(W + "sdtContent")
            if content is not None:
                yield from visible_children(content)
        elif tag in _WRAPPERS:
            yield from visible_children(element)
        else:
            yield element


def text_of(paragraph: Any) -> Text:
    """The text of a paragraph, "- " before it where Word shows a bullet or a number of its own."""
    pieces: list[tuple[str, str]] = []  # (font, text)
    for run in visible_children(paragraph):
        if run.tag == W + "r" and not _is_hidden(run):
            pieces.append((_font_of(run), "".join(_run_text(run))))
    content = _decoded(pieces)
    text = _NEXT_LABEL.sub("\n", content.text)
    if text.strip() and _is_list_item(paragraph):
        text = "- " + text.lstrip()
    return Text(text, content.raw)


def boxes_of(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes anchored in a paragraph, each once: old readers are offered a second copy."""
    for box in paragraph.iter(_BOX):
        inside = itertools.takewhile(lambda each: each is not paragraph, box.iterancestors())
        if not any(each.tag in (_FALLBACK, _BOX) or each.tag in _GONE for each in inside):
            yield box


def _decoded(pieces: list[tuple[str, str]]) -> Text:
    """Runs in fonts of before Unicode, decoded together: one letter may be spread over two runs."""
    content = Text()
    for font, group in itertools.groupby(pieces, key=lambda piece: piece[0]):
        text = "".join(piece[1] for piece in group)
        coding, capitals = coding_of_font(font)
        if coding and not text.isascii():
            content += Text(decode(text, coding, capitals=capitals), text)
        else:
            content += Text(text)
    return content


def _run_text(run: Any) -> Iterator[str]:
    for element in run:
        match element.tag:
            case tag if tag == W + "t":
                yield element.text or ""
            case tag if tag == W + "tab" or tag == W + "ptab":
                yield "\t"
            case tag if tag == W + "br" or tag == W + "cr":
                yield "\n" if element.get(W + "type") in (None, "textWrapping") else " "
            case tag if tag == W + "noBreakHyphen":
                yield "-"
            case tag if tag == W + "softHyphen":
                yield "\u00ad"
            case tag if tag == W + "sym":
                yield _SYMBOLS.get((element.get(W + "char") or "").upper(), " ")
            case _:
                pass


def _font_of(run: Any) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    font = fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
    return font if coding_of_font(font)[0] else ""


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and str(vanish.get(W + "val")) not in ("0", "false", "off")


def _is_list_item(paragraph: Any) -> bool:
    numbering = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    if numbering is not None:
        return str(numbering.get(W + "val")) != "0"
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and (style.get(W + "val") or "").startswith(("ListBullet", "ListNumber"))
