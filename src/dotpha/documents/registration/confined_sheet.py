"""Read a filled registration form in a process of its own, confined as the readers of registers are.

`read_sheet_confined` is `sheet_reading.read_sheet` for files from outside (see `registers.confined`); Django is not
started there, and nothing is written to disk.
"""

import logging
import sys
from collections.abc import Iterator

from dotpha.documents.registers.confined import (
    MB,
    NOT_STARTED,
    STOPPED_READING,
    Event,
    Limits,
    conversation,
    say,
    taken_over,
    within,
)
from dotpha.documents.registers.reading import Unreadable
from dotpha.documents.registration.sheet_reading import SheetReading, read_sheet
from dotpha.rules.form.content import Content
from dotpha.rules.form.specification import Specification
from dotpha.rules.registration import OwnerType

log = logging.getLogger(__name__)
CHILD = [sys.executable, "-m", "dotpha.documents.registration.confined_sheet"]
LIMITS = Limits(memory=1024 * MB, seconds=15, waiting=60, answer=20 * MB)  # one form, not a register


def read_sheet_confined(
    data: bytes, name: str, specification: Specification, owner_type: OwnerType, *, limits: Limits = LIMITS
) -> SheetReading:
    """Costs about a third of a second for the start of the process.

    Raises:
        Unreadable: as `read_sheet`; or the file took more than `limits` allow.
    """
    order = {"name": name, "specification": specification.to_json(), "owner_type": owner_type}
    with conversation(CHILD, order, data, limits=limits) as events:
        return _heard(events)


def _heard(events: Iterator[Event]) -> SheetReading:
    if next(events, None) != {"say": "ready"}:
        log.error("the reader of forms could not be started")
        raise Unreadable(NOT_STARTED)
    for event in events:
        if event["say"] == "unread":
            raise Unreadable(event["why"])
        return SheetReading(
            content=Content.from_json(event["content"]), answered=tuple(event["answered"]),
            remarks=tuple(event["remarks"]), owner=event["owner"], code=event["code"], parent=event["parent"],
            is_ours=event["is_ours"],
        )  # fmt: skip
    log.error("a file ended the reader of forms")
    raise Unreadable(STOPPED_READING)


def main() -> int:
    order, data = taken_over()
    specification = Specification.from_json(order["specification"])
    say(told(data, order["name"], specification, order["owner_type"], order["seconds"]))
    return 0


def told(
    data: bytes, name: str, specification: Specification, owner_type: OwnerType, seconds: float
) -> Iterator[Event]:
    try:
        reading = within(lambda: read_sheet(data, name, specification, owner_type), seconds)
    except Unreadable as reason:
        yield {"say": "unread", "why": str(reason)}
        return
    yield {
        "say": "sheet", "content": reading.content.to_json(), "answered": reading.answered,
        "remarks": reading.remarks, "owner": reading.owner, "code": reading.code, "parent": reading.parent,
        "is_ours": reading.is_ours,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
