"""The worked examples A to H of the trend method, section 6, and what must hold for any series."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dotpha.rules.trend.forecast import (
    Forecast,
    NoForecast,
    chance_reached,
    forecast,
    leap_size,
    reached_on,
    reporting_unit,
)
from dotpha.rules.trend.scale import KNOWN_KINDS, Form, Measure

END_OF_2022 = date(2022, 12, 31)
MONEY, PERCENT = Measure("money"), Measure("percent", 0, 100)
CLOSE = 0.005


def years(first, *values):
    """Values at the ends of successive years."""
    return [(date(first + i, 12, 31), value) for i, value in enumerate(values)]


def is_interval(found: Forecast, median, low, high):
    return (found.median, found.low, found.high) == pytest.approx((median, low, high), rel=CLOSE)


COMMUNES = [
    years(2019, 200, 212, 219), years(2019, 95, 99, 108), years(2019, 510, 548, 560), years(2019, 64, 70, 71),
]  # fmt: skip
PROVINCES = [
    years(2014, 50, 49.5, 48.5, 46, 43, 40.5, 39.5, 39),
    years(2014, 61, 61.5, 61, 59, 56, 53, 51.5, 51),
    years(2014, 40, 39.5, 39, 37.5, 35.5, 33.5, 32.5, 32.3),
]
ROAD = [
    (date(2021, 4, 30), 5), (date(2021, 6, 30), 22), (date(2021, 9, 30), 45),
    (date(2021, 12, 31), 66), (date(2022, 1, 20), 70),
]  # fmt: skip


def test_example_a_money_alone():
    found = forecast(years(2019, 371, 398, 431.6), [], END_OF_2022, MONEY)

    assert is_interval(found, 448.0, 414.5, 484.2)
    assert found.r == pytest.approx(-0.1)
    assert found.trust == pytest.approx(0.550, rel=CLOSE)
    assert found.drift == pytest.approx(0.0416, rel=CLOSE)
    assert found.level == pytest.approx(6.0632, rel=CLOSE)
    assert found.freedom == pytest.approx(2.45, rel=CLOSE)
    assert found.reach / found.sigma == pytest.approx(1.742, rel=CLOSE)


def test_example_b_money_with_siblings():
    found = forecast(years(2020, 398, 431.6), COMMUNES, END_OF_2022, MONEY)

    assert is_interval(found, 436.3, 404.4, 470.8)
    assert found.trust == pytest.approx(0.028, rel=0.02)
    assert found.freedom == pytest.approx(3.196, rel=CLOSE)
    assert found.siblings == 4


def test_example_c_one_own_value_with_siblings():
    found = forecast(years(2021, 431.6), COMMUNES, END_OF_2022, MONEY)

    assert is_interval(found, 438.3, 410.1, 468.4)
    assert found.freedom == pytest.approx(2.222, rel=CLOSE)
    assert found.sigma == pytest.approx(0.0368, rel=CLOSE)


def test_example_d_poverty_falling_steadily():
    found = forecast(years(2018, 3.6, 3.2, 2.8, 2.4), [], date(2022, 12, 15), PERCENT)

    assert is_interval(found, 2.186, 1.991, 2.399)
    assert found.r == pytest.approx(-0.061, rel=CLOSE)
    assert found.trust == pytest.approx(0.745, rel=CLOSE)
    assert found.drift == pytest.approx(-0.1037, rel=CLOSE)
    assert found.sigma == pytest.approx(0.0593, rel=CLOSE)
    assert found.freedom == pytest.approx(3.255, rel=CLOSE)
    assert chance_reached(found, 2.1, "lower") == pytest.approx(0.27, abs=0.005)
    assert chance_reached(found, 1.8, "lower") == pytest.approx(0.02, abs=0.005)


def test_example_e_small_counts_vary_by_chance():
    found = forecast(years(2018, 8, 7, 9, 8), [], END_OF_2022, Measure("events"))

    assert is_interval(found, 8.00, 3.47, 14.28)
    assert found.sigma == pytest.approx(0.602, rel=CLOSE)
    assert found.freedom == pytest.approx(3.769, rel=CLOSE)
    assert chance_reached(found, 12, "higher") == pytest.approx(0.18, abs=0.005)


def test_example_f_a_road_on_its_way():
    found = forecast(ROAD, [], END_OF_2022, Measure("progress"))

    assert found.step_days / 365.25 == pytest.approx(0.2095, rel=CLOSE)
    assert found.trust == pytest.approx(0.972, rel=CLOSE)
    assert found.centre == pytest.approx(152.3, rel=CLOSE)
    assert found.sigma == pytest.approx(12.1, rel=CLOSE)
    assert found.freedom == pytest.approx(4.03, rel=CLOSE)
    assert chance_reached(found, 100, "higher") == pytest.approx(0.994, abs=0.001)
    assert (found.median, found.high) == (100, 100)
    assert not found.too_far


def test_example_g_uneven_dates():
    past = [(date(2018, 12, 31), 120), (date(2020, 6, 30), 131), (date(2021, 12, 31), 127)]
    found = forecast(past, [], date(2022, 6, 30), Measure("rate"))

    assert is_interval(found, 127.6, 119.5, 136.2)
    assert found.step_days / 365.25 == pytest.approx(1.50, rel=CLOSE)
    assert found.trust == pytest.approx(0.167, rel=CLOSE)
    assert found.sigma == pytest.approx(0.0394, rel=CLOSE)
    assert found.freedom == pytest.approx(2.833, rel=CLOSE)


def test_example_h_momentum_two_years_on():
    found = forecast(years(2017, 55, 54, 52, 49, 45), PROVINCES, date(2023, 12, 31), Measure("rate"))

    assert is_interval(found, 42.40, 39.31, 45.73)
    assert found.r == pytest.approx(0.234, rel=CLOSE)
    assert found.trust == pytest.approx(0.112, rel=CLOSE)
    assert found.drift == pytest.approx(-0.0204, rel=CLOSE)
    assert found.sigma == pytest.approx(0.0536, rel=CLOSE)
    assert found.freedom == pytest.approx(7.222, rel=CLOSE)


def test_the_road_is_done_by_its_own_pace_in_june():
    found = forecast(ROAD, [], END_OF_2022, Measure("progress"))
    assert reached_on(found, 100, "higher") == date(2022, 5, 26)


def test_a_target_behind_the_last_value_is_reached_already():
    found = forecast(years(2019, 371, 398, 431.6), [], END_OF_2022, MONEY)
    assert reached_on(found, 400, "higher") == date(2021, 12, 31)


def test_a_target_the_path_never_meets_has_no_day():
    found = forecast(years(2019, 371, 398, 431.6), [], END_OF_2022, MONEY)
    assert reached_on(found, 400, "lower") is None
    assert reached_on(found, 900, "higher") is None


def test_full_share_already_held_is_ordinary():
    found = forecast(years(2019, 100, 100, 100), [], END_OF_2022, PERCENT)
    assert chance_reached(found, 100, "higher", unit=1) >= 0.5
    assert found.median == 100


def test_whole_numbers_are_reached_half_a_unit_early():
    found = forecast(years(2018, 6, 6, 6, 6), [], END_OF_2022, Measure("amount"))
    assert chance_reached(found, 6, "higher", unit=1) > chance_reached(found, 6, "higher") == pytest.approx(0.5)
    assert chance_reached(found, 6, "lower", unit=1) > 0.5


def test_equal_values_keep_half_a_reporting_unit_on_each_side():
    found = forecast(years(2018, 2.0, 2.0, 2.0), [], date(2021, 12, 31), Measure("percent"))
    assert (found.low, found.median, found.high) == pytest.approx((1.5, 2.0, 2.5))


def test_a_leap_is_positive_exactly_where_the_chance_is_below_a_half():
    found = forecast(years(2018, 8, 7, 9, 8), [], END_OF_2022, Measure("events"))
    for target in range(30):
        for better in ("higher", "lower"):
            leap, chance = leap_size(found, target, better, 1), chance_reached(found, target, better, 1)
            assert (leap > 0) == (chance < 0.5)


def test_a_target_of_nothing_lies_off_the_scale_of_logarithms():
    found = forecast(years(2019, 371, 398, 431.6), [], END_OF_2022, MONEY)
    assert chance_reached(found, 0, "lower") == 0
    assert chance_reached(found, 0, "higher") == 1


@pytest.mark.parametrize(("at", "too_far"), [(END_OF_2022, False), (date(2024, 12, 31), True)])
def test_beyond_the_own_record_is_too_far(at, too_far):
    assert forecast(years(2020, 398, 431.6), [], at, MONEY).too_far is too_far


def test_a_single_value_sees_three_steps_with_siblings():
    assert not forecast(years(2021, 431.6), COMMUNES, date(2023, 12, 31), MONEY).too_far
    assert forecast(years(2021, 431.6), COMMUNES, date(2025, 12, 31), MONEY).too_far


@pytest.mark.parametrize("points", [[], years(2022, 5)])
def test_without_a_value_before_the_day_there_is_no_forecast(points):
    with pytest.raises(NoForecast):
        forecast(points, [], END_OF_2022, MONEY)


def test_siblings_after_the_last_own_day_and_with_one_value_are_left_out():
    late, single, usable = years(2022, 7, 8), years(2020, 7), years(2019, 7, 8, 9, 10)
    found = forecast(years(2020, 5, 6), [late, single, usable], END_OF_2022, MONEY)
    assert found.siblings == 1


def test_siblings_a_logarithm_cannot_take_are_left_out():
    assert forecast(years(2020, 5, 6), [years(2019, 0, 8, 9)], END_OF_2022, MONEY).siblings == 0


def test_siblings_without_any_variation_leave_the_default():
    flat = [years(2019, 5, 5, 5), years(2019, 6, 6, 6)]
    found = forecast(years(2020, 5, 5.2), flat, END_OF_2022, MONEY)
    assert found.freedom == pytest.approx(2, abs=0.1)


def test_a_single_sibling_with_one_change_tells_nothing_of_volatility():
    found = forecast(years(2020, 398, 431.6), [years(2020, 200, 210)], END_OF_2022, MONEY)
    assert found.freedom == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("values", "unit"),
    [([8, 7, 9.0], 1), ([3.6, 3.2], 0.1), ([3.65, 3.2], 0.01), ([0.1 + 0.2], 0.1), ([1 / 3], 1e-4)],
)
def test_reporting_unit_is_the_finest_step_seen(values, unit):
    assert reporting_unit(values) == pytest.approx(unit)


@pytest.mark.parametrize(
    ("values", "form"),
    [
        ([5, -3, 2], Form.RAW),
        ([3, 1, 2], Form.ROOT),
        ([1, 2, 3], Form.LN),
        ([0, 2.5, 3.5], Form.ROOT),
        ([30.5, 41, 45], Form.LN),
    ],
)
def test_a_figure_nobody_described_is_told_from_its_values(values, form):
    assert forecast(years(2019, *values), [], END_OF_2022, Measure()).scale.form is form


@st.composite
def pasts(draw):
    values = draw(st.lists(st.floats(0, 100).map(lambda x: round(x, 1)), min_size=1, max_size=6))
    gaps = draw(st.lists(st.integers(20, 800), min_size=len(values), max_size=len(values)))
    days = [date(2010, 1, 1) + timedelta(days=sum(gaps[: i + 1])) for i in range(len(values))]
    return list(zip(days, values, strict=True))


@pytest.mark.slow
@settings(deadline=None)
@given(pasts(), st.lists(pasts(), max_size=3), st.integers(1, 900), st.sampled_from(sorted(KNOWN_KINDS)))
def test_any_past_gives_an_ordered_interval_and_a_chance(past, siblings, ahead, kind):
    bounds = (0, 100) if kind in ("percent", "share", "score", "progress") else (None, None)
    found = forecast(past, siblings, past[-1][0] + timedelta(days=ahead), Measure(kind, *bounds))

    assert found.low <= found.median <= found.high
    assert found.sigma > 0
    for target in (0, 1, 50, 100, 1000):
        up, down = chance_reached(found, target, "higher"), chance_reached(found, target, "lower")
        assert up + down == pytest.approx(1)
        assert 0 <= up <= 1
