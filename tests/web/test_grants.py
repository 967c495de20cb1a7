"""Ai được làm gì: the list by day and branch, the table, giving and ending."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function, RoleGrant
from dotpha.interfaces.powers import ROOMS
from tests.makers_directory import make_grant, make_official, make_organization, make_tenure, make_user
from tests.matrix import sign_in

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def day(days=0):
    return f"{today() + timedelta(days=days):%d/%m/%Y}"


@pytest.fixture
def root():
    return make_organization("Đảng bộ huyện Lạc Giang")


@pytest.fixture
def commune(root):
    return make_organization("Đảng bộ xã Bằng Khê", parent=root)


@pytest.fixture
def presider(client, root):
    return sign_in(client, make_user((Function.PRESIDER, root), first_name="Phạm Đăng Quyết"))


def person(name, *grants):
    user = make_user(*grants, first_name=name)
    make_official(name, user=user)
    return user


def page(client, address, status=200, **query):
    response = client.get(address, query)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def rows(html):
    body = re.search(r"<tbody>(.*?)</tbody>", html, re.S)
    return (
        re.findall(r"<bdi>([^<]+)</bdi>", "".join(re.findall(r'<th scope="row">(.*?)</th>', body[1], re.S)))
        if body
        else []
    )


WHO = "/ai-duoc-lam-gi/"
GIVE = "/ai-duoc-lam-gi/phan-cong/"


# Who has what


def test_the_list_says_who_may_what_where_and_until_when(client, presider, commune):
    thinh = person("Hoàng Văn Thịnh")
    make_tenure(thinh.official, commune)
    make_grant(thinh, Function.REGISTRANT, commune, valid_from=date(2025, 1, 1), valid_until=date(2199, 1, 1))
    html = page(client, WHO)
    assert rows(html) == ["Phạm Đăng Quyết", "Hoàng Văn Thịnh"]
    for words in ("Người đăng ký", "Đảng bộ xã Bằng Khê", "01/01/2025", "01/01/2199", "Bí thư"):
        assert words in html


def test_as_of_a_day_it_says_who_had_what_then(client, presider, commune):
    make_grant(person("Tô Thị Sáu"), Function.CLERK, commune, valid_from=date(2021, 1, 1), valid_until=date(2022, 1, 1))
    assert "Tô Thị Sáu" not in rows(page(client, WHO))
    assert "Tô Thị Sáu" in rows(page(client, WHO, ngay="31/12/2021"))
    assert "Tô Thị Sáu" not in rows(page(client, WHO, ngay="01/01/2022"))
    assert "đã hết" in page(client, WHO, **{"moi-luc": "1"})


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"nguoi": "thinh"}, ["Hoàng Văn Thịnh"]),
        ({"chuc-nang": "clerk"}, ["Tô Thị Sáu"]),
        ({"to-chuc": "bang khe"}, ["Hoàng Văn Thịnh"]),
        ({"chuc-nang": "nothing-of-the-kind"}, ["Tô Thị Sáu", "Phạm Đăng Quyết", "Hoàng Văn Thịnh"]),
        ({"nguoi": "khong co ai"}, []),
    ],
)
def test_it_is_narrowed_by_person_function_and_organization(client, presider, root, commune, query, names):
    person("Hoàng Văn Thịnh", (Function.REGISTRANT, commune))
    person("Tô Thị Sáu", (Function.CLERK, root))
    assert sorted(rows(page(client, WHO, **query))) == sorted(names)


def test_a_branch_shows_what_holds_there_from_above_as_well(client, presider, root, commune):
    person("Hoàng Văn Thịnh", (Function.REGISTRANT, commune))
    person("Vũ Đức Mạnh", (Function.REGISTRANT, make_organization("Đảng bộ xã Đồng Vang", parent=root)))
    html = page(client, WHO, nhanh=commune.pk)
    assert rows(html) == ["Phạm Đăng Quyết", "Hoàng Văn Thịnh"]
    assert "từ cấp trên" in html


def test_a_branch_out_of_sight_is_not_there(client, commune):
    sign_in(client, make_user((Function.OBSERVER, commune)))
    page(client, WHO, status=404, nhanh=commune.parent.pk)
    page(client, WHO, status=404, nhanh="x")


def test_from_below_nothing_above_is_seen(client, root, commune):
    hidden = make_grant(person("Phạm Đăng Quyết"), Function.PRESIDER, root)
    sign_in(client, person("Hoàng Văn Thịnh", (Function.OBSERVER, commune)))
    assert rows(page(client, WHO)) == ["Hoàng Văn Thịnh"]
    page(client, reverse("grants-grant", args=[hidden.pk]), status=404)


def test_the_list_costs_the_same_for_two_and_for_sixty(client, presider, root, commune):
    costs = []
    page(client, WHO)  # what the session keeps is asked once
    for number in (1, 60):
        for _ in range(number):
            user = person("Hoàng Văn Thịnh", (Function.REGISTRANT, commune))
            make_tenure(user.official, commune)
        with CaptureQueriesContext(connection) as asked:
            html = page(client, WHO, nhanh=root.pk, **{"to-chuc": "dang bo"})
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 14
    assert len(rows(html)) == 50
    assert len(rows(page(client, WHO, trang=2))) == 12


def test_the_table_says_every_deed_of_every_function_in_words(client, presider):
    html = page(client, reverse("grants-table"))
    for label in (*(label for room in ROOMS for label in room.labels.values()), *Function.labels):
        assert label in html


def test_who_has_no_function_is_told_the_page_is_not_his(client):
    sign_in(client, make_user())
    page(client, WHO, status=403)
    page(client, reverse("grants-table"), status=403)


# Giving


@pytest.fixture
def sau(commune):
    user = person("Tô Thị Sáu")
    make_tenure(user.official, commune)
    return user


def filled(user, place, /, **fields):
    return {
        "user": user.pk, "organization": place.pk, "function": "clerk", "valid_from": day(),
        "valid_until": "", "reason": "Quyết định 12-QĐ/HU", **fields,
    }  # fmt: skip


def test_looking_for_a_person_and_a_place_loses_nothing_typed(client, presider, root, sau, commune):
    html = page(
        client,
        GIVE,
        find_user="sau",
        find_organization="bang khe",
        function="clerk",
        reason="Quyết định 12",
        organization=commune.pk,
    )
    assert "Tô Thị Sáu" in html
    assert f'name="organization" value="{commune.pk}" checked' in html
    assert 'value="Quyết định 12"' in html
    assert '<option value="clerk" selected>' in html


def test_before_anything_is_written_the_page_says_what_it_means(client, presider, sau, root):
    response = client.post(GIVE, filled(sau, root))
    html = response.content.decode()
    assert response.status_code == 200
    for words in (
        "Tô Thị Sáu",
        "thư ký, văn thư",
        "và 1 tổ chức dưới đó",
        "Nhập danh bạ từ Excel",
        "chưa định ngày thôi",
    ):
        assert words in html
    assert not RoleGrant.objects.filter(user=sau).exists()


def test_confirmed_it_is_given_and_the_trail_knows(client, presider, sau, commune):
    response = client.post(GIVE, filled(sau, commune, valid_until=day(30), confirm="1"))
    grant = RoleGrant.objects.get(user=sau)
    assert response.headers["Location"] == reverse("grants-grant", args=[grant.pk])
    assert (grant.function, grant.organization, grant.valid_from) == ("clerk", commune, today())
    event = AuditEvent.objects.get(verb="grant.given")
    assert (event.actor, event.scope) == (presider, commune.pk)


@pytest.mark.parametrize("confirm", [{}, {"confirm": "1"}])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valid_from": "31/02/2027"}, "Ngày chưa đọc được"),
        ({"reason": ""}, "Đồng chí ghi căn cứ"),
        ({"function": "technical_administrator"}, "không do đồng chí phân công"),
        ({"function": "king"}, "không do đồng chí phân công"),
        ({"user": "0"}, "Không thấy tài khoản này"),
        ({"organization": "x"}, "Không thấy tổ chức này"),
    ],
)
def test_what_is_refused_comes_back_as_typed(client, presider, sau, commune, fields, words, confirm):
    response = client.post(GIVE, filled(sau, commune, **({"reason": "Quyết định 12-QĐ/HU"} | fields), **confirm))
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    if "reason" not in fields:
        assert "Quyết định 12-QĐ/HU" in html
    assert not RoleGrant.objects.filter(user=sau).exists()


def test_what_the_action_refuses_comes_back_as_typed(client, presider, sau, commune):
    make_grant(sau, Function.CLERK, commune)
    response = client.post(GIVE, filled(sau, commune, confirm="1"))
    html = response.content.decode()
    assert response.status_code == 422
    assert "đã có chức năng" in html
    assert "Quyết định 12-QĐ/HU" in html


def test_nobody_is_offered_himself_nor_who_is_out_of_sight(client, presider, sau, commune):
    sign_in(client, person("Hoàng Văn Thịnh", (Function.PRESIDER, commune)))
    stranger = person("Vũ Đức Mạnh")
    html = page(client, GIVE)
    assert "Tô Thị Sáu" in html
    assert "Vũ Đức Mạnh" not in html
    assert "Hoàng Văn Thịnh</bdi>" not in html
    assert client.post(GIVE, filled(stranger, commune, confirm="1")).status_code == 422


def test_above_his_scope_a_presider_gives_nothing(client, sau, commune):
    sign_in(client, make_user((Function.PRESIDER, commune)))
    assert client.post(GIVE, filled(sau, commune.parent, confirm="1")).status_code == 422
    assert not RoleGrant.objects.filter(user=sau).exists()


def test_fields_that_were_not_asked_for_change_nothing(client, presider, sau, commune):
    client.post(GIVE, filled(sau, commune, confirm="1", version="9", by=sau.pk, at="2020-01-01", is_superuser="1"))
    grant = RoleGrant.objects.get(user=sau)
    assert grant.version == 1
    assert AuditEvent.objects.get(verb="grant.given").actor == presider
    sau.refresh_from_db()
    assert not sau.is_superuser


def test_mixing_accounts_with_work_is_warned_of(client, presider, sau, commune):
    make_grant(sau, Function.TECHNICAL_ADMINISTRATOR, commune)
    assert "Nên để hai người khác nhau" in client.post(GIVE, filled(sau, commune)).content.decode()


# Ending


@pytest.fixture
def grant(sau, commune):
    return make_grant(sau, Function.CLERK, commune, valid_from=date(2025, 1, 1))


def end(client, grant, **fields):
    data = {"valid_until": day(1), "reason": "Chuyển công tác", "version": grant.version, **fields}
    return client.post(reverse("grants-end", args=[grant.pk]), data)


def test_ending_leads_back_to_what_is_now(client, presider, grant):
    response = end(client, grant)
    assert response.headers["Location"] == reverse("grants-grant", args=[grant.pk])
    assert f"{day(1)}" in page(client, response.headers["Location"])
    assert AuditEvent.objects.get(verb="grant.ended").actor == presider


@pytest.mark.parametrize("fields", [{"valid_until": "hôm nay"}, {"reason": ""}, {"valid_until": "01/01/2020"}])
def test_a_refused_end_keeps_what_was_typed(client, presider, grant, fields):
    response = end(client, grant, **fields)
    assert response.status_code == 422
    html = response.content.decode()
    for value in ({"valid_until": day(1), "reason": "Chuyển công tác"} | fields).values():
        assert value in html
    grant.refresh_from_db()
    assert grant.valid_until is None


def test_the_second_of_two_is_told_what_changed_and_may_go_on(client, presider, root, grant):
    first = make_user((Function.PRESIDER, root), first_name="Nguyễn Thị Minh Thu")
    other = client.__class__()
    sign_in(other, first)
    end(other, grant, valid_until=day(60), reason="Theo kế hoạch")

    response = end(client, grant, valid_until=day(5), reason="Chuyển sớm")
    html = response.content.decode()
    assert response.status_code == 422
    for words in ("Nguyễn Thị Minh Thu", day(60), day(5), "Chuyển sớm"):
        assert words in html

    version = re.findall(r'name="version" value="(\d+)"', html)[0]
    assert end(client, grant, valid_until=day(5), reason="Chuyển sớm", version=version).status_code == 302


def test_who_sees_but_may_not_end_sees_no_form_and_is_refused(client, grant, commune):
    sign_in(client, make_user((Function.OBSERVER, commune)))
    assert "Kết thúc phân công" not in page(client, reverse("grants-grant", args=[grant.pk]))
    assert end(client, grant).status_code == 403
    assert end(client, grant, reason="").status_code == 403


def test_what_is_over_shows_no_form(client, presider, sau, commune):
    over = make_grant(sau, Function.VERIFIER, commune, valid_until=today())
    assert "Kết thúc phân công" not in page(client, reverse("grants-grant", args=[over.pk]))
