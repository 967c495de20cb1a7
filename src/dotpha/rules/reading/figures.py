"""Figures in running text and what each of them is: something to reach, a state of today, or neither."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from dotpha.rules.vietnamese.dates import days_in
from dotpha.rules.vietnamese.numbers import NUMBER, parse_number
from dotpha.rules.vietnamese.text import fold, plain


class Role(StrEnum):
    TARGET = "target"
    STATE = "state"
    RESOURCE = "resource"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit; `value` of "118/118 hộ" is 118 and `whole` 118; spans count the field."""

    value: float
    unit: str
    role: Role
    field: str
    start: int
    end: int
    whole: float | None = None


_FIGURE = re.compile(
    rf"(?<![\w/.,%-])(?P<number>{NUMBER})(?![.,]\d)(?:\s*/\s*(?P<whole>\d+))?(?P<percent>\s*%)?"
    r"(?!\s*[-/]\s*[a-z]{2,}|(?!(?:km|ha|kg|m2|m)(?!\w))[\w])(?P<unit>\s*[a-z0-9²³]+(?:\s+[a-z]+)?)?"
)
_UNIT_OF_TIME = frozenset(("nam", "thang", "ngay", "tuan", "gio", "phut", "lan", "dot", "nhiem"))

# Folded, "trồng" is "trong" (in): such short words decide nothing in unaccented text.
_NOT_WHEN_BARE = frozenset(("trồng", "in", "ra", "về"))
# Nearer words that only soften the number; the one before them decides.
_WEAK = frozenset(("hơn", "gần", "khoảng", "hon", "gan", "khoang"))
_CLAUSE = re.compile(r"[.;:()\n]|,(?!\d)|\s-\s")
_FAR = 5  # words; a cue further back speaks of something else
_DIGIT = re.compile(r"\d")
_CLOCK = frozenset(("ngay", "gio", "phut"))
_SHORTENING = frozenset(
    (
        "xuống",
        "xuống còn",
        "giảm còn",
        "còn dưới",
        "rút ngắn",
        "rút",
        "giảm",
        "không quá",
        "tối đa",
        "cắt giảm",
        "ít nhất",
    )
)
_SPENDING = frozenset(
    ("bố trí", "cấp", "hỗ trợ", "huy động", "vận động", "bo tri", "cap", "ho tro", "huy dong", "van dong")
)
_EVERY = re.compile(r"moi\s+(?:nam|thang|quy|tuan|thon|xa|to|ban|chi bo|don vi|dong chi|nguoi)\s*$")
_AT_LEAST = re.compile(r"\s*(?:[a-z]+\s+){0,4}tro len")
_STRONG_SIGN = re.compile(r"(?:>=|≥|<=|≤|>|<)\s*$")
_MONEY_UNITS = ("dong", "trieu", "ty", "tr", "ti")


@dataclass(frozen=True, slots=True)
class _Cues:
    """For accented and for bare text: role by cue, the words cues end in, the resource words.

    `names` is what turns a number behind it into a name.
    """

    roles: Mapping[bool, Mapping[str, Role]]
    endings: Mapping[bool, frozenset[str]]
    resources: Mapping[bool, tuple[str, ...]]
    names: re.Pattern[str]


@cache
def _cues() -> _Cues:
    told = tomllib.loads((files(__package__) / "cues.toml").read_text(encoding="utf-8"))
    roles = {cue: Role(role) for role in ("state", "resource", "target") for cue in told[role]}
    names = "|".join(sorted(told["names"], key=len, reverse=True))
    by_form = {False: roles, True: {fold(cue): role for cue, role in roles.items() if cue not in _NOT_WHEN_BARE}}
    return _Cues(
        roles=by_form,
        endings={bare: frozenset(cue.split()[-1] for cue in cues) for bare, cues in by_form.items()},
        resources={False: tuple(told["resource"]), True: tuple(map(fold, told["resource"]))},
        names=re.compile(rf"(?:(?:^|\W)(?:{names})\s*|[a-z]\.)$"),
    )


def figures(field: str, text: str, *, year: int, bare: bool = False) -> list[Figure]:
    """Figures of a text in NFC, in reading order; `bare` when it was typed without accents.

    >>> [(f.value, f.unit, f.role.value) for f in figures("d", "Hiện chỉ 12% hồ sơ, phấn đấu lên 70%.", year=2022)]
    [(12.0, '%', 'state'), (70.0, '%', 'target')]
    >>> figures("d", "Nghị quyết 18-NQ/TW ngày 25/10/2017, giai đoạn 2021 - 2025", year=2022)
    []
    """
    folded = fold(text)
    matched = folded if bare else plain(text)
    taken = [(day.start, day.end) for day in days_in(text, year)]
    found: list[Figure] = []
    for each in _FIGURE.finditer(folded):
        start, end = each.start("number"), each.end("percent") if each["percent"] else each.end("number")
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        value = parse_number(each["number"])
        clause = _clause_start(folded, start)
        before = folded[clause:start]
        if value is None or _is_name(before, value, each):
            continue
        unit = "%" if each["percent"] else (each["unit"] or "").strip()
        role = _role(matched[clause:start], before, folded[end:], unit, year, bare)
        whole = float(each["whole"]) if each["whole"] else None
        if role is Role.UNKNOWN and value == whole:
            role = Role.TARGET  # "6/6 trưởng họ": all of them
        found.append(Figure(value, unit, _by_default(role, value, unit, field, before), field, start, end, whole))
    return found


def _clause_start(folded: str, start: int) -> int:
    """Where the clause that leads up to `start` begins, at most sixty characters back."""
    begin = max(0, start - 60)
    for cut in _CLAUSE.finditer(folded, begin, start):
        begin = cut.end()
    return begin


def _is_name(before: str, value: float, found: re.Match[str]) -> bool:
    if found["percent"] or found["whole"] or _EVERY.search(before):
        return False
    if _cues().names.search(before):
        return True
    unit = (found["unit"] or "").strip().split(" ")[0]
    if unit in _UNIT_OF_TIME and unit not in ("ngay", "gio", "phut"):
        return True
    return 1900 <= value <= 2100 and value == int(value) and not unit


def _role(before: str, folded: str, after: str, unit: str, year: int, bare: bool) -> Role:
    """What the words before a number, nearest first, make of it; `before` is plain or folded as `bare` says."""
    if _STRONG_SIGN.search(before) or _AT_LEAST.match(after) or _EVERY.search(folded):
        return Role.TARGET
    if _DIGIT.search(before) and any(day.day.year >= year for day in days_in(before, year)):
        return Role.TARGET  # "đến 30/9 cả 02 công ty ký": what will be on a day to come
    cues, endings = _cues().roles[bare], _cues().endings[bare]
    seen = before.split()
    for end in range(len(seen), max(0, len(seen) - _FAR), -1):
        if seen[end - 1] not in endings:
            continue
        for length in (3, 2, 1):
            cue = " ".join(seen[max(0, end - length) : end])
            role = cues.get(cue)
            if role is None or length > end:
                continue
            if cue in _WEAK:
                break
            if role is Role.TARGET and _is_money(unit) and (cue in _SPENDING or _mentions_resource(before, bare)):
                return Role.RESOURCE
            if role is Role.TARGET and unit.split(" ")[0] in _CLOCK and cue not in _SHORTENING:
                return Role.UNKNOWN
            return _told_of_the_past(role, cue, " ".join(seen[: end - length]), year)
    return Role.UNKNOWN


_NO_VERBS = frozenset(
    ("trong", "voi", "co", "con", "cac", "cua", "la", "cho", "va", "o", "tai", "tu", "den", "hon", "gan", "khoang",
     "toan", "ca", "ngoai", "ve", "bang", "thi", "ma", "nhung", "sau", "truoc", "moi", "tren", "duoi", "hai", "ba",
     "bon", "so", "chi", "da", "dang", "nhieu", "theo", "tuc", "cach", "dai", "rong", "khong")
)  # fmt: skip


def _by_default(role: Role, value: float, unit: str, field: str, before: str) -> Role:
    """Where no cue decides: all of something, a count in the title, or what a verb at the head of a clause does."""
    if role is not Role.UNKNOWN:
        return role
    if value == 100 and unit == "%":
        return Role.TARGET
    counts = unit != "" and unit.split(" ")[0] not in _CLOCK and not _is_money(unit)
    head = before.split()
    done = 1 <= len(head) <= 2 and head[0] not in _NO_VERBS
    return Role.TARGET if counts and (field == "title" or done) else role


def _is_money(unit: str) -> bool:
    return unit.split(" ")[0] in _MONEY_UNITS


def _mentions_resource(before: str, bare: bool) -> bool:
    return any(word in before for word in _cues().resources[bare])


_PAST = re.compile(
    r"(?:^|\s)(?:da|dang|nam truoc|nam ngoai|(?<!thuc )hien|truoc day|moi nam|tung|hang nam|nhieu nam)(?:\s|$)"
)
_YEAR_SAID = re.compile(r"(?:^|\s)nam (20\d\d)(?:\s|$)")
_NOT_PAST = frozenset(("lên", "xuống", "xuống còn", "len", "xuong", "xuong con"))


def _told_of_the_past(role: Role, cue: str, earlier: str, year: int) -> Role:
    """A target verb told of the past ("năm 2021 đạt 52%", "đã thu 4 tỷ") states what is, not what will be."""
    said = fold(earlier)
    in_years = [int(found) for found in _YEAR_SAID.findall(said)]
    past = bool(_PAST.search(said)) or (bool(in_years) and max(in_years) < year)
    if role is Role.TARGET and cue not in _NOT_PAST and past:
        return Role.STATE
    if role is Role.STATE and cue in ("còn", "con") and re.search(r"(?:giam|xuong|chi)\s*$", said):
        return Role.TARGET
    return role
