"""Found bodies of an organization, begin their terms, and say who sits in them."""

from datetime import date, datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.directory.actions.authority import require_not_own
from dotpha.directory.actions.deed import conflict, day_of, require, trace
from dotpha.directory.actions.periods import close, overlapping, require_can_end, require_order, require_within
from dotpha.directory.models import Body, CommitteeTerm, Membership, Official, PartyOrganization
from dotpha.directory.policy import Deed
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import tidy


@transaction.atomic
def found_body(
    *,
    organization: PartyOrganization,
    name: str,
    kind: str,
    from_day: date,
    by: User | None,
    at: datetime,
    until_day: date | None = None,
    reason: str = "",
) -> Body:
    """Found a body of an organization (lập cơ quan): a standing committee, an inspection committee, a board.

    Raises:
        NotAllowed: `by` may not change this organization.
        Refused: no name or kind, days outside the organization's life, the same name there in these days.
    """
    require(by, Deed.CHANGE_ORGANIZATION, organization, at=at)
    _lock(organization)
    organization = PartyOrganization.objects.get(pk=organization.pk)
    name, kind = _said(name, "name", 200), _said(kind, "kind", 80)
    require_order(from_day, until_day)
    require_within(organization, from_day, until_day)
    same = organization.bodies.filter(overlapping(from_day, until_day), name=name).first()
    if same is not None:
        message = f"“{organization}” đã có {name} từ ngày {show_day(same.valid_from)}."
        raise Refused(message, fields={"name": message})
    body = Body.objects.create(
        organization=organization, name=name, kind=kind, valid_from=from_day, valid_until=until_day
    )
    to = {"organization": organization.name, "kind": kind, "valid_from": from_day, "valid_until": until_day}
    trace("body.founded", body, by=by, at=at, to=to, reason=reason)
    return body


@transaction.atomic
def begin_term(
    *,
    body: Body,
    name: str,
    from_day: date,
    by: User | None,
    at: datetime,
    until_day: date | None = None,
    reason: str = "",
) -> CommitteeTerm:
    """Begin a term (bắt đầu nhiệm kỳ). The term before, still open, ends that day with its memberships.

    Raises:
        NotAllowed: `by` may not change the body's organization.
        Refused: no name, days outside the body's life, or inside another term.
    """
    require(by, Deed.CHANGE_ORGANIZATION, body.organization, at=at)
    _lock(body.organization)
    name = _said(name, "name", 60)
    require_order(from_day, until_day)
    require_within(body, from_day, until_day)
    before = body.terms.filter(valid_until__isnull=True, valid_from__lt=from_day).first()
    others = body.terms.filter(overlapping(from_day, until_day)).exclude(pk=before.pk if before else None)
    other = others.first()
    if other is not None:
        message = f"Trùng thời gian với nhiệm kỳ {other.name} (từ ngày {show_day(other.valid_from)})."
        raise Refused(message, fields={"from_day": message})
    if before is not None:
        close(Membership.objects.filter(term=before), from_day, named="thành viên")
        close(CommitteeTerm.objects.filter(pk=before.pk), from_day, named="nhiệm kỳ")
    term = CommitteeTerm.objects.create(body=body, name=name, valid_from=from_day, valid_until=until_day)
    frm = {"name": before and before.name}
    to = {"name": name, "valid_from": from_day, "valid_until": until_day}
    trace("term.began", term, by=by, at=at, frm=frm, to=to, reason=reason, scope=body.organization)
    return term


@transaction.atomic
def end_term(*, term: CommitteeTerm, on: date, by: User | None, at: datetime, reason: str = "") -> CommitteeTerm:
    """End a term with its memberships (kết thúc nhiệm kỳ): `on` is the first day without. No other term begins.

    Raises:
        NotAllowed: `by` may not change the body's organization.
        Refused: it has ended already, or `on` is not after its first day, or after that of a member.
        Conflict: somebody else ended it meanwhile.
    """
    organization = term.body.organization
    require(by, Deed.CHANGE_ORGANIZATION, organization, at=at)
    _lock(organization)
    current: CommitteeTerm = CommitteeTerm.objects.select_related("body").get(pk=term.pk)
    until = current.valid_until
    _require_goes_on(current, on, at, named=f"Nhiệm kỳ {current}")
    members = close(Membership.objects.filter(term=current), on, named="thành viên")
    if not CommitteeTerm.objects.filter(pk=current.pk, valid_until=until).update(valid_until=on):
        raise conflict(current, {"valid_until": on})
    current.valid_until = on
    to = {"valid_until": on, "thành viên kết thúc": members}
    trace("term.ended", current, by=by, at=at, to=to, reason=reason, scope=organization)
    return current


@transaction.atomic
def end_body(*, body: Body, on: date, by: User | None, at: datetime, reason: str = "") -> Body:
    """End a body with its terms and memberships (kết thúc cơ quan): `on` is the first day without.

    Raises:
        NotAllowed: `by` may not change its organization.
        Refused: it has ended already, or `on` is not after its first day, or after that of a term or a member.
        Conflict: somebody else ended it meanwhile.
    """
    require(by, Deed.CHANGE_ORGANIZATION, body.organization, at=at)
    _lock(body.organization)
    current: Body = Body.objects.select_related("organization").get(pk=body.pk)
    until = current.valid_until
    _require_goes_on(current, on, at, named=f"“{current}”")
    members = close(Membership.objects.filter(term__body=current), on, named="thành viên")
    terms = close(CommitteeTerm.objects.filter(body=current), on, named="nhiệm kỳ")
    if not Body.objects.filter(pk=current.pk, valid_until=until).update(valid_until=on):
        raise conflict(current, {"valid_until": on})
    current.valid_until = on
    to = {"valid_until": on, "nhiệm kỳ kết thúc": terms, "thành viên kết thúc": members}
    trace("body.ended", current, by=by, at=at, to=to, reason=reason)
    return current


def _require_goes_on(current: Body | CommitteeTerm, on: date, at: datetime, *, named: str) -> None:
    """What was to last until a day still to come may end before it."""
    if current.valid_until is not None and max(on, day_of(at)) < current.valid_until:
        current.valid_until = None
    require_can_end(current, on, named=named)


@transaction.atomic
def begin_membership(
    *,
    term: CommitteeTerm,
    official: Official,
    from_day: date,
    by: User | None,
    at: datetime,
    role: str = "Ủy viên",
    order: int = 0,
    until_day: date | None = None,
    reason: str = "",
) -> Membership:
    """Write down that an official sits in a body from a day on (tham gia cơ quan).

    Raises:
        NotAllowed: `by` may not change officials of the body's organization, or the seat would be his own.
        Refused: no role, days outside the term, or a member already in these days.
    """
    organization = term.body.organization
    require(by, Deed.CHANGE_OFFICIAL, organization, at=at)
    require_not_own(by, official)
    _lock(organization)
    role = _said(role, "role", 80)
    require_order(from_day, until_day)
    if until_day is None:
        until_day = term.valid_until
    require_within(term, from_day, until_day)
    already = term.memberships.filter(overlapping(from_day, until_day), official=official).first()
    if already is not None:
        message = f"Đồng chí {official} đã là {already.role} từ ngày {show_day(already.valid_from)}."
        raise Refused(message, fields={"official": message})
    membership = Membership.objects.create(
        term=term, official=official, role=role, order=order, valid_from=from_day, valid_until=until_day
    )
    to = {"term": str(term), "role": role, "valid_from": from_day, "valid_until": until_day}
    trace("membership.began", membership, by=by, at=at, to=to, reason=reason, scope=organization)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, on: date, by: User | None, at: datetime, reason: str = "") -> Membership:
    """Write down that an official no longer sits in a body (thôi tham gia): `on` is the first day without.

    A membership that was to last until the end of its term may end before it.

    Raises:
        NotAllowed: `by` may not change officials of the body's organization.
        Refused: it has ended already, or `on` is not after its first day.
        Conflict: somebody else ended it meanwhile.
    """
    organization = membership.term.body.organization
    require(by, Deed.CHANGE_OFFICIAL, organization, at=at)
    _lock(organization)
    current: Membership = Membership.objects.select_related("official", "term__body").get(pk=membership.pk)
    named = f"{current.role} {current.term} của đồng chí {current.official}"
    until = current.valid_until
    if until is not None and until == current.term.valid_until and on < until:
        current.valid_until = None
    require_can_end(current, on, named=named)
    if not Membership.objects.filter(pk=membership.pk, valid_until=until).update(valid_until=on):
        raise conflict(current, {"valid_until": on})
    current.valid_until = on
    to = {"term": str(current.term), "valid_until": on}
    trace("membership.ended", current, by=by, at=at, to=to, reason=reason, scope=organization)
    return current


def _said(text: str, field: str, longest: int) -> str:
    text = tidy(text)
    if not text or len(text) > longest:
        message = f"Cần ghi, không quá {longest} chữ cái."
        raise Refused(message, fields={field: message})
    return text


def _lock(organization: PartyOrganization) -> None:
    """Whoever writes bodies of an organization waits for the other; on SQLite the writer is alone anyhow."""
    list(PartyOrganization.objects.select_for_update(no_key=True).filter(pk=organization.pk).values_list("pk"))
