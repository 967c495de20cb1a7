"""Sheets this program wrote itself (`dotpha.documents.registration.writing`): read word for word, not by likeness.

Nothing is guessed here: columns are found by their exact headings, a task by its code, a text that goes on by the sign
at its end. What people changed in the sheet is read as they left it, hidden rows and columns included, for a filter
hides rows and means nothing by it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from dotpha.documents.registers.cells import shown
from dotpha.documents.registers.grid import Grid, Row
from dotpha.documents.registers.reading import Remark, shorten
from dotpha.documents.registers.tables import Found
from dotpha.documents.registration.layout import (
    BESIDE,
    INDICATOR,
    SINGLE,
    SheetLayout,
    choice_in,
    columns_in,
    figure,
    goes_on,
    history_in,
    joined,
    layout,
    year_in,
)
from dotpha.rules.form.composing import day_of
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.vietnamese.text import fold, tidy

_HEAD_ROWS = 30  # within which our heading stands, also where somebody wrote above it


def is_own(rows: Iterable[Sequence[Any]]) -> bool:
    """Whether a sheet with these rows is one of ours, or our page of explanations."""
    first = list(islice(rows, _HEAD_ROWS))
    return any(columns_in(row) is not None for row in first) or any(_is_guide(row) for row in first[:1])


def _is_guide(cells: Sequence[Any]) -> bool:
    return any(isinstance(cell, str) and fold(tidy(cell)) == fold(layout().guide_title) for cell in cells)


@dataclass(slots=True)
class _Task:
    """One task as its rows are read; texts are lists of cells, the last of which may go on."""

    row: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    indicators: list[dict[str, list[Any]]] = field(default_factory=list)
    other: dict[str, str] = field(default_factory=dict)

    def add(self, said: dict[str, Any]) -> None:
        for name in SINGLE:
            if name in said and (name != "id" or "id" not in self.texts):
                self.texts.setdefault(name, []).append(_text(said[name]))
        self.other |= {name: text for name in BESIDE if name in said and (text := tidy(_text(said[name])))}
        figures = {name: said[name] for name in INDICATOR if name in said}
        if not figures:
            return
        last = self.indicators[-1] if self.indicators else {}
        if last and any(goes_on(cells[-1]) for cells in last.values()):
            for name, value in figures.items():
                last.setdefault(name, []).append(value)
        else:
            self.indicators.append({name: [value] for name, value in figures.items()})


def read_own(grid: Grid) -> Found:
    """The tasks of one of our sheets; nothing at all of the page of explanations."""
    found = Found()
    reader: _Reader | None = None
    year = None
    for row in grid.rows:
        if reader is not None:
            reader.feed(row)
        elif (head := columns_in(row.cells)) is not None:
            reader = _Reader(grid, *head, year)
        else:
            year = year_in(row.cells) or year
    if reader is not None:
        found.headings = 1
        found.registrations = list(reader.registrations())
        found.remarks = reader.remarks
    return found


class _Reader:
    def __init__(self, grid: Grid, sheet: SheetLayout, places: dict[str, int], year: int | None) -> None:
        self._grid, self._sheet, self._places, self._year = grid, sheet, places, year
        self._headings = {column.field: column.heading for column in sheet.columns}
        self._tasks: list[_Task] = []
        self._by_code: dict[str, _Task] = {}
        self._gap = False
        self.remarks: list[Remark] = []

    def feed(self, row: Row) -> None:
        said = {
            name: row.cells[place] for name, place in self._places.items()
            if place < len(row.cells) and _says(row.cells[place])
        }  # fmt: skip
        if not said:
            self._gap = True
            return
        task = self._goes_on(said, row)
        if task is not None:
            task.add(said)
            self._gap = False
        elif {"title", "owner", "id"} & said.keys() and "title" in said:
            self._begin(said, row)
            self._gap = False
        elif len(said) > 1 or not {"number", "owner"} & said.keys():
            self._remark(row, "chưa rõ dòng này thuộc nhiệm vụ nào nên chưa đọc; đề nghị ghi nhiệm vụ hoặc mã.")

    def _goes_on(self, said: dict[str, Any], row: Row) -> _Task | None:
        """The task whose further row this is; None for a row of its own."""
        if "number" in said:
            return None
        if "id" in said:
            return self._by_code.get(tidy(_text(said["id"])))
        if {"title", "owner"} & said.keys() or self._gap or not self._tasks:
            return None
        return self._tasks[-1]

    def _begin(self, said: dict[str, Any], row: Row) -> None:
        task = _Task(row.number)
        task.add(said)
        self._tasks.append(task)
        if code := tidy(_text(said.get("id", ""))):
            if code in self._by_code:
                self._remark(
                    row, f"mã “{shorten(code)}” đã có ở dòng {self._by_code[code].row}; đề nghị kiểm tra.", "id"
                )
            self._by_code.setdefault(code, task)

    def registrations(self) -> Iterator[Registration]:
        base = self._grid.source()
        prefix = "/".join([Path(self._grid.file).stem, *self._grid.names()])
        for task in self._tasks:
            texts = {name: joined(task.texts.get(name, ())) for name in SINGLE}
            source: dict[str, Any] = {**base, "row": task.row}
            if task.other:
                source["other"] = {self._headings[name]: text for name, text in task.other.items()}
            yield Registration(
                **{**texts, "id": texts["id"] or f"{prefix}/{task.row}"},
                owner_type=self._sheet.owner_type,
                deadline_iso=day_of(texts["deadline"], self._year),
                indicators=tuple(self._indicator(task, each) for each in task.indicators),
                source=source,
            )

    def _indicator(self, task: _Task, said: dict[str, list[Any]]) -> Indicator:
        texts = {name: joined([_text(cell) for cell in said.get(name, ())]) for name in INDICATOR}
        points, left = history_in(texts["history"])
        if left:
            self._doubt(task, left, "history")
        return Indicator(
            name=texts["name"], unit=texts["unit"], baseline=self._figure(task, said, "baseline"),
            target=self._figure(task, said, "target"), history=points,
            kind=choice_in("kind", texts["kind"]), better=choice_in("better", texts["better"]),
        )  # fmt: skip

    def _figure(self, task: _Task, said: dict[str, list[Any]], name: str) -> float | None:
        cells = said.get(name, [])
        number = figure(cells[0]) if cells else None
        if cells and number is None:
            self._doubt(task, _text(cells[0]), name)
        return number

    def _doubt(self, task: _Task, said: str, name: str) -> None:
        place = self._grid.place(task.row, self._places[name])
        self.remarks.append(Remark(place, f"chưa đọc được số từ “{shorten(said)}”; đề nghị kiểm tra."))

    def _remark(self, row: Row, message: str, name: str = "") -> None:
        self.remarks.append(Remark(self._grid.place(row.number, self._places.get(name)), message))


def _says(value: Any) -> bool:
    return bool(tidy(value)) if isinstance(value, str) else value is not None


def _text(value: Any) -> str:
    """A cell as text, lines kept: a number or a day Excel made of what was typed reads as a person sees it."""
    if isinstance(value, str):
        return value
    return shown(value) if isinstance(value, int | float | date) or value else ""
