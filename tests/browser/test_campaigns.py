"""Đợt đăng ký as a clerk prepares and follows it: without script, on a phone, with nothing axe can find."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from dotpha.registration.models import Campaign
from tests.browser.conftest import accessible
from tests.browser.test_sign_in import no_sideways_scrolling, sign_in
from tests.makers_directory import make_kind, make_official, make_organization, make_position, make_tenure, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district():
    district = make_organization("Đảng bộ huyện Lạc Giang", kind=make_kind("dang-bo-huyen", "Đảng bộ huyện", 20))
    commune = make_organization("Đảng bộ xã Bằng Khê", district)
    make_tenure(make_official("Hoàng Văn Thịnh"), commune, make_position("Bí thư"))
    make_user((Function.CLERK, district), (Function.REGISTRANT, commune), username="sau", first_name="Tô Thị Sáu")
    return district


@pytest.fixture
def campaign(district):
    today = timezone.localdate()
    about = {"opens_on": today - timedelta(days=9), "closes_on": today + timedelta(days=9)}
    campaign = make_campaign(district, guidance="Hướng dẫn số 05-HD/BTC", **about)
    commune = district.children.get()
    make_registrant(campaign, commune, order_key="1")
    return campaign


def pages(campaign: Campaign) -> list[str]:
    names = ("campaign", "coverage", "reminders", "campaign-requirements", "campaign-form", "campaign-thresholds",
             "campaign-change")  # fmt: skip
    listed = [reverse(name, args=[campaign.pk]) for name in names]
    who = reverse("exempt", args=[campaign.pk, campaign.registrants.get().pk])
    closing = reverse("campaign-move", args=[campaign.pk, "close"])
    return [reverse("campaigns"), reverse("campaign-create"), *listed, who, closing]


def test_every_page_is_accessible_at_the_desk(page: Page, live_server, campaign, quiet_console):
    sign_in(page, live_server.url, "sau")
    for address in pages(campaign):
        page.goto(live_server.url + address)
        accessible(page)


def test_every_page_is_accessible_on_a_phone(phone: Page, live_server, campaign):
    sign_in(phone, live_server.url, "sau")
    for address in pages(campaign):
        phone.goto(live_server.url + address)
        no_sideways_scrolling(phone)
        accessible(phone)


def test_a_campaign_is_prepared_and_opened_without_script(plain: Page, live_server, district):
    today = timezone.localdate()
    sign_in(plain, live_server.url, "sau")
    plain.goto(live_server.url + reverse("campaign-create"))
    expect(plain.get_by_label("Đảng bộ huyện Lạc Giang", exact=True)).to_be_checked()
    plain.get_by_label("Nhận đăng ký từ ngày").fill(f"{today:%d/%m/%Y}")
    plain.get_by_label("Hạn gửi").fill(f"{today + timedelta(days=20):%d/%m/%Y}")
    plain.get_by_role("button", name="Lập đợt").click()
    plain.get_by_label("Diện, dòng 1").select_option(label="Đảng bộ xã")
    plain.get_by_label("Diện, dòng 2").select_option(label="Bí thư")
    plain.get_by_role("button", name="Thêm dòng").click()
    expect(plain.get_by_label("Diện, dòng 5")).to_be_visible()
    plain.get_by_role("button", name="Ghi lại").last.click()
    plain.get_by_role("link", name="Mẫu đăng ký").first.click()
    plain.get_by_role("button", name="Thêm câu hỏi riêng").first.click()
    plain.get_by_label("Câu hỏi riêng").fill("Nguồn vốn bố trí từ đâu")
    plain.get_by_role("button", name="Ghi mẫu").last.click()
    plain.get_by_role("link", name="Mở đợt đăng ký").click()
    expect(plain.get_by_text("1 tập thể, 1 cá nhân")).to_be_visible()
    plain.get_by_role("button", name="Mở đợt đăng ký").click()
    expect(plain.get_by_text("Đang nhận đăng ký").first).to_be_visible()
    made = Campaign.objects.get()
    assert [each.label for each in made.specification.fields if each.is_extra] == ["Nguồn vốn bố trí từ đâu"]
    assert made.registrants.count() == 2


def test_the_words_of_a_reminder_are_copied(page: Page, live_server, campaign, quiet_console):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    make_task(campaign.registrants.get())
    sign_in(page, live_server.url, "sau")
    page.goto(live_server.url + reverse("coverage", args=[campaign.pk]))
    page.get_by_role("link", name="Danh sách cần nhắc (1)").click()
    page.get_by_role("button", name="Chép lời nhắc").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Kính gửi đồng chí Bí thư Đảng ủy xã Bằng Khê,")
    assert "đang soạn, chưa gửi" in copied
