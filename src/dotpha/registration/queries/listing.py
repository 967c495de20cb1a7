"""The list of a campaign's tasks, as quick among tens of thousands as among hundreds.

Which tasks, and in which order, is answered from an index that holds everything asked (`task_order`; with words
`task_words`); only the rows of one page are read. What may be read is `policy.tasks_visible_to`, asked as sets of
organizations and people that are gathered first (tested to be the same).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dotpha.directory import policy as directory
from dotpha.directory.models import Official, PartyOrganization
from dotpha.directory.queries import COUNTED, Counted, by_index_of_words
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.policy import WHO_MAY, Deed
from dotpha.registration.queries.tasks import WIDE
from dotpha.registration.workflow import TaskState
from dotpha.rules.vietnamese.text import fold

SIZE = 50
MOST_BRANCHES = 200
GATHERED = 20_000  # organizations whose keys are put in a set, rather than looked up row by row
FEW = 50  # organizations of a person whose registrants are gathered first
_EVERY = Q(pk__isnull=False)  # an empty condition would vanish from an "or"
SENT = (TaskState.SUBMITTED, TaskState.WITHDRAWN)  # what has a version and was not given up


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; `branch` is the key of what stands directly under the committee."""

    state: TaskState | None = None
    is_individual: bool | None = None
    branch: int | None = None
    is_late: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Fifty tasks in order. `after` is the number of a task: the page begins behind it, and has no number itself."""

    items: list[BreakthroughTask]
    found: Counted
    number: int
    last: int
    after: int | None = None
    has_more: bool = False

    @property
    def links(self) -> list[int | None]:
        """Numbers to show: the first, the last and those around this one; None is a gap."""
        shown = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        links: list[int | None] = []
        for before, number in zip([0, *shown], shown, strict=False):
            links += [None, number] if number > before + 1 else [number]
        return links

    @property
    def goes_on_after(self) -> int | None:
        """The number of the last task, where the numbered pages end and the list does not."""
        is_end = self.after is not None or self.number == self.last
        return self.items[-1].number if self.has_more and is_end and self.items else None


@dataclass(frozen=True, slots=True)
class Found:
    campaign: Campaign
    matching: QuerySet[BreakthroughTask]

    def page(self, number: int, *, after: int | None = None) -> TaskPage:
        """Two statements: keys in order as far as they are counted, and the rows of one page."""
        if after is not None:
            keys = _keys(_behind(self.matching, self.campaign, after), SIZE + 1)
            return TaskPage(_rows(keys[:SIZE]), Counted(len(keys)), 0, 0, after, len(keys) > SIZE)
        keys = _keys(self.matching, COUNTED + 1)
        last = max(1, -(-min(len(keys), COUNTED) // SIZE))
        number = min(max(number, 1), last)
        rows = _rows(keys[(number - 1) * SIZE : number * SIZE])
        return TaskPage(rows, Counted(len(keys)), number, last, None, len(keys) > number * SIZE)


def tasks(user: policy.Anyone, campaign: Campaign, asked: Asked, *, on: date) -> Found:
    """What the person may read of a campaign's tasks, and his own drafts; what was given up only when asked for."""
    reads_all = policy.may(user, Deed.SEE_TASKS, campaign.organization, on=on)
    own, read = _own(user, on), _EVERY if reads_all else _among(user, Deed.SEE_TASKS, on)
    if asked.words:
        # What is being written again has the words of its draft: they find it for its writer alone.
        named = Registrant.objects.filter(_said(asked.words), campaign=campaign).values("pk")
        read &= ~Q(state=TaskState.WITHDRAWN) | Q(registrant__in=named)
    among = BreakthroughTask.objects.filter(campaign=campaign) if reads_all else _few(user, campaign, on)
    found = _narrowed(among, asked)
    if asked.state is None:
        found = found.filter((own & ~Q(state=TaskState.DISCARDED)) | (read & Q(state__in=SENT)))
    else:
        found = found.filter(own | read if asked.state in SENT else own, state=asked.state)
    return Found(campaign, found)


def _few(user: policy.Anyone, campaign: Campaign, on: date) -> QuerySet[BreakthroughTask]:
    """Of a person who works with few organizations, the tasks of their registrants; of others all, walked in order."""
    seen = PartyOrganization.objects.filter(_scope(user, Deed.SEE_TASKS, on) | _scope(user, Deed.WRITE_TASK, on))
    organizations = list(seen.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(organizations) > FEW:
        return BreakthroughTask.objects.filter(campaign=campaign)
    there, himself = Q(organization__in=organizations), Q(official__user=user.pk)
    mine = [Registrant.objects.filter(each, campaign=campaign) for each in (there, himself)]
    keys = {pk for each in mine for pk in each.order_by().values_list("pk", flat=True)}
    return BreakthroughTask.objects.filter(registrant__in=keys)


def _narrowed(found: QuerySet[BreakthroughTask], asked: Asked) -> QuerySet[BreakthroughTask]:
    if asked.words:
        found = by_index_of_words(found, asked.words).filter(_said(asked.words))
    if asked.is_late:
        found = found.filter(is_late=True)
    if asked.is_individual is not None:
        found = found.filter(official__isnull=not asked.is_individual)
    if asked.branch is not None:
        found = found.filter(registrant__in=Registrant.objects.filter(branch=asked.branch).values("pk"))
    return found


def branches(user: policy.Anyone, campaign: Campaign, *, on: date) -> list[PartyOrganization]:
    """What stands directly under the committee and has registrants, as far as the person reads there."""
    keys = Registrant.objects.filter(campaign=campaign).order_by().values("branch").distinct()
    seen = PartyOrganization.objects.all()
    if not policy.may(user, Deed.SEE_TASKS, campaign.organization, on=on):
        seen = seen.filter(_scope(user, Deed.SEE_TASKS, on))
    return list(seen.filter(pk__in=keys).order_by("order_key", "pk")[:MOST_BRANCHES])


def _keys(found: QuerySet[BreakthroughTask], most: int) -> list[int]:
    return list(found.order_by("order_key", "number").values_list("pk", flat=True)[:most])


def _rows(keys: Sequence[int]) -> list[BreakthroughTask]:
    found = BreakthroughTask.objects.filter(pk__in=keys).select_related("registrant", "current").defer(*WIDE)
    return list(found.order_by("order_key", "number"))


def _behind(found: QuerySet[BreakthroughTask], campaign: Campaign, number: int) -> QuerySet[BreakthroughTask]:
    """Tasks that stand behind one of the campaign; the first condition alone is what an index can begin at."""
    key = BreakthroughTask.objects.filter(campaign=campaign, number=number).values_list("order_key", flat=True).first()
    if key is None:
        return found
    return found.filter(Q(order_key__gt=key) | Q(number__gt=number), order_key__gte=key)


def _own(user: policy.Anyone, on: date) -> Q:
    """`policy.tasks_writable_by` without reading the rows of people."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=[])
    himself = Q(official__in=list(Official.objects.filter(user=user.pk).values_list("pk", flat=True)))
    with_account = Official.objects.filter(user__isnull=False).values("pk")
    at_desk = _among(user, Deed.WRITE_TASK, on) & (Q(official__isnull=True) | ~Q(official__in=with_account))
    return himself | at_desk


def _among(user: policy.Anyone, deed: Deed, on: date) -> Q:
    """Tasks of organizations where the person may do this: of few the keys are gathered, of many each is asked."""
    organizations = PartyOrganization.objects.filter(_scope(user, deed, on)).order_by().values("pk")
    if organizations[: GATHERED + 1].count() > GATHERED:
        return _scope(user, deed, on, "organization__")
    return Q(organization__in=organizations)


def _scope(user: policy.Anyone, deed: Deed, on: date, prefix: str = "") -> Q:
    return directory.within_scopes(user, WHO_MAY[deed], on=on, prefix=prefix)


def _said(words: str) -> Q:
    """Every word, without accents, begins a word that is searched: of a title, of who registers, of the post."""
    found = Q()
    for word in fold(words).split():
        found &= Q(search_key__contains=f" {word}")
    return found
