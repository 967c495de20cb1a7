"""Screens a registration: reads it, checks clarity, looks beyond business as usual, says what to write instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dotpha import __version__
from dotpha.rules import clarity
from dotpha.rules.clarity import Judged
from dotpha.rules.reading.fields import Reading, read
from dotpha.rules.registration import Registration
from dotpha.rules.screening.findings import findings
from dotpha.rules.screening.result import Duplicate, Screening, Trend
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from dotpha.rules.substance.facts import Fact, discounted
from dotpha.rules.substance.gain import Gain, gain_facts, gains
from dotpha.rules.substance.story import story_facts
from dotpha.rules.substance.verdict import judge, weights
from dotpha.rules.trend.assess import assess


def engine_version() -> str:
    """What a stored result must name to be understood later: the program's version and that of the weights."""
    return f"{__version__}+w{weights().version}"


def screen(
    registration: Registration,
    *,
    on: date,
    parent: Registration | None = None,
    duplicates: Sequence[Duplicate] = (),
    thresholds: Thresholds = DEFAULT,
) -> Screening:
    """Advice on one registration, as of the day `on`.

    `parent` is the collective task an individual's `parent_id` names; `duplicates` are what
    `dotpha.rules.screening.batch` found beside it and in last year's list;
    `thresholds` are those the campaign pinned.
    """
    reading = read(registration, on=on)
    judged = check_clarity(reading, parent)
    seen = look_beyond(reading, judged, duplicates, on=on, thresholds=thresholds)
    judgement = judge(seen.facts)
    return Screening(
        id=registration.id,
        source=registration.source,
        clarity={name: each.criterion for name, each in judged.items()},
        verdict=judgement.verdict,
        reasons=judgement.reasons,
        chances=judgement.chances,
        grounds=judgement.grounds,
        findings=findings(reading, judged, seen.facts, seen.trends, seen.gains, judgement, duplicates),
        trend=seen.trends,
        duplicates=tuple(duplicates),
        engine_version=engine_version(),
    )


@dataclass(frozen=True, slots=True)
class Beyond:
    """What the figures and the words say of going beyond business as usual."""

    trends: tuple[Trend, ...]
    gains: list[Gain]
    facts: list[Fact]


def look_beyond(
    reading: Reading,
    judged: Mapping[str, Judged],
    duplicates: Sequence[Duplicate],
    *,
    on: date,
    thresholds: Thresholds = DEFAULT,
) -> Beyond:
    registration = reading.registration
    outlooks = assess(registration, on=on, thresholds=thresholds)
    found = gains(registration, outlooks)
    told = story_facts(reading, duplicates, clear_work=judged["work"].criterion.met is True)
    facts = discounted([*gain_facts(reading, outlooks, found), *told])
    return Beyond(tuple(outlook.trend for outlook in outlooks), found, facts)


def substance_facts(registration: Registration, *, on: date, duplicates: Sequence[Duplicate] = ()) -> list[Fact]:
    """The facts alone, for fitting the weights."""
    reading = read(registration, on=on)
    return look_beyond(reading, check_clarity(reading, None), duplicates, on=on).facts


def check_clarity(reading: Reading, parent: Registration | None) -> dict[str, Judged]:
    """Every criterion, in the order of `CRITERIA`."""
    return {
        "work": clarity.work(reading),
        "person": clarity.person(reading),
        "responsibility": clarity.responsibility(reading),
        "schedule": clarity.schedule(reading),
        "quantified": clarity.quantified(reading),
        "linked": clarity.linked(reading, parent),
    }
