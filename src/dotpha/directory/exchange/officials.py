"""Plan of the sheets “Cán bộ” and “Chức vụ”."""

from datetime import date
from typing import Any

from dotpha.core.errors import Refused
from dotpha.directory.actions.authority import NOT_OVER
from dotpha.directory.actions.deed import show
from dotpha.directory.actions.officials import require_birth_year
from dotpha.directory.actions.periods import require_order, require_within
from dotpha.directory.exchange.known import word
from dotpha.directory.exchange.plan import Line, Outcome
from dotpha.directory.exchange.rows import OfficialRow, TenureRow
from dotpha.directory.exchange.sheet import SheetPlan, refusal
from dotpha.directory.models import CadreManagement, Official, PartyOrganization, Position, Tenure
from dotpha.directory.models.periods import Dated
from dotpha.rules.vietnamese.dates import show_day

Changes = list[tuple[str, str, str]]
REMARKED = 20  # rows that are remarked on one by one


class OfficialsPlan(SheetPlan):
    """`appointed` are codes of officials to whom the workbook gives a post: these need no manager to be found again."""

    appointed: frozenset[str] = frozenset()

    def plan(self, rows: list[OfficialRow]) -> None:
        places: dict[str, int] = {}
        for row in rows:
            if row.code in places:
                told = refusal(f"Mã “{row.code}” đã có ở dòng {places[row.code]}.", "code")
                self.refuse(row.spot, row.full_name, told)
                continue
            places[row.code] = row.spot.row
            self.attempt(row.spot, row.full_name or row.code, self._plan_row, row)

    def _plan_row(self, row: OfficialRow) -> Line:
        current = self.known.officials.get(row.code)
        if current is None:
            return self._record(row)
        if not self.known.is_my_official(current):
            raise refusal(f"Mã “{row.code}” đã dùng cho cán bộ không thuộc phạm vi đồng chí được nhập danh bạ.", "code")
        return self._compare(row, current)

    def _record(self, row: OfficialRow) -> Line:
        if not row.code or " " in row.code or len(row.code) > 40:
            raise refusal("Mã cán bộ gồm chữ và số viết liền, từ 1 đến 40 chữ cái.", "code")
        self._require_sense(row)
        manager = self._manager(row)
        if manager is None and row.code not in self.appointed:
            raise refusal("Cán bộ mới cần có cấp ủy quản lý hoặc một chức vụ ở trang tính Chức vụ.", "manager")
        new = Official(
            code=row.code, full_name=row.full_name, birth_year=row.birth_year,
            is_party_member=row.is_party_member is not False,
        )  # fmt: skip
        self.known.officials[row.code] = new
        self.known.fresh_officials.add(row.code)
        self.work.recorded.append(new)
        told = [("năm sinh", "", show(new.birth_year)), ("là đảng viên", "", show(new.is_party_member))]
        if manager is not None:
            told += self._manage(row, new, manager, None)
        return self.line(row.spot, Outcome.ADD, f"{new.full_name} ({new.code})", [each for each in told if each[2]])

    def _compare(self, row: OfficialRow, current: Official) -> Line:
        self._require_sense(row)
        given: dict[str, Any] = {"full_name": row.full_name}
        if row.spot.tells("birth_year"):
            given["birth_year"] = row.birth_year
        if row.is_party_member is not None:
            given["is_party_member"] = row.is_party_member
        to = {name: value for name, value in given.items() if getattr(current, name) != value}
        frm = {name: getattr(current, name) for name in to}
        told = [(_label(name), show(frm[name]), show(value)) for name, value in to.items()]
        if to:
            self._require_over(current, next(iter(to)))
            self.work.changed.append((current, frm, to))
            for name, value in to.items():
                setattr(current, name, value)
        told += self._new_manager(row, current)
        outcome = Outcome.CHANGE if told else Outcome.SAME
        return self.line(row.spot, outcome, f"{current.full_name} ({current.code})", told)

    def _require_sense(self, row: OfficialRow) -> None:
        if not row.full_name or len(row.full_name) > 120:
            raise refusal("Họ và tên cần có, không quá 120 chữ cái.", "full_name")
        require_birth_year(row.birth_year, self.known.on)

    def _require_over(self, official: Official, field: str) -> None:
        self.require_not_own(official, field)
        if not self.known.may_change(official):
            raise refusal(NOT_OVER.format(official), field)

    def _manager(self, row: OfficialRow) -> PartyOrganization | None:
        if not row.manager:
            return None
        manager = self.organization(row.manager, "manager")
        self.require_mine(manager, "manager")
        return manager

    def _new_manager(self, row: OfficialRow, current: Official) -> Changes:
        now, then = self.known.management.get(current.pk), self.known.manages_then(current)
        if not row.manager or row.manager in {each.organization.code for each in (now, then) if each is not None}:
            return []
        if now is not then:
            raise refusal("Sau ngày của tệp, cấp ủy quản lý cán bộ này đã thay đổi.", "manager")
        self._require_over(current, "manager")
        manager = self._manager(row)
        assert manager is not None
        return self._manage(row, current, manager, now)

    def _manage(
        self, row: OfficialRow, official: Official, manager: PartyOrganization, before: CadreManagement | None
    ) -> Changes:
        day = row.managed_from or (self.from_day if before else max(manager.valid_from, self.from_day))
        if before is not None and (row.managed_from is None or row.managed_from <= before.valid_from):
            day = self.from_day  # the cell still tells the day of the manager before
        if before is not None and day < before.valid_from:
            raise refusal(
                f"Cấp ủy quản lý hiện nay có từ ngày {show_day(before.valid_from)}, sau ngày thay đổi.", "manager"
            )
        goes_on = before is not None and (before.valid_until is None or before.valid_until > day)
        if before is not None and goes_on and not self.known.is_mine(before.organization):
            raise refusal(NOT_OVER.format(official), "manager")
        try:
            require_within(manager, day, manager.valid_until)
        except Refused as refused:
            raise refusal(str(refused), "managed_from" if row.spot.tells("managed_from") else "manager") from None
        new = CadreManagement(official=official, organization=manager, valid_from=day, valid_until=manager.valid_until)
        self.work.managed.append((new, before))
        old = before.organization.name if before else ""
        return [("cấp ủy quản lý", old, manager.name), ("quản lý từ ngày", "", show_day(day))]


class TenuresPlan(SheetPlan):
    def plan(self, rows: list[TenureRow]) -> None:
        self._seen: dict[tuple[str, str, str, date | None], int] = {}
        self._other_reasons: list[str] = []
        begun: list[tuple[TenureRow, Tenure]] = []
        for row in rows:
            self.attempt(row.spot, f"{row.official_name or row.official} – {row.position}", self._end, row, begun)
        # Who leaves a post in this workbook leaves it before another takes it, in whatever order the rows stand.
        for row, tenure in begun:
            self.attempt(row.spot, str(tenure), self._begin, row, tenure)
        self.remarks += self._other_reasons[:REMARKED]
        if len(self._other_reasons) > REMARKED:
            self.remarks.append(f"Còn {len(self._other_reasons) - REMARKED} dòng nữa có căn cứ khác danh bạ.")

    def _end(self, row: TenureRow, begun: list[tuple[TenureRow, Tenure]]) -> Line | None:
        organization = self.organization(row.organization, "organization")
        self.require_mine(organization, "organization")
        official, position = self.official(row.official, row.official_name), self._position(row)
        if row.from_day is None:
            raise refusal("Cần có ngày bắt đầu giữ chức vụ.", "from_day")
        key = (official.code, position.code, organization.code, row.from_day)
        if key in self._seen:
            raise refusal(f"Trùng với dòng {self._seen[key]}.", "official")
        self._seen[key] = row.spot.row
        for tenure in self.known.tenures[organization.code, position.pk]:
            if tenure.official.code == official.code and tenure.valid_from == row.from_day:
                return self._compare(row, tenure)
        tenure = Tenure(
            official=official, position=position, organization=organization,
            valid_from=row.from_day, valid_until=row.until_day, reason=row.reason[:255],
        )  # fmt: skip
        begun.append((row, tenure))
        return None

    def _position(self, row: TenureRow) -> Position:
        position = self.known.positions.get(word(row.position)) or self.known.positions.get(row.position)
        if position is None:
            raise refusal(f"Chưa có chức vụ “{row.position}” trong danh mục.", "position")
        return position

    def _compare(self, row: TenureRow, current: Tenure) -> Line:
        what = f"{current.official} – {current.position}, {current.organization}"
        if row.reason and row.reason[:255] != current.reason:
            known = f"danh bạ ghi “{current.reason}”" if current.reason else "danh bạ ghi chưa có căn cứ"
            place = f"dòng {row.spot.row}, cột {row.spot.columns.get('reason', '')}"
            self._other_reasons.append(
                f"Trang tính ‘{row.spot.sheet}’, {place}: không dùng căn cứ “{row.reason}”; {known} cho chức vụ này, "
                "và điều ấy không đổi qua nhập Excel."
            )
        if not row.spot.tells("until_day") or row.until_day == current.valid_until:
            return self.line(row.spot, Outcome.SAME, what)
        end_only(row.until_day, current)
        assert row.until_day is not None
        self.work.tenures_ended.append((current, row.until_day))
        current.valid_until = row.until_day
        return self.line(row.spot, Outcome.END, what, [("đến trước ngày", "", show_day(row.until_day))])

    def _begin(self, row: TenureRow, new: Tenure) -> Line:
        self.require_not_own(new.official, "official")
        require_order(new.valid_from, new.valid_until)
        require_within(new.organization, new.valid_from, new.valid_until)
        held = self.known.tenures[new.organization.code, new.position.pk]
        for other in held:
            if not overlaps(other, new):
                continue
            if other.official.code == new.official.code:
                raise refusal(f"Đã giữ chức vụ này từ ngày {show_day(other.valid_from)}; trùng thời gian.", "from_day")
            if new.position.is_single:
                raise refusal(
                    f"Chức vụ {new.position} ở “{new.organization}” chỉ một người giữ; đồng chí {other.official} "
                    f"giữ từ ngày {show_day(other.valid_from)}.", "position",
                )  # fmt: skip
        held.append(new)
        self.work.tenures.append(new)
        told = [("từ ngày", "", show_day(new.valid_from))]
        if new.valid_until is not None:
            told.append(("đến trước ngày", "", show_day(new.valid_until)))
        return self.line(row.spot, Outcome.ADD, f"{new.official} – {new.position}, {new.organization}", told)


def overlaps(one: Dated, other: Dated) -> bool:
    return (one.valid_until is None or other.valid_from < one.valid_until) and (
        other.valid_until is None or one.valid_from < other.valid_until
    )


def end_only(until_day: date | None, current: Dated, field: str = "until_day") -> None:
    """An import may end what goes on; it does not open what has ended, nor move its end.

    Raises:
        Refused: as said.
    """
    if current.valid_until is not None:
        known = show_day(current.valid_until)
        raise refusal(f"Danh bạ ghi đã kết thúc từ ngày {known}; điều này không đổi qua nhập Excel.", field)
    if until_day is not None and until_day <= current.valid_from:
        raise refusal(f"Ngày kết thúc phải sau ngày bắt đầu ({show_day(current.valid_from)}).", field)


def _label(name: str) -> str:
    return str(getattr(Official._meta.get_field(name), "verbose_name", name))
