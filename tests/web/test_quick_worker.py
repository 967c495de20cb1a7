"""Reading and screening in a child process: what it says, and what happens when it dies."""

import io
import json
import subprocess
import sys
import time

import pytest

from dotpha.interfaces.web.quick import jobs, limits, worker
from dotpha.interfaces.web.quick.jobs import JOBS, Busy, Job, Stage, Upload
from tests.makers import ON, item_event, make_rows


def order(*files):
    head = {"on": "2022-01-26", "files": [{"name": n, "size": len(d), "last_year": y} for n, d, y in files]}
    return io.BytesIO(json.dumps(head).encode() + b"\n" + b"".join(data for _, data, _ in files))


def test_the_worker_tells_file_by_file_then_item_by_item(register):
    good = register().read()
    events = list(worker.work(order(("hong.xlsx", b"", False), ("dang-ky.xlsx", good, False))))
    told = [event["say"] for event in events if event["say"] != "remark"]
    assert told == ["ready", "reading", "unread", "reading", "screening", "item", "item", "done"]
    item = next(event for event in events if event["say"] == "item")
    assert item["registration"]["source"]["file"] == "dang-ky.xlsx"
    assert item["screening"]["id"] == item["registration"]["id"]


def test_last_years_tasks_are_compared_but_not_screened(register):
    data = register().read()
    events = list(worker.work(order(("nay.xlsx", data, False), ("truoc.xlsx", data, True))))
    items = [event for event in events if event["say"] == "item"]
    assert len(items) == 2
    assert {each["kind"] for item in items for each in item["screening"]["duplicates"]} == {"last_year"}


def test_what_is_told_of_last_years_list_says_so(register):
    events = list(worker.work(order(("nay.xlsx", register().read(), False), ("truoc.xlsx", b"", True))))
    assert [(each["file"], each["last_year"]) for each in events if each["say"] == "unread"] == [("truoc.xlsx", True)]


def test_more_items_than_the_limit_are_refused_before_the_work(register, monkeypatch):
    monkeypatch.setattr(limits, "REGISTRATIONS", 1)
    *_, last = worker.work(order(("a.xlsx", register().read(), False)))
    assert last == {"say": "too many", "count": 2}


@pytest.mark.slow
@pytest.mark.parametrize("child", ["worker", "writer"])
def test_the_children_never_start_django(child):
    code = f"import dotpha.interfaces.web.quick.{child}, sys; print('django' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_endless_remarks_are_cut_and_the_last_says_so(monkeypatch):
    monkeypatch.setattr(limits, "REMARKS", 3)
    job = Job(on=ON, committee="", uploads=[])
    for row in range(10):
        jobs.take(job, {"say": "remark", "file": "a.xlsx", "where": f"Dòng {row}", "message": "chưa hiểu"})
    assert [each.where for each in job.remarks] == ["Dòng 0", "Dòng 1", "Dòng 2", "Từ đây trở đi"]


def test_a_result_over_the_limit_is_given_up_and_let_go(monkeypatch):
    monkeypatch.setattr(limits, "RESULT_BYTES", 10)
    job = Job(on=ON, committee="", uploads=[])
    jobs.take(job, item_event(*make_rows(1)[0]))
    assert (job.stage, job.failure, job.entries) == (Stage.FAILED, jobs.RESULT_TOO_BIG, [])


def wait_for(job, seconds=20):
    until = time.monotonic() + seconds
    while job.is_running and time.monotonic() < until:
        time.sleep(0.02)
    return job


def started(*uploads):
    job = Job(on=ON, committee="", uploads=list(uploads))
    JOBS.start(job)
    return job


@pytest.mark.slow
def test_a_job_runs_from_upload_to_board(client, register):
    response = client.post("/ra-soat-nhanh/", {"registers": [register(), register("hong.xlsx", rows=[])]})
    job = JOBS.get(response["Location"].split("/")[2])
    assert job is not None
    wait_for(job)
    assert job.stage is Stage.DONE
    assert len(job.entries) == 2
    assert not job.uploads
    html = client.get(response["Location"]).content.decode()
    assert "Hoàn thành 3,2 km đường trục xã" in html


FAKE = """
import json, sys, time
head = json.loads(sys.stdin.buffer.readline())
def say(**event): print(json.dumps(event), flush=True)
say(say="ready")
for place, file in enumerate(head["files"]):
    data = sys.stdin.buffer.read(file["size"])
    say(say="reading", place=place)
    if data == b"bomb": sys.exit(9)
    if data == b"sleep": time.sleep(60)
say(say="screening", count=0)
say(say="done")
"""


@pytest.fixture
def fake(monkeypatch):
    """A worker that dies of a file with "bomb" inside."""
    monkeypatch.setattr(jobs, "WORKER", [sys.executable, "-c", FAKE])


@pytest.mark.slow
@pytest.mark.usefixtures("fake")
def test_a_file_that_kills_the_worker_is_left_out_and_named():
    job = wait_for(started(Upload("a.xlsx", b"good"), Upload("bom.xlsx", b"bomb"), Upload("c.xlsx", b"good")))
    assert job.stage is Stage.DONE
    assert [trouble.file for trouble in job.unread] == ["bom.xlsx"]
    assert "lưu thành tệp mới" in job.unread[0].message


@pytest.mark.slow
@pytest.mark.usefixtures("fake")
def test_many_deadly_files_end_the_job(monkeypatch):
    monkeypatch.setattr(limits, "STOPPED_FILES", 1)
    job = wait_for(started(*(Upload(f"{n}.xlsx", b"bomb") for n in range(4))))
    assert job.stage is Stage.FAILED
    assert "0.xlsx, 1.xlsx" in job.failure


@pytest.mark.slow
def test_a_worker_that_cannot_even_start_fails_the_job(monkeypatch):
    monkeypatch.setattr(jobs, "WORKER", [sys.executable, "-c", "raise SystemExit(1)"])
    job = wait_for(started(Upload("a.xlsx", b"x")))
    assert (job.stage, job.failure) == (Stage.FAILED, jobs.STOPPED_SCREENING)
    assert job.uploads == []


@pytest.mark.slow
@pytest.mark.usefixtures("fake")
def test_deleting_a_running_job_kills_its_child():
    job = started(Upload("a.xlsx", b"sleep"))
    until = time.monotonic() + 10
    while job.stage is not Stage.READING and time.monotonic() < until:
        time.sleep(0.02)
    process = job.process
    JOBS.drop(job.token)
    assert process.wait(timeout=5) != 0


@pytest.mark.slow
@pytest.mark.usefixtures("fake")
def test_at_most_two_children_work_and_the_third_waits():
    begun = [started(Upload("a.xlsx", b"sleep")) for _ in range(3)]
    until = time.monotonic() + 10
    while sum(job.stage is Stage.READING for job in begun) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert sorted(job.stage for job in begun) == [Stage.READING, Stage.READING, Stage.WAITING]


def test_uploads_under_way_are_never_dropped_for_new_ones(monkeypatch):
    monkeypatch.setattr(limits, "KEPT_BYTES", 10)
    first = Job(on=ON, committee="", uploads=[Upload("a", b"12345678")])
    JOBS.hold(first)
    with pytest.raises(Busy):
        JOBS.hold(Job(on=ON, committee="", uploads=[Upload("b", b"12345678")]))
    assert JOBS.get(first.token) is first


@pytest.mark.slow
def test_a_job_is_dropped_when_its_hour_is_over(monkeypatch):
    monkeypatch.setattr(jobs, "WORKER", [sys.executable, "-c", FAKE])
    monkeypatch.setattr(limits, "KEPT", limits.KEPT * 0)
    job = wait_for(started(Upload("a.xlsx", b"good")))
    assert job.gone.wait(5) or JOBS.get(job.token) is None
