"""The list of a campaign's tasks: who sees which, filters, pages, and that it asks the same of many as of few."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dotpha.directory.models import Function
from dotpha.directory.queries import COUNTED
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.queries import listing
from dotpha.registration.queries.listing import Asked
from dotpha.registration.workflow import TaskState
from tests.makers_directory import DAY, make_official, make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign(make_organization("Đảng bộ huyện Lạc Giang"))


@pytest.fixture
def commune(campaign):
    return make_registrant(campaign, make_organization("Đảng bộ xã Bằng Khê", campaign.organization))


@pytest.fixture
def board(campaign):
    return make_user((Function.APPRAISER, campaign.organization))


def page(client, user, campaign, query="", status=200, **headers):
    client.force_login(user)
    response = client.get(reverse("tasks", args=[campaign.pk]) + query, headers=headers)
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


def shown(client, user, campaign, query=""):
    """Titles in order."""
    client.force_login(user)
    response = client.get(reverse("tasks", args=[campaign.pk]) + query)
    return [line.title for line in response.context["lines"]]


def sent(registrant, title, **fields):
    return make_task(registrant, {"title": title}, **{"state": TaskState.SUBMITTED} | fields)


def person_of(registrant, name="Trịnh Thị Lụa", **fields):
    official = make_official(name, **fields)
    return make_registrant(registrant.campaign, registrant.organization, official, branch=registrant.branch)


# Who sees which


def test_nobody_reads_the_list_without_signing_in(client, campaign):
    assert client.get(reverse("tasks", args=[campaign.pk]))["Location"].startswith("/tai-khoan/")


def test_a_campaign_one_does_not_see_is_not_there(client, campaign):
    elsewhere = make_user((Function.APPRAISER, make_organization("Đảng bộ huyện bên")))
    page(client, elsewhere, campaign, status=404)


def test_a_registrant_sees_his_drafts_and_what_was_sent_where_he_works(client, campaign, commune, board):
    beside = make_registrant(campaign, make_organization("Đảng bộ xã Tân Lộc", campaign.organization))
    make_task(commune, {"title": "Nháp của xã"})
    sent(commune, "Đã gửi của xã")
    sent(beside, "Đã gửi của xã bên")
    secretary = make_user((Function.REGISTRANT, commune.organization))
    assert shown(client, secretary, campaign) == ["Nháp của xã", "Đã gửi của xã"]
    assert shown(client, board, campaign) == ["Đã gửi của xã", "Đã gửi của xã bên"]
    assert "chỉ người soạn thấy" in page(client, secretary, campaign)


def test_what_is_being_rewritten_is_called_by_what_was_sent(client, campaign, commune, board):
    task = sent(commune, "Tên đã gửi", state=TaskState.WITHDRAWN)
    BreakthroughTask.objects.filter(pk=task.pk).update(title="Tên nháp", search_key=" ten nhap")
    assert shown(client, board, campaign) == ["Tên đã gửi"]
    assert shown(client, board, campaign, "?tim=nhap") == [], "the words of a draft find it for its writer alone"
    secretary = make_user((Function.REGISTRANT, commune.organization))
    assert shown(client, secretary, campaign, "?tim=nhap") == ["Tên nháp"]


@pytest.fixture
def everything(campaign, commune):
    """Tasks in every state, of a collective, of a person with an account and of one without; in two branches."""
    beside = make_registrant(campaign, make_organization("Đảng bộ xã Tân Lộc", campaign.organization))
    with_account = person_of(commune, user=make_user())
    owners = [commune, beside, with_account, person_of(beside, "Vi Thị Én")]
    for owner, state in itertools.product(owners, TaskState):
        make_task(owner, {"title": f"{owner} {state}"}, state=state)
    given_up = sent(commune, "Đã gửi rồi bỏ")
    BreakthroughTask.objects.filter(pk=given_up.pk).update(state=TaskState.DISCARDED)
    return owners


@pytest.mark.slow
@pytest.mark.parametrize(
    ("narrow", "few"), [(0, -1), (2_000, -1), (2_000, 50)], ids=["among many", "among some", "among few"]
)
def test_the_list_holds_exactly_what_the_policy_lets_one_read(monkeypatch, campaign, everything, narrow, few):
    monkeypatch.setattr(listing, "GATHERED", narrow)
    monkeypatch.setattr(listing, "FEW", few)
    commune, beside, with_account, _ = everything
    whole, part = campaign.organization, commune.organization
    users = [make_user((function, place)) for function in Function for place in (whole, part)]
    users += [make_user(), with_account.official.user, make_user(is_active=False)]
    users += [make_user((Function.REGISTRANT, part), (Function.OBSERVER, beside.organization))]
    for user in users:
        visible = set(policy.tasks_visible_to(user, on=DAY).filter(campaign=campaign).values_list("pk", flat=True))
        given_up = Asked(state=TaskState.DISCARDED)
        listed = {
            pk
            for asked in (Asked(), given_up)
            for pk in listing.tasks(user, campaign, asked, on=DAY).matching.values_list("pk", flat=True)
        }
        assert listed == visible, list(user.grants.values_list("function", flat=True))


# Filters


@pytest.mark.slow
def test_filters_narrow_and_say_how_to_widen_again(client, campaign, commune, board):
    place = make_organization("Đảng bộ xã Tân Lộc", campaign.organization)
    other = make_registrant(campaign, place, search_key=place.search_key)
    sent(commune, "Một")
    sent(person_of(commune), "Hai")
    sent(other, "Ba", state=TaskState.WITHDRAWN)
    late = sent(other, "Bốn")
    BreakthroughTask.objects.filter(pk=late.pk).update(is_late=True)
    for query, titles in {
        "?trang-thai=da-rut": ["Ba"],
        "?ben=ca-nhan": ["Hai"],
        "?ben=tap-the": ["Một", "Ba", "Bốn"],
        f"?nhanh={other.branch_id}": ["Ba", "Bốn"],
        "?cham=1": ["Bốn"],
        "?tim=bang+khe": ["Một"],
        "?tim=LỘC": ["Ba", "Bốn"],
        "?tim=trinh+lua&ben=ca-nhan": ["Hai"],
        "?cham=1&ben=ca-nhan": [],
        "?trang-thai=la&ben=x&nhanh=9e9&cham=2": ["Một", "Hai", "Ba", "Bốn"],
    }.items():
        assert shown(client, board, campaign, query) == titles, query
    assert "Bỏ lọc" in page(client, board, campaign, "?cham=1")
    assert "Không có nhiệm vụ nào hợp điều kiện lọc" in page(client, board, campaign, "?cham=1&ben=ca-nhan")


def test_an_empty_list_says_how_tasks_get_here(client, campaign, board):
    assert "Nhiệm vụ hiện ra ở đây khi bên đăng ký gửi lên cấp ủy" in page(client, board, campaign)


def test_branches_are_offered_as_far_as_one_reads(client, campaign, commune, board):
    make_registrant(campaign, make_organization("Đảng bộ xã Tân Lộc", campaign.organization))
    assert "Đảng bộ xã Tân Lộc</option>" in page(client, board, campaign)
    assert 'id="nhanh"' not in page(client, make_user((Function.OBSERVER, commune.organization)), campaign)


def test_a_filter_fetches_the_list_alone(client, campaign, commune, board):
    sent(commune, "Một")
    fragment = page(client, board, campaign, "?tim=mot", **{"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "Một" in fragment
    assert "<html" not in fragment


# Order, pages, cost


def many(registrant, count):
    return [sent(registrant, f"Việc {number:03d}") for number in range(1, count + 1)]


def test_tasks_stand_in_the_order_of_organizations_then_of_their_numbers(client, campaign, commune, board):
    later = make_registrant(campaign, make_organization("Đảng bộ xã Tân Lộc", campaign.organization))
    sent(later, "Ba")
    sent(commune, "Một")
    sent(commune, "Hai")
    assert shown(client, board, campaign) == ["Một", "Hai", "Ba"]


@pytest.mark.slow
def test_fifty_stand_on_a_page_and_what_is_not_counted_is_still_reached(client, campaign, commune, board, monkeypatch):
    tasks = many(commune, 110)
    assert shown(client, board, campaign)[-1] == "Việc 050"
    assert shown(client, board, campaign, "?trang=3") == [f"Việc {number}" for number in range(101, 111)]
    assert shown(client, board, campaign, "?trang=99") == shown(client, board, campaign, "?trang=3")
    monkeypatch.setattr(listing, "COUNTED", 50)
    assert COUNTED > 50
    html = page(client, board, campaign)
    assert f"sau={tasks[49].number}" in html, "the numbered pages end here; the list goes on"
    beyond = page(client, board, campaign, f"?sau={tasks[49].number}")
    assert "Việc 051" in beyond
    assert "Việc 050" not in beyond
    assert f"sau={tasks[99].number}" in beyond
    last = page(client, board, campaign, f"?sau={tasks[99].number}")
    assert "Việc 110" in last
    assert "tiếp theo" not in last
    assert "Về đầu danh sách" in last


def test_what_stands_behind_a_task_is_of_the_same_filter_and_order(client, campaign, commune, board):
    later = make_registrant(campaign, make_organization("Đảng bộ xã Tân Lộc", campaign.organization))
    first = sent(later, "Ba")
    second = sent(commune, "Một")
    sent(commune, "Hai")
    assert shown(client, board, campaign, f"?sau={second.number}") == ["Hai", "Ba"]
    assert shown(client, board, campaign, f"?sau={first.number}") == []
    assert shown(client, board, campaign, "?sau=987654") == ["Một", "Hai", "Ba"]


@pytest.mark.slow
def test_a_long_list_costs_as_many_statements_as_a_short_one(client, campaign, commune, board):
    counts = []
    for number in (2, 50):
        many(commune, number)
        page(client, board, campaign)
        with CaptureQueriesContext(connection) as queries:
            page(client, board, campaign)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("asked", [Asked(), Asked(words="bang khe"), Asked(is_late=True), Asked(is_individual=True)])
def test_the_order_is_read_from_an_index_and_sheets_are_not(monkeypatch, campaign, commune, board, asked):
    monkeypatch.setattr(listing, "FEW", -1)
    found = listing.tasks(board, campaign, asked, on=DAY).matching.order_by("order_key", "number")
    plan = found.values_list("pk", flat=True)[:51].explain()
    if connection.vendor == "sqlite":
        assert "COVERING INDEX task_" in plan
        assert "ORDER BY" not in plan, "it would be sorted"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'registration_breakthroughtask'")
            assert {"task_order", "task_of_state", "task_words"} <= {name for (name,) in cursor.fetchall()}
