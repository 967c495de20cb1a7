"""What every deed on tasks keeps of its registrants: their rows held, their counts, the numbers of their tasks."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Count, F, Q

from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.workflow import TaskState

COUNTS = ("drafts", "submitted", "late")  # of a registrant


def held(registrants: Iterable[int]) -> list[Registrant]:
    """These registrants as they are now, held until the transaction ends: who sends or begins for one of them waits.

    Held before any campaign or task, in the order of their keys, so that no two wait for each other.
    """
    found = Registrant.objects.select_for_update(no_key=True, of=("self",)).select_related("campaign")
    return list(found.filter(pk__in=registrants).order_by("pk"))


def next_numbers(campaign: Campaign, count: int) -> int:
    """The first of `count` new numbers; the campaign's row is held until the transaction ends."""
    Campaign.objects.filter(pk=campaign.pk).update(last_number=F("last_number") + count)
    return int(Campaign.objects.values_list("last_number", flat=True).get(pk=campaign.pk)) - count + 1


def count_tasks(*registrants: Registrant) -> None:
    """Write down how many each has under way, has sent, and sent late. Two queries."""
    recounted(registrants)
    Registrant.objects.bulk_update(registrants, COUNTS, batch_size=500)


def recounted(registrants: Collection[Registrant]) -> None:
    """Count, without writing, how many each has under way, has sent, and sent late. One query."""
    editing = Q(state__in=[TaskState.DRAFT, TaskState.WITHDRAWN])
    sent = Q(state=TaskState.SUBMITTED)
    counted = (
        BreakthroughTask.objects.filter(registrant__in=registrants)
        .order_by()
        .values_list("registrant")
        .annotate(
            editing=Count("pk", filter=editing),
            sent=Count("pk", filter=sent),
            late=Count("pk", filter=sent & Q(is_late=True)),
        )
    )
    found: Mapping[int, tuple[int, int, int]] = {pk: (drafts, sent, late) for pk, drafts, sent, late in counted}
    for registrant in registrants:
        drafts, submitted, late = found.get(registrant.pk, (0, 0, 0))
        registrant.drafts, registrant.submitted, registrant.late = drafts, submitted, late
