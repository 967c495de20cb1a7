"""Whom a row of a register means: an organization or a person of the campaign, or somebody to ask about.

An office writes "Đảng ủy xã Bằng Khê", "BCH Đảng bộ xã Bằng Khê" or "xã Bằng Khê" for one registrant, and the name of
last year for what was renamed. What is told letter by letter counts more than what is told without accents; where two
registrants answer to one text nothing is guessed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from dotpha.rules.registration import Registration
from dotpha.rules.vietnamese.text import fold, plain, tidy

_CANDIDATES = 5
_COMPARED = 40
# What is said before the name of a committee's own boards, and what committees are called instead of their areas.
_BOARDS = re.compile(
    r"^(?:(?:ban chấp hành|bch|ban thường vụ|btv|thường trực|thường vụ|cấp ủy|tập thể|lãnh đạo)\s+)+(?=\S)"
)
_AREAS = (
    ("tỉnh ủy", "đảng bộ tỉnh"), ("thành ủy", "đảng bộ thành phố"), ("huyện ủy", "đảng bộ huyện"),
    ("quận ủy", "đảng bộ quận"), ("thị ủy", "đảng bộ thị xã"), ("đảng ủy", "đảng bộ"), ("đu", "đảng bộ"),
    ("đb", "đảng bộ"), ("chi ủy", "chi bộ"), ("cb", "chi bộ"),
)  # fmt: skip
_KIND = re.compile(r"^(?:đảng bộ|chi bộ|tổ chức đảng)\s+(?:cơ sở\s+)?(?=\S)")
_AREA = re.compile(r"^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?=\S)")
_SIGNS = re.compile(r"[^\w\s]+")
_CODES = ("ma don vi", "ma to chuc", "ma can bo", "ma nguoi dang ky", "ma ben dang ky")

EXACT, WITHOUT_ACCENTS, FORMER, SHORT, CODE = "đúng tên", "tên không dấu", "tên trước đây", "tên rút gọn", "mã"
BY_NAME, BY_POST, CHOSEN = "họ tên", "chức vụ", "đồng chí chọn"


@dataclass(frozen=True, slots=True)
class Party:
    """A registrant of the campaign as far as a register may name it; `former` are names the organization had."""

    pk: int
    is_individual: bool
    name: str
    post: str = ""
    organization: str = ""
    code: str = ""
    former: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.name} – {self.post}" if self.post else self.name


@dataclass(frozen=True, slots=True)
class Answer:
    """Who it is and by what; or nobody yet: `candidates` are likely first."""

    party: int | None = None
    how: str = ""
    candidates: tuple[int, ...] = ()
    why: str = ""


def as_said(text: str) -> str:
    """A name as it is compared: lower case, one place for tones, no signs.

    >>> as_said("Đảng bộ xã  Hoà Lạc (khối 2)")
    'đảng bộ xã hòa lạc khối 2'
    """
    return " ".join(_SIGNS.sub(" ", plain(tidy(text))).split())


def as_called(said: str) -> str:
    """The organization a committee or a board belongs to, from a text made by `as_said`.

    >>> as_called("bch đảng bộ xã bằng khê"), as_called("huyện ủy lạc giang"), as_called("chi ủy thôn hạ")
    ('đảng bộ xã bằng khê', 'đảng bộ huyện lạc giang', 'chi bộ thôn hạ')
    """
    said = _BOARDS.sub("", said)
    for committee, area in _AREAS:
        if said.startswith(f"{committee} "):
            return area + said.removeprefix(committee)
    return said


def in_short(called: str) -> tuple[str, ...]:
    """What may be left of a name: its area with the kind of area, and the bare name.

    >>> in_short("đảng bộ xã bằng khê"), in_short("chi bộ thôn hạ")
    (('xã bằng khê', 'bằng khê'), ('thôn hạ',))
    """
    without_kind = _KIND.sub("", called)
    bare = _AREA.sub("", without_kind)
    return (without_kind,) if bare == without_kind else (without_kind, bare)


def may_be(typed: str, name: str) -> bool:
    """Whether a text typed with some accents or none can be this name: what is accented must agree.

    >>> may_be("xa bang khê", "xã bằng khê"), may_be("xã bằng khế", "xã bằng khê")
    (True, False)
    """
    words, those = typed.split(), name.split()
    return len(words) == len(those) and all(
        word == that or (word == fold(word) == fold(that)) for word, that in zip(words, those, strict=True)
    )


class Matching:
    """Finds registrants by what rows say of them. Building looks at every name once; asking costs the same always."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self.parties = {party.pk: party for party in parties}
        self._codes: dict[tuple[bool, str], list[int]] = defaultdict(list)
        self._levels: dict[str, dict[str, dict[int, str]]] = {
            level: defaultdict(dict) for level in (EXACT, FORMER, SHORT)
        }
        self._people: dict[str, dict[int, str]] = defaultdict(dict)
        self._posts: dict[str, list[int]] = defaultdict(list)
        self._places: dict[str, set[int]] = defaultdict(set)  # bare names of organizations, in posts
        self._tokens: dict[str, list[int]] = defaultdict(list)
        for party in self.parties.values():
            self._take(party)
        self._answers: dict[tuple[str, ...], Answer] = {}

    def of(self, registration: Registration) -> Answer:
        """Who registers this row."""
        hint = organization_hint(registration)
        asked = (registration.owner_type, registration.owner, registration.position, hint, code_hint(registration))
        if asked not in self._answers:
            self._answers[asked] = self._person(*asked[1:]) if registration.is_individual else self._collective(*asked)
        return self._answers[asked]

    # Names of the campaign

    def _take(self, party: Party) -> None:
        if party.code:
            self._codes[party.is_individual, fold(party.code)].append(party.pk)
        said = as_said(party.name)
        for token in {*fold(said).split(), *fold(as_said(party.post)).split()}:
            self._tokens[token].append(party.pk)
        bare = fold(in_short(as_called(as_said(party.organization)))[-1])
        self._places[bare].add(party.pk)
        if party.is_individual:
            self._people[fold(said)][party.pk] = said
            if party.post:
                self._posts[fold(as_said(party.post))].append(party.pk)
            return
        self._name(EXACT, party.pk, as_called(said))
        for short in in_short(as_called(said)):
            self._name(SHORT, party.pk, short)
        for former in party.former:
            called = as_called(as_said(former))
            if called != as_called(said):
                self._name(FORMER, party.pk, called)

    def _name(self, level: str, pk: int, said: str) -> None:
        self._levels[level][fold(said)][pk] = said

    # Organizations

    def _collective(self, kind: str, owner: str, position: str, hint: str, code: str) -> Answer:
        called = as_called(as_said(owner))
        if not called:
            return self._unsaid()
        for level in (EXACT, FORMER, SHORT):
            found = self._levels[level].get(fold(called), {})
            exact = [pk for pk, name in found.items() if name == called]
            loose = exact or [pk for pk, name in found.items() if may_be(called, name)]
            if len(loose) == 1:
                return Answer(loose[0], level if exact else WITHOUT_ACCENTS)
            if loose:
                coded = self._of_code(False, code, loose)
                return Answer(coded, CODE) if coded is not None else self._several(loose, owner)
        by_code = self._codes.get((False, fold(tidy(owner))), []) or self._codes.get((False, fold(code)), [])
        if len(by_code) == 1:
            return Answer(by_code[0], CODE)
        return self._unknown(owner, position, "Chưa thấy tổ chức này trong danh sách của đợt.")

    # People

    def _person(self, owner: str, position: str, hint: str, code: str) -> Answer:
        said = as_said(owner)
        if not said:
            return self._unsaid()
        names = self._people.get(fold(said), {})
        same = [pk for pk, name in names.items() if name == said] or [
            pk for pk, name in names.items() if may_be(said, name)
        ]
        if len(same) > 1 and (coded := self._of_code(True, code, same)) is not None:
            return Answer(coded, CODE)
        if same:
            return self._of_same_name(same, owner, position, hint)
        by_code = self._codes.get((True, fold(tidy(owner))), []) or self._codes.get((True, fold(code)), [])
        if len(by_code) == 1:
            return Answer(by_code[0], CODE)
        posts = self._posts.get(fold(said), [])
        if len(posts) == 1:
            return Answer(posts[0], BY_POST)
        return self._unknown(owner, position, "Chưa thấy cán bộ này trong danh sách của đợt.", first=list(names))

    def _of_same_name(self, same: Sequence[int], owner: str, position: str, hint: str) -> Answer:
        """Names repeat: the post and the organization tell which; what contradicts them is asked about."""
        scores = {pk: self._agreement(self.parties[pk], f"{position} {hint}", position) for pk in same}
        ranked = sorted(same, key=lambda pk: (-scores[pk], pk))
        best = scores[ranked[0]]
        if len(ranked) == 1:
            if best >= 0:
                return Answer(ranked[0], BY_NAME)
            why = f"Danh sách của đợt có {self.parties[ranked[0]].label}; sổ ghi chức vụ hoặc đơn vị khác."
            return Answer(candidates=tuple(ranked), why=why)
        if best > 0 and scores[ranked[1]] < best:
            return Answer(ranked[0], BY_NAME)
        return self._several(ranked, owner)

    def _agreement(self, party: Party, told: str, position: str) -> int:
        """3 the same post, 2 the same organization, 1 what is said fits, 0 nothing is said, -1 another organization."""
        folded, post = f" {fold(as_said(told))} ", fold(as_said(party.post))
        if post and fold(as_said(position)) == post:
            return 3
        place = fold(in_short(as_called(as_said(party.organization)))[-1])
        if place and f" {place} " in folded:
            return 2
        if self._names_another(folded):
            return -1
        said = set(folded.split())
        return 1 if said and said <= {*post.split(), *place.split()} else 0

    def _names_another(self, folded: str) -> bool:
        words = folded.split()
        pieces = (" ".join(words[at : at + size]) for size in range(2, 7) for at in range(len(words) - size + 1))
        return any(piece in self._places for piece in pieces)

    def _of_code(self, is_individual: bool, code: str, among: Sequence[int]) -> int | None:
        """The one of these, all of the same name, that has the code the register gives; None if none or several."""
        found = [pk for pk in self._codes.get((is_individual, fold(code)), []) if pk in among] if code else []
        return found[0] if len(found) == 1 else None

    # Whom to ask about

    def _unsaid(self) -> Answer:
        return Answer(why="Sổ không ghi bên đăng ký của dòng này.")

    def _several(self, found: Sequence[int], owner: str) -> Answer:
        return Answer(candidates=tuple(found[:_CANDIDATES]), why=f"Đợt này có {len(found)} bên cùng tên “{owner}”.")

    def _unknown(self, owner: str, position: str, why: str, *, first: Sequence[int] = ()) -> Answer:
        near = [pk for pk in self._nearest(owner, position) if pk not in first]
        return Answer(candidates=tuple([*first, *near][:_CANDIDATES]), why=why)

    def _nearest(self, owner: str, position: str) -> list[int]:
        """Likely ones among those that share the rarest words."""
        folded = fold(as_called(as_said(owner)))
        wanted = f"{folded} {fold(as_said(position))}".strip()
        hits: Counter[int] = Counter()
        for token in sorted(set(wanted.split()), key=lambda each: len(self._tokens.get(each, ())))[:6]:
            hits.update(self._tokens.get(token, ())[:2000])
        scored = [
            (fuzz.token_sort_ratio(folded, fold(as_called(as_said(self.parties[pk].name)))), pk)
            for pk, _ in hits.most_common(_COMPARED)
        ]
        return [pk for score, pk in sorted(scored, key=lambda each: (-each[0], each[1])) if score >= 45]


def organization_hint(registration: Registration) -> str:
    """Where a person works, if the register has a column for it that is no field of a registration."""
    other = registration.source.get("other") or {}
    return " ".join(str(text) for head, text in other.items() if _tells_place(str(head)))


def code_hint(registration: Registration) -> str:
    other = registration.source.get("other") or {}
    return next((tidy(str(text)) for head, text in other.items() if fold(tidy(str(head))) in _CODES), "")


def _tells_place(head: str) -> bool:
    folded = fold(tidy(head))
    return any(word in folded for word in ("don vi", "to chuc", "chi bo", "dang bo", "noi cong tac", "co quan"))
