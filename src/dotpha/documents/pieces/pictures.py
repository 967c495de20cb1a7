"""PNG copies of our drawings for Word, and the one chart that is worth a charting library.

On pages bars are drawn inside their tables (see `overview`); a Word paper cannot do that, so its overview
is a Vega-Lite chart. vl-convert draws both offline, with the vendored font; the first chart costs half a
second, therefore it is imported where a paper is written and nowhere else.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import vl_convert

from dotpha.documents.pieces.overview import Tally, unmet_bars
from dotpha.rules.screening.result import VERDICT_LABELS

FONT = "Be Vietnam Pro"
_VEGA_LITE = "5.21"
_COLORS = ["#2F6B3C", "#B7791F", "#5B6B7F"]  # in the order of the verdicts


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(files("dotpha.documents") / "fonts"))


def png(svg: str) -> bytes:
    """A drawing at 1.6 pixels a unit: sharp on paper at half a page's width, 40 KB."""
    _register_font()
    return vl_convert.svg_to_png(svg, scale=1.6)


def unmet_chart(counts: Tally) -> bytes:
    """How many items miss each criterion, and what these items were found to be; its table is `unmet_bars`."""
    _register_font()
    return vl_convert.vegalite_to_png(_unmet_spec(counts), vl_version=_VEGA_LITE, scale=2)


def chart(spec: Mapping[str, Any]) -> str:
    """A Vega-Lite specification drawn as SVG: small, and a change of a figure is a change of a line."""
    _register_font()
    return vl_convert.vegalite_to_svg(dict(spec), vl_version=_VEGA_LITE)


def _unmet_spec(counts: Tally) -> dict[str, Any]:
    order = [bar.label for bar in unmet_bars(counts)]
    values = [
        {"criterion": bar.label, "verdict": label, "count": counts.unmet_by[bar.key, verdict], "place": place}
        for bar in unmet_bars(counts)
        for place, (verdict, label) in enumerate(VERDICT_LABELS.items())
    ]
    words = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13}
    return {
        "data": {"values": values},
        "width": 440,
        "height": {"step": 30},
        "mark": {"type": "bar", "stroke": "#FFFFFF"},
        "encoding": {
            "y": {"field": "criterion", "type": "nominal", "sort": order, "title": None},
            "x": {"field": "count", "type": "quantitative", "title": "Số việc chưa đạt", "axis": {"tickMinStep": 1}},
            "color": {
                "field": "verdict",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(VERDICT_LABELS.values()), "range": _COLORS},
                "legend": {"orient": "bottom"},
            },
            "order": {"field": "place", "type": "quantitative"},
        },
        "config": {"axis": words | {"labelLimit": 200}, "legend": words, "view": {"stroke": None}, "font": FONT},
    }
