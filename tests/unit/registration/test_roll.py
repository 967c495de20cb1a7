"""Who must register, read from the directory as it was on the campaign's day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dotpha.core.errors import NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function, PartyOrganization
from dotpha.registration import actions
from dotpha.registration.models import Requirement
from dotpha.registration.workflow import CampaignState
from tests.makers_directory import (
    NOON,
    make_former_name,
    make_former_parent,
    make_kind,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_user,
)
from tests.makers_registration import make_campaign, make_task

pytestmark = pytest.mark.django_db
ENDED = date(2025, 7, 1)


@pytest.fixture
def province():
    return make_organization("Đảng bộ tỉnh An Hà", kind=make_kind("dang-bo-tinh", "Đảng bộ tỉnh", 10))


@pytest.fixture
def district(province):
    return make_organization("Đảng bộ huyện Lạc Giang", province, kind=make_kind("dang-bo-huyen", "Đảng bộ huyện", 20))


def asking(organization, *whom, **fields):
    campaign = make_campaign(organization, **fields)
    for each in whom:
        name = "position" if each._meta.model_name == "position" else "kind"
        Requirement.objects.create(campaign=campaign, **{name: each})
    return campaign


def refreshed(campaign, by=None):
    return actions.refresh_registrants(campaign=campaign, by=by, at=NOON)


def listed(campaign):
    return [(each.name, each.post, each.branch.name) for each in campaign.registrants.order_by("order_key", "pk")]


def test_organizations_of_the_kind_below_the_committee_are_listed_with_their_branch(province, district):
    make_organization("Đảng bộ xã Đồng Vang", district)
    commune = make_organization("Đảng bộ xã Bằng Khê", district)
    make_organization("Chi bộ thôn Thượng", commune, kind=make_kind("chi-bo-co-so", "Chi bộ cơ sở", 50))
    make_organization("Đảng bộ xã ngoài tỉnh")
    campaign = asking(province, make_kind(), district.kind)
    assert refreshed(campaign).added == 3
    assert listed(campaign) == [
        (name, "", "Đảng bộ huyện Lạc Giang")
        for name in ("Đảng bộ huyện Lạc Giang", "Đảng bộ xã Bằng Khê", "Đảng bộ xã Đồng Vang")
    ]


def test_the_committee_itself_may_have_to_register_and_comes_first(district):
    make_organization("Chi bộ Công an", district, kind=make_kind("chi-bo-co-so", "Chi bộ cơ sở", 50))
    campaign = asking(district, district.kind, make_kind("chi-bo-co-so"))
    refreshed(campaign)
    assert [name for name, _, _ in listed(campaign)] == ["Đảng bộ huyện Lạc Giang", "Chi bộ Công an"]
    assert campaign.registrants.first().branch == district


def test_a_district_that_has_ended_still_lists_the_communes_of_its_time(province, district):
    commune = make_organization("Đảng bộ xã Bằng Khê", province)
    make_former_parent(commune, district, until=ENDED)
    make_former_name(commune, "Đảng bộ xã Bằng Khê cũ", until=ENDED)
    make_organization("Đảng bộ xã mới lập", district, valid_from=date(2024, 1, 1))
    PartyOrganization.objects.filter(pk=district.pk).update(valid_until=ENDED)
    district.placements.update(valid_until=ENDED)
    campaign = asking(district, make_kind(), opens_on=date(2022, 1, 5), closes_on=date(2022, 1, 25), year=2022)
    refreshed(campaign)
    assert listed(campaign) == [
        (
            "Đảng bộ xã Bằng Khê cũ",
            "",
        )
        + (commune.name,)
    ]
    of_now = asking(province, make_kind())
    refreshed(of_now)
    assert [name for name, _, _ in listed(of_now)] == ["Đảng bộ xã Bằng Khê"]


def test_who_holds_several_required_posts_stands_once_in_the_highest(district):
    commune = make_organization("Đảng bộ xã Bằng Khê", district)
    secretary, chairman = make_position("Bí thư", rank=10), make_position("Chủ tịch Ủy ban nhân dân", rank=31)
    both = make_official("Hoàng Văn Thịnh")
    make_tenure(both, commune, chairman)
    make_tenure(both, commune, secretary)
    make_tenure(make_official("Trịnh Thị Lụa"), commune, chairman, valid_until=date(2027, 1, 1))
    make_tenure(make_official("Đỗ Quý Nhâm"), make_organization("Đảng bộ huyện bên"), secretary)
    campaign = asking(district, secretary, chairman)
    refreshed(campaign)
    assert listed(campaign) == [("Hoàng Văn Thịnh", "Bí thư Đảng ủy xã Bằng Khê", "Đảng bộ xã Bằng Khê")]
    assert campaign.registrants.get().official == both


def test_newcomers_join_and_who_has_written_stays(district):
    first = make_organization("Đảng bộ xã Bằng Khê", district)
    second = make_organization("Đảng bộ xã Đồng Vang", district)
    campaign = asking(district, make_kind())
    refreshed(campaign)
    make_task(campaign.registrants.get(organization=first))
    make_organization("Đảng bộ xã Tân Lộc", district)
    for gone in (first, second):
        PartyOrganization.objects.filter(pk=gone.pk).update(valid_until=NOON.date())
    done = refreshed(campaign)
    assert (done.added, done.removed, done.total) == (1, 2, 1)
    assert dict(campaign.registrants.values_list("name", "at_least")) == {
        "Đảng bộ xã Bằng Khê": 0,
        "Đảng bộ xã Tân Lộc": 1,
    }
    assert refreshed(campaign).removed == 0, "who stays is told of once"


def test_who_was_let_off_stays_so_when_what_is_asked_is_changed_by_a_slip_and_put_back(district):
    make_organization("Đảng bộ xã Bằng Khê", district)
    secretary = make_position("Bí thư", rank=10)
    campaign = asking(district, kind := make_kind(), secretary)
    refreshed(campaign)
    commune = campaign.registrants.get()
    actions.exempt(registrant=commune, version=commune.version, reason="Mới thành lập", by=None, at=NOON)
    slip = Requirement.objects.filter(campaign=campaign, kind=kind)
    slip.delete()
    for removed in (1, 0):
        assert refreshed(campaign).removed == removed, "who stays is told of once"
    assert campaign.registrants.get().at_least == 0
    Requirement.objects.create(campaign=campaign, kind=kind)
    refreshed(campaign)
    listed_again = campaign.registrants.get()
    assert (listed_again.pk, listed_again.exempt_reason, listed_again.at_least) == (commune.pk, "Mới thành lập", 1)


def test_who_has_written_nothing_follows_the_directory_who_has_stays_as_listed(district):
    idle, busy = (make_organization(f"Đảng bộ xã {name}", district) for name in ("Bằng Khê", "Đồng Vang"))
    campaign = asking(district, make_kind())
    refreshed(campaign)
    make_task(campaign.registrants.get(organization=busy))
    for each in (idle, busy):
        each.names.update(name=f"{each.name} mới")
    campaign.requirements.update(at_least=2)
    assert refreshed(campaign).changed == 2
    assert [
        (name, least) for name, least in campaign.registrants.order_by("order_key").values_list("name", "at_least")
    ] == [
        ("Đảng bộ xã Bằng Khê mới", 2),
        ("Đảng bộ xã Đồng Vang", 2),
    ]


def test_a_refresh_that_changes_nothing_leaves_no_trace(district):
    make_organization(parent=district)
    campaign = asking(district, make_kind())
    for _ in range(2):
        refreshed(campaign)
    assert AuditEvent.objects.filter(verb="campaign.listed").count() == 1


def test_the_list_is_refreshed_by_who_manages_and_while_registrations_are_taken(district):
    make_organization(parent=district)
    campaign = asking(district, make_kind())
    with pytest.raises(NotAllowed):
        refreshed(campaign, by=make_user((Function.OBSERVER, district)))
    with pytest.raises(Refused, match="đang nhận đăng ký"):
        refreshed(asking(district, make_kind(), state=CampaignState.CLOSED, title="Đợt hai"))


@pytest.mark.slow
def test_twenty_communes_cost_as_many_statements_as_two(district):
    def cost(number):
        for _ in range(number):
            commune = make_organization(f"Đảng bộ xã {number}", district)
            make_tenure(make_official(), commune, make_position())
        campaign = asking(district, make_kind(), make_position(), title=f"Đợt {number}")
        with CaptureQueriesContext(
            connection,
        ) as few:
            refreshed(campaign)
        return len(few)

    assert cost(2) == cost(20)
