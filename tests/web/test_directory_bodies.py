"""The forms of bodies and their terms: founded, begun, one after the other, ended."""

from datetime import date

import pytest
from django.urls import reverse

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Body, CommitteeTerm, Function
from tests.makers_directory import (
    make_body,
    make_membership,
    make_organization,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db

REASON = "Quyết định số 12-QĐ/ĐU"
DAY = "01/07/2025"


@pytest.fixture
def province():
    return make_organization("Đảng bộ tỉnh An Hà")


@pytest.fixture
def commune(province):
    return make_organization("Đảng bộ xã Bằng Khê", province)


@pytest.fixture(autouse=True)
def clerk(province, client):
    clerk = make_user((Function.CLERK, province))
    client.force_login(clerk)
    return clerk


def at(name, row):
    return reverse(f"directory-{name}", args=[row.pk])


def verbs():
    written = AuditEvent.objects.exclude(verb__startswith="session.")
    return list(written.order_by("number").values_list("verb", flat=True))


def sent(client, address, status, **form):
    response = client.post(address, {"reason": REASON, **form})
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_a_body_is_founded_and_not_twice(client, commune):
    form = {"name": "Ban Thường vụ", "kind": "Ban Thường vụ", "from_day": DAY}
    sent(client, at("found-body", commune), 302, **form)
    body = Body.objects.get()
    assert (body.organization, body.valid_from, verbs()) == (commune, date(2025, 7, 1), ["body.founded"])
    html = sent(client, at("found-body", commune), 422, **form)
    assert "đã có Ban Thường vụ từ ngày 01/07/2025" in html
    assert 'value="Ban Thường vụ"' in html


def test_a_new_term_ends_the_one_before_with_its_members_and_says_so_first(client, commune):
    before = make_term(make_body(commune), "2020–2025", valid_from=date(2020, 6, 1))
    seat = make_membership(before)
    address = at("begin-term", before.body)
    assert "Nhiệm kỳ 2020–2025 kết thúc cùng ngày" in client.get(address).content.decode()
    sent(client, address, 302, name="2025–2030", from_day=DAY, until_day="01/07/2030")
    for each in (before, seat):
        each.refresh_from_db()
        assert each.valid_until == date(2025, 7, 1)
    assert CommitteeTerm.objects.get(name="2025–2030").valid_until == date(2030, 7, 1)
    assert verbs() == ["term.began"]


def test_a_term_inside_another_is_refused_with_what_was_typed(client, commune):
    term = make_term(make_body(commune), "2025–2030", valid_from=date(2025, 7, 1), valid_until=date(2030, 7, 1))
    html = sent(client, at("begin-term", term.body), 422, name="2026–2031", from_day="01/01/2026")
    assert "Trùng thời gian với nhiệm kỳ 2025–2030" in html
    assert 'value="2026–2031"' in html
    assert "kết thúc cùng ngày" not in html


def test_a_term_ends_with_its_members_once(client, commune):
    term = make_term(make_body(commune))
    seat = make_membership(term)
    sent(client, at("end-term", term), 302, on_day="01/01/2026")
    for each in (term, seat):
        each.refresh_from_db()
        assert each.valid_until == date(2026, 1, 1)
    assert verbs() == ["term.ended"]
    assert "đã kết thúc từ ngày 01/01/2026" in sent(client, at("end-term", term), 422, on_day="02/01/2026")


def test_a_body_ends_with_its_term_and_its_members(client, commune):
    term = make_term(make_body(commune))
    seat = make_membership(term)
    sent(client, at("end-body", term.body), 302, on_day="01/01/2026")
    for each in (term.body, term, seat):
        each.refresh_from_db()
        assert each.valid_until == date(2026, 1, 1)
    assert verbs() == ["body.ended"]


def test_the_links_are_there_only_for_who_may_and_only_for_today(client, commune):
    term = make_term(make_body(commune))
    address = reverse("directory-organization", args=[commune.pk])
    for function, query, is_there in (
        (Function.CLERK, "", True), (Function.OBSERVER, "", False), (Function.CLERK, "?ngay=01/01/2026", False),
    ):  # fmt: skip
        client.force_login(make_user((function, commune)))
        html = client.get(address + query).content.decode()
        for link in (at("found-body", commune), at("begin-term", term.body), at("end-body", term.body)):
            assert (link in html) is is_there
        assert (at("end-term", term) in html) is is_there
