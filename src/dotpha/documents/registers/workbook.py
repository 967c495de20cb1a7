"""The small parts of a workbook: which sheets there are, which are hidden, what its styles show."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from dotpha.documents.registers.legacy import coding_of_font
from dotpha.documents.registers.limits import MAX_WORD_TEXT, Archive, cut_off, with_entities
from dotpha.rules.vietnamese.text import tidy

_MAX_DEPTH = 200
_QUOTED_TEXT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PERCENT_FORMATS = (9, 10)  # 0% and 0.00%, which workbooks need not declare


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    visible: bool

    @property
    def title(self) -> str:
        """The name as people are told it, on one line and with nothing hidden in it."""
        return self.name if self.name.isprintable() else tidy(self.name)


@dataclass(slots=True)
class Styles:
    """Cell styles that change what a value means, by number: percentages, and fonts of before Unicode."""

    percents: dict[int, bool] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Workbook:
    archive: Archive
    sheets: list[Sheet]
    styles: Styles

    @property
    def visible(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if sheet.visible]


def open_workbook(archive: Archive) -> Workbook:
    """Read what a workbook says of itself.

    Raises:
        Unreadable: damaged, or its parts are not where they should be.
    """
    main = "xl/workbook.xml"
    if main not in archive.parts:
        raise cut_off(archive.name)
    targets = _targets(archive, "xl/_rels/workbook.xml.rels")
    sheets = []
    for tag, _, attributes in elements(archive, main):
        if tag == "sheet":
            part = targets.get(attributes.get("id", ""), "")
            if part in archive.parts:
                name, state = attributes.get("name", ""), attributes.get("state", "visible")
                sheets.append(Sheet(name, part, state not in ("hidden", "veryHidden")))
    if not sheets:
        raise cut_off(archive.name)
    styles = _styles(archive) if "xl/styles.xml" in archive.parts else Styles()
    return Workbook(archive, sheets, styles)


def _targets(archive: Archive, part: str) -> dict[str, str]:
    """The parts of the worksheets by their relationship; charts and what lies outside the file are left out."""
    if part not in archive.parts:
        return {}
    found = {}
    for tag, _, attributes in elements(archive, part):
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            found[attributes.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            )
    return found


def _styles(archive: Archive) -> Styles:
    formats: dict[int, bool] = dict.fromkeys(_PERCENT_FORMATS, True)
    fonts: list[str] = []
    styles = Styles()
    count = 0
    for tag, parents, attributes in elements(archive, "xl/styles.xml"):
        above = parents[-1] if parents else ""
        if tag == "numFmt" and above == "numFmts":
            formats[_int(attributes.get("numFmtId"))] = "%" in _QUOTED_TEXT.sub("", attributes.get("formatCode", ""))
        elif tag == "font" and above == "fonts":
            fonts.append("")
        elif tag == "name" and above == "font" and fonts and "fonts" in parents:
            fonts[-1] = attributes.get("val", "")
        elif tag == "xf" and above == "cellXfs":
            if formats.get(_int(attributes.get("numFmtId"))):
                styles.percents[count] = True
            font = _int(attributes.get("fontId"))
            if 0 <= font < len(fonts) and coding_of_font(fonts[font])[0]:
                styles.fonts[count] = fonts[font]
            count += 1
    return styles


def _int(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1


def elements(archive: Archive, part: str) -> Iterator[tuple[str, tuple[str, ...], dict[str, str]]]:
    """The elements of a small part in order: local name, names of those around it, attributes.

    Raises:
        Unreadable: not XML, or nested deeper than any office program nests.
    """
    found: list[tuple[str, tuple[str, ...], dict[str, str]]] = []
    around: list[str] = []
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        found.append((local, tuple(around[-3:]), {key.rpartition(":")[2]: value for key, value in attributes.items()}))
        around.append(local)
        if len(around) > _MAX_DEPTH:
            raise cut_off(archive.name)

    def end(_: str) -> None:
        around.pop()

    def refuse(*_: object) -> None:
        raise with_entities(archive.name)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EndElementHandler = end
    try:
        parser.Parse(archive.whole(part, MAX_WORD_TEXT), True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # LookupError: letters nobody knows
        raise cut_off(archive.name) from error
    yield from found
