"""One task to read: the sheet as sent, who sees a draft, what the machine said, where it came from, whom it serves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dotpha.appraisal import actions as appraisal
from dotpha.directory.models import Function
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import CampaignState, TaskState
from tests.makers_appraisal import MARKET, MARKET_TOO, make_received
from tests.makers_directory import NOON, make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def registrant(campaign):
    return make_registrant(campaign)


@pytest.fixture
def secretary(registrant):
    return make_user((Function.REGISTRANT, registrant.organization))


@pytest.fixture
def board(campaign):
    return make_user((Function.APPRAISER, campaign.organization))


def page(client, user, task, status=200, query="", name="task"):
    client.force_login(user)
    response = client.get(reverse(name, args=[task.pk]) + query)
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


def screened(task):
    appraisal.screen_version(version=task.current, at=NOON)
    return task


def rewritten(task, **said):
    """A task that was taken back, with another draft."""
    BreakthroughTask.objects.filter(pk=task.pk).update(
        state=TaskState.WITHDRAWN, content=task.content | said, title=said.get("title", task.title)
    )
    task.refresh_from_db()
    return task


# Who reads what


def test_nobody_reads_a_task_without_signing_in(client, registrant):
    task = make_task(registrant, state=TaskState.SUBMITTED)
    for name in ("task", "task-versions"):
        assert client.get(reverse(name, args=[task.pk]))["Location"].startswith("/tai-khoan/")


def test_a_draft_is_its_writer_s_alone(client, registrant, secretary, board):
    task = make_task(registrant, ROAD)
    assert "chỉ người soạn thấy" in page(client, secretary, task)
    page(client, board, task, 404)
    page(client, board, task, 404, name="task-versions")


def test_what_is_sent_is_read_by_the_committee_and_by_nobody_beside(client, registrant, board):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    assert ROAD["title"] in page(client, board, task)
    elsewhere = make_user((Function.APPRAISER, make_organization("Đảng bộ huyện bên")))
    page(client, elsewhere, task, 404)


def test_while_it_is_rewritten_others_read_what_was_sent_and_not_a_word_of_the_draft(
    client, registrant, secretary, board
):
    task = rewritten(make_task(registrant, ROAD, state=TaskState.SUBMITTED), title="Tên mới", situation="Lời nháp")
    for name in ("task", "task-versions"):
        html = page(client, board, task, name=name)
        assert ROAD["title"] in html
        assert "Lời nháp" not in html
        assert "Tên mới" not in html
        assert "Đã rút lại để sửa" in html
    html = page(client, secretary, task)
    assert "Lời nháp" in html
    assert "Cấp ủy đang đọc" in html


def test_a_task_given_up_is_no_longer_read_by_the_committee(client, registrant, secretary, board):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    BreakthroughTask.objects.filter(pk=task.pk).update(state=TaskState.DISCARDED)
    page(client, board, task, 404)
    html = page(client, secretary, task)
    assert "Đã bỏ" in html
    assert "Soạn tiếp" not in html


# The sheet


def test_the_sheet_has_the_sections_and_labels_the_campaign_has_pinned(client, board):
    form = [{"title": "Việc của xã", "fields": [
        {"name": "title", "label": "Đột phá gì", "kind": "line", "need": "required"},
        {"name": "products", "label": "Làm xong có gì", "kind": "text", "need": "expected"},
    ]}]  # fmt: skip
    campaign = make_campaign(make_organization("Đảng bộ thành phố"), form=form)
    task = make_task(make_registrant(campaign), ROAD, state=TaskState.SUBMITTED)
    html = page(client, make_user((Function.OBSERVER, campaign.organization)), task)
    assert html.index("Việc của xã") < html.index("Đột phá gì") < html.index("Làm xong có gì")
    assert html.index("Ghi thêm ngoài mẫu") < html.index(ROAD["situation"]), "nothing that was sent is hidden"


def test_an_empty_field_is_told_quietly(client, registrant, board):
    html = page(client, board, make_task(registrant, state=TaskState.SUBMITTED))
    assert '<dt>Sản phẩm</dt> <dd><span class="quiet">chưa ghi</span></dd>' in html
    assert "Đã làm những gì mà chưa xong" not in html, "it is asked for a ground that was not chosen"


def test_figures_milestones_and_duties_are_laid_out(client, registrant, board):
    html = page(client, board, make_task(registrant, ROAD, state=TaskState.SUBMITTED))
    for words in ("Khối lượng thi công đường trục xã", "Hiện trạng:", "30/09/2021", "đôn đốc nhà thầu hằng tuần"):
        assert words in html


def test_what_was_typed_is_shown_and_never_obeyed(client, registrant, board):
    task = make_task(registrant, {"title": "<b>Đường</b>", "description": "<script>x</script>"}, state="submitted")
    html = page(client, board, task)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
    assert "&lt;b&gt;Đường" in html


def test_who_sent_which_version_when_in_which_post_and_that_it_was_late_are_told(client, secretary, board):
    campaign = make_campaign(make_organization("Huyện"), closes_on=NOON.date().replace(month=1, day=31))
    registrant = make_registrant(campaign)
    by = make_user((Function.REGISTRANT, registrant.organization), first_name="Hoàng Văn Thịnh")
    task = make_task(registrant, ROAD)
    appraisal.receive(task=task, version=task.version, by=by, at=NOON)
    html = page(client, by, task)
    assert "Phiên bản 1, gửi lúc 12:00 15/03/2027; người gửi: <bdi>Hoàng Văn Thịnh</bdi>" in html
    assert "Gửi chậm" in html


def test_an_earlier_version_is_read_whole_and_says_that_it_is_not_the_last(client, registrant, board):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    task.versions.create(number=2, title="Bản hai", content={"title": "Bản hai"}, owner="x", submitted_at=NOON)
    BreakthroughTask.objects.filter(pk=task.pk).update(current=task.versions.get(number=2))
    assert "không phải bản gửi gần nhất" in page(client, board, task, query="?ban=1")
    assert "không phải bản gửi gần nhất" not in page(client, board, task)
    page(client, board, task, 404, query="?ban=3")


# Screening


def test_the_version_sent_stands_beside_what_the_machine_said(client, registrant, board):
    html = page(client, board, screened(make_task(registrant, ROAD, state=TaskState.SUBMITTED)))
    for words in ("Máy rà soát nhận định", "Mức độ rõ", "So với đà hiện nay", "kết luận là của cấp ủy"):
        assert words in html
    assert "<svg" in html.split("So với đà hiện nay")[1]


def test_who_may_not_read_a_near_duplicate_is_not_told_its_name(client, campaign, board):
    other = make_received(campaign, MARKET, name="Đảng bộ xã Đồng Vang")
    task = make_received(campaign, MARKET_TOO)
    html = page(client, make_user((Function.REGISTRANT, task.organization)), task)
    assert "Gần trùng với bản một nhiệm vụ ngoài phạm vi đồng chí được xem" in html
    assert f"“{other.title}”" not in html
    assert f"Gần trùng với bản “{other.title}”" in page(client, board, task)


def test_a_draft_has_no_verdict_on_its_page(client, registrant, secretary):
    assert "Máy rà soát nhận định" not in page(client, secretary, make_task(registrant, ROAD))


# Buttons


@pytest.mark.parametrize(
    ("state", "campaign_state", "offered"),
    [
        (TaskState.DRAFT, CampaignState.OPEN, {"Soạn tiếp", "Gửi đăng ký", "Bỏ"}),
        (TaskState.WITHDRAWN, CampaignState.OPEN, {"Soạn tiếp", "Gửi đăng ký", "Bỏ"}),
        (TaskState.SUBMITTED, CampaignState.OPEN, {"Rút lại để sửa"}),
        (TaskState.SUBMITTED, CampaignState.CLOSED, set()),
        (TaskState.DRAFT, CampaignState.CLOSED, set()),
        (TaskState.DISCARDED, CampaignState.OPEN, set()),
    ],
)
def test_what_can_be_done_follows_the_state(client, campaign, registrant, secretary, state, campaign_state, offered):
    task = make_task(registrant, ROAD, state=state)
    campaign.state = campaign_state
    campaign.save(update_fields=["state"])
    html = page(client, secretary, task)
    buttons = html.split('class="actions"')[1].split("</div>")[0]
    assert {
        each for each in ("Soạn tiếp", "Gửi đăng ký", "Bỏ", "Rút lại để sửa") if f">{each}</a>" in buttons
    } == offered
    assert ("không sửa, gửi hay rút lại được" in html) == (campaign_state is CampaignState.CLOSED)


def test_who_only_reads_is_offered_no_change(client, registrant, board):
    html = page(client, board, make_task(registrant, ROAD, state=TaskState.SUBMITTED))
    assert "Rút lại để sửa" not in html
    assert "Phiếu Word" in html


# Where it came from, whom it serves


def test_a_copy_of_last_year_s_task_says_so_and_what_stayed_the_same(client, campaign, registrant, secretary):
    before = make_campaign(campaign.organization, year=2026)
    earlier = make_task(make_registrant(before, registrant.organization), ROAD, state=TaskState.SUBMITTED)
    copied = make_task(registrant, ROAD | {"deadline": "31/12/2027"}, copied_from=earlier)
    html = page(client, secretary, copied).split('class="card copied"')[1].split("</section>")[0]
    assert reverse("task", args=[earlier.pk]) in html
    assert "Giữ nguyên như năm trước: Tên nhiệm vụ đột phá; Nội dung, giải pháp chủ yếu; Hiện trạng" in html
    assert "Đã khác: Thời hạn hoàn thành." in html


@pytest.fixture
def collective(registrant):
    return make_task(registrant, ROAD, state=TaskState.SUBMITTED)


def individual(registrant, collective, name="Trịnh Thị Lụa", **fields):
    person = make_official(name, user=make_user())
    own = make_registrant(registrant.campaign, registrant.organization, person)
    said = {"title": f"Vận động hộ hiến đất: {name}", "supports": collective.pk}
    return make_task(own, said, **{"state": TaskState.SUBMITTED} | fields)


def test_an_individual_s_task_and_the_collective_one_it_serves_lead_to_each_other(
    client, registrant, collective, board
):
    task = individual(registrant, collective)
    assert f'href="{reverse("task", args=[collective.pk])}"' in page(client, board, task)
    assert f'href="{reverse("task", args=[task.pk])}"' in page(client, board, collective)


def test_who_serves_it_in_a_draft_is_not_told_to_others(client, registrant, collective, board, secretary):
    individual(registrant, collective, state=TaskState.DRAFT)
    later = individual(registrant, collective, "Đỗ Quý Nhâm")
    rewritten(later, supports=None)
    BreakthroughTask.objects.filter(pk=later.pk).update(supports=None)
    serving = individual(registrant, collective, "Vi Thị Én")
    html = page(client, board, collective)
    assert "Vi Thị Én" in html
    assert "Trịnh Thị Lụa" not in html
    assert str(serving) in html


def test_nobody_serves_it_yet_is_told(client, collective, board):
    assert "Chưa có nhiệm vụ cá nhân nào ghi là phục vụ việc này" in page(client, board, collective)


@pytest.mark.slow
def test_the_page_costs_the_same_for_one_and_for_twenty_who_serve_it(client, registrant, collective, board):
    screened(collective)
    counts = []
    for number in (1, 20):
        for each in range(number):
            individual(registrant, collective, f"Nguyễn Văn {number}{each}")
        page(client, board, collective)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, board, collective)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_dates_are_those_of_the_office(client, registrant, board):
    html = page(client, board, make_task(registrant, ROAD, state=TaskState.SUBMITTED))
    assert f"in ngày {timezone.localdate():%d/%m/%Y}" in html
