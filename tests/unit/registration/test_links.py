"""Where the link of an individual's task leads, and who may read it."""

import pytest

from dotpha.directory.models import Function
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.queries.links import Leads, collective_tasks, individual_tasks, readable, unsent
from dotpha.registration.workflow import TaskState
from tests.makers_directory import DAY, make_official, make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return make_organization("Đảng bộ huyện Lạc Giang")


@pytest.fixture
def campaign(district):
    return make_campaign(district)


@pytest.fixture
def commune(district):
    return make_organization("Đảng bộ xã Bằng Khê", district)


@pytest.fixture
def reader(district):
    return make_user((Function.APPRAISER, district))


def collective(campaign, organization, **fields) -> BreakthroughTask:
    fields.setdefault("state", TaskState.SUBMITTED)
    return make_task(make_registrant(campaign, organization, branch=fields.pop("branch", organization)), **fields)


def individual(campaign, organization, supports=None, **fields) -> BreakthroughTask:
    fields.setdefault("state", TaskState.SUBMITTED)
    branch, official = fields.pop("branch", organization), fields.pop("official", None) or make_official()
    registrant = make_registrant(campaign, organization, official, branch=branch)
    return make_task(registrant, {"supports": supports.pk} if supports else None, **fields)


def leads(user, campaign) -> list[str]:
    return list(individual_tasks(readable(user, campaign, on=DAY)).values_list("leads", flat=True))


def test_a_task_that_names_nothing_leads_nowhere(campaign, commune, reader) -> None:
    individual(campaign, commune)
    assert leads(reader, campaign) == [Leads.NOWHERE]


def test_a_task_of_ones_own_organization_is_here(campaign, commune, reader) -> None:
    individual(campaign, commune, collective(campaign, commune))
    assert leads(reader, campaign) == [Leads.HERE]


def test_a_cell_may_serve_what_the_committee_above_took_on(campaign, district, commune, reader) -> None:
    cell = make_organization("Chi bộ thôn Thượng", commune)
    individual(campaign, cell, collective(campaign, district), branch=commune)
    assert leads(reader, campaign) == [Leads.HERE]


def test_a_task_of_the_same_branch_is_here_as_the_form_offers_it(campaign, commune, reader) -> None:
    cell = make_organization("Chi bộ thôn Thượng", commune)
    individual(campaign, commune, collective(campaign, cell, branch=commune))
    assert leads(reader, campaign) == [Leads.HERE]


def test_a_task_of_another_branch_is_elsewhere(campaign, district, commune, reader) -> None:
    other = make_organization("Đảng bộ xã Đồng Vang", district)
    individual(campaign, commune, collective(campaign, other))
    assert leads(reader, campaign) == [Leads.ELSEWHERE]


@pytest.mark.parametrize("state", [TaskState.DRAFT, TaskState.WITHDRAWN, TaskState.DISCARDED])
def test_a_task_not_with_the_committee_is_gone(campaign, commune, reader, state) -> None:
    individual(campaign, commune, collective(campaign, commune, state=state))
    assert leads(reader, campaign) == [Leads.GONE]


@pytest.mark.parametrize("state", [TaskState.DRAFT, TaskState.WITHDRAWN, TaskState.DISCARDED])
def test_what_is_not_sent_is_on_nobodys_map(campaign, commune, reader, state) -> None:
    task = collective(campaign, commune)
    individual(campaign, commune, task, state=state)
    assert leads(reader, campaign) == []
    assert list(collective_tasks(readable(reader, campaign, on=DAY))) == [task]


def test_a_draft_is_counted_for_who_writes_it_alone(campaign, commune, reader) -> None:
    writer = make_user()
    individual(campaign, commune, official=make_official(user=writer), state=TaskState.DRAFT)
    assert unsent(writer, campaign, on=DAY).count() == 1
    assert unsent(reader, campaign, on=DAY).count() == 0


def test_one_reads_the_tasks_of_ones_own_part_only(campaign, district, commune) -> None:
    other = make_organization("Đảng bộ xã Đồng Vang", district)
    collective(campaign, other)
    individual(campaign, other)
    clerk = make_user((Function.CLERK, commune))
    assert list(collective_tasks(readable(clerk, campaign, on=DAY))) == []
    assert leads(clerk, campaign) == []


def test_tasks_of_another_campaign_stay_there(campaign, commune, reader) -> None:
    collective(make_campaign(campaign.organization, year=2026), commune)
    assert list(collective_tasks(readable(reader, campaign, on=DAY))) == []
