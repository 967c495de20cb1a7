from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dotpha.documents.pieces import fan
from dotpha.rules.screening.result import Band, Trend
from dotpha.rules.trend.assess import METHODS
from dotpha.rules.trend.sentence import sentence
from tests.makers import ROAD_TREND

REVENUE = Trend(
    indicator="Thu ngân sách", unit="tỷ đồng", at="2022-12-31", median=448.0, low=414.5, high=484.2, target=500.0,
    p_reached=0.02, points=(("2019-12-31", 371.0), ("2020-12-31", 398.0), ("2021-12-31", 431.6)),
)  # fmt: skip


def words_of(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_picture_names_target_median_last_value_and_deadline():
    words = words_of(fan.draw(REVENUE, "mô tả"))
    assert {"500", "448", "431,6", "31/12/2022", "2019", "tỷ đồng"} <= set(words)


def test_picture_is_read_out_by_title_and_description():
    root = ElementTree.fromstring(fan.draw(REVENUE, "Theo đà hiện nay đạt 448"))
    assert root.get("role") == "img"
    assert [child.text for child in list(root)[:2]] == ["Thu ngân sách", "Theo đà hiện nay đạt 448"]


def test_picture_carries_no_style_that_a_strict_policy_would_drop():
    svg = fan.draw(REVENUE, "")
    assert "style=" not in svg
    assert "<style" not in svg


def test_words_of_a_register_cannot_break_out_of_the_picture():
    hostile = replace(REVENUE, indicator="</title><script>", unit='"><script>')
    svg = fan.draw(hostile, "<script>")
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_median_turns_level_on_the_day_the_work_is_finished():
    svg = fan.draw(ROAD_TREND, "")
    median = svg.split('class="fan-median" d="')[1].split('"')[0]
    assert median.count("L") == 2
    assert (
        fan.draw(replace(ROAD_TREND, reaches_on=""), "").split('class="fan-median" d="')[1].split('"')[0].count("L")
        == 1
    )


@pytest.mark.parametrize(
    "trend",
    [
        replace(REVENUE, median=None, low=None, high=None, p_reached=None),
        replace(REVENUE, target=None),
        replace(REVENUE, points=(("2021-12-31", 431.6),)),
        replace(REVENUE, points=(("2021-12-31", 0.0),), median=0.0, low=0.0, high=0.0, target=0.0),
        replace(REVENUE, at="2020-06-30"),
        replace(REVENUE, low=-1e9, high=1e9),
        replace(REVENUE, target=1e15),
    ],
    ids=["no forecast", "no target", "one value", "all zero", "deadline in the past", "very wide", "very far"],
)
def test_odd_trends_still_give_a_whole_picture(trend):
    svg = fan.draw(trend, "mô tả")
    ElementTree.fromstring(svg)
    assert "nan" not in svg
    assert "inf" not in svg


FIGURE = st.floats(-1e12, 1e12, allow_nan=False) | st.integers(0, 100).map(float)


@pytest.mark.slow
@given(st.lists(FIGURE, min_size=1, max_size=6), st.lists(FIGURE, min_size=4, max_size=4))
def test_any_figures_give_a_whole_picture(values, forecast):
    points = tuple((f"{2015 + year}-12-31", value) for year, value in enumerate(values))
    low, median, high = sorted(forecast[:3])
    svg = fan.draw(replace(REVENUE, points=points, low=low, median=median, high=high, target=forecast[3]), "")
    ElementTree.fromstring(svg)
    assert "nan" not in svg
    assert "inf" not in svg


def test_the_noise_of_arithmetic_is_no_range():
    still = replace(
        REVENUE, points=(("2021-12-10", 3412.0),), median=3411.999999999998, low=2706.2, high=4301.9, target=3412.0
    )
    assert "3.412" in words_of(fan.draw(still, ""))


def test_without_a_past_value_there_is_no_picture():
    assert not fan.can_be_drawn(replace(REVENUE, points=()))


def test_a_very_wide_fan_does_not_flatten_the_past():
    wide = replace(REVENUE, low=1.0, high=90_000.0)
    heights = [float(part.split('"')[0]) for part in fan.draw(wide, "").split('cy="')[1:]]
    assert max(heights) - min(heights) > 20


def test_table_tells_the_same_as_the_picture():
    assert fan.rows(REVENUE) == [
        ("2019", "371 tỷ đồng"),
        ("2020", "398 tỷ đồng"),
        ("2021", "431,6 tỷ đồng"),
        ("Theo đà hiện nay đến 31/12/2022", "448 tỷ đồng"),
        ("Khoảng dự báo 80 %", "từ 414,5 đến 484,2 tỷ đồng"),
        ("Chỉ tiêu đăng ký", "500 tỷ đồng"),
        ("Khả năng đạt khi không cố gắng thêm", "2 %"),
    ]


@pytest.mark.parametrize(
    "silent",
    [
        replace(REVENUE, method="too-far", low=None, high=None, p_reached=None),
        replace(REVENUE, method="too-far", reaches_on="2022-06-30"),
        replace(REVENUE, method="one-point", points=(("2021-12-31", 431.6),), p_reached=None),
        replace(REVENUE, low=None, high=None),
    ],
    ids=["too far", "too far with an interval", "one point", "no interval"],
)
def test_where_the_method_claims_nothing_no_forecast_is_drawn_or_told(silent):
    svg = fan.draw(silent, "")
    assert "Theo đà" not in words_of(svg)
    assert "fan-area" not in svg
    assert "fan-median" not in svg
    assert {"Chỉ tiêu", "500", "431,6"} <= set(words_of(svg))
    assert {what for what, _ in fan.rows(silent)} <= {"2019", "2020", "2021", "Chỉ tiêu đăng ký"}


@pytest.mark.parametrize("method", [each for each in METHODS if not each.startswith("none")])
def test_the_picture_shows_a_forecast_exactly_where_its_sentence_names_one(method):
    trend = replace(REVENUE, method=method, n=3, band=Band.LEAP)
    assert ("Theo đà" in words_of(fan.draw(trend, ""))) == ("khoảng 448 tỷ đồng" in sentence(trend))
