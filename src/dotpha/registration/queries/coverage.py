"""Who must register in a campaign, who has, who is late: counted from the index of the registrants alone."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from dotpha.registration.models import Campaign, Registrant
from dotpha.rules.vietnamese.text import fold


class Standing(StrEnum):
    """How far a registrant is; each has exactly one."""

    DONE = "done"
    LATE = "late"
    SHORT = "short"
    WRITING = "writing"
    NOTHING = "nothing"
    EXEMPT = "exempt"
    FREE = "free"


STANDING_LABELS: Mapping[Standing, str] = {
    Standing.DONE: "Đã gửi đủ, đúng hạn",
    Standing.LATE: "Đã gửi đủ, có bản chậm",
    Standing.SHORT: "Gửi chưa đủ",
    Standing.WRITING: "Đang soạn, chưa gửi",
    Standing.NOTHING: "Chưa soạn",
    Standing.EXEMPT: "Được miễn",
    Standing.FREE: "Không bắt buộc",
}
# Never colour alone: each has a word and a shape.
STANDING_MARKS: Mapping[Standing, str] = {
    Standing.DONE: "✔",
    Standing.LATE: "◷",
    Standing.SHORT: "◐",
    Standing.WRITING: "✎",
    Standing.NOTHING: "○",
    Standing.EXEMPT: "–",
    Standing.FREE: "·",
}
# Of those who must: in the order in which a bar is drawn.
OBLIGED = (Standing.DONE, Standing.LATE, Standing.SHORT, Standing.WRITING, Standing.NOTHING)
OWING = frozenset({Standing.SHORT, Standing.WRITING, Standing.NOTHING})

_MUST = Q(exempt_reason="", at_least__gt=0)
_ENOUGH = Q(submitted__gte=F("at_least"))
STANDING_IS: Mapping[Standing, Q] = {
    Standing.EXEMPT: ~Q(exempt_reason=""),
    Standing.FREE: Q(exempt_reason="", at_least=0),
    Standing.NOTHING: _MUST & Q(submitted=0, drafts=0),
    Standing.WRITING: _MUST & Q(submitted=0, drafts__gt=0),
    Standing.SHORT: _MUST & Q(submitted__gt=0, submitted__lt=F("at_least")),
    Standing.LATE: _MUST & _ENOUGH & Q(late__gt=0),
    Standing.DONE: _MUST & _ENOUGH & Q(late=0),
}
OWES = _MUST & Q(submitted__lt=F("at_least"))


@dataclass(slots=True)
class Numbers:
    """How many registrants stand how."""

    counts: Counter[Standing] = field(default_factory=Counter)

    @property
    def must(self) -> int:
        return sum(self.counts[each] for each in OBLIGED)

    @property
    def sent(self) -> int:
        return self.counts[Standing.DONE] + self.counts[Standing.LATE]

    @property
    def owing(self) -> int:
        return sum(self.counts[each] for each in OWING)

    @property
    def total(self) -> int:
        return self.counts.total()


@dataclass(slots=True)
class Coverage:
    """The whole campaign, its two kinds of registrants, and each branch by its key."""

    whole: Numbers = field(default_factory=Numbers)
    collective: Numbers = field(default_factory=Numbers)
    individual: Numbers = field(default_factory=Numbers)
    branches: dict[int, Numbers] = field(default_factory=dict)


def coverage(campaign: Campaign) -> Coverage:
    """One statement, answered in the order of `registrant_coverage` from it alone: few lines for any number."""
    counted = Coverage()
    alike = (
        Registrant.objects.filter(campaign=campaign)
        .order_by()
        .values_list("branch", "at_least", "submitted", "late", "drafts", "exempt_reason")
        .annotate(number=Count("*"), people=Count("official"))
    )
    for branch, least, submitted, late, drafts, exempt, number, people in alike:
        standing = _standing(least, submitted, late, drafts, is_exempt=bool(exempt))
        counted.whole.counts[standing] += number
        counted.individual.counts[standing] += people
        counted.collective.counts[standing] += number - people
        counted.branches.setdefault(branch, Numbers()).counts[standing] += number
    return counted


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list of registrants is narrowed to."""

    standing: Standing | None = None
    owes: bool = False
    is_individual: bool | None = None
    branch: int | None = None
    words: str = ""


def registrants(campaign: Campaign, asked: Asked) -> QuerySet[Registrant]:
    """Registrants in Vietnamese order, those of a branch together."""
    found = Registrant.objects.filter(campaign=campaign)
    if asked.owes:
        found = found.filter(OWES)
    if asked.standing is not None:
        found = found.filter(STANDING_IS[asked.standing])
    if asked.is_individual is not None:
        found = found.filter(official__isnull=not asked.is_individual)
    if asked.branch is not None:
        found = found.filter(branch=asked.branch)
    for word in fold(asked.words).split():
        found = found.filter(search_key__contains=f" {word}")
    return found.order_by("order_key", "pk")


def owing_of(campaign: Campaign, branches: Collection[int], *, most: int) -> dict[int, list[Registrant]]:
    """Who still owes in each of these branches, at most so many of one, in Vietnamese order. One statement."""
    place = Window(RowNumber(), partition_by=F("branch"), order_by=("order_key", "pk"))
    rows = Registrant.objects.filter(OWES, campaign=campaign, branch__in=branches)
    found: dict[int, list[Registrant]] = {}
    for each in rows.annotate(place=place).filter(place__lte=most).order_by("order_key", "pk"):
        found.setdefault(each.branch_id, []).append(each)
    return found


def standing_of(registrant: Registrant) -> Standing:
    """The same question asked of one that is read already."""
    each = registrant
    return _standing(each.at_least, each.submitted, each.late, each.drafts, is_exempt=each.is_exempt)


def _standing(least: int, submitted: int, late: int, drafts: int, *, is_exempt: bool) -> Standing:
    if is_exempt:
        return Standing.EXEMPT
    if not least:
        return Standing.FREE
    if submitted >= least:
        return Standing.LATE if late else Standing.DONE
    if submitted:
        return Standing.SHORT
    return Standing.WRITING if drafts else Standing.NOTHING
