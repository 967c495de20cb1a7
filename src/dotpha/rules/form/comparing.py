"""What changed between two contents of one form: field by field, rows matched by name, words and figures told apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dotpha.rules.form.content import Content
from dotpha.rules.form.moved import Figure, figures, moved
from dotpha.rules.form.sheet import NAMES_OF_ROWS, Cell, Entry, Row, asked, laid_out
from dotpha.rules.form.specification import Field, Kind, Specification
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.difference import Difference, difference
from dotpha.rules.vietnamese.text import fold, tidy

_SAME_ROW = 70  # of 100: rows whose names are this much alike are one row under another name
_COMPARED = 200  # characters of names that are compared
_DAYS = frozenset({"deadline", "Đến"})  # the field and the cell that name a day


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that changed, marked; `figures` are the numbers and days in it that became others."""

    label: str
    difference: Difference
    figures: tuple[Figure, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether one figure or day, and nothing beside it, became another."""
        sides = (self.difference.before, self.difference.after)
        whole = tuple("".join(segment.text for segment in side) for side in sides)
        return [(each.before, each.after) for each in self.figures] == [whole]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that came, went, or has other cells: then `changes` are those."""

    name: str
    before: Row | None
    after: Row | None
    changes: tuple[TextChange, ...] = ()

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One question whose answer changed: its text, or some of its rows; `kept` rows stayed as they were."""

    field: Field
    text: TextChange | None = None
    rows: tuple[RowChange, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class SectionChanges:
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Changes in the order of the form, and the labels of what stayed as it was."""

    sections: tuple[SectionChanges, ...]
    unchanged: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        return not self.sections

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        return tuple(field for section in self.sections for field in section.fields)


def compare(
    before: Content,
    after: Content,
    specification: Specification,
    *,
    owner_type: OwnerType,
    parents: tuple[str, str] = ("", ""),
    year: int | None = None,
) -> Comparison:
    """`parents` are the names of the collective tasks served then and now; `year` reads days written without one."""
    form = asked(specification, owner_type, before, after)
    sections, unchanged = list[SectionChanges](), list[str]()
    for old, new in zip(
        laid_out(before, form, parent=parents[0]), laid_out(after, form, parent=parents[1]), strict=True
    ):
        changes = list[FieldChange]()
        for was, becomes in zip(old.entries, new.entries, strict=True):
            if change := _changed(was, becomes, year):
                changes.append(change)
            elif not becomes.is_empty:
                unchanged.append(becomes.field.label)
        if changes:
            sections.append(SectionChanges(new.title, tuple(changes)))
    return Comparison(tuple(sections), tuple(unchanged))


def _changed(old: Entry, new: Entry, year: int | None) -> FieldChange | None:
    if old.field.kind in NAMES_OF_ROWS:
        pairs = list(_paired(old.rows, new.rows))
        rows = [row for pair in pairs if (row := _row(*pair, kind=old.field.kind, year=year))]
        return FieldChange(old.field, rows=tuple(rows), kept=len(pairs) - len(rows)) if rows else None
    is_day = old.field.name in _DAYS
    text = _text(old.field.label, old.text, new.text, is_day=is_day, year=year)
    return FieldChange(old.field, text) if text else None


def _text(
    label: str, before: str, after: str, *, unit: str | None = None, is_day: bool = False, year: int | None = None
) -> TextChange | None:
    """None where nothing but line breaks and blanks differs. A text with a `unit`, even "", is a figure as a whole."""
    if before == after or (found := difference(before, after)).is_none:
        return None
    is_measured = unit is not None
    whole = moved(before, after, unit=unit or "", year=year, is_measured=is_measured) if is_day or is_measured else None
    return TextChange(label, found.folded(), (whole,) if whole else figures(found))


def _row(old: Row | None, new: Row | None, *, kind: Kind, year: int | None) -> RowChange | None:
    named = new or old
    if named is None or old == new:
        return None
    if old is None or new is None:
        return RowChange(named.name, old, new)
    unit = next((cell.text for cell in new.cells if cell.label == "Đơn vị"), "")
    texts = [(NAMES_OF_ROWS[kind], old.name, new.name, None), *((*cell, unit) for cell in _cells(old, new))]
    changes = [
        change
        for label, was, becomes, measured in texts
        if (change := _text(label, was, becomes, unit=measured, is_day=label in _DAYS, year=year))
    ]
    return RowChange(named.name, old, new, tuple(changes)) if changes else None


def _cells(old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    """Cell by cell, each as it was and as it is."""
    was, becomes = _texts(old), _texts(new)
    for label in dict.fromkeys([*was, *becomes]):
        yield label, was.get(label, ""), becomes.get(label, "")


def _texts(row: Row) -> dict[str, str]:
    series = (Cell(f"Số liệu {cell.label}", cell.text) for cell in row.series)
    return {cell.label: cell.text for cell in (*row.cells, *series)}


def _paired(old: Sequence[Row], new: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows of one name, then those most alike; in the order of the new, what went in the place where it stood."""
    partner = _partners(old, new)
    taken = set(partner.values())
    gone = [place for place in range(len(old)) if place not in taken]
    for place, row in enumerate(new):
        mine = partner.get(place)
        while gone and mine is not None and gone[0] < mine:
            yield old[gone.pop(0)], None
        yield (old[mine] if mine is not None else None), row
    yield from ((old[place], None) for place in gone)


def _partners(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Which place of the old list each place of the new one continues."""
    found, free = dict[int, int](), dict.fromkeys(range(len(old)))
    for place, row in enumerate(new):
        mine = next((other for other in free if _key(old[other]) == _key(row)), None)
        if mine is not None:
            found[place] = mine
            del free[mine]
    likely = sorted(
        (-fuzz.ratio(_key(old[other])[:_COMPARED], _key(row)[:_COMPARED]), place, other)
        for place, row in enumerate(new)
        if place not in found
        for other in free
    )
    for unlike, place, other in likely:
        if -unlike >= _SAME_ROW and place not in found and other in free:
            found[place] = other
            del free[other]
    return found


def _key(row: Row) -> str:
    """What a row is known by: its name, or all it says where it has none."""
    return fold(tidy(row.name or " ".join(cell.text for cell in row.cells)))
