"""Read and screen uploaded registers in a process of their own: `python -m dotpha.interfaces.web.quick.worker`.

Standard input: one JSON line {"on", "files": [{"name", "size", "last_year"}]}, then the bytes of the files,
one after the other. Standard output: one JSON line for each thing that happened, told apart by "say".
Django is not started here, and nothing is written to disk.

The limits are the operating system's: a file that takes more memory or processor time than it should
ends this process, and `jobs` starts another without that file.
"""

import json
import sys
from collections.abc import Generator, Iterator, Sequence
from datetime import date
from typing import BinaryIO

from dotpha.documents.registers import Unreadable
from dotpha.documents.registers.confined import Event, confine, read_within, say
from dotpha.interfaces.web.quick import limits
from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch
from dotpha.rules.screening.codec import to_json


def main() -> int:
    confine(limits.CHILD_MEMORY, limits.CHILD_SECONDS)
    say(work(sys.stdin.buffer))
    return 0


def work(source: BinaryIO) -> Iterator[Event]:
    """Everything to be told about one upload, in order."""
    yield {"say": "ready"}
    order = json.loads(source.readline())
    files = [(each["name"], each["last_year"], source.read(each["size"])) for each in order["files"]]
    this_year: list[Registration] = []
    last_year: list[Registration] = []
    for place, (name, is_last_year, data) in enumerate(files):
        yield {"say": "reading", "place": place}
        reading = yield from read(name, data, last_year=is_last_year)
        (last_year if is_last_year else this_year).extend(reading)
    files.clear()
    yield from screen(this_year, last_year, date.fromisoformat(order["on"]))


def read(name: str, data: bytes, *, last_year: bool) -> Generator[Event, None, Sequence[Registration]]:
    """Yield what could not be read; return the registrations."""
    about = {"file": name, "last_year": last_year}
    try:
        reading = read_within(data, name, limits.READING_SECONDS)
    except Unreadable as reason:
        yield {"say": "unread", **about, "why": str(reason)}
        return []
    for remark in reading.remarks:
        yield {"say": "remark", **about, "where": str(remark.place), "message": remark.message}
    return reading.registrations


def screen(this_year: list[Registration], last_year: list[Registration], on: date) -> Iterator[Event]:
    if len(this_year) > limits.REGISTRATIONS:
        yield {"say": "too many", "count": len(this_year)}
        return
    yield {"say": "screening", "count": len(this_year)}
    batch = Batch(this_year, last_year, on=on)
    for place, registration in enumerate(batch.registrations):
        screening = to_json(batch.screen(place))
        yield {"say": "item", "registration": registration.to_json(), "screening": screening}
    yield {"say": "done"}


if __name__ == "__main__":
    sys.exit(main())
