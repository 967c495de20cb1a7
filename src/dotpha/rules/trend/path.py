"""One series on its working scale, in changes and gaps: all that irregular dates need.

Source: trend method, section 3.1. Days are ordinals (`date.toordinal`), gaps are in steps: the unit's usual
distance between two reports.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from dotpha.rules.trend.scale import Scale

DAYS_A_YEAR = 365.25
Series = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Path:
    """`changes` on the working scale over `gaps` in steps; `first` and `last` are values of the scale."""

    first: float
    last: float
    changes: tuple[float, ...]
    gaps: tuple[float, ...]
    span: float

    @property
    def k(self) -> int:
        return len(self.changes)

    @property
    def total(self) -> float:
        return self.last - self.first

    @property
    def slope(self) -> float:
        """Change in one step, over the whole span; 0 for a single point."""
        return self.total / self.span if self.span else 0.0


def path_of(series: Series, scale: Scale, step_days: float) -> Path:
    """The path of a series with strictly increasing days."""
    zs = [scale.to_z(value) for _, value in series]
    changes = tuple([later - earlier for earlier, later in zip(zs, zs[1:], strict=False)])
    gaps = tuple([(series[i + 1][0] - series[i][0]) / step_days for i in range(len(changes))])
    return Path(zs[0], zs[-1], changes, gaps, (series[-1][0] - series[0][0]) / step_days)


def usual_step(own: Series, siblings: Sequence[Series]) -> float:
    """Days in one step: the median gap of the unit, else of its siblings, else a year."""
    gaps = _gaps(own) or [gap for sibling in siblings for gap in _gaps(sibling)]
    return _median(gaps) if gaps else DAYS_A_YEAR


def _gaps(series: Series) -> list[int]:
    return [series[i + 1][0] - series[i][0] for i in range(len(series) - 1)]


def _median(values: list[int]) -> float:
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def persistence(paths: Sequence[Path]) -> float:
    """r, from −0.5 (changes swing back) to 0.8 (changes go on); −0.1 where nothing tells (section 3.2)."""
    product, weight = 0.0, 0
    for path in paths:
        if path.k < 3:
            continue
        slope = path.slope
        rest = [(d - slope * g) / math.sqrt(g) for d, g in zip(path.changes, path.gaps, strict=True)]
        variance = sum([e * e for e in rest]) / (path.k - 1)
        if variance > 0:
            pairs = sum([rest[i] * rest[i + 1] for i in range(path.k - 1)])
            product += pairs / variance + (path.k - 1) / path.k
            weight += path.k - 1
    return min(max((product - 2.0) / (weight + 20), -0.5), 0.8)
