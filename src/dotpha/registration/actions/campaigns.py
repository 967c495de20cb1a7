"""A campaign from its preparation to its end: what it asks, of whom, by which measure; each move leaves a trace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.directory.actions.deed import conflict, day_of, show, trace
from dotpha.directory.models import OrganizationKind, PartyOrganization, Position
from dotpha.registration import policy
from dotpha.registration.actions.roll import refresh_registrants
from dotpha.registration.models import Campaign, Requirement
from dotpha.registration.policy import Deed
from dotpha.registration.queries.campaigns import has_received, reference_day, requirements
from dotpha.registration.workflow import (
    CAMPAIGN_STATE_LABELS,
    CampaignMove,
    CampaignState,
    campaign_after,
)
from dotpha.rules.form.specification import Specification, Unusable
from dotpha.rules.screening.engine import engine_version
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import tidy

MOST = 99  # tasks one registrant may be allowed
_CHANGEABLE = frozenset({CampaignState.DRAFT, CampaignState.OPEN, CampaignState.CLOSED, CampaignState.APPRAISED})


@dataclass(frozen=True, slots=True)
class Required:
    """One line of who must register: a kind of organizations or a post, with how many tasks."""

    of: OrganizationKind | Position
    at_least: int = 1
    at_most: int = 3


@transaction.atomic
def create_campaign(
    *, organization: PartyOrganization, year: int, title: str, opens_on: date, closes_on: date, by: User | None,
    at: datetime, guidance: str = "", accepts_late: bool = True, data_day: date | None = None,
) -> Campaign:  # fmt: skip
    """Begin to prepare a campaign (lập đợt đăng ký); nobody but who manages it sees it yet.

    Raises:
        NotAllowed: `by` manages no campaigns at the organization.
        Refused: the organization is not there on the campaign's day, it has one of that name in that year, or the days
            are in the wrong order.
    """
    _require(by, organization, at)
    campaign = Campaign(
        organization=organization, year=year, title=tidy(title), opens_on=opens_on, closes_on=closes_on,
        guidance=tidy(guidance), accepts_late=accepts_late, data_day=data_day,
    )  # fmt: skip
    _require_sense(campaign)
    day = reference_day(campaign, day_of(at))
    if not organization.holds_on(day):
        raise Refused(
            f"{organization} chưa lập hoặc đã kết thúc vào ngày {show_day(day)}. Đồng chí xem lại cấp ủy và thời hạn.",
            fields={"organization": "Không hoạt động vào ngày ấy."},
        )
    campaign.save(force_insert=True)
    told = {"năm": year, "từ ngày": show_day(opens_on), "hạn gửi": show_day(closes_on)}
    trace("campaign.created", campaign, by=by, at=at, to=told)
    return campaign


@transaction.atomic
def change_campaign(
    *, campaign: Campaign, version: int, title: str, guidance: str, opens_on: date, closes_on: date,
    accepts_late: bool, data_day: date | None, by: User | None, at: datetime,
) -> Campaign:  # fmt: skip
    """Change what is announced of a campaign (sửa đợt đăng ký). What was sent keeps the mark it got.

    Raises:
        NotAllowed: `by` does not manage it.
        Refused: it is decided already, or the days are in the wrong order.
        Conflict: it changed after version `version`.
    """
    current = _current(campaign, by, at)
    if CampaignState(current.state) not in _CHANGEABLE:
        raise Refused(f"Đợt này {_state_of(current)} nên không sửa được nữa.")
    values: dict[str, Any] = {
        "title": tidy(title), "guidance": tidy(guidance), "opens_on": opens_on, "closes_on": closes_on,
        "accepts_late": accepts_late, "data_day": data_day,
    }  # fmt: skip
    before = {name: getattr(current, name) for name in values}
    changed = Campaign(organization=current.organization, year=current.year, pk=current.pk, **values)
    _require_sense(changed)
    if values == before:
        return current
    frm = {_label(name): show(before[name]) for name in values if before[name] != values[name]}
    to = {_label(name): show(values[name]) for name in values if before[name] != values[name]}
    return _written(current, version, values, verb="campaign.changed", frm=frm, to=to, by=by, at=at)


@transaction.atomic
def set_requirements(
    *, campaign: Campaign, version: int, required: Sequence[Required], by: User | None, at: datetime
) -> Campaign:
    """Say who must register and how many tasks (định diện phải đăng ký); an open campaign's list follows at once.

    Raises:
        NotAllowed: `by` does not manage it.
        Refused: it takes no registrations any more, a line stands twice or makes no sense, or an open campaign would
            ask nobody.
        Conflict: it changed after version `version`.
    """
    current = _current(campaign, by, at)
    is_open = current.state == CampaignState.OPEN
    if not is_open and current.state != CampaignState.DRAFT:
        raise Refused(f"Đợt này {_state_of(current)} nên không đổi diện phải đăng ký được nữa.")
    if is_open and not required:
        raise Refused("Đợt đang nhận đăng ký nên phải còn ít nhất một diện phải đăng ký.")
    _require_lines(required)
    before = _requirements_told(current)
    Requirement.objects.filter(campaign=current).delete()
    Requirement.objects.bulk_create(_requirement(current, each) for each in required)
    done = _written(
        current, version, {}, verb="campaign.requirements_set", frm=before, to=_requirements_told(current), by=by, at=at
    )
    if is_open:
        refresh_registrants(campaign=done, by=by, at=at)
    return done


@transaction.atomic
def set_form(
    *, campaign: Campaign, version: int, specification: Specification, by: User | None, at: datetime
) -> Campaign:
    """Say what the registration form asks (định mẫu đăng ký).

    Raises:
        NotAllowed: `by` does not manage it.
        Refused: something was sent already, or the form cannot be used.
        Conflict: it changed after version `version`.
    """
    current = _current(campaign, by, at)
    _require_unsent(current, "mẫu đăng ký")
    try:
        specification.check()
    except Unusable as problem:
        raise Refused(str(problem)) from None
    form = specification.to_json()
    if form == current.form:
        return current
    changed = _differing(current.specification, specification)
    return _written(current, version, {"form": form}, verb="campaign.form_set", to=changed, by=by, at=at)


@transaction.atomic
def set_thresholds(
    *, campaign: Campaign, version: int, thresholds: Thresholds, by: User | None, at: datetime
) -> Campaign:
    """Say where one word of the screening gives way to the next (định ngưỡng rà soát).

    Raises:
        NotAllowed: `by` does not manage it.
        Refused: something was sent already: all of a campaign is screened by one measure.
        Conflict: it changed after version `version`.
    """
    current = _current(campaign, by, at)
    _require_unsent(current, "ngưỡng rà soát")
    values = thresholds.to_json()
    if values == current.thresholds:
        return current
    before = dict(Thresholds.from_json(current.thresholds).shown())
    return _written(
        current, version, {"thresholds": values}, verb="campaign.thresholds_set", frm=before,
        to=dict(thresholds.shown()), by=by, at=at,
    )  # fmt: skip


_VERBS: Mapping[CampaignMove, str] = {
    CampaignMove.OPEN: "campaign.opened",
    CampaignMove.CLOSE: "campaign.closed",
    CampaignMove.REOPEN: "campaign.reopened",
    CampaignMove.APPRAISE: "campaign.appraised",
    CampaignMove.DECIDE: "campaign.decided",
    CampaignMove.RUN: "campaign.ran",
    CampaignMove.END: "campaign.ended",
}


@transaction.atomic
def move_campaign(
    *, campaign: Campaign, move: CampaignMove, version: int, by: User | None, at: datetime, reason: str = ""
) -> Campaign:
    """Take a campaign to its next state, or back to taking registrations (mở, thôi nhận, kết thúc … đợt).

    Opening pins the rules and the thresholds and writes the list of who must register.

    Raises:
        NotAllowed: `by` does not manage it.
        IllegalMove: its state has no such move.
        Refused: it is opened without saying who must register, nobody would have to, or it is taken back unexplained.
        Conflict: it changed after version `version`.
    """
    current = _current(campaign, by, at)
    to = campaign_after(CampaignState(current.state), move)
    if move is CampaignMove.REOPEN and not tidy(reason):
        raise Refused("Đồng chí ghi lý do nhận đăng ký lại.", fields={"reason": "Chưa ghi lý do."})
    if move is CampaignMove.OPEN and not requirements(current).exists():
        raise Refused("Chưa định diện phải đăng ký nên chưa mở được. Đồng chí ghi ai phải đăng ký rồi mở đợt.")
    values: dict[str, Any] = {"state": to.value}
    if move is CampaignMove.OPEN:
        values |= {"rule_set": engine_version(), "thresholds": current.thresholds or DEFAULT.to_json()}
    frm, label = _state_of(current), CAMPAIGN_STATE_LABELS[to].lower()
    done = _written(
        current, version, values, verb=_VERBS[move], frm=frm, to=label, reason=tidy(reason)[:255], by=by, at=at
    )
    if move is CampaignMove.OPEN and not refresh_registrants(campaign=done, by=by, at=at).total:
        day = show_day(reference_day(done, day_of(at)))
        raise Refused(
            f"Theo danh bạ ngày {day}, trong {done.organization} chưa có tổ chức, cán bộ nào thuộc diện phải đăng ký. "
            "Đồng chí xem lại diện phải đăng ký hoặc danh bạ."
        )
    return done


# What these deeds ask and write


def _require(by: User | None, organization: PartyOrganization, at: datetime) -> None:
    """The system itself makes only the demo's campaigns; no page can pass None."""
    if by is not None:
        policy.require(by, Deed.MANAGE_CAMPAIGN, organization, on=day_of(at))


def _current(campaign: Campaign, by: User | None, at: datetime) -> Campaign:
    current = Campaign.objects.select_related("organization").get(pk=campaign.pk)
    _require(by, current.organization, at)
    return current


def _written(
    current: Campaign, version: int, values: Mapping[str, Any], *, verb: str, by: User | None, at: datetime,
    frm: Mapping[str, Any] | str = "", to: Mapping[str, Any] | str = "", reason: str = "",
) -> Campaign:  # fmt: skip
    rows = Campaign.objects.filter(pk=current.pk, version=version)
    if not rows.update(version=F("version") + 1, **values):
        shown = {name: value for name, value in values.items() if name not in ("form", "thresholds", "rule_set")}
        raise conflict(current, shown)
    current.refresh_from_db()
    trace(verb, current, by=by, at=at, frm=frm, to=to, reason=reason)
    return current


def _require_sense(campaign: Campaign) -> None:
    if not campaign.title:
        raise Refused("Đồng chí ghi tên đợt.", fields={"title": "Chưa ghi tên đợt."})
    if not 1990 <= campaign.year <= 2200:
        raise Refused("Năm của đợt phải từ 1990 đến 2200.", fields={"year": "Đồng chí xem lại năm."})
    if campaign.closes_on < campaign.opens_on:
        message = "Hạn gửi không được trước ngày bắt đầu nhận đăng ký."
        raise Refused(message, fields={"closes_on": message})
    named = Campaign.objects.filter(organization=campaign.organization, year=campaign.year, title=campaign.title)
    if named.exclude(pk=campaign.pk).exists():
        raise Refused(
            f"{campaign.organization} đã có một đợt tên “{campaign.title}” trong năm {campaign.year}. Đồng chí đặt tên "
            "khác, hoặc mở đợt đã có.",
            fields={"title": "Tên này đã dùng trong năm."},
        )


def _require_lines(required: Sequence[Required]) -> None:
    seen: set[tuple[type, int]] = set()
    for each in required:
        key = (type(each.of), each.of.pk)
        if key in seen:
            raise Refused(f"“{each.of}” có hai dòng. Đồng chí bỏ một dòng.")
        seen.add(key)
        if not 0 <= each.at_least <= each.at_most or not 1 <= each.at_most <= MOST:
            raise Refused(
                f"“{each.of}”: số nhiệm vụ nhiều nhất phải từ 1 đến {MOST} và không dưới số ít nhất. "
                "Đồng chí xem lại hai số."
            )


def _require_unsent(campaign: Campaign, what: str) -> None:
    if campaign.state not in (CampaignState.DRAFT, CampaignState.OPEN):
        raise Refused(f"Đợt này {_state_of(campaign)} nên không đổi {what} được nữa.")
    if has_received(campaign):
        raise Refused(f"Đợt này đã có bản đăng ký gửi lên nên không đổi {what} được nữa: mọi bản theo một {what}.")


def _requirement(campaign: Campaign, each: Required) -> Requirement:
    kind = each.of if isinstance(each.of, OrganizationKind) else None
    position = each.of if isinstance(each.of, Position) else None
    return Requirement(campaign=campaign, kind=kind, position=position, at_least=each.at_least, at_most=each.at_most)


def _requirements_told(campaign: Campaign) -> dict[str, str]:
    return {str(each): f"từ {each.at_least} đến {each.at_most} nhiệm vụ" for each in requirements(campaign)}


def _differing(before: Specification, after: Specification) -> dict[str, str]:
    old, new = before.by_name, after.by_name
    changed = [each.label for name, each in new.items() if name in old and old[name] != each]
    told = {
        "thêm": [each.label for name, each in new.items() if name not in old],
        "bỏ": [each.label for name, each in old.items() if name not in new],
        "sửa": changed,
    }
    return {name: "; ".join(labels) for name, labels in told.items() if labels} or {"sửa": "thứ tự, tên các phần"}


def _state_of(campaign: Campaign) -> str:
    return CAMPAIGN_STATE_LABELS[CampaignState(campaign.state)].lower()


def _label(name: str) -> str:
    return str(Campaign._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # plain columns have one
