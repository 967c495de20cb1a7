"""Read a register in a process of its own, which the operating system ends when a file asks too much of it.

`read_confined` is `read_bytes` for files from outside: it starts `python -m dotpha.documents.registers.confined`,
hands the file to its standard input (one JSON line {"name", "size", ...}, then the bytes) and takes the reading from
its standard output, one JSON line for each thing told. Django is not started there, and nothing is written to disk.

What confines a process (`confine`, `read_within`) serves other workers as well, so that a hostile file is
refused in the same words wherever it is handed in.
"""

import json
import logging
import math
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any, TypeVar

from dotpha.documents.registers.opening import read_bytes
from dotpha.documents.registers.reading import Place, Reading, Remark, Unreadable
from dotpha.rules.registration import Registration

log = logging.getLogger(__name__)
Event = dict[str, Any]
Read = TypeVar("Read")
CHILD = [sys.executable, "-m", "dotpha.documents.registers.confined"]
MB = 1024 * 1024

TOO_BIG = (
    "Chưa đọc được vì nội dung tệp sau khi mở ra quá lớn so với bộ nhớ cho phép. "
    "Đồng chí tách thành nhiều tệp nhỏ rồi nạp lại."
)
STOPPED_READING = (
    "Chưa đọc được: việc đọc tệp này cần quá nhiều thời gian hoặc bộ nhớ nên máy chủ đã dừng lại. "
    "Đồng chí mở tệp bằng Excel hoặc Word, lưu thành tệp mới rồi nạp lại."
)
NOT_STARTED = (
    "Chưa đọc được vì máy chủ chưa mở được chương trình đọc tệp; tệp của đồng chí không có lỗi gì. "
    "Đồng chí nạp lại sau ít phút; nếu vẫn như vậy, đề nghị báo người quản trị máy chủ."
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: bytes of memory, seconds of processor, seconds of waiting, bytes of answer."""

    memory: int = 2048 * MB
    seconds: float = 30
    waiting: float = 180
    answer: int = 200 * MB


LIMITS = Limits()


def read_confined(data: bytes, name: str, *, limits: Limits = LIMITS) -> Reading:
    """What `read_bytes` gives, read by a child process; costs about a third of a second for its start.

    Raises:
        Unreadable: as `read_bytes`; or the file took more than `limits` allow.
    """
    with conversation(CHILD, {"name": name}, data, limits=limits) as events:
        return heard(events, name)


@contextmanager
def conversation(
    child: Sequence[str], order: Event, data: bytes, *, limits: Limits = LIMITS
) -> Iterator[Iterator[Event]]:
    """Hand an order and a file to a child process; what it says, one event after another. It ends with the block."""
    with subprocess.Popen(  # noqa: S603  our own module; the file goes through its standard input
        child, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdin and process.stdout
        clock = threading.Timer(limits.waiting, process.kill)
        clock.start()
        try:
            _hand_over(order, data, limits, process.stdin)
            yield _lines(process.stdout, limits.answer)
        finally:
            clock.cancel()
            process.kill()


def _hand_over(order: Event, data: bytes, limits: Limits, pipe: IO[bytes]) -> None:
    whole = {**order, "size": len(data), "memory": limits.memory, "seconds": limits.seconds}
    try:
        with pipe:
            pipe.write(json.dumps(whole).encode() + b"\n")
            pipe.write(data)
    except BrokenPipeError:
        return  # the child is gone; what it said, or did not say, tells why


def _lines(pipe: IO[bytes], most: int) -> Iterator[Event]:
    """What the child says until it ends or breaks off in the middle of a word.

    Raises:
        Unreadable: it says more than `most` bytes.
    """
    while line := pipe.readline(most + 1):
        most -= len(line)
        if most < 0:
            raise Unreadable(TOO_BIG)
        try:
            yield json.loads(line)
        except ValueError:
            return


def heard(events: Iterator[Event], name: str) -> Reading:
    """What a child that read one file has said, put together again.

    Raises:
        Unreadable: the file was refused, or the child did not come to the end.
    """
    if next(events, None) != {"say": "ready"}:
        log.error("the reader of registers could not be started")
        raise Unreadable(NOT_STARTED)
    registrations: list[Registration] = []
    remarks: list[Remark] = []
    for event in events:
        match event["say"]:
            case "registration":
                registrations.append(Registration.from_json(event["row"]))
            case "remark":
                remarks.append(Remark(Place(**event["place"]), event["message"]))
            case "unread":
                raise Unreadable(event["why"])
            case "done":
                return Reading(name, tuple(registrations), tuple(remarks))
    log.error("a file ended the reader of registers")
    raise Unreadable(STOPPED_READING)


def main() -> int:
    order, data = taken_over()
    say(told(data, order["name"], order["seconds"]))
    return 0


def taken_over() -> tuple[Event, bytes]:
    """In the child: say that it runs, take the order, be confined by it, take the file."""
    say([{"say": "ready"}])
    order: Event = json.loads(sys.stdin.buffer.readline())
    confine(order["memory"], 2 * math.ceil(order["seconds"]))  # the other half is for telling it
    return order, sys.stdin.buffer.read(order["size"])


def told(data: bytes, name: str, seconds: float) -> Iterator[Event]:
    """Everything there is to say of one file, in order."""
    try:
        reading = read_within(data, name, seconds)
    except Unreadable as reason:
        yield {"say": "unread", "why": str(reason)}
        return
    for registration in reading.registrations:
        yield {"say": "registration", "row": registration.to_json()}
    for remark in reading.remarks:
        yield {"say": "remark", "place": asdict(remark.place), "message": remark.message}
    yield {"say": "done"}


def confine(memory: int, seconds: int) -> None:
    """From here on this process ends when it takes more bytes or processor time; it leaves no image of its memory."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_within(data: bytes, name: str, seconds: float) -> Reading:
    """Read one file in a confined process, which ends here and now once it has taken `seconds` of processor time.

    Raises:
        Unreadable: as `read_bytes`, or the memory does not suffice.
    """
    return within(lambda: read_bytes(data, name), seconds)


def within(work: Callable[[], Read], seconds: float) -> Read:
    """What `work` gives, in a confined process that ends once it has taken `seconds` of processor time.

    Raises:
        Unreadable: the memory does not suffice, or what `work` raises.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    except MemoryError:
        raise Unreadable(TOO_BIG) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def say(events: Iterable[Event]) -> None:
    """Each event at once, as one JSON line on standard output."""
    for event in events:
        sys.stdout.write(json.dumps(event, separators=(",", ":")) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
