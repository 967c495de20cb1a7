"""The rows under a heading, one after another: registrations, and all that is none.

A reader keeps what rows hand down to those below them: the group, the owner, the values a ditto mark repeats.
"""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from dotpha.documents.registers.belonging import Belonging
from dotpha.documents.registers.cells import DITTOS, one_line, shown, unmarked
from dotpha.documents.registers.drafts import Draft, Owner
from dotpha.documents.registers.grid import Grid, Row
from dotpha.documents.registers.header import is_number_row
from dotpha.documents.registers.indicators import indicators, plain_indicator
from dotpha.documents.registers.layout import TEXTS, IndicatorColumns, Layout
from dotpha.documents.registers.lone import (
    is_caption,
    is_foot,
    is_grand_total,
    is_group,
    is_marked,
    is_note,
    is_total,
    names_owner,
    without_marker,
)
from dotpha.documents.registers.owners import is_name, is_post, looks_organization, split_person, type_by_words
from dotpha.documents.registers.reading import Remark, shorten
from dotpha.documents.registers.tails import Tail
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.vietnamese.text import fold

_FIELD_NAMES = {
    "owner": "owner", "person": "owner", "position": "position", "description": "description", **TEXTS,
}  # fmt: skip
_FROM_LETTERHEAD = "bảng không có cột đơn vị, lấy “{}” ở phần đầu văn bản làm đơn vị đăng ký; đề nghị kiểm tra."
_TOTAL_STARTS = frozenset("tTcC0123456789-+*(IVXABCD")


@dataclass(slots=True)
class TableReader:
    """Reads the rows under one heading; `finish` gives what is left at the end."""

    grid: Grid
    layout: Layout
    belonging: Belonging
    registrations: list[Registration] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    draft: Draft | None = None
    number: int = 0  # the row the draft began in
    values: list[Any] = field(default_factory=list)  # of the last registration, what a ditto mark repeats
    gap: bool = False
    closed: bool = False
    tail: Tail = field(init=False)
    base: dict[str, Any] = field(init=False)
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        self.tail = Tail(self.grid, self.remarks)
        self.base = self.grid.source()
        self.prefix = "/".join([Path(self.grid.file).stem, *self.grid.names()]) + "/"

    # -- one row ----------------------------------------------------------------------------------------

    def feed(self, row: Row) -> None:
        if self.takes(row):
            return
        cells = row.cells
        filled = [column for column, cell in enumerate(cells) if cell != ""]
        if not filled:
            self.gap = True
            return
        title = cells[self.layout.title] if self.layout.title < len(cells) else ""
        if self.tail.is_long and (self.closed or (title == "" and not row.merges)):
            self.gap = False
        elif not self.closed:
            self._place(row, filled, title)
        if self.number != row.number:
            self.tail.grow(row.number)

    def _place(self, row: Row, filled: list[int], title: Any) -> None:
        """Find out what a row is that has something in it."""
        if self._is_company(row, filled, title):
            return
        if title != "" and len(filled) > 1 and not self._is_only_numbered(filled):
            self._register(row)
        elif title != "":
            self._single(row, filled, self.layout.title)
        elif self._repeats_title(row, filled):
            self._register(row)
        else:
            self._without_title(row, filled)
        self.gap = False

    def takes(self, row: Row) -> bool:
        """Read a row that is plainly a registration, as nearly all rows of a large file are; False if it is not.

        A number in the first cell and a long title rule out headings, totals, groups and signatures.
        """
        cells, place = row.cells, self.layout.title
        if place >= len(cells) or cells[0].__class__ is not float or place == 0 or self.closed:
            return False
        title = cells[place]
        if title.__class__ is not str or len(title) <= self.layout.longest_heading or row.merges:
            return False
        if self.layout.owner_columns[0] < 0 and cells.count("") >= len(cells) - 2:
            return False  # only a number and a text: in a table without a column for them, perhaps the owner
        self._register(row)
        self.gap = False
        return True

    def _is_company(self, row: Row, filled: list[int], title: Any) -> bool:
        """Whether a row is a repeated heading, a row of column numbers, a total or the foot of the table."""
        first = row.cells[filled[0]]
        few = len(filled) <= 4
        if self._is_heading(row, filled, title) or ((few or len(str(title)) < 8) and is_number_row(row)):
            self.gap = True
            return True
        if isinstance(first, str) and first[:1] in _TOTAL_STARTS and self._is_total(row, filled, first, title):
            self.gap = True
            return True
        if few and any(self._is_foot(row.cells[place], place) for place in filled):
            self._flush()
            self.closed = True
            return True
        return False

    def _is_total(self, row: Row, filled: list[int], first: str, title: Any) -> bool:
        if filled[0] == self.layout.title:
            return len(first) < 60 and len(filled) <= 6 and is_grand_total(first)
        return is_total(first) and (not self.belonging.is_named(row.cells) or title == "" or len(filled) <= 4)

    def _is_foot(self, value: Any, place: int) -> bool:
        if place in (self.layout.column("deadline"), self.layout.column("start")):
            return False  # "Ngày 30 tháng 6" opens a signature elsewhere
        return isinstance(value, str) and is_foot(value)

    def _is_heading(self, row: Row, filled: list[int], title: Any) -> bool:
        """Whether the heading is repeated here; a long title rules it out at once."""
        texts = self.layout.header.texts
        if isinstance(title, str) and len(title) > self.layout.longest_heading:
            return False
        same = sum(
            1 for place in filled
            if isinstance(row.cells[place], str) and fold(" ".join(row.cells[place].split())) in texts
        )  # fmt: skip
        return same >= 2 and same * 3 >= len(filled) * 2

    def _is_only_numbered(self, filled: list[int]) -> bool:
        return set(filled) <= {self.layout.title, self.layout.column("number")}

    def _repeats_title(self, row: Row, filled: list[int]) -> bool:
        """A task over several merged rows with another owner in each is a registration of each."""
        return row.covered(self.layout.title) is not None and not set(self.layout.owner_columns[:2]).isdisjoint(filled)

    # -- rows that are no registration --------------------------------------------------------------------

    def _single(self, row: Row, filled: list[int], column: int) -> None:
        """Only a title, with at most a number: a task of the owner above, or a heading in the wrong column."""
        text = row.cells[column]
        line = one_line(text) if isinstance(text, str) else shown(text)
        numbered = len(filled) > 1 or unmarked(line) != line
        if max(self.layout.owner_columns[:2]) < 0 and names_owner(line):
            self._heading_row(row, line)
            return
        heading = is_group(line) or row.width_of(column) > 2 or (line.isupper() and not numbered)
        known = self.belonging.is_known or (numbered and not looks_organization(line))
        if known and not heading and not is_note(line) and (numbered or not self.gap):
            self._register(row)
        else:
            self._heading_row(row, line)

    def _without_title(self, row: Row, filled: list[int]) -> None:
        number = self.layout.column("number")
        telling = [place for place in filled if place != number]
        if not telling:
            telling = filled
        texts = {shown(row.cells[place]) for place in telling}
        position = self.layout.column("position")
        owner_only = set(telling) <= {*self.layout.owner_columns[:2], position} and self.belonging.is_named(row.cells)
        if owner_only and self._continues_owner(row, telling):
            return
        if owner_only and not is_group(shown(row.cells[telling[0]])):
            self._owner_row(row)
        elif len(texts) == 1:
            line = shown(row.cells[telling[0]])
            prefix = f"{shown(row.cells[number]).rstrip('. )')}. " if number in filled and number not in telling else ""
            continuing = telling[0] in self._continuing_columns() and not is_group(prefix + line)
            if continuing and self._continues(row, telling):
                return
            self._heading_row(row, prefix + line)
        elif not self._continues(row, telling):
            self._stray(row, telling)

    def _continuing_columns(self) -> set[int]:
        """Columns in which a lone text continues the registration above it."""
        layout = self.layout
        named = {layout.column(role) for role in TEXTS} | set(layout.descriptions)
        return named | {place for each in layout.indicators for place in each.all}

    def _heading_row(self, row: Row, text: str) -> None:
        """A group, or the owner of the rows below; which of both shows when they come."""
        self._flush()
        bare = one_line(without_marker(text))
        if is_note(text) or is_total(without_marker(text)):
            return
        if is_group(text):
            self.belonging.enter(text, type_by_words(bare))
        elif looks_organization(bare) or split_person(bare) or is_post(bare):
            self.belonging.name(bare)
        elif is_caption(text):
            self.belonging.hint(type_by_words(bare))
        elif is_marked(text) or bare.isupper():
            self.belonging.enter(text, None)
        else:
            self._stray(row, [place for place, cell in enumerate(row.cells) if cell != ""])

    def _owner_row(self, row: Row) -> None:
        self._flush()
        self.belonging.owner = self.belonging.named(row.cells) or Owner()
        self.values = []

    def _continues_owner(self, row: Row, telling: list[int]) -> bool:
        """A post on the line under the name it belongs to."""
        if self.draft is None or self.gap or len(telling) != 1 or self.draft.owner.position:
            return False
        text = shown(row.cells[telling[0]])
        if not is_post(text) or not is_name(self.draft.owner.name):
            return False
        self.draft.owner = self.belonging.owner = Owner(self.draft.owner.name, "individual", text, True)
        return True

    def _continues(self, row: Row, telling: list[int]) -> bool:
        """A row that adds to the registration above: another indicator, or more of a text."""
        if self.draft is None or self.belonging.is_named(row.cells):
            return False
        self._repeat_dittos(row)
        if self.grid.blind:
            self._tell_blind(row)
        found = self._indicators(row)
        if self.gap and not (found and len(telling) > 1):
            return False
        self.draft.indicators += found
        self.values = [new if new != "" else old for new, old in zip(row.cells, self.values, strict=False)]
        figures = {place for each in self.layout.indicators for place in each.all}
        for place in telling:
            if place not in figures:
                self._continue_text(row, place)
        return True

    def _continue_text(self, row: Row, place: int) -> None:
        assert self.draft is not None
        value = row.cells[place]
        name = self._text_field(place)
        if name:
            self.draft.add(name, value)
        else:
            heading = self.layout.names.get(place, "")
            before = self.draft.other.get(heading, "")
            self.draft.other[heading] = f"{before}; {shown(value)}" if before else shown(value)

    def _text_field(self, place: int) -> str:
        if place in self.layout.descriptions:
            return "description"
        return next((name for role, name in TEXTS.items() if self.layout.column(role) == place), "")

    def _stray(self, row: Row, telling: list[int]) -> None:
        if not self.registrations and self.draft is None and not self.belonging.owner.name:
            return
        if self.tail.is_long:
            return
        text = "; ".join(shown(row.cells[place]) for place in telling[:3])
        self._remark(
            row.number, telling[0], f"chưa rõ “{shorten(text)}” thuộc nhiệm vụ nào nên chưa đọc; đề nghị kiểm tra."
        )

    # -- a registration -------------------------------------------------------------------------------------

    def _register(self, row: Row) -> None:
        self._flush()
        if self.tail:
            self.tail.end()
        layout, cells = self.layout, row.cells
        if row.merges or not DITTOS.isdisjoint(cells):
            self._resolve(row)
        if self.belonging.take(cells):
            self.remarks.append(Remark(self.grid.place(), _FROM_LETTERHEAD.format(self.belonging.owner.name)))
        draft = Draft(self._source(row), self.belonging.owner, shown(cells[layout.title]))
        texts, other, width = draft.texts, draft.other, len(cells)
        for name, column in layout.texts:
            if column < width and (value := cells[column]) != "":
                if name in texts:
                    draft.add(name, value)
                else:
                    texts[name] = value
        for column in layout.responsible_posts:
            self._add_post(draft, cells[column])
        draft.indicators = self._indicators(row)
        for column, name in layout.kept:
            if column < width and (value := cells[column]) != "":
                other[name] = shown(value)
        if self.grid.blind:
            self._tell_blind(row)
        if row.originals:
            draft.originals = {self._original_name(column): text for column, text in row.originals.items()}
        self.draft = draft
        self.number = row.number
        self.values = cells
        if not draft.owner.name:
            self._remark(row.number, None, "chưa rõ đơn vị hoặc người đăng ký nhiệm vụ này; đề nghị bổ sung.")

    def _tell_blind(self, row: Row) -> None:
        for column in self.layout.names:
            why = self.grid.blind.get((row.number, column))
            if why and row.cells[column] == "":
                self._remark(
                    row.number, column, f"{why} nên chưa có giá trị; đề nghị mở tệp bằng Excel, lưu lại rồi gửi."
                )

    def _add_post(self, draft: Draft, post: Any) -> None:
        """The post in a column of its own beside the name of who leads."""
        if post != "" and draft.texts.get("responsible"):
            draft.texts["responsible"] = f"{shown(draft.texts['responsible'])}, {shown(post)}"
        else:
            draft.add("responsible", post)

    def _resolve(self, row: Row) -> None:
        """Put in what a cell takes from above: a merged cell's value, or what a ditto mark repeats."""
        cells = row.cells
        if row.merges:
            for column in range(len(cells)):
                merge = row.covered(column) if cells[column] == "" else None
                if merge is not None and merge.left == column:
                    cells[column] = merge.value
        self._repeat_dittos(row)

    def _repeat_dittos(self, row: Row) -> None:
        cells = row.cells
        if DITTOS.isdisjoint(cells):
            return
        for column, value in enumerate(cells):
            if isinstance(value, str) and value in DITTOS and column < len(self.values):
                cells[column] = self.values[column]

    def _indicators(self, row: Row) -> list[Indicator]:
        found: list[Indicator] = []
        unit = self.belonging.above.unit
        for place in self.layout.indicators:
            if place.plain and len(row.cells) >= place.reach and not unit:
                simple = plain_indicator(row.cells, place.four, place.periods)
                if simple is not None:
                    found.append(simple)
                    continue
            found += indicators(place.cells(row.cells, unit), partial(self._doubt, row, place))
        return found

    def _doubt(self, row: Row, place: IndicatorColumns, which: str, value: Any) -> None:
        column = next((column for period, column in place.periods if period == which), getattr(place, which, -1))
        self._remark(row.number, column, f"chưa đọc được số từ “{shorten(shown(value))}”; đề nghị kiểm tra.")

    def _original_name(self, column: int) -> str:
        if column == self.layout.title:
            return "title"
        for role, named in self.layout.single.items():
            if named == column:
                return _FIELD_NAMES.get(role, role)
        return self.layout.names.get(column, str(column + 1))

    def _source(self, row: Row) -> dict[str, Any]:
        if self.grid.turned is None:
            return {**self.base, "row": row.number, "id": f"{self.prefix}{row.number}"}
        place = self.grid.place(row.number)
        cell = f"{self.grid.place(row.number, self.layout.title).column}{place.row}"
        return {**self.base, "row": place.row, "cell": cell, "id": f"{self.prefix}{cell}"}

    def _remark(self, row: int, column: int | None, message: str) -> None:
        at = None if column is None or column < 0 else column
        self.remarks.append(Remark(self.grid.place(row, at), message))

    def _flush(self) -> None:
        draft, self.draft = self.draft, None
        if draft is not None:
            self.registrations.append(draft.finished(self.layout.year, self._complain))

    def _complain(self, value: str) -> None:
        at = self.layout.column("deadline")
        self._remark(self.number, at, f"“{shorten(value)}” là ngày không có trong lịch; đề nghị kiểm tra.")

    def finish(self) -> None:
        self._flush()
        self.tail.end()
