"""Whom a row means: names as offices write them, names that repeat, names of before, and what is left to a person."""

import pytest

from dotpha.registration.exchange.matching import (
    BY_NAME,
    BY_POST,
    CODE,
    EXACT,
    FORMER,
    SHORT,
    WITHOUT_ACCENTS,
    Matching,
    Party,
)
from dotpha.rules.registration import Registration

COMMUNE, HAMLET, TOWN, OTHER = "Đảng bộ xã Bằng Khê", "Chi bộ thôn Hạ", "Đảng bộ thị trấn Hoà Lạc", "Đảng bộ xã Tân Lộc"


def organization(pk, name, **told):
    return Party(pk, False, name, organization=name, **told)


def person(pk, name, post="", organization=COMMUNE, code=""):
    return Party(pk, True, name, post, organization, code)


MATCHING = Matching(
    [
        organization(1, COMMUNE, code="TC01", former=("Đảng bộ xã Khê Hạ", COMMUNE)),
        organization(2, HAMLET, code="TC02"),
        organization(3, TOWN),
        organization(4, OTHER),
        organization(5, "Đảng bộ xã Lạc Giang"),
        organization(6, "Đảng bộ thị trấn Lạc Giang"),
        organization(7, "Chi bộ Trường THCS Bằng Khê"),
        organization(8, "Đảng bộ xã Đồng Vang"),
        organization(9, "Chi bộ xã Đồng Vang"),
        person(11, "Hoàng Văn Thịnh", "Bí thư Đảng ủy xã Bằng Khê", code="CB7"),
        person(12, "Nguyễn Văn Nam", "Bí thư Đảng ủy xã Bằng Khê"),
        person(13, "Nguyễn Văn Nam", "Phó Bí thư Đảng ủy xã Tân Lộc", OTHER),
        person(14, "Trịnh Thị Lụa", "Chủ tịch Ủy ban nhân dân xã Tân Lộc", OTHER),
        person(15, "Trịnh Thị Lua", "", OTHER),
    ]
)


def asked(owner, position="", *, individual=False, **other):
    return MATCHING.of(
        Registration(
            owner=owner,
            position=position,
            owner_type="individual" if individual else "organization",
            source={"other": other} if other else {},
        )
    )


@pytest.mark.parametrize(
    ("owner", "found", "how"),
    [
        ("Đảng bộ xã Bằng Khê", 1, EXACT),
        ("ĐẢNG ỦY XÃ BẰNG KHÊ", 1, EXACT),
        ("BCH Đảng bộ xã Bằng Khê", 1, EXACT),
        ("Ban Thường vụ Đảng ủy xã Bằng Khê", 1, EXACT),
        ("Chi ủy thôn Hạ", 2, EXACT),
        ("Đảng bộ thị trấn Hòa Lạc", 3, EXACT),  # tones set the old way
        ("Dang bo xa Bang Khe", 1, WITHOUT_ACCENTS),
        ("Đảng bộ xa Bang Khê", 1, WITHOUT_ACCENTS),
        ("Đảng ủy xã Khê Hạ", 1, FORMER),
        ("xã Bằng Khê", 1, SHORT),
        ("Bằng Khê", 1, SHORT),
        ("thôn Hạ", 2, SHORT),
        ("TC02", 2, CODE),
        ("tc01", 1, CODE),
    ],
)
def test_an_organization_is_known_by_the_names_offices_give_it(owner, found, how):
    answer = asked(owner)
    assert (answer.party, answer.how) == (found, how)


def test_decomposed_letters_are_the_same_name():
    import unicodedata

    assert asked(unicodedata.normalize("NFD", COMMUNE)).party == 1


@pytest.mark.parametrize(
    ("owner", "candidates"),
    [
        ("Đảng bộ xã Tân Lốc", 4),  # an accent that differs may be another place
        ("Đảng bộ xã Bằng Khuê", 1),
        ("Lạc Giang", 5),  # a commune and a town
    ],
)
def test_what_is_not_certain_is_asked_with_the_likely_ones_first(owner, candidates):
    answer = asked(owner)
    assert answer.party is None and answer.why
    assert answer.candidates[0] == candidates


def test_the_kind_of_organization_tells_two_of_one_place_apart():
    assert asked("Đảng ủy xã Đồng Vang").party == 8
    assert asked("Chi ủy xã Đồng Vang").party == 9
    assert set(asked("xã Đồng Vang").candidates) == {8, 9}


def test_a_row_without_an_owner_and_one_of_a_stranger_are_asked_about():
    assert asked("").why.startswith("Sổ không ghi")
    stranger = asked("Quỹ tín dụng Mường Xia")
    assert (stranger.party, stranger.candidates) == (None, ())


@pytest.mark.parametrize(
    ("owner", "position", "found"),
    [
        ("Hoàng Văn Thịnh", "", 11),
        ("Hoang Van Thinh", "Bí thư", 11),
        ("Nguyễn Văn Nam", "Bí thư Đảng ủy xã Bằng Khê", 12),
        ("Nguyễn Văn Nam", "Chủ tịch HĐND xã Tân Lộc", 13),
        ("Nguyễn Văn Nam", "Phó Bí thư", 13),
        ("Trịnh Thị Lụa", "", 14),
    ],
)
def test_a_person_is_known_by_name_post_and_organization(owner, position, found):
    answer = asked(owner, position, individual=True)
    assert (answer.party, answer.how) == (found, BY_NAME)


def test_a_name_two_people_bear_is_asked_about():
    assert asked("Nguyễn Văn Nam", individual=True).candidates == (12, 13)


def test_a_column_of_workplaces_tells_people_of_one_name_apart():
    assert asked("Nguyễn Văn Nam", individual=True, **{"Đơn vị công tác": "Đảng bộ xã Tân Lộc"}).party == 13


def test_a_person_of_the_right_name_at_another_place_is_asked_about():
    answer = asked("Hoàng Văn Thịnh", "Bí thư Đảng ủy xã Tân Lộc", individual=True)
    assert (answer.party, answer.candidates) == (None, (11,))


def test_a_person_named_by_post_or_code_alone_is_found():
    assert asked("Bí thư Đảng ủy xã Tân Lộc", individual=True).party is None
    by_post = asked("Chủ tịch Ủy ban nhân dân xã Tân Lộc", individual=True)
    assert (by_post.party, by_post.how) == (14, BY_POST)
    assert asked("CB7", individual=True).how == CODE
    assert asked("Người lạ", individual=True, **{"Mã cán bộ": "CB7"}).party == 11
