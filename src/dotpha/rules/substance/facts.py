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
# leaves most of an old difficulty where it was is no step for good.
_STEPS = frozenset(("beyond_trend", "from_standstill", "wide_gap", "leaves_nothing"))
_TAKEN_BY = {"not_own": 0.7, "leaves_much": 0.7}


def discounted(gained: Sequence[Fact], told: Sequence[Fact]) -> list[Fact]:
    """Facts from the figures, steps weakened as far as other facts take them away."""
    taken = max((_TAKEN_BY.get(fact.name, 0.0) * fact.strength for fact in (*gained, *told)), default=0.0)
    return [replace(fact, strength=fact.strength * (1 - taken)) if fact.name in _STEPS else fact for fact in gained]
