"""The database has the last word: every named constraint is broken once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dotpha.registration.models import BreakthroughTask, Campaign, Registrant, Requirement
from dotpha.registration.workflow import (
    CAMPAIGN_MOVES,
    TASK_MOVES,
    CampaignMove,
    CampaignState,
    IllegalMove,
    TaskMove,
    TaskState,
    campaign_after,
    task_after,
)
from tests.makers_directory import make_kind, make_official, make_position
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


def required(**fields):
    return Requirement.objects.create(**{"campaign": make_campaign(), "kind": make_kind(), **fields})


def twice(make):
    make()
    make()


def same_campaign():
    campaign = make_campaign()
    make_campaign(campaign.organization, title=campaign.title)


def same_registrant():
    one = make_registrant(make_campaign())
    make_registrant(one.campaign, one.organization)


def same_person():
    one = make_registrant(make_campaign(), official=make_official())
    make_registrant(one.campaign, official=one.official)


def same_kind():
    one = required()
    required(campaign=one.campaign)


def same_position():
    one = required(kind=None, position=make_position())
    required(campaign=one.campaign, kind=None, position=one.position)


def same_number():
    registrant = make_registrant(make_campaign())
    twice(lambda: make_task(registrant, number=7))


def spoilt(**fields):
    task = make_task(make_registrant(make_campaign()))
    BreakthroughTask.objects.filter(pk=task.pk).update(**{"supports": task} if fields == {"own": True} else fields)


BREAKS = {
    "campaign_closes_after_opening": lambda: make_campaign(opens_on=date(2027, 2, 2), closes_on=date(2027, 2, 1)),
    "campaign_state_known": lambda: make_campaign(state="gone"),
    "campaign_year_plausible": lambda: make_campaign(year=1989),
    "campaign_named_once_a_year": same_campaign,
    "requirement_of_kind_or_position": lambda: required(position=make_position()),
    "requirement_most_not_under_least": lambda: required(at_least=3, at_most=2),
    "requirement_once_a_kind": same_kind,
    "requirement_once_a_post": same_position,
    "registrant_once": same_registrant,
    "registrant_person_once": same_person,
    "registrant_most_not_under_least": lambda: make_registrant(make_campaign(), at_least=4, at_most=3),
    "task_number_once": same_number,
    "task_state_known": lambda: spoilt(state="gone"),
    "task_submitted_has_version": lambda: spoilt(state=TaskState.SUBMITTED),
    "task_does_not_support_itself": lambda: spoilt(own=True),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_what_would_be_nonsense(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BREAKS[name]()


def test_every_constraint_of_the_room_is_broken_above():
    named = {
        each.name for model in (Campaign, Requirement, Registrant, BreakthroughTask) for each in model._meta.constraints
    }
    assert named == set(BREAKS)


def test_a_broken_constraint_speaks_vietnamese():
    with pytest.raises(ValidationError, match="Hạn gửi không được trước"):
        Campaign(opens_on=date(2027, 2, 2), closes_on=date(2027, 2, 1)).validate_constraints(exclude={"organization"})


@pytest.mark.parametrize("state", list(CampaignState))
@pytest.mark.parametrize("move", list(CampaignMove))
def test_a_campaign_moves_only_as_the_table_says(state, move):
    if (state, move) in CAMPAIGN_MOVES:
        assert campaign_after(state, move) is CAMPAIGN_MOVES[state, move]
    else:
        with pytest.raises(IllegalMove, match="không làm được việc"):
            campaign_after(state, move)


@pytest.mark.parametrize("state", list(TaskState))
@pytest.mark.parametrize("move", list(TaskMove))
def test_a_task_moves_only_as_the_table_says(state, move):
    if (state, move) in TASK_MOVES:
        assert task_after(state, move) is TASK_MOVES[state, move]
    else:
        with pytest.raises(IllegalMove, match="không làm được việc"):
            task_after(state, move)
