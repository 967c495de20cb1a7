"""What the plans of all sheets share: one row is tried, and becomes a line or a refusal with its column."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from dotpha.core.errors import Refused
from dotpha.directory.actions.authority import OWN
from dotpha.directory.exchange.known import Known
from dotpha.directory.exchange.plan import Line, Outcome, Plan
from dotpha.directory.exchange.rows import Spot
from dotpha.directory.models import Official, PartyOrganization


def refusal(message: str, field: str) -> Refused:
    """A refusal that belongs to one column."""
    return Refused(message, fields={field: message})


class SheetPlan:
    """`from_day` is the day from which changed names, places and managers hold."""

    def __init__(self, plan: Plan, known: Known, *, from_day: date) -> None:
        self.lines = plan.lines
        self.work = plan.work
        self.remarks = plan.remarks
        self.known = known
        self.from_day = from_day
        self._told_before: dict[str, list[tuple[str, str, str]]] = {}

    def attempt(self, spot: Spot, what: str, planned: Callable[..., Line | None], *row: Any) -> None:
        """Plan one row; what it cannot do becomes a line that says why and where."""
        try:
            line = planned(*row)
        except Refused as refused:
            self.refuse(spot, what, refused)
        else:
            if line is not None:
                self.lines.append(line)

    def refuse(self, spot: Spot, what: str, refused: Refused) -> None:
        column = next((spot.columns[name] for name in refused.fields if name in spot.columns), "")
        self.lines.append(Line(spot.sheet, spot.row, Outcome.REFUSED, what, why=str(refused), column=column))

    @staticmethod
    def line(spot: Spot, outcome: Outcome, what: str, changes: Iterable[tuple[str, str, str]] = ()) -> Line:
        return Line(spot.sheet, spot.row, outcome, what, tuple(changes))

    def organization(self, code: str, field: str) -> PartyOrganization:
        found = self.known.organizations.get(code)
        if found is None:
            raise refusal(
                f"Chưa có tổ chức mã “{code}” trong danh bạ, trong tệp cũng không có dòng nào nhận được.", field
            )
        return found

    def require_mine(self, organization: PartyOrganization, field: str) -> None:
        """Outside one's part of the directory an organization is called by the code the row gave, never by its name."""
        if not self.known.is_mine(organization):
            raise refusal(f"Tổ chức mã “{organization.code}” không thuộc phạm vi đồng chí được nhập danh bạ.", field)

    def require_not_own(self, official: Official, field: str) -> None:
        if self.known.is_own(official):
            raise refusal(OWN, field)

    def official(self, code: str, name: str) -> Official:
        """The official a row names; one who belongs elsewhere only if the name is written right, and is not told."""
        found = self.known.officials.get(code)
        if found is None:
            raise refusal(
                f"Chưa có cán bộ mã “{code}” trong danh bạ, trong tệp cũng không có dòng nào nhận được.", "official"
            )
        if name and name != found.full_name or not name and not self.known.is_my_official(found):
            raise refusal(f"Họ và tên không khớp với cán bộ mã “{code}”. Đồng chí kiểm tra lại mã.", "official_name")
        return found
