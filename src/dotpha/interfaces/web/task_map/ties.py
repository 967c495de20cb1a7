"""How each task is tied: where its link leads (registration), and whether its content serves it (screening)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KT

from dotpha.appraisal.models import ScreeningResult
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.queries.links import Leads, Linked, serving
from dotpha.rules.screening.result import CRITERIA

_LINKED = 1 << CRITERIA.index("linked")


class Tie(StrEnum):
    FITS = "fits"
    MISTIED = "mistied"
    UNTIED = "untied"


TIE_LABELS: Mapping[Tie, str] = {
    Tie.FITS: "Phục vụ nhiệm vụ này",
    Tie.MISTIED: "Gắn chưa khớp",
    Tie.UNTIED: "Chưa gắn",
}
TIE_SHAPES: Mapping[Tie, str] = {Tie.FITS: "met", Tie.MISTIED: "borderline", Tie.UNTIED: "routine"}
UNCARRIED = "Chưa ai đảm nhận"


@dataclass(frozen=True, slots=True)
class Counts:
    collective: int
    uncarried: int
    individual: int
    untied: int
    mistied: int


def tied(individuals: Linked) -> Linked:
    """The same tasks, each with its `tie`."""
    fits = Q(leads=Leads.HERE.value) & ~Exists(_said_not_to_serve(OuterRef("pk")))
    told: Linked = individuals.annotate(
        tie=Case(
            When(leads=Leads.NOWHERE.value, then=Value(Tie.UNTIED.value)),
            When(fits, then=Value(Tie.FITS.value)),
            default=Value(Tie.MISTIED.value),
            output_field=CharField(),
        )
    )
    return told


def carried(collective: QuerySet[BreakthroughTask]) -> QuerySet[Any]:
    """The same tasks, each with `is_carried`: at least one individual's task serves it, by place and by content."""
    fitting = serving().filter(~Exists(_said_not_to_serve(OuterRef("pk"))))
    return collective.annotate(is_carried=Exists(fitting))


def counts(collective: QuerySet[Any], individuals: Linked) -> Counts:
    """Two queries; `collective` as `carried` gives them, `individuals` as `tied`."""
    here = collective.aggregate(all=Count("pk"), uncarried=Count("pk", filter=Q(is_carried=False)))
    there = individuals.aggregate(
        all=Count("pk"),
        untied=Count("pk", filter=Q(tie=Tie.UNTIED.value)),
        mistied=Count("pk", filter=Q(tie=Tie.MISTIED.value)),
    )
    return Counts(here["all"], here["uncarried"], there["all"], there["untied"], there["mistied"])


def why_not_served(tasks: Iterable[int]) -> Mapping[int, str]:
    """What the screening says of those whose content does not serve what they name. One query."""
    results = ScreeningResult.objects.filter(task__in=list(tasks), is_current=True)
    return dict(results.values_list("task", KT("result__clarity__linked__why")))


def _said_not_to_serve(task: OuterRef) -> QuerySet[Any]:
    current = ScreeningResult.objects.filter(task=task, is_current=True)
    said: QuerySet[Any] = current.annotate(linked=F("unmet").bitand(_LINKED)).filter(linked__gt=0)
    return said
