"""The page of a long job: how far it is, how it ended, and whose it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dotpha.core import jobs
from dotpha.core.models import Job, JobState
from tests.makers_directory import make_user
from tests.makers_jobs import count, make_job, make_running, refuse, started

pytestmark = pytest.mark.django_db
TITLE = "Nhập sổ đăng ký dang-ky.xlsx"


@pytest.fixture
def me(client):
    user = make_user()
    client.force_login(user)
    return user


def running(user, **fields) -> Job:
    return make_running(user=user, created_at=timezone.now(), leads_back="/so/nhap/", **fields)


def page(client, job, *, is_partial=False):
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if is_partial else {}
    return client.get(f"/cong-viec/{job.pk}/", headers=headers)


def test_a_running_job_shows_how_far_it_is(client, me) -> None:
    job = running(me, words="Đã đọc 1.250 trên 5.000 dòng", done=1250, total=5000)
    shown = page(client, job)
    told = shown.content.decode()
    assert shown.status_code == 200
    assert f"<h1><bdi>{TITLE}</bdi></h1>" in told
    assert "Đã đọc 1.250 trên 5.000 dòng" in told
    assert 'value="1250" max="5000"' in told
    assert "Đồng chí có thể làm việc khác rồi quay lại trang này" in told
    assert 'href="/so/nhap/"' in told


def test_it_works_without_script(client, me) -> None:
    told = page(client, running(me)).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in told


def test_what_htmx_asks_for_is_the_progress_alone(client, me) -> None:
    job = running(me, words="Đang đọc tệp")
    told = page(client, job, is_partial=True).content.decode()
    assert told.strip().startswith('<div id="progress"')
    assert f'hx-get="/cong-viec/{job.pk}/" hx-trigger="every 1s"' in told
    assert "Đang đọc tệp" in told
    assert "<h1" not in told
    assert "value=" not in told  # nobody knows how much there is


def test_a_waiting_job_says_that_it_waits_and_after_a_while_what_to_do(client, me) -> None:
    job = make_job(user=me, created_at=timezone.now())
    assert "đang chờ đến lượt" in page(client, job).content.decode()
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert "báo quản trị kỹ thuật" in page(client, job).content.decode()


def test_a_job_that_is_done_leads_to_its_result(client, me, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = started(count, by=me)
    shown = page(client, job)
    assert (shown.status_code, shown.headers["Location"]) == (302, "/so/")
    assert page(client, job, is_partial=True).headers["HX-Redirect"] == "/so/"


def test_a_job_that_failed_says_why_and_shows_the_way_back(client, me, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = started(refuse, by=me, leads_back="/so/nhap/")
    told = page(client, job).content.decode()
    assert "Dòng 7 trùng dòng 3. Đồng chí sửa tệp rồi nhập lại." in told
    assert 'class="button" href="/so/nhap/"' in told
    assert "hx-get" not in told
    assert "http-equiv" not in told
    # A page that was watching is loaded again as a whole.
    assert page(client, job, is_partial=True).headers["HX-Redirect"] == f"/cong-viec/{job.pk}/"


def test_without_a_way_back_one_is_led_to_ones_own_work(client, me) -> None:
    job = make_job(user=me, state=JobState.STOPPED, finished_at=timezone.now())
    assert 'class="button" href="/"' in page(client, job).content.decode()


def test_a_job_whose_worker_died_is_told_as_not_done(client, me) -> None:
    job = running(me, heard_at=timezone.now() - timedelta(seconds=61))
    assert jobs.DEAD in page(client, job).content.decode()


def test_one_stops_ones_job_and_is_told_that_nothing_was_written(client, me) -> None:
    job = running(me)
    shown = client.post(f"/cong-viec/{job.pk}/dung/", follow=True)
    assert "Đồng chí đã dừng việc này. Chưa ghi gì." in shown.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.STOPPED


def test_stopping_what_is_being_written_is_refused_with_why(client, me) -> None:
    job = running(me, patience=jobs.PATIENCE_WRITING)
    shown = client.post(f"/cong-viec/{job.pk}/dung/", follow=True)
    assert jobs.TOO_LATE in shown.content.decode()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_nobody_sees_or_stops_the_job_of_another(client, me) -> None:
    job = running(make_user())
    assert page(client, job).status_code == 404
    assert page(client, job, is_partial=True).status_code == 404
    assert client.post(f"/cong-viec/{job.pk}/dung/").status_code == 404
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_who_is_not_signed_in_is_sent_to_sign_in(client) -> None:
    job = running(make_user())
    shown = page(client, job)
    assert shown.status_code == 302
    assert shown.headers["Location"].startswith("/tai-khoan/")


def test_watching_costs_one_reading_of_the_job(client, me, django_assert_num_queries) -> None:
    job = running(me)
    page(client, job)
    with django_assert_num_queries(3) as asked:  # session, user, job
        page(client, job, is_partial=True)
    assert sum("core_job" in query["sql"] for query in asked.captured_queries) == 1


def test_a_title_is_shown_as_text(client, me) -> None:
    job = running(me, title="Nhập <script>alert(1)</script>.xlsx")
    assert "&lt;script&gt;alert(1)" in page(client, job).content.decode()
