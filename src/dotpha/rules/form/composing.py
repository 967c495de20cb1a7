"""Reads a filled form as the engine reads any register: one `Registration`, and where each of its words was written.

The engine knows title, description, responsible, duties, deadline and figures. What the form asks apart (since when,
what was tried, what is new) is set behind one another as the description; `Composed.place_of` leads a finding's words
back to the field they were typed in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dotpha.rules.form.content import Content, IndicatorContent
from dotpha.rules.registration import Indicator, OwnerType, Registration
from dotpha.rules.screening.result import Evidence
from dotpha.rules.vietnamese.dates import fixed_day
from dotpha.rules.vietnamese.numbers import parse_number
from dotpha.rules.vietnamese.text import tidy

# Parts of the description in the order a reader wants them, with the words that lead in what is not a sentence.
_STORY = (
    ("description", ""), ("situation", ""), ("leap", ""), ("difficulty", ""), ("since", "Tồn tại: "),
    ("tried", "Đã làm: "), ("novelty", ""), ("hardness", ""), ("grounds_evidence", ""), ("serves", ""),
    ("products", "Sản phẩm: "), ("evidence", "Minh chứng: "),
)  # fmt: skip
_PLAIN = ("title", "responsible", "deadline", "prior_year_title")
_FULL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)")
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.-]\s*((?:19|20)\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm\s*)?((?:19|20)\d\d)", re.IGNORECASE)
_ISO = re.compile(r"(?:19|20)\d\d(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of a registration's field, which were written in the form's field `name`."""

    name: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Composed:
    registration: Registration
    parts: tuple[Part, ...]

    def place_of(self, evidence: Evidence) -> tuple[str, int, int] | None:
        """The form's field a quotation stands in, with the span inside that field's text as composed; None outside."""
        for part in self.parts:
            if part.field == evidence.field and part.start <= evidence.start < max(part.end, part.start + 1):
                return part.name, evidence.start - part.start, min(evidence.end, part.end) - part.start
        if evidence.field.startswith("indicators."):
            return "indicators", 0, 0
        return None

    def text_of(self, name: str) -> str:
        """What was written in a field, as the engine read it (on one line)."""
        return " ".join(
            getattr(self.registration, part.field)[part.start : part.end] for part in self.parts if part.name == name
        )


def compose(
    content: Content,
    *,
    id: str,
    owner: str,
    owner_type: OwnerType,
    position: str = "",
    year: int | None = None,
    parent_title: str = "",
) -> Composed:
    """`year` reads days written without one; `parent_title` is the title of the task that `content.supports` names."""
    description, parts = _joined(list(_story(content)), "description")
    duties, duty_parts = _joined(list(_duties(content)), "responsibilities")
    plain = {name: tidy(getattr(content, name)) for name in _PLAIN}
    registration = Registration(
        id=id, owner=owner, owner_type=owner_type, position=position, description=description,
        responsibilities=duties, deadline_iso=day_of(content.deadline, year),
        indicators=tuple(_indicator(each, year) for each in content.indicators),
        parent_id=str(content.supports or ""), parent_title=tidy(parent_title or content.parent_title),
        title=plain["title"], responsible=plain["responsible"], deadline=plain["deadline"],
        prior_year_title=plain["prior_year_title"],
    )  # fmt: skip
    own = [Part(name, name, 0, len(text)) for name, text in plain.items() if text]
    return Composed(registration, (*own, *parts, *duty_parts))


def _story(content: Content) -> Iterator[tuple[str, str, str]]:
    """(field, words before, text)."""
    for name, before in _STORY:
        yield name, before, getattr(content, name)
    for each in content.milestones:
        yield "milestones", "", ": ".join(filter(None, (each.by, each.what)))
    for name, text in content.extra.items():
        yield f"extra.{name.removeprefix('extra.')}", "", text


def _duties(content: Content) -> Iterator[tuple[str, str, str]]:
    if content.duty:
        yield "duty", f"{_without_honour(content.responsible)}: " if content.responsible else "", content.duty
    for each in content.coordinators:
        yield "coordinators", "", ": ".join(filter(None, (each.who, each.what)))
    yield "responsibilities", "", content.responsibilities


def _without_honour(person: str) -> str:
    return re.sub(r"^(?:đồng chí|đ/c)\s+", "", tidy(person), flags=re.IGNORECASE)


def _joined(pieces: list[tuple[str, str, str]], field: str) -> tuple[str, list[Part]]:
    """One text of sentences, and where each piece stands in it; a single piece stays exactly as it is."""
    text, parts = "", list[Part]()
    written = [(name, before, tidy(said)) for name, before, said in pieces if tidy(said)]
    for name, before, said in written:
        if text:
            text += " " if text[-1] in ".!?;:…" else ". "
        if len(written) > 1 or before:
            text += before
        parts.append(Part(name, field, len(text), len(text) + len(said)))
        text += said
    return text, parts


def _indicator(row: IndicatorContent, year: int | None) -> Indicator:
    points = [(period_of(period, year), parse_number(_bare(value))) for period, value in row.history]
    known = {period: value for period, value in points if period and value is not None}
    baseline, baseline_on = parse_number(_bare(row.baseline)), period_of(row.baseline_on, year)
    if baseline is not None and baseline_on:
        known.setdefault(baseline_on, baseline)
    return Indicator(
        name=tidy(row.name), unit=tidy(row.unit), baseline=baseline, target=parse_number(_bare(row.target)),
        history=tuple(sorted(known.items())), kind=row.kind, better=row.better,
    )  # fmt: skip


def _bare(value: str) -> str:
    """A figure without the unit somebody typed behind it: "70 %", "1.250 triệu đồng"."""
    found = re.match(r"\s*[-+−]?\d[\d.,\s]*", value)
    return found[0].strip().rstrip(".,") if found else ""


def is_figure(value: str) -> bool:
    """Whether a figure can be read in what was typed; an empty field is no mistake.

    >>> is_figure("70 %"), is_figure(""), is_figure("bảy mươi")
    (True, True, False)
    """
    return not value.strip() or parse_number(_bare(value)) is not None


def day_of(text: str, year: int | None = None) -> str:
    """The day a deadline fixes as ISO, "" if it fixes none.

    >>> day_of("quý III/2027"), day_of("30/6", 2027), day_of("sớm nhất"), day_of("2027-06-30")
    ('2027-09-30', '2027-06-30', '', '2027-06-30')
    """
    plain = tidy(text)
    if re.fullmatch(r"(?:19|20)\d\d-\d\d-\d\d", plain):
        return plain if _is_day(plain) else ""
    day = fixed_day(plain, year)
    return day.isoformat() if day else ""


def period_of(text: str, year: int | None = None) -> str:
    """The period a figure belongs to, as far as it was told: "2021", "2021-06", "2021-06-30"; "" if unread.

    >>> period_of("năm 2021"), period_of("6/2021"), period_of("30/6/2021"), period_of("quý II/2021"), period_of("hè")
    ('2021', '2021-06', '2021-06-30', '2021-06-30', '')
    """
    plain = tidy(text)
    if _ISO.fullmatch(plain):
        return plain if _is_day((plain + "-01-01")[:10]) else ""
    if found := _FULL_DAY.fullmatch(plain):
        iso = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
        return iso if _is_day(iso) else ""
    if (found := _MONTH.fullmatch(plain)) and 1 <= int(found[1]) <= 12:
        return f"{found[2]}-{int(found[1]):02}"
    if found := _YEAR.fullmatch(plain):
        return found[1]
    day = fixed_day(plain, year)
    return day.isoformat() if day else ""


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def content_of(registration: Registration) -> Content:
    """A registration read from a register, as the form would hold it; composing it again gives the same."""
    return Content.from_json({
        **{name: getattr(registration, name) for name in (
            "title", "description", "responsible", "responsibilities", "deadline", "prior_year_title", "parent_title",
        )},
        "indicators": [_row_of(each) for each in registration.indicators],
    })  # fmt: skip


def _row_of(indicator: Indicator) -> dict[str, object]:
    return {
        "name": indicator.name, "unit": indicator.unit, "kind": indicator.kind, "better": indicator.better,
        "baseline": written(indicator.baseline), "target": written(indicator.target),
        "history": [(period, written(value)) for period, value in indicator.history],
    }  # fmt: skip


def written(value: float | None) -> str:
    """A figure as typed in the form, with every digit it has.

    >>> written(1250.5), written(70.0), written(15e9), written(0.00001), written(None)
    ('1250,5', '70', '15000000000', '0,00001', '')
    """
    if value is None:
        return ""
    plain = format(Decimal(repr(value)), "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
