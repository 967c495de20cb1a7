"""A rule that is too often wrong shows as a hint only, whatever the catalogue states."""

import pytest

from dotpha.rules import catalogue
from dotpha.rules.catalogue import ENOUGH_CASES, TRUSTED_FROM, Measured, rules, shown_severity
from dotpha.rules.screening.result import Severity


def measured(right: int, raised: int) -> Measured:
    return Measured(raised=raised, right=right, wanted=raised, found=right)


@pytest.mark.parametrize(
    ("right", "raised", "shown"),
    [
        (600, 1000, Severity.BLOCK),
        (599, 1000, Severity.HINT),
        (6, 10, Severity.BLOCK),
        (5, 10, Severity.HINT),
        (0, 9, Severity.BLOCK),
        (0, 0, Severity.BLOCK),
        (1000, 1000, Severity.BLOCK),
    ],
)
def test_a_rule_right_in_under_sixty_of_a_hundred_is_a_hint_once_there_are_ten_cases(right, raised, shown):
    assert shown_severity(Severity.BLOCK, measured(right, raised)) is shown


def test_the_threshold_is_sixty_per_cent_of_at_least_ten():
    assert (TRUSTED_FROM, ENOUGH_CASES) == (0.60, 10)


def test_a_rule_never_measured_keeps_its_severity():
    assert shown_severity(Severity.WARN, None) is Severity.WARN


@pytest.mark.parametrize("stated", list(Severity))
def test_a_hint_stays_a_hint_and_nothing_is_ever_raised(stated: Severity):
    assert shown_severity(Severity.HINT, measured(10, 10)) is Severity.HINT
    assert shown_severity(stated, measured(10, 10)) is stated


def test_a_demoted_rule_says_so_and_keeps_what_the_catalogue_states(monkeypatch):
    monkeypatch.setattr(catalogue, "_measured", lambda: {"work.vague": measured(1, 20)})
    rules.cache_clear()
    try:
        vague, slogan = rules()["work.vague"], rules()["work.slogan"]
    finally:
        rules.cache_clear()
    assert (vague.severity, vague.stated, vague.demoted) == (Severity.HINT, Severity.BLOCK, True)
    assert not slogan.demoted


def test_every_measured_rule_is_a_rule_of_the_catalogue_that_claims_something():
    assert {code for code, rule in rules().items() if rule.measured} == {
        code for code, rule in rules().items() if rule.claims
    }
