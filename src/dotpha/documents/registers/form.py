"""One form as far as it has been read, and the registration it becomes."""

from dataclasses import dataclass, field
from typing import Any

from dotpha.documents.registers.cells import shown
from dotpha.documents.registers.columns import Role
from dotpha.documents.registers.context import list_is_about
from dotpha.documents.registers.drafts import Draft, Owner, owner_of
from dotpha.documents.registers.indicators import Cells, Doubt, indicators, is_figure
from dotpha.documents.registers.labels import Label
from dotpha.documents.registers.layout import TEXTS
from dotpha.documents.registers.owners import looks_organization, type_by_words
from dotpha.rules.registration import Indicator, OwnerType

_TEXTS: dict[Role, str] = {
    "description": "description", **TEXTS, "solution": "description", "coordination": "responsibilities",
}  # fmt: skip
_SUBSTITUTES: frozenset[Role] = frozenset(("solution", "coordination"))  # where nothing better says it
_KEPT: tuple[Role, ...] = ("start", "parent", "prior")  # fields no line of `dotpha read` has: kept in source too
_UNREAD: frozenset[Role] = frozenset(("other", "code", "workplace", "number"))
# Fields one label says: a second label that may mean the same says something else, or says it better.
_SINGLE: frozenset[Role] = frozenset(
    ("responsible", "duties", "deadline", "start", "position", "owner_type", "parent", "prior")
)
_OF_OWNER: tuple[Role, ...] = ("owner", "person", "position", "owner_type")


@dataclass(slots=True)
class Form:
    """Values by field, as they stand in the file; `lines` are those of no field, such as the form's title."""

    number: int
    row: int | None = None
    table: int | None = None
    figures_table: int | None = None
    values: dict[Role, list[Any]] = field(default_factory=dict)
    labels: dict[Role, Label] = field(default_factory=dict)  # what the form calls its fields
    other: dict[str, list[Any]] = field(default_factory=dict)
    found: list[Indicator] = field(default_factory=list)
    originals: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    begun: bool = False  # whether it has labels, filled in or not
    told: OwnerType | None = None  # what the group it stands in says its owner is

    def has(self, *roles: Role) -> bool:
        return any(self.values.get(role) for role in roles)

    def text(self, role: Role) -> str:
        """What a field says, in lines; "" if the form does not have it."""
        return "\n".join(value if isinstance(value, str) else shown(value) for value in self.values.get(role, ()))

    def add(self, label: Label, value: Any, original: str | None = None) -> None:
        role = label.role
        if role in _SINGLE and role in self.labels and self.labels[role].bare_name != label.bare_name:
            if label.score <= self.labels[role].score:
                self.other.setdefault(label.name, []).append(value)
                return
            self.other[self.labels.pop(role).name] = self.values.pop(role, [])
        if role in _UNREAD:
            self.other.setdefault(label.name, []).append(value)
            return
        self.values.setdefault(role, []).append(value)
        self.labels.setdefault(role, label)
        if original is not None:
            self.originals[_TEXTS.get(role, role)] = original

    def doubts(self, label: Label) -> bool:
        """Whether a label that would begin another registration is rather something else said of this one."""
        known = self.labels.get(label.role)
        return known is not None and known.bare_name != label.bare_name and label.score < known.score

    def next_task(self) -> "Form":
        """A form for another task of the same owner."""
        kept = {role: self.values[role] for role in _OF_OWNER if role in self.values}
        labels = {role: self.labels[role] for role in kept if role in self.labels}
        return Form(self.number, values=kept, labels=labels, lines=self.lines, told=self.told)

    @property
    def lacks_only_title(self) -> bool:
        """Whether somebody filled in a form and left out the task."""
        return self.has("owner", "person", "description") and self.has(
            "description", "responsible", "deadline", "indicator"
        )

    def owner(self) -> Owner:
        person, organization = self.text("person"), self.text("owner")
        told: OwnerType | None = type_by_words(self.text("owner_type")) if self.has("owner_type") else self.told
        hinted = list_is_about(self.lines)
        if person and organization and told == "organization":
            person = ""
        written = person or organization
        if not written:
            return Owner(kind=told or hinted or "organization")
        if not person and told is None and looks_organization(written) and not self.has("position"):
            told = "organization"
        post = " ".join(shown(value) for value in self.values.get("position", ()))
        return owner_of(written, post, told, hinted, bool(person))

    def draft(self, source: dict[str, Any], doubt: Doubt) -> Draft:
        """The registration to be; `doubt` hears of figures not understood."""
        draft = Draft(source, self.owner(), "; ".join(shown(value) for value in self.values["title"]))
        for role, name in _TEXTS.items():
            if role in _SUBSTITUTES and draft.texts.get(name):
                continue
            for value in _joined(self.values.get(role, [])):
                draft.add(name, value)
        draft.indicators = self.found or self._loose_indicators(doubt)
        draft.originals = self.originals
        draft.other = {name: "; ".join(shown(value) for value in values) for name, values in self.other.items()}
        draft.other.update({self.labels[role].name: self.text(role) for role in _KEPT if self.has(role)})
        return draft

    def _loose_indicators(self, doubt: Doubt) -> list[Indicator]:
        """An indicator written after labels of its own, not in a table."""
        name, baseline, target = self.text("indicator"), self.text("baseline"), self.text("target")
        if baseline and not is_figure(baseline):
            self.other.setdefault(self.labels["baseline"].name, []).append(baseline)
            baseline = ""
        if target and not is_figure(target):
            if name:
                self.other.setdefault(self.labels["target"].name, []).append(target)
            name, target = name or target, ""
        rest = self.text("unit"), baseline, target, self.text("change"), self.text("history")
        return indicators(Cells(name, *rest), doubt)


def _joined(values: list[Any]) -> list[Any]:
    """The lines of a text as one value; dates and numbers stay what they are."""
    return ["\n".join(values)] if len(values) > 1 and all(isinstance(value, str) for value in values) else values
