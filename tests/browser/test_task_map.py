"""The map of individuals' and collective tasks, and what waits on the start page, as people see them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.registration.workflow import TaskState
from tests.browser.conftest import accessible
from tests.makers_directory import PASSWORD, make_official, make_organization, make_user
from tests.makers_links import Linked, make_person
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page: Page, live_server, username: str, address: str) -> None:
    page.goto(f"{live_server.url}{address}")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"**{address}")


@pytest.fixture
def linked() -> Linked:
    world = Linked.make()
    make_person(world.campaign, world.other, "Vũ Đức Mạnh", {"title": "Chở rác về bãi của xã bên"}, world.landfill)
    return world


def test_lines_join_what_is_tied_and_a_filter_finds_what_is_not(page, live_server, linked, quiet_console) -> None:
    sign_in(page, live_server, "tham.dinh", f"/dot-dang-ky/{linked.campaign.pk}/so-do/")
    commune = page.get_by_role("region", name="Đảng bộ xã Hòa Lạc Hạ")
    expect(commune.locator("path.map-line-fits")).to_have_count(1)
    expect(commune.locator("path.map-line-mistied")).to_have_count(2)
    expect(commune.get_by_role("table")).to_be_hidden()
    accessible(page)
    page.get_by_role("link", name="1 nhiệm vụ cá nhân chưa gắn").click()
    expect(page.get_by_role("link", name="Nhiệm vụ cá nhân. Vận động hội viên giữ gìn vệ sinh")).to_be_visible()
    expect(page.locator("path.map-line[d^=M393]")).to_have_count(0)
    accessible(page)
    page.get_by_role("link", name="Bỏ lọc").click()
    page.get_by_role("link", name="Bảng").click()
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.locator("svg.map")).to_have_count(0)
    accessible(page)


def test_an_organization_is_looked_for_while_typing(page, live_server, linked, quiet_console) -> None:
    sign_in(page, live_server, "tham.dinh", f"/dot-dang-ky/{linked.campaign.pk}/so-do/")
    page.get_by_label("Tìm tổ chức").press_sequentially("dong vang")
    expect(page.get_by_role("region", name="Đảng bộ xã Hòa Lạc Hạ")).to_have_count(0)
    expect(page.get_by_role("region", name="Đảng bộ xã Đồng Vang")).to_be_visible()


def test_a_box_is_reached_by_keyboard_and_leads_to_the_task(page, live_server, linked) -> None:
    sign_in(page, live_server, "tham.dinh", f"/dot-dang-ky/{linked.campaign.pk}/so-do/")
    page.get_by_role("link", name=f"Nhiệm vụ cá nhân. {linked.fits.title}").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/nhiem-vu/{linked.fits.pk}/")


def test_on_a_phone_the_same_stands_in_cards(phone, live_server, linked) -> None:
    sign_in(phone, live_server, "tham.dinh", f"/dot-dang-ky/{linked.campaign.pk}/so-do/")
    expect(phone.locator("svg.map").first).to_be_hidden()
    expect(phone.get_by_role("link", name=linked.unfit.title)).to_be_visible()
    expect(phone.get_by_text("Gắn chưa khớp. Chưa thấy nội dung này")).to_be_visible()
    accessible(phone)


def test_the_filters_work_without_script(plain, live_server, linked) -> None:
    sign_in(plain, live_server, "tham.dinh", f"/dot-dang-ky/{linked.campaign.pk}/so-do/")
    plain.get_by_label("Nhánh").select_option("Đảng bộ xã Đồng Vang")
    plain.get_by_role("button", name="Xem").click()
    expect(plain.get_by_role("region", name="Đảng bộ xã Hòa Lạc Hạ")).to_have_count(0)


def test_it_is_drawn_on_paper_as_on_a_wide_screen(phone, live_server, linked) -> None:
    sign_in(phone, live_server, "tham.dinh", f"/dot-dang-ky/{linked.campaign.pk}/so-do/")
    phone.emulate_media(media="print")
    expect(phone.locator("svg.map").first).to_be_visible()
    expect(phone.get_by_role("table").first).to_be_hidden()


@pytest.mark.parametrize("kind", ["page", "phone"])
def test_what_waits_stands_on_the_start_page(request, live_server, kind) -> None:
    today, shown = timezone.localdate(), request.getfixturevalue(kind)
    user = make_user(username="thu", first_name="Hoàng Văn Thịnh")
    commune = make_organization("Đảng bộ xã Bằng Khê")
    campaign = make_campaign(commune, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=22))
    registrant = make_registrant(campaign, commune, make_official("Hoàng Văn Thịnh", user=user), at_least=3)
    make_task(registrant, state=TaskState.WITHDRAWN)
    late = make_campaign(commune, title="Đợt bổ sung", opens_on=today, closes_on=today, year=2026)
    make_registrant(late, commune, registrant.official)
    sign_in(shown, live_server, "thu", "/viec-cho/con-thieu/")
    accessible(shown)
    shown.get_by_role("link", name="← Việc của tôi").click()
    expect(shown.get_by_text("(còn 22 ngày)").first).to_be_visible()
    expect(shown.get_by_text("đã rút lại để sửa")).to_be_visible()
    accessible(shown)
    shown.get_by_role("link", name="Soạn nhiệm vụ").first.click()
    shown.wait_for_url("**/nhiem-vu/lap/**")
