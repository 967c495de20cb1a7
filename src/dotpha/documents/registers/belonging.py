"""Whom the rows of a table belong to: what their own cells say, the owner above them, the group they stand in."""

from dataclasses import dataclass, field
from typing import Any

from dotpha.documents.registers.cells import shown
from dotpha.documents.registers.drafts import Owner, owner_of
from dotpha.documents.registers.lone import level
from dotpha.documents.registers.owners import is_tick, looks_organization, type_by_words
from dotpha.rules.registration import OwnerType


@dataclass(slots=True)
class Inherited:
    """What a table says above its rows. `told` outweighs the look of a name, `hinted` does not."""

    told: OwnerType | None = None
    hinted: OwnerType | None = None
    owner: Owner = Owner()
    unit: str = ""


@dataclass(slots=True)
class Belonging:
    """The owner that rows inherit, and the kind of owner their group names.

    `columns` are those of organisation, person, position and kind of owner, -1 for one that does not exist.
    """

    above: Inherited
    columns: tuple[int, int, int, int]
    owner: Owner = Owner()
    groups: dict[int, OwnerType | None] = field(default_factory=dict)  # by how deep the group lies
    _seen: dict[tuple[Any, ...], Owner | None] = field(default_factory=dict)  # owners of cells, within this group

    @property
    def is_known(self) -> bool:
        """Whether a row that names nobody has an owner all the same."""
        return bool(self.owner.name or self.above.owner.name)

    def go_on_from(self, before: "Belonging", *, owner: bool) -> None:
        """Take over the groups of the table before, and its last owner if the rows simply go on."""
        self.groups = dict(before.groups)
        if owner:
            self.owner = before.owner

    def enter(self, text: str, told: OwnerType | None) -> None:
        """Begin a group: it ends the groups as deep or deeper, and what was inherited within them."""
        depth = level(text)
        self.groups = {deep: kind for deep, kind in self.groups.items() if deep < depth}
        self.groups[depth] = told
        self.owner = Owner()
        self._seen.clear()

    def hint(self, hinted: OwnerType | None) -> None:
        """Heed what the title of a part says its owners are."""
        self.above.hinted = hinted or self.above.hinted
        self._seen.clear()

    def name(self, text: str) -> None:
        """Take a line that names the owner of the rows below."""
        self.owner = owner_of(text, "", self.told(), self.above.hinted, False)

    def take(self, cells: list[Any]) -> bool:
        """Heed the owner a row names; one that names nobody inherits. True where it first takes a mere letterhead."""
        owner = self.named(cells)
        if owner is not None:
            self.owner = owner
        elif not self.owner.name and self.above.owner.name:
            self.owner = self.above.owner
            return not self.owner.told
        return False

    def is_named(self, cells: list[Any]) -> bool:
        """Whether a row has anything in a column of owners."""
        return any(-1 < place < len(cells) and cells[place] != "" for place in self.columns[:2])

    def named(self, cells: list[Any]) -> Owner | None:
        """Who a row names as owner; None if it names nobody."""
        width = len(cells)
        first, second, third, fourth = self.columns
        said = (
            cells[first] if -1 < first < width else "", cells[second] if -1 < second < width else "",
            cells[third] if -1 < third < width else "", cells[fourth] if -1 < fourth < width else "",
        )  # fmt: skip
        try:
            return self._seen[said]
        except KeyError:
            found = self._seen[said] = self._owner(*said)
            return found

    def _owner(self, organization: Any, person: Any, position: Any, kind: Any) -> Owner | None:
        ticks = [isinstance(value, str) and is_tick(value) for value in (organization, person)]
        organization, person = ("" if ticks[0] else organization), ("" if ticks[1] else person)
        written = person if person != "" else organization
        if written == "":
            return None
        told = ("organization" if ticks[0] else "individual") if any(ticks) else self.told(kind)
        if person == "" and self.columns[1] >= 0 and told is None and looks_organization(shown(written)):
            told = "organization"
        text = written if isinstance(written, str) else shown(written)  # its lines may be a name and a post
        return owner_of(text, shown(position), told, self.above.hinted, person != "")

    def told(self, kind: Any = "") -> OwnerType | None:
        """What a column for it, the group or the sheet says an owner is."""
        told = type_by_words(shown(kind)) if kind != "" else None
        if told:
            return told
        for depth in sorted(self.groups, reverse=True):
            if self.groups[depth]:
                return self.groups[depth]
        return self.above.told
