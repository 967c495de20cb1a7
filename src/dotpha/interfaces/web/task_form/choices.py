"""What the form offers to choose from: people in post, and collective tasks an individual's task can serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dotpha.accounts.models import User
from dotpha.directory.queries import in_post
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.queries.writing import collective_tasks
from dotpha.rules.form.content import Content
from dotpha.rules.vietnamese.posts import post_name

MOST_PEOPLE, MOST_TASKS = 60, 100


@dataclass(frozen=True, slots=True)
class Served:
    """A collective task to choose; `group` is the organization that registers it."""

    key: int
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Choices:
    people: Sequence[str]
    tasks: Sequence[Served]
    has_more: bool
    words: str


def choices_for(user: User, task: BreakthroughTask, content: Content, *, words: str, on: date) -> Choices:
    """One query for the people; for an individual's task one more for the collective tasks."""
    tenures = in_post(task.organization, day=on)[:MOST_PEOPLE]
    people = dict.fromkeys(
        f"Đồng chí {each.official.full_name}, {post_name(each.position.label, task.organization.name)}"
        for each in tenures
    )
    if not task.is_individual:
        return Choices(list(people), [], False, "")
    found = collective_tasks(user, task, words, chosen=content.supports, on=on)[: MOST_TASKS + 1]
    tasks = [Served(each.pk, str(each.shown_title), each.registrant.name) for each in found]
    return Choices(list(people), tasks[:MOST_TASKS], len(tasks) > MOST_TASKS, words)
