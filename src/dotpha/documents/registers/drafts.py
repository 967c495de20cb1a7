"""A registration while it is being read, and what becomes of it at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dotpha.documents.registers.cells import one_line, shown
from dotpha.documents.registers.deadlines import deadline
from dotpha.documents.registers.owners import (
    has_family_name,
    is_comrade,
    is_name,
    is_post,
    looks_organization,
    split_person,
    without_honorifics,
)
from dotpha.rules.registration import Indicator, OwnerType, Registration

Complaint = Callable[[str], None]  # hears of a deadline that names a day no calendar has


@dataclass(frozen=True, slots=True)
class Owner:
    """Who registers, as far as the file tells."""

    name: str = ""
    kind: OwnerType = "organization"
    position: str = ""
    told: bool = False  # whether anything said what kind it is


class Draft:
    """Raw values by field, as they stand in the file; a field that rows below continue holds a list of them.

    `source` has the registration's id too, which is taken out at the end.
    """

    __slots__ = ("indicators", "originals", "other", "owner", "source", "texts", "title")

    def __init__(self, source: dict[str, Any], owner: Owner, title: str) -> None:
        self.source = source
        self.owner = owner
        self.title = title
        self.texts: dict[str, Any] = {}
        self.indicators: list[Indicator] = []
        self.originals: dict[str, str] = {}
        self.other: dict[str, str] = {}

    def add(self, name: str, value: Any) -> None:
        if value == "":
            return
        before = self.texts.get(name, "")
        if before == "":
            self.texts[name] = value
        elif isinstance(before, list):
            before.append(value)
        else:
            self.texts[name] = [before, value]

    def finished(self, year: int | None, complain: Complaint) -> Registration:
        """The registration; what a deadline could not mean is complained of."""
        source, texts, owner = self.source, self.texts, self.owner
        text = day = ""
        if (value := texts.pop("deadline", "")) != "":
            text, day, impossible = deadline(_joined("deadline", value) if isinstance(value, list) else value, year)
            if impossible:
                complain(text)
        for name, value in texts.items():
            texts[name] = _joined(name, value) if value.__class__ is list else shown(value)
        name = source.pop("id", "")
        if self.originals:
            source["original"] = self.originals
        if self.other:
            source["other"] = self.other
        return Registration(
            id=name, owner=owner.name, owner_type=owner.kind, position=owner.position, title=self.title,
            deadline=text, deadline_iso=day, indicators=tuple(self.indicators), source=source, **texts,
        )  # fmt: skip


def _joined(name: str, values: list[Any]) -> str:
    """One text of what several columns or rows say."""
    if name == "description":
        return " ".join(shown(value) for value in values)
    joined = shown(values[0])
    for value in values[1:]:
        joined = f"{joined.rstrip('; ')}; {shown(value)}"
    return joined


@lru_cache(maxsize=8192)
def owner_of(
    written: str, post: str, told: OwnerType | None, hinted: OwnerType | None, in_person_column: bool
) -> Owner:
    """Who a cell names.

    `told` is what a column, a group row or the sheet says and outweighs the look of the name; `hinted` is
    what a title says of the whole list and does not.

    >>> owner_of("Nguyễn Văn An - Bí thư chi bộ", "", None, None, False)
    Owner(name='Nguyễn Văn An', kind='individual', position='Bí thư chi bộ', told=True)
    >>> owner_of("Đảng bộ xã Bằng Khê", "", None, None, False).kind
    'organization'
    """
    person = split_person(written)
    certain = person is not None and person[1] != "" and has_family_name(person[0])
    if told == "organization" and not certain:
        return Owner(one_line(written), "organization", "", True)
    if person is not None and person[1] and told is None and not is_name(person[0]):
        person = None  # "Lạc Giang - Đảng bộ huyện": a place and its unit
    if person is not None and (
        told == "individual" or person[1] or post or in_person_column or is_comrade(written)
        or hinted == "individual" or has_family_name(person[0])
    ):  # fmt: skip
        return Owner(person[0], "individual", post or person[1], True)
    line = one_line(written)
    if is_post(line) and not told:
        return Owner(line, "individual", post, True)  # a person named only by the post
    if told == "individual" or (in_person_column and not looks_organization(line)):
        return Owner(without_honorifics(line), "individual", post, True)
    if post and not looks_organization(line):
        return Owner(without_honorifics(line), "individual", post, True)
    if looks_organization(line):
        return Owner(line, "organization", "", True)
    return Owner(line, hinted or "organization", "" if hinted != "individual" else post, False)
