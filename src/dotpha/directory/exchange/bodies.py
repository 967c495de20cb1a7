"""Plan of the sheet “Cơ quan – thành viên”: a row names a body, a term of it, and one who sits there."""

from datetime import date
from typing import Any

from dotpha.core.errors import Refused
from dotpha.directory.actions.deed import show
from dotpha.directory.actions.periods import require_order, require_within
from dotpha.directory.exchange.officials import end_only, overlaps
from dotpha.directory.exchange.plan import Line, Outcome
from dotpha.directory.exchange.rows import SeatRow
from dotpha.directory.exchange.sheet import SheetPlan, refusal
from dotpha.directory.models import Body, CommitteeTerm, Membership, PartyOrganization
from dotpha.directory.models.periods import Dated
from dotpha.rules.vietnamese.dates import show_day

Changes = list[tuple[str, str, str]]


class SeatsPlan(SheetPlan):
    def plan(self, rows: list[SeatRow]) -> None:
        self._seen: dict[tuple[int, str, date], int] = {}
        self._ended_here: set[int] = set()  # by id(): terms and bodies ended by a row above
        for row in rows:
            what = f"{row.body} {row.term}".strip() + (f": {row.official_name or row.official}" if row.official else "")
            self.attempt(row.spot, what, self._plan_row, row)

    def _plan_row(self, row: SeatRow) -> Line:
        organization = self.organization(row.organization, "organization")
        self.require_mine(organization, "organization")
        told: Changes = []
        outcomes: list[Outcome] = []
        body = self._body(row, organization, told, outcomes)
        what = f"{body}, {organization}"
        if row.term:
            term = self._term(row, body, told, outcomes)
            what = f"{body} {term.name}, {organization}"
            if row.official:
                seat = self._seat(row, term, told, outcomes)
                what = f"{seat.official} – {seat.role}, {what}"
        elif row.official:
            raise refusal("Cần có tên nhiệm kỳ của thành viên này.", "term")
        outcome = min(outcomes, key=[*Outcome].index, default=Outcome.SAME)
        return self.line(row.spot, outcome, what, told)

    def _body(self, row: SeatRow, organization: PartyOrganization, told: Changes, outcomes: list[Outcome]) -> Body:
        if not row.body or len(row.body) > 200:
            raise refusal("Cần có tên cơ quan, không quá 200 chữ cái.", "body")
        here = self.known.bodies[organization.code]
        same = [each for each in here if each.name == row.body and row.body_from in (None, each.valid_from)]
        if same:
            body = same[-1]
            if row.spot.tells("body_kind") and row.body_kind not in ("", body.kind):
                raise refusal(
                    f"Danh bạ ghi loại cơ quan là “{body.kind}”; điều này không đổi qua nhập Excel.", "body_kind"
                )
            if self._ends(row, "body_until", body, told, outcomes, "cơ quan đến trước ngày"):
                self.work.bodies_ended.append((body, body.valid_until or self.from_day))
            return body
        if not row.body_kind or len(row.body_kind) > 80:
            raise refusal("Cơ quan mới cần có loại, không quá 80 chữ cái.", "body_kind")
        body = Body(
            organization=organization, name=row.body, kind=row.body_kind,
            valid_from=self._first_day(row.body_from, "body_from"), valid_until=row.body_until,
        )  # fmt: skip
        self._require_place(organization, body, "body")
        if any(each.name == body.name and overlaps(each, body) for each in here):
            raise refusal("Cơ quan cùng tên đã có trong thời gian ấy.", "body_from")
        here.append(body)
        self.work.bodies.append(body)
        told.append(("cơ quan từ ngày", "", show_day(body.valid_from)))
        outcomes.append(Outcome.ADD)
        return body

    def _term(self, row: SeatRow, body: Body, told: Changes, outcomes: list[Outcome]) -> CommitteeTerm:
        here = self.known.terms[id(body)]
        same = [each for each in here if each.name == row.term and row.term_from in (None, each.valid_from)]
        if same:
            term = same[-1]
            if self._ends(row, "term_until", term, told, outcomes, "nhiệm kỳ đến trước ngày"):
                self.work.terms_ended.append((term, term.valid_until or self.from_day))
            return term
        if len(row.term) > 60:
            raise refusal("Tên nhiệm kỳ không quá 60 chữ cái.", "term")
        term = CommitteeTerm(
            body=body, name=row.term,
            valid_from=self._first_day(row.term_from, "term_from"), valid_until=row.term_until,
        )  # fmt: skip
        self._require_place(body, term, "term")
        other = next((each for each in here if overlaps(each, term)), None)
        if other is not None:
            raise refusal(
                f"Trùng thời gian với nhiệm kỳ {other.name}. Đồng chí ghi ngày kết thúc của nhiệm kỳ ấy "
                "ở một dòng phía trên.",
                "term_from",
            )
        here.append(term)
        self.work.terms.append(term)
        told.append(("nhiệm kỳ từ ngày", "", show_day(term.valid_from)))
        outcomes.append(Outcome.ADD)
        return term

    def _seat(self, row: SeatRow, term: CommitteeTerm, told: Changes, outcomes: list[Outcome]) -> Membership:
        official = self.official(row.official, row.official_name)
        here = self.known.seats[id(term)]
        day = row.from_day or term.valid_from
        key = (id(term), official.code, day)
        if key in self._seen:
            raise refusal(f"Trùng với dòng {self._seen[key]}.", "official")
        self._seen[key] = row.spot.row
        for seat in here:
            if seat.official.code == official.code and seat.valid_from == day:
                self._compare(row, seat, told, outcomes)
                return seat
        self.require_not_own(official, "official")
        until = row.until_day or term.valid_until
        seat = Membership(
            term=term, official=official, role=row.role or "Ủy viên", order=row.order or 0,
            valid_from=day, valid_until=until,
        )  # fmt: skip
        if len(seat.role) > 80:
            raise refusal("Vai trò không quá 80 chữ cái.", "role")
        self._require_place(term, seat, "")
        if any(each.official.code == official.code and overlaps(each, seat) for each in here):
            raise refusal("Đồng chí này đã là thành viên trong thời gian ấy.", "from_day")
        here.append(seat)
        self.work.seats.append(seat)
        told += [("vai trò", "", seat.role), ("từ ngày", "", show_day(day))]
        outcomes.append(Outcome.ADD)
        return seat

    def _compare(self, row: SeatRow, seat: Membership, told: Changes, outcomes: list[Outcome]) -> None:
        to: dict[str, Any] = {}
        if row.role and row.role != seat.role:
            if len(row.role) > 80:
                raise refusal("Vai trò không quá 80 chữ cái.", "role")
            to["role"] = row.role
        if row.order is not None and row.order != seat.order:
            to["order"] = row.order
        if to:
            self.require_not_own(seat.official, next(iter(to)))
            frm = {name: getattr(seat, name) for name in to}
            self.work.seats_changed.append((seat, frm, to))
            labels = {"role": "vai trò", "order": "thứ tự"}
            told += [(labels[name], show(frm[name]), show(value)) for name, value in to.items()]
            outcomes.append(Outcome.CHANGE)
            for name, value in to.items():
                setattr(seat, name, value)
        if row.until_day is None and seat.valid_until == seat.term.valid_until:
            return  # an empty cell: until the term ends
        end = seat.valid_until
        if end is not None and end == seat.term.valid_until and row.until_day is not None and row.until_day < end:
            seat.valid_until = None  # to last until the term ends is not yet to have ended
        if self._ends(row, "until_day", seat, told, outcomes, "đến trước ngày"):
            self.work.seats_ended.append((seat, seat.valid_until or self.from_day))

    def _ends(
        self, row: SeatRow, field: str, current: Dated, told: Changes, outcomes: list[Outcome], label: str
    ) -> bool:
        """Whether the row ends what goes on; the object is ended here, the row in the database when all is agreed."""
        until_day = getattr(row, field)
        if not row.spot.tells(field) or until_day == current.valid_until:
            return False
        if until_day is None and id(current) in self._ended_here:
            return False
        end_only(until_day, current, field)
        if until_day is None:
            return False
        current.valid_until = until_day
        self._ended_here.add(id(current))
        told.append((label, "", show_day(until_day)))
        outcomes.append(Outcome.END)
        return True

    def _first_day(self, day: date | None, field: str) -> date:
        if day is None:
            raise refusal("Cần có ngày bắt đầu.", field)
        return day

    def _require_place(self, outer: Dated, inner: Dated, prefix: str) -> None:
        """Days in order and inside, with the refusal in this part's own columns."""
        first, last = (f"{prefix}_from", f"{prefix}_until") if prefix else ("from_day", "until_day")
        try:
            require_order(inner.valid_from, inner.valid_until)
            require_within(outer, inner.valid_from, inner.valid_until)
        except Refused as refused:
            raise refusal(str(refused), first if "from_day" in refused.fields else last) from None
