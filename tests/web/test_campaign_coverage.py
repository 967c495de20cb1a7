"""Tình hình: who has registered, by branch; whom to remind; whom to let off."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.registration.models import Registrant
from dotpha.registration.queries.coverage import OBLIGED, STANDING_IS, Standing, coverage, standing_of
from dotpha.registration.workflow import CampaignState
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant

pytestmark = pytest.mark.django_db

CASES = [  # at_least, submitted, late, drafts, exempt
    (1, 1, 0, 0, "", Standing.DONE),
    (1, 2, 0, 3, "", Standing.DONE),
    (1, 1, 1, 0, "", Standing.LATE),
    (2, 1, 0, 1, "", Standing.SHORT),
    (1, 0, 0, 1, "", Standing.WRITING),
    (1, 0, 0, 0, "", Standing.NOTHING),
    (1, 0, 0, 0, "Mới lập", Standing.EXEMPT),
    (1, 1, 1, 1, "Mới lập", Standing.EXEMPT),
    (0, 0, 0, 0, "", Standing.FREE),
    (0, 2, 1, 0, "", Standing.FREE),
]


@pytest.fixture
def district():
    return make_organization("Đảng bộ huyện Lạc Giang")


@pytest.fixture
def campaign(district):
    today = timezone.localdate()
    return make_campaign(district, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=6))


@pytest.fixture
def clerk(district, client):
    clerk = make_user((Function.CLERK, district))
    client.force_login(clerk)
    return clerk


def listed(campaign, name, branch=None, **counts):
    branch = branch or make_organization(f"Đảng bộ xã {name}", campaign.organization)
    about = {"name": name, "branch": branch, "search_key": f" {name.lower()}", "order_key": name}
    return make_registrant(campaign, make_organization(name, branch), **(about | counts))


def got(client, name, *args, status=200, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def rows(html):
    table = html.split('class="list registrants"')[1] if 'class="list registrants"' in html else ""
    return re.findall(r'<th scope="row"><bdi>([^<]+)', table)


@pytest.mark.parametrize(("least", "submitted", "late", "drafts", "exempt", "standing"), CASES)
def test_everybody_stands_in_one_way_told_alike_by_the_row_the_filter_and_the_count(
    campaign, least, submitted, late, drafts, exempt, standing
):
    counts = {"at_least": least, "submitted": submitted, "late": late, "drafts": drafts, "exempt_reason": exempt}
    each = listed(campaign, "Thượng", **counts)
    assert standing_of(each) == standing
    assert [found for found, condition in STANDING_IS.items() if Registrant.objects.filter(condition)] == [standing]
    covered = coverage(campaign)
    assert covered.whole.counts == {standing: 1}
    assert covered.branches[each.branch_id].must == (standing in OBLIGED)


def test_the_whole_its_kinds_and_its_branches_add_up(campaign):
    branch = make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    for number, (least, submitted, late, drafts, exempt, _) in enumerate(CASES):
        counts = {"at_least": least, "submitted": submitted, "late": late, "drafts": drafts, "exempt_reason": exempt}
        listed(campaign, f"Bên {number}", branch, **counts)
    make_registrant(campaign, branch, make_official(), name="Hoàng Văn Thịnh", submitted=1)
    covered = coverage(campaign)
    assert (covered.whole.must, covered.whole.sent, covered.whole.owing, covered.whole.total) == (7, 4, 3, 11)
    assert (covered.individual.sent, covered.individual.total) == (1, 1)
    assert covered.collective.total == 10
    assert covered.branches == {branch.pk: covered.whole}


def test_the_counts_are_read_from_the_index_alone(campaign):
    """Whatever the number of registrants, no row of the table is touched."""
    with CaptureQueriesContext(connection) as asked:
        coverage(campaign)
    assert len(asked) == 1
    explain, found = "EXPLAIN QUERY PLAN", "USING COVERING INDEX registrant_coverage"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # of an empty table all ways cost alike: only the way of many is left
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort", "hashagg"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            explain, found = "EXPLAIN", "Index Only Scan using registrant_coverage"
        cursor.execute(f"{explain} {asked.captured_queries[0]['sql']}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert found in plan


@pytest.mark.usefixtures("clerk")
def test_a_campaign_without_a_list_says_when_there_will_be_one(client, campaign):
    html = got(client, "coverage", campaign.pk)
    assert "Danh sách được lập theo danh bạ khi mở đợt" in html
    assert "Không còn bên nào phải nhắc" in got(client, "reminders", campaign.pk)


@pytest.mark.usefixtures("clerk")
def test_branches_that_owe_most_stand_first_each_with_its_bar(client, campaign):
    listed(campaign, "Gửi đủ", submitted=1)
    listed(campaign, "Chưa gửi")
    html = got(client, "coverage", campaign.pk)
    table = html.split('class="list branches"')[1]
    assert table.index("Đảng bộ xã Chưa gửi") < table.index("Đảng bộ xã Gửi đủ")
    assert '<rect class="piece piece-nothing" x="0.0" width="100.0" height="10"/>' in table
    assert "1 trên 2 bên đã gửi đủ" in html


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Đồng Vang", "An", "Bình", "Chung", "Dung"]),
        ({"tinh-trang": "chua-gui"}, ["An", "Bình"]),
        ({"tinh-trang": "dang-soan"}, ["Bình"]),
        ({"tinh-trang": "gui-cham"}, ["Chung"]),
        ({"tinh-trang": "duoc-mien"}, ["Dung"]),
        ({"loai": "ca-nhan"}, ["Đồng Vang"]),
        ({"loai": "tap-the", "tinh-trang": "chua-soan"}, ["An"]),
        ({"tim": "DONG vang"}, ["Đồng Vang"]),
        ({"tinh-trang": "lạ", "loai": "lạ", "nhanh": "lạ"}, ["Đồng Vang", "An", "Bình", "Chung", "Dung"]),
        ({"nhanh": "999999"}, []),
    ],
)
@pytest.mark.usefixtures("clerk")
def test_the_list_is_narrowed(client, campaign, query, names):
    commune = make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    make_registrant(campaign, commune, make_official("Đồng Vang"), submitted=1, search_key=" dong vang", order_key="0")
    listed(campaign, "An", commune)
    listed(campaign, "Bình", commune, drafts=1)
    listed(campaign, "Chung", commune, submitted=1, late=1)
    listed(campaign, "Dung", commune, exempt_reason="Mới lập")
    html = got(client, "coverage", campaign.pk, **query)
    assert rows(html) == names
    assert ("Không có bên nào như vậy" in html) == (not names)


@pytest.mark.usefixtures("clerk")
def test_a_branch_is_opened_from_its_row(client, campaign):
    one, other = listed(campaign, "Thượng"), listed(campaign, "Hạ")
    html = got(client, "coverage", campaign.pk, nhanh=one.branch_id)
    assert rows(html) == ["Thượng"]
    assert f"Danh sách: {one.branch.name}" in html
    assert other.branch.name in html, "the other branches stay in sight"


@pytest.mark.usefixtures("clerk")
def test_the_reminders_name_who_owes_and_bring_the_words_to_send(client, campaign):
    branch = make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    listed(campaign, "Chi bộ thôn Thượng", branch)
    listed(campaign, "Chi bộ thôn Hạ", branch, at_least=2, submitted=1)
    listed(campaign, "Chi bộ thôn Trung", branch, submitted=1)
    listed(campaign, "Chi bộ miễn", branch, exempt_reason="Mới lập")
    html = got(client, "reminders", campaign.pk)
    today = timezone.localdate()
    assert "Kính gửi đồng chí Bí thư Đảng ủy xã Bằng Khê," in html
    assert f"Đến ngày {today:%d/%m/%Y} còn 2 trên 3 bên chưa gửi đủ:" in html
    assert "- Chi bộ thôn Hạ: gửi chưa đủ (1 trên 2);\n- Chi bộ thôn Thượng: chưa soạn.\nĐề nghị" in html
    assert "Chi bộ thôn Trung" not in html
    assert "Chi bộ miễn" not in html


@pytest.mark.parametrize(("accepts", "told"), [(True, "được ghi là gửi chậm"), (False, "cho biết lý do")])
@pytest.mark.usefixtures("clerk")
def test_after_the_last_day_the_words_say_so(client, campaign, accepts, told):
    campaign.closes_on, campaign.accepts_late = timezone.localdate() - timedelta(days=1), accepts
    campaign.save()
    listed(campaign, "Thượng")
    assert told in got(client, "reminders", campaign.pk)


@pytest.mark.usefixtures("clerk")
def test_of_a_long_branch_the_first_are_named_and_the_others_counted(client, campaign, monkeypatch):
    monkeypatch.setattr("dotpha.interfaces.web.campaigns.coverage.NAMED", 2)
    branch = make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    for number in range(5):
        listed(campaign, f"Chi bộ {number}", branch)
    html = got(client, "reminders", campaign.pk)
    assert "Chi bộ 1" in html
    assert "Chi bộ 2" not in html
    assert "và 3 bên khác" in html


@pytest.mark.usefixtures("clerk")
def test_reminders_of_many_branches_are_paged(client, campaign, monkeypatch):
    monkeypatch.setattr("dotpha.interfaces.web.campaigns.coverage.NAMED_A_PAGE", 2)
    for number in range(5):
        listed(campaign, f"Thôn {number}")
    last = got(client, "reminders", campaign.pk, trang="99")
    assert "Thôn 4" in last
    assert "Thôn 3" not in last
    assert '<p class="print-only">Bản in này là trang 3 trên 3 của danh sách, chưa phải tất cả.</p>' in last
    assert "Còn <b>5</b> bên" in last


@pytest.mark.usefixtures("clerk")
def test_somebody_is_let_off_and_asked_again(client, campaign):
    who = listed(campaign, "Thượng")
    address = reverse("exempt", args=[campaign.pk, who.pk])
    assert "Lý do miễn" in got(client, "exempt", campaign.pk, who.pk)
    refused = client.post(address, {"version": 1, "reason": ""})
    assert (refused.status_code, "ghi lý do miễn" in refused.content.decode()) == (422, True)
    assert client.post(address, {"version": 1, "reason": "Mới lập"}).status_code == 302
    html = got(client, "exempt", campaign.pk, who.pk)
    assert "Đang được miễn: Mới lập" in html
    assert client.post(address, {"version": 1, "lift": "1"}).status_code == 422, "it was read before the exemption"
    assert client.post(address, {"version": 2, "lift": "1"}).status_code == 302
    told = AuditEvent.objects.filter(verb__startswith="campaign.").values_list("verb", flat=True)
    assert set(told) == {"campaign.exempted", "campaign.exemption_lifted"}
    elsewhere = listed(make_campaign(campaign.organization, title="Đợt khác"), "Hạ")
    got(client, "exempt", campaign.pk, elsewhere.pk, status=404)


@pytest.mark.usefixtures("clerk")
def test_the_list_is_held_against_the_directory_again(client, campaign):
    campaign.requirements.create(kind=campaign.organization.kind)
    response = client.post(reverse("campaign-refresh", args=[campaign.pk]), follow=True)
    assert "thêm 1" in response.content.decode()
    campaign.state = CampaignState.CLOSED
    campaign.save()
    response = client.post(reverse("campaign-refresh", args=[campaign.pk]), follow=True)
    assert "Chỉ cập nhật danh sách" in response.content.decode()


@pytest.mark.slow
@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize("name", ["campaign", "coverage", "reminders"])
def test_a_hundred_registrants_cost_as_many_statements_as_two(client, campaign, name):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            got(client, name, campaign.pk)
        return len(asked)

    for number in range(2):
        listed(campaign, f"Chi bộ {number}")
    cost()  # the first page of a session also writes what it knows of the person
    few = cost()
    for number in range(2, 100):
        listed(campaign, f"Chi bộ {number}")
    assert cost() == few
