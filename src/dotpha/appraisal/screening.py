"""Screens versions of a campaign as quick screening screens a batch: beside each other, with last year's list, and each
individual's with the collective task it names. Nothing is written here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from dotpha.appraisal.neighbours import last_year_of, near, registrations_on_board
from dotpha.appraisal.packed import Packed
from dotpha.appraisal.reading import collectives, composed_of, judged, registered, thresholds_of, words_of
from dotpha.directory.actions.deed import day_of
from dotpha.registration.models import Campaign, TaskVersion
from dotpha.registration.workflow import TaskState
from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch
from dotpha.rules.screening.engine import screen
from dotpha.rules.screening.result import Screening

Said = Callable[[str, int, int], None]
READING = "Đang đọc các nhiệm vụ đã gửi để so"
SCREENING = "Đã rà soát {done} trên {total} nhiệm vụ"


def unheard(words: str, done: int, total: int) -> None:
    """For who need not be told how far it is."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening that waits to be written: its columns are found, and what it says is packed, for twenty thousand may
    wait for one transaction."""

    on: date
    words: str
    columns: Mapping[str, Any]
    packed: Packed

    @classmethod
    def of(cls, registration: Registration, screening: Screening, *, on: date) -> Self:
        return cls(on, words_of(registration.description), judged(screening), Packed.of(screening))


def screen_one(version: TaskVersion) -> Screened:
    """As of its campaign's day, among what stands on the board now. Up to nine queries, however full the board is."""
    campaign = version.task.campaign
    on = campaign.screened_on(day_of(version.submitted_at))
    composed, parent = composed_of(version)
    registration = composed.registration
    found = near(version, registration)
    thresholds = thresholds_of(campaign)
    screening = screen(registration, on=on, parent=parent, duplicates=found, thresholds=thresholds)
    return Screened.of(registration, screening, on=on)


def screen_new(
    campaign: Campaign,
    registrations: Sequence[Registration],
    *,
    day: date,
    instead_of: Collection[int] = (),
    said: Said = unheard,
) -> list[Screened]:
    """Screen what is about to be sent on `day`, beside itself and what stands on the board; for `receive_many`.

    Each registration needs an id that no other of them has and that is no number: numbers are keys of tasks, also as
    the `parent_id` of an individual whose collective task was sent before. `instead_of` are keys of tasks some of these
    are new versions of: what they said before is no neighbour.
    """
    said(READING, 0, 0)
    on, replaced = campaign.screened_on(day), {str(key) for key in instead_of}
    beside = [each for _, each in registrations_on_board(campaign) if each.id not in replaced]
    return _screened(campaign, [(each, on) for each in registrations], beside, said)


def screen_board(campaign: Campaign, *, said: Said = unheard) -> dict[int, Screened]:
    """Screen every version on the board again, by its key."""
    said(READING, 0, 0)
    keys, rows = [], []
    for version, registration in registrations_on_board(campaign):
        keys.append(version.pk)
        rows.append((registration, campaign.screened_on(day_of(version.submitted_at))))
    return dict(zip(keys, _screened(campaign, rows, [], said), strict=True))


def _screened(
    campaign: Campaign, rows: Sequence[tuple[Registration, date]], beside: Sequence[Registration], said: Said
) -> list[Screened]:
    if not rows:
        return []
    batch = Batch(
        [*(registration for registration, _ in rows), *beside],
        [each for earlier in last_year_of(campaign) for _, each in registrations_on_board(earlier)],
        on=rows[0][1],
        thresholds=thresholds_of(campaign),
        parents=_taken_back(campaign),
    )
    found = []
    for place, (registration, on) in enumerate(rows):
        found.append(Screened.of(registration, batch.screen(place, on=on), on=on))
        said(SCREENING.format(done=place + 1, total=len(rows)), place + 1, len(rows))
    return found


def _taken_back(campaign: Campaign) -> list[Registration]:
    """Collective tasks that are not on the board just now; what they said last is still what an individual serves."""
    current = collectives(campaign).filter(state=TaskState.WITHDRAWN).values("current")
    versions = TaskVersion.objects.filter(pk__in=current).select_related("task").defer("task__content").order_by("pk")
    return [registered(version, campaign).registration for version in versions]
