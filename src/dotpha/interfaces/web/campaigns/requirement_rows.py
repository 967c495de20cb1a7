"""The table in which who must register is written: a line for each kind of organization or post."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict

from dotpha.directory.models import OrganizationKind, Position
from dotpha.registration.actions import Required
from dotpha.registration.models import Requirement

EMPTY = 3  # lines to write on, below those that are filled
MOST_LINES = 60
_LONGEST = 4  # digits of a number


@dataclass(frozen=True, slots=True)
class Line:
    """As typed; `wrong` says why it was not taken."""

    of: str = ""  # "k12" a kind, "p3" a post
    least: str = "1"
    most: str = "3"
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can stand in a line."""

    kinds: dict[str, OrganizationKind]
    positions: dict[str, Position]

    @classmethod
    def read(cls) -> "Choices":
        kinds = {f"k{each.pk}": each for each in OrganizationKind.objects.order_by("rank", "code")}
        positions = {f"p{each.pk}": each for each in Position.objects.order_by("rank", "label", "pk")}
        return cls(kinds, positions)

    @property
    def groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        kinds = [(value, str(each)) for value, each in self.kinds.items()]
        positions = [(value, str(each)) for value, each in self.positions.items()]
        return [("Mọi tổ chức thuộc loại", kinds), ("Mọi cán bộ giữ chức vụ", positions)]

    def find(self, value: str) -> OrganizationKind | Position | None:
        return self.kinds.get(value) or self.positions.get(value)


def stored(rows: Iterable[Requirement]) -> list[Line]:
    return [
        Line(f"k{each.kind_id}" if each.kind_id else f"p{each.position_id}", str(each.at_least), str(each.at_most))
        for each in rows
    ]


def typed(said: QueryDict) -> list[Line]:
    """Lines in which something is chosen, in their order."""
    columns = zip(said.getlist("of"), said.getlist("least"), said.getlist("most"), strict=False)
    return [Line(of, least.strip(), most.strip()) for of, least, most in columns if of][:MOST_LINES]


def with_empty(lines: list[Line]) -> list[Line]:
    return [*lines, *(Line() for _ in range(EMPTY))]


def taken(lines: list[Line], choices: Choices) -> tuple[list[Required], list[Line]]:
    """What the lines say, and the lines with what is wrong in them."""
    found, told = [], []
    for line in lines:
        of, least, most = choices.find(line.of), _number(line.least), _number(line.most)
        if of is None:
            told.append(replace(line, wrong="Đồng chí chọn trong danh sách."))
        elif least is None or most is None:
            told.append(replace(line, wrong="Đồng chí ghi số nhiệm vụ bằng chữ số, ví dụ 1 và 3."))
        else:
            found.append(Required(of, least, most))
            told.append(line)
    return found, told


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None
