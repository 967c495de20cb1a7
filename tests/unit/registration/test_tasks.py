"""A task from draft to version and back: what is written, what is refused, what the trail tells."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.registration import actions
from dotpha.registration.actions.tasks import Incomplete
from dotpha.registration.models import BreakthroughTask, Registrant, TaskVersion
from dotpha.registration.queries.writing import registrants_with_room
from dotpha.registration.workflow import CampaignState, TaskState
from dotpha.rules.form.content import Content
from tests.makers_directory import NOON, make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrant():
    return make_registrant(make_campaign())


@pytest.fixture
def secretary(registrant):
    return make_user((Function.REGISTRANT, registrant.organization))


def verbs():
    return list(AuditEvent.objects.filter(verb__startswith="task.").order_by("number").values_list("verb", flat=True))


def carried_out(*statements):
    with connection.cursor() as cursor:
        for statement in filter(None, statements):
            cursor.execute(statement)


def saved(task, by, at=NOON, **said):
    return actions.save_draft(task=task, version=task.version, content=Content.from_json(said), by=by, at=at)


def test_a_task_is_begun_written_and_sent(registrant, secretary):
    task = saved(actions.begin_task(registrant=registrant, by=secretary, at=NOON), secretary, **ROAD)
    sent = actions.submit(task=task, version=task.version, by=secretary, at=NOON)
    task.refresh_from_db()
    registrant.refresh_from_db()
    assert (task.state, task.current, task.title, sent.number) == (TaskState.SUBMITTED, sent, ROAD["title"], 1)
    assert (registrant.submitted, registrant.drafts, registrant.late) == (1, 0, 0)
    assert sent.written == Content.from_json(ROAD)
    assert verbs() == ["task.begun", "task.submitted"], "the saving within the hour is told by the beginning"


def test_what_was_sent_cannot_be_changed_even_past_the_program(registrant):
    task = make_task(registrant, state=TaskState.SUBMITTED)
    for spoil in (lambda: task.versions.update(title="khác"), lambda: TaskVersion.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def test_the_second_tab_is_told_what_differs_and_nothing_is_overwritten(registrant, secretary):
    task = make_task(registrant)
    saved(task, secretary, title="Bản của cửa sổ một", description="x")
    with pytest.raises(Conflict) as refused:
        saved(task, secretary, title="Bản của cửa sổ hai", description="x")
    assert refused.value.changes == (("Tên nhiệm vụ đột phá", "Bản của cửa sổ hai", "Bản của cửa sổ một"),)
    task.refresh_from_db()
    assert task.title == "Bản của cửa sổ một"


def test_what_is_missing_is_told_as_a_whole(registrant, secretary):
    task = make_task(registrant, {"title": "", "description": ""})
    with pytest.raises(Incomplete) as refused:
        actions.submit(task=task, version=task.version, by=secretary, at=NOON)
    assert [gap.name for gap in refused.value.gaps if gap.must] == ["title", "description", "responsible"]
    assert {"grounds", "indicators", "deadline"} <= {gap.name for gap in refused.value.gaps}


def test_a_task_taken_back_is_sent_again_with_a_reason(registrant, secretary):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    with pytest.raises(Refused, match="lý do"):
        actions.withdraw(task=task, version=task.version, reason=" ", by=secretary, at=NOON)
    task = actions.withdraw(task=task, version=task.version, reason="Thêm mốc quý II", by=secretary, at=NOON)
    task = saved(task, secretary, **ROAD | {"milestones": [["quý II", "xong nền đường"]]})
    with pytest.raises(Refused, match="lý do gửi lại"):
        actions.submit(task=task, version=task.version, by=secretary, at=NOON)
    second = actions.submit(task=task, version=task.version, by=secretary, at=NOON, reason="Thêm mốc quý II")
    assert (second.number, task.versions.count()) == (2, 2)
    assert verbs() == ["task.withdrawn", "task.written", "task.resubmitted"]


@pytest.mark.parametrize(
    ("day", "accepts_late", "is_late"),
    [(-1, False, False), (0, False, False), (1, True, True), (1, False, None)],
    ids=["the day before", "the last day", "a day late, marked", "a day late, refused"],
)
def test_what_comes_late_is_marked_late_unless_the_campaign_says_no(day, accepts_late, is_late):
    campaign = make_campaign(closes_on=NOON.date() - timedelta(days=day), accepts_late=accepts_late)
    registrant = make_registrant(campaign)
    by, task = make_user((Function.REGISTRANT, registrant.organization)), make_task(registrant, ROAD)
    if is_late is None:
        with pytest.raises(Refused, match="không nhận bản gửi chậm"):
            actions.submit(task=task, version=task.version, by=by, at=NOON)
    else:
        assert actions.submit(task=task, version=task.version, by=by, at=NOON).is_late is is_late


def test_a_task_that_came_in_time_stays_in_time_when_it_is_sent_again_later():
    campaign = make_campaign(closes_on=NOON.date())
    registrant = make_registrant(campaign)
    by, task = make_user((Function.REGISTRANT, registrant.organization)), make_task(registrant, ROAD)
    actions.submit(task=task, version=task.version, by=by, at=NOON)
    task.refresh_from_db()
    task = actions.withdraw(task=task, version=task.version, reason="Thêm số liệu", by=by, at=NOON)
    later = NOON + timedelta(days=3)
    assert actions.submit(task=task, version=task.version, by=by, at=later, reason="Thêm số liệu").is_late
    task.refresh_from_db()
    assert not task.is_late


@pytest.mark.parametrize("state", [state for state in CampaignState if state is not CampaignState.OPEN])
def test_nothing_is_begun_or_sent_while_the_campaign_is_not_open(state):
    registrant = make_registrant(make_campaign(state=state))
    by, task = make_user((Function.REGISTRANT, registrant.organization)), make_task(registrant, ROAD)
    for deed in (
        lambda: actions.begin_task(registrant=registrant, by=by, at=NOON),
        lambda: actions.submit(task=task, version=task.version, by=by, at=NOON),
    ):
        with pytest.raises(Refused):
            deed()
    assert verbs() == []


def test_nobody_registers_before_the_first_day(secretary):
    registrant = make_registrant(make_campaign(opens_on=NOON.date() + timedelta(days=1)))
    with pytest.raises(Refused, match="nhận đăng ký từ ngày"):
        actions.begin_task(registrant=registrant, by=None, at=NOON)


def test_no_more_tasks_than_the_campaign_allows(registrant, secretary):
    for number in range(registrant.at_most):
        last = actions.begin_task(registrant=registrant, by=secretary, at=NOON, title=f"Việc {number}")
    with pytest.raises(Refused, match="nhiều nhất 3"):
        actions.begin_task(registrant=registrant, by=secretary, at=NOON)
    actions.discard_task(task=last, version=last.version, reason="", by=secretary, at=NOON)
    actions.begin_task(registrant=registrant, by=secretary, at=NOON)


def test_a_persons_task_is_written_by_that_person_alone(registrant, secretary):
    official = make_official("Nguyễn Mạnh Tường", user=make_user())
    own = make_registrant(registrant.campaign, registrant.organization, official)
    task = actions.begin_task(registrant=own, by=official.user, at=NOON)
    for stranger in (secretary, make_user((Function.CLERK, registrant.campaign.organization)), make_user()):
        with pytest.raises(NotAllowed):
            saved(task, stranger, title="Của người khác")


def test_a_persons_task_serves_a_collective_one_of_the_same_campaign(registrant):
    collective = make_task(registrant, state=TaskState.SUBMITTED)
    elsewhere = make_task(make_registrant(make_campaign(year=2026)), state=TaskState.SUBMITTED)
    unsent = make_task(registrant, {"title": "Bản nháp của tập thể"})
    official = make_official("Nguyễn Mạnh Tường", user=make_user())
    task = make_task(make_registrant(registrant.campaign, registrant.organization, official))
    linked = saved(task, official.user, title="Đôn đốc nhà thầu", supports=collective.pk)
    assert linked.supports == collective
    for wrong in (elsewhere.pk, task.pk, unsent.pk, 10**9):
        with pytest.raises(Refused, match="không còn trong đợt"):
            saved(linked, official.user, title="Đôn đốc nhà thầu", supports=wrong)


def test_a_persons_task_serves_what_is_near_or_what_the_person_reads_and_nothing_else(registrant):
    campaign, commune = registrant.campaign, registrant.organization
    cell = make_organization("Chi bộ thôn Thượng", commune)
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    own = make_registrant(campaign, cell, person, branch=commune)
    above = make_registrant(campaign, campaign.organization)
    stranger = make_registrant(campaign, make_organization("Đảng bộ xã Tân Lộc", campaign.organization))
    near, higher, far = (make_task(each, state=TaskState.SUBMITTED) for each in (registrant, above, stranger))
    task = make_task(own)
    for fine in (near, higher):
        task = saved(task, person.user, title="Việc", supports=fine.pk)
    with pytest.raises(Refused, match="không còn trong đợt"):
        saved(task, person.user, title="Việc", supports=far.pk)
    reader = make_official("Trịnh Thị Lụa", user=make_user((Function.APPRAISER, campaign.organization)))
    wide = make_task(make_registrant(campaign, cell, reader, branch=commune))
    assert saved(wide, reader.user, title="Việc", supports=far.pk).supports == far


def test_what_a_task_serves_already_stays_though_it_is_far(registrant):
    stranger = make_registrant(registrant.campaign, make_organization("Đảng bộ xã Tân Lộc"))
    far = make_task(stranger, state=TaskState.SUBMITTED)
    official = make_official("Nguyễn Mạnh Tường", user=make_user())
    own = make_registrant(registrant.campaign, registrant.organization, official)
    task = make_task(own, {"supports": far.pk})
    assert saved(task, official.user, title="Tên khác", supports=far.pk).supports == far


def test_the_trail_names_no_draft_and_what_was_sent_as_it_was_sent(registrant, secretary):
    earlier = make_registrant(make_campaign(registrant.campaign.organization, year=2026), registrant.organization)
    before = make_task(earlier, ROAD, state=TaskState.SUBMITTED)
    actions.copy_task(earlier=before, registrant=registrant, by=secretary, at=NOON)
    task = actions.begin_task(registrant=registrant, by=secretary, at=NOON, title="Chuyện chưa ai biết")
    task = saved(task, secretary, at=NOON + timedelta(hours=2), title="Chuyện chưa ai biết", description="x")
    actions.discard_task(task=task, version=task.version, reason="", by=secretary, at=NOON)
    told = [str(each.__dict__) for each in AuditEvent.objects.filter(verb__startswith="task.")]
    assert len(told) == 5
    assert not any("chưa ai biết" in each or "chua ai biet" in each or ROAD["title"] in each for each in told)
    assert AuditEvent.objects.filter(target_name=f"nhiệm vụ số {task.number} (bản nháp)").count() == 3

    sent = make_task(registrant, ROAD)
    actions.submit(task=sent, version=sent.version, by=secretary, at=NOON)
    sent.refresh_from_db()
    sent = actions.withdraw(task=sent, version=sent.version, reason="Sửa", by=secretary, at=NOON)
    sent = saved(sent, secretary, **ROAD | {"title": "Chuyện khác hẳn"})
    actions.submit(task=sent, version=sent.version, by=secretary, at=NOON, reason="Sửa")
    named = AuditEvent.objects.filter(target_id=str(sent.pk)).order_by("number")
    assert list(named.values_list("target_name", flat=True)) == [ROAD["title"]] * 3 + ["Chuyện khác hẳn"]


def test_who_begins_again_is_led_to_the_draft_not_written_in_yet(registrant, secretary):
    colleague = make_user((Function.REGISTRANT, registrant.organization))
    first, again, of_another = (
        actions.begin_task(registrant=registrant, by=by, at=NOON) for by in (secretary, secretary, colleague)
    )
    assert (again, of_another == first) == (first, False)
    saved(first, secretary, title="Đã viết")
    assert actions.begin_task(registrant=registrant, by=secretary, at=NOON) not in (first, of_another)
    assert verbs() == ["task.begun", "task.begun", "task.begun"]


def test_a_copy_is_no_empty_draft_and_takes_none_over(registrant, secretary):
    earlier = make_registrant(make_campaign(registrant.campaign.organization, year=2026), registrant.organization)
    before = make_task(earlier, ROAD, state=TaskState.SUBMITTED)
    empty = actions.begin_task(registrant=registrant, by=secretary, at=NOON)
    copy = actions.copy_task(earlier=before, registrant=registrant, by=secretary, at=NOON)
    assert copy != empty
    assert actions.begin_task(registrant=registrant, by=secretary, at=NOON) == empty


def test_who_is_let_off_may_register_all_the_same(registrant, secretary):
    Registrant.objects.filter(pk=registrant.pk).update(exempt_reason="Mới thành lập")
    assert registrant in registrants_with_room(secretary, on=NOON.date())
    assert actions.begin_task(registrant=registrant, by=secretary, at=NOON).registrant == registrant


def test_what_was_sent_is_not_emptied_with_its_table_nor_written_anew(registrant):
    version = make_task(registrant, ROAD, state=TaskState.SUBMITTED).current
    columns = ", ".join(str(field.column) for field in TaskVersion._meta.concrete_fields)
    values = columns.replace("title,", "'Khác',", 1)
    emptying = {
        "sqlite": [
            f"REPLACE INTO registration_taskversion ({columns}) SELECT {values} FROM registration_taskversion",
            f"INSERT OR REPLACE INTO registration_taskversion ({columns.removeprefix('id, ')}) "
            f"SELECT {values.removeprefix('id, ')} FROM registration_taskversion",
        ],
        "postgresql": [
            "TRUNCATE registration_taskversion CASCADE",
            "SET LOCAL session_replication_role = replica; DELETE FROM registration_taskversion",
        ],
    }
    for statement in emptying[connection.vendor]:
        with pytest.raises(DatabaseError, match="không được sửa hay xóa"), transaction.atomic():
            carried_out("SET CONSTRAINTS ALL IMMEDIATE" if connection.vendor == "postgresql" else "", statement)
    assert TaskVersion.objects.get() == version
    assert TaskVersion.objects.get().title == ROAD["title"]


def test_last_years_task_is_copied_and_says_so(registrant, secretary):
    earlier = make_registrant(make_campaign(registrant.campaign.organization, year=2026), registrant.organization)
    before = make_task(earlier, ROAD, state=TaskState.SUBMITTED)
    copy = actions.copy_task(earlier=before, registrant=registrant, by=secretary, at=NOON)
    assert (copy.copied_from, copy.written.prior_year_title, copy.written.title) == (before, before.title, before.title)
    hidden = make_task(
        make_registrant(make_campaign(make_organization("Nơi khác"), year=2025)), state=TaskState.SUBMITTED
    )
    with pytest.raises(Refused, match="Không thấy"):
        actions.copy_task(earlier=hidden, registrant=registrant, by=secretary, at=NOON)


def test_the_trail_tells_of_writing_once_an_hour(registrant, secretary):
    task = make_task(registrant)
    for minutes in (0, 1, 59, 61):
        task = saved(task, secretary, NOON + timedelta(minutes=minutes), title=f"Tên {minutes}", description="x")
    assert verbs() == ["task.written", "task.written"]


def test_numbers_run_within_the_campaign(registrant, secretary):
    first, second = (
        actions.begin_task(registrant=registrant, by=secretary, at=NOON, title=title) for title in ("Một", "Hai")
    )
    assert (first.number, second.number) == (1, 2)
    assert BreakthroughTask.objects.count() == 2
    assert date(2027, 1, 1) <= registrant.campaign.closes_on
