"""What the machine said of one task: text and evidence, neighbours in both directions, earlier results."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dotpha.appraisal import actions
from dotpha.directory.models import Function
from dotpha.rules.screening import engine
from tests.makers_appraisal import MARKET, MARKET_TOO, make_board, make_received
from tests.makers_directory import NOON, make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def appraiser(campaign, client):
    user = make_user((Function.APPRAISER, campaign.organization))
    client.force_login(user)
    return user


def address(task):
    return f"/dot-dang-ky/{task.campaign_id}/ra-soat/{task.pk}/"


def page(client, task, query=""):
    response = client.get(f"{address(task)}{query}")
    return response, response.content.decode()


def test_an_item_has_text_clarity_picture_and_findings(client, campaign, appraiser):
    _, html = page(client, make_received(campaign, ROAD))
    for words in ("Mức độ rõ", '<svg class="fan"', "Nhận xét và gợi ý", "Đường dài 3,2 km", engine.engine_version()):
        assert words in html
    assert "Sửa cách đọc" not in html, "what was sent is not read otherwise here"


def test_a_near_duplicate_is_told_on_both_pages(client, campaign, appraiser):
    older = make_received(campaign, MARKET)
    newer = make_received(campaign, MARKET_TOO, name="Đảng bộ xã Đồng Vang")
    for task, other in ((older, newer), (newer, older)):
        _, html = page(client, task)
        assert f'<a href="{address(other)}"><bdi>{other.title}</bdi></a>' in html
    assert "<td><bdi>(không có)</bdi></td><td><bdi>xã</bdi></td>" in page(client, older)[1]
    assert "<td><bdi>xã</bdi></td><td><bdi>(không có)</bdi></td>" in page(client, newer)[1]


def test_last_years_task_tells_who_registered_nearly_the_same_this_year(client, campaign, appraiser):
    before = make_campaign(campaign.organization, year=campaign.year - 1)
    old, new = make_received(before, MARKET), make_received(campaign, MARKET_TOO)
    assert "Gần giống nhiệm vụ năm trước" in page(client, new)[1]
    assert f"Năm {campaign.year} có đăng ký gần giống" in page(client, old)[1]


def test_who_may_not_read_the_other_task_is_not_told_its_name(client, campaign):
    other = make_received(campaign, MARKET, name="Đảng bộ xã Đồng Vang")
    task = make_received(campaign, MARKET_TOO)
    client.force_login(make_user((Function.REGISTRANT, task.organization)))
    response, html = page(client, task)
    assert response.status_code == 200
    assert "một nhiệm vụ ngoài phạm vi đồng chí được xem" in html
    assert f"“{other.title}”" not in html
    assert address(other) not in html


def test_a_registrant_reads_his_own_without_the_way_to_the_board(client, campaign):
    task = make_received(campaign, ROAD)
    make_received(campaign, MARKET, name="Đảng bộ xã Đồng Vang")
    client.force_login(make_user((Function.REGISTRANT, task.organization)))
    _, html = page(client, task)
    assert "← Đợt đăng ký" in html
    assert 'rel="next"' not in html
    assert client.get(f"/dot-dang-ky/{campaign.pk}/ra-soat/").status_code == 403


def test_a_person_named_in_the_campaign_reads_what_was_said_of_his_task(client, campaign):
    official = make_official(user=make_user())
    task = make_received(campaign, MARKET, official=official)
    client.force_login(official.user)
    assert page(client, task)[0].status_code == 200


def test_a_member_below_the_committee_sees_his_part_of_the_board(client, campaign):
    mine = make_received(campaign, ROAD)
    other = make_received(campaign, MARKET, name="Đảng bộ xã Đồng Vang")
    client.force_login(make_user((Function.COMMITTEE_MEMBER, mine.organization)))
    html = client.get(f"/dot-dang-ky/{campaign.pk}/ra-soat/").content.decode()
    assert mine.title in html
    assert other.title not in html
    assert page(client, other)[0].status_code == 404


def test_previous_and_next_stay_within_the_filter(client, campaign, appraiser):
    tasks = make_board(campaign, 9)
    _, html = page(client, tasks[5], "?nhan-dinh=routine")
    found = re.findall(r'ra-soat/(\d+)/\?nhan-dinh=routine" rel="(\w+)"', html)
    assert found == [(str(tasks[2].pk), "prev"), (str(tasks[8].pk), "next")]
    assert '?nhan-dinh=routine">← Bảng rà soát đang lọc' in html


def test_what_was_never_sent_has_no_page_here(client, campaign):
    task = make_task(make_registrant(campaign))
    client.force_login(make_user((Function.REGISTRANT, task.organization)))
    assert page(client, task)[0].status_code == 404


def test_what_was_taken_back_shows_what_was_said_of_it_last(client, campaign, appraiser):
    task = make_received(campaign, ROAD)
    secretary = make_user((Function.REGISTRANT, task.organization))
    actions.release(task=task, version=task.version, reason="Bổ sung", by=secretary, at=NOON)
    _, html = page(client, task)
    assert "đã được rút lại để sửa nên không còn trên bảng" in html
    assert task.title not in client.get(f"/dot-dang-ky/{campaign.pk}/ra-soat/").content.decode()


def test_earlier_results_stay_with_their_engine(client, campaign, appraiser, monkeypatch):
    task = make_received(campaign, ROAD)
    monkeypatch.setattr(engine, "engine_version", lambda: "9.9+w9")
    assert task.current is not None
    actions.screen_version(version=task.current, at=NOON + timedelta(days=1))
    _, html = page(client, task)
    assert html.index("9.9+w9") < html.index("Các lần rà soát")
    old = task.screenings.get(is_current=False)
    assert f"ket-qua={old.pk}" in html
    _, html = page(client, task, f"?ket-qua={old.pk}")
    assert "Đồng chí đang xem một kết quả cũ" in html
    assert f"bộ quy tắc <bdi>{old.engine_version}</bdi>" in html


def test_words_of_a_task_are_shown_as_words(client, campaign, appraiser):
    bad = '"><script>alert(1)</script>'
    task = make_received(campaign, MARKET | {"title": bad, "description": bad})
    make_received(campaign, MARKET | {"title": bad + " nữa", "description": bad}, name=bad)
    for each in (address(task), f"/dot-dang-ky/{campaign.pk}/ra-soat/?xem=danh-sach&tim={bad}",
                 f"/dot-dang-ky/{campaign.pk}/ra-soat/", f"/dot-dang-ky/{campaign.pk}/gan-giong/"):  # fmt: skip
        assert "<script>alert" not in client.get(each).content.decode()


@pytest.mark.slow
def test_an_item_asks_as_much_in_a_board_of_three_as_of_forty(client, campaign, appraiser):
    small = make_campaign(campaign.organization, title="Đợt nhỏ")
    asked = {}
    first = make_board(small, 3)[1]
    page(client, first)
    for count, task in ((3, first), (40, make_board(campaign, 40)[20])):
        with CaptureQueriesContext(connection) as told:
            page(client, task, "?nhan-dinh=borderline&tim=viec")
        asked[count] = len(told)
    assert asked[3] == asked[40]


# Near-duplicates


@pytest.fixture
def alike(campaign):
    """Of two organizations, of one, and of two years."""
    before = make_campaign(campaign.organization, year=campaign.year - 1)
    commune = make_organization("Đảng bộ xã Tân Lộc", campaign.organization)
    well = MARKET | {"title": "Khoan giếng nước sạch cho trạm y tế thôn Hạ", "description": "Một giếng."}
    school = MARKET | {"title": "Xóa phòng học tạm của trường mầm non thôn Thượng", "description": "Ba phòng."}
    make_received(campaign, MARKET)
    make_received(campaign, MARKET_TOO, name="Đảng bộ xã Đồng Vang")
    make_received(campaign, well, organization=commune)
    make_received(
        campaign, well | {"title": well["title"] + " 2"}, organization=commune, official=make_official("Vũ Đức Mạnh")
    )
    make_received(before, school)
    make_received(campaign, school, name="Đảng bộ xã Nà Lầu")


@pytest.mark.parametrize(("query", "found"), [("", 3), ("khac=to-chuc", 1), ("khac=cung", 1), ("khac=nam", 1)])
def test_pairs_are_told_by_how_far_apart_they_are(client, campaign, appraiser, alike, query, found):
    html = client.get(f"/dot-dang-ky/{campaign.pk}/gan-giong/?{query}").content.decode()
    assert html.count('class="card alike"') == found
    assert f"<b>{found}</b> cặp" in html


def test_a_pair_is_gone_when_one_of_it_is_taken_back(client, campaign, appraiser):
    make_received(campaign, MARKET)
    task = make_received(campaign, MARKET_TOO, name="Đảng bộ xã Đồng Vang")
    secretary = make_user((Function.REGISTRANT, task.organization))
    actions.release(task=task, version=task.version, reason="Bổ sung", by=secretary, at=NOON)
    html = client.get(f"/dot-dang-ky/{campaign.pk}/gan-giong/").content.decode()
    assert "Chưa thấy hai việc nào gần giống nhau" in html


@pytest.mark.slow
def test_pairs_ask_as_much_of_one_as_of_many(client, campaign, appraiser):
    small = make_campaign(campaign.organization, title="Đợt nhỏ")
    asked = {}
    for each, count in ((small, 2), (small, 2), (campaign, 12)):
        for n in range(count):
            make_received(each, MARKET | {"title": f"{MARKET['title']} {n}"}, name=f"Đảng bộ {n}")
        with CaptureQueriesContext(connection) as told:
            client.get(f"/dot-dang-ky/{each.pk}/gan-giong/")
        asked[count] = len(told)
    assert asked[2] == asked[12]
