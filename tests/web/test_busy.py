"""A database others are writing to for long: told kindly wherever it is met, and what was typed stays."""

import sqlite3

import pytest
from django.db import OperationalError
from django.test import Client

from dotpha.directory.models import Function
from dotpha.interfaces.web.busy import is_busy
from tests.makers_directory import make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db
STORY = "Mở 3,2 km đường\n“thôn Thượng” <b>đến</b> quốc lộ"


def locked(*args, **given):
    raise OperationalError("database is locked")


@pytest.fixture
def commune():
    return make_organization("Đảng bộ xã Bằng Khê")


@pytest.fixture
def task(commune):
    return make_task(make_registrant(make_campaign(commune), commune))


@pytest.fixture
def writer(client, commune):
    user = make_user((Function.REGISTRANT, commune))
    client.force_login(user)
    return user


@pytest.fixture
def no_saving(monkeypatch):
    monkeypatch.setattr("dotpha.interfaces.web.task_form.write.save_draft", locked)


def test_what_was_typed_stays_on_the_page_and_is_sent_again_with_one_press(client, writer, task, no_saving):
    response = client.post(f"/nhiem-vu/{task.pk}/soan/?x=1", {"version": task.version, "description": STORY})
    html = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Máy chủ đang ghi một việc lớn" in html
    assert f'<form method="post" action="/nhiem-vu/{task.pk}/soan/?x=1">' in html
    kept = STORY.replace("<", "&lt;").replace(">", "&gt;")
    assert f'<input type="hidden" name="description" value="{kept}">' in html


def test_a_fragment_is_answered_with_a_fragment(client, writer, task, no_saving):
    response = client.post(f"/nhiem-vu/{task.pk}/soan/", {"version": task.version}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert response.status_code == 503
    assert 'role="alert"' in html
    assert "<html" not in html


def test_a_page_that_only_reads_is_offered_again(client, writer, task, monkeypatch):
    monkeypatch.setattr("dotpha.interfaces.web.tasks.reading.reader_of", locked)
    response = client.get(f"/nhiem-vu/{task.pk}/?ban=1")
    assert response.status_code == 503
    assert f'href="/nhiem-vu/{task.pk}/?ban=1">Tải lại trang</a>' in response.content.decode()


def test_what_is_typed_to_sign_in_is_never_repeated(monkeypatch):
    monkeypatch.setattr("allauth.account.views.LoginView.form_valid", locked)
    monkeypatch.setattr("allauth.account.views.LoginView.form_invalid", locked)
    client = Client(raise_request_exception=False)
    response = client.post("/tai-khoan/dang-nhap/", {"login": "bi-thu", "password": "Mat-khau-rat-dai-1"})
    assert response.status_code == 503
    assert "Mat-khau" not in response.content.decode()
    assert "Gửi lại" not in response.content.decode()


def test_a_lock_met_outside_a_view_is_told_as_kindly(writer, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(writer)
    monkeypatch.setattr("dotpha.interfaces.web.accounts.standing.has_idled", locked)
    response = client.get("/tro-giup/")
    assert response.status_code == 503
    assert "Máy chủ đang ghi một việc lớn" in response.content.decode()


def test_another_failure_of_the_database_is_no_lock(client, writer, task, monkeypatch):
    def failing(*args, **given):
        raise OperationalError("no such table: x")

    monkeypatch.setattr("dotpha.interfaces.web.tasks.reading.reader_of", failing)
    client.raise_request_exception = False
    assert client.get(f"/nhiem-vu/{task.pk}/").status_code == 500


@pytest.mark.parametrize(("state", "busy"), [("55P03", True), ("40001", True), ("40P01", True), ("57P01", False)])
def test_postgresql_tells_by_its_codes(state, busy):
    problem = OperationalError("…")
    problem.__cause__ = type("Cause", (Exception,), {"sqlstate": state})()
    assert is_busy(problem) is busy


@pytest.mark.slow
def test_sqlite_tells_by_its_own_error(tmp_path):
    with sqlite3.connect(tmp_path / "x.sqlite3") as first, sqlite3.connect(tmp_path / "x.sqlite3", timeout=0) as other:
        first.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as caught:
            other.execute("BEGIN IMMEDIATE")
    problem = OperationalError("…")
    problem.__cause__ = caught.value
    assert is_busy(problem)
