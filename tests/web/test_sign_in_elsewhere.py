"""Signing in at the server of the office (OpenID Connect), against a small server of that kind; and the demo."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings
from django.urls import clear_url_caches, set_urlconf

from dotpha.accounts.models import User
from dotpha.core.models import AuditEvent
from tests.makers_directory import make_user

pytestmark = pytest.mark.django_db

CALLBACK = "/tai-khoan/co-quan/oidc/oidc/login/callback/"


class Office(BaseHTTPRequestHandler):
    """As much of an OpenID Connect server as a sign-in needs."""

    claims: dict[str, object] = {}

    def answer(self, content):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def do_GET(self):
        here = f"http://{self.headers['Host']}"
        if "openid-configuration" in self.path:
            places = {"authorization_endpoint": "/vao", "token_endpoint": "/the", "userinfo_endpoint": "/ai"}
            self.answer({"issuer": here, "jwks_uri": f"{here}/khoa"} | {key: here + at for key, at in places.items()})
        else:
            self.answer(self.claims)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "x", "token_type": "Bearer"})

    def log_message(self, *given):
        pass


@pytest.fixture
def office():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/.well-known/openid-configuration"
    app = {
        "provider_id": "oidc",
        "name": "Cổng của tỉnh",
        "client_id": "dotpha",
        "secret": "s",
        "settings": {"server_url": address, "oauth_pkce_enabled": True},
    }
    with with_urls(OIDC_SERVER=address, SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
        yield Office
    server.shutdown()
    thread.join()
    server.server_close()


class with_urls(override_settings):  # noqa: N801  a setting under which other addresses exist
    def enable(self):
        super().enable()
        self.reload()

    def disable(self):
        super().disable()
        self.reload()

    @staticmethod
    def reload():
        import importlib

        from dotpha.config import urls as root
        from dotpha.interfaces.web import urls as web
        from dotpha.interfaces.web.accounts import urls

        for module in (urls, web, root):
            importlib.reload(module)
        clear_url_caches()
        set_urlconf(None)


def come_from_the_office(client, office, **claims):
    office.claims = {"sub": "42", **claims}
    start = client.post("/tai-khoan/co-quan/oidc/oidc/login/")
    state = parse_qs(urlsplit(start["Location"]).query)["state"][0]
    return client.get(CALLBACK, {"state": state, "code": "c"})


def is_in(client):
    return "_auth_user_id" in client.session


def test_without_a_server_named_there_is_no_such_way(client):
    assert "Cổng của tỉnh" not in client.get("/tai-khoan/dang-nhap/").content.decode()
    assert client.post("/tai-khoan/co-quan/oidc/oidc/login/").status_code == 404


def test_the_sign_in_page_offers_the_server_of_the_office(client, office):
    assert "Đăng nhập bằng Cổng của tỉnh" in client.get("/tai-khoan/dang-nhap/").content.decode()


def test_whoever_has_an_account_of_that_name_gets_in_and_the_link_is_traced_once(client, office):
    hanh = make_user(username="hanh")
    for _ in range(2):
        assert come_from_the_office(client, office, preferred_username="Hanh").status_code == 302
        assert is_in(client)
        client.post("/tai-khoan/dang-xuat/")
    assert AuditEvent.objects.get(verb="account.linked").actor == hanh
    assert AuditEvent.objects.filter(verb="session.signed_in").count() == 2


def test_a_confirmed_mail_address_will_do_an_unconfirmed_one_will_not(client, office):
    make_user(username="lan", email="lan@xa.vn")
    assert come_from_the_office(client, office, email="lan@xa.vn").status_code == 403
    assert come_from_the_office(client, office, email="lan@xa.vn", email_verified=True).status_code == 302
    assert is_in(client)


def test_a_stranger_is_told_so_and_no_account_is_made(client, office):
    claims = {"preferred_username": "nguoi-la", "email": "la@xa.vn", "email_verified": True}
    response = come_from_the_office(client, office, **claims)
    assert response.status_code == 403
    assert "Chưa có tài khoản ở đây" in response.content.decode()
    assert not User.objects.exists()
    assert AuditEvent.objects.get().verb == "session.refused"


def test_a_locked_account_stays_locked_this_way_too(client, office):
    make_user(username="hanh", is_active=False)
    assert come_from_the_office(client, office, preferred_username="hanh").status_code == 403
    assert not is_in(client)


def test_an_answer_nobody_asked_for_signs_nobody_in(client, office):
    make_user(username="hanh")
    office.claims = {"sub": "42", "preferred_username": "hanh"}
    client.get(CALLBACK, {"state": "planted", "code": "c"})
    assert not is_in(client)


# The demo


@pytest.fixture
def demo(monkeypatch):
    accounts = [("son", "Mạc Đình Sơn, Bí thư", "Người chủ trì")]
    monkeypatch.setattr("dotpha.interfaces.demo.accounts", lambda: accounts)
    monkeypatch.setattr("dotpha.interfaces.demo.worlds", lambda: [("Xã mẫu", accounts)])
    with with_urls(DEMO=True):
        yield


def enter(client, name="son", **where):
    return client.post("/tai-khoan/xem-thu/", {"username": name}, **where)


def test_one_click_enters_the_demo(client, demo):
    make_user(username="son", is_demo=True, must_change_password=False)
    html = client.get("/tai-khoan/dang-nhap/").content.decode()
    assert "Mạc Đình Sơn, Bí thư" in html
    assert "đều không có thật" in html
    assert enter(client).status_code == 302
    assert is_in(client)


def test_only_accounts_of_the_demo_and_only_at_this_machine(client, demo):
    make_user(username="that")
    make_user(username="son", is_demo=True)
    assert enter(client, "that").status_code == 404
    assert enter(client, REMOTE_ADDR="192.168.1.9").status_code == 404
    assert not is_in(client)


def test_a_real_account_that_bears_a_name_of_the_demo_is_not_opened(client, demo):
    make_user(username="son")
    assert enter(client).status_code == 404


def test_without_demo_mode_there_is_no_list_no_door_and_no_way_to_stay_inside(client):
    user = make_user(username="son", is_demo=True)
    assert "Xem thử" not in client.get("/tai-khoan/dang-nhap/").content.decode()
    assert enter(client).status_code == 404
    client.force_login(user)
    assert client.get("/tai-khoan/phien/").status_code == 302
    assert not is_in(client)


BROUGHT = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via"]


@pytest.mark.parametrize("header", BROUGHT)
def test_behind_a_proxy_the_demo_answers_as_if_it_were_off(client, demo, header):
    make_user(username="son", is_demo=True, must_change_password=False)
    html = client.get("/tai-khoan/dang-nhap/", headers={header: "127.0.0.1"}).content.decode()
    assert "Mạc Đình Sơn, Bí thư" not in html
    assert enter(client, headers={header: "127.0.0.1"}).status_code == 404
    assert not is_in(client)
