"""Sơ đồ cá nhân – tập thể: both directions of what is not tied as it should be, and who sees it."""

import pytest

from dotpha.directory.models import Function
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_links import DUMPING, LANDFILL, OFFICE, Linked, make_person, make_sent
from tests.makers_registration import make_registrant, make_task

pytestmark = pytest.mark.django_db
QUERIES = 21


@pytest.fixture
def linked(client) -> Linked:
    world = Linked.make()
    client.force_login(world.clerk)
    return world


def page(client, linked: Linked, **query: object) -> str:
    response = client.get(f"/dot-dang-ky/{linked.campaign.pk}/so-do/", query)
    assert response.status_code == 200
    return str(response.content.decode())


def maps(client, linked: Linked, **query: object) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each collective task of the page with (title, tie) of what is tied to it."""
    response = client.get(f"/dot-dang-ky/{linked.campaign.pk}/so-do/", query)
    return [
        (group.collective.title if group.collective else "", [(each.title, each.tie) for each in group.individuals])
        for each, _ in response.context["maps"]
        for group in each.groups
    ]


def test_each_collective_task_stands_with_what_is_tied_to_it(client, linked) -> None:
    assert maps(client, linked) == [
        (linked.landfill.title, [(linked.fits.title, "fits"), (linked.unfit.title, "mistied")]),
        (linked.market.title, []),
        ("", [(linked.untied.title, "untied")]),
    ]


def test_both_directions_are_counted(client, linked) -> None:
    html = page(client, linked)
    assert "2 nhiệm vụ tập thể, 3 nhiệm vụ cá nhân" in html
    assert "<b>1</b> nhiệm vụ tập thể chưa ai đảm nhận" in html
    assert "<b>1</b> nhiệm vụ cá nhân chưa gắn với nhiệm vụ tập thể nào" in html
    assert "<b>1</b> nhiệm vụ cá nhân gắn chưa khớp" in html


def test_a_state_has_a_line_and_words_never_colour_alone(client, linked) -> None:
    html = page(client, linked)
    assert html.count('class="map-line map-line-fits" d="M393') == 1
    assert html.count('class="map-line map-line-mistied" d="M393') == 1
    assert "Chưa ai đảm nhận" in html
    assert "Chưa gắn: chưa chọn nhiệm vụ tập thể nào của đợt" in html
    assert f"Gắn chưa khớp. Chưa thấy nội dung này phục vụ nhiệm vụ của tập thể “{linked.landfill.title}”" in html


def test_every_task_leads_to_its_page(client, linked) -> None:
    html = page(client, linked)
    for task in (linked.landfill, linked.market, linked.fits, linked.unfit, linked.untied):
        assert f'href="/nhiem-vu/{task.pk}/"' in html


@pytest.mark.parametrize(
    ("only", "shown"),
    [
        ("chua-ai-dam-nhan", [("market", [])]),
        ("chua-gan", [("", [("untied", "untied")])]),
        ("chua-khop", [("landfill", [("unfit", "mistied")])]),
    ],
)
def test_each_is_found_by_its_filter(client, linked, only, shown) -> None:
    titles = {
        name: getattr(linked, name).title if name else "" for name in ("", "market", "landfill", "unfit", "untied")
    }
    expected = [(titles[left], [(titles[right], tie) for right, tie in rights]) for left, rights in shown]
    assert maps(client, linked, loc=only) == expected


def test_a_task_tied_to_another_branch_is_shown_at_both_ends(client, linked) -> None:
    stray = make_person(linked.campaign, linked.other, "Vũ Đức Mạnh", DUMPING | {"title": "Chở rác"}, linked.market)
    found = maps(client, linked)
    assert (linked.market.title, [(stray.title, "mistied")]) in found  # in the commune that did not ask for it
    assert found[0] == (linked.market.title, [(stray.title, "mistied")])  # and in one's own
    html = page(client, linked)
    assert "Chưa ai đảm nhận: việc gắn vào đây chưa khớp" in html
    assert "Gắn chưa khớp: nhiệm vụ tập thể ấy của tổ chức khác" in html
    assert "Vũ Đức Mạnh, Công chức xã (Đảng bộ xã Đồng Vang)" in html


def test_a_task_tied_to_one_that_was_taken_back_is_told(client, linked) -> None:
    BreakthroughTask.objects.filter(pk=linked.landfill.pk).update(state=TaskState.WITHDRAWN)
    assert maps(client, linked)[1] == (
        linked.landfill.title,
        [(linked.fits.title, "mistied"), (linked.unfit.title, "mistied")],
    )
    assert "nhiệm vụ tập thể ấy hiện không ở trong số đã gửi" in page(client, linked)


def test_a_task_that_writes_a_name_and_chooses_none_is_untied_and_says_the_name(client, linked) -> None:
    make_person(linked.campaign, linked.commune, "Tạ Hồng Quân", OFFICE | {"parent_title": "Xã sạch"})
    assert "Chưa gắn: mới ghi tên, chưa chọn nhiệm vụ tập thể nào của đợt (“Xã sạch”)" in page(client, linked)


def test_who_reads_one_commune_sees_its_tasks_alone(client, linked) -> None:
    make_sent(make_registrant(linked.campaign, linked.other), LANDFILL | {"title": "Việc của xã bên"})
    clerk = make_user((Function.CLERK, linked.other))
    client.force_login(clerk)
    assert maps(client, linked) == [("Việc của xã bên", [])]


def test_a_collective_task_one_may_not_read_is_named_without_a_link(client, linked) -> None:
    """A person without a function reads his own task alone."""
    user = make_user()
    linked.unfit.official.user = user
    linked.unfit.official.save(update_fields=["user"])
    client.force_login(user)
    html = page(client, linked)
    assert maps(client, linked) == [(linked.landfill.title, [(linked.unfit.title, "mistied")])]
    assert f'href="/nhiem-vu/{linked.landfill.pk}/"' not in html


def test_a_draft_is_told_to_who_writes_it_alone(client, linked) -> None:
    writer = make_user()
    make_task(make_registrant(linked.campaign, linked.commune, make_official("Lò Văn Chung", user=writer)))
    assert "đang soạn, chưa gửi" not in page(client, linked)
    client.force_login(writer)
    html = page(client, linked)
    assert "1 nhiệm vụ đang soạn, chưa gửi" in html
    assert "Chưa có nhiệm vụ nào gửi trong đợt này." in html


def test_who_has_nothing_to_do_with_the_campaign_finds_no_map(client, linked) -> None:
    client.force_login(make_user((Function.CLERK, make_organization("Đảng bộ huyện bên"))))
    assert client.get(f"/dot-dang-ky/{linked.campaign.pk}/so-do/").status_code == 404


@pytest.mark.slow
def test_a_branch_or_an_organization_is_chosen(client, linked) -> None:
    make_sent(make_registrant(linked.campaign, linked.other), LANDFILL | {"title": "Việc của xã bên"})
    assert maps(client, linked, nhanh=linked.other.pk) == [("Việc của xã bên", [])]
    assert maps(client, linked, to_chuc=linked.other.pk) == [("Việc của xã bên", [])]
    assert maps(client, linked, tim="dong vang") == [("Việc của xã bên", [])]
    assert "1 nhiệm vụ tập thể, 0 nhiệm vụ cá nhân" in page(client, linked, tim="dong vang")


def test_what_cannot_be_read_in_the_address_is_not_asked(client, linked) -> None:
    everything = maps(client, linked)
    assert maps(client, linked, nhanh="x", to_chuc="-1", loc="gi-do", trang="0", xem="?") == everything


def test_nothing_found_leads_back_to_the_whole(client, linked) -> None:
    html = page(client, linked, tim="khong co")
    assert "Không có nhiệm vụ đã gửi nào hợp điều kiện" in html
    assert f'href="/dot-dang-ky/{linked.campaign.pk}/so-do/">xem cả đợt</a>' in html


def test_the_same_is_said_in_a_table(client, linked) -> None:
    html = page(client, linked, xem="bang")
    assert '<svg class="map"' not in html
    assert "map-table-shown" in html
    assert html.count('<th scope="row">') == 4  # three people's tasks, one collective task without any


def test_titles_are_shown_as_text(client, linked) -> None:
    make_sent(make_registrant(linked.campaign, linked.other), {"title": '<script>alert("1")</script>'})
    html = page(client, linked)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(&quot;1&quot;)" in html


@pytest.mark.slow
def test_a_very_large_organization_is_cut_and_says_so(client, linked, monkeypatch) -> None:
    monkeypatch.setattr("dotpha.interfaces.web.task_map.reading.MOST", 1)
    html = page(client, linked)
    assert [title for title, _ in maps(client, linked)] == [linked.landfill.title, linked.market.title][:1]
    assert "Xem riêng tổ chức này" in html
    assert len(maps(client, linked, to_chuc=linked.commune.pk)) == 3


@pytest.mark.slow
def test_a_page_has_ten_organizations(client, linked) -> None:
    for number in range(10):
        organization = make_organization(f"Chi bộ {number:02d}", linked.campaign.organization)
        make_task(make_registrant(linked.campaign, organization), state=TaskState.SUBMITTED)
    assert "<b>11</b> tổ chức, trang 1 trên 2" in page(client, linked)
    assert [title for title, _ in maps(client, linked, trang=2)][0] == linked.landfill.title


@pytest.mark.slow
def test_two_organizations_or_nine_cost_the_same_queries(client, linked, django_assert_num_queries) -> None:
    def grow(*numbers: int) -> None:
        for number in numbers:
            organization = make_organization(f"Đảng bộ xã thứ {number}", linked.campaign.organization)
            task = make_task(make_registrant(linked.campaign, organization), LANDFILL, state=TaskState.SUBMITTED)
            person = make_registrant(linked.campaign, organization, make_official())
            make_task(person, OFFICE | {"supports": task.pk}, state=TaskState.SUBMITTED)

    page(client, linked)  # the first page of a session notes when it was
    grow(1)
    with django_assert_num_queries(QUERIES):
        page(client, linked)
    grow(*range(2, 9))
    with django_assert_num_queries(QUERIES):
        page(client, linked)
