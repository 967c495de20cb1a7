"""Plan of the sheet “Tổ chức”: founded, renamed, reclassified, moved, ended, the same, or refused."""

from dotpha.directory.actions.organizations import DEEPEST, WIDENS
from dotpha.directory.actions.periods import require_can_end, require_order, require_within
from dotpha.directory.exchange.known import word
from dotpha.directory.exchange.plan import Line, Outcome
from dotpha.directory.exchange.rows import OrganizationRow
from dotpha.directory.exchange.sheet import SheetPlan, refusal
from dotpha.directory.models import OrganizationKind, PartyOrganization
from dotpha.rules.vietnamese.dates import show_day

Changes = list[tuple[str, str, str]]
NOT_YOURS = "Tổ chức này không thuộc phạm vi đồng chí được nhập danh bạ."


class OrganizationsPlan(SheetPlan):
    """Rows may stand in any order: a row waits until its parent has been planned."""

    def plan(self, rows: list[OrganizationRow]) -> None:
        places: dict[str, OrganizationRow] = {}
        for row in rows:
            if row.code in places:
                self.refuse(
                    row.spot, row.name, refusal(f"Mã “{row.code}” đã có ở dòng {places[row.code].spot.row}.", "code")
                )
            else:
                places[row.code] = row
        waiting = dict(places)
        self._given = places
        for code in places:
            self._plan_with_parents(code, waiting)
        self._plan_ends([row for row in places.values() if row.until_day is not None])

    def _plan_with_parents(self, code: str, waiting: dict[str, OrganizationRow]) -> None:
        """Parents first; a circle of rows ends at its first row, which then finds no parent."""
        line = []
        while code in waiting:
            line.append(waiting.pop(code))
            code = line[-1].parent
        for row in reversed(line):
            self.attempt(row.spot, row.name or row.code, self._plan_row, row)

    def _plan_row(self, row: OrganizationRow) -> Line | None:
        current = self.known.organizations.get(row.code)
        if current is None:
            return self._found(row)
        if not self.known.is_mine(current):
            if self._is_same(row, current):  # the place above one's own stands in one's own export
                return self.line(row.spot, Outcome.SAME, self._called(current) if row.name else row.code)
            raise refusal(NOT_YOURS, "code")
        return self._compare(row, current)

    # A new one

    def _found(self, row: OrganizationRow) -> Line | None:
        if not row.code or " " in row.code or len(row.code) > 40:
            raise refusal("Mã gồm chữ và số viết liền, từ 1 đến 40 chữ cái.", "code")
        if not row.name or len(row.name) > 255:
            raise refusal("Tên tổ chức cần có, không quá 255 chữ cái.", "name")
        kind = self._kind(row)
        if kind is None:
            raise refusal("Tổ chức mới cần có loại.", "kind")
        if row.from_day is None:
            raise refusal("Tổ chức mới cần có ngày thành lập.", "from_day")
        parent = self._parent(row)
        if parent is None:
            raise refusal("Tổ chức mới cần có mã tổ chức cấp trên; chỉ hệ thống lập được tổ chức gốc.", "parent")
        placed_from = max(row.placed_from or row.from_day, row.from_day)
        require_order(row.from_day, row.until_day)
        require_within(parent, placed_from, row.until_day)
        if parent.depth + 1 >= DEEPEST:
            raise refusal(f"Cây tổ chức có tối đa {DEEPEST} bậc.", "parent")
        new = PartyOrganization(
            code=row.code, name=row.name, kind=kind, parent=parent, depth=parent.depth + 1,
            valid_from=row.from_day, valid_until=row.until_day,
        )  # fmt: skip
        if row.successor and row.until_day is None:
            raise refusal("Chỉ tổ chức đã kết thúc mới có tổ chức kế thừa.", "successor")
        self.known.organizations[row.code] = new
        self.known.fresh.add(row.code)
        self.work.founded.append((new, placed_from))
        told = [
            ("loại", "", kind.label),
            ("trực thuộc", "", self._called(parent)),
            ("từ ngày", "", show_day(row.from_day)),
        ]
        if row.until_day:
            told.append(("đến trước ngày", "", show_day(row.until_day)))
        return self.line(row.spot, Outcome.ADD, self._called(new), told)

    # One that is known

    def _is_same(self, row: OrganizationRow, current: PartyOrganization) -> bool:
        return row.name in ("", current.name, self.known.name_then(current))

    def _compare(self, row: OrganizationRow, current: PartyOrganization) -> Line | None:
        told: Changes = []
        if row.spot.tells("from_day") and row.from_day not in (None, current.valid_from):
            raise refusal(
                f"Danh bạ ghi tổ chức có từ ngày {show_day(current.valid_from)}; ngày này không đổi.", "from_day"
            )
        is_closed = current.valid_until is not None
        told += self._rename(row, current) + self._reclassify(row, current) + self._move(row, current)
        if is_closed and told:
            raise refusal(
                f"Tổ chức đã kết thúc từ ngày {show_day(current.valid_until or '')} nên không đổi nữa.", "until_day"
            )
        if row.spot.tells("until_day") and row.until_day != current.valid_until:
            self._end_later(row, current, told)
            return None
        outcome = Outcome.CHANGE if told else Outcome.SAME
        return self.line(row.spot, outcome, self._called(current), told)

    def _rename(self, row: OrganizationRow, current: PartyOrganization) -> Changes:
        then = self.known.name_then(current)
        if not row.spot.tells("name") or row.name in (then, current.name):
            return []
        if then != current.name:
            raise refusal(f"Sau ngày của tệp, tổ chức đã đổi tên thành “{current.name}”.", "name")
        if not row.name or len(row.name) > 255:
            raise refusal("Tên tổ chức cần có, không quá 255 chữ cái.", "name")
        last = self.known.names.get(current.pk)
        if last is not None and self.from_day < last.valid_from:
            raise refusal(
                f"Tên đang dùng có từ ngày {show_day(last.valid_from)}, sau ngày thay đổi có hiệu lực.", "name"
            )
        self.work.renamed.append((current, current.name, row.name, self.from_day))
        return [("tên", current.name, row.name), ("có hiệu lực", "", show_day(self.from_day))]

    def _reclassify(self, row: OrganizationRow, current: PartyOrganization) -> Changes:
        kind = self._kind(row)
        if kind is None or kind.pk == current.kind_id:
            return []
        self.work.reclassified.append((current, current.kind, kind))
        return [("loại", current.kind.label, kind.label)]

    def _move(self, row: OrganizationRow, current: PartyOrganization) -> Changes:
        then = self.known.parent_then(current)
        if not row.spot.tells("parent") or row.parent in (
            (then.code if then else ""),
            current.parent and current.parent.code,
        ):
            return []
        if (then and then.pk) != current.parent_id:
            raise refusal("Sau ngày của tệp, tổ chức đã chuyển sang trực thuộc nơi khác.", "parent")
        parent = self._parent(row)
        if parent is None:
            raise refusal("Chỉ hệ thống lập được tổ chức gốc của cây; ô này cần mã tổ chức cấp trên.", "parent")
        last = self.known.places.get(current.pk)
        day = row.placed_from if row.placed_from and last and row.placed_from > last.valid_from else self.from_day
        if day > self.known.on:
            raise refusal(f"Ngày {show_day(day)} chưa đến; việc chuyển ghi khi đã có hiệu lực.", "placed_from")
        if last is not None and day < last.valid_from:
            raise refusal(f"Nơi trực thuộc hiện nay có từ ngày {show_day(last.valid_from)}, sau ngày chuyển.", "parent")
        require_within(current, day, current.valid_until, until_field="parent")
        require_within(parent, day, current.valid_until, until_field="parent")
        above: PartyOrganization | None = parent
        while above is not None:
            if above is current:
                raise refusal("Một tổ chức không thể trực thuộc chính nó hoặc tổ chức dưới nó.", "parent")
            above = above.parent
        if self.known.widens(current, parent):
            raise refusal(WIDENS, "parent")
        old = current.parent
        self.work.moved.append((current, parent, day))
        current.parent = parent
        return [("trực thuộc", self._called(old) if old else "", self._called(parent)), ("từ ngày", "", show_day(day))]

    # Ends come last: what stands below may end or move in other rows of the same sheet.

    def _end_later(self, row: OrganizationRow, current: PartyOrganization, told: Changes) -> None:
        if row.until_day is None or current.valid_until is not None:
            known = f"đã kết thúc từ ngày {show_day(current.valid_until)}" if current.valid_until else "đang hoạt động"
            raise refusal(f"Danh bạ ghi tổ chức {known}; điều này không đổi qua nhập Excel.", "until_day")
        require_can_end(current, row.until_day, named=self._called(current))
        self._told_before[row.code] = told
        current.valid_until = row.until_day
        return

    def _plan_ends(self, rows: list[OrganizationRow]) -> None:
        for row in rows:
            if row.code in self._told_before or row.code in self.known.fresh:
                self.attempt(row.spot, row.name or row.code, self._plan_end, row)

    def _plan_end(self, row: OrganizationRow) -> Line | None:
        current, on = self.known.organizations[row.code], row.until_day
        assert on is not None
        successor = self._successor(row)
        if row.code in self.known.fresh:
            current.successor = successor
            return None
        going_on = [
            child
            for child in self.known.children[current.pk]
            if (child.parent is current or child.parent_id == current.pk)
            and (child.valid_until is None or child.valid_until > on)
        ]
        if going_on:
            first = ", ".join(self._called(child) for child in going_on[:3])
            raise refusal(f"Còn {len(going_on)} tổ chức trực thuộc hoạt động sau ngày ấy: {first}.", "until_day")
        self.work.ended.append((current, on, successor))
        told = [*self._told_before[row.code], ("đến trước ngày", "", show_day(on))]
        if successor is not None:
            told.append(("kế thừa", "", self._called(successor)))
        told.append(("cùng kết thúc", "", "chức vụ, cơ quan còn ghi ở đó"))
        return self.line(row.spot, Outcome.END, self._called(current), told)

    # What a cell names

    def _kind(self, row: OrganizationRow) -> OrganizationKind | None:
        if not row.kind:
            return None
        kind = self.known.kinds.get(word(row.kind)) or self.known.kinds.get(row.kind)
        if kind is None:
            labels = ", ".join(sorted({each.label for each in self.known.kinds.values()})[:12])
            raise refusal(f"Chưa có loại tổ chức “{row.kind}” trong danh mục ({labels}).", "kind")
        return kind

    def _parent(self, row: OrganizationRow) -> PartyOrganization | None:
        if not row.parent:
            return None
        parent = self.organization(row.parent, "parent")
        self.require_mine(parent, "parent")
        return parent

    def _successor(self, row: OrganizationRow) -> PartyOrganization | None:
        if not row.successor:
            return None
        successor = self.organization(row.successor, "successor")
        if successor.code == row.code:
            raise refusal("Một tổ chức không thể kế thừa chính nó.", "successor")
        if row.code not in self.known.fresh:
            self.require_mine(successor, "successor")
        if row.until_day is not None and not successor.holds_on(row.until_day):
            named = self._called(successor) if self.known.is_mine(successor) else f"Tổ chức mã “{successor.code}”"
            raise refusal(f"{named} không hoạt động vào ngày {show_day(row.until_day)}.", "successor")
        return successor

    @staticmethod
    def _called(organization: PartyOrganization) -> str:
        return f"{organization.name} ({organization.code})"
