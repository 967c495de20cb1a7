"""The figures agree with what one counts by hand."""

import pytest

from dotpha.rules.screening.quality.score import NO_CASES, Score, figures, tally_cases
from dotpha.rules.screening.result import Reason
from tests.unit.rules.quality.cases import BORDERLINE, BREAKTHROUGH, ROUTINE, case

# Ten registrations: routine 5 (4 right, 1 called a breakthrough), borderline 2 (1 right, 1 called routine),
# breakthrough 3 (2 right, 1 called borderline).
TEN = [
    *[case(ROUTINE, ROUTINE)] * 4,
    case(ROUTINE, BREAKTHROUGH),
    case(BORDERLINE, BORDERLINE),
    case(BORDERLINE, ROUTINE),
    *[case(BREAKTHROUGH, BREAKTHROUGH)] * 2,
    case(BREAKTHROUGH, BORDERLINE),
]


def test_precision_recall_and_f1_come_from_hits_false_alarms_and_misses():
    score = Score(hit=3, false=1, missed=2)
    assert (score.precision, score.recall) == (3 / 4, 3 / 5)
    assert score.f1 == pytest.approx(2 * 3 / (2 * 3 + 1 + 2))


def test_a_class_nobody_labelled_and_nobody_gave_is_perfect():
    assert Score().f1 == 1.0
    assert (Score().precision, Score().recall) == (0.0, 0.0)


def test_a_class_never_given_has_no_precision_and_no_recall():
    score = tally_cases([case(BORDERLINE, ROUTINE)]).verdict(BORDERLINE)
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)


def test_macro_f1_is_the_plain_mean_of_three_f1s():
    told = figures(tally_cases(TEN))
    assert told["routine_f1"] == pytest.approx(2 * 4 / (5 + 5))
    assert told["borderline_f1"] == pytest.approx(2 * 1 / (2 + 2))
    assert told["breakthrough_f1"] == pytest.approx(2 * 2 / (3 + 3))
    assert told["macro_f1"] == pytest.approx((0.8 + 0.5 + 2 / 3) / 3)
    assert told["accuracy"] == pytest.approx(0.7)


def test_cross_errors_are_counted_each_way():
    told = figures(tally_cases([*TEN, case(BREAKTHROUGH, ROUTINE), case(BREAKTHROUGH, ROUTINE)]))
    assert (told["routine_as_breakthrough"], told["breakthrough_as_routine"]) == (1, 2)


def test_unmet_is_the_class_that_counts_for_a_criterion():
    cases = [
        case(met={"person": False}, found={"person": False}),
        case(met={"person": False}, found={"person": True}),
        case(met={"person": True}, found={"person": False}),
        case(met={"person": True}, found={"person": True}),
    ]
    assert tally_cases(cases).criterion("person") == Score(hit=1, false=1, missed=1)


def test_a_null_label_is_left_out_and_an_open_answer_is_not_found():
    cases = [
        case(met={"linked": None}, found={"linked": False}),
        case(met={"linked": None}, found={"linked": None}),
        case(met={"linked": False}, found={"linked": None}),
    ]
    assert tally_cases(cases).criterion("linked") == Score(hit=0, false=0, missed=1)


def test_only_the_leading_reason_counts_and_any_labelled_reason_makes_it_right():
    cases = [
        case(reasons=[Reason.LEAP, Reason.NEW_MODEL], led=[Reason.NEW_MODEL, Reason.VAGUE_GOAL]),
        case(reasons=[Reason.LEAP], led=[Reason.NEW_MODEL, Reason.LEAP]),
        case(reasons=[Reason.LEAP], led=[]),
        case(reasons=[], led=[Reason.LEAP]),
    ]
    assert figures(tally_cases(cases))["reason"] == 1 / 4


def test_no_registration_divides_by_nothing():
    told = figures(NO_CASES)
    assert (told["accuracy"], told["reason"], told["macro_f1"]) == (0.0, 0.0, 1.0)
