"""Imports and exports of the directory: prepared, looked at, carried out whole or not at all, each with its trace."""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction

from dotpha.accounts.models import User
from dotpha.core import audit, names
from dotpha.core.audit import Said
from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.actions import organizations as tree
from dotpha.directory.actions.deed import day_of, trace
from dotpha.directory.actions.periods import close
from dotpha.directory.exchange.known import chunks
from dotpha.directory.exchange.plan import Line, Outcome, Plan, Work
from dotpha.directory.exchange.planning import plan
from dotpha.directory.exchange.rows import Batch
from dotpha.directory.models import (
    Body,
    CadreManagement,
    CommitteeTerm,
    DirectoryImport,
    Membership,
    Official,
    OrganizationName,
    OrganizationPlacement,
    PartyOrganization,
    Tenure,
)
from dotpha.directory.models.organizations import STEP
from dotpha.directory.policy import Deed, deed_in_sentence
from dotpha.directory.queries import post_of

KEPT = timedelta(hours=2)  # how long a plan waits for its confirmation
_BATCH = 500
CHANGED = (
    "Danh bạ đã thay đổi sau khi đồng chí xem dự kiến, nên chưa ghi gì. Dưới đây là dự kiến mới; đồng chí xem lại rồi "
    "xác nhận lần nữa."
)


class DirectoryChanged(Conflict):
    """The plan that was shown no longer holds; `plan` is the one that does."""

    def __init__(self, made: Plan) -> None:
        super().__init__(CHANGED)
        self.plan = made


@transaction.atomic
def prepare_import(
    *, file_name: str, data: bytes, batch: Batch, from_day: date, by: User, at: datetime
) -> DirectoryImport:
    """Keep a workbook and the plan of what it would do, for its person to look at; whatever is over is thrown away.

    Raises:
        NotAllowed: `by` may import nowhere.
        Refused: `from_day` is still to come.
    """
    _require(by, Deed.IMPORT_DIRECTORY, at)
    if from_day > day_of(at):
        message = "Ngày có hiệu lực chưa đến. Đồng chí ghi danh bạ khi quyết định đã có hiệu lực."
        raise Refused(message, fields={"from_day": message})
    DirectoryImport.objects.filter(expires_at__lte=at).delete()
    made = plan(batch, by=by, on=day_of(at), from_day=from_day)
    return DirectoryImport.objects.create(
        user=by, file_name=file_name[-200:], from_day=from_day, data=data, plan=pack(made), digest=made.digest,
        created_at=at, expires_at=at + KEPT,
    )  # fmt: skip


@transaction.atomic
def renew_import(*, waiting: DirectoryImport, made: Plan, by: User, at: datetime) -> None:
    """Show another plan for the same workbook, because the directory changed.

    Raises:
        NotAllowed: the import is another person's.
    """
    _require_own(waiting, by)
    kept = {"plan": pack(made), "digest": made.digest, "expires_at": at + KEPT}
    DirectoryImport.objects.filter(pk=waiting.pk, result="").update(**kept)


@transaction.atomic
def give_up_import(*, waiting: DirectoryImport, by: User, at: datetime) -> None:
    """Throw workbook and plan away; nothing was written.

    Raises:
        NotAllowed: the import is another person's.
    """
    _require_own(waiting, by)
    DirectoryImport.objects.filter(pk=waiting.pk).delete()


@transaction.atomic
def import_directory(*, waiting: DirectoryImport, batch: Batch, by: User, at: datetime, reason: str = "") -> Plan:
    """Carry out the import whose plan was shown to `by` (nhập danh bạ), all of it or nothing.

    Raises:
        NotAllowed: `by` may import nowhere, or the import is another person's.
        DirectoryChanged: the plan is no longer the one shown; nothing was written.
        Refused: rows are refused, there is nothing to write, or it was carried out already.
    """
    _require(by, Deed.IMPORT_DIRECTORY, at)
    _require_own(waiting, by)
    _hold(batch, by, at)
    made = plan(batch, by=by, on=day_of(at), from_day=waiting.from_day)
    counts = made.counts
    result = ", ".join(f"{label} {counts[each]}" for each, label in _RESULTS.items() if counts[each])
    claimed = DirectoryImport.objects.filter(pk=waiting.pk, result="", digest=waiting.digest)
    if not claimed.update(result=result or "không", data=b"", plan=b""):
        raise Refused("Lượt nhập này đã được ghi rồi.")
    if made.digest != waiting.digest:
        raise DirectoryChanged(made)
    if made.is_refused:
        raise Refused("Tệp còn dòng bị từ chối nên chưa ghi gì. Đồng chí sửa các dòng ấy rồi nạp lại.")
    if made.changes_nothing:
        raise Refused("Tệp không khác danh bạ; không có gì để ghi.")
    _Writing(made.work, by=by, at=at, reason=reason or f"Nhập từ tệp {waiting.file_name}").write()
    told = {_VERBS[each]: counts[each] for each in _VERBS if counts[each]}
    trace("directory.imported", waiting, by=by, at=at, to=told, reason=reason, scope=_home(by, at))
    waiting.refresh_from_db()
    return made


_RESULTS = {Outcome.ADD: "thêm", Outcome.CHANGE: "đổi", Outcome.END: "kết thúc", Outcome.SAME: "không đổi"}
_VERBS = {Outcome.ADD: "added", Outcome.CHANGE: "changed", Outcome.END: "closed"}


@transaction.atomic
def export_directory(*, file_name: str, count: int, day: date, by: User, at: datetime) -> None:
    """Leave the trace of an export (xuất danh bạ); it is called before the file leaves.

    Raises:
        NotAllowed: `by` may export nothing.
    """
    _require(by, Deed.EXPORT_DIRECTORY, at)
    to = {"file": file_name, "count": count, "tính đến ngày": day}
    post = post_of(by, on=day_of(at))
    scope = _home(by, at, Deed.EXPORT_DIRECTORY)
    audit.record("directory.exported", target=scope, by=by, at=at, post=post, to=to, scope=scope)


def pack(made: Plan) -> bytes:
    """The lines of a plan, for keeping."""
    said = {"lines": [line.to_json() for line in made.lines], "remarks": made.remarks}
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode())


def unpack(kept: bytes | memoryview) -> Plan:
    """The lines of a kept plan; its work is planned anew when it is carried out."""
    said = json.loads(zlib.decompress(bytes(kept)))
    return Plan(lines=[Line.from_json(each) for each in said["lines"]], remarks=said["remarks"])


def _require(by: User, deed: Deed, at: datetime) -> None:
    if not policy.may_anywhere(by, deed, on=day_of(at)):
        raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)}.")


def _require_own(waiting: DirectoryImport, by: User) -> None:
    if waiting.user_id != by.pk:
        raise NotAllowed("Lượt nhập này của người khác.")


def _home(by: User, at: datetime, deed: Deed = Deed.IMPORT_DIRECTORY) -> PartyOrganization | None:
    """The highest organization where the person may do this: whose readers see the trace of it."""
    grants = [each for each in policy.grants_of(by, on=day_of(at)) if each.function in policy.WHO_MAY[deed]]
    return min((each.organization for each in grants), key=lambda each: (each.depth, each.pk), default=None)


def _hold(batch: Batch, by: User, at: datetime) -> None:
    """Let nobody else change what the workbook speaks of until it is written; on SQLite the writer is alone anyhow.

    Roots first: two imports, or an import and a move, in one tree wait for each other there.
    """
    home = _home(by, at)
    codes = {row.code for row in batch.organizations} | {row.organization for row in batch.tenures}
    codes |= {row.organization for row in batch.seats}
    people = {row.code for row in batch.officials}
    organizations, officials = PartyOrganization.objects, Official.objects
    if home is not None:
        _lock(organizations, pk__in=[int(home.path[:STEP])])
    for part in chunks(sorted(codes)):
        _lock(organizations, code__in=part)
    for part in chunks(sorted(people)):
        _lock(officials, code__in=part)


def _lock(manager: Any, **wanted: Any) -> None:
    list(manager.select_for_update(no_key=True).filter(**wanted).order_by("pk").values_list("pk"))


class _Writing:
    """One import being written. What is told of each row is kept until the end, and then written in one go."""

    def __init__(self, work: Work, *, by: User, at: datetime, reason: str) -> None:
        self.work = work
        self.by, self.at, self.reason = by, at, reason
        self.said: list[Said] = []

    def write(self) -> None:
        self._found()
        self._change_organizations()
        self._officials()
        self._posts()
        self._bodies()
        audit.record_all(
            self.said, by=self.by, at=self.at, post=post_of(self.by, on=day_of(self.at)), reason=self.reason
        )
        self._move()
        self._end()

    def _tell(self, verb: str, target: models.Model, **told: Any) -> None:
        self.said.append(Said(verb, target, **told))

    def _found(self) -> None:
        """Level after level, because a path begins with that of the parent."""
        by_depth: dict[int, list[PartyOrganization]] = {}
        for new, _ in self.work.founded:
            new.search_key = names.search_key(new.name, new.code)
            new.order_key = names.order_key(new.name)
            by_depth.setdefault(new.depth, []).append(new)
        succeeded = [(new, new.successor) for new, _ in self.work.founded if new.successor is not None]
        for new, _ in succeeded:
            new.successor = None
        for depth in sorted(by_depth):
            PartyOrganization.objects.bulk_create(by_depth[depth], batch_size=_BATCH)
            for new in by_depth[depth]:
                new.path = (new.parent.path if new.parent else "") + f"{new.pk:0{STEP}d}"
            _write_over(PartyOrganization, by_depth[depth], ["path"])
        for new, successor in succeeded:
            new.successor = successor
        _write_over(PartyOrganization, [new for new, _ in succeeded], ["successor"])
        OrganizationName.objects.bulk_create(
            (
                OrganizationName(
                    organization=new, name=new.name, valid_from=new.valid_from, valid_until=new.valid_until
                )
                for new, _ in self.work.founded
            ),
            batch_size=_BATCH,
        )
        OrganizationPlacement.objects.bulk_create(
            (
                OrganizationPlacement(
                    organization=new, parent=new.parent, valid_from=placed, valid_until=new.valid_until
                )
                for new, placed in self.work.founded
            ),
            batch_size=_BATCH,
        )
        for new, _ in self.work.founded:
            to = {"code": new.code, "name": new.name, "kind": new.kind.label, "valid_from": new.valid_from,
                  "parent": new.parent and new.parent.name, "valid_until": new.valid_until}  # fmt: skip
            self._tell("organization.founded", new, to=to)

    def _change_organizations(self) -> None:
        changed = {organization.pk: organization for organization, *_ in self.work.reclassified}
        for organization, old, kind in self.work.reclassified:
            organization.kind = kind
            self._tell("organization.changed", organization, frm={"kind": old.label}, to={"kind": kind.label})
        corrected, closed, begun = [], [], []
        histories = self._names_of([organization.pk for organization, *_ in self.work.renamed])
        for organization, old_name, name, day in self.work.renamed:
            history = histories.get(organization.pk, [])
            last = history[-1] if history else None
            if last is not None and last.valid_from == day:
                last.name = name
                corrected.append(last)
            else:
                if last is not None:
                    last.valid_until = day
                    closed.append(last)
                begun.append(OrganizationName(organization=organization, name=name, valid_from=day))
            organization.name = name
            organization.order_key = names.order_key(name)
            known = dict.fromkeys([name, organization.code, *(each.name for each in history)])
            organization.search_key = names.search_key(*known)
            changed[organization.pk] = organization
            to = {"name": name, "valid_from": day}
            self._tell("organization.renamed", organization, frm={"name": old_name}, to=to)
        _write_over(OrganizationName, corrected, ["name"])
        _write_over(OrganizationName, closed, ["valid_until"])
        OrganizationName.objects.bulk_create(begun, batch_size=_BATCH)
        for organization in changed.values():
            organization.version += 1
        fields = ["name", "order_key", "search_key", "kind", "version"]
        _write_over(PartyOrganization, changed.values(), fields)

    @staticmethod
    def _names_of(pks: Sequence[int]) -> dict[int, list[OrganizationName]]:
        histories: dict[int, list[OrganizationName]] = {}
        for part in chunks(pks):
            for name in OrganizationName.objects.filter(organization__in=part).order_by("valid_from", "pk"):
                histories.setdefault(name.organization_id, []).append(name)
        return histories

    def _officials(self) -> None:
        homes = {id(new.official): new.organization for new, _ in self.work.managed}
        for tenure in self.work.tenures:
            homes.setdefault(id(tenure.official), tenure.organization)
        for official in [*self.work.recorded, *(each for each, _, _ in self.work.changed)]:
            official.search_key = names.search_key(official.full_name, official.code)
            official.order_key = names.person_order_key(official.full_name)
        Official.objects.bulk_create(self.work.recorded, batch_size=_BATCH)
        for official in self.work.recorded:
            to = {"code": official.code, "full_name": official.full_name, "birth_year": official.birth_year,
                  "is_party_member": official.is_party_member}  # fmt: skip
            self._tell("official.recorded", official, to=to, scope=homes.get(id(official)))
        known = self._homes_of([official for official, _, _ in self.work.changed])
        for official, frm, to in self.work.changed:
            official.version += 1
            self._tell("official.changed", official, frm=frm, to=to, scope=known.get(official.pk))
        fields = ["full_name", "birth_year", "is_party_member", "search_key", "order_key", "version"]
        _write_over(Official, [each for each, _, _ in self.work.changed], fields)
        self._management()

    @staticmethod
    def _homes_of(officials: Sequence[Official]) -> dict[int, PartyOrganization]:
        """Where each belongs: the organization of the last post, or, before it, the last manager."""
        homes: dict[int, PartyOrganization] = {}
        for part in chunks(official.pk for official in officials):
            for table in (Tenure, CadreManagement):
                rows = table._default_manager.filter(official__in=part).select_related("organization")
                homes |= {row.official_id: row.organization for row in rows.order_by("valid_from", "pk")}
        return homes

    def _management(self) -> None:
        begun, closed, corrected = [], [], []
        for new, before in self.work.managed:
            frm = {"cấp ủy quản lý": before.organization.name} if before else ""
            to = {"cấp ủy quản lý": new.organization.name, "từ ngày": f"{new.valid_from:%d/%m/%Y}"}
            self._tell("management.set", new.official, frm=frm, to=to, scope=new.organization)
            if before is not None and before.valid_from == new.valid_from:
                before.organization, before.valid_until = new.organization, new.valid_until
                corrected.append(before)
                continue
            if before is not None and (before.valid_until is None or before.valid_until > new.valid_from):
                before.valid_until = new.valid_from
                closed.append(before)
            begun.append(new)
        _write_over(CadreManagement, corrected, ["organization", "valid_until"])
        _write_over(CadreManagement, closed, ["valid_until"])
        CadreManagement.objects.bulk_create(begun, batch_size=_BATCH)

    def _posts(self) -> None:
        self._ended(Tenure, self.work.tenures_ended)
        for tenure, day in self.work.tenures_ended:
            self._tell("tenure.ended", tenure, to={"organization": tenure.organization.name, "valid_until": day})
        Tenure.objects.bulk_create(self.work.tenures, batch_size=_BATCH)
        for tenure in self.work.tenures:
            to = {"organization": tenure.organization.name, "valid_from": tenure.valid_from,
                  "valid_until": tenure.valid_until}  # fmt: skip
            self._tell("tenure.began", tenure, to=to)

    def _bodies(self) -> None:
        work = self.work
        _write_over(Membership, [each for each, _, _ in work.seats_changed], ["role", "order"])
        for seat, frm, to in work.seats_changed:
            self._tell("membership.changed", seat, frm=frm, to=to, scope=seat.term.body.organization)
        self._ended(Membership, work.seats_ended)
        for seat, day in work.seats_ended:
            self._tell("membership.ended", seat, to={"valid_until": day}, scope=seat.term.body.organization)
        for term, day in work.terms_ended:
            close(Membership.objects.filter(term=term), day, named="thành viên")
            self._tell("term.ended", term, to={"valid_until": day}, scope=term.body.organization)
        self._ended(CommitteeTerm, work.terms_ended)
        for body, day in work.bodies_ended:
            close(Membership.objects.filter(term__body=body), day, named="thành viên")
            close(CommitteeTerm.objects.filter(body=body), day, named="nhiệm kỳ")
            self._tell("body.ended", body, to={"valid_until": day})
        self._ended(Body, work.bodies_ended)
        Body.objects.bulk_create(work.bodies, batch_size=_BATCH)
        CommitteeTerm.objects.bulk_create(work.terms, batch_size=_BATCH)
        Membership.objects.bulk_create(work.seats, batch_size=_BATCH)
        for body in work.bodies:
            self._tell("body.founded", body, to={"kind": body.kind, "valid_from": body.valid_from})
        for term in work.terms:
            self._tell("term.began", term, to=_period(term), scope=term.body.organization)
        for seat in work.seats:
            to = {"term": str(seat.term), "role": seat.role, **_period(seat)}
            self._tell("membership.began", seat, to=to, scope=seat.term.body.organization)

    @staticmethod
    def _ended(table: Any, ended: Iterable[tuple[Any, date]]) -> None:
        rows = []
        for row, day in ended:
            row.valid_until = day
            rows.append(row)
        _write_over(table, rows, ["valid_until"])

    def _move(self) -> None:
        """One by one: each exchanges the paths of a whole branch, and the next may lie in it."""
        for organization, parent, day in self.work.moved:
            tree.move(_again(organization), _again(parent), day, by=self.by, at=self.at, reason=self.reason)

    def _end(self) -> None:
        deepest_first = sorted(self.work.ended, key=lambda each: -each[0].depth)
        for organization, day, successor in deepest_first:
            heir = _again(successor) if successor is not None else None
            tree.end(
                _again(organization), day, heir, verb="organization.ended", by=self.by, at=self.at, reason=self.reason
            )


def _write_over(table: type[models.Model], rows: Iterable[Any], fields: Sequence[str]) -> None:
    """Write some fields of rows that are there and locked. Ten times as fast as Django's `bulk_update`."""
    rows = list(rows)
    if rows:
        table._default_manager.bulk_create(
            rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _period(row: Any) -> dict[str, date | None]:
    return {"valid_from": row.valid_from, "valid_until": row.valid_until}


def _again(organization: PartyOrganization) -> PartyOrganization:
    found: PartyOrganization = PartyOrganization.objects.select_related("parent", "kind").get(pk=organization.pk)
    return found
