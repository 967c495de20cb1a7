"""The board of a campaign in the browser: filtered with and without script, an item, near-duplicates, both widths."""

import re

import pytest
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from dotpha.registration.models import Campaign
from tests.browser.conftest import accessible
from tests.browser.test_sign_in import no_sideways_scrolling, sign_in
from tests.makers_appraisal import MARKET, MARKET_TOO, make_received
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign

pytestmark = pytest.mark.django_db(transaction=True)

CASES = {
    "title": "Giải quyết dứt điểm 3 vụ khiếu kiện đông người kéo dài",
    "description": "Ba vụ kéo dài từ 7 đến 11 năm, công dân nhiều lần lên tỉnh và Trung ương. Đăng ký rà soát lại "
    "toàn bộ hồ sơ, đối thoại, ban hành kết luận cuối cùng và chấm dứt khiếu kiện vượt cấp trong năm.",
    "responsible": "Chánh Thanh tra huyện",
    "deadline": "31/12/2027",
}


@pytest.fixture
def campaign() -> Campaign:
    """Six tasks of five organizations and one person; two of them nearly the same, one of last year's again."""
    district = make_organization("Đảng bộ huyện Lạc Giang")
    make_user((Function.APPRAISER, district), username="tham-dinh", first_name="Trần Thị Hạnh")
    this = make_campaign(district, rule_set="0.3+w2")
    before = make_campaign(district, year=this.year - 1)
    school = MARKET | {"title": "Xóa phòng học tạm của trường mầm non thôn Thượng", "description": "Ba phòng."}
    commune = make_organization("Đảng bộ xã Bằng Khê", district)
    make_received(before, school, organization=commune)
    make_received(this, ROAD, organization=commune)
    make_received(this, CASES, name="Chi bộ Thanh tra huyện")
    make_received(this, MARKET, name="Đảng bộ xã Đồng Vang")
    make_received(this, MARKET_TOO, name="Đảng bộ xã Tân Lộc")
    make_received(this, school, name="Đảng bộ xã Nà Lầu")
    make_received(
        this, ROAD | {"title": "Giải phóng mặt bằng đường trục xã", "parent_title": ROAD["title"]},
        organization=commune, official=make_official("Hoàng Văn Thịnh"),
    )  # fmt: skip
    return this


def test_the_board_is_filtered_and_an_item_read(page: Page, live_server, campaign, quiet_console):
    sign_in(page, live_server.url, "tham-dinh")
    page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/ra-soat/")
    expect(page.get_by_role("heading", name="Nhận định về 6 nhiệm vụ")).to_be_visible()
    accessible(page)
    page.get_by_label("Nhận định", exact=True).select_option("routine")
    expect(page.locator("#board")).to_contain_text("hợp điều kiện lọc")
    expect(page).to_have_url(re.compile("nhan-dinh=routine"))
    page.get_by_role("link", name=ROAD["title"]).click()
    expect(page.get_by_text("sẽ xong", exact=False).first).to_be_visible()
    expect(page.locator("svg.fan")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="← Bảng rà soát đang lọc").click()
    expect(page.get_by_label("Nhận định", exact=True)).to_have_value("routine")


def test_near_duplicates_are_read_from_both_sides(page: Page, live_server, campaign, quiet_console):
    sign_in(page, live_server.url, "tham-dinh")
    page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/gan-giong/")
    expect(page.get_by_role("status")).to_contain_text("2 cặp")
    accessible(page)
    page.get_by_role("link", name="Khác năm").click()
    expect(page.get_by_role("status")).to_contain_text("1 cặp")
    page.get_by_role("link", name="Xóa phòng học tạm").last.click()
    expect(page.get_by_text("Năm 2027 có đăng ký gần giống")).to_be_visible()


def test_without_script_the_filter_is_a_form(plain: Page, live_server, campaign):
    sign_in(plain, live_server.url, "tham-dinh")
    plain.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/ra-soat/")
    plain.get_by_label("Tìm").fill("cho coc")
    plain.get_by_role("button", name="Lọc").click()
    expect(plain.locator("#board").get_by_role("status")).to_contain_text("2 nhiệm vụ hợp điều kiện lọc")


def test_on_a_phone_nothing_is_cut(phone: Page, live_server, campaign):
    sign_in(phone, live_server.url, "tham-dinh")
    task = campaign.tasks.get(title=MARKET_TOO["title"])
    for address in ("ra-soat/", "ra-soat/?xem=danh-sach", f"ra-soat/{task.pk}/", "gan-giong/"):
        phone.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/{address}")
        no_sideways_scrolling(phone)
        accessible(phone)


def test_what_is_printed_is_no_higher_than_what_stands_on_it(page: Page, live_server, campaign):
    """A page as high as the screen, with its margins, came out with a blank sheet behind it."""
    sign_in(page, live_server.url, "tham-dinh")
    page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/tinh-hinh/")
    page.emulate_media(media="print")
    body, inside = page.evaluate(
        "['body', 'main'].map(each => document.querySelector(each).getBoundingClientRect().bottom)"
    )
    assert body - inside < 1
