"""A campaign's register taken out and handed in again: what was not touched is not changed, what was is."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from dotpha.directory.models import Function
from dotpha.documents.registers import read_bytes
from dotpha.registration.exchange.plan import Outcome
from dotpha.registration.exchange.planning import plan
from dotpha.registration.exchange.register import Register
from dotpha.registration.workflow import TaskState
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # workbooks are written and read


@pytest.fixture
def campaign():
    today = timezone.localdate()
    district = make_organization("Đảng bộ huyện Lạc Giang")
    return make_campaign(
        district, year=today.year, opens_on=today - timedelta(days=5), closes_on=today + timedelta(days=5)
    )


@pytest.fixture
def tasks(campaign):
    commune = make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    registrant = make_registrant(campaign, commune)
    full = ROAD | {
        "grounds": ["leap"], "leap": "Từ 70 lên 100.\nNhanh hơn.", "since": "từ năm 2015", "tried": "Vận động ba lần",
        "description": "Đường =1+1\n\n- một\n- hai", "milestones": [["quý I", "xong nền"]],
    }  # fmt: skip
    road = make_task(registrant, full, state=TaskState.SUBMITTED)
    make_task(
        registrant, {"title": "Tổng cộng", "description": "…", "deadline": "thường xuyên"}, state=TaskState.SUBMITTED
    )
    person = make_registrant(campaign, commune, make_official("Trịnh Thị Lụa"), post="Chủ tịch Mặt trận xã")
    make_task(person, {"title": "Vận động 12 hộ", "supports": road.pk}, state=TaskState.SUBMITTED)


@pytest.fixture
def exported(client, campaign, tasks):
    client.force_login(make_user((Function.CLERK, campaign.organization), first_name="Lê Thị Hà"))
    return b"".join(client.post(f"/dot-dang-ky/{campaign.pk}/xuat/").streaming_content)


def planned(campaign, data):
    """What would become of each row, and what in it would change."""
    register = Register(read_bytes(data, "dang-ky.xlsx").registrations)
    made = plan(register, campaign, {})
    assert made.questions == []
    return [(line.title, line.outcome, line.changes) for line in made.lines]


def test_register_handed_in_again_changes_nothing(campaign, exported):
    assert planned(campaign, exported) == [
        (ROAD["title"], Outcome.SAME, ()),
        ("Tổng cộng", Outcome.SAME, ()),
        ("Vận động 12 hộ", Outcome.SAME, ()),
    ]


def test_cell_that_was_changed_is_the_one_change(campaign, exported):
    book, stream = load_workbook(io.BytesIO(exported)), io.BytesIO()
    book["Tập thể"]["L9"] = "30/6/2027"
    book.save(stream)
    road, *others = planned(campaign, stream.getvalue())
    assert road == (ROAD["title"], Outcome.CHANGE, (("Thời hạn", "31/12/2022", "30/6/2027"),))
    assert {outcome for _, outcome, _ in others} == {Outcome.SAME}


def test_organizations_and_people_of_one_name_are_told_apart_by_their_codes(campaign, tasks, client):
    communes = [
        make_organization(name, campaign.organization) for name in ("Đảng bộ xã Minh Trung", "Đảng bộ xã Tân Lộc")
    ]
    for commune in communes:
        cell = make_organization("Chi bộ thôn Trại", commune)
        make_task(make_registrant(campaign, cell), {"title": "Làm nhà văn hóa"}, state=TaskState.SUBMITTED)
        person = make_registrant(campaign, commune, make_official("Nguyễn Văn An"), post="Bí thư")
        make_task(person, {"title": "Vận động hiến đất"}, state=TaskState.SUBMITTED)
    client.force_login(make_user((Function.CLERK, campaign.organization)))
    data = b"".join(client.post(f"/dot-dang-ky/{campaign.pk}/xuat/").streaming_content)
    assert {outcome for _, outcome, _ in planned(campaign, data)} == {Outcome.SAME}
