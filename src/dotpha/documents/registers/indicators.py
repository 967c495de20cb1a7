"""Indicators from the cells of a row: one or several, figures apart or within one phrase."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dotpha.documents.registers.cells import Percent, is_marked, items_of, one_line, shown
from dotpha.documents.registers.figures import Change, Figure, change, figure, history, stated_target
from dotpha.documents.registers.units import unit_in_name
from dotpha.rules.registration import Indicator

_NUMBERS = (float, Percent)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
Doubt = Callable[[str, Any], None]  # (which: "baseline", "target", "history"; the value not understood)


@dataclass(slots=True)
class Cells:
    """What a register says of one indicator, as it stands in the file; "" where it says nothing."""

    name: Any = ""
    unit: Any = ""
    baseline: Any = ""
    target: Any = ""
    change: Any = ""
    history: Any = ""
    periods: tuple[tuple[str, Any], ...] = ()
    unit_of_table: str = ""
    years: str = ""  # of a history that does not name them itself

    @property
    def empty(self) -> bool:
        return not any(value != "" for value in (self.name, *self.figures))

    @property
    def figures(self) -> tuple[Any, ...]:
        return (self.baseline, self.target, self.change, self.history, *(value for _, value in self.periods))


def indicators(cells: Cells, doubt: Doubt) -> list[Indicator]:
    """The indicators one row gives, in order; `doubt` hears of every figure not understood."""
    if cells.empty:
        return []
    parts = _split(cells)
    if parts is not None:
        return [each for part in parts for each in indicators(part, doubt)]
    if not any(value != "" for value in cells.figures):
        return _from_phrases(cells)
    found = _one(cells, doubt)
    return [found] if found != Indicator() else []


def plain_indicator(
    cells: Sequence[Any], columns: tuple[int, int, int, int], periods: Sequence[tuple[str, int]]
) -> Indicator | None:
    """The indicator of a row that says it in numbers of Excel, None where it needs a closer look.

    `columns` are those of name, unit, baseline and target, which all exist.
    """
    at_name, at_unit, at_baseline, at_target = columns
    name, unit, baseline, target = cells[at_name], cells[at_unit], cells[at_baseline], cells[at_target]
    if name.__class__ is not str or unit.__class__ is not str or not name or name[-1] == ")" or one_line(name) != name:
        return None
    figures = (baseline, target)
    if baseline.__class__ is not float or target.__class__ is not float:
        if not all(value.__class__ in _NUMBERS or value == "" for value in figures) or figures == ("", ""):
            return None
        if baseline.__class__ is Percent or target.__class__ is Percent:
            unit = unit or "%"
    history: list[tuple[str, float]] = []
    for period, column in periods:
        value = cells[column]
        if value.__class__ in _NUMBERS:
            history.append((period, float(value)))
        elif value != "":
            return None
    return Indicator(
        name=name,
        unit=unit if "\n" not in unit else one_line(unit),
        baseline=None if baseline == "" else float(baseline),
        target=None if target == "" else float(target),
        history=tuple(history),
    )


def _one(cells: Cells, doubt: Doubt) -> Indicator:
    name, unit_after_name = unit_in_name(shown(cells.name)) if cells.name != "" else ("", "")
    if name == "" and cells.unit == "" and (said := _only_words(cells)):
        return Indicator(name=said)
    baseline, target, lead = _ends(cells, doubt)
    name = name or lead
    unit = shown(cells.unit) or _unit(target) or _unit(baseline) or unit_after_name or cells.unit_of_table
    return Indicator(
        name=name,
        unit=unit,
        baseline=None if baseline is None else baseline.value,
        target=None if target is None else target.value,
        history=tuple(_history(cells, doubt)),
    )


def is_figure(text: str) -> bool:
    """Whether a text holds a figure, alone or in a phrase."""
    lines = text.split("\n")
    return all(figure(line) or change(line) or stated_target(line) for line in lines)


def _only_words(cells: Cells) -> str:
    """The one text of an indicator that has neither name nor figure: it is its name ("Có cầu cho dân đi")."""
    said = [value for value in cells.figures if value != ""]
    if len(said) != 1 or not isinstance(said[0], str) or said[0] not in (cells.target, cells.change):
        return ""
    text = shown(said[0])
    letters = sum(sign.isalpha() for sign in text)
    understood = figure(text) or change(text) or stated_target(text)
    return "" if understood or letters < 8 else text


def _unit(found: Figure | None) -> str:
    return found.unit if found else ""


def _ends(cells: Cells, doubt: Doubt) -> tuple[Figure | None, Figure | None, str]:
    """Where the indicator stands and where it shall go, and the words before the figures of a phrase."""
    baseline, target, lead = None, None, ""
    for which, value in (("change", cells.change), ("baseline", cells.baseline), ("target", cells.target)):
        if value == "":
            continue
        both = change(shown(value)) if isinstance(value, str) else None
        single = figure(value) if both is None else None
        if both is not None:
            baseline, target, lead = both.baseline or baseline, both.target or target, both.lead
        elif single is not None:
            if which == "baseline":
                baseline = single
            else:
                target = single
        elif (said := stated_target(shown(value))) is not None and said.lead and not _has_digit(said.lead):
            if which == "baseline":
                baseline = said.target
            else:
                baseline, target, lead = baseline or said.baseline, said.target, lead or said.lead
        else:
            doubt(which, value)
    return baseline, target, lead


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _history(cells: Cells, doubt: Doubt) -> list[tuple[str, float]]:
    points = []
    if cells.history != "":
        said = cells.history if isinstance(cells.history, str) else shown(cells.history)
        found, left = history(f"{cells.years}: {said}" if cells.years and not _YEAR.search(said) else said)
        points += found
        if left:
            doubt("history", cells.history)
    for period, value in cells.periods:
        if value == "":
            continue
        read = figure(value)
        if read is None:
            doubt(period, value)
        else:
            points.append((period, read.value))
    return points


# -- several indicators in one row ---------------------------------------------------------------------------


def _split(cells: Cells) -> list[Cells] | None:
    """The indicators of a row whose cells list several, line by line; None if they list one."""
    figure_lists = [_lines(value) for value in (cells.baseline, cells.target, cells.change)]
    counts = {len(lines) for lines in figure_lists if len(lines) > 1}
    if len(counts) != 1:
        return _split_phrases(cells)
    count = counts.pop()
    if not all(_is_listed(lines) for lines in figure_lists if len(lines) == count):
        return None
    names = _spread(cells.name, count)
    if names is None:
        return None
    units = _spread(cells.unit, count) or [cells.unit] * count
    past = _spread(cells.history, count) or [""] * count
    spread = [lines if len(lines) == count else [*lines, *[""] * (count - len(lines))] for lines in figure_lists]
    periods = [_spread(value, count) or [""] * count for _, value in cells.periods]
    return [
        Cells(
            name=names[place], unit=units[place], baseline=spread[0][place], target=spread[1][place],
            change=spread[2][place], history=past[place], unit_of_table=cells.unit_of_table, years=cells.years,
            periods=tuple((named, values[place]) for (named, _), values in zip(cells.periods, periods, strict=True)),
        )
        for place in range(count)
    ]  # fmt: skip


def _lines(value: Any) -> list[Any]:
    if not isinstance(value, str):
        return [value]
    if "\n" in value:
        return list(items_of(value))
    parts = [part.strip() for part in value.split(";") if part.strip()]
    return list(parts) if len(parts) > 1 and all(figure(part) or change(part) for part in parts) else [value]


def _is_listed(lines: list[Any]) -> bool:
    return all(line == "" or figure(line) is not None or change(str(line)) is not None for line in lines)


def _spread(value: Any, count: int) -> list[Any] | None:
    """A cell's texts for `count` indicators; None if it does not hold that many."""
    if value == "":
        return [""] * count
    if not isinstance(value, str):
        return None
    for parts in (items_of(value), value.split("\n"), [part.strip() for part in value.split(";") if part.strip()]):
        if len(parts) == count:
            return [one_line(part).rstrip(" ;,") for part in parts]
    return None


def _split_phrases(cells: Cells) -> list[Cells] | None:
    """Lines of one cell that each hold a name and its figures."""
    if any(value != "" for value in cells.figures) and cells.change == "":
        return None
    source = cells.name if cells.change == "" else cells.change
    if not isinstance(source, str) or (cells.change != "" and cells.name != ""):
        return None
    parts = items_of(source) if "\n" in source or is_marked(source) else source.split(";")
    parts = [part.strip(" ;,") for part in parts if part.strip(" ;,")]
    if len(parts) < 2 or not _separate(parts, source):
        return None
    return [Cells(name=part, unit=cells.unit, unit_of_table=cells.unit_of_table) for part in parts]


def _separate(parts: list[str], source: str) -> bool:
    """Whether the pieces are indicators of their own and not one name broken by hand."""
    told = sum(1 for part in parts if change(part) or stated_target(part))
    marked = sum(1 for line in source.split("\n") if is_marked(line))
    return told == len(parts) or (marked >= 2 and marked == len(parts))


def _from_phrases(cells: Cells) -> list[Indicator]:
    """An indicator whose name and figures are one phrase, or which is only named."""
    text = shown(cells.name)
    found = change(text) or stated_target(text)
    if found is None:
        name, unit = unit_in_name(text)
        return [Indicator(name=name, unit=shown(cells.unit) or unit)]
    # "100% hộ dùng nước sạch" is its own name; "4,8 km" needs none.
    name, unit = unit_in_name(found.lead) if found.lead else ("" if _says_only(text, found) else text, "")
    return [
        Indicator(
            name=name,
            unit=shown(cells.unit) or _unit(found.target) or _unit(found.baseline) or unit or cells.unit_of_table,
            baseline=found.baseline.value if found.baseline else None,
            target=found.target.value if found.target else None,
        )
    ]


def _says_only(text: str, found: Change) -> bool:
    """Whether a phrase says no more than its figures and their unit."""
    if found.baseline is not None:
        return True
    words = [word for word in text.split() if not _has_digit(word) and word.isalpha()]
    return len(words) <= len(_unit(found.target).split()) + 1
