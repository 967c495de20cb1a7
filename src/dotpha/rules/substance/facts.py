"""A fact: something the registration says or its figures show, with the words that say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dotpha.rules.screening.result import Evidence


@dataclass(frozen=True, slots=True)
class Fact:
    """`name` is a row of `facts.toml`; `strength` runs from 0 (absent) to 1 (plain)."""

    name: str
    strength: float
    evidence: tuple[Evidence, ...] = ()


Facts = Mapping[str, Fact]


def strength(facts: Facts, name: str) -> float:
    return facts[name].strength if name in facts else 0.0


# A step that another's project or another way of counting brings is no effort of those who register it; one that
# leaves most of an old difficulty where it was is no step for good, and touching the difficulty is not settling it;
# a trifle is not made new by being the first; what is done every year, or was registered last year, is less of both.
# The shares were chosen by cross-validation over fields, among fifths.
_STEPS = ("beyond_trend", "from_standstill", "wide_gap", "leaves_nothing")
_SETTLES = ("lasting", "failed_before", "for_good")
_TAKEN_BY: Mapping[str, tuple[tuple[float, Sequence[str]], ...]] = {
    "not_own": ((0.7, _STEPS),),
    "obliged": ((0.4, _STEPS),),
    "leaves_much": ((0.7, _STEPS), (0.5, _SETTLES)),
    "part_only": ((0.5, _SETTLES),),
    "partial": ((0.4, _SETTLES),),
    "last_year": ((0.4, _STEPS), (0.4, _SETTLES)),
    "recurring": ((0.4, _STEPS),),
    "paper": ((0.5, _SETTLES),),
    "open_end": ((0.5, _SETTLES),),
    "trifle": ((0.7, ("first_around",)),),
    "elsewhere": ((0.7, ("first_around",)),),
}


def discounted(facts: Sequence[Fact]) -> list[Fact]:
    """Facts weakened as far as other facts take them away."""
    taken: dict[str, float] = {}
    for fact in facts:
        for share, names in _TAKEN_BY.get(fact.name, ()):
            for name in names:
                taken[name] = max(taken.get(name, 0.0), share * fact.strength)
    return [replace(fact, strength=fact.strength * (1 - taken.get(fact.name, 0.0))) for fact in facts]
