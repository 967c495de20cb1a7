"""What must hold at every address: odd methods, forged forms, frames, caches, numbers tried one after the other."""

import re

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function, PartyOrganization, RoleGrant
from tests.makers_directory import make_organization, make_user
from tests.matrix import FORMS, OPEN, OWN, ROUTES, World, finished, sign_in

pytestmark = pytest.mark.django_db
SHAPES: tuple[list[str | int], ...] = ([], [1], ["khong-co"], ["khong-co", 1], ["khong-co", 1, 0], ["khong-co", "xlsx"])


@pytest.fixture
def world():
    return World.make()


@pytest.fixture
def everybody(client, world):
    """Somebody who may everything in the district, so that what refuses is not a missing function."""
    return sign_in(client, make_user(*((function, world.district) for function in Function)))


def addresses(world):
    """Every address of the house, with something that exists where a row of the matrix knows it."""
    known = {route.name: reverse(route.name, args=route.args(world) if route.args else None) for route in ROUTES}
    for name in (*OPEN, *OWN):
        for shape in SHAPES:
            try:
                known.setdefault(name, reverse(name, args=shape))
            except NoReverseMatch:
                continue
    return known


@pytest.mark.slow
@pytest.mark.parametrize("method", ["head", "options", "put", "patch", "delete", "trace"])
def test_no_method_breaks_any_page_or_writes_anything(method, client, everybody, world):
    wrong, written = {}, AuditEvent.objects.exclude(verb__in=("trail.read", "deed.refused")).count()
    for name, address in addresses(world).items():
        with transaction.atomic():
            status = getattr(client, method)(address).status_code
            if name in OWN or name in OPEN:
                transaction.set_rollback(True)
        # allauth takes PUT as POST: an empty form of one's own account, shown again.
        is_odd = method in ("put", "patch", "delete", "trace") and name not in OWN and name not in OPEN
        if status >= 500 or (is_odd and status == 200):
            wrong[name] = status
    assert wrong == {}
    assert AuditEvent.objects.exclude(verb__in=("trail.read", "deed.refused")).count() == written


@pytest.mark.slow
def test_a_form_of_another_site_does_nothing_anywhere(everybody, world):
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(everybody)
    got_through = {}
    written = AuditEvent.objects.count()
    for route in (*ROUTES, *FORMS):
        if route.method != "post":
            continue
        address = reverse(route.name, args=route.args(world) if route.args else None)
        response = forged.post(address, route.data(world), headers={"Origin": "https://ke-gian.example"})
        if response.status_code != 403:
            got_through[str(route)] = response.status_code
    assert got_through == {}
    assert AuditEvent.objects.filter(number__gt=0).count() == written


@pytest.mark.parametrize("name", ["account_login", "account_logout", "account_change_password", "end-other-sessions"])
def test_nor_do_forms_of_ones_own_account(name, everybody):
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(everybody)
    assert forged.post(reverse(name), {"login": "x", "password": "x"}).status_code == 403


@pytest.mark.slow
def test_every_page_forbids_frames_inline_scripts_and_guessing_of_types(client, everybody, world):
    for name, address in addresses(world).items():
        with transaction.atomic():
            response = finished(client.get(address))
            transaction.set_rollback(True)
        policy = response.headers.get("Content-Security-Policy", "")
        assert response.headers.get("X-Frame-Options") == "DENY", name
        assert "frame-ancestors 'none'" in policy, name
        assert "unsafe-inline" not in policy, name
        assert "unsafe-eval" not in policy, name
        assert "default-src 'self'" in policy, name
        assert response.headers.get("X-Content-Type-Options") == "nosniff", name
        assert response.headers.get("Referrer-Policy") == "same-origin", name


@pytest.mark.slow
def test_what_a_signed_in_person_reads_is_kept_by_no_cache(client, everybody, world):
    kept = []
    for name, address in addresses(world).items():
        if name == "account_logout":
            continue
        response = finished(client.get(address))
        if "no-store" not in response.headers.get("Cache-Control", ""):
            kept.append(name)
    assert kept == []


@pytest.mark.slow
def test_no_page_carries_a_script_or_a_style_of_its_own(client, everybody, world):
    for name, address in addresses(world).items():
        if name in ("health", "totp-picture", "account_logout") or "download" in name:
            continue
        response = client.get(address)
        if response.streaming or "text/html" not in response.headers.get("Content-Type", ""):
            continue
        html = response.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), name


def test_trying_one_number_after_the_other_tells_nothing(client, world):
    """What lies outside the scope answers exactly as what is not there."""
    stranger = make_user((Function.PRESIDER, world.beside))
    sign_in(client, stranger)
    hidden = [
        reverse("grants-grant", args=[world.clerk.pk]),
        reverse("people-accounts-account", args=[world.official.user_id]),
        reverse("directory-organization", args=[world.commune.pk]),
        reverse("directory-official", args=[world.official.pk]),
        reverse("grants", query={"nhanh": world.commune.pk}),
    ]
    missing = [re.sub(r"\d+", "987654321", address) for address in hidden]
    for there, nowhere in zip(hidden, missing, strict=True):
        first, second = client.get(there), client.get(nowhere)
        assert (first.status_code, second.status_code) == (404, 404), there
        told, nothing = (
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode()).replace(address, "")
            for response, address in ((first, there), (second, nowhere))
        )
        assert told == nothing, there


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "-1", "1%27", "１"])
def test_a_number_nobody_has_is_simply_not_there(client, everybody, number):
    for place in ("ai-duoc-lam-gi", "tai-khoan-can-bo", "danh-ba/to-chuc", "danh-ba/can-bo"):
        assert client.get(f"/{place}/{number}/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "nhanh=99999999999999999999",
        "trang=99999999999",
        "ngay=99/99/9999",
        "nguoi=%00",
        "to-chuc=%25_%27",
        "nhanh=%C2%B2",
    ],
)
def test_odd_words_in_the_address_break_no_list(client, everybody, query):
    for name in ("grants", "people-accounts", "directory-tree"):
        assert client.get(f"{reverse(name)}?{query}").status_code in (200, 404, 422)


@pytest.mark.parametrize(
    "next_page", ["https://ke-gian.example/", "//ke-gian.example", "/\\ke-gian.example", "javascript:alert(1)"]
)
def test_no_address_sends_a_person_to_another_site(client, everybody, world, next_page):
    for route in ROUTES:
        if route.method != "post":
            continue
        address = reverse(route.name, args=route.args(world) if route.args else None)
        with transaction.atomic():
            response = finished(client.post(f"{address}?next={next_page}", route.data(world) | {"next": next_page}))
            transaction.set_rollback(True)
        assert "ke-gian" not in response.headers.get("Location", ""), route
        assert "javascript" not in response.headers.get("Location", ""), route


@pytest.mark.parametrize("extra", [{"path": "", "depth": "0", "pk": "1", "id": "1", "user": "1", "code": "X"}])
def test_fields_nobody_asked_for_change_nothing(client, everybody, world, extra):
    """Of an organization renamed and of a grant ended, only what the form shows is written."""
    before = PartyOrganization.objects.values("path", "depth", "code", "parent_id").get(pk=world.commune.pk)
    day_and_reason = {
        "from_day": "01/01/2026",
        "name": "Đảng bộ xã Bằng Khê mới",
        "reason": "Quyết định 12",
        "version": 1,
    }
    client.post(reverse("directory-rename", args=[world.commune.pk]), extra | day_and_reason)
    after = PartyOrganization.objects.values("path", "depth", "code", "parent_id").get(pk=world.commune.pk)
    assert after == before
    owner = world.clerk.user_id
    data = {"valid_until": "01/01/2099", "reason": "Thử", "version": 1, "function": "presider", "organization": "1"}
    client.post(reverse("grants-end", args=[world.clerk.pk]), extra | data)
    grant = RoleGrant.objects.get(pk=world.clerk.pk)
    assert (grant.user_id, grant.function, grant.organization_id) == (owner, "clerk", world.commune.pk)


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client):
    make_user(username="hanh")
    client.get(reverse("account_login"))
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
    assert settings.SESSION_COOKIE_SECURE is settings.HTTPS
    assert settings.CSRF_COOKIE_SECURE is settings.HTTPS


def test_a_name_that_looks_like_a_page_is_shown_as_words(client, world):
    commune = make_organization("<script>alert(1)</script>", parent=world.district)
    named = make_user((Function.CLERK, commune), first_name="<img src=x onerror=alert(1)>")
    sign_in(client, make_user((Function.PRESIDER, world.district), (Function.INSPECTOR, world.district)))
    grant = named.grants.get()
    for address in (
        reverse("grants"),
        reverse("grants-grant", args=[grant.pk]),
        reverse("people-accounts"),
        reverse("people-accounts-account", args=[named.pk]),
        reverse("grants-give"),
    ):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
