"""What stands beside a version: the board of its campaign, and that of last year's of the same committee."""

from collections.abc import Iterator

from django.db.models import QuerySet

from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.reading import registered, thresholds_of
from dotpha.registration.models import Campaign, TaskVersion
from dotpha.registration.workflow import CampaignState
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Duplicate
from dotpha.rules.similarity import known, nearest, titled_alike

LAST_YEAR, SAME_BATCH = "last_year", "same_batch"  # as `Duplicate.kind`
_AT_ONCE = 500


def near(version: TaskVersion, registration: Registration) -> list[Duplicate]:
    """What `Batch.duplicates` would tell of it, last year's first; ids are keys of tasks. Up to five queries.

    Of every other version only the title is read, of the few worth comparing the whole.
    """
    campaign = version.task.campaign
    beside = on_board([campaign.pk]).exclude(task=version.task_id)
    earlier = on_board([each.pk for each in last_year_of(campaign)])
    return [
        duplicate
        for kind, results in ((LAST_YEAR, earlier), (SAME_BATCH, beside))
        for duplicate in _nearest(registration, results, campaign, kind)
    ]


def on_board(campaigns: list[int]) -> QuerySet[ScreeningResult]:
    return ScreeningResult.objects.shown().filter(campaign__in=campaigns).order_by()


def last_year_of(campaign: Campaign) -> QuerySet[Campaign]:
    """The committee's campaigns of the year before."""
    before = Campaign.objects.filter(organization=campaign.organization_id, year=campaign.year - 1)
    return before.exclude(state=CampaignState.DRAFT)


def registrations_on_board(campaign: Campaign) -> Iterator[tuple[TaskVersion, Registration]]:
    """Every version on the board with what it says, in the order in which tasks were begun."""
    versions = (
        TaskVersion.objects.filter(screenings__is_current=True, screenings__campaign=campaign)
        .select_related("task__registrant")
        .defer("task__content")
        .order_by("task")
    )
    for version in versions.iterator(chunk_size=_AT_ONCE):
        yield version, registered(version, campaign).registration


def _nearest(
    registration: Registration, results: QuerySet[ScreeningResult], campaign: Campaign, kind: str
) -> list[Duplicate]:
    thresholds = thresholds_of(campaign)
    rows = list(results.values_list("version", "title"))
    places = titled_alike(registration.title, [title for _, title in rows], thresholds=thresholds)
    if not places:
        return []
    versions = TaskVersion.objects.filter(pk__in=[rows[place][0] for place in places])
    others = versions.select_related("task__campaign").defer("task__content", "task__campaign__form")
    texts = [known(registered(other, other.task.campaign).registration) for other in others]
    return nearest(known(registration), texts, kind=kind, thresholds=thresholds)
