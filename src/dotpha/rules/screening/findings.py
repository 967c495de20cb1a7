"""What to look at again, with the words that show it and a sentence to write instead."""

from collections.abc import Callable, Mapping, Sequence

from dotpha.rules.catalogue import rules
from dotpha.rules.clarity import Judged
from dotpha.rules.reading.fields import Reading
from dotpha.rules.screening.result import Band, Duplicate, Evidence, Finding, Reason, Trend, Verdict
from dotpha.rules.screening.rewrite import fill, places
from dotpha.rules.substance.facts import Fact, strength
from dotpha.rules.substance.gain import LEAP_FROM, MIXED_FROM, Gain
from dotpha.rules.substance.verdict import Judgement
from dotpha.rules.trend.sentence import forecast_places
from dotpha.rules.vietnamese.dates import show_day, show_month
from dotpha.rules.vietnamese.numbers import show_number

_PLAIN = 0.5  # strength from which a fact is worth telling


class Findings:
    """Collects findings of one registration; each is worded by the catalogue and filled with what is there."""

    def __init__(self, reading: Reading) -> None:
        self._places = places(reading)
        self.year = reading.year
        self.found: list[Finding] = []

    def add(self, code: str, evidence: Sequence[Evidence] = (), **more: str) -> None:
        rule = rules()[code]
        said = self._places | more
        self.found.append(
            Finding(
                code=code,
                severity=rule.severity,
                message=fill(rule.message, said),
                evidence=tuple(evidence),
                suggestion=fill(rule.suggestion, said),
            )
        )


def findings(
    reading: Reading,
    judged: Mapping[str, Judged],
    facts: Sequence[Fact],
    trends: Sequence[Trend],
    found: Sequence[Gain],
    judgement: Judgement,
    duplicates: Sequence[Duplicate],
) -> tuple[Finding, ...]:
    """Findings, gravest first; within one gravity in the order of the form."""
    raised = Findings(reading)
    for each in judged.values():
        if each.rule:
            raised.add(each.rule, each.criterion.evidence, why=each.criterion.why)
    by_name = {fact.name: fact for fact in facts}
    _about_figures(raised, reading, trends, found)
    _about_told_figures(raised, trends, by_name)
    for code, applies in _FROM_FACTS.items():
        fact = applies(by_name, judgement)
        if fact is not None:
            raised.add(code, fact.evidence)
    _about_others(raised, reading, by_name, duplicates)
    if reading.bare:
        raised.add("text.no_diacritics")
    gravity = {"block": 0, "warn": 1, "hint": 2}
    return tuple(sorted(raised.found, key=lambda finding: gravity[finding.severity]))


def _about_figures(raised: Findings, reading: Reading, trends: Sequence[Trend], found: Sequence[Gain]) -> None:
    indicators = reading.registration.indicators
    by_index = {trend.index: trend for trend in trends}
    gained = {gain.n: gain for gain in found}
    for n, indicator in enumerate(indicators):
        if indicator.target is None:
            continue
        figures = {
            "indicator": indicator.name or f"chỉ tiêu {n + 1}",
            "unit": indicator.unit or "…",
            "target": _with_unit(indicator.target, indicator.unit),
            "baseline": _with_unit(indicator.baseline, indicator.unit),
        }
        gain, trend = gained.get(n), by_index.get(n)
        figures |= _ways(trend.better if trend else "higher")
        evidence = (Evidence(f"indicators.{n}.target", 0, 0, figures["target"]),)
        if gain is None:
            raised.add("indicator.no_baseline", evidence, **figures)
        elif gain.needed <= 0:
            raised.add("indicator.not_beyond", evidence, **figures)
        elif trend is None or trend.band is Band.UNKNOWN:
            raised.add("indicator.no_history", evidence, **figures)
        else:
            _about_trend(raised, gain, trend, evidence, figures)


def _about_told_figures(raised: Findings, trends: Sequence[Trend], facts: Mapping[str, Fact]) -> None:
    for trend in trends:
        if trend.index is None and trend.band is Band.USUAL and "reached_by_trend" in facts:
            figures = {"indicator": "Mức nêu trong nội dung", "target": _with_unit(trend.target, trend.unit)}
            figures |= _ways(trend.better)
            _say(raised, "trend.reaches_target", trend, facts["reached_by_trend"].evidence, figures)


def _about_trend(
    raised: Findings, gain: Gain, trend: Trend, evidence: Sequence[Evidence], figures: dict[str, str]
) -> None:
    if trend.band is Band.USUAL:
        by_itself = trend.kind == "progress" and trend.reaches_on
        _say(raised, "trend.finishes_by_itself" if by_itself else "trend.reaches_target", trend, evidence, figures)
    elif trend.band is Band.CLARIFY or (gain.ratio is not None and MIXED_FROM < gain.ratio <= LEAP_FROM):
        _say(raised, "trend.near_target", trend, evidence, figures)
    elif trend.band is Band.LEAP:
        _say(raised, "trend.ask_feasibility", trend, evidence, figures)


def _say(raised: Findings, code: str, trend: Trend, evidence: Sequence[Evidence], figures: dict[str, str]) -> None:
    high = trend.high if trend.better == "higher" else trend.low
    places = forecast_places(trend)
    more = {
        "chance": _chance(trend.p_reached or 0.0),
        "median": _with_unit(trend.median, trend.unit, places),
        "high": _with_unit(high, trend.unit, places),
        "reaches_on": show_day(trend.reaches_on) if trend.reaches_on else "",
        "reaches_month": show_month(trend.reaches_on, raised.year) if trend.reaches_on else "",
    }
    raised.add(code, evidence, **figures | more)


def _chance(share: float) -> str:
    """ "khoảng 62 %"; near certainty is not dressed up in decimals."""
    if share > 0.99:
        return "trên 99 %"
    return f"khoảng {round(100 * share)} %" if share >= 0.01 else "dưới 1 %"


def _with_unit(value: float | None, unit: str, places: int = 2) -> str:
    if value is None:
        return "…"
    return f"{show_number(value, places)} {unit}".strip()


def _ways(better: str) -> dict[str, str]:
    """How to ask for more of it: more is less where lower is better."""
    lower = better == "lower"
    return {
        "raise": "hạ" if lower else "nâng",
        "Raise": "Hạ" if lower else "Nâng",
        "beyond": "xuống dưới" if lower else "cao hơn",
    }


_By = Mapping[str, Fact]


def _recurring(facts: _By, judgement: Judgement) -> Fact | None:
    if Reason.RECURRING_DUTY not in judgement.reasons:
        return None
    return facts.get("recurring") or facts.get("duty") or facts.get("not_beyond_today")


def _legal(facts: _By, judgement: Judgement) -> Fact | None:
    if Reason.MINIMUM_LEGAL_DUTY not in judgement.reasons:
        return None
    return facts.get("legal") or facts.get("obliged")


def _partial(facts: _By, judgement: Judgement) -> Fact | None:
    if judgement.verdict is Verdict.BREAKTHROUGH or strength(facts, "lasting") < _PLAIN:
        return None
    ended = max(strength(facts, "leaves_nothing"), strength(facts, "for_good")) >= _PLAIN
    return (
        facts.get("leaves_much")
        or facts.get("part_only")
        or facts.get("partial")
        or (None if ended else facts["lasting"])
    )


def _paper(facts: _By, judgement: Judgement) -> Fact | None:
    if judgement.verdict is Verdict.BREAKTHROUGH or strength(facts, "leaves_nothing") >= _PLAIN:
        return None
    return facts.get("paper")


def _trifle(facts: _By, judgement: Judgement) -> Fact | None:
    return facts.get("trifle") if judgement.verdict is not Verdict.BREAKTHROUGH else None


def _not_own(facts: _By, judgement: Judgement) -> Fact | None:
    return facts.get("not_own") if judgement.verdict is not Verdict.BREAKTHROUGH else None


def _slogan(facts: _By, judgement: Judgement) -> Fact | None:
    return facts.get("slogan") if judgement.verdict is not Verdict.BREAKTHROUGH else None


def _nothing(facts: _By, judgement: Judgement) -> Fact | None:
    """Routine because nothing speaks for more: said in words, since there are none to point at."""
    if judgement.verdict is not Verdict.ROUTINE or judgement.reasons[0] is not Reason.NOT_NEW_NOT_HARD:
        return None
    return Fact("", 1.0) if not {"not_own", "trifle"} & facts.keys() else None


_FROM_FACTS: Mapping[str, Callable[[_By, Judgement], Fact | None]] = {
    "duty.recurring": _recurring,
    "duty.legal": _legal,
    "standing.partial": _partial,
    "standing.paper_only": _paper,
    "novelty.not_own": _not_own,
    "novelty.trifle": _trifle,
    "novelty.none": _nothing,
    "novelty.slogan": _slogan,
}


def _about_others(raised: Findings, reading: Reading, facts: _By, duplicates: Sequence[Duplicate]) -> None:
    earlier = [each for each in duplicates if each.kind == "last_year"]
    if earlier:
        raised.add("last_year.same", other=earlier[0].title)
    elif strength(facts, "last_year") >= _PLAIN:
        raised.add("last_year.same", facts["last_year"].evidence, other=reading.registration.prior_year_title)
    beside = [each for each in duplicates if each.kind == "same_batch"]
    if beside:
        raised.add("duplicate.same_batch", other=beside[0].title)
