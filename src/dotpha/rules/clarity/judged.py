"""What a clarity check gives back."""

from dataclasses import dataclass

from dotpha.rules.screening.result import Criterion, Evidence


@dataclass(frozen=True, slots=True)
class Judged:
    criterion: Criterion
    rule: str = ""


def met(why: str, *evidence: Evidence) -> Judged:
    return Judged(Criterion(True, why, evidence))


def unmet(rule: str, why: str, *evidence: Evidence) -> Judged:
    return Judged(Criterion(False, why, evidence), rule)
