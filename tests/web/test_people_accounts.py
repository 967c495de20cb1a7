"""Tài khoản cán bộ: the list, making one, the password shown once, locking and opening."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from tests.makers_directory import make_grant, make_official, make_organization, make_tenure, make_user
from tests.matrix import sign_in

pytestmark = pytest.mark.django_db
LIST = "/tai-khoan-can-bo/"
CREATE = "/tai-khoan-can-bo/lap/"


@pytest.fixture
def commune():
    return make_organization("Đảng bộ xã Bằng Khê", parent=make_organization("Đảng bộ huyện Lạc Giang"))


@pytest.fixture
def administrator(client, commune):
    return sign_in(client, make_user((Function.TECHNICAL_ADMINISTRATOR, commune), first_name="Kiều Anh Đức"))


@pytest.fixture
def thinh(commune):
    official = make_official("Hoàng Văn Thịnh", user=make_user(username="thinh.hv", first_name="Hoàng Văn Thịnh"))
    make_tenure(official, commune)
    return official.user


@pytest.fixture
def newcomer(commune):
    official = make_official("Trịnh Thị Lụa")
    make_tenure(official, commune)
    return official


def at(name, account):
    return reverse(f"people-accounts-{name}", args=[account.pk])


def secret(html):
    return re.findall(r'class="secret">([^<]+)<', html)[0].replace("&amp;", "&")


def test_the_list_tells_who_has_an_account_and_when_it_was_used(client, administrator, thinh):
    thinh.last_login = timezone.now()
    thinh.save(update_fields=["last_login"])
    html = client.get(LIST).content.decode()
    for words in ("Hoàng Văn Thịnh", "thinh.hv", "Bí thư", "Đang dùng"):
        assert words in html


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({"tim": "thinh"}, True),
        ({"tim": "manh"}, False),
        ({"trang-thai": "dang-dung"}, True),
        ({"trang-thai": "da-khoa"}, False),
        ({"trang-thai": "chua-vao"}, True),
        ({"trang-thai": "lau-khong-vao"}, False),
        ({"trang-thai": "x", "trang": "-1"}, True),
    ],
)
def test_the_list_is_narrowed(client, administrator, thinh, query, is_there):
    assert ("thinh.hv" in client.get(LIST, query).content.decode()) is is_there


def test_accounts_soon_locked_for_not_being_used_are_found(client, administrator, thinh):
    long_ago = timezone.now() - timedelta(days=40)
    User.objects.filter(pk=thinh.pk).update(last_login=long_ago, date_joined=long_ago)
    assert "thinh.hv" in client.get(LIST, {"trang-thai": "lau-khong-vao"}).content.decode()


def test_the_list_costs_the_same_for_two_and_for_sixty(client, administrator, thinh, commune):
    client.get(LIST)
    costs = []
    for number in (1, 60):
        for _ in range(number):
            official = make_official(user=make_user((Function.CLERK, commune)))
            make_tenure(official, commune)
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 9


def test_making_an_account_shows_its_password_once_and_no_cache_keeps_it(client, administrator, newcomer):
    response = client.post(CREATE, {"official": newcomer.pk, "username": "Lua.TT"})
    account = User.objects.get(username="lua.tt")
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert account.check_password(secret(response.content.decode()))
    assert account.must_change_password
    assert 'class="secret"' not in client.get(at("account", account)).content.decode()
    assert AuditEvent.objects.get(verb="account.created").actor == administrator


def test_the_new_person_gets_in_and_must_change_the_password(client, administrator, newcomer):
    password = secret(client.post(CREATE, {"official": newcomer.pk, "username": "lua.tt"}).content.decode())
    his = Client()
    his.post(reverse("account_login"), {"login": "lua.tt", "password": password})
    assert his.get(reverse("directory-tree")).headers["Location"] == reverse("account_change_password")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "lụa"}, "chữ không dấu"),
        ({"username": ""}, "Đồng chí ghi tên đăng nhập"),
        ({"official": "0"}, "Không thấy cán bộ này"),
        ({"official": ""}, "Đồng chí chọn một cán bộ"),
    ],
)
def test_a_refused_account_keeps_what_was_typed(client, administrator, newcomer, fields, words):
    data = {"official": newcomer.pk, "username": "lua.tt"} | fields
    response = client.post(CREATE, data)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert f'value="{data["username"]}"' in html or not data["username"]
    assert not AuditEvent.objects.filter(verb="account.created").exists()


def test_who_has_an_account_already_is_told(client, administrator, thinh):
    response = client.post(CREATE, {"official": thinh.official.pk, "username": "thinh.2"})
    assert response.status_code == 422
    assert "đã có tài khoản" in response.content.decode()


def test_looking_for_somebody_keeps_the_name_typed(client, administrator, newcomer):
    html = client.get(CREATE, {"find": "lua", "username": "lua.tt"}).content.decode()
    assert "Trịnh Thị Lụa" in html
    assert 'value="lua.tt"' in html


def test_no_field_makes_anybody_more_than_was_asked(client, administrator, newcomer):
    client.post(
        CREATE,
        {"official": newcomer.pk, "username": "lua.tt", "is_staff": "1", "is_superuser": "1", "password": "x",
         "must_change_password": "", "is_demo": "1"},
    )  # fmt: skip
    account = User.objects.get(username="lua.tt")
    assert (account.is_staff, account.is_superuser, account.must_change_password) == (False, False, True)
    assert not account.check_password("x")
    assert not account.is_demo


def test_a_new_password_signs_its_person_out_wherever_he_is(client, administrator, thinh):
    his = Client()
    his.force_login(thinh)
    assert his.get(reverse("sessions")).status_code == 200
    response = client.post(at("reset", thinh))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert his.get(reverse("sessions")).status_code == 302
    thinh.refresh_from_db()
    assert thinh.check_password(secret(response.content.decode()))


def test_locking_signs_out_and_tells_why_opening_lets_in_again(client, administrator, thinh):
    his = Client()
    his.force_login(thinh)
    assert client.post(at("lock", thinh), {"reason": "Nghỉ hưu"}).status_code == 302
    assert his.get(reverse("sessions")).status_code == 302
    assert "Nghỉ hưu" in client.get(at("account", thinh)).content.decode()
    assert client.post(at("unlock", thinh)).status_code == 302
    his.force_login(User.objects.get(pk=thinh.pk))
    assert his.get(reverse("sessions")).status_code == 200


def test_the_second_of_two_who_lock_or_open_is_told(client, administrator, thinh):
    client.post(at("lock", thinh), {"reason": "Nghỉ hưu"})
    response = client.post(at("lock", thinh), {"reason": "Nghỉ hưu"})
    assert response.status_code == 422
    assert "vừa được người khác khóa" in response.content.decode()
    client.post(at("unlock", thinh))
    response = client.post(at("unlock", thinh))
    assert response.status_code == 422
    assert "vừa được người khác mở" in response.content.decode()


def test_locking_asks_why(client, administrator, thinh):
    response = client.post(at("lock", thinh), {"reason": ""})
    assert response.status_code == 422
    assert "Đồng chí ghi lý do" in response.content.decode()


def test_nobody_manages_his_own_account_here(client, administrator):
    assert "Đặt lại mật khẩu" not in client.get(at("account", administrator)).content.decode()
    assert client.post(at("lock", administrator), {"reason": "Thử"}).status_code in (403, 422)
    assert client.post(at("reset", administrator)).status_code in (403, 422)


def test_who_works_above_too_is_seen_but_not_managed(client, administrator, thinh, commune):
    make_grant(thinh, Function.COMMITTEE_MEMBER, commune.parent)
    assert "Đặt lại mật khẩu" not in client.get(at("account", thinh)).content.decode()
    assert client.post(at("reset", thinh)).status_code == 403


def test_the_inspector_reviews_the_list_and_changes_nothing(client, thinh, commune):
    sign_in(client, make_user((Function.INSPECTOR, commune)))
    html = client.get(LIST).content.decode()
    assert "thinh.hv" in html
    assert "Lập tài khoản" not in html
    assert client.get(CREATE).status_code == 403
    assert client.post(at("lock", thinh), {"reason": "Thử"}).status_code == 403
