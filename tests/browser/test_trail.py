"""Dấu vết in Chromium: read, searched and gone through page by page, at both widths, without a complaint of axe."""

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page, expect

from dotpha.core import audit
from dotpha.core.queries import PAGE
from dotpha.directory.models import Function
from tests.browser.conftest import accessible
from tests.makers_directory import NOON, make_organization, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(client, live_server):
    """The inspector's cookie, and a trail of two pages to read."""
    commune = make_organization("Đảng bộ xã Bằng Khê")
    inspector = make_user((Function.INSPECTOR, commune))
    renamed = audit.Said("organization.renamed", commune, {"name": "Đảng bộ xã Bằng"}, {"name": "Đảng bộ xã Bằng Khê"})
    with transaction.atomic():
        audit.record_all([renamed], by=None, at=NOON, reason="Nghị quyết 12")
        audit.record_all([audit.Said("organization.changed", commune)] * PAGE, by=inspector, at=NOON)
    client.force_login(inspector)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": live_server.url}


def journey(page: Page, address: str) -> None:
    page.goto(f"{address}/dau-vet/")
    accessible(page)
    page.get_by_role("link", name="Cũ hơn").click()
    expect(page.get_by_text("Nghị quyết 12")).to_be_visible()
    page.get_by_label("Tìm").fill("doi ten bang khe")
    page.keyboard.press("Enter")
    expect(page.locator(".trail li")).to_have_count(1)
    expect(page.locator(".trail ins")).to_have_text("Khê")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.usefixtures("quiet_console")
def test_the_trail_is_read_and_searched_on_an_office_screen(page, live_server, signed_in) -> None:
    page.context.add_cookies([signed_in])
    journey(page, live_server.url)


def test_the_trail_is_read_and_searched_on_a_phone(phone, live_server, signed_in) -> None:
    phone.context.add_cookies([signed_in])
    journey(phone, live_server.url)


def test_a_wrong_day_is_told_and_kept(page, live_server, signed_in) -> None:
    page.context.add_cookies([signed_in])
    page.goto(f"{live_server.url}/dau-vet/?tu=32/1")
    expect(page.get_by_role("alert")).to_contain_text("Đồng chí ghi ngày như")
    expect(page.get_by_label("Từ ngày")).to_have_value("32/1")
    accessible(page)


def test_the_trail_is_read_and_searched_without_script(plain, live_server, signed_in) -> None:
    plain.context.add_cookies([signed_in])
    plain.goto(f"{live_server.url}/dau-vet/")
    plain.get_by_label("Tìm").fill("doi ten")
    plain.get_by_role("button", name="Lọc").click()
    expect(plain.locator(".trail li")).to_have_count(1)
