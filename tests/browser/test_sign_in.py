"""Signing in as a person does it: name and password, authenticator app, passkey; on a desk and on a phone."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from tests.browser.conftest import accessible
from tests.makers_directory import (
    PASSWORD,
    make_official,
    make_organization,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hanh():
    organization = make_organization()
    user = make_user((Function.CLERK, organization), username="hanh", first_name="Trần Thị Hạnh")
    make_tenure(make_official("Trần Thị Hạnh", user=user), organization)
    return user


def sign_in(page: Page, server: str, name: str = "hanh", password: str = PASSWORD) -> None:
    page.goto(f"{server}/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()


def code(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_in_and_out_with_the_menu(page, live_server, hanh, quiet_console):
    page.goto(f"{live_server.url}/tai-khoan/phien/")
    accessible(page)
    page.get_by_label("Tên đăng nhập").fill("hanh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page).to_have_url(re.compile("/tai-khoan/phien/$"))
    expect(page.get_by_text("(phiên này)")).to_be_visible()
    menu = page.locator(".person")
    expect(menu).to_contain_text("Trần Thị Hạnh")
    expect(menu).to_contain_text("Bí thư Đảng ủy xã Bằng Khê")
    menu.locator("summary").click()
    accessible(page)
    menu.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(re.compile("/tai-khoan/dang-nhap/"))
    page.go_back()
    expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()


def test_without_script_the_whole_way_works(plain, live_server, hanh):
    sign_in(plain, live_server.url, password="sai")
    expect(plain.get_by_role("alert")).to_contain_text("chưa đúng")
    sign_in(plain, live_server.url)
    expect(plain.locator(".person")).to_contain_text("Trần Thị Hạnh")


def test_the_app_is_set_up_and_asked_for(page, live_server, hanh, quiet_console):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/tai-khoan/bao-mat/")
    accessible(page)
    page.get_by_role("link", name="Đặt ứng dụng xác thực").click()
    accessible(page)
    confirm(page)
    picture = page.get_by_role("img", name="Hình mã")
    expect(picture).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    accessible(page)
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Ghi mã 6 chữ số").fill(code(secret))
    page.get_by_role("button", name="Đặt ứng dụng xác thực").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="Đã cất mã").click()
    page.locator(".person summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    sign_in(page, live_server.url)
    accessible(page)
    page.get_by_label("Mã 6 chữ số").fill(code(secret))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator(".person")).to_contain_text("Trần Thị Hạnh")


def test_a_passkey_is_added_and_opens_the_door_alone(page, live_server, hanh, quiet_console):
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": {**kind, "isUserVerified": True}})
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/tai-khoan/khoa-truy-cap/them/")
    confirm(page)
    accessible(page)
    page.get_by_label("Tên để nhận ra khóa").fill("Máy ở phòng làm việc")
    page.get_by_label("Dùng khóa này thay cả mật khẩu").check()
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    page.goto(f"{live_server.url}/tai-khoan/khoa-truy-cap/")
    expect(page.get_by_role("row", name="Máy ở phòng làm việc")).to_be_visible()
    accessible(page)
    page.locator(".person summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator(".person")).to_contain_text("Trần Thị Hạnh")


def test_a_passkey_that_is_not_there_is_told_in_words(page, live_server):
    server = live_server.url.replace("localhost", "127.0.0.1")  # a bare address has no passkeys
    page.goto(f"{server}/tai-khoan/dang-nhap/")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa dùng được khóa truy cập")


@pytest.mark.parametrize("address", ["bao-mat/", "mat-khau/", "phien/", "dang-xuat/", "khoa-truy-cap/"])
def test_every_page_of_the_account_fits_a_phone(phone, live_server, hanh, address):
    sign_in(phone, live_server.url)
    phone.goto(f"{live_server.url}/tai-khoan/{address}")
    no_sideways_scrolling(phone)
    accessible(phone)


def test_locked_out_in_words(page, live_server, hanh):
    for _ in range(5):
        sign_in(page, live_server.url, password="sai")
    expect(page.get_by_role("heading", name="Tạm khóa đăng nhập")).to_be_visible()
    accessible(page)
