"""`dotpha worker`: does the long work that waits in the database (docs/adr/0008).

The queue's own worker takes a job and runs it. What stands here is what an office needs besides: it looks without
taking a lock, outlives a database that is locked or away for a while, ends what a killed worker left, ends with the
server, and is quiet.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from types import FrameType
from typing import Any

from dotpha.config.starting import CannotStart, in_one_sentence
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.terminal import say

_CANNOT = 2  # exit status
_INTERVAL = 0.5  # seconds between two looks
_AWAY = "Cơ sở dữ liệu đang bận hoặc chưa mở được; công việc dài tạm đợi và tự chạy tiếp khi được."


def run(arguments: Sequence[str]) -> int:
    given = parser().read(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dotpha.config.settings")
    import django

    try:
        with in_one_sentence():
            django.setup()
            is_work_waiting()
    except CannotStart as problem:
        say(str(problem))
        return _CANNOT
    if given.server:
        threading.Thread(target=_end_with, args=[given.server], daemon=True).start()
    else:
        say("Đang chờ công việc dài. Bấm Ctrl-C để dừng.")
    work()
    return 0


def parser() -> Parser:
    made = Parser(
        "dotpha worker",
        usage="[--server SỐ]",
        description="Làm các công việc dài (nhập sổ, rà soát lại) người dùng đã giao. dotpha serve tự chạy lệnh này.",
        epilog="Mã kết thúc: 0 là đã dừng theo yêu cầu, 2 là chưa bắt đầu được.",
    )
    made.add_argument("--server", type=int, metavar="SỐ", help="số của tiến trình máy chủ: dừng theo khi nó dừng")
    return made


def is_work_waiting() -> bool:
    """One short reading, which on SQLite keeps nobody from writing."""
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().exists()


def work() -> None:
    """Take and do what waits, until told to end.

    The first signal lets the present job finish; a second one ends it, and it writes nothing.
    """
    from django.db import Error, connection
    from django.utils import timezone

    from dotpha.core import jobs

    for name in ("django_tasks", "django_tasks_db"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # dotpha.core.jobs tells what went wrong, without data
    worker = _worker()
    worker.configure_signals()
    is_away, has_looked_back = False, False
    while worker.running:
        try:
            if not has_looked_back:
                jobs.end_left(at=timezone.now())
                has_looked_back = True
            if is_work_waiting():
                worker.run()
            is_away = False
        except Error:  # locked by a long transaction, or the server is away: it comes back
            connection.close()
            if not is_away:
                say(_AWAY)
            is_away = True
        if worker.running:
            time.sleep(_INTERVAL)


def _worker() -> Any:
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    class QuietWorker(Worker):
        def shutdown(self, signum: int, frame: FrameType | None) -> None:
            if not self.running and self.running_task:
                raise SystemExit(1)
            self.running = False

    return QuietWorker(
        queue_names=["default"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=get_random_string(32),
        interval=_INTERVAL,
        batch=True,  # returns when nothing waits: the loop above looks for more, without a lock
        startup_delay=False,
        max_tasks=None,
    )


def _end_with(server: int) -> None:
    """A server that was killed tells nobody; who was begun by it is then somebody else's child."""
    while os.getppid() == server:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
