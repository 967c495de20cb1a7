"""Việc của tôi: where a person starts after signing in."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dotpha.core.models import Job, JobState
from dotpha.directory.models import Function
from dotpha.interfaces.web.home.places import PLACES
from dotpha.interfaces.web.home.waiting import FEW
from dotpha.registration.models import Campaign, RegisterImport
from dotpha.registration.models.imports import ImportState
from dotpha.registration.policy import WHO_MAY, Deed
from dotpha.registration.workflow import CampaignState, TaskState
from tests.makers_directory import make_grant, make_official, make_organization, make_tenure, make_user
from tests.makers_jobs import make_job, make_running
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db
QUERIES = 12  # session, user, grants, post; what waits: three lists with their grants, imports, jobs


def page(client, user) -> str:
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_who_is_not_signed_in_is_led_to_the_quick_screening(client):
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/ra-soat-nhanh/")


def test_it_greets_with_name_and_post_and_tells_functions_with_their_scope(client):
    commune = make_organization("Đảng bộ xã Bằng Khê")
    user = make_user((Function.CLERK, commune), first_name="Tô Thị Sáu")
    make_tenure(make_official("Tô Thị Sáu", user=user), commune)
    html = page(client, user)
    assert "<b>Tô Thị Sáu</b>, Bí thư Đảng ủy xã Bằng Khê." in html
    assert "<b>Thư ký, văn thư</b> ở Đảng bộ xã Bằng Khê và các tổ chức trực thuộc" in html
    assert "Chưa có việc nào." in html


def test_a_function_kept_at_an_organization_of_the_past_stands_last_and_says_so(client):
    district = make_organization("Đảng bộ huyện Lạc Giang", valid_until=date(2025, 7, 1))
    commune = make_organization("Đảng bộ xã Lạc Giang", make_organization("Đảng bộ tỉnh An Hà"))
    html = page(client, make_user((Function.APPRAISER, district), (Function.PRESIDER, commune)))
    assert "(đã kết thúc từ 01/07/2025)" in html
    assert html.index("Người chủ trì") < html.index("Người thẩm định")


def test_who_has_no_function_is_told_whom_to_ask(client):
    html = page(client, make_user())
    assert "chưa được phân công chức năng nào" in html
    assert [place.name for place in PLACES if f">{place.name}</a><p" in html] == ["Rà soát nhanh"]


@pytest.mark.parametrize("function", Function)
def test_only_doors_that_the_function_opens_are_shown(client, settings, function):
    settings.DEMO = True  # spares the technical administrator the second factor
    user = make_user((function, make_organization()), is_demo=True)
    html = page(client, user)
    shown = [place.name for place in PLACES if f">{place.name}</a><p" in html]
    assert shown == [place.name for place in PLACES if place.lets_in is None or function in place.lets_in]


def test_the_second_factor_is_asked_for_but_not_forced_on_a_technical_administrator_of_the_demo(client, settings):
    settings.DEMO = True
    user = make_user((Function.TECHNICAL_ADMINISTRATOR, make_organization()), is_demo=True)
    assert "chỉ nhắc, không bắt buộc" in page(client, user)


def test_five_functions_cost_as_many_queries_as_one(client, django_assert_num_queries):
    user, organizations = make_user(), [make_organization() for _ in range(5)]
    make_grant(user, Function.CLERK, organizations[0])
    page(client, user)
    for organization in organizations[1:]:
        make_grant(user, Function.CLERK, organization)
    with django_assert_num_queries(QUERIES):
        client.get("/")


def test_the_campaigns_are_a_place_for_who_reads_them() -> None:
    place = next(each for each in PLACES if each.url_name == "campaigns")
    assert place.lets_in == WHO_MAY[Deed.SEE_CAMPAIGN]


# Việc chờ đồng chí


@pytest.fixture
def commune():
    return make_organization("Đảng bộ xã Bằng Khê", make_organization("Đảng bộ huyện Lạc Giang"))


@pytest.fixture
def registrar(commune):
    return make_user((Function.REGISTRANT, commune))


@pytest.fixture
def campaign(commune):
    return campaign_until(commune.parent, 22)


def campaign_until(district, days: int, **fields) -> Campaign:
    fields.setdefault("opens_on", in_days(-30))
    return make_campaign(district, closes_on=in_days(days), **fields)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def day(days: int) -> str:
    return f"{in_days(days):%d/%m/%Y}"


def test_what_is_owed_is_told_with_its_day_and_a_way_to_begin(client, commune, registrar, campaign) -> None:
    registrant = make_registrant(campaign, commune, at_least=2)
    make_task(registrant, state=TaskState.SUBMITTED)
    html = page(client, registrar)
    assert f"còn thiếu 1 nhiệm vụ, hạn {day(22)} (còn 22 ngày)" in html
    assert f'href="/nhiem-vu/lap/?ben={registrant.pk}"' in html
    assert "Chưa có việc nào." not in html


def test_a_person_owes_in_his_own_name_without_any_function(client, commune, campaign) -> None:
    user = make_user()
    make_registrant(campaign, commune, make_official("Hoàng Văn Thịnh", user=user))
    assert "còn thiếu 1 nhiệm vụ" in page(client, user)


def test_nobody_is_told_what_others_owe(client, commune, campaign) -> None:
    make_registrant(campaign, commune)
    make_registrant(campaign, commune, make_official("Hoàng Văn Thịnh", user=make_user()))
    assert "Chưa có việc nào." in page(client, make_user((Function.OBSERVER, commune)))


def test_who_has_sent_enough_or_is_let_off_owes_nothing(client, commune, registrar, campaign) -> None:
    make_task(make_registrant(campaign, commune), state=TaskState.SUBMITTED)
    cell = make_organization("Chi bộ thôn Thượng", commune)
    make_registrant(campaign, cell, exempt_reason="Mới thành lập")
    make_registrant(campaign, make_organization("Chi bộ thôn Hạ", commune), at_least=0)
    assert "Chưa có việc nào." in page(client, registrar)


@pytest.mark.parametrize("state", set(CampaignState) - {CampaignState.OPEN})
def test_a_campaign_that_takes_nothing_asks_nothing_of_who_registers(client, commune, registrar, state) -> None:
    campaign = campaign_until(commune.parent, 22, state=state)
    make_task(make_registrant(campaign, commune))
    assert "Chưa có việc nào." in page(client, registrar)


def test_a_campaign_that_begins_later_asks_nothing_yet(client, commune, registrar) -> None:
    campaign = campaign_until(commune.parent, 22, opens_on=in_days(1))
    make_registrant(campaign, commune)
    assert "Chưa có việc nào." in page(client, registrar)


def test_what_is_late_says_so_and_can_still_be_begun(client, commune, registrar) -> None:
    make_registrant(campaign_until(commune.parent, -3), commune)
    html = page(client, registrar)
    assert f'class="late">còn thiếu 1 nhiệm vụ, đã quá hạn {day(-3)} (3 ngày)' in html
    assert "Soạn nhiệm vụ" in html


def test_what_is_late_where_nothing_late_is_taken_says_whom_to_ask(client, commune, registrar) -> None:
    make_registrant(campaign_until(commune.parent, -3, accepts_late=False), commune)
    html = page(client, registrar)
    assert "không nhận bản gửi chậm, đồng chí liên hệ người thẩm định" in html
    assert "Soạn nhiệm vụ" not in html


def test_who_has_begun_enough_is_led_to_the_draft_not_to_a_new_one(client, commune, registrar, campaign) -> None:
    task = make_task(make_registrant(campaign, commune))
    html = page(client, registrar)
    assert "đang soạn 1 bản, đồng chí hoàn thiện rồi gửi" in html
    assert f'href="/nhiem-vu/{task.pk}/soan/"' in html
    assert "Soạn nhiệm vụ" not in html


def test_a_task_taken_back_is_told_with_its_state(client, commune, registrar, campaign) -> None:
    task = make_task(make_registrant(campaign, commune), state=TaskState.WITHDRAWN)
    html = page(client, registrar)
    assert f"đã rút lại để sửa, hạn {day(22)} (còn 22 ngày)" in html
    assert f'href="/nhiem-vu/{task.pk}/soan/"' in html


def test_the_earliest_day_stands_first(client, commune, registrar, campaign) -> None:
    make_registrant(campaign, commune, name="Hạn sau")
    make_registrant(campaign_until(commune.parent, 5, title="Đợt bổ sung"), commune, name="Hạn trước")
    html = page(client, registrar)
    assert html.index("Hạn trước") < html.index("Hạn sau")


def test_who_manages_is_told_of_campaigns_prepared_and_past_their_day(client, commune) -> None:
    prepared = campaign_until(commune.parent, 22, title="Đợt đang lập", state=CampaignState.DRAFT, opens_on=in_days(-1))
    over = campaign_until(commune.parent, -3, title="Đợt quá hạn")
    campaign_until(commune.parent, 22, title="Đợt đang chạy")
    html = page(client, make_user((Function.APPRAISER, commune.parent)))
    assert f'href="/dot-dang-ky/{prepared.pk}/"' in html
    assert f"dự kiến nhận đăng ký từ {day(-1)}; đã qua ngày ấy mà chưa mở" in html
    assert f"đã quá hạn {day(-3)} (3 ngày), vẫn đang nhận đăng ký" in html
    assert f'href="/dot-dang-ky/{over.pk}/"' in html
    assert "Đợt đang chạy" not in html
    assert "Chưa có việc nào." in page(client, make_user((Function.OBSERVER, commune.parent)))


def make_import(user, campaign: Campaign, **fields) -> RegisterImport:
    now = timezone.now()
    fields = {"state": ImportState.READY, "created_at": now, "expires_at": now + timedelta(days=1), **fields}
    return RegisterImport.objects.create(user=user, campaign=campaign, file_name="so-dang-ky.xlsx", **fields)


def test_a_register_that_was_read_waits_for_its_owners_word(client, registrar, campaign) -> None:
    waiting = make_import(registrar, campaign)
    make_import(registrar, campaign, state=ImportState.DONE)
    make_import(registrar, campaign, expires_at=timezone.now() - timedelta(hours=1))
    html = page(client, registrar)
    assert html.count("Xem và xác nhận") == 1
    assert f'href="/dot-dang-ky/{campaign.pk}/nhap/{waiting.pk}/"' in html
    assert "so-dang-ky.xlsx" not in page(client, make_user())


def test_ones_own_jobs_under_way_are_told(client, registrar) -> None:
    running = make_running(user=registrar, title="Nhập sổ 2027", words="Đã đọc 10 trên 20 dòng")
    make_job(user=registrar, title="Rà soát lại")
    make_job(user=registrar, title="Đã dừng", state=JobState.STOPPED, finished_at=timezone.now())
    html = page(client, registrar)
    assert "Đã đọc 10 trên 20 dòng" in html
    assert f'href="/cong-viec/{running.pk}/"' in html
    assert "đang chờ đến lượt" in html
    assert "Đã dừng" not in html


@pytest.mark.slow
def test_many_things_are_cut_short_and_all_stand_on_a_page_of_their_own(client, commune, registrar, campaign) -> None:
    for number in range(FEW + 1):
        make_registrant(campaign, make_organization(f"Chi bộ {number}", commune))
    html = page(client, registrar)
    assert html.count("Soạn nhiệm vụ<") == FEW
    assert 'href="/viec-cho/con-thieu/">Xem tất cả' in html
    everything = client.get("/viec-cho/con-thieu/").content.decode()
    assert everything.count("Soạn nhiệm vụ<") == FEW + 1
    assert f"<b>{FEW + 1}</b> việc" in everything


def test_a_kind_with_nothing_left_leads_back(client, registrar) -> None:
    client.force_login(registrar)
    assert "Không còn việc nào ở mục này." in client.get("/viec-cho/dang-soan/").content.decode()
    assert client.get("/viec-cho/khac/").status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in_before_seeing_what_waits(client) -> None:
    assert client.get("/viec-cho/con-thieu/").status_code == 302


@pytest.mark.slow
def test_six_things_of_each_kind_cost_as_many_queries_as_none(
    client, commune, registrar, campaign, django_assert_num_queries
) -> None:
    make_grant(registrar, Function.APPRAISER, commune.parent)
    page(client, registrar)
    for number in range(6):
        make_task(make_registrant(campaign, make_organization(f"Chi bộ {number}", commune), at_least=2))
        campaign_until(commune.parent, 22, title=f"Đợt {number}", state=CampaignState.DRAFT)
        make_import(registrar, campaign)
        make_job(user=registrar)
    with django_assert_num_queries(QUERIES):
        client.get("/")
    assert Job.objects.count() == 6


@pytest.mark.parametrize("address", ["/", "/viec-cho/may-dang-lam/"])
def test_a_job_nobody_runs_any_more_is_not_told_as_being_done(client, address):
    user = make_user()
    dead = make_running(user=user, title="Nhập sổ đã chết", heard_at=timezone.now() - timedelta(minutes=2))
    make_running(user=user, title="Nhập sổ đang chạy")
    client.force_login(user)
    html = client.get(address).content.decode()
    assert "Nhập sổ đang chạy" in html
    assert "Nhập sổ đã chết" not in html
    assert "<b>2</b> việc" not in html
    dead.refresh_from_db()
    assert dead.state == JobState.FAILED
