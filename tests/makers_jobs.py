"""Long jobs for tests: what they do, and jobs in any state; say only what matters."""

from typing import Any

from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.errors import Refused
from dotpha.core.jobs import Kind, job, start
from dotpha.core.models import Job, JobState
from tests.makers_directory import NOON, make_user

QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # the settings of tests do a job at once


@job("test.count")
def count(arguments, report):
    """Tells how far it is, then writes: an account for each name."""
    names = arguments["names"]
    for done, name in enumerate(names, 1):
        report.say(f"Đã đọc {name}", done, len(names))
    with report.writing():
        for name in names:
            make_user(username=name)


@job("test.refuse")
def refuse(arguments, report):
    with report.writing():
        make_user(username="half-done")
        raise Refused("Dòng 7 trùng dòng 3. Đồng chí sửa tệp rồi nhập lại.")


def make_job(kind: Kind = count, **fields: Any) -> Job:
    """A job that waits, or as `fields` say; no worker hears of it."""
    fields.setdefault("title", "Nhập sổ đăng ký dang-ky.xlsx")
    fields.setdefault("arguments", {"names": ["ha", "hai"]})
    fields.setdefault("leads_to", "/so/")
    fields.setdefault("created_at", NOON)
    fields.setdefault("runs", kind.path)
    return Job.objects.create(kind=kind.name, **fields)


def started(kind: Kind = count, *, by: User | None = None, leads_back: str = "") -> Job:
    """As a room starts it: on commit it is handed to the worker."""
    names = {"names": ["ha", "hai"]}
    return start(kind, title="Nhập sổ", arguments=names, by=by, at=NOON, leads_to="/so/", leads_back=leads_back)


def make_running(**fields: Any) -> Job:
    now = timezone.now()
    return make_job(**{"state": JobState.RUNNING, "started_at": now, "heard_at": now, **fields})


def written() -> set[str]:
    """The accounts that jobs of tests write."""
    names = set(User.objects.values_list("username", flat=True))
    return names & {"ha", "hai", "half-done"}
