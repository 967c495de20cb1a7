"""Writes results and the pairs of near-duplicates they found: a few statements for one, and for thousands."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Count

from dotpha.appraisal.models import NearDuplicate, ScreeningResult
from dotpha.appraisal.reading import rules_of, standing
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
    return put(campaign, results_of(campaign, rows, at=at, ids=ids))


def results_of(
    campaign: Campaign, rows: Iterable[Waiting], *, at: datetime, ids: Sequence[str] | None = None
) -> list[ScreeningResult]:
    """What `put` writes; nothing is asked of the database and nothing written. As `write`."""
    rules, rows = rules_of(campaign), list(rows)
    now = {id_: str(version.task_id) for id_, (version, _) in zip(ids or [], rows, strict=False)}
    return [_result(version, screened, now, rules=rules, at=at) for version, screened in rows]


def put(campaign: Campaign, results: Sequence[ScreeningResult]) -> list[ScreeningResult]:
    found = {result.version_id: result.result.duplicates for result in results}
    for some in portions(results):
        ScreeningResult.objects.shown().filter(task__in=[each.task_id for each in some]).update(is_current=False)
        for result in ScreeningResult.objects.bulk_create(some, batch_size=_AT_ONCE):
            del result.result  # large, and read again by who asks for it
    recount(_write_pairs(campaign, found))
    return list(results)


def _result(
    version: TaskVersion, screened: Screened, now: dict[str, str], *, rules: str, at: datetime
) -> ScreeningResult:
    duplicates = [_named_now(each, now) for each in screened.packed.duplicates]
    return ScreeningResult(
        version_id=version.pk, task_id=version.task_id, on=screened.on, screened_at=at, engine_version=rules,
        result=screened.packed.named(str(version.task_id), duplicates), **standing(version, words=screened.words),
        **screened.columns,
    )  # fmt: skip


def _named_now(duplicate: Duplicate, now: dict[str, str]) -> Duplicate:
    return replace(duplicate, id=now.get(duplicate.id, duplicate.id))


def _write_pairs(campaign: Campaign, found: Mapping[int, Sequence[Duplicate]]) -> set[int]:
    """Replace the pairs these versions found; a pair both found is kept once.

    The keys of all versions that make a pair now or did until now.
    """
    concerned = _others_of(found)
    for some in portions(list(found)):
        NearDuplicate.objects.filter(version__in=some).delete()
    versions = _versions_of({int(each.id) for duplicates in found.values() for each in duplicates})
    taken = {frozenset(pair) for pair in _pairs_to(found)}
    concerned.update(*taken)
    pairs = []
    for version, duplicates in found.items():
        for each in duplicates:
            other = versions.get(int(each.id), version)
            if other == version or (pair := frozenset((version, other))) in taken:
                continue
            taken.add(pair)
            concerned |= pair
            pairs.append(
                NearDuplicate(
                    version_id=version, other_id=other, campaign=campaign, kind=each.kind, similarity=each.similarity,
                    differs=[list(sides) for sides in each.differs],
                )
            )  # fmt: skip
    NearDuplicate.objects.bulk_create(pairs, batch_size=_AT_ONCE)
    return concerned


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
        found, changed = _counted(some), defaultdict[int, list[int]](list)
        results = ScreeningResult.objects.shown().filter(version__in=some)
        for key, version, count in results.values_list("pk", "version", "duplicates"):
            if count != found[version]:
                changed[found[version]].append(key)
        for count, keys in changed.items():
            ScreeningResult.objects.filter(pk__in=keys).update(duplicates=count)


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
