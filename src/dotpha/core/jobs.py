"""Long work (công việc dài): started by a person, run by a worker beside the server, watched on a page of its own.

A room marks what it runs, and starts it:

    @job("registration.import")
    def import_register(arguments: Mapping[str, Any], report: Report) -> None:
        for done, row in enumerate(rows):             # heavy computing first, in no transaction
            report.say(f"Đã đọc {done} trên {len(rows)} dòng", done, len(rows))
            ...
        with report.writing():                        # then everything in one short transaction
            take_in(found, by=report.by, at=report.at)

    start(import_register, title="Nhập sổ đăng ký dang-ky.xlsx", arguments={"import": 7}, by=user, at=now, leads_to=…)

Nothing is written outside `writing`: what it wrote and "done" are committed together, and whoever stopped the job or
took it for dead before keeps it from writing. So "chưa ghi gì" is true whenever a job is shown as not done.

This is the one place below `interfaces` that looks at the clock: a sign of life is about now, whoever asks.
"""

import gc
import logging
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from dotpha.core.actions import note_refusal
from dotpha.core.errors import NotAllowed, Refused
from dotpha.core.models import Job, JobState
from dotpha.core.runners import is_gone, this_one

SAID_EVERY = 0.2  # seconds between two writings of the progress
PATIENCE = 60  # seconds without a word while computing
PATIENCE_WRITING = 15 * 60  # one transaction writes, in which no word can be said
WRITING = "Đang ghi vào cơ sở dữ liệu, đồng chí đợi một chút."

DEAD = "Việc này dừng giữa chừng vì máy chủ không chạy nó nữa. Chưa ghi gì; đồng chí quay lại và làm lại từ đầu."
CUT_SHORT = "Máy chủ dừng khi việc đang làm dở. Chưa ghi gì; đồng chí làm lại khi máy chủ đã chạy lại."
NOT_ALLOWED = "Đồng chí không có quyền làm việc này nên chưa ghi gì. Đồng chí hỏi người phân công chức năng."
REFUSED = "Dữ liệu chưa hợp lệ nên chưa ghi gì. Đồng chí quay lại, xem và sửa rồi làm lại."
BROKEN = (
    "Phần mềm gặp lỗi chưa lường trước nên việc này không xong; chưa ghi gì. Đồng chí làm lại; nếu vẫn lỗi thì báo "
    "quản trị kỹ thuật mã {code}."
)
OVER = "Việc này đã kết thúc nên không dừng được nữa. Đồng chí xem kết quả trên trang này."
TOO_LATE = "Việc này đang ghi kết quả nên không dừng được nữa. Đồng chí đợi một chút; xong thì trang tự chuyển."

_UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
_log = logging.getLogger(__name__)

Run = Callable[[Mapping[str, Any], "Report"], None]


class Stopped(Exception):
    """The person stopped the job, or somebody took it for dead: nothing more is to be done or written."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a long job runs: a function of a module, which the worker finds again by its dotted path."""

    name: str
    run: Run

    @property
    def path(self) -> str:
        return f"{self.run.__module__}.{self.run.__qualname__}"

    @classmethod
    def at(cls, path: str) -> Self:
        """
        Raises:
            ImportError: no such thing any more, or it is none of ours.
        """
        found = import_string(path)
        if not isinstance(found, cls):
            raise ImportError(f"{path} is not marked with @job")
        return found


def job(name: str) -> Callable[[Run], Kind]:
    """Mark a function of a module as what a long job of this name runs."""
    return lambda run: Kind(name, run)


def start(
    kind: Kind,
    *,
    title: str,
    arguments: Mapping[str, Any],
    by: AbstractBaseUser | None,
    at: datetime,
    leads_to: str,
    leads_back: str = "",
) -> Job:
    """Take a job down and hand it to the worker when the caller's transaction is committed.

    `arguments` are plain JSON: keys of records, days as text; never a file. `leads_to` is the address of the result,
    `leads_back` of where the person came from; the page of the job is `reverse("job", args=[job.token])`.
    """
    taken = Job.objects.create(
        kind=kind.name,
        runs=kind.path,
        title=title[:300],
        arguments=dict(arguments),
        user_id=by.pk if by else None,
        created_at=at,
        leads_to=leads_to,
        leads_back=leads_back,
    )
    transaction.on_commit(lambda: run.enqueue(str(taken.token)))
    return taken


def stop(stopped: Job, *, by: AbstractBaseUser, at: datetime) -> None:
    """End a job at its person's wish; what it has not begun to write is never written.

    Raises:
        NotAllowed: it is somebody else's.
        Refused: it is over, or already writing.
    """
    if stopped.user_id != by.pk:
        raise NotAllowed("Đồng chí chỉ dừng được việc do mình giao.")
    if stopped.state == JobState.RUNNING and stopped.patience == PATIENCE_WRITING:
        raise Refused(TOO_LATE)
    if not _end(stopped, JobState.STOPPED, at=at, among=_UNDER_WAY):
        raise Refused(OVER)


def jobs_of(user: AbstractBaseUser) -> QuerySet[Job]:
    """One's own, newest first."""
    return Job.objects.filter(user=user.pk)


def looked_at(seen: Job, *, at: datetime) -> Job:
    """The job as it is to be shown; one that has been silent for too long ends here, and can write no more."""
    heard_at, patience = seen.heard_at, timedelta(seconds=seen.patience)
    if seen.state == JobState.RUNNING and heard_at and at - heard_at > patience:
        _end(seen, JobState.FAILED, at=at, failure=DEAD, heard_at=heard_at)
        seen.refresh_from_db()
    return seen


def end_left(*, at: datetime) -> int:
    """End what processes of this machine were running that are there no more; asked by a worker that begins. How many.

    Work of another machine's workers is theirs.
    """
    running = Job.objects.filter(state=JobState.RUNNING).order_by("pk")
    left = [each for each in running if each.run_by and is_gone(each.run_by)]
    return sum(_end(each, JobState.FAILED, at=at, failure=DEAD) for each in left)


class Report:
    """How a running job tells how far it is. `by` and `at` are whose deed it is and since when, for its actions."""

    def __init__(self, running: Job) -> None:
        self.job = running
        self.by = running.user
        self.at = running.started_at or running.created_at
        self.is_stopped = False
        self._said_at = 0.0
        self._is_writing = False

    def say(self, words: str, done: int = 0, total: int = 0) -> None:
        """What is being done now, and how much of it; a total of 0 says that nobody can know yet.

        Written at most about five times a second, in a transaction of its own, so it is cheap to call for every row.
        Call it at least twice a minute: who says nothing for a minute is taken for dead. Sets `is_stopped`. While
        `writing` it does nothing: SQLite has one writer, and nobody sees what a transaction has not committed.
        """
        is_new_stage = total != self.job.total
        if self._is_writing or (not is_new_stage and time.monotonic() - self._said_at < SAID_EVERY):
            return
        self._tell(words, min(done, total) if total else 0, total, patience=PATIENCE)

    @contextmanager
    def writing(self, words: str = WRITING) -> Iterator[None]:
        """The deed's one transaction; when it commits, the job is done. Computing belongs before it.

        Raises:
            Stopped: on entering, if the job is no longer to be done.
        """
        self._tell(words, 0, 0, patience=PATIENCE_WRITING)
        self._is_writing = True
        gc.freeze()  # what was made ready is not searched for garbage again and again while others wait
        try:
            with transaction.atomic():
                # From here to the commit the row is ours: who wants to stop the job waits, then finds it done.
                if not self._under_way().update(heard_at=timezone.now()):
                    raise Stopped
                yield
                _end(self.job, JobState.DONE, at=timezone.now())
        finally:
            gc.unfreeze()
            self._is_writing = False

    def _tell(self, words: str, done: int, total: int, *, patience: int) -> None:
        self.job.total = total
        told = {"words": words[:300], "done": done, "total": total, "patience": patience}
        self.is_stopped = not self._under_way().update(heard_at=timezone.now(), **told)
        self._said_at = time.monotonic()

    def _under_way(self) -> QuerySet[Job]:
        return Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING)


@task()
def run(token: str) -> None:
    """Do a job that waits; called by the worker. Whoever comes second finds it claimed and leaves it."""
    at = timezone.now()
    claimed = {"state": JobState.RUNNING, "started_at": at, "heard_at": at, "run_by": this_one()}
    if not Job.objects.filter(pk=token, state=JobState.WAITING).update(**claimed):
        return
    running = Job.objects.select_related("user").get(pk=token)
    try:
        failure = _why_not_done(running)
    except BaseException:  # the worker was told to end
        _end(running, JobState.FAILED, at=timezone.now(), failure=CUT_SHORT)
        raise
    _end(running, JobState.FAILED if failure else JobState.DONE, at=timezone.now(), failure=failure)


def _why_not_done(running: Job) -> str:
    """Do it; what is to be told if that failed, otherwise nothing. Who was stopped or is done has told already."""
    try:
        Kind.at(running.runs).run(running.arguments, Report(running))
    except Stopped:
        return ""
    except Refused as refused:
        return str(refused) or REFUSED
    except PermissionDenied as refused:
        _note(running, refused)
        return str(refused) or NOT_ALLOWED
    except Exception as problem:
        # Never its words: they may quote what people wrote. Kind of error and place are enough to find it.
        _log.error("job %s (%s): %s at %s", running.pk, running.kind, type(problem).__name__, _place(problem))
        return BROKEN.format(code=str(running.pk)[:8])
    return ""


def _note(running: Job, refused: PermissionDenied) -> None:
    """A refusal leaves a trace here as it does on a page."""
    scope: Model | None = refused.scope if isinstance(refused, NotAllowed) else None
    if running.user is not None:
        note_refusal(
            by=running.user,
            at=timezone.now(),
            method="công việc dài",
            address=running.title,
            reason=str(refused) or NOT_ALLOWED,
            scope=scope,
        )


def _place(problem: Exception) -> str:
    frames = traceback.extract_tb(problem.__traceback__)[-5:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)


def _end(
    ended: Job,
    state: JobState,
    *,
    at: datetime,
    failure: str = "",
    among: tuple[JobState, ...] = (JobState.RUNNING,),
    **unchanged: datetime,
) -> bool:
    """Whether it was still under way, and `unchanged` as it was read; then it has ended."""
    still = Job.objects.filter(pk=ended.pk, state__in=among, **unchanged)
    return bool(still.update(state=state, failure=failure, finished_at=at))
