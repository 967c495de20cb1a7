"""The worker that `dotpha serve` keeps beside itself: begun with it, begun again if it dies, ended with it."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

_BEGIN_AGAIN_AFTER = 5  # seconds
_PATIENCE = 1  # seconds for a worker to end after each asking: idle at once, at work at the second


@contextlib.contextmanager
def worker_beside() -> Iterator[int]:
    """Gives the number of the worker's process."""
    keeper = _Keeper()
    threading.Thread(target=keeper.keep, daemon=True).start()
    try:
        yield keeper.process.pid
    finally:
        keeper.end()


class _Keeper:
    def __init__(self) -> None:
        self._over = threading.Event()
        self._turn = threading.Lock()  # between beginning another worker and ending them
        self.process = self._begin()

    def _begin(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dotpha", "worker", "--server", str(os.getpid())]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  our own module

    def keep(self) -> None:
        while True:
            self.process.wait()
            if self._over.wait(_BEGIN_AGAIN_AFTER):
                return
            with self._turn:
                if self._over.is_set():
                    return
                self.process = self._begin()

    def end(self) -> None:
        with self._turn:
            self._over.set()
        for ask in (self.process.terminate, self.process.terminate, self.process.kill):
            ask()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_PATIENCE)
                return
