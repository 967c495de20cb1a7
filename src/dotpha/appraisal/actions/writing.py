"""Writes results and the pairs of near-duplicates they found: a few statements for one, and for thousands."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Count

from dotpha.appraisal.models import NearDuplicate, ScreeningResult
from dotpha.appraisal.reading import columns_of, rules_of
from dotpha.appraisal.screening import Screened
from dotpha.registration.models import Campaign, TaskVersion
from dotpha.rules.screening.result import Duplicate

Row = TypeVar("Row")
Waiting = tuple[TaskVersion, Screened]
_AT_ONCE = 500


def write(
    campaign: Campaign, rows: Sequence[Waiting], *, at: datetime, ids: Sequence[str] | None = None
) -> list[ScreeningResult]:
    """Put these results on the board, in the place of those there; what was found before stays, no longer shown.

    The versions come with `task.registrant`. `ids` are what the registrations were called before their tasks were
    there; otherwise the keys of their tasks.
    """
    rules = rules_of(campaign)
    now = {id_: str(version.task_id) for id_, (version, _) in zip(ids or [], rows, strict=False)}
    written: list[ScreeningResult] = []
    for some in portions(rows):
        ScreeningResult.objects.shown().filter(task__in=[row.task_id for row, _ in some]).update(is_current=False)
        results = [_result(version, screened, now, rules=rules, at=at) for version, screened in some]
        for result in ScreeningResult.objects.bulk_create(results, batch_size=_AT_ONCE):
            del result.result  # large, and read again by who asks for it
            written.append(result)
    found = {version.pk: [_named_now(each, now) for each in screened.duplicates] for version, screened in rows}
    recount(_write_pairs(campaign, found))
    return written


def _result(
    version: TaskVersion, screened: Screened, now: dict[str, str], *, rules: str, at: datetime
) -> ScreeningResult:
    screening = screened.unpack()
    duplicates = tuple(_named_now(each, now) for each in screening.duplicates)
    screening = replace(screening, id=str(version.task_id), duplicates=duplicates)
    columns = columns_of(version, screening, story=screened.story)
    return ScreeningResult(
        version=version, task_id=version.task_id, on=screened.on, screened_at=at, engine_version=rules, **columns
    )


def _named_now(duplicate: Duplicate, now: dict[str, str]) -> Duplicate:
    return replace(duplicate, id=now.get(duplicate.id, duplicate.id))


def _write_pairs(campaign: Campaign, found: dict[int, list[Duplicate]]) -> set[int]:
    """Replace the pairs these versions found; a pair both found is kept once. The keys of all versions concerned."""
    concerned = _others_of(found) | set(found)
    for some in portions(list(found)):
        NearDuplicate.objects.filter(version__in=some).delete()
    versions = _versions_of({int(each.id) for duplicates in found.values() for each in duplicates})
    taken = {frozenset(pair) for pair in _pairs_to(found)}
    pairs = []
    for version, duplicates in found.items():
        for each in duplicates:
            other = versions.get(int(each.id), version)
            if other == version or (pair := frozenset((version, other))) in taken:
                continue
            taken.add(pair)
            pairs.append(
                NearDuplicate(
                    version_id=version, other_id=other, campaign=campaign, kind=each.kind, similarity=each.similarity,
                    differs=[list(sides) for sides in each.differs],
                )
            )  # fmt: skip
    NearDuplicate.objects.bulk_create(pairs, batch_size=_AT_ONCE)
    return concerned | {pair.other_id for pair in pairs}


def _others_of(versions: Collection[int]) -> set[int]:
    """What stood beside them until now."""
    return {
        other
        for some in portions(list(versions))
        for other in NearDuplicate.objects.filter(version__in=some).values_list("other", flat=True)
    }


def _pairs_to(versions: Collection[int]) -> list[tuple[int, int]]:
    """Pairs that others found with them."""
    return [
        pair
        for some in portions(list(versions))
        for pair in NearDuplicate.objects.filter(other__in=some).values_list("version", "other")
    ]


def _versions_of(tasks: Collection[int]) -> dict[int, int]:
    """The version of each task that is on a board."""
    return {
        task: version
        for some in portions(sorted(tasks))
        for task, version in ScreeningResult.objects.shown().filter(task__in=some).values_list("task", "version")
    }


def beside(versions: Collection[int]) -> set[int]:
    """Every version that makes a pair with one of these, whoever found it."""
    return _others_of(versions) | {version for version, _ in _pairs_to(versions)}


def recount(versions: Collection[int]) -> None:
    """Write down beside how many others on a board each of these stands: a filter and its count read this column."""
    for some in portions(sorted(versions)):
        found = _counted(some)
        results = ScreeningResult.objects.shown().filter(version__in=some).only("pk", "version", "duplicates")
        changed = [each for each in results if each.duplicates != found[each.version_id]]
        for each in changed:
            each.duplicates = found[each.version_id]
        ScreeningResult.objects.bulk_update(changed, ["duplicates"], batch_size=_AT_ONCE)


def _counted(versions: Sequence[int]) -> Counter[int]:
    shown = NearDuplicate.objects.filter(version__screenings__is_current=True, other__screenings__is_current=True)
    found = Counter[int]()
    for side in ("version", "other"):
        mine = shown.filter(**{f"{side}__in": versions}).order_by()
        for version, count in mine.values_list(side).annotate(count=Count("pk")):
            found[version] += count
    return found


def portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """A statement takes only so many values."""
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
