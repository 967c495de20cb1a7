"""From facts to a verdict: two questions, additive, with every fact's share to be seen."""

import json
import math
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dotpha.rules.screening.result import GROUNDS_FOR, Ground, Reason, Verdict
from dotpha.rules.substance.facts import Fact

_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Weight:
    """What a fact at full strength adds to the log-odds of the two questions; `side` binds its sign."""

    label: str
    side: str
    beyond: float
    enough: float


@dataclass(frozen=True, slots=True)
class Weights:
    """`start` is where the two questions stand before any fact.

    `reasons` holds for each reason what every fact adds to the log-odds that it is named, and "" for its start;
    `speaks` which facts it needs at least one of.
    """

    version: str
    start: tuple[float, float]
    facts: Mapping[str, Weight]
    reasons: Mapping[Reason, Mapping[str, float]]
    speaks: Mapping[Reason, frozenset[str]]


@cache
def weights() -> Weights:
    """The facts as people named them (facts.toml) with the weights as fitted (weights.json)."""
    here = files(__package__)
    named = tomllib.loads((here / "facts.toml").read_text(encoding="utf-8"))
    fitted = json.loads((here / "weights.json").read_text(encoding="utf-8"))
    return Weights(
        version=fitted["version"],
        start=(fitted["start"]["beyond"], fitted["start"]["enough"]),
        facts={
            name: Weight(row["label"], row["side"], fitted["facts"][name]["beyond"], fitted["facts"][name]["enough"])
            for name, row in named["facts"].items()
        },
        reasons={Reason(code): row for code, row in fitted["reasons"].items()},
        speaks={Reason(code): frozenset(facts) for code, facts in named["speaks"].items()},
    )


@dataclass(frozen=True, slots=True)
class Judgement:
    """`chances` of routine, borderline and breakthrough, summing to 1."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    chances: Mapping[Verdict, float]
    grounds: tuple[Ground, ...]


def judge(facts: Sequence[Fact]) -> Judgement:
    """The likelier of the three verdicts, with named reasons that fit it."""
    used = weights()
    grounds = [_ground(fact, used.facts[fact.name]) for fact in facts]
    beyond = _chance(used.start[0] + sum(ground.beyond for ground in grounds))
    enough = _chance(used.start[1] + sum(ground.enough for ground in grounds))
    chances = {
        Verdict.ROUTINE: 1 - beyond,
        Verdict.BORDERLINE: beyond * (1 - enough),
        Verdict.BREAKTHROUGH: beyond * enough,
    }
    verdict = max(chances, key=lambda each: chances[each])
    weighty = sorted(grounds, key=lambda ground: -abs(ground.beyond + ground.enough))
    return Judgement(verdict, _reasons(verdict, facts, used), chances, tuple(weighty))


def _ground(fact: Fact, weight: Weight) -> Ground:
    beyond, enough = weight.beyond * fact.strength, weight.enough * fact.strength
    return Ground(fact.name, weight.label, round(beyond, 3), round(enough, 3), fact.evidence)


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _reasons(verdict: Verdict, facts: Sequence[Fact], used: Weights) -> tuple[Reason, ...]:
    """Routine names only what speaks against, breakthrough only what speaks for, borderline one of each.

    The likeliest is named first, others when they are more likely than not. A reason no fact speaks for comes after
    those that have one: what is neither new nor hard needs no fact, every other reason does.
    """
    spoken = {
        reason: pulls[""] + sum(pulls.get(fact.name, 0.0) * fact.strength for fact in facts)
        for reason, pulls in used.reasons.items()
    }
    there = {fact.name for fact in facts}
    shown = {reason for reason, needed in used.speaks.items() if there & needed} | {Reason.NOT_NEW_NOT_HARD}
    ranked = sorted(spoken, key=lambda reason: -spoken[reason])
    fors = _shown_first([reason for reason in ranked if reason in GROUNDS_FOR], shown)
    against = _shown_first([reason for reason in ranked if reason not in GROUNDS_FOR], shown)
    if verdict is Verdict.BORDERLINE:
        pair = fors[0], next(each for each in against if (fors[0], each) not in _DENY_EACH_OTHER)
        return tuple(sorted(pair, key=lambda reason: -spoken[reason]))
    first, *others = fors if verdict is Verdict.BREAKTHROUGH else against
    return (first, *(reason for reason in others[: _MOST_REASONS - 1] if spoken[reason] > 0 and reason in shown))


_DENY_EACH_OTHER = ((Reason.HARD_FIRST_TIME, Reason.NOT_NEW_NOT_HARD),)


def _shown_first(ranked: Sequence[Reason], shown: Collection[Reason]) -> list[Reason]:
    """Those a fact speaks for, in their order, then the rest."""
    return sorted(ranked, key=lambda reason: reason not in shown)
