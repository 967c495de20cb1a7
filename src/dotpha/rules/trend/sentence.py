"""One Vietnamese sentence under the picture: where the figure goes by itself, and what that means for the target."""

from datetime import date

from dotpha.rules.screening.result import Band, Trend
from dotpha.rules.trend.forecast import reporting_unit
from dotpha.rules.trend.own_past import still_since
from dotpha.rules.trend.scale import COUNT_KINDS
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.numbers import show_number

_MEANS = {
    Band.USUAL: "có dấu hiệu tự đạt",
    Band.CLARIFY: "có thể tự đạt, đề nghị làm rõ",
    Band.ABOVE: "vượt xu thế",
    Band.LEAP: "bước nhảy so với đà hiện nay, đề nghị nêu rõ căn cứ thực hiện",
}


def sentence(trend: Trend, unit: str = "") -> str:
    """What `trend` says, politely; `unit` is written after the figures, else the trend's own ("%", "hộ").

    >>> sentence(Trend(indicator="", at="2022-12-31", method="none: no value"))
    'Chưa có số liệu các năm trước, chưa đủ dữ liệu để dự báo.'
    """
    figures = _Figures(trend, unit or trend.unit)
    if trend.method == "none: no value":
        return "Chưa có số liệu các năm trước, chưa đủ dữ liệu để dự báo."
    if trend.median is None:
        return "Hạn hoàn thành không sau số liệu cuối cùng nên chưa thể dự báo; đề nghị xem lại hạn."
    if trend.method == "too-far":
        return f"Đến {show_day(trend.at)} là quá xa để dự báo từ {trend.n} số liệu đã có."
    if trend.method == "one-point":
        return f"Mới có một số liệu ({figures.last}), chưa đủ dữ liệu để kết luận về xu thế."
    if trend.method == "part-year":
        return (
            f"Theo đà hiện nay cả năm đạt {figures.forecast}; chưa có số liệu cùng kỳ,"
            " chưa đủ dữ liệu để kết luận về hạn giữa năm."
        )
    return f"{_so_far(trend, figures)} {figures.forecast}{_target(trend, figures)}."


def _so_far(trend: Trend, figures: "_Figures") -> str:
    """The start of the sentence, up to the forecast: what it rests on, and the day."""
    day = show_day(trend.at)
    if since := _stands_since(trend):
        return f"Đứng ở mức {figures.last} từ {show_day(since)}; theo đà hiện nay đến {day} vẫn"
    basis = {
        "siblings": "Chỉ dựa vào đơn vị tương tự,",
        "stated": "Theo số liệu nêu trong thuyết minh,",
    }.get(trend.method, "Theo đà hiện nay")
    return f"{basis} đến {day} {'ở mức' if trend.better == 'lower' else 'đạt'}"


def _stands_since(trend: Trend) -> date | None:
    """Since when a figure that is still short of its target has not moved; happenings cannot stand."""
    if trend.kind == "events" or trend.band is Band.USUAL:
        return None
    return still_since(tuple((date.fromisoformat(day), value) for day, value in trend.points))


def _target(trend: Trend, figures: "_Figures") -> str:
    if trend.target is None or trend.p_reached is None:
        return ""
    # A day worth naming lies ahead of today's value.
    ahead = trend.band is Band.USUAL and trend.points[-1][0] < trend.reaches_on <= trend.at
    reached = f" (khoảng {show_day(trend.reaches_on)})" if ahead else ""
    return f"; chỉ tiêu {figures.named(trend.target)}: {_MEANS[trend.band]}{reached}"


def forecast_places(trend: Trend) -> int:
    """Decimals to write a forecast with: as fine as its past was reported."""
    return _Figures(trend, trend.unit).forecast_places


class _Figures:
    """Numbers of one trend, written as finely as its past was reported."""

    def __init__(self, trend: Trend, unit: str) -> None:
        self.trend, self.unit = trend, unit
        step = reporting_unit([value for _, value in trend.points])
        self.places = next(places for places in range(4) if step >= 0.9 * 10**-places or places == 3)
        # Where whole figures would hide the interval, one place more; but there is no half household.
        narrow = (trend.high or 0.0) - (trend.low or 0.0) < 2 * step
        self.forecast_places = self.places + (narrow and trend.kind not in COUNT_KINDS)

    def named(self, value: float) -> str:
        return self._with_unit(show_number(value, 4))

    @property
    def last(self) -> str:
        return self.named(self.trend.points[-1][1])

    @property
    def forecast(self) -> str:
        """ "khoảng 98 % (từ 96 đến 100 %)", without the brackets where the figures are all one."""
        low, median, high = (
            show_number(each or 0.0, self.forecast_places)
            for each in (self.trend.low, self.trend.median, self.trend.high)
        )
        around = f" (từ {low} đến {self._with_unit(high)})" if low != high else ""
        return f"khoảng {self._with_unit(median)}{around}"

    def _with_unit(self, number: str) -> str:
        return f"{number} {self.unit}".strip()
