"""How far each target lies beyond what goes on by itself: facts from the figures alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dotpha.rules.reading.fields import Reading
from dotpha.rules.reading.figures import Role
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.result import Band, Evidence, Trend
from dotpha.rules.substance.facts import Fact
from dotpha.rules.trend.assess import Outlook
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.numbers import show_number

# The codebook's reading aid (docs/bo-tieu-chi.md): the asked-for gain against the gain of the straight line.
MIXED_FROM, LEAP_FROM = 1.0, 2.6
_FLAT = 0.15  # of the asked-for gain; a history that moved less over all its years has stood still
_TOLD = 0.7  # a step told in words alone speaks more softly than one of the form
_FAR_GAP = 0.4  # of the present value, where there is no history to compare with


@dataclass(frozen=True, slots=True)
class Gain:
    """One indicator's asked-for gain, positive in the good direction, in its own unit.

    `ratio` is gain asked for by gain of the straight line to the deadline; None without a history,
    infinite where the line stands still or runs the wrong way.
    """

    n: int
    needed: float
    ratio: float | None
    band: Band  # usual: the target is reached without new effort
    stood_still: bool
    ends: bool
    been_there: bool  # an earlier value was at least as good as the target
    leaves: float  # share of what is to be cleared away that the target leaves; 0 where nothing is cleared away


def gains(registration: Registration, outlooks: Sequence[Outlook]) -> list[Gain]:
    """A `Gain` for every indicator that names a present value and a target."""
    found = []
    for outlook in outlooks:
        n = outlook.trend.index
        if n is not None and (gain := _gain(n, registration.indicators[n], outlook.trend)):
            found.append(gain)
    return found


def _gain(n: int, indicator: Indicator, trend: Trend) -> Gain | None:
    points = trend.points
    present = points[-1][1] if points else indicator.baseline
    if present is None or indicator.target is None:
        return None
    sign = 1.0 if trend.better == "higher" else -1.0
    needed = sign * (indicator.target - present)
    drift = _straight_line(points, trend.at) * sign if len(points) > 1 else None
    moved = abs(points[-1][1] - points[0][1]) if len(points) > 1 else 0.0
    return Gain(
        n=n,
        needed=needed,
        ratio=None if drift is None else (needed / drift if drift > 1e-9 else float("inf")),
        band=trend.band,
        stood_still=len(points) > 1 and moved <= _FLAT * abs(needed),
        ends=_ends(indicator, trend.better),
        been_there=any(sign * (value - indicator.target) >= 0 for _, value in points[:-1]) and needed > 0,
        leaves=max(0.0, indicator.target / present) if _clears_away(trend, present) else 0.0,
    )


def _clears_away(trend: Trend, present: float) -> bool:
    """A stock of something bad, one by one ("đơn tồn", "hộ lấn chiếm"); rates fall without ever being cleared."""
    return trend.kind == "amount" and trend.better == "lower" and present > 0


def _straight_line(points: Sequence[tuple[str, float]], at: str) -> float:
    """What the mean pace of the history adds until `at`."""
    first, last = date.fromisoformat(points[0][0]), date.fromisoformat(points[-1][0])
    days = (last - first).days
    if days <= 0:
        return 0.0
    ahead = (date.fromisoformat(at) - last).days
    return (points[-1][1] - points[0][1]) / days * max(ahead, 0)


def _ends(indicator: Indicator, better: str) -> bool:
    """Whether the target leaves nothing over: none of a bad thing, all of a good one."""
    if better == "lower":
        return indicator.target == 0
    return indicator.unit.strip() == "%" and indicator.target == 100


def gain_facts(reading: Reading, outlooks: Sequence[Outlook], found: Sequence[Gain]) -> list[Fact]:
    registration = reading.registration
    if not found:
        return [*_told_only(outlooks), *_told_step(reading)]
    judged = [gain for gain in found if gain.band is not Band.UNKNOWN and gain.ratio is not None]
    facts = [
        _fact(registration, "reached_by_trend", _reached(judged), judged),
        _fact(registration, "beyond_trend", max(map(_beyond, judged), default=0.0), judged),
        _fact(registration, "near_trend", max(map(_near, judged), default=0.0), judged),
        _fact(registration, "from_standstill", _from_standstill(found), found),
        _fact(registration, "not_beyond_today", _not_beyond(found), found),
        _fact(registration, "leaves_much", _leaves_much(found), found),
        _fact(registration, "been_there", float(any(gain.been_there for gain in found)), found),
        _fact(registration, "wide_gap", max((_gap(registration, gain) for gain in found), default=0.0), found),
        _fact(registration, "leaves_nothing", _leaves_nothing(found), found),
    ]
    return [fact for fact in facts if fact.strength > 0]


def _told_only(outlooks: Sequence[Outlook]) -> list[Fact]:
    """Progress told in the text where the form has no figures: "đã thi công 70%, mỗi tháng thêm 7%"."""
    there = [each for each in outlooks if each.trend.band is Band.USUAL]
    return [Fact("reached_by_trend", 1.0, there[0].said)] if there else []


def _told_step(reading: Reading) -> list[Fact]:
    """A step told in the text where the form has no figures: "hiện 310 lượt một năm, phấn đấu dưới 60 lượt"."""
    now = [figure for figure in reading.figures if figure.role is Role.STATE and figure.unit and figure.value]
    for target in reading.targets:
        for state in now:
            if target.unit.split(" ")[0] != state.unit.split(" ")[0] or state.start == target.start:
                continue
            if abs(target.value - state.value) >= _FAR_GAP * state.value:
                words = tuple(reading.quote(each.field, each.start, each.end) for each in (state, target))
                return [Fact("wide_gap", _TOLD, words)]
    return []


def _fact(registration: Registration, name: str, strength: float, found: Sequence[Gain]) -> Fact:
    if strength <= 0:
        return Fact(name, 0.0)
    return Fact(name, strength, tuple(_figures(registration, gain.n) for gain in found[:3]))


def _figures(registration: Registration, n: int) -> Evidence:
    indicator = registration.indicators[n]
    past = "; ".join(f"{_period(period)}: {show_number(value)}" for period, value in indicator.history[-5:])
    now = "…" if indicator.baseline is None else show_number(indicator.baseline)
    unit = f" {indicator.unit}" if indicator.unit else ""
    text = f"{indicator.name}: {now} → {show_number(indicator.target or 0)}{unit}" + (f" ({past})" if past else "")
    return Evidence(f"indicators.{n}", 0, 0, text)


def _period(period: str) -> str:
    return show_day(period) if len(period) == 10 else period


def _reached(judged: Sequence[Gain]) -> float:
    """1 when every judged indicator gets there by itself, half when only some do."""
    there = sum(_gets_there(gain) for gain in judged)
    if not judged or not there:
        return 0.0
    return 1.0 if there == len(judged) else 0.5


def _gets_there(gain: Gain) -> bool:
    """By the forecast, or by the straight line anybody would draw through the past by hand."""
    by_line = gain.needed > 0 and gain.ratio is not None and 0 < gain.ratio <= MIXED_FROM
    return gain.band is Band.USUAL or by_line


def _beyond(gain: Gain) -> float:
    if gain.needed <= 0 or gain.ratio is None or gain.band is Band.USUAL or gain.ratio <= LEAP_FROM:
        return 0.0
    return 1.0


def _near(gain: Gain) -> float:
    """Strongest just above the line, fading towards a leap."""
    if gain.needed <= 0 or gain.ratio is None or gain.band is Band.USUAL:
        return 0.0
    if not MIXED_FROM < gain.ratio <= LEAP_FROM:
        return 0.0
    return 1.0 if gain.ratio <= 2.0 else 0.7


def _from_standstill(found: Sequence[Gain]) -> float:
    return float(any(gain.stood_still and gain.needed > 0 for gain in found))


def _leaves_nothing(found: Sequence[Gain]) -> float:
    """Ends a difficulty for good; work that comes to 100 % by itself ends none."""
    return float(any(gain.ends and gain.needed > 0 and gain.band is not Band.USUAL for gain in found))


def _leaves_much(found: Sequence[Gain]) -> float:
    """ "Giảm một phần" is not for good: full from half left over, nothing from a tenth down."""
    left = min((gain.leaves for gain in found if gain.leaves > 0 and gain.needed > 0), default=0.0)
    return min(1.0, max(0.0, (left - 0.1) / 0.4))


def _not_beyond(found: Sequence[Gain]) -> float:
    worse = sum(gain.needed <= 0 for gain in found)
    return worse / len(found) if found[0].needed <= 0 else 0.0


def _gap(registration: Registration, gain: Gain) -> float:
    """Without a history only the size of the step can speak, and it speaks softly."""
    if gain.ratio is not None or gain.needed <= 0:
        return 0.0
    indicator = registration.indicators[gain.n]
    present = abs(indicator.baseline or 0.0)
    if present == 0:
        return 0.5
    return 1.0 if gain.needed >= _FAR_GAP * present else 0.0
