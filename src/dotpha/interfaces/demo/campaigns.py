"""Play the demo's campaigns: prepared, opened, registers imported and sheets written, each by its person on its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.appraisal import actions as appraisal
from dotpha.appraisal.actions.registers import receive_register, registrations_of
from dotpha.appraisal.screening import screen_new
from dotpha.directory.actions.deed import day_of
from dotpha.directory.models import OrganizationKind, PartyOrganization, Position
from dotpha.documents.registers import read_bytes
from dotpha.interfaces.demo import facts
from dotpha.registration import actions
from dotpha.registration.actions import imports
from dotpha.registration.exchange.known import state_of
from dotpha.registration.exchange.planning import plan
from dotpha.registration.exchange.register import Register
from dotpha.registration.models import BreakthroughTask, Campaign, RegisterImport, Registrant
from dotpha.registration.workflow import CampaignMove
from dotpha.rules.form.content import Content


class Undecided(Exception):
    """A register of the demo leaves something for a person to decide; the demo has nobody to ask."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Who and what is there when a campaign begins."""

    organizations: Mapping[str, PartyOrganization]
    users: Mapping[str, User]


def play(told: facts.Campaign, stage: Stage) -> None:
    """Everything that happened in one campaign, in the order of its days.

    Raises:
        Undecided: a register matches nobody, or somebody in two ways.
    """
    campaign = _prepare(told, stage)
    deeds: list[tuple[datetime, Callable[..., None], Any]] = [
        *((each.at, _bring_in, each) for each in told.registers),
        *((each.at, _write, each) for each in told.sheets),
        *((each.again.at, _write_again, each) for each in told.sheets if each.again is not None),
        *((each.at, _move, each) for each in told.moves),
    ]
    keys: dict[str, BreakthroughTask] = {}
    for _, deed, each in sorted(deeds, key=lambda deed: deed[0]):
        deed(each, Campaign.objects.select_related("organization").get(pk=campaign.pk), stage, keys)


def _prepare(told: facts.Campaign, stage: Stage) -> Campaign:
    at, clerk = _aware(told.prepared_at), stage.users[told.clerk]
    campaign = actions.create_campaign(
        organization=stage.organizations[told.committee], year=told.year, title=told.title, guidance=told.guidance,
        opens_on=told.opens_on, closes_on=told.closes_on, data_day=told.data_day, by=clerk, at=at,
    )  # fmt: skip
    kinds = {kind.code: kind for kind in OrganizationKind.objects.all()}
    posts = {position.code: position for position in Position.objects.all()}
    required = [
        *(actions.Required(kinds[each.code], each.at_least, each.at_most) for each in told.kinds),
        *(actions.Required(posts[each.code], each.at_least, each.at_most) for each in told.positions),
    ]
    campaign = actions.set_requirements(campaign=campaign, version=campaign.version, required=required, by=clerk, at=at)
    appraiser = stage.users[told.appraiser]
    return actions.move_campaign(
        campaign=campaign, move=CampaignMove.OPEN, version=campaign.version, by=appraiser, at=at
    )


def _bring_in(told: facts.Incoming, campaign: Campaign, stage: Stage, keys: dict[str, BreakthroughTask]) -> None:
    """What the pages and their jobs do, in one go."""
    by, at, data = stage.users[told.by], _aware(told.at), facts.file(told.file)
    waiting = imports.prepare_import(campaign=campaign, file_name=told.file, data=data, by=by, at=at)
    reading = read_bytes(data, told.file)
    register = Register(reading.registrations, tuple(str(remark) for remark in reading.remarks))
    made = plan(register, campaign, {})
    if made.is_blocked:
        raise Undecided([f"{line.place}: {line.why}" for line in made.lines if line.why])
    imports.keep_plan(waiting=waiting, register=register, made=made, by=by, at=at)
    waiting = RegisterImport.objects.select_related("campaign__organization").get(pk=waiting.pk)
    waiting = imports.begin_import(waiting=waiting, version=waiting.version, by=by, at=at)
    screened = screen_new(campaign, registrations_of(made, campaign), day=day_of(at), instead_of=set())
    receive_register(waiting=waiting, made=made, state=state_of(campaign), screened=screened, by=by, at=at)


def _write(told: facts.Sheet, campaign: Campaign, stage: Stage, keys: dict[str, BreakthroughTask]) -> None:
    by, at = stage.users[told.by], _aware(told.at)
    task = actions.begin_task(registrant=_registrant(told, campaign, stage), by=by, at=at)
    content = Content.from_json(told.content)
    if told.supports:
        content = replace(content, supports=_collective(told.supports, campaign, keys).pk)
    task = actions.save_draft(task=task, version=task.version, content=content, by=by, at=at)
    if told.key:
        keys[told.key] = task
    if not told.is_draft:
        appraisal.receive(task=task, version=task.version, by=by, at=at)


def _write_again(told: facts.Sheet, campaign: Campaign, stage: Stage, keys: dict[str, BreakthroughTask]) -> None:
    """Taken back, brought up to date and sent again."""
    again, by, task = told.again, stage.users[told.by], keys[told.key]
    assert again is not None
    at = _aware(again.at)
    task.refresh_from_db()
    task = appraisal.release(task=task, version=task.version, reason=again.reason, by=by, at=at)
    content = Content.from_json(_brought_up_to_date(task.content, again))
    task = actions.save_draft(task=task, version=task.version, content=content, by=by, at=at)
    appraisal.receive(task=task, version=task.version, by=by, at=at, reason=again.reason)


def _brought_up_to_date(content: Mapping[str, Any], again: facts.Again) -> dict[str, Any]:
    [indicator] = content["indicators"]
    return {**content, "situation": again.situation, "indicators": [{**indicator, **again.indicator}]}


def _move(told: facts.Move, campaign: Campaign, stage: Stage, keys: dict[str, BreakthroughTask]) -> None:
    by, at, move = stage.users[told.by], _aware(told.at), CampaignMove(told.move)
    actions.move_campaign(campaign=campaign, move=move, version=campaign.version, by=by, at=at)


def _registrant(told: facts.Sheet, campaign: Campaign, stage: Stage) -> Registrant:
    if told.official:
        return campaign.registrants.get(official__code=told.official)
    return campaign.registrants.get(organization=stage.organizations[told.organization], official=None)


def _collective(named: str, campaign: Campaign, keys: Mapping[str, BreakthroughTask]) -> BreakthroughTask:
    """A sheet of the demo by its key, or a task of a register by its title."""
    return keys.get(named) or campaign.tasks.get(title=named, official=None)


def _aware(at: datetime) -> datetime:
    return timezone.make_aware(at)
