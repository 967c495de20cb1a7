"""Every rule of the catalogue is raised by its weak example and not by its strong one."""

from dataclasses import replace
from datetime import date

import pytest

from dotpha.rules.catalogue import Rule, rules
from dotpha.rules.screening.batch import screen_all
from dotpha.rules.screening.result import Screening
from tests.unit.rules.sound import sound

ON = date(2022, 1, 26)
RULES = pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.code)


def screened(**fields: object) -> Screening:
    """The sound registration with `fields` over it; `duplicates` puts another of the same wording beside it."""
    beside = fields.pop("duplicates", None)
    registration = sound(**fields)
    batch = [registration, replace(registration, id="S2", owner="Đảng bộ xã Tân An")] if beside else [registration]
    return next(screen_all(batch, on=ON))


def codes(screening: Screening) -> set[str]:
    return {finding.code for finding in screening.findings}


@RULES
def test_weak_example_raises_its_rule(rule: Rule) -> None:
    assert rule.code in codes(screened(**rule.weak))


@RULES
def test_strong_example_does_not(rule: Rule) -> None:
    assert rule.code not in codes(screened(**rule.strong))


@RULES
def test_finding_says_what_to_write_instead_and_fills_every_place(rule: Rule) -> None:
    finding = next(each for each in screened(**rule.weak).findings if each.code == rule.code)

    assert finding.severity is rule.severity
    assert finding.message and finding.suggestion
    assert "{" not in finding.message + finding.suggestion


def test_sound_registration_gets_no_finding_that_blocks_or_warns() -> None:
    assert [each.code for each in screened().findings if each.severity != "hint"] == []
