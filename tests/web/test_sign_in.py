"""Signing in: who gets in, who does not, what is told, what is written down."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from tests.makers_directory import PASSWORD, make_organization, make_user

pytestmark = pytest.mark.django_db

SIGN_IN = "/tai-khoan/dang-nhap/"
NEW_PASSWORD = "Cầu-Treo-2028-bắc-xong"


@pytest.fixture
def hanh():
    return make_user(username="hanh", first_name="Trần Thị Hạnh")


def sign_in(client, name="hanh", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def verbs():
    return list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))


def is_in(client):
    return "_auth_user_id" in client.session


def text(response):
    return response.content.decode()


# Getting in


def test_name_and_password_let_in_and_the_trail_tells_who_from_where(client, hanh):
    response = sign_in(client)
    assert response.status_code == 302
    assert is_in(client)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.target_name) == ("session.signed_in", hanh, "hanh")
    assert "127.0.0.1" in event.reason


def test_the_password_is_kept_as_argon2():
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]  # of the tests
    from dotpha.config import settings as real

    assert "Argon2" in real.PASSWORD_HASHERS[0]


def test_a_session_from_before_signing_in_is_worth_nothing_after(client, hanh):
    client.get("/ra-soat-nhanh/")
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    sign_in(client)
    assert client.session.session_key != before
    assert not type(client.session)(before).exists(before)


@pytest.mark.parametrize("address", ["https://xau.example/", "//xau.example", "/\\xau.example", "javascript:alert(1)"])
def test_next_never_leads_to_another_host(client, hanh, address):
    response = sign_in(client, next=address)
    assert response["Location"] == "/"


def test_next_leads_to_the_page_asked_for(client, hanh):
    response = client.get("/tai-khoan/phien/")
    assert response["Location"] == f"{SIGN_IN}?next=/tai-khoan/phien/"
    assert sign_in(client, next="/tai-khoan/phien/")["Location"] == "/tai-khoan/phien/"


def test_a_form_from_elsewhere_signs_nobody_in_or_out(hanh):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    client.force_login(hanh)
    assert client.post("/tai-khoan/dang-xuat/").status_code == 403
    assert is_in(client)


def test_asking_for_the_sign_out_page_signs_nobody_out(client, hanh):
    client.force_login(hanh)
    assert "kết thúc phiên làm việc" in text(client.get("/tai-khoan/dang-xuat/"))
    assert is_in(client)
    assert client.post("/tai-khoan/dang-xuat/")["Location"] == SIGN_IN
    assert not is_in(client)
    assert verbs() == ["session.signed_out"]


@pytest.mark.parametrize("address", ["dang-ky/", "signup/", "email/", "password/reset/", "2fa/", "social/signup/"])
def test_nobody_makes_an_account_or_resets_a_password_here(client, address):
    assert client.get(f"/tai-khoan/{address}").status_code == 404


def test_nothing_from_the_account_is_set_by_a_field_of_the_form(client, hanh):
    sign_in(client, is_superuser="1", is_staff="1", must_change_password="1")
    hanh.refresh_from_db()
    assert (hanh.is_superuser, hanh.is_staff, hanh.must_change_password) == (False, False, False)


# Not getting in


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client, hanh):
    wrong, unknown = sign_in(client, password="sai"), sign_in(client, name="khong-ai", password="sai")
    clean = [text(each).replace("khong-ai", "hanh") for each in (wrong, unknown)]
    tokens = [each.split('name="csrfmiddlewaretoken" value="') for each in clean]
    shown = ["".join(part[64:] if index else part for index, part in enumerate(parts)) for parts in tokens]
    assert wrong.status_code == unknown.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in shown[0]
    assert shown[0] == shown[1]


def test_an_unknown_name_costs_one_hash_as_a_known_one_does(client, hanh, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(*given):
        hashed.append(1)
        return encode(*given)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    sign_in(client, password="sai")
    known = len(hashed)
    sign_in(client, name="khong-ai", password="sai")
    assert len(hashed) == 2 * known == 2


def test_what_was_typed_as_an_unknown_name_is_not_written_down(client):
    sign_in(client, name=PASSWORD, password="sai")
    event = AuditEvent.objects.get()
    assert event.verb == "session.refused"
    assert PASSWORD not in f"{event.reason}{event.target_name}{event.frm}{event.to}"


def test_five_wrong_tries_lock_the_name_out_and_the_page_says_how_long_and_whom_to_ask(client, hanh):
    answers = [sign_in(client, password="sai").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    response = sign_in(client)
    assert response.status_code == 429
    assert "15 phút" in text(response)
    assert "người quản trị kỹ thuật" in text(response)
    assert not is_in(client)
    assert verbs().count("session.locked_out") == 1
    assert verbs().count("session.refused") == 6


def test_locking_out_tells_nothing_about_whether_the_name_exists(client, hanh):
    for _ in range(5):
        known, unknown = sign_in(client, password="sai"), sign_in(client, name="khong-ai", password="sai")
    assert (known.status_code, unknown.status_code) == (429, 429)
    assert text(known) == text(unknown)


def test_writing_the_name_another_way_or_coming_from_elsewhere_wins_no_more_tries(hanh):
    for number, name in enumerate(["hanh", "HANH", " Hanh", "hAnh", "ｈanh"]):
        client = Client(REMOTE_ADDR=f"10.0.0.{number}", HTTP_USER_AGENT=f"trình duyệt {number}")
        response = sign_in(client, name=name, password="sai")
    assert response.status_code == 429


def test_the_lock_ends_by_itself_and_tries_during_it_do_not_prolong_it(client, hanh, monkeypatch):
    for _ in range(6):
        sign_in(client, password="sai")
    later = timezone.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: later)
    assert sign_in(client).status_code == 302


def test_one_right_password_forgets_the_wrong_ones(client, hanh):
    for _ in range(4):
        sign_in(client, password="sai")
    sign_in(client)
    client.post("/tai-khoan/dang-xuat/")
    assert sign_in(client, password="sai").status_code == 200
    assert sign_in(client).status_code == 302


def test_a_locked_account_is_told_so_only_with_its_right_password(client, hanh):
    User.objects.update(is_active=False)
    assert "đang khóa" in text(sign_in(client))
    assert not is_in(client)
    assert "chưa đúng" in text(sign_in(client, password="sai"))


def used(user, days_ago):
    user.last_login, user.date_joined = (timezone.now() - timedelta(days=each) for each in (days_ago, 300))
    user.save()


def test_an_account_not_used_for_45_days_is_locked(client, hanh):
    User.objects.update(
        last_login=timezone.now() - timedelta(days=45), date_joined=timezone.now() - timedelta(days=300)
    )
    response = sign_in(client)
    assert response.status_code == 403
    assert "không đăng nhập quá 45 ngày" in text(response)
    assert not is_in(client)
    assert "account.locked" in verbs()


def test_an_account_used_44_days_ago_gets_in(client, hanh):
    User.objects.update(
        last_login=timezone.now() - timedelta(days=44), date_joined=timezone.now() - timedelta(days=300)
    )
    assert sign_in(client).status_code == 302


# While signed in


def test_a_page_that_forgot_to_ask_is_closed(client):
    for address in ("/tai-khoan/phien/", "/tai-khoan/bao-mat/", "/tai-khoan/mat-khau/", "/tai-khoan/ma-du-phong/"):
        assert client.get(address)["Location"].startswith(SIGN_IN)


def test_a_fragment_asked_for_after_the_session_ended_leads_the_whole_page_to_sign_in(client):
    response = client.get("/tai-khoan/phien/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (204, SIGN_IN)


def test_what_a_signed_in_person_sees_is_kept_nowhere(client, hanh):
    assert "no-store" not in client.get("/tro-giup/").get("Cache-Control", "")
    client.force_login(hanh)
    for address in ("/tro-giup/", "/tai-khoan/phien/", "/khong-co/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_no_page_is_framed_and_every_page_has_a_strict_policy(client, hanh):
    client.force_login(hanh)
    for address in ("/tai-khoan/phien/", "/tai-khoan/bao-mat/", "/tai-khoan/mat-khau/"):
        response = client.get(address)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert "unsafe" not in response["Content-Security-Policy"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, hanh):
    cookie = sign_in(client).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(("function", "minutes"), [(Function.CLERK, 15), (Function.TECHNICAL_ADMINISTRATOR, 5)])
def test_whoever_idles_too_long_is_signed_out_and_told_so(client, function, minutes):
    client.force_login(make_user((function, make_organization())))
    session = client.session
    session["standing"] |= {"seen_at": time.time() - minutes * 60 - 1, "lacks_factor": False}
    session.save()
    response = client.get("/tai-khoan/phien/", follow=True)
    assert f"quá {minutes} phút không thao tác" in text(response)
    assert not is_in(client)
    assert f"quá {minutes} phút" in AuditEvent.objects.get(verb="session.signed_out").reason


def test_whoever_works_on_stays_signed_in(client, hanh):
    client.force_login(hanh)
    for _ in range(3):
        session = client.session
        session["standing"] |= {"seen_at": time.time() - 14 * 60}
        session.save()
        assert client.get("/tai-khoan/phien/").status_code == 200


def test_what_is_owed_is_asked_once_a_minute_not_at_every_page(client, hanh):
    client.force_login(hanh)
    client.get("/tro-giup/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/tro-giup/")
    tables = " ".join(query["sql"] for query in asked)
    assert not any(table in tables for table in ("mfa_authenticator", "tenure", "requiredfactor", "UPDATE"))


def test_the_sign_in_page_says_beforehand_how_long_one_may_idle(client):
    assert "15 phút không thao tác" in text(client.get(SIGN_IN))


def test_the_menu_names_the_person_and_leads_to_sign_out(client, hanh):
    client.force_login(hanh)
    html = text(client.get("/tro-giup/"))
    assert "Trần Thị Hạnh" in html
    assert 'action="/tai-khoan/dang-xuat/"' in html


# Sessions


def signed_in(user, agent):
    client = Client(HTTP_USER_AGENT=agent)
    sign_in(client, name=user.username)
    return client


def test_the_list_shows_where_one_is_signed_in_and_ends_one_or_all_others(hanh):
    here, phone, other = (signed_in(hanh, each) for each in ("Windows Chrome/130", "iPhone Safari", "Linux Firefox"))
    html = text(here.get("/tai-khoan/phien/"))
    assert "Chrome trên máy Windows <span" in html
    assert "Safari trên iPhone" in html
    at_phone = UserSession.objects.get(user_agent="iPhone Safari")
    here.post(f"/tai-khoan/phien/{at_phone.pk}/dang-xuat/")
    assert [is_in(each) for each in (here, phone, other)] == [True, False, True]
    here.post("/tai-khoan/phien/dang-xuat-noi-khac/")
    assert [is_in(each) for each in (here, phone, other)] == [True, False, False]
    assert verbs().count("session.ended") == 2


def test_a_session_of_somebody_else_is_not_there(hanh):
    mine, theirs = signed_in(hanh, "Chrome"), signed_in(make_user(username="lan"), "Firefox")
    session = UserSession.objects.get(user_agent="Firefox")
    assert mine.post(f"/tai-khoan/phien/{session.pk}/dang-xuat/").status_code == 404
    assert is_in(theirs)


def test_the_list_costs_the_same_for_one_session_and_for_thirty(client, hanh):
    client.force_login(hanh)
    client.get("/tro-giup/")
    costs = []
    for size in (1, 29):
        for number in range(size):
            UserSession.objects.create(user=hanh, ip="10.0.0.1", session_key=f"{size}-{number}", user_agent="x")
        with CaptureQueriesContext(connection) as asked:
            client.get("/tai-khoan/phien/")
        costs.append(len(asked))
    assert costs[0] == costs[1]


# Passwords


def change(client, old=PASSWORD, new=NEW_PASSWORD, again=None):
    return client.post(
        "/tai-khoan/mat-khau/", {"oldpassword": old, "password1": new, "password2": new if again is None else again}
    )


def test_a_changed_password_is_traced_and_ends_every_other_session(hanh):
    here, there = signed_in(hanh, "Chrome"), signed_in(hanh, "Firefox")
    assert change(here).status_code == 302
    assert is_in(here)
    assert there.get("/tai-khoan/phien/").status_code == 302
    assert "account.password_changed" in verbs()
    hanh.refresh_from_db()
    assert hanh.check_password(NEW_PASSWORD)
    assert hanh.has_long_password


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("Ngan-12", "ít nhất 14 ký tự"),
        ("chi-co-chu-thuong-12", "ít nhất 14 ký tự"),
        ("Không dấu gì mà dài", "ít nhất 14 ký tự"),
        (PASSWORD, "Không dùng lại"),
        ("Nguyen-Thi-1-hanhhanh", "quá giống"),
    ],
)
def test_a_weak_or_old_password_is_refused_in_words(client, new, told):
    client.force_login(make_user(username="nguyen-thi-1-hanhhan"))
    response = change(client, new=new)
    assert response.status_code == 200
    assert told in text(response)
    assert verbs() == []


def test_the_last_ten_passwords_are_not_used_again(client, hanh):
    client.force_login(hanh)
    passwords = [PASSWORD, *(f"{NEW_PASSWORD}-{number}" for number in range(11))]
    for old, new in zip(passwords, passwords[1:], strict=False):
        cache.clear()  # of the limit on changes a minute
        assert change(client, old, new).status_code == 302
    cache.clear()
    assert change(client, passwords[-1], passwords[2]).status_code == 200
    assert change(client, passwords[-1], passwords[1]).status_code == 302


def test_whoever_got_a_password_changes_it_before_anything_else(client):
    client.force_login(make_user(must_change_password=True))
    for address in ("/", "/tro-giup/", "/tai-khoan/phien/", "/tai-khoan/bao-mat/", "/ra-soat-nhanh/"):
        assert client.get(address)["Location"] == "/tai-khoan/mat-khau/"
    assert "Mật khẩu được cấp chỉ dùng cho lần này" in text(client.get("/tai-khoan/mat-khau/"))
    change(client)
    assert client.get("/tai-khoan/phien/").status_code == 200


def test_whoever_must_change_may_still_sign_out(client):
    client.force_login(make_user(must_change_password=True))
    assert client.post("/tai-khoan/dang-xuat/")["Location"] == SIGN_IN


def test_an_administrator_changes_the_password_every_two_months(client):
    user = make_user((Function.TECHNICAL_ADMINISTRATOR, make_organization()))
    with_app(user)
    user.password_changed_at = timezone.now() - timedelta(days=61)
    user.save()
    client.force_login(user)
    assert client.get("/tro-giup/")["Location"] == "/tai-khoan/mat-khau/"
    change(client)
    assert client.get("/tro-giup/").status_code == 200


# The second factor


def with_app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def code(secret):
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def test_the_app_is_set_up_in_four_steps_and_then_asked_for(client, hanh):
    sign_in(client)
    assert client.get("/tai-khoan/ung-dung/")["Location"].startswith("/tai-khoan/xac-nhan-lai/")
    client.post("/tai-khoan/xac-nhan-lai/?next=/tai-khoan/ung-dung/", {"password": PASSWORD})
    html = text(client.get("/tai-khoan/ung-dung/"))
    assert "data:" not in html
    secret = client.session["mfa.totp.secret"]
    assert secret in html
    picture = client.get("/tai-khoan/ung-dung/ma-qr.svg")
    assert (picture["Content-Type"], b"<svg" in picture.content) == ("image/svg+xml", True)
    response = client.post("/tai-khoan/ung-dung/", {"code": code(secret)}, follow=True)
    assert response.redirect_chain[0][0] == "/tai-khoan/ma-du-phong/"
    assert text(response).count("<li><code>") == 10

    client.post("/tai-khoan/dang-xuat/")
    assert sign_in(client)["Location"] == "/tai-khoan/buoc-hai/"
    assert not is_in(client)
    assert client.post("/tai-khoan/buoc-hai/", {"code": code(secret)}).status_code == 302
    assert is_in(client)


def test_a_factor_added_and_removed_is_in_the_trail(client, hanh, django_capture_on_commit_callbacks):
    client.force_login(hanh)
    confirm(client)
    client.get("/tai-khoan/ung-dung/")
    secret = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/tai-khoan/ung-dung/", {"code": code(secret)})
        client.post("/tai-khoan/ma-du-phong/tao/")
    client.post("/tai-khoan/ung-dung/bo/")
    added = AuditEvent.objects.get(verb="factor.added", to="ứng dụng xác thực")
    assert added.actor == hanh
    assert set(verbs()) >= {"factor.added", "factor.codes_renewed", "factor.removed"}
    assert not Authenticator.objects.exists()


def confirm(client):
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})


def test_a_wrong_code_is_traced_and_five_of_them_are_enough(client, hanh):
    secret = with_app(hanh)
    sign_in(client)
    for _ in range(5):
        assert "Mã chưa đúng" in text(client.post("/tai-khoan/buoc-hai/", {"code": "000000"}))
    assert "Ghi sai quá nhiều lần" in text(client.post("/tai-khoan/buoc-hai/", {"code": code(secret)}))
    assert not is_in(client)
    assert verbs().count("session.refused") == 5


def test_a_recovery_code_lets_in_once(client, hanh):
    with_app(hanh)
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for works in (True, False):
        sign_in(client)
        client.post("/tai-khoan/buoc-hai/", {"code": spare})
        assert is_in(client) is works
        client.post("/tai-khoan/dang-xuat/")


def test_secrets_of_factors_are_not_readable_in_the_database(hanh):
    secret = with_app(hanh)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code(secret))


def test_an_administrator_without_a_factor_gets_no_further_than_setting_one_up(client):
    user = make_user((Function.TECHNICAL_ADMINISTRATOR, make_organization()))
    client.force_login(user)
    for address in ("/", "/tro-giup/", "/tai-khoan/phien/", "/ra-soat-nhanh/"):
        assert client.get(address)["Location"] == "/tai-khoan/bao-mat/"
    assert "phải xác thực hai bước" in text(client.get("/tai-khoan/bao-mat/"))
    with_app(user)
    assert client.get("/tro-giup/").status_code == 200


def test_a_short_password_beside_a_factor_is_changed_when_the_factor_goes(client, hanh):
    with_app(hanh)
    client.force_login(hanh)
    assert change(client, new="Cầu-28x!").status_code == 302
    client.post("/tai-khoan/xac-nhan-lai/", {"password": "Cầu-28x!"})
    client.post("/tai-khoan/ung-dung/bo/")
    assert client.get("/tro-giup/")["Location"] == "/tai-khoan/mat-khau/"


def test_functions_that_need_a_factor_are_set_by_the_administrator_of_the_whole_tree(client):
    root = make_organization("Đảng bộ tỉnh")
    administrator = make_user((Function.TECHNICAL_ADMINISTRATOR, root))
    clerk = make_user((Function.CLERK, root))
    with_app(administrator)
    client.force_login(administrator)
    response = client.post("/tai-khoan/yeu-cau-buoc-hai/", {"functions": [Function.CLERK]})
    assert response.status_code == 302
    assert "factor.required" in verbs()
    theirs = Client()
    theirs.force_login(clerk)
    assert theirs.get("/tro-giup/")["Location"] == "/tai-khoan/bao-mat/"
    client.post("/tai-khoan/yeu-cau-buoc-hai/", {})
    assert theirs.get("/tro-giup/").status_code == 200
    assert theirs.get("/tai-khoan/yeu-cau-buoc-hai/").status_code == 404
    assert client.post("/tai-khoan/yeu-cau-buoc-hai/", {"functions": ["x"]}).status_code == 422


def test_the_administrator_of_a_part_does_not_set_what_holds_for_all(client):
    root = make_organization("Đảng bộ tỉnh")
    user = make_user((Function.TECHNICAL_ADMINISTRATOR, make_organization(parent=root)))
    with_app(user)
    client.force_login(user)
    assert client.get("/tai-khoan/yeu-cau-buoc-hai/").status_code == 404


def test_the_picture_of_a_secret_is_there_only_while_it_is_set_up(client, hanh):
    client.force_login(hanh)
    assert client.get("/tai-khoan/ung-dung/ma-qr.svg").status_code == 404


# Words


PAGES = ["dang-xuat/", "mat-khau/", "bao-mat/", "xac-nhan-lai/", "phien/", "ung-dung/", "khoa-truy-cap/",
         "khoa-truy-cap/them/", "ma-du-phong/tao/"]  # fmt: skip
ENGLISH = ("Sign", "Password", "Code", "Authenticat", "Recovery", "Security", "account", "Please", "your", "Incorrect")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_account_is_in_our_look_and_in_vietnamese(client, hanh, address):
    client.force_login(hanh)
    confirm(client)
    html = text(client.get(f"/tai-khoan/{address}"))
    assert " · Đột Phá</title>" in html
    assert "style=" not in html.replace("rel=", "")
    assert_vietnamese(html)


def assert_vietnamese(html):
    import re

    main = html.split("<main", 1)[1]
    seen = re.sub(r"<script.*?</script>", "", main, flags=re.DOTALL)
    placeholders = re.findall(r'(?:placeholder|aria-label|alt|title)="([^"]*)"', seen)
    words = re.sub(r"<[^>]+>", " ", seen) + " ".join(placeholders)
    names = words.replace("Google Authenticator", "").replace("Microsoft Authenticator", "")
    assert [each for each in ENGLISH if each in names] == []
