"""Ai được làm gì as a presider uses it: without script, by keyboard, on a phone."""

import pytest
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function, RoleGrant
from tests.browser.conftest import accessible
from tests.browser.test_sign_in import no_sideways_scrolling, sign_in
from tests.makers_directory import make_official, make_organization, make_tenure, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WHO = "/ai-duoc-lam-gi/"


@pytest.fixture
def commune():
    commune = make_organization("Đảng bộ xã Bằng Khê")
    make_user((Function.PRESIDER, commune), username="thu", first_name="Nguyễn Thị Minh Thu")
    clerk = make_official("Tô Thị Sáu", user=make_user(first_name="Tô Thị Sáu"))
    make_tenure(clerk, commune)
    return commune


def give(page: Page, server: str) -> None:
    page.goto(f"{server}{WHO}phan-cong/")
    page.get_by_label("Tìm người theo tên").fill("sau")
    page.get_by_role("button", name="Tìm người").click()
    page.get_by_label("Tô Thị Sáu").check()
    page.get_by_label("Đảng bộ xã Bằng Khê").check()
    page.get_by_label("Chức năng").select_option("clerk")
    page.get_by_label("Căn cứ").fill("Quyết định 12-QĐ/ĐU")
    page.get_by_role("button", name="Xem lại").last.click()
    expect(page.get_by_text("Nhập danh bạ từ Excel")).to_be_visible()


def test_given_and_ended_without_script(plain, live_server, commune):
    sign_in(plain, live_server.url, "thu")
    give(plain, live_server.url)
    plain.get_by_role("button", name="Phân công").click()
    expect(plain.get_by_role("status")).to_contain_text("Đã phân công Tô Thị Sáu")
    plain.get_by_label("Lý do").fill("Chuyển công tác")
    plain.get_by_role("button", name="Kết thúc phân công").click()
    expect(plain.get_by_text("đã hết")).to_be_visible()
    grant = RoleGrant.objects.get(user__first_name="Tô Thị Sáu")
    assert grant.valid_until == grant.valid_from


def test_going_back_from_the_explanation_keeps_everything(page, live_server, commune, quiet_console):
    sign_in(page, live_server.url, "thu")
    give(page, live_server.url)
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Căn cứ")).to_have_value("Quyết định 12-QĐ/ĐU")
    expect(page.get_by_label("Tô Thị Sáu")).to_be_checked()


def test_the_enter_key_reviews_and_never_searches(page, live_server, commune):
    sign_in(page, live_server.url, "thu")
    page.goto(f"{live_server.url}{WHO}phan-cong/")
    page.get_by_label("Căn cứ").fill("Quyết định 12-QĐ/ĐU")
    page.get_by_label("Căn cứ").press("Enter")
    expect(page.get_by_text("Đồng chí chọn một người.")).to_be_visible()


def test_every_page_is_accessible_on_desk_and_phone(page, phone, live_server, commune):
    for screen in (page, phone):
        sign_in(screen, live_server.url, "thu")
        for address in (WHO, f"{WHO}bang-quyen/", f"{WHO}phan-cong/", "/tai-khoan-can-bo/"):
            screen.goto(f"{live_server.url}{address}")
            accessible(screen)
            no_sideways_scrolling(screen)
