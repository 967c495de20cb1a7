"""The four reports of a job, written on demand by a child process and kept nowhere."""

import json
import logging
import subprocess
import sys
import threading

from dotpha.documents.reports.context import ReportContext
from dotpha.interfaces.web.quick import limits
from dotpha.interfaces.web.quick.jobs import Job

log = logging.getLogger(__name__)
WRITER = [sys.executable, "-m", "dotpha.interfaces.web.quick.writer"]
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}
LABELS = {
    "xlsx": "Bảng Excel",
    "docx": "Báo cáo Word",
    "html": "Trang xem ngoại tuyến",
    "jsonl": "Dữ liệu JSON",
}
_slots = threading.BoundedSemaphore(limits.WRITERS)


class CannotWrite(Exception):
    """Two other reports are being written, or this one is too large."""


def context(job: Job) -> ReportContext:
    return ReportContext(
        on=job.on,
        committee=job.committee,
        files=job.files,
        last_year=job.last_year,
        unread=tuple(job.unread),
        remarks=tuple(job.remarks),
    )


def write(job: Job, kind: str) -> bytes:
    """The report as a file; `kind` is a key of `CONTENT_TYPES`."""
    order = json.dumps(context(job).to_json(), ensure_ascii=False).encode()
    lines = b"\n".join([order, *(entry.line for entry in list(job.entries))])
    if not _slots.acquire(timeout=limits.WRITER_WAIT_SECONDS):
        raise CannotWrite
    try:
        done = subprocess.run(  # noqa: S603  our own module, a kind from a table
            [*WRITER, kind], input=lines, capture_output=True, timeout=limits.WRITER_SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as problem:
        # Of its last words only the kind of error: the rest may quote a register.
        last = (problem.stderr or b"").strip().rpartition(b"\n")[2].partition(b":")[0]
        log.error("a %s report could not be written: %s", kind, last.decode(errors="replace"))
        raise CannotWrite from None
    finally:
        _slots.release()
    return done.stdout
