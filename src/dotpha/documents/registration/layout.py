"""The columns of the committee's register, and how what stands in them is written and read back exactly.

`DK-0014` is task number 14 of its campaign: whoever takes a register in again finds the task by it (`number_of`).
A text too long for a comfortable cell goes on in the rows below; `JOINS` at the end of a cell says so. It is a sign
that shows nothing and that no stored text holds (`dotpha.rules.vietnamese.text.tidy` takes it out).
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import inf, isinf
from typing import Any

from dotpha.rules.form.composing import period_of
from dotpha.rules.registration import OwnerType
from dotpha.rules.trend.indicator import DIRECTIONS, KINDS
from dotpha.rules.vietnamese.numbers import parse_number
from dotpha.rules.vietnamese.text import fold, tidy

JOINS = "\u2060"
LONGEST = 16_000  # characters of one cell: Excel counts 32,767 halves of characters
INDICATOR = ("name", "unit", "baseline", "target", "history", "better", "kind")
SINGLE = (
    "id", "owner", "position", "title", "description", "responsible", "responsibilities", "deadline", "parent_id",
    "parent_title", "prior_year_title",
)  # fmt: skip
BESIDE = ("workplace", "owner_code")  # no fields of a registration; they tell people of one name apart
_CODE = re.compile(r"\s*(?:DK|ĐK)\s*[-–]?\s*0*(\d{1,9})\s*", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class Column:
    field: str
    heading: str
    width: int
    printed: bool = False


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """One sheet: the tasks of organizations, or of individuals."""

    name: str
    group: str
    owner_type: OwnerType
    columns: tuple[Column, ...]

    @property
    def printed(self) -> int:
        """How many columns, from the first, come on paper."""
        return sum(column.printed for column in self.columns)


@dataclass(frozen=True, slots=True)
class BookLayout:
    title: str
    empty: str
    guide: str
    guide_title: str
    guide_lines: tuple[str, ...]
    sheets: tuple[SheetLayout, ...]


@cache
def layout() -> BookLayout:
    told = tomllib.loads((files(__package__) / "layout.toml").read_text(encoding="utf-8"))
    sheets = tuple(
        SheetLayout(row["name"], row["group"], row["owner_type"], tuple(Column(**column) for column in row["columns"]))
        for row in told["sheet"]
    )
    return BookLayout(
        told["title"], told["empty"], told["guide"], told["guide_title"], tuple(told["guide_lines"]), sheets
    )


def code_of(number: int) -> str:
    """What a task is called in registers.

    >>> code_of(14)
    'DK-0014'
    """
    return f"DK-{number:04}"


def number_of(code: str) -> int | None:
    """The number of the task a code names; None if it is no code of ours.

    >>> number_of("DK-0014"), number_of("dk 14"), number_of("P001")
    (14, 14, None)
    """
    found = _CODE.fullmatch(code)
    return int(found[1]) if found else None


# -- recognising our own sheets ----------------------------------------------------------------------------


def columns_in(cells: Sequence[Any]) -> tuple[SheetLayout, dict[str, int]] | None:
    """Which of our sheets these cells head, and where each field stands; None if they are not our heading.

    Columns may be moved, and those of no use to the reader deleted.
    """
    said = {fold(tidy(cell)): place for place, cell in reversed(list(enumerate(cells))) if isinstance(cell, str)}
    if len(said) < 8:
        return None
    for sheet in layout().sheets:
        places = {each.field: said[name] for each in sheet.columns if (name := fold(each.heading)) in said}
        own = next(fold(each.heading) for each in sheet.columns if each.field == "owner")
        if own in said and {*SINGLE[:5], "deadline", "name", "target"} - {"position"} <= places.keys():
            return sheet, places
    return None


def year_in(cells: Sequence[Any]) -> int | None:
    """The year of the register, if this row is its title."""
    for cell in cells:
        if isinstance(cell, str):
            found = re.fullmatch(re.escape(fold(layout().title)) + r" (\d{4})", fold(tidy(cell)))
            if found:
                return int(found[1])
    return None


# -- figures, periods, choices -----------------------------------------------------------------------------


def exact(value: float) -> str:
    """A figure with every digit it has, as people write it.

    >>> exact(1250.5), exact(0.1 + 0.2), exact(-7.0), exact(1e21)
    ('1250,5', '0,30000000000000004', '-7', '1000000000000000000000')
    """
    if isinf(value):
        return "∞" if value > 0 else "-∞"
    if value.is_integer():
        return f"{Decimal(value):f}"
    return f"{Decimal(repr(value)):f}".replace(".", ",")


def figure(value: Any) -> float | None:
    """The figure of a cell; None where it holds none.

    >>> figure(12.5), figure("0,30000000000000004"), figure("1.250,5"), figure("bảy")
    (12.5, 0.30000000000000004, 1250.5, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = tidy(str(value))
    if text in ("∞", "-∞"):
        return inf if text == "∞" else -inf
    number = parse_number(text)
    if number is None and _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    return number


def shown_period(period: str) -> str:
    """A period as an office writes it.

    >>> shown_period("2021"), shown_period("2021-06"), shown_period("2021-06-30"), shown_period("2021-13")
    ('2021', '6/2021', '30/06/2021', '2021-13')
    """
    if found := _YEAR_MONTH.fullmatch(period):
        return f"{int(found[2])}/{found[1]}"
    if found := _DAY.fullmatch(period):
        said = f"{found[3]}/{found[2]}/{found[1]}"
        return said if period_of(said) == period else period
    return period


def shown_history(history: Sequence[tuple[str, float]]) -> str:
    """
    >>> shown_history((("2021", 7.0), ("2022-06-30", 7.5)))
    '2021: 7; 30/06/2022: 7,5'
    """
    return "; ".join(f"{shown_period(period)}: {exact(value)}" for period, value in history)


def history_in(text: str) -> tuple[tuple[tuple[str, float], ...], str]:
    """What a cell says of earlier periods, in order of time, and what of it could not be read.

    >>> history_in("2021: 7; 30/06/2022: 7,5; ít"), history_in("")
    (((('2021', 7.0), ('2022-06-30', 7.5)), 'ít'), ((), ''))
    """
    known: dict[str, float] = {}
    left = []
    for piece in filter(None, (tidy(each) for each in text.split(";"))):
        said, _, value = piece.rpartition(":")
        period, number = period_of(said), figure(value)
        if period and number is not None:
            known[period] = number
        else:
            left.append(piece)
    return tuple(sorted(known.items())), "; ".join(left)


def shown_choice(field: str, value: str) -> str:
    """What a person chose, in words; a value no list knows stays as it is."""
    return _CHOICES[field].get(value, value)


def choice_in(field: str, text: str) -> str:
    """
    >>> choice_in("better", "Càng cao càng tốt"), choice_in("better", "khác")
    ('higher', 'khác')
    """
    return _CHOSEN[field].get(fold(text), text)


_CHOICES = {"better": DIRECTIONS, "kind": KINDS}
_CHOSEN = {name: {fold(label): value for value, label in labels.items()} for name, labels in _CHOICES.items()}


# -- long texts --------------------------------------------------------------------------------------------


def pieces(text: str, most: int) -> list[str]:
    """A text in pieces of at most `most` characters; all but the last end with the sign that they go on.

    >>> [piece.replace(JOINS, "+") for piece in pieces("một hai ba bốn", 9)]
    ['một hai +', 'ba bốn']
    """
    found = []
    while len(text) > most:
        cut = max(text.rfind(" ", 0, most - 1), text.rfind("\n", 0, most - 1)) + 1 or most - 1
        found.append(text[:cut] + JOINS)
        text = text[cut:]
    return [*found, text]


def joined(cells: Sequence[str]) -> str:
    """The text whose pieces stand in these cells; a cell that is not said to go on is followed by a space.

    >>> joined(["một hai " + JOINS, "ba"]), joined(["Đườ" + JOINS, "ng"]), joined(["một", "hai"])
    ('một hai ba', 'Đường', 'một hai')
    """
    text = ""
    for cell in cells:
        text += cell.rstrip()[:-1] if goes_on(cell) else cell + " "
    return tidy(text)


def goes_on(cell: Any) -> bool:
    return isinstance(cell, str) and cell.rstrip().endswith(JOINS)
