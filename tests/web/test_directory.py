"""Danh bạ: the tree, the search, an organization and a person, on today and on another day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dotpha.directory.models import Function
from tests.makers_directory import (
    LONG_AGO,
    make_body,
    make_former_name,
    make_former_parent,
    make_management,
    make_membership,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db

REFORM = date(2025, 7, 1)
HTMX = {"HX-Request": "true"}
EVE = "?ngay=30/06/2025"


@pytest.fixture
def province():
    return make_organization("Đảng bộ tỉnh An Hà")


@pytest.fixture
def user(province, client):
    user = make_user((Function.OBSERVER, province))
    client.force_login(user)
    return user


def page(client, address, status=200, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def tree(**query):
    return reverse("directory-tree", query=query)


def of(organization, query=""):
    return reverse("directory-organization", args=[organization.pk]) + query


def person(official, query=""):
    return reverse("directory-official", args=[official.pk]) + query


# Who may come in


@pytest.mark.parametrize(
    "name", ["directory-tree", "directory-organization", "directory-children", "directory-official"]
)
def test_nobody_reads_the_directory_without_signing_in(client, name):
    address = reverse(name, args=[] if name == "directory-tree" else [1])
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/")


@pytest.mark.usefixtures("user")
def test_what_lies_outside_the_scope_is_not_there(client):
    other = make_organization("Đảng bộ tỉnh Bắc Hà")
    stranger = make_tenure(make_official("Vi Thị Én"), other).official
    for address in (
        of(other), person(stranger), tree(mo=other.pk), reverse("directory-children", args=[other.pk]),
        of(other).replace(str(other.pk), "999999"), tree(mo=999999),
    ):  # fmt: skip
        assert "Bắc Hà" not in page(client, address, 404)
    assert "Bắc Hà" not in page(client, tree(tim="bac ha"))
    assert "Vi Thị Én" not in page(client, tree(tim="vi thi en"))


def test_who_has_no_function_is_told_what_to_do(client):
    client.force_login(make_user())
    assert "chưa được phân công chức năng" in page(client, tree())


def test_the_menu_names_the_directory_for_who_is_signed_in(client, user):
    menu = page(client, tree()).split('<nav class="places"')[1].split("</nav>")[0]
    assert '<a href="/danh-ba/" aria-current="page">' in menu


# The tree


def test_the_tree_opens_at_the_scope_with_what_stands_directly_below(client, user, province):
    commune = make_organization("Đảng bộ xã Đồng Vang", province)
    make_organization("Đảng bộ xã Bằng Khê", province)
    make_organization("Chi bộ thôn Mới", commune)
    make_tenure(make_official(), commune)
    html = page(client, tree())
    assert html.index("Đảng bộ xã Bằng Khê") < html.index("Đảng bộ xã Đồng Vang")
    assert "Chi bộ thôn Mới" not in html
    assert "1 tổ chức trực thuộc" in html
    assert "1 cán bộ đương chức" in html


def test_a_person_with_two_scopes_sees_both(client):
    scopes = [make_organization("Đảng bộ xã Tân Lộc"), make_organization("Đảng bộ xã Bằng Khê")]
    client.force_login(make_user(*((Function.OBSERVER, each) for each in scopes)))
    html = page(client, tree())
    assert html.index("Đảng bộ xã Bằng Khê") < html.index("Đảng bộ xã Tân Lộc")


def test_a_branch_is_fetched_as_a_fragment_and_leads_to_a_page_without_script(client, user, province):
    commune = make_organization("Đảng bộ xã Đồng Vang", province)
    make_organization("Chi bộ thôn Mới", commune)
    address = reverse("directory-children", args=[commune.pk])
    fragment = page(client, address, **HTMX)
    assert "Chi bộ thôn Mới" in fragment
    assert "<html" not in fragment
    assert client.get(address + EVE)["Location"] == f"/danh-ba/?mo={commune.pk}&ngay=30/06/2025"
    opened = page(client, tree(mo=commune.pk))
    assert "Chi bộ thôn Mới" in opened
    assert f'<a href="/danh-ba/?mo={province.pk}">Đảng bộ tỉnh An Hà</a>' in opened


def test_a_long_branch_comes_in_pages(client, user, province):
    for number in range(1, 54):
        make_organization(f"Chi bộ {number:02d}", province)
    html = page(client, tree())
    assert ("Chi bộ 50" in html, "Chi bộ 51" in html, "Xem tiếp (còn 3)" in html) == (True, False, True)
    rest = page(client, reverse("directory-children", args=[province.pk]) + "?trang=2", **HTMX)
    assert ("Chi bộ 50" in rest, "Chi bộ 53" in rest, "Xem tiếp" in rest) == (False, True, False)


def test_what_has_ended_is_told_in_a_word_and_comes_last(client, user, province):
    make_organization("Đảng bộ huyện A", province, valid_until=REFORM)
    make_organization("Đảng bộ xã B", province)
    html = page(client, tree())
    assert html.index("Đảng bộ xã B") < html.index("Đảng bộ huyện A") < html.index("Đã kết thúc")
    assert "Đã kết thúc" not in page(client, tree() + EVE)


# Search


@pytest.mark.parametrize("words", ["bang khe", "Bằng Khê", "BANG KHE", "khe ba"])
def test_a_search_without_accents_finds_the_organization(client, user, province, words):
    make_organization("Đảng bộ xã Bằng Khê", province)
    make_organization("Đảng bộ xã Đồng Vang", province)
    html = page(client, tree(tim=words))
    assert "Đảng bộ xã Bằng Khê" in html
    assert "Đồng Vang" not in html
    assert "<b>1</b> tổ chức khớp" in html


def test_a_search_shows_people_when_only_people_were_found(client, user, province):
    make_tenure(make_official("Hoàng Văn Thịnh"), province)
    html = page(client, tree(tim="hoang van thinh"))
    assert "Hoàng Văn Thịnh</bdi></a>" in html
    assert "Bí thư Tỉnh ủy An Hà" in html
    assert "Cán bộ (1)" in html
    assert "Không thấy tổ chức nào" in page(client, tree(tim="hoang van thinh", loai="to-chuc"))


def test_a_search_on_another_day_tells_the_posts_and_names_of_that_day(client, user, province):
    official = make_official("Hoàng Văn Thịnh")
    commune = make_organization("Đảng bộ xã Lạc Giang", province)
    make_former_name(commune, "Đảng bộ thị trấn Lạc Giang", until=REFORM)
    make_tenure(official, commune, valid_until=REFORM)
    make_tenure(official, province, make_position("Phó Bí thư"), valid_from=REFORM)
    assert "Bí thư Đảng ủy thị trấn Lạc Giang" in page(client, tree(tim="thinh", ngay="30/06/2025"))
    assert "Phó Bí thư Tỉnh ủy An Hà" in page(client, tree(tim="thinh"))
    found = page(client, tree(tim="lac giang", ngay="30/06/2025"))
    assert "Đảng bộ thị trấn Lạc Giang" in found
    assert "nay là Đảng bộ xã Lạc Giang" in found


def test_a_search_is_refreshed_as_a_fragment_and_comes_in_pages(client, user, province):
    for _ in range(51):
        make_tenure(make_official("Vũ Đức Mạnh"), province)
    fragment = page(client, tree(tim="manh"), **HTMX, **{"HX-Request-Type": "partial"})
    assert "<html" not in fragment
    assert "trang 1 trên 2" in fragment
    assert "?tim=manh&amp;trang=2" in fragment
    assert page(client, tree(tim="manh", trang=2)).count("Vũ Đức Mạnh</bdi>") == 1
    assert page(client, tree(tim="manh", trang=99)).count("Vũ Đức Mạnh</bdi>") == 1


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 5000, "\x00", "  "])
def test_no_words_break_the_search(client, user, province, words):
    assert "<script>alert" not in page(client, tree(tim=words))


# An organization


@pytest.fixture
def merged(province):
    """Xã Lạc Giang: once a town under the district, since the reform a commune of its own that took in two others."""
    district = make_organization("Đảng bộ huyện Lạc Giang", province, valid_until=REFORM)
    commune = make_organization("Đảng bộ xã Lạc Giang", province)
    make_former_name(commune, "Đảng bộ thị trấn Lạc Giang", until=REFORM)
    make_former_parent(commune, district, until=REFORM)
    make_organization("Đảng bộ xã Bằng Khê", district, valid_until=REFORM, successor=commune)
    old, new = make_official("Mạc Đình Sơn"), make_official("Hoàng Văn Thịnh")
    make_tenure(old, commune, make_position("Bí thư", rank=10), valid_until=REFORM)
    make_tenure(new, commune, make_position("Bí thư", rank=10), valid_from=REFORM)
    body = make_body(commune)
    for name, official, start, end in (("2020–2025", old, date(2020, 6, 1), REFORM), ("2025–2030", new, REFORM, None)):
        term = make_term(body, name, valid_from=start, valid_until=end)
        make_membership(term, official, role=f"Ủy viên khóa {name}")
    make_organization("Chi bộ thôn Mới", commune, valid_from=REFORM)
    return commune


def test_an_organization_on_a_day_before_is_all_of_that_day(client, user, merged):
    html = page(client, of(merged, EVE))
    assert "Danh bạ tính đến ngày <b>30/06/2025</b>" in html
    assert "<h1>Đảng bộ thị trấn Lạc Giang" in html
    assert "Đảng bộ huyện Lạc Giang</a>" in html
    for word in ("Mạc Đình Sơn", "Nhiệm kỳ 2020–2025", "Ủy viên khóa 2020–2025"):
        assert word in html
    for word in ("Đảng bộ xã Lạc Giang", "Hoàng Văn Thịnh", "2025–2030", "Chi bộ thôn Mới", "Kế thừa từ"):
        assert word not in html


def test_an_organization_today_tells_what_it_is_and_what_it_was(client, user, merged):
    html = page(client, of(merged))
    assert "(hôm nay)" in html
    assert "<h1>Đảng bộ xã Lạc Giang" in html
    for word in (
        "Hoàng Văn Thịnh", "Nhiệm kỳ 2025–2030", "Chi bộ thôn Mới", "Đảng bộ thị trấn Lạc Giang",
        "trước 01/07/2025", "Kế thừa từ", "Đảng bộ xã Bằng Khê",
    ):  # fmt: skip
        assert word in html
    assert "Mạc Đình Sơn" not in html


def test_links_keep_the_day(client, user, merged):
    main = page(client, of(merged, EVE)).split("<main")[1]
    links = [part.split('"')[0] for part in main.split('href="/danh-ba/')[1:]]
    assert links
    without = [link for link in links if "ngay=30/06/2025" not in link]
    assert without == [f"to-chuc/{merged.pk}/"]  # back to today


def test_before_it_was_founded_and_after_it_ended_a_page_says_so(client, user, province):
    commune = make_organization("Đảng bộ xã B", province, valid_from=REFORM)
    assert "chưa thành lập; thành lập ngày 01/07/2025" in page(client, of(commune, EVE))
    gone = make_organization("Đảng bộ xã A", province, valid_until=REFORM, successor=commune)
    html = page(client, of(gone))
    assert "đã kết thúc từ ngày 01/07/2025" in html
    assert f'<a href="{of(commune)}">Đảng bộ xã B</a>' in html


def test_the_superior_is_named_but_opens_only_for_who_may_see_it(client):
    province = make_organization("Đảng bộ tỉnh An Hà")
    commune = make_organization("Đảng bộ xã B", province)
    client.force_login(make_user((Function.OBSERVER, commune)))
    html = page(client, of(commune))
    assert "Đảng bộ tỉnh An Hà" in html
    assert f"mo={province.pk}" not in html


@pytest.mark.parametrize("written", ["32/13/2025", "hôm qua", "01/07/1899", "2025", "99999999999999"])
def test_a_day_that_is_none_is_told_and_kept_in_the_field(client, user, province, written):
    for address in (tree(ngay=written), of(province, f"?ngay={written}")):
        html = page(client, address, 422)
        assert "Chưa đọc được ngày" in html
        assert f'value="{written}"' in html
        assert 'aria-invalid="true"' in html


# A person


def test_a_person_has_a_career_of_posts_in_the_names_of_their_time(client, user, province):
    commune = make_organization("Đảng bộ xã Lạc Giang", province)
    make_former_name(commune, "Đảng bộ thị trấn Lạc Giang", until=REFORM)
    official = make_official("Mạc Đình Sơn", birth_year=1976)
    make_tenure(official, commune, valid_from=date(2020, 5, 1), valid_until=REFORM)
    make_tenure(official, commune, valid_from=REFORM)
    make_management(official, province)
    make_membership(make_term(make_body(province)), official)
    html = page(client, person(official))
    for word in (
        "Bí thư Đảng ủy thị trấn Lạc Giang", "Bí thư Đảng ủy xã Lạc Giang", "01/05/2020 – trước 01/07/2025",
        "01/07/2025 – nay", "1976", "Cấp ủy quản lý", "Đang giữ", "Ban Thường vụ 2025–2030", '<svg class="life',
    ):  # fmt: skip
        assert word in html
    before = page(client, person(official, EVE))
    assert "Bí thư Đảng ủy xã Lạc Giang" not in before
    assert "01/05/2020 – nay" in before
    assert "còn 1 chức vụ nữa" in before


def test_a_post_outside_the_scope_is_named_without_a_link(client, user, province):
    official = make_official()
    make_tenure(official, province)
    elsewhere = make_tenure(official, make_organization("Đảng bộ tỉnh Bắc Hà"), valid_from=LONG_AGO, valid_until=REFORM)
    html = page(client, person(official))
    assert "Bí thư Tỉnh ủy Bắc Hà" in html
    assert of(elsewhere.organization) not in html


@pytest.mark.parametrize(
    ("function", "sees"),
    [(Function.PRESIDER, True), (Function.OBSERVER, False), (Function.CLERK, False)],
)
def test_the_account_is_shown_only_to_who_may_see_accounts(client, province, function, sees):
    official = make_official(user=make_user(username="mac.dinh.son"))
    make_tenure(official, province)
    client.force_login(make_user((function, province)))
    assert ("mac.dinh.son" in page(client, person(official))) is sees


def test_a_person_without_posts_has_a_page_that_says_so(client, user, province):
    official = make_official()
    make_management(official, province)
    html = page(client, person(official))
    assert "Không giữ chức vụ nào" in html
    assert "chưa ghi chức vụ nào" in html


# The cost of pages, and what every page has


@pytest.mark.parametrize("rows", [2, 40])
def test_pages_cost_the_same_for_two_rows_and_for_forty(client, user, province, rows):
    official = make_official("Mạc Đình Sơn")
    term = make_term(make_body(province))
    for number in range(rows):
        each = make_official("Hoàng Văn Thịnh")
        make_tenure(each, province)
        make_membership(term, each)
        child = make_organization("Chi bộ thôn Mới", province)
        day = LONG_AGO + timedelta(days=number)
        make_tenure(official, child, valid_from=day, valid_until=day + timedelta(days=1))
    signed_in = 2  # session and user
    pages = {
        tree(): 6,
        tree(mo=province.pk): 8,
        tree(tim="chi bo"): 7,
        tree(tim="thinh", loai="can-bo"): 8,
        of(province): 19,
        person(official): 12,
    }
    client.get(tree())
    measured = {}
    for address in pages:
        with CaptureQueriesContext(connection) as done:
            page(client, address)
        measured[address] = len(done) - signed_in
    assert measured == pages


def test_every_page_is_plain_and_writes_nothing_inline(client, user, merged):
    official = merged.tenures.all()[0].official
    for address in (tree(), tree(tim="lac giang"), of(merged), person(official)):
        html = page(client, address)
        assert " · Đột Phá</title>" in html
        assert "style=" not in html
        assert "<script>" not in html
        assert "onclick" not in html


def test_today_is_the_day_of_the_office(client, user):
    assert f"{timezone.localdate():%d/%m/%Y}" in page(client, tree())
