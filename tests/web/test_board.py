"""The board of a campaign: charts, filters, list, pages; what leaves it and what comes back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dotpha.appraisal import queries
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.queries import Matching, Wanted
from dotpha.directory.models import Function
from dotpha.rules.screening.result import Verdict
from tests.makers_appraisal import MARKET, MARKET_TOO, make_board, make_received
from tests.makers_directory import make_user
from tests.makers_registration import ROAD, make_campaign

pytestmark = pytest.mark.django_db
ALL, ANY = Wanted(), Matching({Verdict.ROUTINE: 200})
EVERYTHING = Wanted(
    verdict="routine", unmet="schedule", reason="leap", missing=(1, 6), is_individual=False,
    has_duplicates=True,
)  # fmt: skip


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def appraiser(campaign, client):
    user = make_user((Function.APPRAISER, campaign.organization))
    client.force_login(user)
    return user


def page(client, campaign, rest="", **headers):
    response = client.get(f"/dot-dang-ky/{campaign.pk}/ra-soat/{rest}", headers=headers)
    return response, response.content.decode()


def titles(html):
    return re.findall(r"<a href=\"[^\"]*/ra-soat/\d+/[^\"]*\"><bdi>([^<]+)</bdi></a>", html)


def test_an_empty_board_says_what_will_be_here(client, campaign, appraiser):
    response, html = page(client, campaign)
    assert response.status_code == 200
    assert "Chưa có nhiệm vụ nào trên bảng" in html


def test_the_board_puts_every_task_under_its_verdict(client, campaign, appraiser):
    make_board(campaign, 6)
    _, html = page(client, campaign)
    columns = html.split('class="column-head"')[1:]
    assert [titles(column) for column in columns] == [
        ["Việc thứ 1", "Việc thứ 4"], ["Việc thứ 2", "Việc thứ 5"], ["Việc thứ 3", "Việc thứ 6"],
    ]  # fmt: skip
    assert "Nhận định về 6 nhiệm vụ" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nhan-dinh=routine", [3, 6]),
        ("ben-dang-ky=individual", [4]),
        ("chua-dat=schedule", [3, 6]),
        ("do-ro=0", [1, 4]),
        ("do-ro=1", [2, 5]),
        ("do-ro=2", [3, 6]),
        ("do-ro=thieu", [2, 3, 5, 6]),
        ("can-cu=leap", [1, 4]),
        ("tim=viec+thu+5", [5]),
        ("tim=VIỆC+thứ+5", [5]),
        ("nhan-dinh=routine&tim=6", [6]),
        ("nhan-dinh=nonsense&nhanh=x&gan-giong=khong&trang=x", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_filters_keep_what_they_name(client, campaign, appraiser, query, found):
    make_board(campaign, 6)
    _, html = page(client, campaign, f"?xem=danh-sach&{query}")
    assert titles(html) == [f"Việc thứ {n}" for n in found]
    assert f"<b>{len(found)}</b> nhiệm vụ" in html


def test_a_branch_is_a_filter_and_a_row_of_the_counts(client, campaign, appraiser):
    tasks = make_board(campaign, 7)
    _, html = page(client, campaign, f"?xem=danh-sach&nhan-dinh=breakthrough&nhanh={tasks[0].organization_id}")
    assert titles(html) == ["Việc thứ 1", "Việc thứ 4", "Việc thứ 7"]
    assert "Đảng bộ xã số 0 (3)" in html
    assert f'href="?nhanh={tasks[0].organization_id}"><bdi>Đảng bộ xã số 0</bdi>' in html


def test_what_has_near_duplicates_can_be_asked_for(client, campaign, appraiser):
    make_received(campaign, ROAD)
    make_received(campaign, MARKET, name="Đảng bộ xã Đồng Vang")
    make_received(campaign, MARKET_TOO, name="Đảng bộ xã Tân Lộc")
    _, html = page(client, campaign, "?xem=danh-sach&gan-giong=co")
    assert sorted(titles(html)) == sorted([MARKET["title"], MARKET_TOO["title"]])
    assert "gần giống 1 việc khác" in html


def test_a_filter_without_result_says_so_and_leads_back(client, campaign, appraiser):
    make_board(campaign, 2)
    _, html = page(client, campaign, "?tim=khong-co")
    assert "Không có nhiệm vụ nào hợp điều kiện lọc" in html


def test_htmx_gets_the_list_alone(client, campaign, appraiser):
    make_board(campaign, 2)
    _, html = page(client, campaign, "?tim=viec", **{"HX-Request-Type": "partial"})
    assert html.strip().startswith('<div id="board">')


@pytest.mark.slow
def test_fifty_a_page_and_the_filter_stays_in_the_links(client, campaign, appraiser):
    make_board(campaign, 120)
    _, html = page(client, campaign, "?xem=danh-sach&tim=viec&trang=3")
    assert titles(html) == [f"Việc thứ {n}" for n in range(101, 121)]
    assert 'href="?tim=viec&amp;xem=danh-sach&amp;trang=2"' in html
    assert titles(page(client, campaign, "?xem=danh-sach&trang=99")[1])[0] == "Việc thứ 101"
    found = [titles(page(client, campaign, f"?xem=danh-sach&ben-dang-ky=organization&trang={n}")[1]) for n in (1, 2)]
    assert found[0] + found[1] == [f"Việc thứ {n}" for n in range(1, 121) if n % 4]


def test_on_paper_a_page_of_the_board_says_its_day_and_that_it_is_not_all(client, campaign, appraiser):
    make_board(campaign, 52)
    for query, told in (("", "50 trong 52"), ("?trang=2", "2 trong 52")):
        html = page(client, campaign, query)[1]
        assert f'<p class="print-only quiet">Bảng rà soát, in ngày {timezone.localdate():%d/%m/%Y}.</p>' in html
        assert f"trên 2 của bảng: {told} nhiệm vụ, chưa phải tất cả." in html
    assert "chưa phải tất cả" not in page(client, campaign, "?tim=viec+thu+52")[1]


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?nhan-dinh=routine&chua-dat=schedule", "?tim=viec", "?nhanh={branch}"])
def test_the_board_asks_as_much_of_two_as_of_forty(client, campaign, appraiser, query):
    other = make_campaign(campaign.organization, title="Đợt nhỏ")
    page(client, other)  # who the person is has been asked
    sizes = {}
    for each, count in ((other, 3), (campaign, 40)):
        branch = make_board(each, count)[0].organization_id
        with CaptureQueriesContext(connection) as asked:
            page(client, each, query.format(branch=branch))
        sizes[count] = len(asked)
    assert sizes[3] == sizes[40]


def plan_of(sql, *, words):
    """How the database would answer. Of an empty table all ways cost alike: PostgreSQL is left only the way of many,
    which for words is the bitmap of an index of words."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "indexscan" if words else "bitmapscan", "sort", "incremental_sort", "hashagg"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {sql}")
        return [str(row[-1]) for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("screening_counts", lambda board: queries.groups(board)),
        ("screening_branches", lambda board: queries.groups(board, branch=1)),
        ("screening_branches", queries.by_branch),
        ("screening_words", lambda board: queries.matching(board, Wanted(words="chợ cóc", reason="leap"), [])),
        ("screening_order", lambda board: queries.page(board, ALL, ANY, start=50, end=100)),
        ("screening_order", lambda board: queries.page(board, ALL, ANY, start=150, end=200)),
        ("screening_order", lambda board: queries.page(board, EVERYTHING, ANY, start=50, end=100)),
    ],
)
def test_counts_and_lists_are_read_from_their_indexes(campaign, index, ask):
    board, words = ScreeningResult.objects.shown().filter(campaign=campaign), index == "screening_words"
    if (
        words and connection.vendor == "postgresql"
    ):  # of an empty table any index is as cheap: only that of words is left
        board = ScreeningResult.objects.all()
    with CaptureQueriesContext(connection) as asked:
        ask(board)
    plan = plan_of(asked[0]["sql"], words=words)
    if connection.vendor == "postgresql":  # keys stand in every index of SQLite, in PostgreSQL's only where named
        used = rf"Index (Only )?Scan (Backward )?(using|on) {index} "
        assert any(re.search(used, step) for step in plan), plan
        assert not any("Sort" in step for step in plan), plan
    else:
        assert len(plan) == 1, plan
        assert f"COVERING INDEX {index} " in plan[0]
