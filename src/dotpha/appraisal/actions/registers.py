"""A register is received as one task is: everything in it is sent and screened in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.appraisal.actions.receiving import receive_many
from dotpha.appraisal.screening import Screened
from dotpha.registration.actions import imports
from dotpha.registration.exchange.merging import as_registered
from dotpha.registration.exchange.plan import Plan, Work
from dotpha.registration.models import Campaign, RegisterImport
from dotpha.rules.registration import Registration


def registrations_of(made: Plan, campaign: Campaign) -> list[Registration]:
    """What the plan will send, as the engine reads it, for `screen_new`; named by the lines of the file."""
    changed = {work.task.pk: work for work in made.work if work.task is not None}
    return [_registration(work, changed, campaign) for work in made.work]


def _registration(work: Work, changed: dict[int, Work], campaign: Campaign) -> Registration:
    parent = work.parent
    if parent is not None and not isinstance(parent, Work):
        parent = changed.get(parent.pk, parent)
    named = _id(parent) if isinstance(parent, Work) else str(parent.pk) if parent else ""
    found = as_registered(work.content, work.registrant, campaign, id=_id(work))
    return replace(found, parent_id=named, parent_title=work.parent_title or found.parent_title)


def _id(work: Work) -> str:
    return f"dòng {work.line}"


@transaction.atomic
def receive_register(
    *, waiting: RegisterImport, made: Plan, state: str, screened: Sequence[Screened], by: User, at: datetime
) -> None:
    """Write an import and what `screen_new` found of it (nhập sổ đăng ký, rà soát), all of it or nothing.

    Raises:
        NotAllowed, Refused, CampaignChanged: as `registration.actions.imports.import_register`.
    """
    sent = imports.import_register(waiting=waiting, made=made, state=state, by=by, at=at)
    receive_many(
        campaign=waiting.campaign,
        versions=[each.version for each in sent],
        screened=screened,
        ids=[_id(each.work) for each in sent],
        at=at,
    )
