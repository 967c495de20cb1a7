"""The working scale of an indicator: where its ordinary changes are of one size, whatever its level.

Source: trend method, section 2. The scale follows from the kind of indicator and the size of its values,
never from the look of the curve.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LN_KINDS = frozenset({"money", "rate", "duration"})
BOUNDED_KINDS = frozenset({"percent", "share", "score"})
COUNT_KINDS = frozenset({"events", "amount", "rank"})
SIGNED_KINDS = frozenset({"percent-signed", "balance"})
KNOWN_KINDS = LN_KINDS | BOUNDED_KINDS | COUNT_KINDS | SIGNED_KINDS | {"progress"}

_EDGE = 0.995  # a share this close to a bound is taken as the bound
_Z_EDGE = math.log(_EDGE / (1 - _EDGE))
_MANY = 100.0  # a count this large on average moves in proportion to its size
_TINY = 1e-9  # keeps the usual change above zero where every value is zero


class Form(StrEnum):
    LN = "ln"
    LOGIT = "logit"
    ROOT = "root"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Measure:
    """What sort of figure a series holds. An empty `kind` is told from the values.

    `low` and `high` are the values the figure can never pass, None where there is no such bound.
    """

    kind: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """A working scale z. `usual` is the standard deviation of an ordinary yearly change of z; `chance`
    says that a value varies by chance alone, as a small count of happenings does.
    """

    form: Form
    usual: float
    low: float
    high: float
    chance: bool = False
    progress: bool = False

    def to_z(self, y: float) -> float:
        """The value on the working scale; ±infinity where the scale does not reach."""
        if self.form is Form.LN:
            return math.log(y) if y > 0 else -math.inf
        if self.form is Form.ROOT:
            return math.sqrt(y + 0.375) if y > -0.375 else -math.inf
        if self.form is Form.LOGIT:
            share = min(max((y - self.low) / (self.high - self.low), 1 - _EDGE), _EDGE)
            return math.log(share / (1 - share))
        return y

    def to_y(self, z: float) -> float:
        """The value at `z`, within the bounds; values too large for a float end at its largest power."""
        if self.form is Form.LN:
            y = math.exp(min(z, 700.0))
        elif self.form is Form.ROOT:
            y = max(z, 0.0) ** 2 - 0.375
        elif self.form is Form.LOGIT:
            if abs(z) >= _Z_EDGE - 1e-12:
                return self.high if z > 0 else self.low
            y = self.low + (self.high - self.low) / (1 + math.exp(-z))
        else:
            y = z
        return min(max(y, self.low), self.high)


def scale_for(measure: Measure, values: Sequence[float]) -> Scale:
    """The working scale for a unit whose own past is `values` (at least one)."""
    kind = measure.kind or _kind_of(values)
    low, high = _bounds(measure, values)
    if kind == "progress":
        return Scale(Form.RAW, 15.0, low, min(high, 100.0), progress=True)
    if kind in BOUNDED_KINDS and math.isfinite(low) and math.isfinite(high):
        return Scale(Form.LOGIT, 0.07, low, high)
    if kind in SIGNED_KINDS or min(values) < 0:
        return Scale(Form.RAW, max(0.07 * _mean_size(values), _TINY), low, high)
    if kind in COUNT_KINDS and (_mean_size(values) < _MANY or min(values) == 0):
        return _root(values, low, high, chance=kind == "events", factor=2.0 if kind == "rank" else 1.0)
    if min(values) == 0:
        return _root(values, low, high)
    return Scale(Form.LN, 0.07 if kind in COUNT_KINDS else 0.035, low, high)


def _root(values: Sequence[float], low: float, high: float, *, chance: bool = False, factor: float = 1.0) -> Scale:
    usual = 0.035 * factor * max(0.5, math.sqrt(_mean_size(values)))
    return Scale(Form.ROOT, usual, low, high, chance=chance)


def _mean_size(values: Sequence[float]) -> float:
    return sum(abs(value) for value in values) / len(values)


def _kind_of(values: Sequence[float]) -> str:
    """A kind for an indicator nobody described. Never a percentage: lying between 0 and 100 proves nothing."""
    if min(values) < 0:
        return "balance"
    whole = all(value == int(value) for value in values)
    rising = values[0] < values[-1] and list(values) == sorted(values)
    if whole and min(values) <= 3 and not rising:
        return "events"
    return "rate"


def _bounds(measure: Measure, values: Sequence[float]) -> tuple[float, float]:
    """The bounds as numbers; a figure that was never negative stays so."""
    low, high = measure.low, measure.high
    if measure.kind in ("percent", "progress"):
        low, high = 0.0 if low is None else low, 100.0 if high is None else high
    if measure.kind == "share":
        low, high = 0.0 if low is None else low, 1.0 if high is None else high
    if low is None:
        low = 0.0 if min(values) >= 0 and measure.kind not in SIGNED_KINDS else -math.inf
    return low, math.inf if high is None else high
