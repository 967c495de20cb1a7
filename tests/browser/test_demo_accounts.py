"""The first start of the demo, and what each function of it sees: a real server, a real browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dotpha.interfaces import demo
from tests.browser.conftest import accessible

pytestmark = pytest.mark.slow

EVERYBODY = {"/", "/danh-ba/", "/ai-duoc-lam-gi/", "/ai-duoc-lam-gi/bang-quyen/", "/tai-khoan/phien/"}
GIVES, SEES_ACCOUNTS, MAKES_ACCOUNTS, READS_TRAIL = (
    "/ai-duoc-lam-gi/phan-cong/",
    "/tai-khoan-can-bo/",
    "/tai-khoan-can-bo/lap/",
    "/dau-vet/",
)
PAGES = {*EVERYBODY, GIVES, SEES_ACCOUNTS, MAKES_ACCOUNTS, READS_TRAIL}
PROVINCE, REQUIRED_FACTORS = "/danh-ba/to-chuc/1/", "/tai-khoan/yeu-cau-buoc-hai/"  # only for who manages the whole

PRESIDER = {GIVES, SEES_ACCOUNTS, READS_TRAIL}
OPENS: dict[str, set[str]] = {  # beside what everybody opens; the other pages answer 403
    "mac.dinh.son": PRESIDER,
    "tran.thi.hanh": PRESIDER,
    "le.thi.thu.ha": set(),
    "to.thi.sau": set(),
    "quach.thi.hong": set(),
    "tran.van.phu": set(),
    "uong.dinh.chien": {SEES_ACCOUNTS, READS_TRAIL},
    "dang.ngoc.khue": set(),
    "bach.quoc.viet": set(),
    "ngo.quang.huy": set(),
    "trinh.thi.lua": set(),
    "le.huu.trong": set(),
    "kieu.anh.duc": {GIVES, SEES_ACCOUNTS, MAKES_ACCOUNTS},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """`dotpha serve` in demo mode over an empty folder, as `make run` starts it."""
    var: Path = tmp_path_factory.mktemp("demo")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {name: value for name, value in os.environ.items() if not name.startswith(("DOTPHA", "DJANGO", "PORT"))}
    server = subprocess.Popen(
        [sys.executable, "-m", "dotpha", "serve", "--port", str(port)],
        env=told | {"DOTPHA_VAR": str(var), "DOTPHA_DEMO": "1"}, cwd=var, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield answering(f"http://127.0.0.1:{port}", server)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)


def answering(address: str, server: "subprocess.Popen[bytes]") -> str:
    for _ in range(600):
        assert server.poll() is None, "the server stopped"
        try:
            urllib.request.urlopen(f"{address}/suc-khoe/", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError("no answer within a minute")


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/tai-khoan/dang-nhap/")
    page.locator(f"button[value='{username}']").first.click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()


def test_there_is_an_expectation_for_every_account_of_the_commune() -> None:
    (_, accounts), _ = demo.worlds()
    assert [account.username for account in accounts] == list(OPENS)


@pytest.mark.parametrize("username", OPENS)
def test_each_function_sees_only_what_it_should(page: Page, address: str, quiet_console, username: str) -> None:
    sign_in(page, address, username)
    opens = EVERYBODY | OPENS[username]
    manages_all = username == "kieu.anh.duc"

    places = page.get_by_role("navigation", name="Các phần việc").get_by_role("link").all_inner_texts()
    trail = ["Dấu vết"] if READS_TRAIL in opens else []
    assert [place.strip() for place in places] == [
        "Việc của tôi", "Đợt đăng ký", "Rà soát nhanh", "Danh bạ", "Ai được làm gì", *trail, "Trợ giúp",
    ]  # fmt: skip

    answers = {path: page.request.get(address + path, max_redirects=0).status for path in PAGES}
    assert answers == {path: 200 if path in opens else 403 for path in PAGES}
    for path in (PROVINCE, REQUIRED_FACTORS):
        assert page.request.get(address + path, max_redirects=0).status == (200 if manages_all else 404), path

    for door in page.locator(".doors a").all_inner_texts():
        page.get_by_role("link", name=door).last.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.title() != "Việc của tôi · Đột Phá"
        page.goto(address)

    page.locator(".person summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    assert page.request.get(f"{address}/danh-ba/", max_redirects=0).status == 302


def test_who_goes_on_from_the_district_has_both_functions(page: Page, address: str) -> None:
    sign_in(page, address, "tran.thi.hanh")
    functions = page.get_by_role("region", name="Chức năng của đồng chí")
    expect(functions).to_contain_text("Người chủ trì ở Đảng bộ xã Lạc Giang")
    expect(functions).to_contain_text("Người thẩm định ở Đảng bộ huyện Lạc Giang (đã kết thúc từ 01/07/2025)")


def test_the_world_of_2022_opens_too(page: Page, address: str) -> None:
    page.goto(f"{address}/tai-khoan/dang-nhap/")
    page.get_by_text("Huyện Lạc Giang, đợt 2022 (để xem lại)").click()
    page.get_by_role("button", name="Phạm Đăng Quyết").click()
    page.goto(f"{address}/danh-ba/?ngay=26/01/2022")
    expect(page.get_by_role("main")).to_contain_text("Đảng bộ huyện Lạc Giang")


def test_one_click_signs_in_without_script(plain: Page, address: str) -> None:
    sign_in(plain, address, "mac.dinh.son")


def test_sign_in_and_start_page_are_accessible_on_a_laptop_and_on_a_phone(
    page: Page, browser: Browser, address: str
) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True).new_page()
    for each in (page, phone):
        each.goto(f"{address}/tai-khoan/dang-nhap/")
        accessible(each)
        sign_in(each, address, "kieu.anh.duc")
        accessible(each)
        width, shown = each.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width <= shown
    phone.context.close()
