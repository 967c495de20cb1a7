"""Facts from the words: how long it has lasted, whether it ends, what is new, what is duty."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from dotpha.rules.reading.durations import tries
from dotpha.rules.reading.fields import STORY, Reading
from dotpha.rules.reading.others import brought, obliged
from dotpha.rules.reading.reach import Said, first_around, part_only, small_money, whole
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Duplicate, Evidence
from dotpha.rules.similarity import told_again
from dotpha.rules.substance.facts import Fact

_LONG, _SOME = 5.0, 2.5  # years: from here plainly long-standing; from there worth a mention


def story_facts(reading: Reading, duplicates: Sequence[Duplicate] = (), *, clear_work: bool) -> list[Fact]:
    facts = [
        lasting(reading),
        failed_before(reading),
        _by_phrases(reading, "for_good", "for_good", full=1),
        _by_phrases(reading, "partial", "partial", full=1),
        _by_phrases(reading, "paper", "paper", full=1, title_counts=True),
        _by_reach(reading, "part_only", partial(part_only, bare=reading.bare)),
        _by_reach(reading, "whole", partial(whole, bare=reading.bare)),
        _by_reach(reading, "first_around", first_around),
        _by_reach(reading, "small_money", small_money),
        _by_phrases(reading, "new", "new_way", full=1),
        _by_phrases(reading, "hard", "hard", full=2),
        _by_phrases(reading, "opinion", "opinion", full=1),
        _by_phrases(reading, "trifle", "trifle", full=1, title_counts=True),
        _by_phrases(reading, "recurring", "recurring", full=2),
        _by_phrases(reading, "duty", "duty", full=1, title_counts=True),
        _by_phrases(reading, "legal", "legal", full=1),
        _by_reach(reading, "obliged", partial(obliged, bare=reading.bare)),
        _by_phrases(reading, "by_itself", "by_itself", full=2),
        _stronger(_by_phrases(reading, "not_own", "not_own", full=1), _by_reach(reading, "not_own", brought)),
        _by_phrases(reading, "elsewhere", "elsewhere", full=1),
        _by_phrases(reading, "open_end", "open_end", full=1),
        _by_phrases(reading, "slogan", "slogan", full=1),
        _by_phrases(reading, "vague", "vague", full=4),
        Fact("unclear_work", 0.0 if clear_work else 1.0),
        _stronger(last_year(reading.registration, duplicates), _by_phrases(reading, "again", "last_year", full=1)),
    ]
    return [fact for fact in facts if fact.strength > 0]


def _by_phrases(reading: Reading, says: str, name: str, *, full: int, title_counts: bool = False) -> Fact:
    """Strength grows with how often it is said, up to `full` times; in the title it counts double if so told."""
    hits = reading.says(says)
    if not hits:
        return Fact(name, 0.0)
    count = len(hits) + (len(reading.in_title(says)) if title_counts else 0)
    need = full * 2 if title_counts else full
    return Fact(name, min(1.0, count / need), reading.quotes(hits))


def _by_reach(reading: Reading, name: str, says: Callable[[str], Iterable[Said]]) -> Fact:
    said = [(field, each) for field in STORY for each in says(reading.matched[field])]
    strongest = max((each.share for _, each in said), default=0.0)
    return Fact(name, strongest, tuple(reading.quote(field, each.start, each.end) for field, each in said[:3]))


def _stronger(one: Fact, other: Fact) -> Fact:
    """One fact told in two ways."""
    return replace(max(one, other, key=lambda each: each.strength), evidence=(one.evidence + other.evidence)[:3])


def lasting(reading: Reading) -> Fact:
    """A difficulty said to have lasted: years in words, or phrases such as "tồn đọng", "nhiều nhiệm kỳ"."""
    told = sorted(reading.durations, key=lambda each: -each[1].years)
    years = told[0][1].years if told else 0.0
    phrases = reading.says("standing")
    by_years = 1.0 if years >= _LONG else 0.6 if years >= _SOME else 0.0
    by_words = 0.6 if phrases else 0.0
    evidence = tuple(reading.quote(field, each.start, each.end) for field, each in told[:2])
    return Fact(
        "lasting",
        min(1.0, max(by_years, by_words) + (0.2 if by_years and by_words else 0.0)),
        evidence + reading.quotes(phrases, most=2),
    )


def failed_before(reading: Reading) -> Fact:
    """Tried before without success: "dẹp bốn lần, cứ rút quân là họp lại"."""
    said = reading.says("failed")
    tried = [
        (field, each) for field in STORY for each in tries(reading.matched[field], bare=reading.bare) if each[0] >= 2
    ]
    strength = 1.0 if said and tried else 0.8 if tried else 0.6 if said else 0.0
    evidence = reading.quotes(said, most=2) + tuple(
        reading.quote(field, start, end) for field, (_, start, end) in tried[:1]
    )
    return Fact("failed_before", strength, evidence)


def last_year(registration: Registration, duplicates: Sequence[Duplicate] = ()) -> Fact:
    """How far this is last year's task: by the title the register names, or by last year's own list."""
    similarity = max((each.similarity for each in duplicates if each.kind == "last_year"), default=0.0)
    strength = _rising(similarity, 0.6, 0.85)
    evidence: tuple[Evidence, ...] = ()
    if before := registration.prior_year_title:
        strength = max(strength, _rising(told_again(before, registration), 0.25, 0.65))
        evidence = (Evidence("prior_year_title", 0, len(before), before),)
    return Fact("last_year", strength, evidence)


def _rising(value: float, nothing: float, full: float) -> float:
    """0 up to `nothing`, 1 from `full` on, a straight line between."""
    return min(1.0, max(0.0, (value - nothing) / (full - nothing)))
