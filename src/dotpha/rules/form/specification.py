"""What a registration form asks for: sections and fields as data, so that wording follows a committee's own template.

The fields themselves are known to the program (`dotpha.rules.form.content`); their labels, their explanations, whether
they must be filled and in which order they stand are the committee's. Its own questions are answered in running text.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Self

from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.text import tidy

EXTRA = "extra."  # names of a committee's own questions begin so
_LONGEST_LABEL, _LONGEST_HELP = 160, 600
_EXTRA_NAME = re.compile(r"extra\.[a-z0-9-]{1,40}")


class Need(StrEnum):
    """Whether a field must be filled before the sheet is sent."""

    REQUIRED = "required"
    EXPECTED = "expected"
    OPTIONAL = "optional"
    HIDDEN = "hidden"


NEED_LABELS: Mapping[Need, str] = {
    Need.REQUIRED: "Bắt buộc",
    Need.EXPECTED: "Nên có",
    Need.OPTIONAL: "Không bắt buộc",
    Need.HIDDEN: "Không hỏi",
}


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    GROUNDS = "grounds"
    INDICATORS = "indicators"
    MILESTONES = "milestones"
    DUTIES = "duties"
    TASK = "task"  # the collective task an individual's task serves


class Unusable(ValueError):
    """A specification that cannot be used; one Vietnamese sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. `whose` is "" for everybody; `when` names the ground it is asked for ("" always)."""

    name: str
    label: str
    kind: Kind
    need: Need
    help: str = ""
    whose: OwnerType | str = ""
    when: str = ""
    most: int = 0  # characters of running text; 0 where it does not apply

    @property
    def is_extra(self) -> bool:
        return self.name.startswith(EXTRA)

    def is_asked_of(self, owner_type: OwnerType) -> bool:
        return self.need is not Need.HIDDEN and self.whose in ("", owner_type)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            name=str(row["name"]), label=tidy(str(row["label"])), kind=Kind(row["kind"]), need=Need(row["need"]),
            help=tidy(str(row.get("help", ""))), whose=str(row.get("whose", "")), when=str(row.get("when", "")),
            most=int(row.get("most", 0)),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {"name": self.name, "label": self.label, "kind": self.kind.value, "need": self.need.value}
        return row | {name: value for name in ("help", "whose", "when", "most") if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    title: str
    help: str = ""
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Specification:
    """A whole form, in the order it is read."""

    sections: tuple[Section, ...] = field(default_factory=tuple)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(each for section in self.sections for each in section.fields)

    @property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in self.fields}

    def asked_of(self, owner_type: OwnerType) -> "Specification":
        """The same form without what is not asked of organizations, or of individuals; empty sections go."""
        sections = (
            replace(section, fields=tuple(each for each in section.fields if each.is_asked_of(owner_type)))
            for section in self.sections
        )
        return Specification(tuple(section for section in sections if section.fields))

    @classmethod
    def from_json(cls, rows: Sequence[Mapping[str, Any]]) -> Self:
        """
        Raises:
            Unusable: a field nobody knows, asked twice or without a label; or the task's own name is not asked for.
        """
        try:
            sections = tuple(
                Section(
                    title=tidy(str(row["title"])),
                    help=tidy(str(row.get("help", ""))),
                    fields=tuple(Field.from_json(each) for each in row.get("fields", ())),
                )
                for row in rows
            )
        except (KeyError, ValueError, TypeError, AttributeError) as problem:
            raise Unusable(f"Mẫu đăng ký có chỗ chưa đọc được ({problem}).") from None
        made = cls(sections)
        made.check()
        return made

    def to_json(self) -> list[dict[str, Any]]:
        return [
            {"title": section.title, "help": section.help, "fields": [each.to_json() for each in section.fields]}
            for section in self.sections
        ]

    def check(self) -> None:
        """
        Raises:
            Unusable: see `from_json`.
        """
        known = {each.name: each.kind for each in default().fields}
        seen: set[str] = set()
        for each in self.fields:
            if each.name in seen:
                raise Unusable(f"Mẫu đăng ký hỏi hai lần mục “{each.label}”.")
            seen.add(each.name)
            if not each.label or len(each.label) > _LONGEST_LABEL:
                raise Unusable(f"Mỗi mục cần một tên không quá {_LONGEST_LABEL} chữ cái.")
            if len(each.help) > _LONGEST_HELP:
                raise Unusable(f"Lời giải thích của mục “{each.label}” dài quá {_LONGEST_HELP} chữ cái.")
            if each.is_extra and (not _EXTRA_NAME.fullmatch(each.name) or each.kind is not Kind.TEXT):
                raise Unusable(f"Câu hỏi thêm “{each.label}” chưa dùng được.")
            if not each.is_extra and known.get(each.name) is not each.kind:
                raise Unusable(f"Phần mềm chưa biết mục “{each.label}”.")
        title = self.by_name.get("title")
        if title is None or title.need is not Need.REQUIRED:
            raise Unusable("Mẫu đăng ký phải hỏi tên nhiệm vụ và bắt buộc ghi.")


@cache
def default() -> Specification:
    """The form a new campaign begins with: the questions that decide most cases (docs/bo-tieu-chi.md)."""
    told = tomllib.loads((files(__package__) / "form.toml").read_text(encoding="utf-8"))
    return Specification(
        tuple(
            Section(
                title=section["title"],
                help=section.get("help", ""),
                fields=tuple(Field.from_json(each) for each in section["fields"]),
            )
            for section in told["section"]
        )
    )
