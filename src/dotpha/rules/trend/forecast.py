"""Where an indicator will stand if nobody makes a special effort: median, interval, chance of the target.

Source: trend method, sections 3 and 4; the capital letters in comments are the method's.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dotpha.rules.trend.path import DAYS_A_YEAR, Path, Series, path_of, persistence, usual_step
from dotpha.rules.trend.prior import CHANCE, Prior, Wobble, prior_of, trust
from dotpha.rules.trend.scale import Measure, Scale, scale_for
from dotpha.rules.trend.student import cdf, quantile

Points = Sequence[tuple[date, float]]

LARGEST = 1e100  # values beyond it are no figures of an office, and their squares overflow


class NoForecast(ValueError):
    """The series holds no point, or the day to forecast is not after the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`median`, `low` and `high` in the indicator's unit on the day `at`; the rest is how they came about.

    On the working scale `scale`, in steps of `step_days` days from `last_day`: the path starts at `level`,
    goes on by `drift` a step, of which the unit's own slope makes the share `trust`, and, where persistence
    `r` > 0, by the momentum of the last change `swing`. On `at` it stands at `centre` ± `reach`, the half
    width of the interval, made of `sigma` and a t distribution with `freedom` degrees of freedom.
    `n` own points and `siblings` were used. `sight` is how many steps ahead the method looks; beyond it, the
    interval is no ground for a verdict.
    """

    at: date
    median: float
    low: float
    high: float
    scale: Scale
    centre: float
    sigma: float
    reach: float
    freedom: float
    level: float
    drift: float
    swing: float
    r: float
    trust: float
    last_day: date
    step_days: float
    n: int
    siblings: int
    sight: float

    @property
    def too_far(self) -> bool:
        """Beyond three steps or beyond the length of the own record: "quá xa để dự báo"."""
        return (self.at - self.last_day).days / self.step_days > self.sight

    def centre_after(self, steps: float) -> float:
        """The median path on the working scale, `steps` steps after the last own point."""
        return self.level + self.drift * steps + self.swing * _momentum(self.r, steps)


def forecast(
    points: Points, siblings: Sequence[Points], at: date, measure: Measure, *, chance: float = 0.8
) -> Forecast:
    """Forecast one indicator to the day `at`, business as usual.

    Args:
        points: own past as (day, value), days strictly increasing, at least one, no value beyond `LARGEST`.
        siblings: the same figure of similar units, each as `points`. Values after the unit's last day are
            left out, then siblings with fewer than two points.
        at: the deadline, later than the last own day.
        measure: kind and bounds of the figure.
        chance: that the interval holds the value, between 0 and 1.

    Raises:
        NoForecast: no own point, or `at` is not after the last one.
    """
    if not points or at <= points[-1][0]:
        raise NoForecast("no own point before the day to forecast")
    own = [(day.toordinal(), value) for day, value in points]
    scale = scale_for(measure, [value for _, value in own])
    others = _usable(siblings, own[-1][0], scale)
    step = usual_step(own, others)
    path = path_of(own, scale, step)
    paths = [path_of(other, scale, step) for other in others]
    wobble = Wobble.of(persistence([path, *paths]))
    prior = prior_of(paths, wobble, scale, step / DAYS_A_YEAR)
    steps = (at.toordinal() - own[-1][0]) / step
    way = _way(path, prior, wobble, scale, steps)
    reach = way.sigma * quantile(0.5 + chance / 2, way.freedom)
    low, median, high = _turned_back(scale, way.centre, reach, reporting_unit([v for _, v in own]) / 2)
    return Forecast(
        at=at, median=median, low=low, high=high, scale=scale, centre=way.centre, sigma=way.sigma,
        reach=reach, freedom=way.freedom, level=way.level, drift=way.drift, swing=way.swing, r=wobble.r,
        trust=way.trust, last_day=points[-1][0], step_days=step, n=len(own), siblings=len(others),
        sight=_sight(path, scale),
    )  # fmt: skip


def chance_reached(forecast: Forecast, target: float, better: str, unit: float = 0.0) -> float:
    """The chance, 0 to 1, that `target` is reached without effort (section 3.7).

    `better` is "higher" or "lower". Reported values are rounded to `unit`, so "at least 6" of whole things
    is reached at 5.5; a `unit` of 0 takes the target as it stands.
    """
    edge = forecast.scale.to_z(_edge(target, better, unit))
    below = cdf((edge - forecast.centre) / forecast.sigma, forecast.freedom)
    return 1 - below if better == "higher" else below


def leap_size(forecast: Forecast, target: float, better: str, unit: float = 0.0) -> float:
    """How far the target lies ahead of the median, in half widths of the interval; negative behind it.

    Measured from the same edge as the chance, so that it is positive exactly where the chance is below ½;
    infinite where the target lies outside the working scale (0 on the scale of logarithms, without `unit`).
    """
    ahead = (forecast.scale.to_z(_edge(target, better, unit)) - forecast.centre) / forecast.reach
    return ahead if better == "higher" else -ahead


def reached_on(forecast: Forecast, target: float, better: str, unit: float = 0.0) -> date | None:
    """The day on which the median path reaches the target, None if not within sight (section 4: progress)."""
    goal, sign = forecast.scale.to_z(_edge(target, better, unit)), 1 if better == "higher" else -1

    def short(steps: float) -> bool:
        return sign * (forecast.centre_after(steps) - goal) < 0

    before, after = 0.0, forecast.sight
    if short(after):
        return None
    if not short(before):
        return forecast.last_day
    while (after - before) * forecast.step_days > 0.5:
        middle = (before + after) / 2
        before, after = (middle, after) if short(middle) else (before, middle)
    return forecast.last_day + timedelta(days=math.ceil(after * forecast.step_days))


def reporting_unit(values: Sequence[float]) -> float:
    """The smallest step in which the values are reported: 1, 0.1, … 0.0001.

    >>> reporting_unit([8, 7, 9.0]), reporting_unit([3.6, 3.25])
    (1.0, 0.01)
    """
    for power in (1, 10, 100, 1000):
        for value in values:
            scaled = value * power
            if abs(scaled - round(scaled)) > 1e-6:
                break
        else:
            return 1 / power
    return 1e-4


def _edge(target: float, better: str, unit: float) -> float:
    return target - unit / 2 if better == "higher" else target + unit / 2


def _usable(siblings: Sequence[Points], last: int, scale: Scale) -> list[Series]:
    """Siblings' values up to the unit's last day; on a scale that does not reach a value, without them."""
    found: list[Series] = []
    for sibling in siblings:
        series = [(day.toordinal(), value) for day, value in sibling if day.toordinal() <= last]
        if len(series) >= 2 and all(math.isfinite(scale.to_z(value)) for _, value in series):
            found.append(series)
    return found


@dataclass(frozen=True, slots=True)
class _Way:
    level: float
    drift: float
    swing: float
    trust: float
    centre: float
    sigma: float
    freedom: float


def _way(path: Path, prior: Prior, wobble: Wobble, scale: Scale, steps: float) -> _Way:
    """From the last value over `steps` steps: centre, √(V Q) and ν (sections 3.5 to 3.7)."""
    share = trust(path, prior, wobble)
    drift = share * path.slope + (1 - share) * prior.drift
    # The slope's own uncertainty; for a single point the limit of w/T as the record shrinks to nothing.
    doubt = (share / path.span if path.k else prior.trust_rate) * steps**2
    freedom = prior.freedom + path.k - share
    known = prior.freedom * prior.variance
    level, swing = path.last, 0.0
    if not path.k:
        variance, growth = prior.variance, wobble.growth(steps) + doubt
    elif wobble.r > 0:
        swing = (path.changes[-1] - drift * path.gaps[-1]) / path.gaps[-1]
        variance = (known + _squares(path, prior, wobble, share)) / freedom
        growth = wobble.growth(steps) * (1 - wobble.r**2) + doubt
    else:
        a = max(wobble.a, min(1.0, CHANCE / prior.variance)) if scale.chance else wobble.a
        level, loose, squares = _filtered(path, drift, a)
        variance = (known + squares) / freedom
        growth = loose + (1 - a) * steps + a / 2 + doubt
    if scale.chance and wobble.r <= 0:
        variance = max(variance, CHANCE)
    centre = level + drift * steps + swing * _momentum(wobble.r, steps)
    return _Way(level, drift, swing, share, centre, math.sqrt(variance * growth), freedom)


def _filtered(path: Path, drift: float, a: float) -> tuple[float, float, float]:
    """Level after the last value, its variance p, sum of squared misses S: section 3.5's recursion."""
    level, loose, squares = path.first, a / 2, 0.0
    value = path.first
    for change, gap in zip(path.changes, path.gaps, strict=True):
        value += change
        loose += (1 - a) * gap
        miss_variance = loose + a / 2
        miss = value - level - drift * gap
        squares += miss * miss / miss_variance
        level += drift * gap + loose / miss_variance * miss
        loose -= loose * loose / miss_variance
    return level, loose, squares


def _squares(path: Path, prior: Prior, wobble: Wobble, share: float) -> float:
    """Sum of squares around the prior drift less what the own slope explains (section 3.6)."""
    explained = share * (path.total - prior.drift * path.span) ** 2 / path.span
    return max(wobble.deviation(path, prior.drift) - explained, 0.0)


def _momentum(r: float, steps: float) -> float:
    """How many last changes are still to come after `steps` steps."""
    return r * (1 - r**steps) / (1 - r) if r > 0 else 0.0


def _turned_back(scale: Scale, centre: float, reach: float, half: float) -> tuple[float, float, float]:
    """(low, median, high) in the indicator's unit, never narrower than `half` a reporting unit each side."""
    median = scale.to_y(centre)
    low, high = min(scale.to_y(centre - reach), median - half), max(scale.to_y(centre + reach), median + half)
    return max(low, scale.low), median, min(high, scale.high)


def _sight(path: Path, scale: Scale) -> float:
    """Three steps, or the length of the own record if that is less (and a tenth: years and months differ).

    One piece of work is asked about up to its end, some steps away: there, three times its record.
    """
    if not path.k:
        return 3.0
    return 3 * path.span if scale.progress else min(3.0, 1.1 * path.span)
