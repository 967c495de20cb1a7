"""Việc của tôi: where a person starts after signing in."""

from datetime import date

import pytest

from dotpha.directory.models import Function
from dotpha.directory.policy import WHO_MAY
from dotpha.interfaces.web.home.places import PLACES
from tests.makers_directory import make_grant, make_official, make_organization, make_tenure, make_user

pytestmark = pytest.mark.django_db


def page(client, user) -> str:
    client.force_login(user)
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def test_who_is_not_signed_in_is_led_to_the_quick_screening(client):
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/ra-soat-nhanh/")


def test_it_greets_with_name_and_post_and_tells_functions_with_their_scope(client):
    commune = make_organization("Đảng bộ xã Bằng Khê")
    user = make_user((Function.CLERK, commune), first_name="Tô Thị Sáu")
    make_tenure(make_official("Tô Thị Sáu", user=user), commune)
    html = page(client, user)
    assert "<b>Tô Thị Sáu</b>, Bí thư Đảng ủy xã Bằng Khê." in html
    assert "<b>Thư ký, văn thư</b> ở Đảng bộ xã Bằng Khê và các tổ chức trực thuộc" in html
    assert "Chưa có việc nào." in html


def test_a_function_kept_at_an_organization_of_the_past_stands_last_and_says_so(client):
    district = make_organization("Đảng bộ huyện Lạc Giang", valid_until=date(2025, 7, 1))
    commune = make_organization("Đảng bộ xã Lạc Giang", make_organization("Đảng bộ tỉnh An Hà"))
    html = page(client, make_user((Function.APPRAISER, district), (Function.PRESIDER, commune)))
    assert "(đã kết thúc từ 01/07/2025)" in html
    assert html.index("Người chủ trì") < html.index("Người thẩm định")


def test_who_has_no_function_is_told_whom_to_ask(client):
    html = page(client, make_user())
    assert "chưa được phân công chức năng nào" in html
    assert [place.name for place in PLACES if f">{place.name}</a><p" in html] == ["Rà soát nhanh"]


@pytest.mark.parametrize("function", Function)
def test_only_doors_that_the_function_opens_are_shown(client, settings, function):
    settings.DEMO = True  # spares the technical administrator the second factor
    user = make_user((function, make_organization()), is_demo=True)
    html = page(client, user)
    shown = [place.name for place in PLACES if f">{place.name}</a><p" in html]
    assert shown == [place.name for place in PLACES if place.deed is None or function in WHO_MAY[place.deed]]


def test_the_second_factor_is_asked_for_but_not_forced_on_a_technical_administrator_of_the_demo(client, settings):
    settings.DEMO = True
    user = make_user((Function.TECHNICAL_ADMINISTRATOR, make_organization()), is_demo=True)
    assert "chỉ nhắc, không bắt buộc" in page(client, user)


def test_five_functions_cost_as_many_queries_as_one(client, django_assert_num_queries):
    user, organizations = make_user(), [make_organization() for _ in range(5)]
    make_grant(user, Function.CLERK, organizations[0])
    page(client, user)
    for organization in organizations[1:]:
        make_grant(user, Function.CLERK, organization)
    with django_assert_num_queries(4):  # session, user, grants, post
        client.get("/")
