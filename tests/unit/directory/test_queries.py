"""The directory as it was: names, places, posts and bodies at the edge of every period."""

from datetime import date, timedelta

import pytest

from dotpha.directory import queries
from dotpha.directory.models import Function
from tests.makers_directory import (
    DAY,
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
EVE = REFORM - timedelta(days=1)


@pytest.fixture
def province():
    return make_organization("Đảng bộ tỉnh An Hà")


@pytest.fixture
def user(province):
    return make_user((Function.OBSERVER, province))


def ended(organization, day, successor=None):
    """As the deed does it: the organization, its name and its place end on one day."""
    organization.names.filter(valid_until=None).update(valid_until=day)
    organization.placements.filter(valid_until=None).update(valid_until=day)
    organization.valid_until, organization.successor = day, successor
    organization.save()
    return organization


def names(found):
    return [each.name_then for each in found]


def on(user, organization, day):
    return queries.organizations(user, day=day, on=DAY).get(pk=organization.pk)


# Names and places at every edge


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (LONG_AGO - timedelta(days=1), "Đảng bộ xã Lạc Giang"),  # before there was any: the name of now
        (LONG_AGO, "Đảng bộ thị trấn Lạc Giang"),
        (EVE, "Đảng bộ thị trấn Lạc Giang"),
        (REFORM, "Đảng bộ xã Lạc Giang"),
        (DAY, "Đảng bộ xã Lạc Giang"),
    ],
)
def test_a_renamed_organization_has_the_name_of_the_day(user, province, day, name):
    organization = make_organization("Đảng bộ xã Lạc Giang", province)
    make_former_name(organization, "Đảng bộ thị trấn Lạc Giang", until=REFORM)
    assert on(user, organization, day).name_then == name


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (LONG_AGO - timedelta(days=1), (False, True)),
        (LONG_AGO, (False, False)),
        (EVE, (False, False)),
        (REFORM, (True, False)),
    ],
)
def test_an_organization_is_there_from_its_first_day_until_the_day_it_no_longer_holds(user, province, day, state):
    organization = ended(make_organization("Đảng bộ huyện Lạc Giang", province), REFORM)
    found = on(user, organization, day)
    assert (found.is_ended, found.is_future) == state


@pytest.mark.parametrize(("day", "under"), [(LONG_AGO, "huyện"), (EVE, "huyện"), (REFORM, "tỉnh"), (DAY, "tỉnh")])
def test_a_moved_organization_stands_where_it_stood_that_day(user, province, day, under):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    commune = make_organization("Đảng bộ xã Tân Lộc", province)
    make_former_parent(commune, district, until=REFORM)

    superior = district if under == "huyện" else province
    other = province if under == "huyện" else district
    assert commune in queries.children(user, superior, day=day, on=DAY)
    assert commune not in queries.children(user, other, day=day, on=DAY)
    above = [province, district] if under == "huyện" else [province]
    assert queries.ancestors(commune, day=day) == above


def test_before_it_was_founded_an_organization_stands_nowhere(user, province):
    commune = make_organization("Đảng bộ xã Lạc Giang", province, valid_from=REFORM)
    assert queries.ancestors(commune, day=EVE) == []
    assert list(queries.children(user, province, day=EVE, on=DAY)) == []
    assert list(queries.children(user, province, day=REFORM, on=DAY)) == [commune]


def test_when_the_district_level_ended_its_communes_stand_under_the_province_and_the_merged_ones_keep_their_place(
    user, province
):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    old = [make_organization(f"Đảng bộ xã {name}", district) for name in ("Tân Lộc", "Bằng Khê")]
    new = make_organization("Đảng bộ xã Lạc Giang", province, valid_from=REFORM)
    for each in (*old, district):
        ended(each, REFORM, new)

    def below(superior, day):
        return [(each.name_then, each.is_ended) for each in queries.children(user, superior, day=day, on=DAY)]

    assert below(province, EVE) == [("Đảng bộ huyện Lạc Giang", False)]
    assert below(district, EVE) == [("Đảng bộ xã Bằng Khê", False), ("Đảng bộ xã Tân Lộc", False)]
    assert below(province, REFORM) == [("Đảng bộ xã Lạc Giang", False), ("Đảng bộ huyện Lạc Giang", True)]
    assert below(district, REFORM) == [("Đảng bộ xã Bằng Khê", True), ("Đảng bộ xã Tân Lộc", True)]
    assert list(queries.predecessors(new, day=REFORM)) == [district, old[1], old[0]]
    assert list(queries.predecessors(new, day=EVE)) == []
    assert names(queries.ancestors(old[0], day=REFORM)) == ["Đảng bộ tỉnh An Hà", "Đảng bộ huyện Lạc Giang"]


def test_an_ended_organization_stays_where_it_ended_even_when_its_rows_were_left_open(user, province):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    district.valid_until = REFORM
    district.save()
    assert [each.is_ended for each in queries.children(user, province, day=REFORM, on=DAY)] == [True]


def test_children_come_in_vietnamese_order_with_what_is_below_and_who_is_in_post(user, province):
    for name in ("Đảng bộ xã Đồng Vang", "Đảng bộ xã Bằng Khê", "Đảng bộ xã Bản Cỏi"):
        make_organization(name, province)
    valley = province.children.get(name="Đảng bộ xã Đồng Vang")
    cell = make_organization("Chi bộ thôn Mới", valley)
    ended(make_organization("Chi bộ thôn Cũ", valley), REFORM)
    official = make_official()
    make_tenure(official, valley)
    make_tenure(official, valley, make_position("Chủ tịch HĐND"))
    make_tenure(make_official(), valley, valid_until=REFORM)
    make_tenure(make_official(), cell)

    found = list(queries.children(user, province, day=DAY, on=DAY))

    assert names(found) == ["Đảng bộ xã Bản Cỏi", "Đảng bộ xã Bằng Khê", "Đảng bộ xã Đồng Vang"]
    assert [each.child_count for each in found] == [0, 0, 1]
    assert [each.has_children for each in found] == [False, False, True]
    assert [each.in_post for each in found] == [0, 0, 1]


def test_names_and_places_are_told_newest_first_with_the_name_the_superior_had(province):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    make_former_name(district, "Đảng bộ huyện Sông Lạc", until=date(2018, 1, 1))
    commune = make_organization("Đảng bộ xã Tân Lộc", province)
    make_former_parent(commune, district, until=REFORM)
    make_former_name(commune, "Đảng bộ xã Tân Hòa", until=date(2020, 1, 1))

    assert [each.name for each in queries.names_of(commune, day=DAY)] == ["Đảng bộ xã Tân Lộc", "Đảng bộ xã Tân Hòa"]
    assert [each.name for each in queries.names_of(commune, day=date(2019, 1, 1))] == ["Đảng bộ xã Tân Hòa"]
    assert [each.parent_name for each in queries.places_of(commune, day=DAY)] == [
        "Đảng bộ tỉnh An Hà",
        "Đảng bộ huyện Sông Lạc",
    ]


# Where the tree begins


def test_the_tree_begins_at_the_highest_organizations_of_the_persons_grants(province):
    commune = make_organization("Đảng bộ xã Tân Lộc", province)
    other = make_organization("Đảng bộ tỉnh Bắc Hà")
    person = make_user((Function.CLERK, commune), (Function.OBSERVER, province), (Function.OBSERVER, other))
    assert names(queries.roots(person, day=DAY, on=DAY)) == ["Đảng bộ tỉnh An Hà", "Đảng bộ tỉnh Bắc Hà"]
    assert list(queries.roots(make_user(), day=DAY, on=DAY)) == []


def test_what_left_the_scope_is_not_seen_even_on_a_day_it_was_there():
    mine, other = make_organization("Đảng bộ huyện A"), make_organization("Đảng bộ huyện B")
    moved = make_organization("Đảng bộ xã Tân Lộc", other)
    make_former_parent(moved, mine, until=REFORM)
    person = make_user((Function.OBSERVER, mine))
    assert list(queries.children(person, mine, day=EVE, on=DAY)) == []


# Search


@pytest.mark.parametrize("words", ["bang khe", "Bằng Khê", "khe bang", "BANG  KHE", "xa bang k", "tc-077", "tan hoa"])
def test_an_organization_is_found_without_accents_by_names_of_now_and_before_and_by_code(user, province, words):
    organization = make_organization("Đảng bộ xã Bằng Khê", province, code="TC-077")
    make_former_name(organization, "Đảng bộ xã Tân Hòa", until=date(2020, 1, 1))
    make_organization("Đảng bộ xã Đồng Vang", province)
    found = queries.organizations_found(user, words, day=DAY, on=DAY)
    assert list(found) == [organization]
    assert queries.keys_found(found, words) == [organization.pk]


def test_the_found_tell_where_they_stood_and_what_they_were_called_that_day(user, province):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    commune = make_organization("Đảng bộ xã Bằng Khê", province)
    make_former_parent(commune, district, until=REFORM)
    make_former_name(commune, "Đảng bộ xã Tân Hòa", until=REFORM)

    def told(day):
        [found] = queries.organizations_found(user, "bang khe", day=day, on=DAY)
        return found.name_then, found.parent_name

    assert told(EVE) == ("Đảng bộ xã Tân Hòa", "Đảng bộ huyện Lạc Giang")
    assert told(REFORM) == ("Đảng bộ xã Bằng Khê", "Đảng bộ tỉnh An Hà")


@pytest.mark.parametrize("words", ["hoang van thinh", "thịnh hoàng", "cb-9"])
def test_people_are_found_without_accents_in_the_order_of_given_names(user, province, words):
    found = make_official("Hoàng Văn Thịnh", code="CB-9")
    make_tenure(found, province)
    for name in ("Vũ Đức Mạnh", "Hoàng Thị Mẩy"):
        make_tenure(make_official(name), province)
    assert list(queries.officials_found(user, words, on=DAY)) == [found]
    everybody = queries.officials_found(user, "", on=DAY)
    assert [each.full_name for each in everybody] == ["Vũ Đức Mạnh", "Hoàng Thị Mẩy", "Hoàng Văn Thịnh"]


def test_a_search_finds_nothing_outside_the_scope(province):
    make_tenure(make_official("Hoàng Văn Thịnh"), province)
    stranger = make_user((Function.OBSERVER, make_organization("Đảng bộ tỉnh Bắc Hà")))
    assert list(queries.officials_found(stranger, "thinh", on=DAY)) == []
    assert list(queries.organizations_found(stranger, "an ha", day=DAY, on=DAY)) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Chi bộ Trường THCS Lạc Giang (cơ sở 2)", "thcs 2)"),
        ("Văn phòng HĐND – UBND", "hdnd ubnd"),
        ("Chi bộ TX.Đồng-Vang", "tx"),
        ("Công ty A&B", "a&b"),
        ("Chi bộ 30/4", "30/4"),
        ("Chi bộ 30/4", "30"),
        ("Chi bộ dự án www.lac-giang.vn/cho", "www"),
        ("Chi bộ 1,5 km", "1"),
    ],
)
def test_signs_in_names_hide_nothing_from_the_index_of_words(user, province, name, words):
    organization = make_organization(name, province)
    found = queries.organizations_found(user, words, day=DAY, on=DAY)
    assert list(found) == [organization]
    assert queries.keys_found(found, words) == [organization.pk]


def test_a_search_in_a_wide_scope_finds_the_same_people_as_in_a_narrow_one(user, province, monkeypatch):
    commune = make_organization("Đảng bộ xã Tân Lộc", province)
    inside, managed, outside = (make_official("Hoàng Văn Thịnh") for _ in range(3))
    make_tenure(inside, commune)
    make_management(managed, commune)
    make_tenure(outside, make_organization("Đảng bộ tỉnh Bắc Hà"))
    narrow = list(queries.officials_found(user, "thinh", on=DAY))
    monkeypatch.setattr(queries, "NARROW", 1)
    wide = list(queries.officials_found(user, "thinh", on=DAY))
    assert narrow == wide == [inside, managed]


def test_a_search_counts_no_further_than_it_tells(user, province, monkeypatch):
    for _ in range(3):
        make_organization("Chi bộ thôn Mới", province)
    found = queries.organizations_found(user, "chi bo", day=DAY, on=DAY)
    assert str(queries.counted(found)) == "3"
    monkeypatch.setattr(queries, "COUNTED", 2)
    assert str(queries.counted(found)) == "hơn 2"


# Posts, bodies, careers


@pytest.mark.parametrize(
    ("day", "post"),
    [
        (date(2020, 4, 30), ""),
        (date(2020, 5, 1), "Bí thư Đảng ủy xã Bằng Khê"),
        (EVE, "Bí thư Đảng ủy xã Bằng Khê"),
        (REFORM, "Phó Chủ tịch HĐND xã Lạc Giang"),
    ],
)
def test_a_person_acts_in_the_highest_post_of_the_day(day, post):
    user = make_user()
    official = make_official(user=user)
    old, new = make_organization("Đảng bộ xã Bằng Khê"), make_organization("Đảng bộ xã Lạc Giang")
    make_tenure(official, old, make_position("Bí thư", rank=10), valid_until=REFORM)
    make_tenure(official, old, make_position("Ủy viên", rank=50), valid_until=REFORM)
    make_tenure(official, new, make_position("Phó Chủ tịch HĐND", rank=30), valid_from=REFORM)
    assert queries.post_of(user, on=day) == post


def test_who_holds_no_post_acts_in_none_at_the_cost_of_one_statement(django_assert_num_queries):
    user = make_user()
    with django_assert_num_queries(1):
        assert queries.post_of(user, on=DAY) == ""


def test_main_posts_name_the_highest_of_each(province):
    official, idle = make_official(), make_official()
    make_tenure(official, province, make_position("Ủy viên", rank=50))
    make_tenure(official, province, make_position("Bí thư", rank=10))
    assert queries.main_posts([official, idle], day=DAY) == {official.pk: "Bí thư Tỉnh ủy An Hà"}


def test_people_in_post_come_by_rank_at_the_edges_of_their_time(province):
    chief = make_tenure(make_official("Phạm Đăng Quyết"), province, make_position("Bí thư", rank=1), valid_until=REFORM)
    deputy = make_tenure(make_official("Trần Thị Hạnh"), province, make_position("Phó Bí thư", rank=2))
    assert list(queries.in_post(province, day=EVE)) == [chief, deputy]
    assert list(queries.in_post(province, day=REFORM)) == [deputy]


def test_a_body_shows_the_term_of_the_day_and_who_sat_in_it(province):
    body = make_body(province)
    old = make_term(body, "2020–2025", valid_from=date(2020, 6, 1), valid_until=REFORM)
    new = make_term(body, "2025–2030", valid_from=REFORM)
    second = make_membership(old, make_official("Lê Hữu Trọng"), order=2)
    first = make_membership(old, make_official("Vũ Hoài Nam"), order=1, valid_until=REFORM)
    make_membership(new)
    make_body(province, "Ban Dân vận", valid_until=date(2025, 2, 3))

    def shown(day):
        return [
            (each.name, [(term.name, term.members_then) for term in each.terms_then])
            for each in queries.bodies(province, day=day)
        ]

    assert shown(EVE) == [("Ban Thường vụ", [("2020–2025", [first, second])])]
    assert shown(REFORM)[0][1][0][0] == "2025–2030"
    assert [name for name, _ in shown(date(2025, 2, 2))] == ["Ban Dân vận", "Ban Thường vụ"]
    assert [name for name, _ in shown(date(2025, 2, 3))] == ["Ban Thường vụ"]


def test_a_career_tells_what_was_begun_by_the_day_under_the_names_of_that_time(province):
    commune = make_organization("Đảng bộ xã Lạc Giang", province)
    make_former_name(commune, "Đảng bộ thị trấn Lạc Giang", until=REFORM)
    official = make_official()
    old = make_tenure(official, commune, valid_from=date(2020, 5, 1), valid_until=REFORM)
    new = make_tenure(official, province, make_position("Phó Bí thư", rank=20), valid_from=REFORM)

    def told(day):
        return [(each, each.organization_name, each.is_held) for each in queries.career(official, day=day)]

    assert told(date(2020, 4, 30)) == []
    assert told(EVE) == [(old, "Đảng bộ thị trấn Lạc Giang", True)]
    assert told(DAY) == [(new, "Đảng bộ tỉnh An Hà", True), (old, "Đảng bộ thị trấn Lạc Giang", False)]
    assert (queries.later_posts(official, day=EVE), queries.later_posts(official, day=DAY)) == (1, 0)


def test_the_committee_that_manages_a_cadre_is_that_of_the_day(province):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    official = make_official()
    make_management(official, district, valid_until=REFORM)
    make_management(official, province, valid_from=REFORM)
    before, after = queries.managed_by(official, day=EVE), queries.managed_by(official, day=REFORM)
    assert before is not None
    assert after is not None
    assert (before.organization, after.organization) == (district, province)
    assert queries.managed_by(official, day=LONG_AGO - timedelta(days=1)) is None


def test_memberships_tell_the_body_and_whether_they_hold(province):
    official = make_official()
    term = make_term(make_body(province), valid_from=REFORM)
    make_membership(term, official, valid_until=DAY)
    [before] = queries.memberships(official, day=REFORM)
    [after] = queries.memberships(official, day=DAY)
    assert (before.organization_name, before.is_held, after.is_held) == ("Đảng bộ tỉnh An Hà", True, False)


# The cost of lists


@pytest.mark.parametrize("rows", [2, 40])
def test_lists_cost_the_same_for_two_rows_and_for_forty(user, province, rows, django_assert_num_queries):
    body = make_body(province)
    term = make_term(body, valid_from=LONG_AGO)
    for _ in range(rows):
        official = make_official()
        make_tenure(official, province)
        make_membership(term, official)
        make_organization("Chi bộ thôn Mới", province)
    everybody = list(queries.officials_found(user, "", on=DAY))
    cell = province.children.first()
    reads = {
        "roots": (2, lambda: queries.roots(user, day=DAY, on=DAY)),  # grants, and the list
        "children": (2, lambda: queries.children(user, province, day=DAY, on=DAY)),
        "organizations_found": (2, lambda: queries.organizations_found(user, "chi bo", day=DAY, on=DAY)),
        "officials_found": (3, lambda: queries.officials_found(user, "hoang", on=DAY)),  # and how wide the scope is
        "visible_among": (2, lambda: queries.visible_among(user, [each.pk for each in everybody], on=DAY)),
        "main_posts": (1, lambda: queries.main_posts(everybody, day=DAY)),
        "in_post": (1, lambda: queries.in_post(province, day=DAY)),
        "bodies": (3, lambda: queries.bodies(province, day=DAY)),
        "ancestors": (2, lambda: queries.ancestors(cell, day=DAY)),
    }
    for statements, read in reads.values():
        with django_assert_num_queries(statements):
            assert len(list(read())) >= 1
