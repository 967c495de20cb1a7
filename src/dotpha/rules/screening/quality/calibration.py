"""Whether chances mean what they say: of the verdicts given with 80 %, about 80 in 100 should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from dotpha.rules.screening.quality.labels import Case
from dotpha.rules.screening.quality.resampling import Interval, wilson
from dotpha.rules.screening.quality.score import VERDICTS
from dotpha.rules.screening.result import Verdict

_BINS = 10  # equal widths of a tenth

Guess = tuple[float, bool]  # a chance from 0 to 1, and whether it came true


@dataclass(frozen=True, slots=True)
class Bin:
    """Guesses with a chance from `low` up to `high`; `share` is how many of 1 came true, `sure` its 95 % interval."""

    low: float
    high: float
    count: int
    chance: float
    share: float
    sure: Interval


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability table without its empty bins.

    `error` is the expected calibration error: the distance of chance and share, weighted by counts, 0 to 1.
    `brier` is the mean squared distance of chances and outcome; 0 is perfect.
    """

    bins: tuple[Bin, ...]
    error: float
    brier: float


def of_given_verdict(cases: Sequence[Case]) -> Calibration:
    """Of the chance of the verdict given; its Brier score sums over the three verdicts and runs from 0 to 2."""
    guesses = [(case.screening.chances[case.screening.verdict], case.is_right) for case in cases]
    squares = [
        sum((case.screening.chances[verdict] - (case.labels.verdict is verdict)) ** 2 for verdict in VERDICTS)
        for case in cases
    ]
    return _calibration(guesses, squares)


def of_breakthrough(cases: Sequence[Case]) -> Calibration:
    """Of the chance that it is a breakthrough, whatever the verdict; its Brier score runs from 0 to 1."""
    guesses = [
        (case.screening.chances[Verdict.BREAKTHROUGH], case.labels.verdict is Verdict.BREAKTHROUGH) for case in cases
    ]
    return _calibration(guesses, [(chance - true) ** 2 for chance, true in guesses])


def _calibration(guesses: Sequence[Guess], squares: Sequence[float]) -> Calibration:
    bins = reliability(guesses)
    total = max(1, len(guesses))
    return Calibration(
        bins=bins,
        error=sum(each.count * abs(each.chance - each.share) for each in bins) / total,
        brier=sum(squares) / total,
    )


def reliability(guesses: Sequence[Guess]) -> tuple[Bin, ...]:
    """The reliability table, lowest chances first; a chance on an edge belongs to the upper bin, 1 to the last."""
    held: list[list[Guess]] = [[] for _ in range(_BINS)]
    for guess in guesses:
        held[min(_BINS - 1, int(guess[0] * _BINS))].append(guess)
    return tuple(_bin(place, inside) for place, inside in enumerate(held) if inside)


def _bin(place: int, inside: Sequence[Guess]) -> Bin:
    count, true = len(inside), sum(came_true for _, came_true in inside)
    return Bin(
        low=place / _BINS,
        high=(place + 1) / _BINS,
        count=count,
        chance=sum(chance for chance, _ in inside) / count,
        share=true / count,
        sure=wilson(true, count),
    )
