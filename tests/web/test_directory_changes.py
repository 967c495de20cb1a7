"""The forms that change the directory: what they write, what they leave in the trail, how they refuse."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function, Membership, Official, PartyOrganization, Tenure
from tests.makers_directory import (
    make_body,
    make_kind,
    make_membership,
    make_official,
    make_organization,
    make_position,
    make_tenure,
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


@pytest.fixture
def clerk(province, client):
    clerk = make_user((Function.CLERK, province))
    client.force_login(clerk)
    return clerk


def at(name, row):
    return reverse(f"directory-{name}", args=[row.pk])


def verbs():
    return [
        event.verb
        for event in AuditEvent.objects.filter(
            verb__regex="^(organization|official|tenure|membership|body|term|management)"
        )
    ]


def sent(client, address, status, **form):
    response = client.post(address, {"reason": REASON, **form})
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


@pytest.mark.usefixtures("clerk")
def test_an_organization_is_founded_below_another(client, commune):
    form = {"name": "Chi bộ thôn Mới", "code": "CB01", "kind": make_kind().pk, "from_day": DAY}
    sent(client, at("found", commune), 302, **form)
    made = PartyOrganization.objects.get(code="CB01")
    assert (made.name, made.parent, made.valid_from) == ("Chi bộ thôn Mới", commune, date(2025, 7, 1))
    assert verbs() == ["organization.founded"]
    html = sent(client, at("found", commune), 422, **form)
    assert "Mã “CB01” đã dùng" in html
    assert 'value="Chi bộ thôn Mới"' in html


@pytest.mark.usefixtures("clerk")
def test_an_organization_gets_a_new_name(client, commune):
    sent(client, at("rename", commune), 302, name="Đảng bộ xã Lạc Giang", from_day=DAY, version=commune.version)
    commune.refresh_from_db()
    assert commune.name == "Đảng bộ xã Lạc Giang"
    assert verbs() == ["organization.renamed"]
    html = client.get(reverse("directory-organization", args=[commune.pk])).content.decode()
    assert "Đã đổi tên thành Đảng bộ xã Lạc Giang." in html


@pytest.mark.usefixtures("clerk")
def test_the_second_of_two_is_told_what_changed_and_loses_nothing_typed(client, commune):
    seen = commune.version
    sent(client, at("rename", commune), 302, name="Đảng bộ xã Lạc Giang", from_day=DAY, version=seen)
    html = sent(client, at("rename", commune), 422, name="Đảng bộ xã Sông Lạc", from_day="02/07/2025", version=seen)
    assert "sau khi đồng chí mở trang" in html
    assert '<td data-label="Đồng chí ghi">Đảng bộ xã Sông Lạc</td><td data-label="Hiện nay">Đảng bộ xã Lạc' in html
    assert 'value="Đảng bộ xã Sông Lạc"' in html
    assert f'name="version" value="{seen + 1}"' in html
    sent(client, at("rename", commune), 302, name="Đảng bộ xã Sông Lạc", from_day="02/07/2025", version=seen + 1)


@pytest.mark.usefixtures("clerk")
def test_an_organization_is_moved_to_where_a_search_found(client, commune, province):
    district = make_organization("Đảng bộ huyện Lạc Giang", province)
    for number in range(12):
        make_organization(f"Đảng bộ huyện {number:02d}", province)
    address, version = at("move", commune), commune.version
    begun = client.get(address).content.decode()
    assert "Lạc Giang" not in begun
    assert "Còn nữa" in begun
    html = sent(client, address, 200, find="parent", find_parent="lac giang", from_day=DAY, version=version)
    assert "Đảng bộ huyện Lạc Giang" in html
    assert f'value="{REASON}"' in html
    assert verbs() == []
    sent(client, address, 302, parent=district.pk, from_day=DAY, version=version)
    commune.refresh_from_db()
    assert (commune.parent, verbs()) == (district, ["organization.moved"])


@pytest.mark.usefixtures("clerk")
def test_an_organization_ends_with_a_successor(client, commune, province):
    successor = make_organization("Đảng bộ xã Lạc Giang", province)
    make_organization("Chi bộ thôn Mới", commune, valid_until=date(2025, 1, 1))
    sent(client, at("end", commune), 302, on_day=DAY, successor=successor.pk, version=commune.version)
    commune.refresh_from_db()
    assert (commune.valid_until, commune.successor) == (date(2025, 7, 1), successor)
    assert verbs() == ["organization.ended"]


@pytest.mark.usefixtures("clerk")
def test_what_still_has_something_below_does_not_end(client, commune):
    make_organization("Chi bộ thôn Mới", commune)
    html = sent(client, at("end", commune), 422, on_day=DAY, successor="", version=commune.version)
    assert "Chi bộ thôn Mới" in html
    assert verbs() == []


@pytest.mark.usefixtures("clerk")
def test_organizations_found_one_after_the_other_are_merged_at_once(client, commune, province):
    first, second = (make_organization(f"Đảng bộ xã {name}", province) for name in ("Tân Lộc", "Xuân Quang"))
    cell = make_organization("Chi bộ thôn Mới", first)
    for number in range(12):
        make_organization(f"Chi bộ {number:02d}", province)
    html = sent(client, at("merge", commune), 200, find="organizations", find_organizations="tan loc", on_day=DAY)
    assert f'type="checkbox" name="organizations" value="{first.pk}"' in html
    ticked = {"organizations": [first.pk], "seen": f"{first.pk}:{first.version}", "on_day": DAY}
    html = sent(client, at("merge", commune), 200, find="organizations", find_organizations="xuan quang", **ticked)
    assert f'value="{first.pk}" checked' in html
    assert f'value="{second.pk}">' in html
    assert verbs() == []
    sent(client, at("merge", commune), 302, organizations=[first.pk, second.pk], on_day=DAY)
    for each in (first, second, cell):
        each.refresh_from_db()
    assert (first.successor, second.successor, cell.parent) == (commune, commune, commune)
    assert first.valid_until == date(2025, 7, 1)
    assert sorted(verbs()) == ["organization.merged", "organization.merged", "organization.moved"]


@pytest.mark.usefixtures("clerk")
def test_what_changed_since_it_was_ticked_is_not_merged_until_it_was_seen(client, commune, province):
    other = make_organization("Đảng bộ xã Tân Lộc", province)
    form = {"organizations": [other.pk], "seen": f"{other.pk}:{other.version}", "on_day": DAY}
    sent(client, at("rename", other), 302, name="Đảng bộ xã Tân Hòa", from_day="01/06/2025", version=other.version)
    html = sent(client, at("merge", commune), 422, **form)
    assert "sau khi đồng chí mở trang" in html
    assert f'value="{other.pk}" checked' in html
    assert f'value="{REASON}"' in html
    renewed = f"{other.pk}:{other.version + 1}"
    assert renewed in html
    sent(client, at("merge", commune), 302, **{**form, "seen": renewed})


@pytest.mark.usefixtures("clerk")
def test_an_organization_is_not_merged_into_itself(client, commune):
    for name in ("merge", "move", "end"):
        assert f'value="{commune.pk}">' not in client.get(at(name, commune)).content.decode()
    html = sent(client, at("merge", commune), 422, organizations=[commune.pk], on_day=DAY)
    assert "Đồng chí chọn ít nhất một tổ chức" in html
    assert verbs() == []


@pytest.mark.usefixtures("clerk")
def test_an_official_is_recorded_and_then_given_a_post(client, commune):
    form = {"full_name": "Hoàng Văn Thịnh", "code": "CB9", "birth_year": 1976, "is_party_member": "on", "from_day": DAY}
    response = client.post(at("record", commune), {"reason": REASON, **form})
    official = Official.objects.get(code="CB9")
    assert response["Location"] == f"{at('begin-tenure', commune)}?official={official.pk}"
    assert f'value="{official.pk}" checked' in client.get(response["Location"]).content.decode()
    position = make_position("Bí thư")
    sent(client, at("begin-tenure", commune), 302, official=official.pk, position=position.pk, from_day=DAY)
    assert Tenure.objects.get().official == official
    assert verbs() == ["tenure.began", "official.recorded"]


@pytest.mark.usefixtures("clerk")
def test_a_post_ends(client, commune):
    tenure = make_tenure(make_official(), commune)
    sent(client, at("end-tenure", tenure), 302, on_day=DAY)
    tenure.refresh_from_db()
    assert (tenure.valid_until, verbs()) == (date(2025, 7, 1), ["tenure.ended"])
    assert "đã" in sent(client, at("end-tenure", tenure), 422, on_day="02/07/2025")


@pytest.mark.usefixtures("clerk")
def test_a_member_comes_and_goes(client, commune):
    term = make_term(make_body(commune), valid_from=date(2025, 7, 1))
    official = make_tenure(make_official(), commune).official
    sent(client, at("begin-membership", term), 302, official=official.pk, role="Chủ nhiệm", order=1, from_day=DAY)
    seat = Membership.objects.get()
    assert (seat.role, seat.official) == ("Chủ nhiệm", official)
    sent(client, at("end-membership", seat), 302, on_day="01/01/2026")
    seat.refresh_from_db()
    assert (seat.valid_until, verbs()) == (date(2026, 1, 1), ["membership.ended", "membership.began"])


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("name", "form", "words"),
    [
        ("found", {"name": "", "code": "", "kind": "", "from_day": ""}, "Đồng chí ghi tên tổ chức."),
        ("rename", {"name": "Mới", "from_day": "hôm qua", "version": 1}, "Ngày chưa đọc được"),
        ("move", {"parent": 999999, "from_day": DAY, "version": 1}, "Đồng chí chọn một tổ chức"),
        ("end", {"on_day": "", "version": 1}, "Đồng chí ghi ngày."),
        ("record", {"full_name": "", "code": "x", "from_day": DAY}, "Đồng chí ghi họ và tên."),
        ("begin-tenure", {"official": "", "position": "", "from_day": DAY}, "Đồng chí chọn một cán bộ"),
        ("merge", {"organizations": [], "on_day": DAY}, "Đồng chí chọn ít nhất một tổ chức"),
        ("merge", {"organizations": [999999, "x"], "on_day": DAY}, "Đồng chí chọn ít nhất một tổ chức"),
        ("found-body", {"name": "", "kind": "", "from_day": DAY}, "Đồng chí ghi tên cơ quan."),
    ],
)
def test_what_is_missing_or_unreadable_is_said_at_its_field(client, commune, name, form, words):
    assert words in sent(client, at(name, commune), 422, **form)
    assert verbs() == []


def rows_of(organization):
    term = make_term(make_body(organization))
    return {
        **dict.fromkeys(
            ("found", "rename", "move", "merge", "end", "record", "begin-tenure", "found-body"), organization
        ),
        **dict.fromkeys(("begin-term", "end-body"), term.body),
        **dict.fromkeys(("correct", "manage"), make_tenure(make_official(), organization).official),
        "begin-membership": term,
        "end-term": term,
        "end-membership": make_membership(term),
        "end-tenure": make_tenure(make_official(), organization),
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_only_look_is_refused_and_a_stranger_finds_nothing(client, commune, method):
    observer = make_user((Function.OBSERVER, commune))
    stranger = make_user((Function.CLERK, make_organization("Đảng bộ tỉnh Bắc Hà")))
    for name, row in rows_of(commune).items():
        for user, status in ((observer, 403), (stranger, 404)):
            client.force_login(user)
            assert getattr(client, method)(at(name, row)).status_code == status, name
    assert verbs() == []


def test_nobody_moves_an_organization_to_where_he_may_change_nothing(client, commune):
    other = make_organization("Đảng bộ tỉnh Bắc Hà")
    client.force_login(make_user((Function.CLERK, commune), (Function.OBSERVER, other)))
    html = sent(client, at("move", commune), 422, parent=other.pk, from_day=DAY, version=commune.version)
    assert "Bắc Hà" not in html.split("<form")[-1]


@pytest.mark.usefixtures("clerk")
def test_fields_that_are_not_asked_for_are_not_written(client, commune, province):
    sent(
        client, at("rename", commune), 302, name="Tên mới", from_day=DAY, version=commune.version,
        parent="", code="XX", path="000000001", organization=province.pk, by=1,
    )  # fmt: skip
    commune.refresh_from_db()
    assert (commune.parent, commune.code == "XX", province.name) == (province, False, "Đảng bộ tỉnh An Hà")


def test_the_buttons_are_there_only_for_who_may_and_only_for_today(client, commune):
    tenure = make_tenure(make_official(), commune)
    address = reverse("directory-organization", args=[commune.pk])
    for function, query, is_there in (
        (Function.CLERK, "", True), (Function.OBSERVER, "", False), (Function.CLERK, "?ngay=01/01/2024", False),
    ):  # fmt: skip
        client.force_login(make_user((function, commune)))
        html = client.get(address + query).content.decode()
        assert (at("rename", commune) in html) is is_there
        assert (at("end-tenure", tenure) in html) is is_there


@pytest.mark.usefixtures("clerk")
def test_a_form_begins_with_today(client, commune):
    html = client.get(at("rename", commune)).content.decode()
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in html
    assert 'value="Đảng bộ xã Bằng Khê"' in html


def first_button(html):
    """What the Enter key presses in the form."""
    return html.partition('<form class="card change"')[2].partition("<button")[2].partition(">")[0]


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize("name", ["end", "move", "merge", "begin-tenure"])
def test_the_enter_key_only_looks_where_somebody_is_looked_for(client, commune, name):
    assert 'name="find"' in first_button(client.get(at(name, commune)).content.decode())
    before = AuditEvent.objects.count()
    html = sent(client, at(name, commune), 200, find="", find_successor="x", on_day=DAY, version=commune.version)
    assert f'value="{REASON}"' in html
    assert AuditEvent.objects.count() == before


@pytest.mark.usefixtures("clerk")
def test_the_enter_key_writes_where_nobody_is_looked_for(client, commune):
    assert "name=" not in first_button(client.get(at("rename", commune)).content.decode())
