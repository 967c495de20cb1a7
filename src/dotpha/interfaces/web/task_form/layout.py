"""The form as it stands on the page: sections of lines, each with what was typed, what is said of it, and its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dotpha.interfaces.web.task_form.advice import Advice, Advised
from dotpha.rules.form.content import GROUNDS, MOST_ROWS, Content, Duty, IndicatorContent, Milestone
from dotpha.rules.form.missing import value_of
from dotpha.rules.form.specification import NEED_LABELS, Field, Kind, Need, Specification
from dotpha.rules.screening.result import REASON_LABELS, Reason

_SHOWN_NEEDS = (Need.REQUIRED, Need.EXPECTED)
_BLANK: Mapping[Kind, Any] = {
    Kind.INDICATORS: IndicatorContent(),
    Kind.MILESTONES: Milestone(),
    Kind.DUTIES: Duty(),
}
_LONG_LINE, _LONG_TEXT = 500, 4000  # letters
_HISTORY = 3  # periods a row of figures offers at least: three tell a trend


def id_of(name: str) -> str:
    """What a field is called in addresses and identifiers of the page.

    >>> id_of("extra.von")
    'extra-von'
    """
    return name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list; `number` is its place in the names of its fields, "__n__" in the pattern a script copies."""

    number: int | str
    value: Any
    advice: Advice = field(default_factory=Advice)
    history: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One question. `is_due` is false while the ground it is asked for is not chosen."""

    field: Field
    value: Any
    advice: Advice
    rows: Sequence[Row] = ()
    pattern: Row | None = None
    options: Sequence[Option] = ()
    is_due: bool = True
    is_as_last_year: bool = False
    error: str = ""

    @property
    def id(self) -> str:
        return id_of(self.field.name)

    @property
    def need(self) -> str:
        return NEED_LABELS[self.field.need] if self.field.need in _SHOWN_NEEDS else ""

    @property
    def is_filled(self) -> bool:
        return bool(self.value)

    @property
    def is_long(self) -> bool:
        """A name of up to three lines is read as a whole, not through a slit."""
        return self.field.most >= _LONG_LINE

    @property
    def lines(self) -> int:
        """Lines a text is offered at first."""
        return 5 if self.field.most > _LONG_TEXT else 3

    @property
    def has_room(self) -> bool:
        return len(self.rows) < MOST_ROWS


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the form and how much of it is filled."""

    number: int
    title: str
    help: str
    lines: Sequence[Line]

    @property
    def due(self) -> int:
        return sum(line.is_due for line in self.lines)

    @property
    def filled(self) -> int:
        return sum(line.is_due and line.is_filled for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Which rows of indicators the page has (`numbers`), which of them hold something (`kept`), which list is to have
    one row more, and what was refused at which field."""

    content: Content
    numbers: Sequence[int]
    kept: Sequence[int]
    more: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


def parts_of(asked: Specification, typed: Typed, advised: Advised, last_year: Content | None) -> list[Part]:
    return [
        Part(
            number, section.title, section.help, [_line(each, typed, advised, last_year) for each in section.fields]
        )
        for number, section in enumerate(asked.sections, 1)
    ]  # fmt: skip


def _line(asked: Field, typed: Typed, advised: Advised, last_year: Content | None) -> Line:
    value = value_of(typed.content, asked)
    return Line(
        field=asked,
        value=value,
        advice=advised.by_field.get(asked.name) or Advice(),
        rows=tuple(_rows(asked, typed, advised)),
        pattern=Row("__n__", _BLANK[asked.kind], history=_blanks(0)) if asked.kind in _BLANK else None,
        options=tuple(_grounds(typed.content)) if asked.kind is Kind.GROUNDS else (),
        is_due=not asked.when or asked.when in typed.content.grounds,
        is_as_last_year=bool(value) and last_year is not None and value == value_of(last_year, asked),
        error=typed.errors.get(asked.name, ""),
    )


def _grounds(content: Content) -> Iterator[Option]:
    for ground in GROUNDS:
        label = REASON_LABELS[Reason(ground)]
        yield Option(ground, label[:1].upper() + label[1:], ground in content.grounds)


def _rows(asked: Field, typed: Typed, advised: Advised) -> Iterator[Row]:
    if asked.kind is Kind.INDICATORS:
        yield from _indicators(typed, advised)
    elif asked.kind in _BLANK:
        said = value_of(typed.content, asked)
        more = max(1 if not said else 0, int(typed.more == asked.name))
        for number, value in enumerate([*said, *[_BLANK[asked.kind]] * more]):
            yield Row(number, value)


def _indicators(typed: Typed, advised: Advised) -> Iterator[Row]:
    """Rows keep the numbers they have on the page, so that what is said of one is found by it."""
    places = {number: place for place, number in enumerate(typed.kept)}
    numbers = list(typed.numbers)
    if not numbers or typed.more == "indicators":
        numbers.append(max(numbers, default=-1) + 1)
    for number in numbers:
        place = places.get(number)
        if place is None:
            yield Row(number, IndicatorContent(), history=_blanks(0))
            continue
        value = typed.content.indicators[place]
        more = typed.more == f"history-{number}"
        shown = [*value.history, *_blanks(len(value.history), more=more)]
        yield Row(number, value, advised.by_row.get(place) or Advice(), shown)


def _blanks(known: int, *, more: bool = False) -> list[tuple[str, str]]:
    return [("", "")] * (max(0, _HISTORY - known) + more)
