"""What a campaign knows that the rows of a register are compared with, read in a few queries whatever their number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Count, Max, Q, Sum

from dotpha.directory.models import OrganizationName
from dotpha.registration.exchange.matching import Matching, Party
from dotpha.registration.exchange.merging import as_registered
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant, TaskVersion
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.content import Content
from dotpha.rules.registration import Registration
from dotpha.rules.vietnamese.text import fold, tidy

_CHUNK = 5_000


def chunks(values: Iterable[Any], size: int = _CHUNK) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


class Known:
    """Registrants and tasks of a campaign. A draft nobody has sent is its writer's alone: it is counted, not read."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        found = campaign.registrants.select_related("organization", "official").order_by("order_key", "pk")
        self.registrants: dict[int, Registrant] = {each.pk: each for each in found}
        self.whose: dict[int, Registrant] = {}  # line of the file → who registers it
        self.kept: Counter[int] = Counter()
        self.sent: dict[int, list[BreakthroughTask]] = defaultdict(list)
        self.collective: dict[str, list[BreakthroughTask]] = defaultdict(list)
        self.tasks: dict[int, BreakthroughTask] = {}
        self.by_number: dict[int, BreakthroughTask] = {}
        self._read_tasks()
        self._contents: dict[int, Content] = {}
        self._registered: dict[int, Registration] = {}

    def _read_tasks(self) -> None:
        tasks = self.campaign.tasks.exclude(state=TaskState.DISCARDED).select_related("current")
        for task in tasks.defer("content", "search_key", "current__content").order_by("number"):
            self.kept[task.registrant_id] += 1
            if task.current is None:
                continue
            task.campaign = self.campaign
            self.sent[task.registrant_id].append(task)
            self.tasks[task.pk] = self.by_number[task.number] = task
            if task.official_id is None:
                self.collective[fold(tidy(task.current.title))].append(task)

    def matching(self) -> Matching:
        """One query for the names organizations had."""
        former: dict[int, list[str]] = defaultdict(list)
        organizations = self.campaign.registrants.order_by().values("organization")
        named = OrganizationName.objects.filter(organization__in=organizations).order_by("valid_from", "pk")
        for organization, name in named.values_list("organization", "name"):
            former[organization].append(name)
        return Matching(self._party(each, former[each.organization_id]) for each in self.registrants.values())

    @staticmethod
    def _party(registrant: Registrant, former: list[str]) -> Party:
        holder = registrant.official or registrant.organization
        return Party(
            registrant.pk,
            registrant.is_individual,
            registrant.name,
            registrant.post,
            registrant.organization.name,
            holder.code,
            tuple(dict.fromkeys(former)),
        )

    def read_contents(self, registrants: Iterable[int]) -> None:
        """What the tasks of these were sent with."""
        keys = [task.current_id for pk in registrants for task in self.sent.get(pk, ())]
        for part in chunks(keys):
            for task, content in TaskVersion.objects.filter(pk__in=part).values_list("task", "content"):
                self._contents[task] = Content.from_json(content)

    def content_of(self, task: BreakthroughTask) -> Content:
        return self._contents[task.pk]

    def registered(self, task: BreakthroughTask) -> Registration:
        """A task as it was sent, in the words of a register."""
        if task.pk not in self._registered:
            registrant = self.registrants[task.registrant_id]
            self._registered[task.pk] = as_registered(self._contents[task.pk], registrant, self.campaign)
        return self._registered[task.pk]


def state_of(campaign: Campaign) -> str:
    """Changes whenever something is sent, taken back or given up, or the campaign or its registrants change.

    Writing on a draft is not in it: while a campaign is open somebody always does. Three queries, however many there
    are.
    """
    sent = BreakthroughTask.objects.filter(campaign=campaign.pk, current__isnull=False)
    by_state = {f"{state.value}s": Count("pk", filter=Q(state=state)) for state in TaskState}
    registrants = Registrant.objects.filter(campaign=campaign.pk)
    told = [
        Campaign.objects.filter(pk=campaign.pk).values_list("version", "state").get(),
        tuple(sent.aggregate(Max("current"), **by_state).values()),
        tuple(registrants.aggregate(Count("pk"), Sum("version"), Max("pk")).values()),
    ]
    return repr(told)
