"""`dotpha worker`: takes what waits, outlives a database that is away, ends when told to and with its server."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import OperationalError

from dotpha.config import worker
from dotpha.core import jobs, runners
from dotpha.core.models import Job, JobState
from tests.makers_jobs import QUEUE, make_running, started, written


@pytest.fixture
def kept_signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_it_outlives_a_locked_database_then_does_what_waits_and_ends_when_told(
    settings, monkeypatch, kept_signals, capsys
) -> None:
    settings.TASKS = QUEUE
    started()
    left = make_running(run_by=f"{runners.this_one()}0", patience=jobs.PATIENCE_WRITING)
    looks, looked = [OperationalError("database is locked")] * 2, worker.is_work_waiting

    def look():
        if looks:
            raise looks.pop()
        return looked()

    def sleep(seconds):
        if Job.objects.filter(state=JobState.DONE).exists():
            os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(worker, "is_work_waiting", look)
    monkeypatch.setattr("dotpha.config.worker.time.sleep", sleep)
    worker.work()
    assert looks == []
    assert capsys.readouterr().err.count("Cơ sở dữ liệu đang bận") == 1
    assert written() == {"ha", "hai"}
    left.refresh_from_db()
    assert left.state == JobState.FAILED, "its worker was killed"


def test_the_first_signal_lets_a_job_finish_and_the_second_ends_it() -> None:
    made = worker._worker()
    made.running_task = True
    made.shutdown(signal.SIGTERM, None)
    assert not made.running
    with pytest.raises(SystemExit):
        made.shutdown(signal.SIGTERM, None)


@pytest.mark.django_db
def test_looking_for_work_is_one_reading(django_assert_num_queries) -> None:
    with django_assert_num_queries(1) as read:
        assert not worker.is_work_waiting()
    assert read.captured_queries[0]["sql"].startswith("SELECT 1 AS")


@pytest.mark.slow
def test_a_database_that_was_never_prepared_is_told_in_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dotpha", "worker"], env=own(tmp_path), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "Chưa dùng được cơ sở dữ liệu" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


def own(var: Path) -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith(("DOTPHA", "DJANGO"))}
    return told | {"DOTPHA_VAR": str(var)}


SERVER = """
import time
from dotpha.config.beside import worker_beside
with worker_beside() as process:
    print(process, flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_a_worker_beside_the_server_ends_with_it_without_a_word(tmp_path: Path, how: signal.Signals) -> None:
    queue = [sys.executable, "-m", "dotpha", "manage", "migrate", "django_tasks_database", "--verbosity", "0"]
    subprocess.run(queue, env=own(tmp_path), check=True, timeout=60)
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=own(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as server:  # fmt: skip
        assert server.stdout and server.stderr
        beside = int(server.stdout.readline())
        wait_until(lambda: has_signals_of_its_own(beside))
        if how is signal.SIGINT:
            os.killpg(server.pid, how)  # as a terminal sends it: to both
        else:
            server.send_signal(how)
        server.wait(10)
        wait_until(lambda: not Path(f"/proc/{beside}").exists())
        said = server.stderr.read()
    assert "worker" not in said  # the stand-in for a server may complain of Ctrl-C; the worker may not


def has_signals_of_its_own(process: int) -> bool:
    """Whether it catches SIGTERM: then it has begun to look for work."""
    status = Path(f"/proc/{process}/status").read_text()
    caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) & 1 << (signal.SIGTERM - 1))


def wait_until(is_so) -> None:
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
