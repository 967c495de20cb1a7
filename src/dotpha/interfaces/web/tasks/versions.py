"""Which two texts of a task are set side by side, and what differs between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.tasks.reading import Reader
from dotpha.registration.actions.tasks import owner_type
from dotpha.registration.models import TaskVersion
from dotpha.registration.queries import tasks as queries
from dotpha.rules.form.comparing import Comparison, compare
from dotpha.rules.form.content import Content

DRAFT = "nhap"
DRAFT_LABEL = "Bản đang soạn"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: `key` is what the address calls it."""

    key: str
    label: str
    content: Content
    parent: str
    version: TaskVersion | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    before: Side
    after: Side
    comparison: Comparison


def choices(reader: Reader, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """What may be compared, the oldest first; the draft for its writer while it is one."""
    sent = [(str(number), f"Phiên bản {number}") for number in sorted(numbers)]
    return [*sent, (DRAFT, DRAFT_LABEL)] if reader.is_own and reader.task.is_editable else sent


def chosen(request: SignedInRequest, offered: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The two asked for in the order of time, else the last two; None where there are not two."""
    keys = [key for key, _ in offered]
    if len(keys) < 2:
        return None
    asked = {key for key in (request.GET.get("tu", ""), request.GET.get("den", "")) if key in keys}
    if len(asked) < 2:
        return keys[-2], keys[-1]
    before, after = sorted(asked, key=keys.index)
    return before, after


def pair(reader: Reader, keys: tuple[str, str]) -> Pair:
    """Two queries for the two texts."""
    task = reader.task
    before, after = (_side(reader, key) for key in keys)
    comparison = compare(
        before.content, after.content, task.campaign.specification, owner_type=owner_type(task),
        parents=(before.parent, after.parent), year=task.campaign.year,
    )  # fmt: skip
    return Pair(before, after, comparison)


def _side(reader: Reader, key: str) -> Side:
    task = reader.task
    version = queries.version_of(task, int(key)) if key != DRAFT else None
    if version is None:
        return Side(DRAFT, DRAFT_LABEL, task.written, task.supports.sent_title if task.supports else "")
    return Side(key, f"Phiên bản {version.number}", version.written, version.parent_title, version)
