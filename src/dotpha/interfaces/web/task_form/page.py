"""Everything the pages of the form show of one draft."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.errors import Conflict, Refused
from dotpha.interfaces.web.task_form.advice import Advised, advise
from dotpha.interfaces.web.task_form.layout import Part, Typed, id_of, parts_of
from dotpha.registration.actions.tasks import owner_type, require_receiving
from dotpha.registration.models import BreakthroughTask
from dotpha.rules.form.content import Content
from dotpha.rules.form.missing import Missing
from dotpha.rules.form.specification import Specification
from dotpha.rules.vietnamese.dates import show_day


def asked_of(task: BreakthroughTask) -> Specification:
    return task.campaign.specification.asked_of(owner_type(task))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft laid out: its parts, what is said of it, and the earlier year's task it began as."""

    task: BreakthroughTask
    content: Content
    parts: list[Part]
    advised: Advised
    late: str  # what a sheet sent today is marked with, "" in time
    closed: str  # why none is taken today, "" if it is

    @classmethod
    def of(cls, task: BreakthroughTask, typed: Typed, *, by: User) -> "Sheet":
        today = timezone.localdate()
        advised = advise(task, typed.content, by=by, today=today)
        earlier = task.copied_from
        last_year = earlier.current.written if earlier is not None and earlier.current is not None else None
        parts = parts_of(asked_of(task), typed, advised, last_year)
        return cls(task, typed.content, parts, advised, _late(task, today), _closed(task, today))

    @property
    def due(self) -> int:
        return sum(part.due for part in self.parts)

    @property
    def filled(self) -> int:
        return sum(part.filled for part in self.parts)

    @property
    def must(self) -> list[tuple[str, Missing]]:
        return [(id_of(gap.name), gap) for gap in self.advised.gaps if gap.must]

    @property
    def should(self) -> list[tuple[str, Missing]]:
        return [(id_of(gap.name), gap) for gap in self.advised.gaps if not gap.must]


def _late(task: BreakthroughTask, today: date) -> str:
    if not task.campaign.is_late(today):
        return ""
    if task.current_id is not None and not task.is_late:
        return "Đã quá hạn gửi: lần gửi lại này được ghi là sau hạn; nhiệm vụ vẫn tính đúng hạn như lần gửi đầu."
    return f"Đã quá hạn gửi ngày {show_day(task.campaign.closes_on)}: bản này được ghi là gửi chậm."


def _closed(task: BreakthroughTask, today: date) -> str:
    try:
        require_receiving(task.campaign, today)
    except Refused as refusal:
        return str(refusal)
    return ""


def stored(task: BreakthroughTask, *, more: str = "") -> Typed:
    content = task.written
    rows = range(len(content.indicators))
    return Typed(content=content, numbers=rows, kept=rows, more=more)


def about_refusal(task: BreakthroughTask, refusal: Refused) -> dict[str, Any]:
    """What a refused form is told: the sentence, what differs, and the version to save over knowingly."""
    is_conflict = isinstance(refusal, Conflict)
    now = BreakthroughTask.objects.values_list("version", flat=True).get(pk=task.pk) if is_conflict else None
    return {"refusal": str(refusal), "changes": getattr(refusal, "changes", ()), "version_now": now}


def status_of(refusal: Refused) -> int:
    return 409 if isinstance(refusal, Conflict) else 422
