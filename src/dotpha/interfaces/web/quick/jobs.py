"""Screenings under way and their results, in the memory of this one process and nowhere else.

A job is known by an unguessable token. It is dropped when its hour is over, when a person deletes it, or
when newer jobs need the room; whoever drops it, its child process ends with it. Each job has one thread,
which waits its turn, runs the worker, and at last waits for the job's end.
"""

import json
import logging
import secrets
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import IO, Any

from django.utils import timezone

from dotpha.documents.pieces.overview import Tally
from dotpha.documents.pieces.troubles import Trouble
from dotpha.documents.registers.confined import STOPPED_READING
from dotpha.documents.reports.context import of_last_year
from dotpha.interfaces.web.quick import limits
from dotpha.rules.registration import Registration
from dotpha.rules.screening import codec
from dotpha.rules.screening.result import Screening
from dotpha.rules.vietnamese.text import fold

log = logging.getLogger(__name__)
WORKER = [sys.executable, "-m", "dotpha.interfaces.web.quick.worker"]

TOO_MANY_STOPS = (
    "Nhiều tệp làm máy chủ phải dừng đọc: {names}. Đồng chí mở từng tệp bằng Excel hoặc Word, lưu thành "
    "tệp mới rồi nạp lại."
)
TOO_MANY_ITEMS = (
    "Các tệp có {count} nhiệm vụ đăng ký, nhiều hơn mức {most} của một lượt rà soát nhanh. "
    "Đồng chí chia thành nhiều lượt rồi nạp lại."
)
RESULT_TOO_BIG = "Kết quả rà soát lớn hơn mức máy chủ giữ được cho một lượt. Đồng chí chia các tệp thành nhiều lượt."
MANY_REMARKS = "còn nhiều chỗ khác chưa hiểu được nên không liệt kê hết; đề nghị xem lại mẫu của tệp."
STOPPED_SCREENING = (
    "Việc rà soát dừng giữa chừng vì quá giới hạn thời gian hoặc bộ nhớ của máy chủ. "
    "Đồng chí chia các tệp thành nhiều lượt rồi nạp lại."
)


class Busy(Exception):
    """The server holds as many uploads as it can."""


class Stage(StrEnum):
    WAITING = "waiting"
    STARTING = "starting"
    READING = "reading"
    SCREENING = "screening"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes
    last_year: bool = False

    @property
    def called(self) -> str:
        """Its name among what could not be read."""
        return of_last_year(self.name) if self.last_year else self.name


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken at all; `why` tells the person who sent it."""

    name: str
    why: str
    last_year: bool = False

    @property
    def trouble(self) -> Trouble:
        return Trouble(of_last_year(self.name) if self.last_year else self.name, "", self.why)


@dataclass(frozen=True, slots=True)
class Entry:
    """One screened registration. What the board filters by is unpacked; the rest stays a JSON line."""

    number: int
    id: str
    line: bytes
    verdict: str
    unmet: tuple[str, ...]
    reasons: tuple[str, ...]
    owner_type: str
    file: str
    words: str  # folded, for the search without accents

    @classmethod
    def of(cls, number: int, registration: Registration, screening: Screening) -> "Entry":
        row = {"registration": registration.to_json(), "screening": codec.to_json(screening)}
        texts = (registration.title, registration.owner, registration.description, registration.id)
        return cls(
            number=number,
            id=registration.id,
            line=json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"),
            verdict=screening.verdict,
            unmet=screening.unmet,
            reasons=screening.reasons,
            owner_type=registration.owner_type,
            file=str(registration.source.get("file", "")),
            words=fold(" ".join(texts)),
        )

    def unpack(self) -> tuple[Registration, Screening]:
        row = json.loads(self.line)
        return Registration.from_json(row["registration"]), codec.from_json(row["screening"])


@dataclass(slots=True)
class Job:
    on: date
    committee: str
    uploads: list[Upload]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    counted_from: datetime = field(default_factory=timezone.now)
    stage: Stage = Stage.WAITING
    place: int = 0
    total: int = 0
    entries: list[Entry] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    refused: tuple[Refused, ...] = ()
    unread: list[Trouble] = field(default_factory=list)
    remarks: list[Trouble] = field(default_factory=list)
    failure: str = ""
    files: tuple[str, ...] = ()  # this year's registers as given, also those that gave nothing
    last_year: tuple[str, ...] = ()
    bytes_held: int = 0
    gone: threading.Event = field(default_factory=threading.Event)
    process: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        given = [(each.name, each.last_year) for each in self.uploads]
        given += [(each.name, each.last_year) for each in self.refused]
        self.files = tuple(name for name, last_year in given if not last_year)
        self.last_year = tuple(name for name, last_year in given if last_year)
        self.bytes_held = sum(len(upload.data) for upload in self.uploads)

    @property
    def expires_at(self) -> datetime:
        return self.counted_from + limits.KEPT

    @property
    def is_running(self) -> bool:
        return self.stage not in (Stage.DONE, Stage.FAILED)

    def end(self) -> None:
        """Let go of everything, now: the thread wakes, the child dies."""
        self.gone.set()
        if (process := self.process) is not None:
            process.kill()


class Jobs:
    """All jobs of this process, oldest first."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._slots = threading.BoundedSemaphore(limits.CHILDREN)

    def start(self, job: Job) -> None:
        """Raises `Busy` if uploads and results under way already fill the room."""
        self.hold(job)
        threading.Thread(target=self._live, args=[job], name="rà soát", daemon=True).start()

    def hold(self, job: Job) -> None:
        with self._lock:
            self._make_room(job.bytes_held)
            self._jobs[job.token] = job

    def get(self, token: str) -> Job | None:
        return self._jobs.get(token)

    def drop(self, token: str) -> None:
        with self._lock:
            job = self._jobs.pop(token, None)
        if job is not None:
            job.end()

    def _make_room(self, needed: int) -> None:
        """Drop the oldest finished results first; work that is under way is never dropped for newer work."""
        for job in [job for job in self._jobs.values() if not job.is_running]:
            if self._fits(needed):
                return
            del self._jobs[job.token]
            job.end()
        if not self._fits(needed):
            raise Busy

    def _fits(self, needed: int) -> bool:
        held = sum(job.bytes_held for job in self._jobs.values())
        return len(self._jobs) < limits.KEPT_JOBS and held + needed <= limits.KEPT_BYTES

    def _live(self, job: Job) -> None:
        """The whole life of a job, in its own thread."""
        try:
            while not self._slots.acquire(timeout=0.2):
                if job.gone.is_set():
                    return
            try:
                run(job)
            finally:
                self._slots.release()
        except Exception:
            log.exception("a quick screening failed")
            fail(job, STOPPED_SCREENING)
        remaining = (job.expires_at - timezone.now()).total_seconds()
        job.gone.wait(max(remaining, 0))
        self.drop(job.token)


JOBS = Jobs()


def fail(job: Job, why: str) -> None:
    job.failure, job.entries = why, []
    _finish(job, Stage.FAILED)


def _finish(job: Job, stage: Stage) -> None:
    _forget_uploads(job)
    job.counted_from = timezone.now()
    job.stage = stage


def run(job: Job) -> None:
    """Run workers until one comes to the end; a file that ends a worker is left out of the next."""
    stopped = [each.trouble for each in job.refused]
    while not job.gone.is_set():
        job.unread, job.remarks, job.entries, job.place = list(stopped), [], [], 0
        _listen(job)
        if job.gone.is_set() or not job.is_running:
            return
        if job.stage is not Stage.READING:
            fail(job, STOPPED_SCREENING)
            return
        stopped.append(Trouble(job.uploads.pop(job.place).called, "", STOPPED_READING))
        if len(stopped) - len(job.refused) > limits.STOPPED_FILES:
            fail(job, TOO_MANY_STOPS.format(names=", ".join(each.file for each in stopped)))
            return


def _forget_uploads(job: Job) -> None:
    job.uploads.clear()
    job.bytes_held = sum(len(entry.line) for entry in job.entries)


def _listen(job: Job) -> None:
    """One worker from its start to its end, whatever ends it."""
    job.stage = Stage.STARTING
    with subprocess.Popen(  # noqa: S603  our own module; uploads go through its standard input
        WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        job.process = process
        assert process.stdin and process.stdout
        try:
            if job.gone.is_set():
                return
            _send(job, process.stdin)
            for line in process.stdout:
                take(job, json.loads(line))
                if job.stage is Stage.FAILED:
                    return
        except (BrokenPipeError, json.JSONDecodeError):
            return  # the worker died in the middle of a word; what it last reported tells where
        finally:
            process.kill()
            job.process = None
            if process.wait() and job.is_running and not job.gone.is_set():
                log.error("a worker ended with %s while %s", process.returncode, job.stage)


def _send(job: Job, pipe: IO[bytes]) -> None:
    files = [{"name": each.name, "size": len(each.data), "last_year": each.last_year} for each in job.uploads]
    with pipe:
        pipe.write(json.dumps({"on": job.on.isoformat(), "files": files}).encode() + b"\n")
        for upload in job.uploads:
            pipe.write(upload.data)


def take(job: Job, event: dict[str, Any]) -> None:
    """Remember what the worker says; its words are in `worker`."""
    match event["say"]:
        case "reading":
            job.place, job.stage = event["place"], Stage.READING
        case "unread":
            job.unread.append(Trouble(_called(event), "", event["why"]))
        case "remark":
            _take_remark(job, Trouble(_called(event), event["where"], event["message"]))
        case "screening":
            job.total, job.stage = event["count"], Stage.SCREENING
            _forget_uploads(job)
        case "item":
            _take_item(job, event)
        case "too many":
            fail(job, TOO_MANY_ITEMS.format(count=event["count"], most=limits.REGISTRATIONS))
        case "done":
            _finish(job, Stage.DONE)


def _called(event: dict[str, Any]) -> str:
    """The name of the file an event speaks of; a file of last year's list is told apart."""
    return of_last_year(event["file"]) if event.get("last_year") else event["file"]


def _take_remark(job: Job, remark: Trouble) -> None:
    """A broken file can give one for every cell; the last one kept says that there are more."""
    if len(job.remarks) < limits.REMARKS:
        job.remarks.append(remark)
    elif len(job.remarks) == limits.REMARKS:
        job.remarks.append(Trouble(remark.file, "Từ đây trở đi", MANY_REMARKS))


def _take_item(job: Job, event: dict[str, Any]) -> None:
    registration = Registration.from_json(event["registration"])
    screening = codec.from_json(event["screening"])
    entry = Entry.of(len(job.entries) + 1, registration, screening)
    job.entries.append(entry)
    job.tally.add(registration, screening)
    job.bytes_held += len(entry.line)
    if job.bytes_held > limits.RESULT_BYTES:
        fail(job, RESULT_TOO_BIG)


def replace(job: Job, number: int, registration: Registration, screening: Screening) -> None:
    """Put a new screening in the place of an item's old one."""
    old = job.entries[number - 1]
    job.entries[number - 1] = Entry.of(number, registration, screening)
    job.tally.add(*old.unpack(), times=-1)
    job.tally.add(registration, screening)
