"""How sure a figure is: intervals hold it, narrow with more cases, and are the same every time."""

import pytest

from dotpha.rules.screening.quality.resampling import bootstrap, wilson
from dotpha.rules.screening.quality.score import mark
from tests.unit.rules.quality.cases import BORDERLINE, BREAKTHROUGH, ROUTINE, case

MARKS = [mark(each) for each in [*[case()] * 7, *[case(BREAKTHROUGH, BREAKTHROUGH)] * 5, case(BORDERLINE, ROUTINE)]]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (1, 2, 0.095, 0.905)]
)
def test_wilson_agrees_with_the_tables(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-4)


def test_wilson_knows_nothing_of_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


def test_bootstrap_gives_the_same_intervals_every_time():
    assert bootstrap(MARKS, 50) == bootstrap(MARKS, 50)


def test_bootstrap_holds_the_figure_it_is_about():
    low, high = bootstrap(MARKS, 200)["accuracy"]
    assert low < 12 / 13 <= high


def test_bootstrap_of_cases_that_are_all_alike_is_a_point():
    assert bootstrap([mark(case())] * 20, 30)["accuracy"] == (1.0, 1.0)


def test_bootstrap_without_draws_or_cases_is_empty():
    assert bootstrap(MARKS, 0) == {} == bootstrap([], 100)
