"""Everything a report on quality tells, from registrations that were labelled and screened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dotpha.rules.catalogue import Measured, rules
from dotpha.rules.screening.quality.calibration import Calibration, of_breakthrough, of_given_verdict
from dotpha.rules.screening.quality.claims import base_rates, measure_rules
from dotpha.rules.screening.quality.labels import Case
from dotpha.rules.screening.quality.resampling import Interval, bootstrap
from dotpha.rules.screening.quality.score import Tally, figures, mark, tally_cases
from dotpha.rules.screening.result import Verdict

WORST_SHOWN = 20


class NothingToMeasure(ValueError):
    """There is no labelled registration."""


@dataclass(frozen=True, slots=True)
class Quality:
    """`figures` by the names floors are set for; `sure` their 95 % intervals, empty where none were asked for.

    `rules` by code and `base_rates` by claim, as `claims` explains; `worst` the gravest of `wrong` wrong verdicts.
    """

    counts: Tally
    figures: Mapping[str, float]
    sure: Mapping[str, Interval]
    rules: Mapping[str, Measured]
    base_rates: Mapping[str, float | None]
    given_verdict: Calibration
    breakthrough: Calibration
    fields: Mapping[str, Tally]
    worst: tuple[Case, ...]
    wrong: int


def measure(cases: Sequence[Case], *, samples: int = 0) -> Quality:
    """`samples` is the number of bootstrap draws; 0 leaves the intervals out.

    Raises:
        NothingToMeasure: `cases` is empty.
    """
    if not cases:
        raise NothingToMeasure("no labelled registration")
    counts = tally_cases(cases)
    wrong = [case for case in cases if not case.is_right]
    return Quality(
        counts=counts,
        figures=figures(counts),
        sure=bootstrap([mark(case) for case in cases], samples),
        rules=measure_rules(cases, rules()),
        base_rates=base_rates(cases, rules()),
        given_verdict=of_given_verdict(cases),
        breakthrough=of_breakthrough(cases),
        fields=by_field(cases),
        worst=tuple(sorted(wrong, key=_gravity)[:WORST_SHOWN]),
        wrong=len(wrong),
    )


def by_field(cases: Sequence[Case]) -> dict[str, Tally]:
    """By field of work, in the order of their names; empty where the file names none."""
    names = sorted({case.field for case in cases if case.field})
    return {name: tally_cases(case for case in cases if case.field == name) for name in names}


def crosses(case: Case) -> bool:
    """Routine called a breakthrough or the other way round: the error that costs trust."""
    return {case.labels.verdict, case.screening.verdict} == {Verdict.ROUTINE, Verdict.BREAKTHROUGH}


def _gravity(case: Case) -> tuple[bool, float, str]:
    """Cross errors first, then the surer the graver."""
    return not crosses(case), -case.screening.chances[case.screening.verdict], case.id
