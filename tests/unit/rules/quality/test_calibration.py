"""Whether chances mean what they say, on cases small enough for a pencil."""

import pytest

from dotpha.rules.screening.quality.calibration import of_breakthrough, of_given_verdict, reliability
from tests.unit.rules.quality.cases import BREAKTHROUGH, ROUTINE, case


def test_guesses_fall_into_tenths_and_an_edge_belongs_to_the_upper_one():
    bins = reliability([(0.0, False), (0.1, False), (0.85, True), (0.89, False), (1.0, True)])
    assert [(each.low, each.count) for each in bins] == [(0.0, 1), (0.1, 1), (0.8, 2), (0.9, 1)]


def test_a_bin_tells_its_mean_chance_and_what_came_true():
    (only,) = reliability([(0.62, True), (0.64, False), (0.66, True), (0.68, True)])
    assert (only.chance, only.share) == pytest.approx((0.65, 0.75))
    assert only.sure[0] < 0.75 < only.sure[1]


def test_expected_error_weighs_each_bin_by_its_count():
    cases = [*[case(chance=0.9)] * 3, case(chance=0.6), case(BREAKTHROUGH, ROUTINE, chance=0.6)]
    assert of_given_verdict(cases).error == pytest.approx(3 / 5 * 0.1 + 2 / 5 * 0.1)


def test_brier_of_the_verdict_sums_over_three_and_of_breakthrough_over_one():
    right = [case(BREAKTHROUGH, BREAKTHROUGH, chance=0.8)]
    assert of_given_verdict(right).brier == pytest.approx(0.2**2 + 0.1**2 + 0.1**2)
    assert of_breakthrough(right).brier == pytest.approx(0.2**2)


def test_sure_and_right_is_perfect_and_sure_and_wrong_is_worst():
    assert of_given_verdict([case(chance=1.0)]).brier == 0.0
    assert of_given_verdict([case(BREAKTHROUGH, ROUTINE, chance=1.0)]).brier == 2.0


def test_without_cases_there_is_no_bin_and_no_error():
    empty = of_given_verdict([])
    assert (empty.bins, empty.error, empty.brier) == ((), 0.0, 0.0)
