"""Nhập danh bạ in a browser: with the keyboard, without script, on a phone."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function, PartyOrganization
from tests.browser.conftest import accessible
from tests.browser.test_directory import sign_in
from tests.makers_directory import make_management, make_official, make_organization, make_tenure, make_user
from tests.unit.directory.workbooks import changed, exported

SHEET = "Tổ chức"


@pytest.fixture
def clerk(transactional_db):
    root = make_organization("Đảng bộ huyện Lạc Giang", code="H1")
    for number, name in enumerate(("Bằng Khê", "Đồng Vang", "Tân Lộc"), 1):
        commune = make_organization(f"Đảng bộ xã {name}", root, code=f"X{number}")
        official = make_official("Hoàng Văn Thịnh", code=f"C{number}", birth_year=1976)
        make_management(official, root)
        make_tenure(official, commune)
    return make_user((Function.CLERK, root))


def workbook(clerk, tmp_path, *cells):
    today = timezone.localdate()
    path = tmp_path / "danh-ba.xlsx"
    path.write_bytes(changed(exported(clerk, day=today, on=today), *cells))
    return path


def look(page: Page, live_server, file) -> None:
    page.goto(f"{live_server.url}/danh-ba/nhap/")
    page.get_by_label("Tệp danh bạ").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()


def test_clerk_looks_at_a_workbook_and_writes_it(page, live_server, clerk, tmp_path, quiet_console):
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/danh-ba/nhap/")
    accessible(page)
    cells = (SHEET, "B3", "Đảng bộ xã Lạc Khê"), (SHEET, "H4", date(2026, 1, 1)), (SHEET, "I4", "X1")
    look(page, live_server, workbook(clerk, tmp_path, *cells))
    accessible(page)
    expect(page.get_by_text("Chưa ghi gì.")).to_be_visible()
    page.get_by_role("link", name="Kết thúc").click()
    expect(page.get_by_text("Đảng bộ xã Đồng Vang (X2)")).to_be_visible()
    page.get_by_role("button", name="Ghi 2 dòng vào danh bạ").press("Enter")
    expect(page.get_by_role("heading", name="Đã nhập danh bạ")).to_be_visible()
    accessible(page)
    assert PartyOrganization.objects.get(code="X1").name == "Đảng bộ xã Lạc Khê"


def test_refused_rows_are_read_on_a_phone(phone, live_server, clerk, tmp_path):
    sign_in(phone, live_server, clerk)
    look(phone, live_server, workbook(clerk, tmp_path, (SHEET, "D3", "X9"), ("Cán bộ", "C2", "1976a")))
    expect(phone.get_by_text("Tổ chức, dòng 3, cột D")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(phone)


def test_directory_is_exported_and_imported_without_script(plain, live_server, clerk):
    sign_in(plain, live_server, clerk)
    plain.goto(f"{live_server.url}/danh-ba/xuat/")
    with plain.expect_download() as download:
        plain.get_by_role("button", name="Tải tệp Excel").click()
    look(plain, live_server, download.value.path())
    expect(plain.get_by_text("không có gì để ghi")).to_be_visible()


@pytest.mark.parametrize("address", ["/danh-ba/xuat/", "/danh-ba/nhap/"])
def test_pages_fit_a_phone(phone, live_server, clerk, address):
    sign_in(phone, live_server, clerk)
    phone.goto(live_server.url + address)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(phone)
