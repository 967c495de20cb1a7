"""What a reader gives back: registrations, remarks on what it could not understand, or one refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from dotpha.rules.registration import Registration
from dotpha.rules.vietnamese.text import tidy


class Unreadable(Exception):
    """The file as a whole gives nothing. The text is one Vietnamese sentence for the person who sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot in a file, counted from 1 as people see it; `column` is a letter in a sheet, a number elsewhere."""

    file: str
    sheet: str = ""
    table: int | None = None
    form: int | None = None
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        parts = []
        if self.sheet:
            parts.append(f"trang tính ‘{self.sheet}’")
        if self.form:
            parts.append(f"phiếu {self.form}")
        if self.table:
            parts.append(f"bảng {self.table}")
        if self.row:
            parts.append(f"dòng {self.row}")
        if self.column:
            parts.append(f"cột {self.column}")
        text = ", ".join(parts) or f"tệp ‘{self.file}’"
        return text[0].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a person should look at again."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read: `registrations` in the order of the file, `remarks` in the order they came up."""

    file: str
    registrations: tuple[Registration, ...]
    remarks: tuple[Remark, ...] = ()


def letter(column: int) -> str:
    """The name of a column counted from 0.

    >>> letter(0), letter(25), letter(26), letter(701), letter(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """The number, counted from 0, of a column named by letters.

    >>> column_index("A"), column_index("AA"), column_index("XFD")
    (0, 26, 16383)
    """
    number = 0
    for each in name:
        number = number * 26 + ord(each) - 64
    return number - 1


def shorten(text: str, length: int = 60) -> str:
    """A quotation for a message.

    >>> shorten("một hai ba bốn", 8)
    'một hai…'
    """
    text = tidy(text)
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def plural(places: Sequence[int], limit: int = 8) -> str:
    """Numbers for a sentence: "3, 4, 5 …" when there are many.

    >>> plural([3, 4]), plural([1, 2, 3], limit=2)
    ('3, 4', '1, 2 …')
    """
    return ", ".join(str(place) for place in places[:limit]) + (" …" if len(places) > limit else "")
