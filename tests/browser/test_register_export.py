"""The register taken out and a filled form brought in, as a clerk and a secretary do it, with and without script."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from dotpha.documents.registers import read
from dotpha.documents.registration.word import Sheet, write
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.content import Content
from dotpha.rules.form.specification import default
from tests.browser.conftest import accessible
from tests.browser.test_sign_in import no_sideways_scrolling, sign_in
from tests.makers_directory import make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def registrant():
    today = timezone.localdate()
    district = make_organization("Đảng bộ huyện Lạc Giang")
    commune = make_organization("Đảng bộ xã Bằng Khê", district)
    campaign = make_campaign(
        district, year=today.year, opens_on=today - timedelta(days=20), closes_on=today + timedelta(days=20),
        guidance="Hướng dẫn số 05-HD/HU ngày 12/01/2026",
    )  # fmt: skip
    make_user((Function.REGISTRANT, commune), username="thinh", first_name="Hoàng Văn Thịnh")
    make_user((Function.CLERK, district), username="suu", first_name="Đinh Thị Sửu")
    return make_registrant(campaign, commune)


@pytest.fixture
def filled():
    stream = io.BytesIO()
    content = Content.from_json(ROAD | {"grounds": ["leap"], "leap": "Từ 70 lên 100 %."})
    write(stream, Sheet(default(), "organization", 2027, owner="Đảng bộ xã Đồng Vang", content=content))
    return {"name": "phieu-da-dien.docx", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}


def test_clerk_takes_the_register_out_and_it_reads_back(page: Page, live_server, registrant, quiet_console, tmp_path):
    make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    sign_in(page, live_server.url, "suu")
    page.goto(f"{live_server.url}/dot-dang-ky/{registrant.campaign_id}/xuat/")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải danh sách Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert [each.title for each in read(Path(file)).registrations] == [ROAD["title"]]
    with page.expect_download() as download:
        page.get_by_role("link", name="Phiếu trống cho cá nhân").click()
    assert download.value.suggested_filename.endswith("ca-nhan.docx")


def bring_in(page: Page, server, task, filled) -> None:
    page.goto(f"{server.url}/nhiem-vu/{task.pk}/nap-phieu/")
    page.locator("input[type=file]").set_input_files(filled)
    page.get_by_role("button", name="Đọc phiếu").click()


def test_secretary_brings_a_filled_form_into_the_draft(page: Page, live_server, registrant, filled, quiet_console):
    task = make_task(registrant, {"products": "Đường bàn giao"})
    sign_in(page, live_server.url, "thinh")
    page.goto(f"{live_server.url}/nhiem-vu/{task.pk}/nap-phieu/")
    accessible(page)
    bring_in(page, live_server, task, filled)
    expect(page.get_by_role("heading", name="Điều đồng chí cần xem lại")).to_be_visible()
    expect(page.get_by_role("row", name="Tên nhiệm vụ đột phá")).to_contain_text(ROAD["title"])
    accessible(page)
    page.get_by_role("button", name="Ghi vào bản nháp").click()
    expect(page).to_have_url(f"{live_server.url}/nhiem-vu/{task.pk}/soan/")
    assert BreakthroughTask.objects.get().written.title == ROAD["title"]


def test_the_same_on_a_phone_and_without_script(phone: Page, plain: Page, live_server, registrant, filled):
    for page in (phone, plain):
        task = make_task(registrant, {"products": "Đường bàn giao"})
        sign_in(page, live_server.url, "thinh")
        bring_in(page, live_server, task, filled)
        no_sideways_scrolling(page)
        page.get_by_role("button", name="Ghi vào bản nháp").click()
        expect(page).to_have_url(f"{live_server.url}/nhiem-vu/{task.pk}/soan/")
        assert BreakthroughTask.objects.get(pk=task.pk).written.title == ROAD["title"]
        task.delete()
