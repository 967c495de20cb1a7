"""Who sees and writes which campaign and task: asked one by one, and as a list."""

import pytest

from dotpha.directory.models import Function
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.policy import WHO_MAY, Deed
from dotpha.registration.workflow import CampaignState, TaskState
from tests.makers_directory import DAY, make_official, make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


class Place:
    """A district with a campaign; a commune that registers, one beside it, and a person of the commune."""

    def __init__(self):
        self.district = make_organization("Đảng bộ huyện Lạc Giang")
        self.campaign = make_campaign(self.district)
        self.commune = make_registrant(self.campaign, make_organization("Đảng bộ xã Bằng Khê", self.district))
        self.beside = make_registrant(self.campaign, make_organization("Đảng bộ xã Đồng Vang", self.district))
        self.person = make_official("Nguyễn Mạnh Tường", user=make_user())
        self.own = make_registrant(self.campaign, self.commune.organization, self.person)


@pytest.fixture
def place():
    return Place()


def seen(user):
    return set(policy.tasks_visible_to(user, on=DAY))


@pytest.mark.parametrize("function", list(Function))
def test_what_was_sent_is_read_by_every_function_but_the_technical_one(place, function):
    sent = make_task(place.commune, state=TaskState.SUBMITTED)
    assert seen(make_user((function, place.district))) == ({sent} if function in WHO_MAY[Deed.SEE_TASKS] else set())
    assert seen(make_user((function, place.beside.organization))) == set(), "beside it is another's"


@pytest.mark.parametrize("function", list(Function))
def test_what_is_not_sent_is_read_only_by_who_registers_there(place, function):
    draft = make_task(place.commune)
    assert seen(make_user((function, place.district))) == ({draft} if function is Function.REGISTRANT else set())


def test_a_task_taken_back_is_still_read_as_it_was_sent_and_a_discarded_one_by_its_writer_only(place):
    taken = make_task(place.commune, state=TaskState.WITHDRAWN)
    gone = make_task(place.commune, state=TaskState.DISCARDED)
    assert seen(make_user((Function.APPRAISER, place.district))) == {taken}
    assert seen(make_user((Function.REGISTRANT, place.commune.organization))) == {taken, gone}


def test_a_persons_draft_is_his_alone(place):
    draft = make_task(place.own)
    assert seen(place.person.user) == {draft}
    assert seen(make_user((Function.REGISTRANT, place.commune.organization))) == set()
    assert not policy.may_write(make_user((Function.REGISTRANT, place.commune.organization)), place.own, on=DAY)


def test_who_has_no_account_is_written_for_by_the_registrant_of_the_organization(place):
    without = make_registrant(place.campaign, place.commune.organization, make_official("Trịnh Thị Lụa"))
    draft = make_task(without)
    assert seen(make_user((Function.REGISTRANT, place.commune.organization))) == {draft}


def test_who_is_no_longer_active_or_not_signed_in_gets_nothing(place):
    make_task(place.commune, state=TaskState.SUBMITTED)
    locked = make_user((Function.REGISTRANT, place.commune.organization), is_active=False)
    assert seen(locked) == set()
    assert not policy.registrants_writable_by(locked, on=DAY).exists()


@pytest.mark.parametrize("state", list(CampaignState))
@pytest.mark.parametrize("function", list(Function))
def test_a_campaign_is_seen_above_and_below_and_while_prepared_by_who_manages_it(place, function, state):
    type(place.campaign).objects.filter(pk=place.campaign.pk).update(state=state)
    reads = function in WHO_MAY[Deed.SEE_CAMPAIGN] and state is not CampaignState.DRAFT
    manages = function in WHO_MAY[Deed.MANAGE_CAMPAIGN]
    at_district, at_commune = (make_user((function, where)) for where in (place.district, place.commune.organization))
    assert policy.campaigns_visible_to(at_district, on=DAY).exists() is (reads or manages)
    assert policy.campaigns_visible_to(at_commune, on=DAY).exists() is reads
    assert not policy.campaigns_visible_to(make_user((function, make_organization("Nơi khác"))), on=DAY).exists()


def test_who_is_named_in_a_campaign_sees_it_without_any_function(place):
    assert list(policy.campaigns_visible_to(place.person.user, on=DAY)) == [place.campaign]


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("function", list(Function))
def test_the_table_is_asked_one_by_one_and_anywhere_alike(place, function, deed):
    user = make_user((function, place.district))
    expected = function in WHO_MAY[deed]
    assert policy.may(user, deed, place.commune.organization, on=DAY) is expected
    assert policy.may_anywhere(user, deed, on=DAY) is expected


def test_the_list_and_the_single_question_never_disagree(place):
    for registrant in (place.commune, place.beside, place.own):
        for state in TaskState:
            make_task(registrant, state=state)
    for user in (place.person.user, make_user((Function.REGISTRANT, place.commune.organization)), make_user()):
        writable = set(policy.tasks_writable_by(user, on=DAY))
        for task in BreakthroughTask.objects.all():
            assert (task in writable) is policy.may_write(user, task.registrant, on=DAY)
            assert task not in writable or task in seen(user)


def test_what_was_sent_to_a_committee_stays_its_own_when_the_sender_moves_elsewhere(place):
    sent = make_task(place.commune, state=TaskState.SUBMITTED)
    draft = make_task(place.commune)
    elsewhere = make_organization("Đảng bộ huyện mới")
    moved = place.commune.organization
    type(moved).objects.filter(pk=moved.pk).update(parent=elsewhere, path=f"{elsewhere.path}{moved.pk:09d}")
    assert seen(make_user((Function.APPRAISER, place.district))) == {sent}
    assert seen(make_user((Function.APPRAISER, elsewhere))) == {sent}
    assert seen(make_user((Function.REGISTRANT, moved))) == {sent, draft}
