"""A filled form laid out to be read: sections, labels and order as its specification has them, all of it in words.

What the form does not ask for but was written (imported from a register, or asked by an earlier wording) stands at the
end: nothing that was sent is hidden.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dotpha.rules.form.content import Content
from dotpha.rules.form.missing import value_of
from dotpha.rules.form.specification import EXTRA, Field, Kind, Need, Section, Specification, default
from dotpha.rules.registration import OwnerType
from dotpha.rules.screening.result import REASON_LABELS, Reason
from dotpha.rules.trend.indicator import DIRECTIONS, KINDS

BESIDES = "Ghi thêm ngoài mẫu"


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator, a milestone, a duty: known by its `name`; `series` are the values of earlier periods."""

    name: str
    cells: tuple[Cell, ...] = ()
    series: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer: running text, or rows."""

    field: Field
    text: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.rows


@dataclass(frozen=True, slots=True)
class SheetSection:
    title: str
    entries: tuple[Entry, ...]


def sheet(
    content: Content, specification: Specification, *, owner_type: OwnerType, parent: str = ""
) -> tuple[SheetSection, ...]:
    """`parent` is what the collective task that is served is called."""
    return laid_out(content, asked(specification, owner_type, content), parent=parent)


def asked(specification: Specification, owner_type: OwnerType, *contents: Content) -> Specification:
    """What is asked of this owner, and at the end whatever else one of these contents answers.

    What is asked for one ground only stands here when that ground was chosen or something was written.
    """

    def is_read(field: Field) -> bool:
        return not field.when or any(field.when in each.grounds or value_of(each, field) for each in contents)

    form = specification.asked_of(owner_type)
    sections = [replace(each, fields=tuple(filter(is_read, each.fields))) for each in form.sections]
    if besides := tuple(_besides(form, contents)):
        sections.append(Section(title=BESIDES, fields=besides))
    return Specification(tuple(each for each in sections if each.fields))


def _besides(form: Specification, contents: Iterable[Content]) -> Iterator[Field]:
    known = default().by_name
    known["parent_title"] = Field(
        name="parent_title", label="Nhiệm vụ tập thể, như sổ ghi", kind=Kind.LINE, need=Need.OPTIONAL
    )
    for content in contents:
        known |= {
            name: Field(name=name, label=name.removeprefix(EXTRA), kind=Kind.TEXT, need=Need.OPTIONAL)
            for name in content.extra
            if name.startswith(EXTRA)
        }
    for name, field in known.items():
        if name not in form.by_name and any(value_of(content, field) for content in contents):
            yield field


def laid_out(content: Content, specification: Specification, *, parent: str = "") -> tuple[SheetSection, ...]:
    """Every field of the specification, answered or not."""
    return tuple(
        SheetSection(section.title, tuple(_entry(content, field, parent) for field in section.fields))
        for section in specification.sections
    )


def _entry(content: Content, field: Field, parent: str) -> Entry:
    if rows := _ROWS.get(field.kind):
        return Entry(field, rows=tuple(rows(content)))
    if field.kind is Kind.GROUNDS:
        return Entry(field, "; ".join(REASON_LABELS[Reason(each)] for each in content.grounds))
    if field.kind is Kind.TASK:
        return Entry(field, (parent or "(nhiệm vụ tập thể chưa gửi)") if content.supports is not None else "")
    return Entry(field, str(value_of(content, field)))


def _indicators(content: Content) -> Iterator[Row]:
    for each in content.indicators:
        cells = {
            "Đơn vị": each.unit, "Hiện trạng": each.baseline, "Tại thời điểm": each.baseline_on,
            "Phải đạt": each.target, "Nguồn số liệu": each.source, "Cách đo": each.method,
            "Chiều": DIRECTIONS.get(each.better, each.better), "Loại số liệu": KINDS.get(each.kind, each.kind),
        }  # fmt: skip
        yield Row(each.name, _cells(cells), tuple(Cell(period, value) for period, value in each.history))


def _milestones(content: Content) -> Iterator[Row]:
    for each in content.milestones:
        yield Row(each.what, _cells({"Đến": each.by}))


def _duties(content: Content) -> Iterator[Row]:
    for each in content.coordinators:
        yield Row(each.who, _cells({"Phần việc": each.what}))


def _cells(texts: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(Cell(label, text) for label, text in texts.items() if text)


_ROWS: Mapping[Kind, Callable[[Content], Iterator[Row]]] = {
    Kind.INDICATORS: _indicators,
    Kind.MILESTONES: _milestones,
    Kind.DUTIES: _duties,
}
NAMES_OF_ROWS: Mapping[Kind, str] = {
    Kind.INDICATORS: "Tên chỉ tiêu",
    Kind.MILESTONES: "Việc",
    Kind.DUTIES: "Ai phối hợp",
}
