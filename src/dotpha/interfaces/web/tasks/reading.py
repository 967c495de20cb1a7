"""One task laid out for reading: the sheet as this reader may see it, where it came from, whom it serves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dotpha.interfaces.web.directory.paging import asked
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import policy
from dotpha.registration.actions.tasks import owner_type
from dotpha.registration.models import BreakthroughTask, TaskVersion
from dotpha.registration.queries import tasks as queries
from dotpha.registration.workflow import CampaignState, TaskState
from dotpha.rules.form.comparing import compare
from dotpha.rules.form.content import Content
from dotpha.rules.form.sheet import SheetSection, sheet


@dataclass(frozen=True, slots=True)
class Reader:
    """A task before the eyes of one person."""

    task: BreakthroughTask
    is_own: bool
    today: date

    @property
    def shows_draft(self) -> bool:
        return self.is_own and (self.task.is_editable or self.task.current is None)

    @property
    def title(self) -> str:
        return queries.title_for(self.task, is_own=self.is_own)

    @property
    def may_change(self) -> bool:
        return self.is_own and self.task.campaign.state == CampaignState.OPEN

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """(URL name, label) of what can be done now, the commonest first."""
        state = TaskState(self.task.state)
        if not self.may_change or state is TaskState.DISCARDED:
            return []
        if state is TaskState.SUBMITTED:
            return [("task-withdraw", "Rút lại để sửa")]
        return [("task-write", "Soạn tiếp"), ("task-send", "Gửi đăng ký"), ("task-discard", "Bỏ")]

    @property
    def is_shut(self) -> bool:
        """Whoever writes it is told why nothing can be changed any more."""
        return self.is_own and not self.may_change and self.task.state != TaskState.DISCARDED


@dataclass(frozen=True, slots=True)
class Shown:
    """The sheet on the page: a version that was sent, or the draft (`version` is None)."""

    content: Content
    version: TaskVersion | None
    is_latest: bool


def reader_of(request: SignedInRequest, pk: int) -> Reader:
    """
    Raises:
        Http404: the person may not read this task.
    """
    today = timezone.localdate()
    task = get_object_or_404(queries.readable(request.user, on=today), pk=pk)
    return Reader(task, policy.may_write(request.user, task.registrant, on=today), today)


def shown(request: SignedInRequest, reader: Reader) -> Shown:
    """The version asked for with `?ban=`; without, the writer's draft or what was sent last.

    Raises:
        Http404: there is no such version.
    """
    task, number = reader.task, asked(request, "ban") if "ban" in request.GET else 0
    if not number and reader.shows_draft:
        return Shown(task.written, None, True)
    version = queries.version_of(task, number) if number else task.current
    if version is None:
        raise Http404
    return Shown(version.written, version, version.pk == task.current_id)


def about(request: SignedInRequest, reader: Reader, seen: Shown) -> dict[str, Any]:
    user, task, today = request.user, reader.task, reader.today
    parent = queries.served(user, seen.content, on=today)
    called = parent.title if parent else seen.version.parent_title if seen.version else ""
    serving, has_more = ([], False) if task.is_individual else queries.serving(user, task, on=today)
    return {
        "reader": reader,
        "task": task,
        "campaign": task.campaign,
        "shown": seen,
        "sections": laid_out(reader, seen.content, called),
        "served": parent,
        "served_name": called or seen.content.parent_title,
        "serving": serving,
        "has_more_serving": has_more,
        "copied": copied(request, reader, seen.content),
        "version_count": task.versions.count(),
    }


def laid_out(reader: Reader, content: Content, parent: str) -> tuple[SheetSection, ...]:
    task = reader.task
    return sheet(content, task.campaign.specification, owner_type=owner_type(task), parent=parent)


@dataclass(frozen=True, slots=True)
class Copied:
    """The earlier year's task a sheet was copied from, and what it still says word for word."""

    task: BreakthroughTask
    title: str
    unchanged: tuple[str, ...]
    changed: tuple[str, ...]


def copied(request: SignedInRequest, reader: Reader, content: Content) -> Copied | None:
    """None where it was not copied, or the person may not read what it was copied from."""
    earlier = reader.task.copied_from
    if earlier is None or earlier.current is None:
        return None
    if not policy.tasks_visible_to(request.user, on=reader.today).filter(pk=earlier.pk).exists():
        return None
    said = earlier.current.written
    comparison = compare(
        said, content, reader.task.campaign.specification, owner_type=owner_type(reader.task),
        parents=(earlier.current.parent_title, ""),
    )  # fmt: skip
    labels = (field.field.label for field in comparison.fields if field.field.name != "prior_year_title")
    return Copied(earlier, str(earlier.current.title), comparison.unchanged, tuple(labels))
