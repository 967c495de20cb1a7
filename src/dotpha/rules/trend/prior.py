"""What to expect of a unit before looking at it: how much it varies, where it drifts, how far to trust it.

Source: trend method, sections 3.3 and 3.4. All on the working scale, times in steps.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dotpha.rules.trend.path import Path
from dotpha.rules.trend.scale import Scale

CHANCE = 0.5  # the variance that chance alone gives to a change of the root of a count
_OWN_PACE = 10.0  # one piece of work is believed to go on at its own pace


@dataclass(frozen=True, slots=True)
class Wobble:
    """How changes hang together: `r` > 0 is momentum; else `a` is the part of a change that is noise."""

    r: float
    a: float

    @classmethod
    def of(cls, persistence: float) -> "Wobble":
        return cls(persistence, max(-2 * persistence, 0.0))

    def growth(self, gap: float) -> float:
        """U(g): variance of a change over `gap` steps, in units of a one-step change."""
        if self.r > 0:
            return float(gap ** (1 + 1.4 * self.r))
        return self.a + (1 - self.a) * gap

    def deviation(self, path: Path, slope: float) -> float:
        """Sum of squared departures from `slope`, each over its growth."""
        pairs = zip(path.changes, path.gaps, strict=True)
        return sum([(change - slope * gap) ** 2 / self.growth(gap) for change, gap in pairs])


@dataclass(frozen=True, slots=True)
class Prior:
    """Variance v0 of a one-step change with ν0 degrees of freedom, drift m0 a step, and the rate c at which
    trust in the unit's own slope grows with the length of its record."""

    variance: float
    freedom: float
    drift: float
    trust_rate: float


def prior_of(siblings: Sequence[Path], wobble: Wobble, scale: Scale, step_years: float) -> Prior:
    default = scale.usual**2 * step_years + (CHANCE if scale.chance else 0.0)
    m = len(siblings)
    q = m / (m + 0.5)
    trust_rate = 0.02 * q + 0.1 * (1 - q)
    if scale.progress:
        trust_rate = max(trust_rate, _OWN_PACE)
    if not m:
        return Prior(default, 1.0, 0.0, trust_rate)
    all_spans = sum(path.span for path in siblings)
    mean_span, slope = all_spans / m, sum(path.total for path in siblings) / all_spans
    drift = q * mean_span / (mean_span + 4) * slope
    seen = _sibling_variances(siblings, slope, wobble)
    variance = _robust_mean(seen)
    if variance <= 0:
        return Prior(default, 1.0, drift, trust_rate)
    weight = sum(each[1] for each in seen)
    pooled = math.exp((2 * math.log(default) + weight * math.log(variance)) / (2 + weight))
    return Prior(pooled, 5 * q * mean_span / (mean_span + 2), drift, trust_rate)


def _sibling_variances(siblings: Sequence[Path], slope: float, wobble: Wobble) -> list[tuple[float, int]]:
    """(variance of a one-step change, weight) of each sibling that tells one."""
    m, seen = len(siblings), []
    for path in siblings:
        if path.k >= 2:
            seen.append((wobble.deviation(path, path.slope) / (path.k - 1), path.k - 1))
        elif m > 1:
            seen.append((wobble.deviation(path, slope) * m / (m - 1), 1))
    return seen


def _robust_mean(seen: list[tuple[float, int]]) -> float:
    """Weighted mean, each variance held below one and a half times the typical one; 0 where none is seen."""
    weight = sum(each[1] for each in seen)
    if not weight:
        return 0.0
    ordered = sorted(seen)
    running = accumulate(each_weight for _, each_weight in ordered)
    median = next(ordered[i][0] for i, so_far in enumerate(running) if so_far >= weight / 2)
    # The median of a skewed distribution lies below its mean; Wilson and Hilferty's cube sets it right.
    typical = median / (1 - 2 * len(seen) / (9 * weight)) ** 3
    return sum(each_weight * min(variance, 1.5 * typical) for variance, each_weight in seen) / weight


def trust(path: Path, prior: Prior, wobble: Wobble) -> float:
    """w, 0 to 1: the share of the unit's own slope in its drift; a plainly steady trend earns more."""
    grown = prior.trust_rate * path.span
    share = grown / (grown + 1)
    ahead = path.slope - prior.drift
    if path.k >= 2 and ahead:
        inner = prior.freedom * prior.variance + wobble.deviation(path, path.slope)
        inner /= prior.freedom + path.k - 1
        share = max(share, 1 - 8 * inner / (ahead**2 * path.span))
    return share
