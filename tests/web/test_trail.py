"""The page of the trail: who reads what of it, how it is searched, and the traces that reading and refusal leave."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from dotpha.core import audit
from dotpha.core.actions import note_reading
from dotpha.core.errors import NotAllowed
from dotpha.core.models import AuditEvent
from dotpha.core.proof import prove
from dotpha.core.queries import PAGE
from dotpha.directory.models import Function
from dotpha.interfaces.web.trail.middleware import RefusalsLeaveATrace
from tests.makers_directory import NOON, make_grant, make_official, make_organization, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/dau-vet/"


@pytest.fixture
def district():
    return make_organization("Đảng bộ huyện Lạc Giang")


@pytest.fixture
def commune(district):
    return make_organization("Đảng bộ xã Bằng Khê", parent=district)


@pytest.fixture
def inspector(district, client):
    user = make_user((Function.INSPECTOR, district), last_name="Đoàn", first_name="Kiên")
    client.force_login(user)
    return user


def happened(verb="organization.renamed", *, at=NOON, **fields) -> AuditEvent:
    given = {"target": None, "by": None, **fields}
    with transaction.atomic():
        return audit.record(verb, at=at, **given)


def page(client, **asked) -> str:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def numbers(client, **asked) -> list[int]:
    return [line.event.number for line in client.get(ADDRESS, asked).context["lines"]]


def test_an_event_reads_as_a_sentence_with_post_difference_and_reason(client, inspector, commune) -> None:
    happened(
        target=commune,
        by=inspector,
        post="Chủ nhiệm Ủy ban Kiểm tra",
        frm={"name": "Đảng bộ xã Bằng"},
        to={"name": "Đảng bộ phường Bằng"},
        reason="Nghị quyết 12",
    )
    shown = page(client)
    assert "đổi tên" in shown
    assert "Chức vụ khi làm: <bdi>Chủ nhiệm Ủy ban Kiểm tra</bdi>" in shown
    assert "<del>xã</del>" in shown
    assert "<ins>phường</ins>" in shown
    assert "Nghị quyết 12" in shown
    assert "15/03/2027" in shown


def test_what_people_wrote_never_becomes_markup(client, inspector, commune) -> None:
    happened(target=commune, reason="<script>alert(1)</script>", to="<img src=x>")
    assert "<script>alert" not in page(client)
    assert "<img src=x" not in page(client)


def test_a_reader_below_sees_only_what_happened_below(client, district, commune) -> None:
    other = make_organization("Đảng bộ xã Tân Lộc", parent=district)
    here, _, _ = happened(target=commune), happened(target=other), happened("session.signed_in")
    client.force_login(make_user((Function.INSPECTOR, commune)))
    assert numbers(client) == [here.number]


def test_a_reader_at_the_root_sees_also_what_belongs_to_no_organization(client, inspector, commune) -> None:
    happened(target=commune)
    happened("session.signed_in", by=inspector)
    assert numbers(client) == [2, 1]


@pytest.mark.parametrize("function", [each for each in Function if each not in (Function.INSPECTOR, Function.PRESIDER)])
def test_nobody_else_reads_it_and_the_refusal_leaves_a_trace(client, district, function) -> None:
    user = make_user((function, district))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    client.force_login(user)
    assert client.get(ADDRESS).status_code == 403
    refusal = AuditEvent.objects.get(verb="deed.refused")
    assert (refusal.actor_id, refusal.reason) == (user.pk, "Đồng chí không có quyền đọc dấu vết.")
    assert ADDRESS in refusal.to


def test_a_grant_below_another_needs_no_second_mention(client, inspector, commune) -> None:
    make_grant(inspector, Function.PRESIDER, commune)
    assert [str(scope) for scope in client.get(ADDRESS).context["reader"].scopes] == ["Đảng bộ huyện Lạc Giang"]


def test_a_stranger_is_led_to_sign_in_and_leaves_no_trace(client) -> None:
    answer = client.get(ADDRESS)
    assert answer.status_code == 302
    assert "/tai-khoan/" in answer["Location"]
    assert not AuditEvent.objects.exists()


def test_only_who_may_read_it_is_led_there(client, inspector, district) -> None:
    link = f'href="{ADDRESS}"'
    assert link in client.get("/tro-giup/").content.decode()
    client.force_login(make_user((Function.TECHNICAL_ADMINISTRATOR, district)))
    assert link not in client.get("/tro-giup/").content.decode()


def test_it_is_searched_without_accents_and_by_the_words_of_the_sentence(client, inspector, commune) -> None:
    renamed = happened(target=commune).number
    ended = happened("grant.ended", target=commune).number
    happened("session.signed_in", by=inspector)
    assert numbers(client, tim="bang khe") == [ended, renamed]
    assert numbers(client, tim="doi ten bang") == [renamed]
    assert numbers(client, tim="Kết thúc") == [ended]
    assert numbers(client, tim="không có chữ này") == []


def test_it_is_filtered_by_person_group_organization_and_days(client, inspector, district, commune) -> None:
    make_official("Đoàn Trung Kiên", user=inspector)
    first = happened(target=commune, by=inspector).number
    second = happened("grant.given", target=district, at=NOON + timedelta(days=1)).number
    assert numbers(client, nguoi="trung kien", to_chuc="bang khe") == [first]
    assert numbers(client, viec="grant") == [second]
    assert numbers(client, to_chuc="bang khe") == [first]
    assert numbers(client, tu="16/03/2027", den="16/03/2027") == [second]
    assert numbers(client, den="15/03/2027", viec="organization") == [first]
    assert numbers(client, doi_tuong=f"directory.partyorganization:{commune.pk}") == [first]


@pytest.mark.parametrize("asked", [{"tu": "mai"}, {"tu": "16/03/2027", "den": "15/03/2027"}, {"doi_tuong": "x"}])
def test_a_filter_that_makes_no_sense_is_told_and_kept(client, inspector, asked) -> None:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 422
    assert all(f'value="{value}"' in answer.content.decode() for value in asked.values())


def test_pages_go_on_by_number_and_back(client, inspector, commune) -> None:
    for _ in range(PAGE + 5):
        happened(target=commune)
    first = numbers(client, viec="organization")
    assert first == list(range(PAGE + 5, 5, -1))
    assert numbers(client, viec="organization", truoc=first[-1]) == [5, 4, 3, 2, 1]
    assert numbers(client, viec="organization", sau=5) == first


def test_htmx_gets_the_list_alone(client, inspector) -> None:
    answer = client.get(ADDRESS, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert answer.content.decode().strip().startswith('<div id="dau-vet">')


def test_reading_leaves_one_trace_an_hour_for_each_thing_asked(client, inspector) -> None:
    for asked in ({}, {}, {"tim": "bằng khê"}, {"tim": "bằng khê", "truoc": "9"}):
        page(client, **asked)
    readings = AuditEvent.objects.filter(verb="trail.read").order_by("number")
    assert [event.reason for event in readings] == ["không lọc", "có chữ “bằng khê”"]
    assert {event.actor_id for event in readings} == {inspector.pk}


def test_reading_again_after_an_hour_is_told_again(client, inspector) -> None:
    page(client)
    now = timezone.now()
    assert note_reading(by=inspector, at=now + timedelta(minutes=59), asked="không lọc") is None
    assert note_reading(by=inspector, at=now + timedelta(minutes=61), asked="không lọc") is not None


def test_the_page_costs_the_same_for_one_and_for_many(client, inspector, commune, django_assert_num_queries) -> None:
    page(client)  # tells of the reading; asks for the person's standing
    for count in (1, 30):
        for _ in range(count):
            happened(target=commune, by=inspector, frm={"name": "A"}, to={"name": "B"})
        with django_assert_num_queries(7):  # session, account, grants for reader and list, roots, events, whether told
            client.get(ADDRESS)


def refused(user, error: Exception) -> None:
    request = RequestFactory().post("/danh-ba/to-chuc/5/doi-ten/?bi-mat=1")
    request.user, request.session = user, SessionBase()
    RefusalsLeaveATrace(lambda _: HttpResponse()).process_exception(request, error)


def test_a_refused_deed_is_told_with_who_what_and_why_to_who_reads_there(client, inspector, commune) -> None:
    clerk = make_user((Function.OBSERVER, commune))
    refused(clerk, NotAllowed("Đồng chí không có quyền đổi tên.", scope=commune))
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id, event.scope) == ("deed.refused", clerk.pk, commune.pk)
    assert event.to == '{"address": "/danh-ba/to-chuc/5/doi-ten/", "method": "POST"}'
    assert "không được phép làm việc đã yêu cầu" in page(client)


def test_any_refusal_of_django_is_told_but_no_other_error(inspector) -> None:
    refused(inspector, PermissionDenied())
    refused(inspector, ValueError("x"))
    assert [event.reason for event in AuditEvent.objects.all()] == ["không có quyền"]


def test_what_the_pages_wrote_holds(client, inspector) -> None:
    page(client)
    page(client, tim="a")
    assert prove().broken is None


def test_a_refusal_that_names_no_organization_is_told_where_the_person_belongs(client, inspector, commune) -> None:
    make_organization("Đảng bộ huyện Sông Lạc")  # another tree: nobody reads all
    clerk = make_user((Function.OBSERVER, commune))
    client.force_login(clerk)
    assert client.get(ADDRESS).status_code == 403
    assert client.get("/danh-ba/nhap/").status_code == 403
    refused(clerk, PermissionDenied())
    scopes = AuditEvent.objects.filter(verb="deed.refused").values_list("scope", flat=True)
    assert list(scopes) == [commune.pk] * 3
    client.force_login(inspector)
    assert len(numbers(client, viec="deed")) == 3


def test_what_belongs_to_no_organization_is_read_only_by_who_reads_every_tree(client, inspector, commune) -> None:
    other = make_organization("Đảng bộ huyện Sông Lạc")
    here, unscoped = happened(target=commune).number, happened("session.signed_in").number
    assert numbers(client) == [here]
    assert "không thuộc riêng tổ chức nào" not in page(client)
    make_grant(inspector, Function.PRESIDER, other)
    assert unscoped in numbers(client)
    assert "không thuộc riêng tổ chức nào" in page(client)
