"""Precision, recall, F1 and their like, from counts.

The definitions are those of the usual text books: a class nobody labelled and nobody gave has F1 = 1, because
nothing was done wrong; a precision or recall without a denominator is 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dotpha.rules.screening.quality.labels import Case
from dotpha.rules.screening.result import CRITERIA, Verdict

VERDICTS = (Verdict.ROUTINE, Verdict.BORDERLINE, Verdict.BREAKTHROUGH)

Pair = tuple[str, str]  # (verdict by label, verdict by the engine)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of registrations for one class: rightly named, wrongly named, and not named though it should be."""

    hit: int = 0
    false: int = 0
    missed: int = 0

    @property
    def named(self) -> int:
        return self.hit + self.false

    @property
    def wanted(self) -> int:
        return self.hit + self.missed

    @property
    def precision(self) -> float:
        return self.hit / self.named if self.named else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.named + self.wanted) if self.named + self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How one registration came out: all that the figures need of it, so that equal ones can be counted.

    `unmet` has for each criterion "hit", "false" or "missed" of the class *unmet*, "" where nothing was claimed or
    nobody labelled it; `leads` says whether the first reason given is among those labelled.
    """

    pair: Pair
    unmet: tuple[str, ...]
    leads: bool


def mark(case: Case) -> Mark:
    given, labels = case.screening, case.labels
    return Mark(
        pair=(labels.verdict.value, given.verdict.value),
        unmet=tuple(_unmet(labels.met.get(name), given.clarity[name].met) for name in CRITERIA),
        leads=bool(given.reasons) and given.reasons[0] in labels.reasons,
    )


def _unmet(wanted: bool | None, given: bool | None) -> str:
    """A criterion the engine leaves open (None) counts as not found unmet."""
    if wanted is False:
        return "hit" if given is False else "missed"
    return "false" if wanted is True and given is False else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over a set of registrations."""

    total: int
    pairs: Mapping[Pair, int]
    unmet: tuple[Mapping[str, int], ...]
    leads: int

    def verdict(self, verdict: Verdict) -> Score:
        name = verdict.value
        return Score(
            hit=self.pairs.get((name, name), 0),
            false=sum(self.pairs.get((other, name), 0) for other in VERDICTS if other != name),
            missed=sum(self.pairs.get((name, other), 0) for other in VERDICTS if other != name),
        )

    def criterion(self, name: str) -> Score:
        """Of the class *unmet*."""
        return Score(**self.unmet[CRITERIA.index(name)])

    def confused(self, label: Verdict, given: Verdict) -> int:
        return self.pairs.get((label.value, given.value), 0)


def tally(marks: Mapping[Mark, int]) -> Tally:
    """Add up marks, each with the number of its registrations."""
    pairs: Counter[Pair] = Counter()
    unmet: list[dict[str, int]] = [{"hit": 0, "false": 0, "missed": 0} for _ in CRITERIA]
    leads = 0
    for each, times in marks.items():
        pairs[each.pair] += times
        leads += times * each.leads
        for counts, outcome in zip(unmet, each.unmet, strict=True):
            if outcome:
                counts[outcome] += times
    return Tally(sum(marks.values()), pairs, tuple(unmet), leads)


NO_CASES = tally({})


def tally_cases(cases: Iterable[Case]) -> Tally:
    return tally(Counter(map(mark, cases)))


def figures(counts: Tally) -> dict[str, float]:
    """Every figure a floor may be set for, by name: shares from 0 to 1, and the two cross errors as counts.

    A criterion's name stands for the F1 of its class *unmet*; `reason` is the share of registrations whose leading
    reason is one of the labelled reasons.
    """
    verdicts = {verdict: counts.verdict(verdict).f1 for verdict in VERDICTS}
    total = max(1, counts.total)
    return {
        "macro_f1": sum(verdicts.values()) / len(verdicts),
        "accuracy": sum(counts.confused(verdict, verdict) for verdict in VERDICTS) / total,
        **{f"{verdict}_f1": f1 for verdict, f1 in verdicts.items()},
        **{name: counts.criterion(name).f1 for name in CRITERIA},
        "reason": counts.leads / total,
        "routine_as_breakthrough": counts.confused(Verdict.ROUTINE, Verdict.BREAKTHROUGH),
        "breakthrough_as_routine": counts.confused(Verdict.BREAKTHROUGH, Verdict.ROUTINE),
    }
