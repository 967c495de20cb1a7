"""Long work: done once, told while it goes on, and never written when it is shown as not done."""

import gc
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from dotpha.core import jobs, runners
from dotpha.core.errors import NotAllowed, Refused
from dotpha.core.jobs import Kind, Report, Stopped, job, looked_at, stop
from dotpha.core.models import AuditEvent, Job, JobState
from tests.makers_directory import NOON, make_user
from tests.makers_jobs import QUEUE, count, make_job, make_running, refuse, started, written

pytestmark = pytest.mark.django_db


@job("test.break")
def fail(arguments, report):
    raise ValueError("Hoàng Văn Thịnh, 0912 345 678")


@job("test.forbidden")
def forbidden(arguments, report):
    raise NotAllowed("Đồng chí không giữ sổ của tổ chức này.")


@job("test.interrupted")
def interrupted(arguments, report):
    with report.writing():
        make_user(username="half-done")
        raise SystemExit(1)


def done(made: Job) -> Job:
    jobs.run.call(str(made.pk))
    made.refresh_from_db()
    return made


def test_a_job_waits_until_the_deed_that_started_it_is_committed(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        made = started()
    assert made.state == JobState.WAITING
    assert written() == set()
    for callback in callbacks:
        callback()
    made.refresh_from_db()
    assert made.state == JobState.DONE
    assert written() == {"ha", "hai"}


def test_a_job_that_comes_up_twice_runs_once() -> None:
    made = done(make_job(arguments={"names": ["ha"]}))
    assert (made.state, made.failure) == (JobState.DONE, "")
    began = made.started_at
    assert done(made).started_at == began  # a second run would also fail: the name is taken


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.STOPPED])
def test_a_job_that_runs_or_is_stopped_is_not_taken_again(state) -> None:
    now = timezone.now()
    made = make_job(state=state, started_at=now, heard_at=now, finished_at=now if state == JobState.STOPPED else None)
    assert done(made).state == state
    assert written() == set()


def test_a_refusal_is_told_as_it_is_and_nothing_is_written() -> None:
    made = done(make_job(refuse))
    assert (made.state, made.failure) == (JobState.FAILED, "Dòng 7 trùng dòng 3. Đồng chí sửa tệp rồi nhập lại.")
    assert written() == set()


def test_an_error_is_told_kindly_and_logged_without_what_people_wrote(caplog) -> None:
    made = done(make_job(fail))
    assert made.state == JobState.FAILED
    assert f"báo quản trị kỹ thuật mã {str(made.pk)[:8]}" in made.failure
    assert str(made.pk) in caplog.text
    assert "ValueError" in caplog.text
    assert "test_jobs.py" in caplog.text
    assert "Thịnh" not in caplog.text + made.failure


def test_what_is_not_allowed_is_told_and_leaves_a_trace() -> None:
    made = done(make_job(forbidden, user=make_user()))
    assert made.failure == "Đồng chí không giữ sổ của tổ chức này."
    event = AuditEvent.objects.get(verb="deed.refused")
    assert (event.actor_id, event.reason) == (made.user_id, made.failure)
    assert made.title in event.to


def test_a_worker_told_to_end_says_so_and_writes_nothing() -> None:
    made = make_job(interrupted)
    with pytest.raises(SystemExit):
        jobs.run.call(str(made.pk))
    made.refresh_from_db()
    assert (made.state, made.failure) == (JobState.FAILED, jobs.CUT_SHORT)
    assert written() == set()


@pytest.mark.parametrize("path", ["dotpha.gone.import_register", "tests.makers_jobs.make_job"])
def test_a_job_whose_work_is_gone_or_was_never_marked_fails_kindly(path) -> None:
    made = done(make_job(runs=path))
    assert made.state == JobState.FAILED
    assert "lỗi chưa lường trước" in made.failure


def test_what_a_job_runs_is_found_again_by_its_path() -> None:
    assert Kind.at(count.path) == count


def test_progress_is_written_at_most_five_times_a_second(django_assert_num_queries, monkeypatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("dotpha.core.jobs.time.monotonic", lambda: clock[0])
    report = Report(make_running())
    with django_assert_num_queries(5):
        for row in range(1, 1001):
            clock[0] += 0.001
            report.say(f"Đã đọc {row} trên 1000 dòng", row, 1000)
    report.job.refresh_from_db()
    assert 790 < report.job.done <= 1000
    assert report.job.words == f"Đã đọc {report.job.done} trên 1000 dòng"


def test_a_new_stage_is_told_at_once() -> None:
    report = Report(make_running())
    report.say("Đang đọc", 3, 10)
    report.say("Đang so khớp")
    report.job.refresh_from_db()
    assert (report.job.words, report.job.done, report.job.total) == ("Đang so khớp", 0, 0)


def test_more_than_everything_is_told_as_everything() -> None:
    report = Report(make_running())
    report.say("Đang đọc", 12, 10)
    report.job.refresh_from_db()
    assert (report.job.done, report.job.total) == (10, 10)


def test_nothing_is_told_inside_the_writing_transaction(django_assert_num_queries) -> None:
    report = Report(make_running())
    with report.writing(), django_assert_num_queries(0):
        report.say("Đang ghi dòng 1", 1, 2)


def test_what_was_made_ready_is_not_searched_for_garbage_while_it_is_written() -> None:
    before = gc.get_freeze_count()
    with Report(make_running()).writing():
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0


def test_what_is_stopped_hears_of_it_and_can_write_no_more() -> None:
    user = make_user()
    made = make_running(user=user)
    report = Report(made)
    stop(made, by=user, at=timezone.now())
    assert not report.is_stopped
    report.say("Đang đọc")
    assert report.is_stopped
    with pytest.raises(Stopped), report.writing():
        make_user(username="half-done")
    made.refresh_from_db()
    assert (made.state, written()) == (JobState.STOPPED, set())


def test_only_the_person_who_started_a_job_stops_it() -> None:
    made = make_running(user=make_user())
    with pytest.raises(NotAllowed, match="việc do mình giao"):
        stop(made, by=make_user(), at=timezone.now())


def test_what_is_over_is_not_stopped() -> None:
    user = make_user()
    made = done(make_job(user=user))
    with pytest.raises(Refused, match="đã kết thúc nên không dừng được"):
        stop(made, by=user, at=timezone.now())
    made.refresh_from_db()
    assert made.state == JobState.DONE


def test_what_is_being_written_is_not_stopped() -> None:
    user = make_user()
    made = make_running(user=user, patience=jobs.PATIENCE_WRITING)
    with pytest.raises(Refused, match="đang ghi kết quả"):
        stop(made, by=user, at=timezone.now())


def test_what_is_silent_for_a_minute_is_taken_for_dead_and_can_write_no_more() -> None:
    now = timezone.now()
    made = make_running(heard_at=now - timedelta(seconds=61))
    seen = looked_at(made, at=now)
    assert (seen.state, seen.failure) == (JobState.FAILED, jobs.DEAD)
    with pytest.raises(Stopped), Report(made).writing():
        make_user(username="half-done")
    assert written() == set()


@pytest.mark.parametrize(
    ("silent", "patience"), [(59, jobs.PATIENCE), (14 * 60, jobs.PATIENCE_WRITING)], ids=["computing", "writing"]
)
def test_who_may_still_be_silent_is_left_alone(silent, patience) -> None:
    now = timezone.now()
    made = make_running(heard_at=now - timedelta(seconds=silent), patience=patience)
    assert looked_at(made, at=now).state == JobState.RUNNING


def test_who_spoke_after_the_page_was_read_is_not_taken_for_dead() -> None:
    now = timezone.now()
    made = make_running(heard_at=now - timedelta(seconds=61))
    Job.objects.filter(pk=made.pk).update(heard_at=now)
    assert looked_at(made, at=now).state == JobState.RUNNING


@pytest.mark.parametrize("patience", [jobs.PATIENCE, jobs.PATIENCE_WRITING])
def test_a_worker_that_begins_ends_what_a_killed_one_left(patience) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as killed:
        made = make_running(patience=patience, run_by=runners.called(killed.pid))
        assert jobs.end_left(at=timezone.now()) == 0, "it still runs"
        killed.kill()
    assert jobs.end_left(at=timezone.now()) == 1
    made.refresh_from_db()
    assert (made.state, made.failure) == (JobState.FAILED, jobs.DEAD)
    with pytest.raises(Stopped), Report(made).writing():
        make_user(username="half-done")
    assert written() == set()


def test_a_number_given_again_to_another_process_is_told_from_the_one_before() -> None:
    before = f"{runners.this_one()}0"
    assert runners.is_gone(before)
    assert not runners.is_gone(runners.this_one())


@pytest.mark.parametrize("run_by", ["", "may-khac 1 1"], ids=["nobody knows", "another machine's"])
def test_what_others_may_still_run_is_left_to_them(run_by) -> None:
    made = make_running(run_by=run_by)
    assert jobs.end_left(at=timezone.now()) == 0
    made.refresh_from_db()
    assert made.state == JobState.RUNNING


def test_a_job_keeps_who_runs_it() -> None:
    assert done(make_job()).run_by == runners.this_one()


def test_one_sees_ones_own_jobs_only() -> None:
    mine, other = make_user(), make_user()
    made = make_job(user=mine)
    make_job(user=other)
    assert list(jobs.jobs_of(mine)) == [made]


@pytest.mark.parametrize(
    "nonsense",
    [
        {"done": 3, "total": 2},
        {"state": JobState.RUNNING},
        {"state": JobState.STOPPED},
        {"finished_at": NOON},
        {"failure": "vì sao"},
        {"state": JobState.FAILED, "finished_at": NOON},
    ],
)
def test_the_database_refuses_a_state_that_makes_no_sense(nonsense) -> None:
    made = make_job()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=made.pk).update(**nonsense)


@pytest.fixture
def queue(settings):
    """The real queue; its worker's command sets signals of the process, which are given back."""
    settings.TASKS = QUEUE
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}

    def work():
        call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, stdout=StringIO())

    yield work
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_with_the_real_queue_a_rolled_back_job_never_runs_and_a_committed_one_runs_once(queue) -> None:
    with pytest.raises(Refused), transaction.atomic():
        started(by=make_user(username="lost"))
        raise Refused("đổi ý")
    with transaction.atomic():
        made = started()
    queue()
    queue()
    told = Job.objects.get()
    assert (told.pk, told.state, told.failure) == (made.pk, JobState.DONE, "")
    assert told.words == jobs.WRITING
    assert written() == {"ha", "hai"}
