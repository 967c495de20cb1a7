"""What a reader found in one file, in the words of this room, which knows no readers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from dotpha.rules.form.content import stored_line
from dotpha.rules.registration import TEXT_FIELDS, Registration
from dotpha.rules.vietnamese.text import fold, tidy

# What our own export calls a task (`documents.registration.layout.code_of`); an office's own codes are none of these.
_CODE = re.compile(r"(?:DK|ĐK)\s*[-–]?\s*0*(\d{1,9})", re.IGNORECASE)
_CODE_HEADS = ("ma", "ma nhiem vu", "ma so")
_TEXTS = (*TEXT_FIELDS, "id", "parent_id", "parent_title", "prior_year_title")
_PLACES, _PLACE = ("file", "sheet", "form", "table", "row", "cell"), 80


@dataclass(frozen=True, slots=True)
class Register:
    """The registrations of a file in its order, and what the reader remarked."""

    registrations: tuple[Registration, ...]
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"registrations": [each.to_json() for each in self.registrations], "remarks": list(self.remarks)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(tuple(Registration.from_json(each) for each in said["registrations"]), tuple(said["remarks"]))


def storable(registration: Registration) -> Registration:
    """The same without what no database stores and no page shows; of its source what tells where it stood.

    Readers of tables give nothing else; a line of JSON may hold anything.
    """
    texts = {name: getattr(registration, name) for name in _TEXTS}
    clean: dict[str, Any] = {name: stored_line(text) for name, text in texts.items() if not text.isprintable()}
    source = registration.source
    kept: dict[str, Any] = {key: stored_line(source[key])[:_PLACE] for key in _PLACES if source.get(key) is not None}
    if isinstance(other := source.get("other"), Mapping):
        kept["other"] = {stored_line(head): stored_line(text) for head, text in other.items()}
    return replace(registration, **clean | {"source": kept})


def place_of(registration: Registration) -> str:
    """Where a registration stands in its file, for people.

    >>> place_of(Registration(source={"file": "a.xlsx", "sheet": "Biểu 02", "row": 7}))
    'trang tính ‘Biểu 02’, dòng 7'
    """
    source = registration.source
    parts = [
        f"{word} {source[key]}" if key != "sheet" else f"{word} ‘{source[key]}’"
        for key, word in (("sheet", "trang tính"), ("form", "phiếu"), ("table", "bảng"), ("row", "dòng"), ("cell", "ô"))
        if source.get(key) not in (None, "") and not (key == "cell" and "row" not in source)
    ]
    return ", ".join(parts) or str(source.get("file", ""))


def number_of(registration: Registration) -> int | None:
    """The number a task has in its campaign, where the register has our codes.

    >>> number_of(Registration(source={"other": {"Mã": "DK-0012"}})), number_of(Registration(id="12"))
    (12, None)
    """
    other = registration.source.get("other") or {}
    told = [str(text) for head, text in other.items() if fold(tidy(str(head))) in _CODE_HEADS]
    return next(filter(None, map(numbered, (registration.id, *told))), None)


def numbered(code: str) -> int | None:
    """
    >>> numbered("DK-0014"), numbered("đk 14"), numbered("14")
    (14, 14, None)
    """
    found = _CODE.fullmatch(tidy(code))
    return int(found[1]) if found else None
