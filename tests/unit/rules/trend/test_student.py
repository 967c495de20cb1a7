import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dotpha.rules.trend.student import cdf, quantile

# Trend method, section 3.7.
CHECK_VALUES = [
    (1, 3.0777), (1.5, 2.1964), (2, 1.8856), (2.5, 1.7303), (3, 1.6377),
    (4, 1.5332), (5, 1.4759), (7, 1.4149), (10, 1.3722),
]  # fmt: skip
FREEDOM = st.floats(0.3, 500)


@pytest.mark.parametrize(("nu", "expected"), CHECK_VALUES)
def test_ninety_per_cent_quantile_is_that_of_the_method(nu, expected):
    assert quantile(0.9, nu) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize("x", [0.01, 0.7, 3.0, 40.0, 1e4])
def test_one_degree_of_freedom_is_cauchy(x):
    assert cdf(x, 1) == pytest.approx(0.5 + math.atan(x) / math.pi, rel=1e-12)


@pytest.mark.parametrize("x", [0.01, 0.7, 3.0, 40.0])
def test_two_degrees_of_freedom_have_a_closed_form(x):
    assert cdf(x, 2) == pytest.approx(0.5 + x / (2 * math.sqrt(2 + x * x)), rel=1e-12)


@given(st.floats(0.55, 0.999), FREEDOM)
def test_quantile_undoes_the_distribution(p, nu):
    assert cdf(quantile(p, nu), nu) == pytest.approx(p, abs=1e-9)


@given(st.floats(-1e6, 1e6), FREEDOM)
def test_the_distribution_is_symmetric_and_stays_a_chance(x, nu):
    assert 0 <= cdf(x, nu) <= 1
    assert cdf(x, nu) + cdf(-x, nu) == pytest.approx(1)


@given(st.floats(-50, 50), st.floats(0.001, 10), FREEDOM)
def test_more_is_never_less_likely(x, step, nu):
    assert cdf(x + step, nu) >= cdf(x, nu) - 1e-12


@pytest.mark.parametrize("x", [math.inf, 1e200])
def test_what_lies_beyond_everything_is_certain(x):
    assert cdf(x, 3) == pytest.approx(1)
    assert cdf(-x, 3) == pytest.approx(0)
