"""Each rule is held against the label it claims."""

import pytest

from dotpha.rules.catalogue import Measured, rules
from dotpha.rules.screening.quality.claims import base_rates, holds, measure_rules
from dotpha.rules.screening.result import Reason
from tests.unit.rules.quality.cases import BORDERLINE, BREAKTHROUGH, ROUTINE, case

UNCLEAR, CLEAR = {"person": False}, {"person": True}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)
def test_every_rule_of_the_catalogue_claims_something_known_or_nothing(rule):
    assert holds(rule.claims, case().labels) in ((None,) if not rule.claims else (True, False))


def test_an_unknown_claim_is_refused():
    with pytest.raises(ValueError, match="unmet:colour"):
        holds("unmet:colour", case().labels)


@pytest.mark.parametrize(("label", "expected"), [(ROUTINE, True), (BORDERLINE, True), (BREAKTHROUGH, False)])
def test_not_breakthrough_is_true_of_the_two_other_verdicts(label, expected):
    assert holds("not_breakthrough", case(label).labels) is expected


def test_a_null_label_neither_proves_nor_contradicts():
    told = measure_rules([case(met={"linked": None}, rules=["linked.missing"])], rules())
    assert told["linked.missing"] == Measured(raised=0, right=0, wanted=0, found=0)


def test_precision_is_of_the_rule_and_recall_of_all_rules_with_its_claim():
    cases = [
        case(met=UNCLEAR, rules=["person.missing"]),
        case(met=UNCLEAR, rules=["person.collective"]),
        case(met=CLEAR, rules=["person.collective"]),
        case(met=UNCLEAR),
    ]
    told = measure_rules(cases, rules())

    assert told["person.missing"] == Measured(raised=1, right=1, wanted=3, found=2)
    assert told["person.collective"] == Measured(raised=2, right=1, wanted=3, found=2)
    assert told["person.several"] == Measured(raised=0, right=0, wanted=3, found=2)
    assert told["person.several"].precision is None
    assert told["person.several"].recall == pytest.approx(2 / 3)


def test_a_rule_raised_for_two_indicators_counts_once():
    cases = [case(reasons=[Reason.BUSINESS_AS_USUAL_TREND], rules=["trend.reaches_target"] * 2)]
    assert measure_rules(cases, rules())["trend.reaches_target"].raised == 1


def test_rules_without_a_claim_are_not_measured():
    assert "text.no_diacritics" not in measure_rules([case(rules=["text.no_diacritics"])], rules())


def test_base_rate_is_taken_over_what_a_label_answers_for():
    cases = [case(met={"linked": None}), case(met={"linked": False}), case(met={"linked": True})]
    rates = base_rates(cases, rules())
    assert rates["unmet:linked_to_collective"] == 1 / 2
    assert base_rates(cases[:1], rules())["unmet:linked_to_collective"] is None
