"""The registration form as a committee words it: what was typed in the editor, and one step made in it.

Nothing is kept between two steps but what the page itself carries, so it works without script and loses nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from dotpha.rules.form.specification import EXTRA, Field, Kind, Need, Section, Specification, default
from dotpha.rules.vietnamese.text import tidy

MOST_QUESTIONS = 30  # of a committee's own
_LONGEST_TITLE = 160
_EXTRA_LENGTH = 4000
_WHOSE = ("", "organization", "individual")


def typed(said: QueryDict, before: Specification) -> Specification:
    """What the editor's page says, in its order. What a field is comes from the form it began as, never the page."""
    known = default().by_name | before.by_name
    sections: dict[str, list[Field]] = {number: [] for number in dict.fromkeys(said.getlist("section")[:40])}
    for place in dict.fromkeys(said.getlist("field")[:200]):
        number, _, name = place.partition(":")
        base = known.get(name) or _own(name)
        if number in sections and base is not None:
            sections[number].append(_field(base, said))
    return Specification(tuple(_section(number, fields, said) for number, fields in sections.items()))


def _section(number: str, fields: list[Field], said: QueryDict) -> Section:
    title, told = (tidy(said.get(f"{name}-{number}", ""))[:_LONGEST_TITLE] for name in ("title", "about"))
    return Section(title=title, help=told, fields=tuple(fields))


def _field(base: Field, said: QueryDict) -> Field:
    need, whose = said.get(f"need-{base.name}", ""), said.get(f"whose-{base.name}", base.whose)
    label, told = said.get(f"label-{base.name}", base.label), said.get(f"help-{base.name}", base.help)
    return replace(
        base, label=tidy(label), help=tidy(told),
        need=Need(need) if need in set(Need) else base.need,
        whose=whose if base.is_extra and whose in _WHOSE else base.whose,
    )  # fmt: skip


def _own(name: str) -> Field | None:
    """A question of the committee's own; whether its name can be one is for `Specification.check` to say."""
    if not name.startswith(EXTRA):
        return None
    return Field(name=name, label="", kind=Kind.TEXT, need=Need.OPTIONAL, most=_EXTRA_LENGTH)


def stepped(form: Specification, step: str) -> Specification:
    """The form after "up:title", "down:title", "remove:extra.1" or "add:2"; as it was for a step that is none."""
    deed, _, about = step.partition(":")
    return _STEPS[deed](form, about) if deed in _STEPS else form


def _moved(form: Specification, name: str, by: int) -> Specification:
    """Past its neighbour; from the edge of a section into the next one."""
    sections = [list(section.fields) for section in form.sections]
    for number, fields in enumerate(sections):
        place = next((index for index, each in enumerate(fields) if each.name == name), None)
        if place is None:
            continue
        if 0 <= place + by < len(fields):
            fields.insert(place + by, fields.pop(place))
        elif 0 <= number + by < len(sections):
            other = sections[number + by]
            other.insert(0 if by > 0 else len(other), fields.pop(place))
        break
    return _with(form, sections)


def _removed(form: Specification, name: str) -> Specification:
    """Only a question of one's own goes; the others are not asked ("Không hỏi")."""
    kept = [[each for each in section.fields if not (each.is_extra and each.name == name)] for section in form.sections]
    return _with(form, kept)


def _added(form: Specification, number: str) -> Specification:
    own = {each.name for each in form.fields if each.is_extra}
    sections = [list(section.fields) for section in form.sections]
    if number.isascii() and number.isdigit() and int(number) < len(sections) and len(own) < MOST_QUESTIONS:
        name = next(f"{EXTRA}cau-{count}" for count in range(1, 1000) if f"{EXTRA}cau-{count}" not in own)
        added = _own(name)
        assert added is not None
        sections[int(number)].append(added)
    return _with(form, sections)


def _with(form: Specification, fields: list[list[Field]]) -> Specification:
    pairs = zip(form.sections, fields, strict=True)
    return Specification(tuple(replace(section, fields=tuple(each)) for section, each in pairs))


_STEPS: Mapping[str, Callable[[Specification, str], Specification]] = {
    "up": lambda form, name: _moved(form, name, -1),
    "down": lambda form, name: _moved(form, name, 1),
    "remove": _removed,
    "add": _added,
}


@dataclass(frozen=True, slots=True)
class Preview:
    """The form as one side will be asked it."""

    label: str
    sections: tuple[Section, ...] = field(default_factory=tuple)


def previews(form: Specification) -> list[Preview]:
    return [
        Preview("tập thể", form.asked_of("organization").sections),
        Preview("cá nhân", form.asked_of("individual").sections),
    ]
