"""The heading of a register: found by what its words mean, over one to four rows, wherever it stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from dotpha.documents.registers.cells import shown
from dotpha.documents.registers.columns import FIGURES, Match, Role, matches, names_any, words_of
from dotpha.documents.registers.grid import Row
from dotpha.documents.registers.units import could_be_unit
from dotpha.documents.registers.words import words
from dotpha.rules.vietnamese.text import fold

MAX_HEIGHT = 4
_MAX_HEADING = 120  # letters; a longer cell is a text, not a heading
_LEAST = 1.0  # the score from which a heading counts as naming a field
Accept = Callable[[Sequence["Column"], dict[Role, float]], bool]
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:[-–—,;/→]|đến|và)\s*(?:19|20)\d\d")
_PURPOSE = re.compile(r"\b(?:dot pha|dang ky|cam ket|breakthrough)\b")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a heading: the texts over it, from the widest to its own, without repetitions."""

    index: int
    path: tuple[str, ...]

    @property
    def leaf(self) -> str:
        return self.path[-1] if self.path else ""

    @property
    def parent(self) -> str:
        return self.path[-2] if len(self.path) > 1 else ""

    @property
    def name(self) -> str:
        """What people call it: its own heading, with the one above where that alone says little."""
        if self.parent and len(words_of(self.leaf)) < 2:
            return f"{self.parent} / {self.leaf}"
        return self.leaf


@dataclass(frozen=True, slots=True)
class Header:
    """A heading of `height` rows and how sure it is one."""

    height: int
    columns: tuple[Column, ...]
    score: float
    texts: frozenset[str]


def header_at(rows: Sequence[Row], *, purpose: str = "") -> Header | None:
    """The heading that begins with the first of these rows, if one does.

    `purpose` is what stands above: a table that names no one who registers must at least be said to be a
    register.
    """
    return _best(rows, lambda columns, roles: _is_register(columns, roles, purpose))


def figures_header_at(rows: Sequence[Row]) -> Header | None:
    """The heading of a small table of indicators inside a form, if one begins with the first of these rows."""
    texts = [cell for cell in rows[0].cells if isinstance(cell, str) and cell]
    named = sum(1 for text in texts if names_any(text, FIGURES))
    known = sum(1 for text in texts if _is_heading(text))
    return _best(rows, _is_figures) if named >= 2 and known * 4 >= len(texts) * 3 else None


def _is_heading(text: str) -> bool:
    """Whether one cell reads like a heading: it names a field or a year, and says nothing after a colon."""
    if ":" in text.rstrip(": "):
        return False
    best = matches(text)
    return bool(best and best[0].score >= _LEAST) or _is_period(text)


def _best(rows: Sequence[Row], accept: Accept) -> Header | None:
    best: Header | None = None
    if any(merge.top < rows[0].number for merge in rows[0].merges if merge.value != ""):
        return None  # the row is the lower part of a heading that begins above
    least = _least_height(rows)
    for height in range(min(least, len(rows), MAX_HEIGHT), min(MAX_HEIGHT, len(rows)) + 1):
        if any(_is_prose(row) for row in rows[:height]):
            break
        found = _evaluate(rows[:height], accept)
        if found and (best is None or found.score > best.score + 0.3):
            best = found
    return best


def _least_height(rows: Sequence[Row]) -> int:
    """How many rows the merges of the first claim, with a row of parts or units under them."""
    first = rows[0]
    least = max((merge.bottom - merge.top + 1 for merge in first.merges if merge.top == first.number), default=1)
    while least < min(len(rows), MAX_HEIGHT):
        above, below = rows[least - 1], rows[least]
        filled = [place for place, cell in enumerate(below.cells) if cell != ""]
        under = [
            place for place in filled if any(m.left <= place <= m.right and m.right > m.left for m in above.merges)
        ]
        units = [place for place in filled if _is_unit(below.cells[place])]
        if len(filled) < 2 or (len(under) < len(filled) and len(units) < len(filled)) or is_number_row(below):
            break
        least += 1
    return least


def _is_unit(value: Any) -> bool:
    """Whether a cell of a heading only names a unit: "(%)", "triệu đồng"."""
    if not isinstance(value, str) or len(value) >= 24 or not could_be_unit(value.strip("()[] "), ""):
        return False
    return not names_any(value, get_args(Role), 2.0)


def _is_prose(row: Row) -> bool:
    """Whether a row holds what no heading holds: a long text, or a number that is no year."""
    for cell in row.cells:
        if isinstance(cell, str):
            if len(cell) > _MAX_HEADING or (cell.isdecimal() and not 1990 <= int(cell) <= 2100):
                return True
        elif not isinstance(cell, date) and not (isinstance(cell, int | float) and 1990 <= cell <= 2100):
            return True
    return False


def _evaluate(rows: Sequence[Row], accept: Accept) -> Header | None:
    columns = _columns(rows)
    if columns is None:
        return None
    best_by_role: dict[Role, float] = {}
    unknown = 0
    for column in columns:
        ranked = readings(column)
        named = [match for match in ranked if match.score >= max(_LEAST, 0.75 * ranked[0].score)]
        if not named and not _is_period(column.leaf):
            unknown += 1
        for match in named[:3]:
            best_by_role[match.role] = max(best_by_role.get(match.role, 0.0), min(match.score, 3.0))
    if not accept(columns, best_by_role):
        return None
    score = sum(best_by_role.values()) - 0.8 * unknown
    if score <= 0:
        return None
    texts = frozenset(fold(text) for column in columns for text in column.path)
    return Header(len(rows), tuple(columns), score, texts)


def _is_register(columns: Sequence[Column], roles: dict[Role, float], purpose: str) -> bool:
    if title_column(columns) is None:
        return False
    distinct = sum(1 for column in columns if any(match.score >= _LEAST for match in readings(column)))
    telling = {role for role in roles if role not in ("number", "code", "other", "title", "workplace")}
    said = fold(" ".join([purpose, *(text for column in columns for text in column.path)]))
    named = bool(telling & {"owner", "person"})
    if not named and not _PURPOSE.search(said):
        return False
    if len(telling - {"position", "owner_type"}) >= 2 and distinct >= 3:
        return True
    return bool(_PURPOSE.search(said)) and distinct >= 2 and (bool(telling) or "number" in roles)


def _is_figures(columns: Sequence[Column], roles: dict[Role, float]) -> bool:
    distinct = sum(1 for column in columns if any(match.score >= _LEAST for match in readings(column)))
    return distinct >= 2 and "indicator" in roles and bool(roles.keys() & {"target", "baseline", "change"})


def title_column(columns: Sequence[Column]) -> Column | None:
    """The column of the task itself: what the whole register stands on."""
    best, best_score = None, 0.65
    for column in columns:
        ranked = readings(column)
        score = next((match.score for match in ranked if match.role == "title"), 0.0)
        rival = max((match.score for match in ranked if match.role not in ("title", "description")), default=0.0)
        if score < rival:
            score *= 0.75 if score >= 0.6 * rival else 0.0  # it rather is something else
        if score > best_score:
            best, best_score = column, score
    return best


def readings(column: Column) -> tuple[Match, ...]:
    """The fields a column may be, best first, its own heading read in the light of the one above."""
    own = matches(column.leaf)
    if years_covered(column.leaf):
        own = (Match("history", 3.2, 1.0), *own)
    if not column.parent:
        return own
    return _in_context(column.parent, column.leaf, own)


def years_covered(heading: str) -> str:
    """The years of a heading that speaks of results over several; "" if it does not.

    >>> years_covered("Kết quả 2019-2021"), years_covered("Mục tiêu 2021-2025"), years_covered("Năm 2021")
    ('2019-2021', '', '')
    """
    found = _YEARS.search(heading)
    return found[0] if found and words("done").issuperset(words_of(heading)) else ""


def _in_context(parent: str, leaf: str, own: tuple[Match, ...]) -> tuple[Match, ...]:
    above = matches(parent)
    scores = {match.role: match for match in own}
    top = above[0] if above and above[0].score >= _LEAST else None
    if top is not None:
        if top.role == "responsible" and own and own[0].role in ("person", "position", "owner"):
            return (Match("responsible", own[0].score, own[0].coverage),)
        if top.role in ("indicator", "target", "baseline", "change", "history"):
            scores.update(_under_figures(top, leaf, scores))
        elif top.role == "other" or (
            top.role == "deadline" and re.fullmatch(r"quy (?:i{1,3}|iv|[1-4])", fold(leaf).strip())
        ):
            return (Match("other", top.score, top.coverage),)
    for match in matches(f"{parent} {leaf}"):
        if match.role not in scores or scores[match.role].score < match.score * 0.8:
            scores[match.role] = Match(match.role, match.score * 0.8, match.coverage)
    return tuple(sorted(scores.values(), key=lambda match: -match.score))


def _under_figures(top: Match, leaf: str, scores: dict[Role, Match]) -> dict[Role, Match]:
    """Under "Chỉ tiêu", "Đơn vị" is a unit and "Tên" or "Nội dung" the indicator's name."""
    said = words_of(leaf)
    if "unit" in scores:
        return {"unit": Match("unit", scores["unit"].score + 1.0, 1.0)}
    if said and said[0] in ("ten", "noi", "loai", "dien", "name") and top.role != "history":
        return {"indicator": Match("indicator", 2.8, 1.0), "title": Match("title", 0.1, 0.0)}
    return {}


def _columns(rows: Sequence[Row]) -> list[Column] | None:
    """The columns under these heading rows; None if they cannot be a heading."""
    width = max(len(row.cells) for row in rows)
    for row in rows:
        width = max([width, *(merge.right + 1 for merge in row.merges if merge.value != "")])
    grid = [[_text(row.spanned(column)) for column in range(width)] for row in rows]
    for line in grid:
        texts = {text for text in line if text}
        if len(texts) < 2 and (line is grid[0] or not texts):
            return None
    for row, line in zip(rows[:-1], grid, strict=False):
        _carry_parents(row, line, grid[-1])
    columns = []
    for column in range(width):
        path: list[str] = []
        for line in grid:
            if path and line is not grid[0] and path[-1] != line[column] and _is_unit(line[column]):
                path[-1] = f"{path[-1]} ({line[column].strip('()[] ')})"
            elif line[column] and (not path or path[-1] != line[column]):
                path.append(line[column])
        columns.append(Column(column, tuple(path)))
    filled = [column for column in columns if column.path]
    if len(filled) < 2 or (len(rows) > 1 and not any(len(column.path) > 1 for column in filled) and _apart(grid)):
        return None
    return columns


def _apart(grid: list[list[str]]) -> bool:
    """Whether the rows fill the same columns with different texts: a heading and data, not two headings."""
    return all(text for line in grid for text in line[:1])


def _carry_parents(row: Row, line: list[str], last: list[str]) -> None:
    """A heading over several columns whose cells were not merged stands only over the first of them."""
    if any(merge.top == row.number and merge.right > merge.left for merge in row.merges):
        return
    for column in range(1, len(line)):
        before = line[column - 1]
        if not line[column] and last[column] and before and last[column - 1] not in ("", before):
            line[column] = before


def _text(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    return shown(value)


def _is_period(text: str) -> bool:
    return re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text) is not None or not text


def is_number_row(row: Row) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 … or (1), (2) … or A, B, 1, 2.

    >>> is_number_row(Row(9, ["(1)", "(2)", "(3)=(2)/(1)", ""])), is_number_row(Row(9, ["1", "Chi bộ", "7"]))
    (True, False)
    """
    signs = [shown(cell).strip() for cell in row.cells if cell != ""]
    if len(signs) < 3:
        return False
    fitting = sum(bool(re.fullmatch(r"[\[(]?(?:\d{1,2}|[A-ZĐ]|[a-zđ])[\])]?(?:\s*[=:].*)?", sign)) for sign in signs)
    digits = [int(found[0]) for sign in signs if (found := re.search(r"\d+", sign))]
    rising = all(later > earlier for earlier, later in zip(digits, digits[1:], strict=False))
    return fitting == len(signs) and rising and (not digits or digits[0] <= 3)
