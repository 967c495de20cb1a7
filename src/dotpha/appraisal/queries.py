"""What the pages of the board ask. A board is first narrowed by `policy.board_of`; the counts are of that part."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, F, Q, QuerySet

from dotpha.appraisal.models import COUNTED, NearDuplicate, ScreeningResult
from dotpha.appraisal.neighbours import LAST_YEAR, SAME_BATCH
from dotpha.appraisal.reading import named_in
from dotpha.core import names
from dotpha.directory.models import PartyOrganization
from dotpha.directory.queries import by_index_of_words
from dotpha.registration.models import BreakthroughTask, Campaign, TaskVersion
from dotpha.registration.workflow import CampaignState
from dotpha.rules.screening.result import CRITERIA, Reason

Board = QuerySet[ScreeningResult]


@dataclass(frozen=True, slots=True)
class Group:
    """So many results of one kind, `near` of them with near-duplicates; branches and words are not told apart."""

    verdict: str
    clarity: int
    unmet: tuple[str, ...]
    reasons: tuple[str, ...]
    is_individual: bool
    rules: str
    count: int
    near: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a board; empty means whatever. `missing` are the least and the most criteria unmet."""

    verdict: str = ""
    missing: tuple[int, int] | None = None
    is_individual: bool | None = None
    unmet: str = ""
    reason: str = ""
    has_duplicates: bool = False
    branch: int | None = None
    words: str = ""

    def among(self, group: Group) -> int:
        """How many of a group are asked for; branch and words are not asked here."""
        is_asked = (
            (not self.verdict or group.verdict == self.verdict)
            and (self.missing is None or self.missing[0] <= group.clarity <= self.missing[1])
            and (self.is_individual is None or group.is_individual is self.is_individual)
            and (not self.unmet or self.unmet in group.unmet)
            and (not self.reason or self.reason in group.reasons)
        )
        return (group.near if self.has_duplicates else group.count) if is_asked else 0

    def rows(self, board: Board) -> Board:
        """Those asked for, as the list shows them; without words they are found in one index."""
        rows = board.order_by("order_key", "number")
        if self.verdict:
            rows = rows.filter(verdict=self.verdict)
        if self.missing is not None:
            rows = rows.filter(clarity__gte=self.missing[0], clarity__lte=self.missing[1])
        if self.is_individual is not None:
            rows = rows.filter(is_individual=self.is_individual)
        if self.unmet:
            rows = rows.alias(asked=F("unmet").bitand(1 << CRITERIA.index(self.unmet))).filter(asked__gt=0)
        if self.reason:
            rows = rows.alias(ground=F("reasons").bitand(1 << list(Reason).index(Reason(self.reason))))
            rows = rows.filter(ground__gt=0)
        if self.has_duplicates:
            rows = rows.filter(duplicates__gt=0)
        if self.branch is not None:
            rows = rows.filter(branch=self.branch)
        for word in names.search_key(self.words).split():
            rows = rows.filter(search_key__contains=word)
        return by_index_of_words(rows, self.words)


def groups(board: Board, *, branch: int | None = None) -> list[Group]:
    """The counts of a board, or of one branch of it, which tells of no rules. One query, read from an index alone."""
    some = board.order_by() if branch is None else board.order_by().filter(branch=branch)
    asked = [*COUNTED, "engine_version"] if branch is None else [*COUNTED]
    near = Count("pk", filter=Q(duplicates__gt=0))
    found = some.values_list(*asked).annotate(count=Count("*"), near=near)
    return [
        Group(
            verdict, clarity, _named(unmet, CRITERIA), _named(reasons, tuple(Reason)), is_individual,
            rest[0] if branch is None else "", *rest[-2:],
        )
        for verdict, clarity, unmet, reasons, is_individual, *rest in found
    ]  # fmt: skip


@cache
def _named(bits: int, order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(named_in(bits, order))


def by_branch(board: Board) -> dict[int, dict[str, int]]:
    """Counts by branch and verdict. One query, read from an index alone."""
    found: dict[int, dict[str, int]] = {}
    for branch, verdict, count in board.order_by().values_list("branch", "verdict").annotate(count=Count("*")):
        found.setdefault(branch, {})[verdict] = count
    return found


def branches(keys: Collection[int]) -> list[PartyOrganization]:
    """In the order of the directory."""
    return list(PartyOrganization.objects.filter(pk__in=keys).order_by("kind__rank", "order_key", "pk"))


@dataclass(frozen=True, slots=True)
class Matching:
    """What is asked for: how many of each verdict; after a search also the keys, in the order of the list."""

    counts: Mapping[str, int]
    keys: list[int] | None = None


def matching(board: Board, wanted: Wanted, known: Iterable[Group]) -> Matching:
    """`known` are the groups of the board. No query, or one for a branch or words."""
    if wanted.words:
        # Sorted here: asked for in order, SQLite would walk the index of the order and read every result for its words.
        rows = sorted(wanted.rows(board).order_by().values_list("order_key", "number", "pk", "verdict"))
        return Matching(Counter(verdict for *_, verdict in rows), [pk for _, _, pk, _ in rows])
    found = Counter[str]()
    for group in known if wanted.branch is None else groups(board, branch=wanted.branch):
        found[group.verdict] += wanted.among(group)
    return Matching(found)


def page(board: Board, wanted: Wanted, found: Matching, *, start: int, end: int) -> list[ScreeningResult]:
    """Results `start` to `end` of those that match, without their large columns. Two queries: keys first, so that what
    is passed over is never read."""
    keys = found.keys[start:end] if found.keys is not None else _keys(wanted.rows(board), found, start, end)
    rows = ScreeningResult.objects.defer("result", "search_key").in_bulk(keys)
    return [rows[key] for key in keys]


def _keys(rows: Board, found: Matching, start: int, end: int) -> list[int]:
    """From the nearer end, so that the last page is as near as the first."""
    keys, total = rows.values_list("pk", flat=True), sum(found.counts.values())
    if start <= total // 2:
        return list(keys[start:end])
    return list(keys.reverse()[max(0, total - end) : max(0, total - start)])[::-1]


def beside(board: Board, wanted: Wanted, result: ScreeningResult) -> tuple[int | None, int | None]:
    """The tasks before and after a result among those that match. Two queries, however far into the board."""
    key, number = result.order_key, result.number
    rows = wanted.rows(board)
    before = rows.filter(order_key__lte=key).exclude(order_key=key, number__gte=number).reverse()
    after = rows.filter(order_key__gte=key).exclude(order_key=key, number__lte=number)
    return before.values_list("task", flat=True).first(), after.values_list("task", flat=True).first()


def results_of(task: BreakthroughTask) -> QuerySet[ScreeningResult]:
    """Everything the machine said of a task, newest first; each is read whole only when it is shown."""
    found = ScreeningResult.objects.filter(task=task).select_related("version").order_by("-pk")
    return found.defer("result", "search_key", "version__content")


def pairs_of(version: TaskVersion) -> list[NearDuplicate]:
    """Near-duplicates of a version, whoever found them, nearest first."""
    return list(_shown().filter(Q(version=version) | Q(other=version)).order_by("-similarity", "pk"))


def pairs(campaign: Campaign, part: Q, *, across: str = "") -> QuerySet[NearDuplicate]:
    """Near-duplicates of what a board shows, nearest first; a pair is told where the later of the two stands.

    `part` is what the reader may see of it: `policy.part_of` with the prefix "version__task__". `across` keeps pairs of
    two organizations ("to-chuc"), of one ("cung"), of two years ("nam").
    """
    found = _shown().filter(part, campaign=campaign)
    if across == "nam":
        found = found.filter(kind=LAST_YEAR)
    elif across:
        one = Q(version__task__organization=F("other__task__organization"))
        found = found.filter(one if across == "cung" else ~one, kind=SAME_BATCH)
    return found.order_by("-similarity", "pk")


def _shown() -> QuerySet[NearDuplicate]:
    """Pairs of which neither was taken back or replaced."""
    return (
        NearDuplicate.objects.filter(version__screenings__is_current=True, other__screenings__is_current=True)
        .select_related("version__task__campaign", "other__task__campaign")
        .defer(
            "version__content", "version__task__content", "version__task__campaign__form",
            "other__content", "other__task__content", "other__task__campaign__form",
        )
    )  # fmt: skip


def campaigns_to_rescreen() -> QuerySet[Campaign]:
    """Campaigns whose board is still being read by appraisers."""
    states = [CampaignState.OPEN, CampaignState.CLOSED]
    return Campaign.objects.filter(state__in=states).select_related("organization").order_by("pk")


def of_other_rules(campaign: Campaign, rules: str) -> int:
    """How many results of the board other rules than these gave."""
    return ScreeningResult.objects.shown().filter(campaign=campaign).exclude(engine_version=rules).count()


def on_board(campaign: Campaign) -> int:
    return ScreeningResult.objects.shown().filter(campaign=campaign).count()
