"""The forms that correct an official and set who manages him."""

from datetime import date

import pytest
from django.urls import reverse

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from tests.makers_directory import (
    make_management,
    make_official,
    make_organization,
    make_tenure,
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


@pytest.fixture
def person(commune):
    return make_tenure(make_official("Hoàng Văn Thịnh", birth_year=1975), commune).official


def said(person, **changed):
    known = {"full_name": person.full_name, "birth_year": person.birth_year or "", "version": person.version}
    return {**known, "is_party_member": "on", **changed}


def test_an_official_is_corrected(client, person):
    html = client.get(at("correct", person)).content.decode()
    assert 'value="Hoàng Văn Thịnh"' in html
    assert 'value="1975"' in html
    sent(client, at("correct", person), 302, **said(person, birth_year=1976))
    person.refresh_from_db()
    assert (person.birth_year, person.is_party_member, verbs()) == (1976, True, ["official.changed"])


def test_a_tick_taken_away_is_written(client, person):
    sent(client, at("correct", person), 302, **said(person, is_party_member=""))
    person.refresh_from_db()
    assert not person.is_party_member


def test_the_second_of_two_is_told_what_changed_and_loses_nothing_typed(client, person):
    first, second = said(person, birth_year=1976), said(person, full_name="Hoàng Văn Thình", birth_year=1977)
    sent(client, at("correct", person), 302, **first)
    html = sent(client, at("correct", person), 422, **second)
    assert "sau khi đồng chí mở trang" in html
    assert '<th scope="row">Năm sinh</th><td data-label="Đồng chí ghi">1977</td><td data-label="Hiện nay">1976<' in html
    assert 'value="Hoàng Văn Thình"' in html
    assert 'value="1977"' in html
    assert f'value="{REASON}"' in html
    seen = person.version + 1
    assert f'name="version" value="{seen}"' in html
    sent(client, at("correct", person), 302, **{**second, "version": seen})
    person.refresh_from_db()
    assert (person.full_name, person.birth_year) == ("Hoàng Văn Thình", 1977)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"full_name": ""}, "Đồng chí ghi họ và tên."),
        ({"birth_year": "76"}, "chưa hợp lý"),
        ({"birth_year": "bảy sáu"}, "Năm sinh gồm bốn chữ số"),
        ({}, "Không có gì thay đổi"),
        ({"birth_year": 1976, "reason": ""}, "Đồng chí ghi căn cứ."),
    ],
)
def test_what_makes_no_sense_is_said_and_not_written(client, person, changed, words):
    assert words in sent(client, at("correct", person), 422, **said(person, **changed))
    assert verbs() == []


def test_another_committee_manages_from_a_day_on(client, person, commune, province):
    before = make_management(person, commune)
    assert "Hiện do Đảng bộ xã Bằng Khê quản lý" in client.get(at("manage", person)).content.decode()
    sent(client, at("manage", person), 302, organization=province.pk, from_day=DAY)
    before.refresh_from_db()
    assert before.valid_until == date(2025, 7, 1)
    assert person.managed_by.get(valid_until=None).organization == province
    assert verbs() == ["management.set"]
    html = sent(client, at("manage", person), 422, organization=province.pk, from_day=DAY)
    assert "đã thuộc diện quản lý" in html


def test_nobody_puts_an_official_where_he_may_change_nothing(client, person):
    other = make_organization("Đảng bộ tỉnh Bắc Hà")
    html = sent(client, at("manage", person), 422, organization=other.pk, from_day=DAY)
    assert "Đồng chí chọn một tổ chức" in html
    assert verbs() == []


def test_the_menu_is_there_only_for_who_may_and_only_for_today(client, person, commune):
    address = reverse("directory-official", args=[person.pk])
    for function, query, is_there in (
        (Function.CLERK, "", True), (Function.OBSERVER, "", False), (Function.CLERK, "?ngay=01/01/2024", False),
    ):  # fmt: skip
        client.force_login(make_user((function, commune)))
        assert (at("correct", person) in client.get(address + query).content.decode()) is is_there
