"""A campaign from preparation to end: what is written, what is refused, what the trail tells."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.registration import actions
from dotpha.registration.actions import Required
from dotpha.registration.models import Campaign, Requirement
from dotpha.registration.workflow import CAMPAIGN_MOVES, CampaignMove, CampaignState, IllegalMove, TaskState
from dotpha.rules.form.specification import Need, Specification, default
from dotpha.rules.screening.engine import engine_version
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from tests.makers_directory import DAY, NOON, make_kind, make_organization, make_position, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    district = make_organization("Đảng bộ huyện Lạc Giang", kind=make_kind("dang-bo-huyen", "Đảng bộ huyện", 20))
    make_organization("Đảng bộ xã Bằng Khê", district)
    return district


@pytest.fixture
def clerk(district):
    return make_user((Function.CLERK, district), first_name="Tô Thị Sáu")


@pytest.fixture
def draft(district):
    return make_campaign(district, state=CampaignState.DRAFT)


@pytest.fixture
def ready(draft, clerk):
    """A draft that says who must register."""
    return required(draft, clerk, Required(make_kind()))


def verbs():
    return list(
        AuditEvent.objects.filter(verb__startswith="campaign.").order_by("number").values_list("verb", flat=True)
    )


def created(district, by, **fields):
    about: dict[str, Any] = {
        "year": 2027,
        "title": "Đăng ký năm 2027",
        "opens_on": DAY,
        "closes_on": DAY + timedelta(days=20),
    }
    return actions.create_campaign(organization=district, **(about | fields), by=by, at=NOON)


def changed(campaign, by, **fields):
    kept = ("title", "guidance", "opens_on", "closes_on", "accepts_late", "data_day")
    about = {name: getattr(campaign, name) for name in kept} | {"version": campaign.version}
    return actions.change_campaign(campaign=campaign, **(about | fields), by=by, at=NOON)


def required(campaign, by, *lines):
    return actions.set_requirements(campaign=campaign, version=campaign.version, required=lines, by=by, at=NOON)


def moved(campaign, by, move, **fields):
    about = {"version": campaign.version} | fields
    return actions.move_campaign(campaign=campaign, move=move, **about, by=by, at=NOON)


def test_a_campaign_is_prepared_and_nothing_else_happens(district, clerk):
    made = created(district, clerk, title="  Đăng ký   năm 2027 ", guidance="Hướng dẫn số 05-HD/BTC")
    assert (made.title, made.state, made.rule_set, made.version) == ("Đăng ký năm 2027", CampaignState.DRAFT, "", 1)
    assert made.specification == default()
    assert verbs() == ["campaign.created"]


@pytest.mark.parametrize(
    ("fields", "told", "field"),
    [
        ({"title": " "}, "tên đợt", "title"),
        ({"closes_on": DAY - timedelta(days=1)}, "Hạn gửi", "closes_on"),
        ({"year": 27}, "Năm của đợt", "year"),
    ],
)
def test_a_campaign_that_makes_no_sense_is_refused_at_its_field(district, clerk, fields, told, field):
    with pytest.raises(Refused, match=told) as refused:
        created(district, clerk, **fields)
    assert field in refused.value.fields
    assert not Campaign.objects.exists()


def test_two_campaigns_of_a_year_do_not_share_a_name(district, clerk):
    created(district, clerk)
    with pytest.raises(Refused, match="đã có một đợt tên"):
        created(district, clerk)
    assert created(district, clerk, year=2028).year == 2028


def test_a_committee_that_has_ended_makes_no_campaign_of_now_but_one_of_its_own_time(district, clerk):
    district.valid_until = date(2025, 7, 1)
    district.save()
    with pytest.raises(Refused, match="đã kết thúc"):
        created(district, clerk)
    made = created(district, clerk, year=2022, opens_on=date(2022, 1, 5), closes_on=date(2022, 1, 25))
    assert made.year == 2022


def test_only_who_manages_campaigns_there_makes_and_changes_one(district, draft):
    beside = make_organization("Đảng bộ huyện bên")
    for stranger in (make_user((Function.REGISTRANT, district)), make_user((Function.CLERK, beside))):
        deeds = (
            lambda by=stranger: created(district, by),
            lambda by=stranger: changed(draft, by, title="Khác"),
            lambda by=stranger: required(draft, by, Required(make_kind())),
            lambda by=stranger: moved(draft, by, CampaignMove.OPEN),
            lambda by=stranger: actions.set_form(
                campaign=draft, version=1, specification=Specification(()), by=by, at=NOON
            ),
            lambda by=stranger: actions.set_thresholds(campaign=draft, version=1, thresholds=DEFAULT, by=by, at=NOON),
        )
        for deed in deeds:
            with pytest.raises(NotAllowed):
                deed()
    assert verbs() == []


def test_a_change_tells_what_was_and_what_is(draft, clerk):
    done = changed(draft, clerk, title="Đợt 1", closes_on=date(2027, 4, 30))
    event = AuditEvent.objects.get(verb="campaign.changed")
    assert (done.title, done.version) == ("Đợt 1", 2)
    assert '"hạn gửi": "30/04/2027"' in event.to
    assert "31/12/2027" in event.frm
    changed(done, clerk)
    assert done.version == 2, "nothing changed, nothing is written"
    assert verbs() == ["campaign.changed"]


def test_the_second_to_change_it_is_told_what_differs(draft, clerk):
    changed(draft, clerk, title="Của người thứ nhất")
    with pytest.raises(Conflict) as refused:
        changed(draft, clerk, title="Của người thứ hai")
    assert ("tên đợt", "Của người thứ hai", "Của người thứ nhất") in refused.value.changes
    draft.refresh_from_db()
    assert draft.title == "Của người thứ nhất"


def test_what_is_decided_is_changed_no_more(district, clerk):
    campaign = make_campaign(district, state=CampaignState.DECIDED)
    with pytest.raises(Refused, match="không sửa được nữa"):
        changed(campaign, clerk, title="Khác")


def test_who_must_register_is_set_as_a_whole(draft, clerk):
    done = required(draft, clerk, Required(make_kind(), 1, 2), Required(make_position("Bí thư"), 0, 3))
    assert [(str(each), each.at_least, each.at_most) for each in Requirement.objects.order_by("pk")] == [
        ("Đảng bộ xã", 1, 2),
        ("Bí thư", 0, 3),
    ]
    done = required(done, clerk, Required(make_position("Bí thư"), 1, 1))
    assert list(Requirement.objects.values_list("position__label", "at_most")) == [("Bí thư", 1)]
    assert (done.version, verbs()) == (3, ["campaign.requirements_set"] * 2)


@pytest.mark.parametrize(("least", "most"), [(2, 1), (0, 0), (1, 100), (-1, 1)])
def test_numbers_that_make_no_sense_are_refused(draft, clerk, least, most):
    with pytest.raises(Refused, match="xem lại hai số"):
        required(draft, clerk, Required(make_kind(), least, most))


def test_a_kind_stands_once(draft, clerk):
    with pytest.raises(Refused, match="hai dòng"):
        required(draft, clerk, Required(make_kind(), 1, 2), Required(make_kind(), 1, 3))
    assert not Requirement.objects.exists()


def test_who_must_register_is_settled_when_registrations_are_no_longer_taken(district, clerk):
    campaign = make_campaign(district, state=CampaignState.CLOSED)
    with pytest.raises(Refused, match="không đổi diện"):
        required(campaign, clerk, Required(make_kind()))


def test_an_open_campaign_never_asks_nobody(ready, clerk):
    opened = moved(ready, clerk, CampaignMove.OPEN)
    with pytest.raises(Refused, match="ít nhất một diện"):
        required(opened, clerk)
    assert opened.requirements.exists()


def test_the_list_of_an_open_campaign_follows_its_requirements(ready, clerk):
    opened = moved(ready, clerk, CampaignMove.OPEN)
    required(opened, clerk, Required(make_kind(), 2, 4))
    assert list(opened.registrants.values_list("at_least", "at_most")) == [(2, 4)]


def test_the_form_is_the_committees_own_until_something_is_sent(draft, clerk):
    sections = list(default().sections)
    renamed = replace(sections[0].fields[1], label="Làm gì, ở đâu", need=Need.OPTIONAL)
    sections[0] = replace(sections[0], fields=(sections[0].fields[0], renamed))
    done = actions.set_form(campaign=draft, version=1, specification=Specification(tuple(sections)), by=clerk, at=NOON)
    assert done.specification.by_name["description"].label == "Làm gì, ở đâu"
    event = AuditEvent.objects.get(verb="campaign.form_set")
    assert "Làm gì, ở đâu" in event.to
    assert "Nhiệm vụ năm trước" in event.to


def test_a_form_without_the_tasks_name_is_refused(draft, clerk):
    with pytest.raises(Refused, match="phải hỏi tên nhiệm vụ"):
        actions.set_form(campaign=draft, version=1, specification=Specification(()), by=clerk, at=NOON)


def test_form_and_thresholds_stay_once_something_was_sent(ready, clerk):
    opened = moved(ready, clerk, CampaignMove.OPEN)
    make_task(opened.registrants.get(), state=TaskState.WITHDRAWN)
    shorter = Specification(default().sections[:1])
    with pytest.raises(Refused, match="không đổi mẫu đăng ký"):
        actions.set_form(campaign=opened, version=opened.version, specification=shorter, by=clerk, at=NOON)
    with pytest.raises(Refused, match="không đổi ngưỡng"):
        actions.set_thresholds(
            campaign=opened, version=opened.version, thresholds=Thresholds(usual=0.6), by=clerk, at=NOON
        )


def test_form_and_thresholds_are_settled_when_registrations_are_no_longer_taken(district, clerk):
    campaign = make_campaign(district, state=CampaignState.CLOSED)
    with pytest.raises(Refused, match="không đổi ngưỡng"):
        actions.set_thresholds(campaign=campaign, version=1, thresholds=Thresholds(usual=0.6), by=clerk, at=NOON)
    with pytest.raises(Refused, match="không đổi mẫu"):
        actions.set_form(campaign=campaign, version=1, specification=default(), by=clerk, at=NOON)


def test_thresholds_set_before_opening_stay_with_the_campaign(ready, clerk):
    own = Thresholds(usual=0.6)
    done = actions.set_thresholds(campaign=ready, version=ready.version, thresholds=own, by=clerk, at=NOON)
    opened = moved(done, clerk, CampaignMove.OPEN)
    assert Thresholds.from_json(opened.thresholds) == own
    assert "60" in AuditEvent.objects.get(verb="campaign.thresholds_set").to


def test_opening_pins_the_rules_and_writes_the_list(ready, clerk):
    opened = moved(ready, clerk, CampaignMove.OPEN)
    assert (opened.state, opened.rule_set, opened.thresholds) == (
        CampaignState.OPEN, engine_version(), DEFAULT.to_json(),
    )  # fmt: skip
    assert list(opened.registrants.values_list("name", flat=True)) == ["Đảng bộ xã Bằng Khê"]
    assert verbs() == ["campaign.requirements_set", "campaign.opened", "campaign.listed"]


def test_a_campaign_is_not_opened_before_it_says_who_must_register(draft, clerk):
    with pytest.raises(Refused, match="Chưa định diện"):
        moved(draft, clerk, CampaignMove.OPEN)


def test_a_campaign_that_nobody_would_answer_is_not_opened(draft, clerk):
    asks = required(draft, clerk, Required(make_kind("dang-bo-co-so", "Đảng bộ cơ sở", 40)))
    with pytest.raises(Refused, match="chưa có tổ chức, cán bộ nào"):
        moved(asks, clerk, CampaignMove.OPEN)
    asks.refresh_from_db()
    assert asks.state == CampaignState.DRAFT


@pytest.mark.parametrize("state", list(CampaignState))
@pytest.mark.parametrize("move", list(CampaignMove))
def test_every_move_is_of_the_table(district, clerk, state, move):
    campaign = make_campaign(district, state=state)
    Requirement.objects.create(campaign=campaign, kind=make_kind())
    if (state, move) not in CAMPAIGN_MOVES:
        with pytest.raises(IllegalMove):
            moved(campaign, clerk, move, reason="vì sao")
        assert verbs() == []
        return
    done = moved(campaign, clerk, move, reason="vì sao")
    assert done.state == CAMPAIGN_MOVES[state, move]
    assert len([verb for verb in verbs() if verb != "campaign.listed"]) == 1


def test_registrations_are_taken_again_only_with_a_reason(district, clerk):
    campaign = make_campaign(district, state=CampaignState.CLOSED)
    with pytest.raises(Refused, match="lý do"):
        moved(campaign, clerk, CampaignMove.REOPEN, reason="  ")
    moved(campaign, clerk, CampaignMove.REOPEN, reason="Thêm 3 xã gửi muộn")
    assert AuditEvent.objects.get(verb="campaign.reopened").reason == "Thêm 3 xã gửi muộn"


def test_a_move_after_somebody_elses_is_refused(ready, clerk):
    changed(ready, clerk, title="Đợt đổi tên")
    with pytest.raises(Conflict):
        moved(ready, clerk, CampaignMove.OPEN)


def test_somebody_is_let_off_with_a_reason_and_asked_again(district, clerk):
    campaign = make_campaign(district)
    registrant = make_registrant(campaign)
    done = actions.exempt(registrant=registrant, version=1, reason="Mới thành lập", by=clerk, at=NOON)
    assert (done.exempt_reason, done.is_short) == ("Mới thành lập", False)
    event = AuditEvent.objects.get(verb="campaign.exempted")
    assert (event.reason, event.scope) == ("Mới thành lập", registrant.organization_id)
    back = actions.lift_exemption(registrant=done, version=done.version, by=clerk, at=NOON)
    assert back.is_short
    assert verbs() == ["campaign.exempted", "campaign.exemption_lifted"]


def test_nobody_is_let_off_without_a_reason_twice_or_by_who_may_not(district, clerk):
    registrant = make_registrant(make_campaign(district))
    with pytest.raises(Refused, match="lý do miễn"):
        actions.exempt(registrant=registrant, version=1, reason=" ", by=clerk, at=NOON)
    with pytest.raises(NotAllowed):
        actions.exempt(registrant=registrant, version=1, reason="x", by=make_user(), at=NOON)
    with pytest.raises(Refused, match="không được miễn"):
        actions.lift_exemption(registrant=registrant, version=1, by=clerk, at=NOON)
    actions.exempt(registrant=registrant, version=1, reason="Mới thành lập", by=clerk, at=NOON)
    with pytest.raises(Refused, match="đã được miễn"):
        actions.exempt(registrant=registrant, version=2, reason="Khác", by=clerk, at=NOON)
    with pytest.raises(Conflict):
        actions.lift_exemption(registrant=registrant, version=1, by=clerk, at=NOON)


def test_nobody_is_let_off_once_it_is_decided(district, clerk):
    registrant = make_registrant(make_campaign(district, state=CampaignState.DECIDED))
    with pytest.raises(Refused, match="không miễn"):
        actions.exempt(registrant=registrant, version=1, reason="x", by=clerk, at=NOON)
