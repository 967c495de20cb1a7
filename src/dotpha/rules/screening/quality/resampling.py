"""How sure a figure is, at 95 %: Wilson's interval for a share, the percentile bootstrap for everything else."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from random import Random

from dotpha.rules.screening.quality.score import Mark, figures, tally

_SEED = 124  # any fixed number: a report made twice must say the same
_Z = 1.959964  # two-sided 95 % of the normal distribution

Interval = tuple[float, float]


def wilson(right: int, of: int) -> Interval:
    """The 95 % interval of a share of 1; 0 to 1 where there is nothing to judge by.

    >>> [round(edge, 3) for edge in wilson(9, 10)]
    [0.596, 0.982]
    """
    if not of:
        return 0.0, 1.0
    share, z2 = right / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def bootstrap(marks: Sequence[Mark], samples: int) -> dict[str, Interval]:
    """The 95 % percentile interval of every figure, from `samples` draws of whole registrations with replacement.

    Empty where nothing is to be drawn. Registrations are drawn as if independent; those of one field are somewhat
    alike, so the true uncertainty about a field never seen is larger.
    """
    if not marks or samples < 1:
        return {}
    random = Random(_SEED)  # noqa: S311  statistics, not secrets
    kinds = list(dict.fromkeys(marks))
    place = {kind: number for number, kind in enumerate(kinds)}
    numbers = [place[each] for each in marks]
    drawn = []
    for _ in range(samples):
        counts = Counter(random.choices(numbers, k=len(numbers)))
        drawn.append(figures(tally({kinds[number]: times for number, times in counts.items()})))
    return {name: _percentiles([each[name] for each in drawn]) for name in drawn[0]}


def _percentiles(values: Sequence[float]) -> Interval:
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]
