"""One row of each sheet, as it stands in a workbook: codes and words, not yet compared with the directory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ORGANIZATIONS = "Tổ chức"
OFFICIALS = "Cán bộ"
TENURES = "Chức vụ"
SEATS = "Cơ quan – thành viên"
SHEETS = (ORGANIZATIONS, OFFICIALS, TENURES, SEATS)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row was read: the name of its sheet, its number, and which column holds which field."""

    sheet: str = ""
    row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)

    def tells(self, name: str) -> bool:
        """Whether the sheet has a column for this field; an empty cell of a missing column says nothing."""
        return name in self.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    spot: Spot = Spot()
    code: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    from_day: date | None = None
    placed_from: date | None = None
    until_day: date | None = None
    successor: str = ""
    parent_name: str = ""  # for the reader of the sheet only


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialRow:
    spot: Spot = Spot()
    code: str = ""
    full_name: str = ""
    birth_year: int | None = None
    is_party_member: bool | None = None
    manager: str = ""
    managed_from: date | None = None
    manager_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureRow:
    spot: Spot = Spot()
    official: str = ""
    official_name: str = ""
    position: str = ""
    organization: str = ""
    organization_name: str = ""
    from_day: date | None = None
    until_day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """A member of a body in a term; without a member it tells of the term, without a term of the body alone."""

    spot: Spot = Spot()
    organization: str = ""
    organization_name: str = ""
    body: str = ""
    body_kind: str = ""
    body_from: date | None = None
    body_until: date | None = None
    term: str = ""
    term_from: date | None = None
    term_until: date | None = None
    official: str = ""
    official_name: str = ""
    role: str = ""
    order: int | None = None
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read at all; one is enough to refuse the workbook."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass(slots=True)
class Batch:
    """A whole workbook. `as_of` is the day it was exported for: names and places in it are those of that day."""

    as_of: date | None = None
    organizations: list[OrganizationRow] = field(default_factory=list)
    officials: list[OfficialRow] = field(default_factory=list)
    tenures: list[TenureRow] = field(default_factory=list)
    seats: list[SeatRow] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.organizations) + len(self.officials) + len(self.tenures) + len(self.seats)
