"""The first page of Rà soát nhanh: what is taken, what is refused and how."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dotpha.interfaces.web.quick import limits, views
from dotpha.interfaces.web.quick.jobs import JOBS, Busy, Job

ADDRESS = "/ra-soat-nhanh/"


@pytest.fixture
def started(monkeypatch):
    """Jobs handed over, without their threads and children."""
    jobs: list[Job] = []
    monkeypatch.setattr(JOBS, "start", jobs.append)
    return jobs


def text_of(response):
    return response.content.decode()


def test_the_page_says_what_will_happen_and_how_much_is_taken(client):
    html = text_of(client.get(ADDRESS))
    assert "Mỗi tệp đến 50 MB, tối đa 400 tệp, cộng lại đến 200 MB" in html
    assert "tự xóa sau 60 phút" in html
    assert 'enctype="multipart/form-data"' in html


def test_files_start_a_job_and_lead_to_its_page(client, started, register):
    response = client.post(
        ADDRESS,
        {"registers": [register("a.xlsx"), register("b.xlsx")], "on": "26/01/2022", "committee": "Huyện ủy Lạc Giang"},
    )
    (job,) = started
    assert (response.status_code, response["Location"]) == (302, f"{ADDRESS}{job.token}/")
    assert (job.files, str(job.on), job.committee) == (("a.xlsx", "b.xlsx"), "2022-01-26", "Huyện ủy Lạc Giang")
    assert len(job.token) >= 32


def test_last_years_list_goes_along_but_is_not_screened(client, started, register):
    client.post(ADDRESS, {"registers": [register()], "last_year": [register("2021.xlsx")]})
    (job,) = started
    assert [(each.name, each.last_year) for each in job.uploads] == [("dang-ky.xlsx", False), ("2021.xlsx", True)]
    assert job.files == ("dang-ky.xlsx",)


def test_files_of_the_same_name_stay_apart(client, started, register):
    client.post(ADDRESS, {"registers": [register(), register(), register()]})
    assert started[0].files == ("dang-ky.xlsx", "dang-ky (2).xlsx", "dang-ky (3).xlsx")


def test_without_a_file_nothing_starts_and_the_rest_is_kept(client, started):
    response = client.post(ADDRESS, {"on": "26/01/2022", "committee": "Huyện ủy Lạc Giang"})
    assert response.status_code == 422
    assert "Đồng chí chưa chọn tệp nào" in text_of(response)
    assert 'value="26/01/2022"' in text_of(response)
    assert 'value="Huyện ủy Lạc Giang"' in text_of(response)
    assert not started


def test_a_day_that_is_none_is_refused_beside_its_field(client, started, register):
    response = client.post(ADDRESS, {"registers": [register()], "on": "31/02/2022"})
    assert response.status_code == 422
    assert "ví dụ 26/01/2022" in text_of(response)
    assert re.search(r'<details class="more" open>', text_of(response))
    assert "Đồng chí chọn lại tệp" in text_of(response)
    assert not started


def test_who_chose_no_file_is_not_asked_to_choose_it_again(client, started):
    assert "chọn lại tệp" not in text_of(client.post(ADDRESS, {"on": "31/02/2022"}))


def test_a_list_of_last_year_over_the_limit_is_named_as_that(client, started, register, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 100_000)
    big = SimpleUploadedFile("dang-ky.xlsx", b"x" * 100_001)
    client.post(ADDRESS, {"registers": [register()], "last_year": [big]})
    (job,) = started
    assert (job.files, job.last_year) == (("dang-ky.xlsx",), ("dang-ky.xlsx",))
    assert [each.trouble.file for each in job.refused] == ["dang-ky.xlsx (danh sách năm trước)"]


def test_the_limit_of_files_is_one_number(settings):
    assert settings.DATA_UPLOAD_MAX_NUMBER_FILES == limits.FILES


def test_an_empty_file_is_let_through_for_the_reader_to_explain(client, started):
    response = client.post(ADDRESS, {"registers": [SimpleUploadedFile("rong.xlsx", b"")]})
    assert response.status_code == 302


def test_a_file_over_the_limit_is_named_and_the_others_go_on(client, started, register, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 100_000)
    big = SimpleUploadedFile("to.xlsx", b"x" * 100_001)
    client.post(ADDRESS, {"registers": [big, register()]})
    (job,) = started
    assert [each.name for each in job.uploads] == ["dang-ky.xlsx"]
    assert job.files == ("dang-ky.xlsx", "to.xlsx")
    assert [(each.name, "50 MB" in each.why) for each in job.refused] == [("to.xlsx", True)]


def test_only_a_file_over_the_limit_is_refused(client, started, monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    response = client.post(
        ADDRESS, {"registers": [SimpleUploadedFile("to.xlsx", b"x" * 1001)], "committee": "Huyện ủy"}
    )
    assert response.status_code == 413
    assert "Tệp lớn hơn 50 MB" in text_of(response)
    assert "chưa chọn tệp nào" not in text_of(response)
    assert 'value="Huyện ủy"' in text_of(response)


def test_too_much_together_is_refused(client, started, monkeypatch):
    monkeypatch.setattr(limits, "UPLOAD_BYTES", 1500)
    files = [SimpleUploadedFile(f"{n}.xlsx", b"x" * 1000) for n in range(2)]
    response = client.post(ADDRESS, {"registers": files})
    assert response.status_code == 413
    assert "cộng lại vượt quá 200 MB" in text_of(response)
    assert not started


def test_too_many_files_are_refused(client, started):
    files = [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(limits.FILES + 1)]
    response = client.post(ADDRESS, {"registers": files})
    assert response.status_code == 413
    assert "tối đa 400 tệp" in text_of(response)
    assert not started


def test_a_full_server_says_so(client, register, monkeypatch):
    def full(job):
        raise Busy

    monkeypatch.setattr(JOBS, "start", full)
    response = client.post(ADDRESS, {"registers": [register()]})
    assert response.status_code == 503
    assert views.BUSY in text_of(response)


def test_uploads_never_touch_the_disk(client, started, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", None)
    response = client.post(ADDRESS, {"registers": [SimpleUploadedFile("a.csv", b"x" * 3_000_000)]})
    assert response.status_code == 302
    assert len(started[0].uploads[0].data) == 3_000_000


def test_the_token_of_the_form_is_checked_although_the_view_reads_the_body_first(started, register):
    strict = Client(enforce_csrf_checks=True)
    html = text_of(strict.get(ADDRESS))
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert strict.post(ADDRESS, {"registers": [register()]}).status_code == 403
    assert not started
    assert strict.post(ADDRESS, {"registers": [register()], "csrfmiddlewaretoken": token}).status_code == 302
