"""Tasks as a person may read them: one with its versions, and who serves whom.

What is not sent is its writer's alone: a task is called here by what its reader may read of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, TaskVersion
from dotpha.rules.form.content import Content

WIDE = ("content", "current__content")  # what lists do not show and should not read
MOST_SERVING = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A task in a list, under the title its reader may read; `is_own` where he writes it."""

    task: BreakthroughTask
    title: str
    is_own: bool

    @property
    def is_draft_shown(self) -> bool:
        return self.is_own and self.task.is_editable


def readable(user: policy.Anyone, *, on: date) -> QuerySet[BreakthroughTask]:
    """For one task and everything its page shows of it."""
    found: QuerySet[BreakthroughTask] = policy.tasks_visible_to(user, on=on).select_related(
        "campaign__organization", "registrant", "organization", "official", "current", "copied_from__campaign",
        "copied_from__current", "copied_from__registrant", "supports__current",
    )  # fmt: skip
    return found


def lines(user: policy.Anyone, found: Iterable[BreakthroughTask], *, on: date) -> list[Line]:
    """Tasks the person may read, in the order given. One query, and one for those never sent."""
    tasks = list(found)
    keys = [each.pk for each in tasks]
    own = set(policy.tasks_writable_by(user, on=on).filter(pk__in=keys).values_list("pk", flat=True))
    return [Line(each, title_for(each, is_own=each.pk in own), each.pk in own) for each in tasks]


def title_for(task: BreakthroughTask, *, is_own: bool) -> str:
    """Its draft's title for who writes it; for others that of what was sent."""
    if not is_own and task.current is not None:
        return str(task.current.title)
    return str(task)


def versions(task: BreakthroughTask) -> QuerySet[TaskVersion]:
    """Every version that was sent, the newest first, without what it says."""
    found: QuerySet[TaskVersion] = task.versions.defer("content").order_by("-number")
    return found


def version_of(task: BreakthroughTask, number: int) -> TaskVersion | None:
    found: TaskVersion | None = task.versions.filter(number=number).first()
    return found


def served(user: policy.Anyone, content: Content, *, on: date) -> Line | None:
    """The collective task a sheet names, if the person may read it."""
    if content.supports is None:
        return None
    named = policy.tasks_visible_to(user, on=on).filter(pk=content.supports)
    found = lines(user, named.select_related("current", "registrant").defer(*WIDE), on=on)
    return found[0] if found else None


def serving(user: policy.Anyone, task: BreakthroughTask, *, on: date) -> tuple[list[Line], bool]:
    """Individuals' tasks that say they serve this one, in Vietnamese order; and whether there are more than these.

    Of what others have taken back, the sheet that was sent is asked, not the draft.
    """
    found = (
        policy.tasks_visible_to(user, on=on)
        .filter(supports=task, campaign=task.campaign_id)
        .exclude(state="discarded")
        .select_related("current", "registrant")
        .defer("content")
        .order_by("order_key", "number")
    )
    told = lines(user, found[: MOST_SERVING + 1], on=on)
    kept = [each for each in told if each.is_own or _names(each.task.current, task)]
    return kept[:MOST_SERVING], len(told) > MOST_SERVING


def _names(version: TaskVersion | None, task: BreakthroughTask) -> bool:
    return version is not None and version.written.supports == task.pk
