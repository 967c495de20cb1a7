"""The history of a task and two versions side by side: words, figures, who, when, why, what the machine said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dotpha.appraisal import actions as appraisal
from dotpha.directory.models import Function
from dotpha.registration import actions
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.content import Content
from tests.makers_directory import NOON, make_official, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db

CHANGES = (
    {"deadline": "30/06/2023", "situation": "Đến nay đã thi công được khoảng 85% khối lượng."},
    {"milestones": [["quý II/2023", "Thông xe"]]},
)


@pytest.fixture
def secretary(registrant):
    return make_user((Function.REGISTRANT, registrant.organization), first_name="Hoàng Văn Thịnh")


@pytest.fixture
def registrant():
    return make_registrant(make_campaign())


@pytest.fixture
def board(registrant):
    return make_user((Function.APPRAISER, registrant.campaign.organization))


def sent(registrant, by, versions=1):
    """Sent, taken back, changed and sent again, as often as asked."""
    task = make_task(registrant, ROAD)
    appraisal.receive(task=task, version=task.version, by=by, at=NOON)
    said = dict(ROAD)
    for change in CHANGES[: versions - 1]:
        said |= change
        task = taken_back(task, by)
        task = actions.save_draft(task=task, version=task.version, content=Content.from_json(said), by=by, at=NOON)
        appraisal.receive(task=task, version=task.version, by=by, at=NOON, reason=f"Sửa {', '.join(change)}")
    task.refresh_from_db()
    return task


def taken_back(task, by):
    task.refresh_from_db()
    return appraisal.release(task=task, version=task.version, reason="Sửa lại", by=by, at=NOON)


def page(client, user, task, query="", status=200):
    client.force_login(user)
    response = client.get(reverse("task-versions", args=[task.pk]) + query)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def compared(html):
    return html.split('class="compare"')[1]


def test_every_version_is_told_with_who_when_and_why(client, registrant, secretary, board):
    html = page(client, board, sent(registrant, secretary, 2))
    history = html.split('class="history-of-task"')[1].split("</ol>")[0]
    assert history.index("Phiên bản 2") < history.index("Phiên bản 1")
    assert "12:00 15/03/2027" in history
    assert "Hoàng Văn Thịnh" in history
    assert "Lý do gửi lại:</span> <bdi>Sửa deadline, situation</bdi>" in history


def test_words_and_figures_that_changed_are_marked_on_their_side(client, registrant, secretary, board):
    html = compared(page(client, board, sent(registrant, secretary, 2)))
    assert "<del><bdi>70</bdi></del>% khối lượng." in html
    assert "<ins><bdi>85</bdi></ins>% khối lượng." in html
    assert "tăng 15 điểm phần trăm" in html
    assert "muộn hơn 181 ngày" in html
    assert "Giữ nguyên 8 mục" in html


def test_the_last_two_are_compared_unless_others_are_asked_for(client, registrant, secretary, board):
    task = sent(registrant, secretary, 3)
    html = compared(page(client, board, task))
    assert "Phiên bản 2 và phiên bản 3" in html
    assert "Thông xe" in html
    assert "điểm phần trăm" not in html
    html = compared(page(client, board, task, "?tu=1&den=3"))
    assert "Thông xe" in html
    assert "điểm phần trăm" in html


@pytest.mark.parametrize("query", ["?tu=3&den=1", "?tu=1&den=3"])
def test_the_older_stands_left_however_they_are_asked(client, registrant, secretary, board, query):
    assert "Phiên bản 1 và phiên bản 3" in compared(page(client, board, sent(registrant, secretary, 3), query))


@pytest.mark.parametrize("query", ["?tu=9&den=x", "?tu=2&den=2", "?tu=&den=-1", "?tu=nhap&den=1"])
def test_what_is_not_there_to_compare_counts_as_not_asked(client, registrant, secretary, board, query):
    assert "Phiên bản 1 và phiên bản 2" in compared(page(client, board, sent(registrant, secretary, 2), query))


def test_its_writer_sees_what_the_draft_changes_and_nobody_else_does(client, registrant, secretary, board):
    task = taken_back(sent(registrant, secretary), secretary)
    said = Content.from_json(ROAD | {"products": "Bốn km đường"})
    actions.save_draft(task=task, version=task.version, content=said, by=secretary, at=NOON)
    html = compared(page(client, secretary, task))
    assert "Phiên bản 1 và bản đang soạn" in html
    assert "<ins><bdi>Bốn" in html
    for query in ("", "?tu=1&den=nhap"):
        html = page(client, board, task, query)
        assert "Bốn" not in html
        assert "Mới có một phiên bản" in html


def test_a_draft_names_the_collective_task_as_it_was_sent_not_as_it_is_rewritten(client, registrant):
    collective = make_task(registrant, {"title": "Tên đã gửi"}, state=TaskState.WITHDRAWN)
    user = make_user()
    own = make_registrant(registrant.campaign, registrant.organization, make_official("Nguyễn Mạnh Tường", user=user))
    task = make_task(own, ROAD | {"responsible": "Tường"}, state=TaskState.WITHDRAWN)
    BreakthroughTask.objects.filter(pk=collective.pk).update(title="Tên đang viết lại")
    said = Content.from_json(task.content | {"supports": collective.pk})
    actions.save_draft(task=task, version=task.version, content=said, by=user, at=NOON)
    html = page(client, user, task)
    assert "Tên đã gửi" in compared(html)
    assert "đang viết lại" not in html


def test_one_version_has_nothing_to_be_compared_with(client, registrant, secretary, board):
    assert "Mới có một phiên bản" in page(client, board, sent(registrant, secretary))
    draft = make_task(registrant)
    assert "chưa gửi lần nào" in page(client, secretary, draft)


def test_a_sheet_sent_again_unchanged_says_so(client, registrant, secretary, board):
    task = taken_back(sent(registrant, secretary), secretary)
    appraisal.receive(task=task, version=task.version, by=secretary, at=NOON, reason="Gửi lại nguyên")
    assert "Hai bản này không khác nhau chữ nào" in page(client, board, task)


def test_what_the_machine_said_of_each_version_stays_beside_it(client, registrant, secretary, board):
    task = sent(registrant, secretary, 2)
    first = task.versions.get(number=1).screenings.get()
    again = appraisal.screen_version(version=task.current, at=NOON)
    html = page(client, board, task).split('class="history-of-task"')[1]
    assert html.count("Máy rà soát, tính đến") == 2
    assert html.count("Trước đó:") == 1
    assert first.engine_version in html
    assert again.get_verdict_display() in html


@pytest.mark.slow
def test_the_history_costs_the_same_however_long_it_is(client, registrant, secretary, board):
    counts = []
    for task in (sent(registrant, secretary, 2), sent(registrant, secretary, 3)):
        page(client, board, task)
        with CaptureQueriesContext(connection) as queries:
            page(client, board, task)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_discarded_keeps_its_history_for_its_writer(client, registrant, secretary, board):
    task = sent(registrant, secretary, 2)
    BreakthroughTask.objects.filter(pk=task.pk).update(state=TaskState.DISCARDED)
    assert "Phiên bản 2" in page(client, secretary, task)
    page(client, board, task, status=404)
