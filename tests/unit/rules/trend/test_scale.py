import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dotpha.rules.trend.scale import Form, Measure, scale_for


@pytest.mark.parametrize(
    ("kind", "values", "form", "usual"),
    [
        ("money", [371, 398], Form.LN, 0.035),
        ("events", [8, 7, 9], Form.ROOT, 0.035 * math.sqrt(8)),
        ("events", [800, 700], Form.LN, 0.07),
        ("amount", [0, 700], Form.ROOT, 0.035 * math.sqrt(350)),
        ("amount", [0, 0], Form.ROOT, 0.0175),
        ("rank", [9, 9], Form.ROOT, 0.21),
        ("percent-signed", [-2, 4], Form.RAW, 0.21),
        ("progress", [5, 70], Form.RAW, 15),
        ("rate", [0, 3], Form.ROOT, 0.035 * math.sqrt(1.5)),
        ("money", [-3, 5], Form.RAW, 0.28),
    ],
)
def test_the_scale_follows_from_kind_and_size(kind, values, form, usual):
    scale = scale_for(Measure(kind), values)
    assert scale.form is form
    assert scale.usual == pytest.approx(usual)


def test_only_small_happenings_vary_by_chance():
    assert scale_for(Measure("events"), [8, 7]).chance
    assert not scale_for(Measure("amount"), [8, 7]).chance
    assert not scale_for(Measure("rate"), [0, 7]).chance


def test_a_percentage_without_given_bounds_runs_from_nothing_to_all():
    scale = scale_for(Measure("percent"), [40])
    assert (scale.form, scale.low, scale.high) == (Form.LOGIT, 0, 100)


def test_a_percentage_that_may_pass_a_hundred_has_no_upper_bound():
    assert scale_for(Measure("percent", 0, math.inf), [103]).form is Form.LN


def test_a_score_without_a_known_top_moves_in_proportion():
    assert scale_for(Measure("score"), [72]).form is Form.LN


def test_the_edge_of_a_share_is_its_bound():
    scale = scale_for(Measure("percent", 0, 100), [99.9])
    assert scale.to_y(scale.to_z(99.9)) == 100
    assert scale.to_y(scale.to_z(0.2)) == 0


def test_values_that_were_never_negative_stay_so():
    assert scale_for(Measure("amount"), [3, 4]).to_y(-5) == 0
    assert scale_for(Measure("percent-signed"), [3, 4]).to_y(-5) == -5


def test_a_fall_below_nothing_starts_at_minus_infinity():
    assert scale_for(Measure("money"), [3]).to_z(0) == -math.inf
    assert scale_for(Measure("amount"), [3]).to_z(-1) == -math.inf


@given(st.floats(0.6, 99.4), st.sampled_from(["money", "percent", "events", "amount", "progress", "balance"]))
def test_a_value_comes_back_from_its_scale(value, kind):
    scale = scale_for(Measure(kind, 0, 100), [value])
    assert scale.to_y(scale.to_z(value)) == pytest.approx(value)
