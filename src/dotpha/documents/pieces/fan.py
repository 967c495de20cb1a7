"""The signature picture: past values, business as usual with its 80 % fan to the deadline, the target.

Written as SVG text, without a charting library: a report holds hundreds of them, one costs a fraction of a
millisecond, and the same text serves the page, the report and, as PNG, Word. Colours stand as presentation
attributes (a strict policy forbids style attributes, and Word's copy sees no style sheet); the classes
let `pieces.css` repaint them for print.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import escape as escape_markup
from math import floor, log10

from dotpha.documents.pieces.letters import printable
from dotpha.rules.screening.result import Trend
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.numbers import show_number

WIDTH, HEIGHT = 440, 250
_TOP, _BOTTOM, _RIGHT = 30, 34, 96
_INK, _QUIET, _LINE, _RED = "#1F2328", "#5B636B", "#DDD8CE", "#A61B1B"
_SEA, _PALE_SEA = "#1F5F8B", "#CFE0EC"
_CLAIM_NOTHING = frozenset({"too-far", "one-point"})  # methods whose sentence names no forecast
_LETTER = 7.8  # generous width width of a digit at 13 px, to keep room for the numbers of the axis


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns days and values into places on the drawing."""

    left: float
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days or 1
        return round(self.left + (day - self.first).days / whole * (WIDTH - _RIGHT - self.left), 1)

    def y(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        part = (inside - self.low) / (self.high - self.low)
        return round(HEIGHT - _BOTTOM - part * (HEIGHT - _BOTTOM - _TOP), 1)


def can_be_drawn(trend: Trend) -> bool:
    """A picture needs a past value; a target alone is a sentence, not a picture."""
    return bool(trend.points)


def draw(trend: Trend, description: str) -> str:
    """The picture as one `<svg>`; `description` is read out to those who do not see it.

    Only for a trend that `can_be_drawn`. Like its sentence it shows no forecast where the method claims none.
    """
    trend = _claimed(trend)
    ticks = _ticks(*_range(trend))
    left = 14 + _LETTER * max(len(show_number(tick)) for tick in ticks)
    days = [date.fromisoformat(day) for day, _ in trend.points]
    end = max(date.fromisoformat(trend.at), days[-1])
    scale = _Scale(left, days[0], end, ticks[0], ticks[-1])
    parts = [*_fan(scale, trend, days[-1]), *_axis(scale, ticks, trend, days), *_target(scale, trend)]
    parts += [*_median(scale, trend, days[-1]), *_history(scale, trend, days), *_labels(scale, trend)]
    return (
        f'<svg class="fan" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="Be Vietnam Pro, sans-serif" font-size="13" fill="{_QUIET}">'
        f"<title>{_escape(trend.indicator)}</title><desc>{_escape(description)}</desc>{''.join(parts)}</svg>"
    )


def rows(trend: Trend) -> list[tuple[str, str]]:
    """The same picture for readers of tables: (what, value with its unit)."""
    trend = _claimed(trend)
    table = [(_period(day), _with_unit(value, trend)) for day, value in trend.points]
    if trend.median is not None and trend.low is not None and trend.high is not None:
        table.append((f"Theo đà hiện nay đến {show_day(trend.at)}", _with_unit(trend.median, trend)))
        between = f"từ {show_number(trend.low)} đến {_with_unit(trend.high, trend)}"
        table.append(("Khoảng dự báo 80 %", between))
    if trend.target is not None:
        table.append(("Chỉ tiêu đăng ký", _with_unit(trend.target, trend)))
    if trend.p_reached is not None:
        table.append(("Khả năng đạt khi không cố gắng thêm", _chance(trend.p_reached)))
    if trend.reaches_on:
        table.append(("Theo nhịp hiện nay chạm chỉ tiêu vào", show_day(trend.reaches_on)))
    return table


def _claimed(trend: Trend) -> Trend:
    """`trend` without the forecast its method does not stand for; the past and the target stay."""
    if trend.method in _CLAIM_NOTHING or None in (trend.median, trend.low, trend.high):
        return replace(trend, median=None, low=None, high=None, p_reached=None, reaches_on="")
    return trend


def _escape(text: str) -> str:
    return escape_markup(printable(text))


def _chance(probability: float) -> str:
    """Never 0 % or 100 %: the method knows no certainty.

    >>> _chance(0.004), _chance(0.27), _chance(0.999)
    ('dưới 1 %', '27 %', 'trên 99 %')
    """
    if probability < 0.01:
        return "dưới 1 %"
    if probability > 0.99:
        return "trên 99 %"
    return f"{round(probability * 100)} %"


def _with_unit(value: float, trend: Trend) -> str:
    return f"{show_number(value)} {trend.unit}".strip()


def _period(day: str) -> str:
    """A value of 31 December is what people call that year's value."""
    return day[:4] if day.endswith("-12-31") else show_day(day)


def _range(trend: Trend) -> tuple[float, float]:
    """The values worth showing.

    A fan from one past value can be many times wider than all the rest; then its edge is cut off so that
    the past stays readable. The table gives the whole interval.
    """
    core = [value for _, value in trend.points]
    core += [value for value in (trend.target, trend.median) if value is not None]
    low, high = min(core), max(core)
    span = high - low
    if span <= abs(high) * 1e-6:  # all alike, but for the noise of arithmetic
        span = abs(high) * 0.2 or 1.0
        low, high = low - span / 2, high + span / 2
    if trend.low is not None and trend.high is not None:
        low, high = min(low, max(trend.low, low - span)), max(high, min(trend.high, high + span))
    return low, high


def _ticks(low: float, high: float) -> list[float]:
    """Three to six round numbers that enclose the range.

    >>> _ticks(5, 100), _ticks(371, 500), _ticks(0, 3)
    ([0.0, 25.0, 50.0, 75.0, 100.0], [350.0, 400.0, 450.0, 500.0], [0.0, 1.0, 2.0, 3.0])
    """
    rough = (high - low) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)
    if low == round(low) and high == round(high):
        step = max(step, 1.0)
    first = floor(low / step + 1e-9)
    digits = max(0, 2 - floor(log10(step)))
    ticks = [round(step * place, digits) for place in range(first, first + 8)]
    last = next(place for place, tick in enumerate(ticks) if tick >= high - step * 1e-6)
    return ticks[: last + 1]


def _text(x: float, y: float, words: str, *, color: str = "", bold: bool = False) -> str:
    """`color` and place are those of the group it stands in, unless told."""
    fill = f' fill="{color}"' if color else ""
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}"{fill}{weight}>{_escape(words)}</text>'


def _axis(scale: _Scale, ticks: list[float], trend: Trend, days: list[date]) -> Iterator[str]:
    lines = "".join(f"M{scale.left:g} {scale.y(tick):g}H{WIDTH - _RIGHT}" for tick in ticks)
    yield f'<path d="{lines}" stroke="{_LINE}"/>'
    numbers = (_text(scale.left - 7, scale.y(tick) + 4.5, show_number(tick)) for tick in ticks)
    yield f'<g text-anchor="end">{"".join(numbers)}</g>'
    if trend.unit:
        yield _text(2, 14, trend.unit)
    yield from _days(scale, trend, days)


def _days(scale: _Scale, trend: Trend, days: list[date]) -> Iterator[str]:
    """The deadline always, then the first and last value, then what still finds room between them."""
    deadline = date.fromisoformat(trend.at)
    reached = [date.fromisoformat(trend.reaches_on)] if _bend(scale, trend, days[-1]) else []
    taken: list[tuple[float, float]] = []
    words_below, marks = [], ""
    for day in (deadline, days[0], days[-1], *reached, *days[1:-1]):
        words = show_day(day) if day == deadline else _period(day.isoformat())
        half = len(words) * _LETTER / 2
        center = min(max(scale.x(day), half), WIDTH - half)
        if all(center + half + 6 < left or right < center - half - 6 for left, right in taken):
            taken.append((center - half, center + half))
            words_below.append(_text(round(center, 1), HEIGHT - 10, words))
            marks += f"M{scale.x(day):g} {HEIGHT - _BOTTOM}v5"
    yield f'<g text-anchor="middle">{"".join(words_below)}</g><path d="{marks}" stroke="{_QUIET}"/>'


def _fan(scale: _Scale, trend: Trend, last: date) -> Iterator[str]:
    """The interval widens with the square root of time; as a curve that is exactly one quadratic Bézier."""
    if trend.median is None or trend.low is None or trend.high is None:
        return
    x0, y0, x1 = scale.x(last), scale.y(trend.points[-1][1]), scale.x(date.fromisoformat(trend.at))
    low, middle, high = scale.y(trend.low), scale.y(trend.median), scale.y(trend.high)
    above, below = round(y0 + (high - middle) / 2, 1), round(y0 + (low - middle) / 2, 1)
    edges = f"Q{x0} {above} {x1} {high}V{low}Q{x0} {below} {x0} {y0}"
    if bend := _bend(scale, trend, last):
        edges = f"{bend}L{x1} {high}V{low}"
    yield f'<path class="fan-area" d="M{x0} {y0}{edges}Z" fill="{_PALE_SEA}"/>'


def _median(scale: _Scale, trend: Trend, last: date) -> Iterator[str]:
    if trend.median is None:
        return
    start = f"{scale.x(last)} {scale.y(trend.points[-1][1])}"
    end = f"{scale.x(date.fromisoformat(trend.at))} {scale.y(trend.median)}"
    yield (
        f'<path class="fan-median" d="M{start}{_bend(scale, trend, last)}L{end}" stroke="{_SEA}"'
        f' stroke-width="2.5" stroke-dasharray="7 4" fill="none"/>'
    )


def _bend(scale: _Scale, trend: Trend, last: date) -> str:
    """Work that is finished before the deadline stays finished: the median turns level on that day."""
    if not trend.reaches_on or trend.target is None:
        return ""
    day = date.fromisoformat(trend.reaches_on)
    if not last < day < date.fromisoformat(trend.at):
        return ""
    return f"L{scale.x(day)} {scale.y(trend.target)}"


def _target(scale: _Scale, trend: Trend) -> Iterator[str]:
    if trend.target is None:
        return
    y = scale.y(trend.target)
    yield (
        f'<path class="fan-target" d="M{scale.left} {y}H{WIDTH - _RIGHT}" stroke="{_RED}"'
        f' stroke-width="2" fill="none"/>'
    )


def _history(scale: _Scale, trend: Trend, days: list[date]) -> Iterator[str]:
    places = [(scale.x(day), scale.y(value)) for day, (_, value) in zip(days, trend.points, strict=True)]
    line = "L".join(f"{x} {y}" for x, y in places)
    yield f'<path class="fan-past" d="M{line}" stroke="{_INK}" stroke-width="2" fill="none"/>'
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in places)
    yield f'<g fill="{_INK}">{dots}</g>'
    yield _last_value(*places[-1], trend)


def _last_value(x: float, y: float, trend: Trend) -> str:
    """Below the line where it rises, above where it falls, so that the number covers neither."""
    value = trend.points[-1][1]
    rising = (trend.target if trend.median is None else trend.median) or 0
    place = y + 18 if rising >= value and y < HEIGHT - _BOTTOM - 22 else y - 9
    return _text(round(x + 4, 1), round(place, 1), show_number(value), color=_INK, bold=True)


def _labels(scale: _Scale, trend: Trend) -> Iterator[str]:
    """Target and median say their number at the right edge, pushed apart where they would meet."""
    labels = []
    if trend.target is not None:
        labels.append((scale.y(trend.target), "Chỉ tiêu", show_number(trend.target), _RED))
    if trend.median is not None:
        labels.append((scale.y(trend.median), "Theo đà", show_number(trend.median), _SEA))
    labels.sort()
    places = [min(max(y, _TOP + 4), HEIGHT - _BOTTOM - 10) for y, *_ in labels]
    if len(places) == 2 and places[1] - places[0] < 38:
        middle = min(max(sum(places) / 2, _TOP + 23), HEIGHT - _BOTTOM - 29)
        places = [middle - 19, middle + 19]
    for place, (_, name, number, color) in zip(places, labels, strict=True):
        x = WIDTH - _RIGHT + 9
        yield _text(x, round(place - 2, 1), name, color=color)
        yield _text(x, round(place + 14, 1), number, color=color, bold=True)
