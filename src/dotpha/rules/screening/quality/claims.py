"""What each rule asserts of a registration, held against the labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dotpha.rules.catalogue import Measured, Rule
from dotpha.rules.screening.quality.labels import LABEL_KEYS, Case, Labels
from dotpha.rules.screening.result import Reason, Verdict

_CRITERION = {key: name for name, key in LABEL_KEYS.items()}


def holds(claim: str, labels: Labels) -> bool | None:
    """Whether what a rule claims is so by label; None where no label answers.

    Raises:
        ValueError: the catalogue states a claim of an unknown form.
    """
    kind, _, what = claim.partition(":")
    if kind == "unmet" and what in _CRITERION:
        met = labels.met.get(_CRITERION[what])
        return None if met is None else not met
    if kind == "reason":
        return Reason(what) in labels.reasons
    if claim == "not_breakthrough":
        return labels.verdict is not Verdict.BREAKTHROUGH
    if not claim:
        return None
    raise ValueError(f"unknown claim: {claim}")


@dataclass(frozen=True, slots=True)
class _Told:
    """One registration: the labels, and the codes of the rules raised on it, each once."""

    labels: Labels
    raised: frozenset[str]


def measure_rules(cases: Sequence[Case], rules: Mapping[str, Rule]) -> dict[str, Measured]:
    """Each rule that claims something, in the order of the catalogue; counts of registrations, not of findings."""
    told = [_Told(case.labels, frozenset(each.code for each in case.screening.findings)) for case in cases]
    shared = {
        claim: frozenset(code for code, rule in rules.items() if rule.claims == claim)
        for claim in dict.fromkeys(rule.claims for rule in rules.values() if rule.claims)
    }
    together = {claim: _recall(told, claim, codes) for claim, codes in shared.items()}
    return {
        code: Measured(*_precision(told, rule), *together[rule.claims]) for code, rule in rules.items() if rule.claims
    }


def base_rates(cases: Sequence[Case], rules: Mapping[str, Rule]) -> dict[str, float | None]:
    """How often each claim is true, of the registrations a label answers for; what raising it blindly would score."""
    rates = {}
    for claim in dict.fromkeys(rule.claims for rule in rules.values() if rule.claims):
        answers = [answer for case in cases if (answer := holds(claim, case.labels)) is not None]
        rates[claim] = sum(answers) / len(answers) if answers else None
    return rates


def _precision(told: Sequence[_Told], rule: Rule) -> tuple[int, int]:
    answers = [holds(rule.claims, each.labels) for each in told if rule.code in each.raised]
    return sum(answer is not None for answer in answers), sum(answer is True for answer in answers)


def _recall(told: Sequence[_Told], claim: str, codes: frozenset[str]) -> tuple[int, int]:
    true = [each for each in told if holds(claim, each.labels) is True]
    return len(true), sum(not codes.isdisjoint(each.raised) for each in true)
