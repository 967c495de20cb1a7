"""Pages that belong to no room, and what every page has. No test here may touch a database, and none can:
pytest-django refuses it without the mark `django_db`."""

import pytest
from django.test import Client

from tests.makers import make_job

PAGES = ["/ra-soat-nhanh/", "/tro-giup/", "/khong-co/", "/ra-soat-nhanh/khong-co/"]


def test_first_page_leads_to_the_quick_screening(client):
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/ra-soat-nhanh/")


def test_health_answers_plainly(client):
    response = client.get("/suc-khoe/")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"ok", "text/plain")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_title_a_main_part_a_way_past_the_menu_and_no_style_or_script_of_its_own(client, address):
    html = client.get(address).content.decode()
    assert " · Đột Phá</title>" in html
    assert '<main id="noi-dung"' in html
    assert 'class="skip" href="#noi-dung"' in html
    assert "style=" not in html.replace("rel=", "")
    assert "<style" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_strict_policy(client, address):
    policy = client.get(address)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_menu_leads_only_to_places_that_are_there(client):
    html = client.get("/ra-soat-nhanh/").content.decode()
    menu = html.split('<nav class="places"')[1].split("</nav>")[0]
    addresses = [part.split('"')[0] for part in menu.split('href="')[1:]]
    assert addresses == ["/ra-soat-nhanh/", "/tro-giup/"]
    assert all(client.get(address).status_code == 200 for address in addresses)
    assert menu.count('aria-current="page"') == 1


def test_help_names_every_criterion_and_every_rule(client):
    html = client.get("/tro-giup/").content.decode()
    assert "Rõ trách nhiệm" in html
    assert 'id="trend.reaches_target"' in html


def test_a_missing_page_says_what_to_do(client):
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "Không thấy trang này" in response.content.decode()


def test_a_form_without_its_token_is_refused_in_our_own_look():
    response = Client(enforce_csrf_checks=True).post("/ra-soat-nhanh/", {})
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


def test_a_failure_of_ours_is_told_without_its_inside(monkeypatch):
    monkeypatch.setattr("dotpha.interfaces.web.quick.views.Filters.of", lambda query: 1 / 0)
    job = make_job()
    response = Client(raise_request_exception=False).get(f"/ra-soat-nhanh/{job.token}/")
    assert response.status_code == 500
    assert "Máy chủ gặp trục trặc" in response.content.decode()
    assert "ZeroDivision" not in response.content.decode()


def test_help_tells_of_the_directory_the_functions_the_trail_and_signing_in(client):
    html = client.get("/tro-giup/").content.decode()
    for heading in ("Danh bạ", "Ai được làm gì", "Dấu vết", "Đăng nhập"):
        assert f"<h2>{heading}</h2>" in html
