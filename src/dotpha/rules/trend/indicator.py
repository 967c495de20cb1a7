"""What sort of figure an indicator is and which way is better, read from its name, its unit and its values.

A wrong kind misjudges the forecast, so the words that decided are kept to be shown, and a person's word
(`Indicator.kind`, `Indicator.better`) goes before all of them. The lists are in `indicator.toml`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dotpha.rules.reading.phrases import Hit
from dotpha.rules.registration import Indicator
from dotpha.rules.trend.direction import Lean, lean_of
from dotpha.rules.trend.forecast import LARGEST
from dotpha.rules.trend.scale import KNOWN_KINDS, Measure
from dotpha.rules.trend.words import Said, periods, unit_words, words_of
from dotpha.rules.vietnamese.text import fold, plain

KINDS: dict[str, str] = {
    "percent": "tỷ lệ % (0 đến 100)",
    "percent-signed": "mức tăng, giảm (%), có thể âm hoặc vượt 100",
    "share": "tỷ trọng (0 đến 1)",
    "amount": "số hiện có tại một thời điểm",
    "events": "số lượt phát sinh trong kỳ",
    "money": "tiền",
    "rate": "mức bình quân, năng suất, tỷ suất",
    "duration": "thời gian giải quyết, chờ đợi",
    "score": "điểm số",
    "rank": "thứ hạng",
    "progress": "tiến độ một công trình",
    "balance": "số dư, chênh lệch (có thể âm)",
}
DIRECTIONS: dict[str, str] = {"higher": "càng cao càng tốt", "lower": "càng thấp càng tốt"}

# "At least 2,000" after 2,050 is a floor to keep, no wish for less: only a change by a tenth shows a direction.
_PLAIN_AIM = 0.1
# Where no word tells the way, a figure a third off today's tells it; a smaller step may go against its own past.
_WIDE_AIM = 0.35
_ABSURD_AIM = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an indicator is understood.

    `kind_by` and `better_by` say who decided: "person", "unit", "words", "values", "sign" (of target less
    baseline) or "assumed". `contradicts`: the figures say the other way than strong words. `yearly`: the
    figure starts anew each year, so that part of a year compares with no whole one. `low` and `high` bound it.
    """

    kind: str
    kind_by: str
    kind_said: tuple[Said, ...] = ()
    better: str
    better_by: str
    better_said: tuple[Said, ...] = ()
    contradicts: bool = False
    yearly: bool = False
    low: float | None = None
    high: float | None = None

    @property
    def measure(self) -> Measure:
        return Measure(self.kind, self.low, self.high)


def read_indicator(indicator: Indicator) -> Reading:
    """Kind, bounds and direction of one indicator."""
    named = _named(indicator.name, indicator.unit)
    values = _values(indicator)
    kind, kind_by, kind_said = _kind(indicator, named, values)
    better, better_by, better_said, contradicts = _better(indicator, named, kind)
    low, high = _bounds(kind, indicator, named, values)
    return Reading(
        kind=kind, kind_by=kind_by, kind_said=kind_said, better=better, better_by=better_by,
        better_said=better_said, contradicts=contradicts, low=low, high=high,
        yearly=_starts_anew(kind, named),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Named:
    """What name and unit say before the values are looked at."""

    unit: str  # class of `indicator.toml`: "percent", "money", …; "thing" for anything countable, "" for none
    per: str  # what stands after a stroke: a period ("tháng") or a head ("người"), or ""
    unit_said: tuple[Said, ...]
    words: dict[str, Said]  # first phrase of each list of [kind]
    lean: Lean | None
    lean_said: tuple[Said, ...]

    def says(self, *lists: str) -> Said | None:
        return next((self.words[name] for name in lists if name in self.words), None)


@lru_cache(maxsize=8192)
def _named(name: str, unit: str) -> _Named:
    unit_class, per = _unit_class(unit)
    unit_said = (Said("unit", 0, len(unit), unit),) if unit else ()
    of_kind, of_way = words_of(name)
    lean = lean_of(name, of_way)
    lean_said = (_said(name, lean.word),) if lean else ()
    return _Named(unit_class, per, unit_said, _first_of_each(name, of_kind), lean, lean_said)


def _first_of_each(name: str, found: Iterable[Hit]) -> dict[str, Said]:
    words: dict[str, Said] = {}
    for each in found:
        words.setdefault(each.says, _said(name, each))
    return words


def _said(name: str, found: Hit) -> Said:
    return Said("name", found.start, found.end, name[found.start : found.end])


def _unit_class(unit: str) -> tuple[str, str]:
    """("events", "năm") of "vụ/năm", ("money", "người") of "triệu đồng/người/năm", ("thing", "") of "hộ"."""
    lowered = plain(unit).strip(" ().")
    known = unit_words(bare=fold(lowered) == lowered)  # "nam/100 nữ" counts men, not years
    if lowered in known or not lowered:
        return known.get(lowered, ""), ""
    head, *tails = (part.strip() for part in lowered.split("/"))
    said = known.get(head) or ("events" if known.get(head.split(" ")[0]) == "events" else "thing")
    if not tails:
        return said, ""
    if others := [tail for tail in tails if tail not in periods()]:
        return (said if said in ("money", "duration", "score", "percent") else "rate"), others[0]
    return (said if said not in ("thing", "duration") else "events"), tails[0]


def _values(indicator: Indicator) -> list[float]:
    """Everything known of the figure: past, baseline, target; what is no number is left out."""
    given = [*(value for _, value in indicator.history), indicator.baseline, indicator.target]
    return [value for value in given if value is not None and abs(value) <= LARGEST]


_Decided = tuple[str, str, tuple[Said, ...]]


def _kind(indicator: Indicator, named: _Named, values: list[float]) -> _Decided:
    if indicator.kind in KNOWN_KINDS:
        return indicator.kind, "person", ()
    if named.unit == "percent" or (not named.unit and _names_a_share(indicator.name)):
        return _kind_of_share(indicator, named, values)
    if named.unit == "percent_points":
        return "percent-signed", "unit", named.unit_said
    if any(value < 0 for value in values) or (named.unit in ("money", "") and named.says("balance")):
        return "balance", "values", ()
    if named.unit in ("money", "rate", "duration", "score", "rank"):
        return _kind_of_unit(named)
    return _kind_of_count(named)


def _names_a_share(name: str) -> bool:
    folded = fold(name)
    return any(map(folded.__contains__, ("ty le", "ti le", "%", "phan tram")))


def _kind_of_share(indicator: Indicator, named: _Named, values: list[float]) -> _Decided:
    top = max(values, default=0.0)
    if signed := named.says("percent_signed"):
        return "percent-signed", "words", (signed,)
    if any(value < 0 for value in values) or named.per in periods():
        return "percent-signed", "values", ()
    if top > 100:
        return "rate", "values", ()  # "110 % of the plan": no bound above
    if progress := named.says("progress"):
        return "progress", "words", (progress,)
    if (goal := named.says("yearly_progress")) and _within_one_year(indicator):
        return "progress", "words", (goal,)
    if not named.unit and 0 < top <= 1:
        return "share", "values", ()
    return "percent", "unit" if named.unit else "words", named.unit_said


def _within_one_year(indicator: Indicator) -> bool:
    """Reports of one year that only rise: the year's work on its way."""
    values = [value for _, value in indicator.history]
    years = {period[:4] for period, _ in indicator.history}
    return len(values) >= 2 and len(years) == 1 and values == sorted(values) and values[0] < values[-1]


def _kind_of_unit(named: _Named) -> _Decided:
    if named.unit == "score" and (word := named.says("place")):
        return "amount", "words", (word,)
    if named.unit == "duration" and (word := named.says("events")) and not named.says("duration"):
        return "events", "words", (word,)
    if named.unit == "rank" and (word := named.says("climb")):
        return "amount", "words", (word,)
    return named.unit, "unit", named.unit_said


def _kind_of_count(named: _Named) -> _Decided:
    """Happenings within a period, or what is there at a date; without a unit the name may say more."""
    if not named.unit:
        for kind in ("rank", "duration", "score", "money"):
            if word := named.says(kind):
                return kind, "words", (word,)
    if word := named.says("rate"):
        return "rate", "words", (word,)
    if named.per in periods():
        return "events", "unit", named.unit_said
    for says, kind in (("period", "events"), ("standing", "amount"), ("place", "amount"), ("events", "events")):
        if word := named.says(says):
            return kind, "words", (word,)
    if named.unit == "events":
        return "events", "unit", named.unit_said
    if word := named.says("stock"):
        return "amount", "words", (word,)
    return "amount", "unit" if named.unit else "assumed", named.unit_said


def _bounds(kind: str, indicator: Indicator, named: _Named, values: list[float]) -> tuple[float | None, float | None]:
    top = max(values, default=0.0)
    if kind in ("percent", "progress"):
        return 0.0, 100.0 if top <= 100 else float("inf")
    if kind == "share":
        return 0.0, 1.0 if top <= 1 else float("inf")
    if kind == "score":
        return 0.0, _top_score(fold(f"{indicator.name} {indicator.unit}"), top)
    return (1.0, None) if kind == "rank" else (None, None)


def _top_score(said: str, top: float) -> float | None:
    """The full score: as the name says it, else the smallest usual one that holds the values."""
    for full in (5.0, 10.0, 100.0, 1000.0):
        if top <= full and any(f"{word}{full:.0f}" in said for word in ("thang ", "thang diem ", "/")):
            return full
    return next((full for full in (10.0, 100.0, 1000.0) if top <= full), None)


def _better(indicator: Indicator, named: _Named, kind: str) -> tuple[str, str, tuple[Said, ...], bool]:
    if indicator.better in DIRECTIONS:
        return indicator.better, "person", (), False
    aim = _aim(indicator)
    aimed = (aim > 0) - (aim < 0) if abs(aim) >= _PLAIN_AIM else 0
    sign, strong, by, said = _lean_with_kind(named, kind)
    if not sign:
        if aimed and abs(aim) < _WIDE_AIM and _own_way(indicator) == -aimed:
            return _way(-aimed), "values", (), True  # "320 units" after 290, 334, 356 is no wish for less
        return _way(aimed), ("sign" if aimed else "assumed"), (), False
    if aimed == -sign and (not strong or _misread(sign, aim)):
        return _way(aimed), "sign", said, False
    return _way(sign), by, said, aim * sign < 0


def _misread(sign: int, aim: float) -> bool:
    """Whether a target so far the other way says that the words were misread, not that worse is registered.

    A bad thing is registered worse now and then (nợ 20 → 30); nobody registers a good one cut by a third, nor a bad
    one four times as large: "Hộ nghèo có điện thoại" 12 → 95 % counts telephones.
    """
    return aim <= -_WIDE_AIM if sign > 0 else aim >= _ABSURD_AIM


def _own_way(indicator: Indicator) -> int:
    """+1 where the history only rises, −1 where it only falls, 0 where it does neither or is too short."""
    values = [value for _, value in indicator.history]
    if len(values) < 3:
        return 0
    rises = all(before < after for before, after in pairwise(values))
    falls = all(before > after for before, after in pairwise(values))
    return int(rises) - int(falls)


def _way(sign: int) -> str:
    return "lower" if sign < 0 else "higher"


def _aim(indicator: Indicator) -> float:
    """Target less today's value, as a share of today's value; 0 where either is unknown."""
    now = indicator.baseline
    if now is None and indicator.history:
        now = indicator.history[-1][1]
    if now is None or indicator.target is None:
        return 0.0
    return (indicator.target - now) / (abs(now) or 1.0)


def _lean_with_kind(named: _Named, kind: str) -> tuple[int, bool, str, tuple[Said, ...]]:
    """(sign or 0, strong, decided by, words): some kinds have a way of their own unless words turn it."""
    lean = named.lean
    if kind == "rank":
        return -1, True, "unit", named.unit_said
    if kind == "duration" and not (lean and (lean.sign < 0 or lean.about_time)):
        return -1, True, "unit", named.unit_said
    if lean:
        return lean.sign, lean.strong, "words", named.lean_said
    if kind == "score":
        return 1, True, "unit", named.unit_said
    return 0, False, "", ()


def _starts_anew(kind: str, named: _Named) -> bool:
    if kind == "events":
        return named.per in ("", "năm", "nam")
    if kind == "money":
        return bool(named.says("money_flow")) and not named.says("standing", "rate")
    return kind in ("percent", "rate", "progress") and bool(named.says("yearly_progress"))
