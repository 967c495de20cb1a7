"""The picture of how far chances can be believed: what was said against what came true.

Two panels side by side: the chance of the verdict given, and the chance that it is a breakthrough. A dot on the dashed
line means that chances are what they say; above it they were too low, below it too high. Under each
panel stand the counts, and a dot of few registrations is hollow, because it says little.
"""

from collections.abc import Sequence
from typing import Any

from dotpha.documents.pieces.pictures import FONT
from dotpha.rules.screening.quality.calibration import Bin, Calibration

FEW = 10  # registrations below which a dot is drawn hollow

_INK, _QUIET, _LINE, _SEA, _PALE_SEA, _CARD = "#1F2328", "#5B636B", "#DDD8CE", "#1F5F8B", "#CFE0EC", "#FFFFFF"
_SIDE, _COUNTS = 320, 70
_TENTHS = [place / 10 for place in range(0, 11, 2)]
_LEGEND = [
    "Nét đứt: máy ghi đúng bằng thực tế. Chấm ở trên: máy ghi thấp hơn thực tế; ở dưới: máy ghi cao hơn.",
    f"Chấm rỗng: dưới {FEW} bản, nói được ít. Vạch dọc: khoảng tin cậy 95 %. Số dưới cùng: số bản đăng ký.",
]

Spec = dict[str, Any]


def spec(given_verdict: Calibration, breakthrough: Calibration) -> Spec:
    """A Vega-Lite specification; its tables stand in the report beside it."""
    return {
        "title": {
            "text": "Máy ghi khả năng bao nhiêu, thực tế đúng bấy nhiêu?", "subtitle": _LEGEND, "anchor": "start",
            "fontSize": 18, "subtitleFontSize": 13, "subtitleColor": _QUIET, "subtitleLineHeight": 19,
            "subtitlePadding": 7, "offset": 18,
        },
        "hconcat": [
            _panel("Khả năng của nhận định máy nêu", "Thực tế: nhận định đúng", given_verdict.bins),
            _panel("Khả năng là đột phá", "Thực tế: đúng là đột phá", breakthrough.bins),
        ],
        "spacing": 40,
        "padding": 16,
        "background": _CARD,
        "config": {
            "font": f"{FONT}, sans-serif",
            "axis": {
                "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": 400, "titlePadding": 8,
                "labelColor": _QUIET, "titleColor": _INK, "gridColor": _LINE, "domainColor": _LINE, "tickColor": _LINE,
                "labelFlush": False,
            },
            "title": {"fontSize": 15, "fontWeight": 600, "color": _INK, "anchor": "start", "offset": 10},
            "view": {"stroke": None},
        },
    }  # fmt: skip


def _panel(title: str, came_true: str, bins: Sequence[Bin]) -> Spec:
    values = [
        {"from": each.low, "to": each.high, "middle": (each.low + each.high) / 2, "count": each.count,
         "chance": each.chance, "share": each.share, "low": each.sure[0], "high": each.sure[1],
         "few": each.count < FEW}
        for each in bins
    ]  # fmt: skip
    most = max((each.count for each in bins), default=1)
    above: Spec = {
        "title": title,
        "width": _SIDE,
        "height": _SIDE,
        "layer": [_diagonal(came_true), _intervals(came_true), _dots(came_true)],
    }
    below: Spec = {"width": _SIDE, "height": _COUNTS, "layer": [_bars(most), _numbers(most)]}
    return {"data": {"values": values}, "vconcat": [above, below], "spacing": 10}


def _share(field: str, title: str | None, *, labels: bool = True) -> Spec:
    """An axis from 0 to 100 %."""
    axis = {"values": _TENTHS, "labelExpr": "round(datum.value * 100) + ' %'", "labels": labels, "ticks": labels}
    scale = {"domain": [0, 1], "nice": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis | {"title": title}}


def _diagonal(came_true: str) -> Spec:
    return {
        "data": {"values": [{"chance": 0, "share": 0}, {"chance": 1, "share": 1}]},
        "mark": {"type": "line", "color": _QUIET, "strokeDash": [6, 4], "strokeWidth": 1.5},
        "encoding": {"x": _share("chance", None, labels=False), "y": _share("share", came_true)},
    }


def _intervals(came_true: str) -> Spec:
    return {
        "mark": {"type": "rule", "color": _SEA, "opacity": 0.45, "strokeWidth": 2},
        "encoding": {
            "x": _share("chance", None, labels=False),
            "y": _share("low", came_true),
            "y2": {"field": "high"},
        },
    }


def _dots(came_true: str) -> Spec:
    return {
        "mark": {"type": "circle", "size": 90, "stroke": _SEA, "strokeWidth": 2, "opacity": 1},
        "encoding": {
            "x": _share("chance", None, labels=False),
            "y": _share("share", came_true),
            "fill": {"condition": {"test": "datum.few", "value": _CARD}, "value": _SEA},
        },
    }


def _height(most: int) -> Spec:
    """An axis without numbers: each bar carries its own."""
    axis = {"title": "Số bản", "labels": False, "ticks": False, "grid": False, "domain": False}
    return {"field": "count", "type": "quantitative", "scale": {"domain": [0, most * 1.4], "nice": False}, "axis": axis}


def _bars(most: int) -> Spec:
    return {
        "mark": {"type": "rect", "color": _PALE_SEA, "stroke": _CARD},
        "encoding": {
            "x": _share("from", "Khả năng máy ghi"),
            "x2": {"field": "to"},
            "y": _height(most),
            "y2": {"datum": 0},
        },
    }


def _numbers(most: int) -> Spec:
    return {
        "mark": {"type": "text", "dy": -8, "fontSize": 13, "color": _INK},
        "encoding": {
            "x": _share("middle", "Khả năng máy ghi"),
            "y": _height(most),
            "text": {"field": "count", "type": "quantitative"},
        },
    }
