"""The list of who registers in a campaign: written from the directory, and who is let off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.directory.actions.deed import conflict, day_of, trace
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.policy import Deed
from dotpha.registration.queries.campaigns import reference_day, requirements
from dotpha.registration.queries.roll import Key, Obliged, roll
from dotpha.registration.workflow import CampaignState
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import tidy

_LISTED = ("organization_id", "name", "post", "branch_id", "at_least", "at_most", "order_key", "search_key")
_ASKED = ("at_least", "at_most")
_BATCH = 1000
# Who is let off is decided while people still register or are appraised.
_EXEMPTING = frozenset({CampaignState.OPEN, CampaignState.CLOSED, CampaignState.APPRAISED})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did to the list."""

    added: int
    changed: int
    removed: int
    total: int


@transaction.atomic
def refresh_registrants(*, campaign: Campaign, by: User | None, at: datetime) -> Refreshed:
    """Write the list of who must register as the directory says on the campaign's day (lập danh sách phải đăng ký).

    Newcomers join. Who has written anything stays where he was listed; who is asked no longer and has written nothing
    goes. A few statements for thousands.

    Raises:
        NotAllowed: `by` does not manage the campaign.
        Refused: it takes no registrations.
    """
    if by is not None:
        policy.require(by, Deed.MANAGE_CAMPAIGN, campaign.organization, on=day_of(at))
    if campaign.state != CampaignState.OPEN:
        raise Refused("Chỉ cập nhật danh sách phải đăng ký khi đợt đang nhận đăng ký.")
    day = reference_day(campaign, day_of(at))
    asked = roll(campaign, requirements(campaign), day=day)
    tasks = BreakthroughTask.objects.filter(registrant=OuterRef("pk"))
    listed = {_key(each): each for each in Registrant.objects.filter(campaign=campaign).annotate(busy=Exists(tasks))}
    added = [_registrant(campaign, each) for key, each in asked.items() if key not in listed]
    Registrant.objects.bulk_create(added, batch_size=_BATCH)
    changed = _bring_up_to_date(listed, asked)
    removed = _let_go([each for key, each in listed.items() if key not in asked])
    done = Refreshed(len(added), changed, removed, len(asked))
    if done.added or done.changed or done.removed:
        told = {"theo danh bạ ngày": show_day(day), "thêm": done.added, "sửa": changed, "bớt": removed,
                "phải đăng ký": done.total}  # fmt: skip
        trace("campaign.listed", campaign, by=by, at=at, to=told)
    return done


@transaction.atomic
def exempt(*, registrant: Registrant, version: int, reason: str, by: User | None, at: datetime) -> Registrant:
    """Let somebody off registering (miễn đăng ký), with the reason.

    Raises:
        NotAllowed: `by` does not manage the campaign.
        Refused: no reason is given, he is let off already, or the campaign is decided.
        Conflict: the line changed after version `version`.
    """
    current = _current(registrant, by, at)
    if not tidy(reason):
        raise Refused("Đồng chí ghi lý do miễn.", fields={"reason": "Chưa ghi lý do."})
    if current.is_exempt:
        raise Refused(f"{current} đã được miễn: {current.exempt_reason}.")
    return _exempted(current, version, tidy(reason)[:300], "campaign.exempted", by=by, at=at)


@transaction.atomic
def lift_exemption(*, registrant: Registrant, version: int, by: User | None, at: datetime) -> Registrant:
    """Ask again of somebody who was let off (thôi miễn đăng ký).

    Raises:
        NotAllowed: `by` does not manage the campaign.
        Refused: he is not let off, or the campaign is decided.
        Conflict: the line changed after version `version`.
    """
    current = _current(registrant, by, at)
    if not current.is_exempt:
        raise Refused(f"{current} đang không được miễn nên không có gì để thôi. Đồng chí tải lại trang.")
    return _exempted(current, version, "", "campaign.exemption_lifted", by=by, at=at)


def _current(registrant: Registrant, by: User | None, at: datetime) -> Registrant:
    current = Registrant.objects.select_related("campaign__organization", "organization").get(pk=registrant.pk)
    campaign = current.campaign
    if by is not None:
        policy.require(by, Deed.MANAGE_CAMPAIGN, campaign.organization, on=day_of(at))
    if CampaignState(campaign.state) not in _EXEMPTING:
        now = campaign.get_state_display().lower()
        raise Refused(f"“{campaign}” {now} nên không miễn hay thôi miễn được.")
    return current


def _exempted(
    current: Registrant, version: int, reason: str, verb: str, *, by: User | None, at: datetime
) -> Registrant:
    was = current.exempt_reason
    if not Registrant.objects.filter(pk=current.pk, version=version).update(
        exempt_reason=reason, version=F("version") + 1
    ):
        raise conflict(current, {"exempt_reason": reason})
    trace(verb, current, by=by, at=at, frm=was, to=current.campaign.title, reason=reason, scope=current.organization)
    current.refresh_from_db()
    return current


def _key(registrant: Registrant) -> Key:
    if registrant.official_id is not None:
        return (None, registrant.official_id)
    return (registrant.organization_id, None)


def _registrant(campaign: Campaign, each: Obliged) -> Registrant:
    return Registrant(campaign=campaign, official_id=each.official, **_columns(each))


def _columns(each: Obliged) -> dict[str, object]:
    return {
        "organization_id": each.organization, "name": each.name, "post": each.post, "branch_id": each.branch,
        "at_least": each.at_least, "at_most": each.at_most, "order_key": each.order_key, "search_key": each.search_key,
    }  # fmt: skip


def _bring_up_to_date(listed: Mapping[Key, Registrant], asked: Mapping[Key, Obliged]) -> int:
    """Who has written nothing follows the directory; of the others only how many are asked."""
    changed = []
    for key, each in listed.items():
        if key not in asked:
            continue
        columns = _columns(asked[key])
        names = _ASKED if each.busy else _LISTED  # type: ignore[attr-defined]  # annotated
        differing = {name: columns[name] for name in names if getattr(each, name) != columns[name]}
        for name, value in differing.items():
            setattr(each, name, value)
        if differing:
            changed.append(each)
    fields = [name.removesuffix("_id") for name in _LISTED]
    Registrant.objects.bulk_update(changed, fields, batch_size=_BATCH)
    return len(changed)


def _let_go(gone: Iterable[Registrant]) -> int:
    """Who has written nothing leaves the list; who has, or was let off, is no longer asked for any.

    A person decided who is let off: that stays when what is asked is changed by a slip and put back. How many left or
    changed.
    """
    rows = list(gone)
    staying = [each for each in rows if each.busy or each.is_exempt]  # type: ignore[attr-defined]  # annotated
    busy = [each.pk for each in staying if each.at_least]
    idle = [each.pk for each in rows if not (each.busy or each.is_exempt)]  # type: ignore[attr-defined]
    for start in range(0, len(busy), _BATCH):
        Registrant.objects.filter(pk__in=busy[start : start + _BATCH]).update(at_least=0)
    for start in range(0, len(idle), _BATCH):
        Registrant.objects.filter(pk__in=idle[start : start + _BATCH]).delete()
    return len(idle) + len(busy)
