"""Which process runs a long job, so that its successor can tell whether it still does."""

import os
import socket
from pathlib import Path


def this_one() -> str:
    """This process: its machine, its number, and since when it has had that number."""
    return called(os.getpid())


def called(process: int) -> str:
    return f"{_here()}{process} {_since(process)}"


def is_gone(runner: str) -> bool:
    """Whether a process of this machine has ended; of another machine nobody here can tell, so never."""
    if not runner.startswith(_here()):
        return False
    number, _, since = runner.removeprefix(_here()).partition(" ")
    return not _is_there(int(number)) or _since(int(number)) != since


def _here() -> str:
    return f"{socket.gethostname()[:60]} "


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _since(process: int) -> str:
    """Numbers are given again; the moment, which Linux tells as the 22nd word, is not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return told.rpartition(")")[2].split()[19]
