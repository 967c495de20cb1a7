"""A long job as its person watches it: it moves, it ends, the page goes on by itself."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.core.models import Job, JobState
from tests.browser.conftest import accessible
from tests.makers_directory import PASSWORD, make_user
from tests.makers_jobs import make_running

pytestmark = pytest.mark.django_db(transaction=True)


def watched(page: Page, live_server, **fields) -> Job:
    job = make_running(
        user=make_user(username="lua.tt"), created_at=timezone.now(), leads_to="/tro-giup/", leads_back="/", **fields
    )
    page.goto(f"{live_server.url}/cong-viec/{job.pk}/")
    page.get_by_label("Tên đăng nhập").fill("lua.tt")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name=job.title)).to_be_visible()
    return job


def test_the_bar_moves_and_the_page_goes_on_to_the_result(page: Page, live_server, quiet_console) -> None:
    job = watched(page, live_server, words="Đã đọc 1.250 trên 5.000 dòng", done=1250, total=5000)
    expect(page.get_by_role("progressbar", name="Đã đọc 1.250 trên 5.000 dòng")).to_be_visible()
    accessible(page)
    Job.objects.update(words="Đã đọc 4.000 trên 5.000 dòng", done=4000)
    expect(page.get_by_role("progressbar", name="Đã đọc 4.000 trên 5.000 dòng")).to_have_attribute("value", "4000")
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=timezone.now())
    page.wait_for_url("**/tro-giup/")


def test_a_failure_while_watching_is_told_on_the_whole_page(phone: Page, live_server) -> None:
    watched(phone, live_server, words="Đang đọc tệp")
    accessible(phone)
    Job.objects.update(state=JobState.FAILED, finished_at=timezone.now(), failure="Dòng 7 trùng dòng 3. Đồng chí sửa.")
    expect(phone.get_by_role("alert")).to_have_text("Dòng 7 trùng dòng 3. Đồng chí sửa.")
    accessible(phone)


def test_it_is_stopped_without_script(plain: Page, live_server) -> None:
    watched(plain, live_server)
    plain.get_by_role("button", name="Dừng việc này").click()
    expect(plain.get_by_text("Đồng chí đã dừng việc này. Chưa ghi gì.")).to_be_visible()
