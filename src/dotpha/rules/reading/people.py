"""Who is named: one person, one post, several, a body, or nobody. Reads the words, judges nothing."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from dotpha.rules.vietnamese.text import fold, plain


class Who(StrEnum):
    """What one part of a "người chủ trì" names."""

    PERSON = "person"
    POST = "post"
    GROUP = "group"
    SELF = "self"
    GIVEN_NAME = "given_name"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    who: Who
    start: int
    end: int
    text: str
    leads: bool
    helps: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The first four by their first word, longest first."""

    posts: Mapping[str, Sequence[str]]
    groups: Mapping[str, Sequence[str]]
    honorifics: Mapping[str, Sequence[str]]
    selves: Mapping[str, Sequence[str]]
    leads: tuple[str, ...]
    helps: tuple[str, ...]
    empty_duties: re.Pattern[str]
    duty_verbs: frozenset[str]


@cache
def people_words(*, bare: bool) -> _Words:
    told = tomllib.loads((files(__package__) / "people.toml").read_text(encoding="utf-8"))
    shape = fold if bare else plain

    def longest_first(name: str) -> tuple[str, ...]:
        return tuple(sorted({shape(phrase) for phrase in told[name]}, key=lambda phrase: (-len(phrase), phrase)))

    def by_first_word(name: str) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for phrase in longest_first(name):
            first = _FIRST_WORD.match(phrase)
            found.setdefault(first[0] if first else phrase, []).append(phrase)
        return found

    return _Words(
        posts=by_first_word("post_heads"),
        groups=by_first_word("group_heads"),
        honorifics=by_first_word("honorifics"),
        selves=by_first_word("self"),
        leads=longest_first("leads"),
        helps=longest_first("helps"),
        empty_duties=re.compile("|".join(map(re.escape, longest_first("empty_duties")))),
        duty_verbs=frozenset(shape(verb) for verb in told["duty_verbs"]),
    )


# Two people are told apart by these; a comma may as well stand between a name and its post.
_APART = re.compile(r"\s*(?:;|\+|\n|\s(?:và|va|cùng|cung)\s|\s&\s)\s*")
_COMMA = re.compile(r"\s*,\s*|\s*\(\s*|\s*\)\s*|\s+[-–]\s+")
# "Văn phòng HĐND và UBND", "công chức Văn hóa - Xã hội": one name with a joint in it.
_ONE_OFFICE = re.compile(r"(?:hđnd|hdnd|hội đồng nhân dân|hoi dong nhan dan)$")
_LABEL = re.compile(r"\s*[^\W\d]+(?:\s[^\W\d]+){0,2}\s*:\s*")
_FIRST_WORD = re.compile(r"\w+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]*)?")


def parts(text: str, *, bare: bool) -> list[list[Part]]:
    """What a text such as "Đ/c A, Bí thư; UBND xã phối hợp" names: groups of parts that may be one person.

    Outer: told apart by "và", ";", "+"; inner: told apart by commas or brackets.
    """
    shaped = fold(text) if bare else plain(text)
    told: list[list[Part]] = []
    for start, end in _pieces(text, shaped, _APART, 0, len(shaped)):
        inner = [_part(text, shaped, a, b, bare=bare) for a, b in _pieces(text, shaped, _COMMA, start, end)]
        told.append([each for each in inner if each.text])
    return [inner for inner in told if inner]


def _pieces(text: str, shaped: str, cut: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    pieces, at = [], start
    for found in cut.finditer(shaped, start, end):
        if not _is_joint(text, shaped, found, end):
            pieces.append((at, found.start()))
            at = found.end()
    pieces.append((at, end))
    return [(a, b) for a, b in pieces if shaped[a:b].strip(" .:")]


def _is_joint(text: str, shaped: str, found: re.Match[str], end: int) -> bool:
    """Whether what looks like a cut stands inside one name: the surname Và, "HĐND và UBND", "Văn hóa - Xã hội"."""
    between = text[found.start() : found.end()].strip()
    if between[:1].isupper() or _ONE_OFFICE.search(shaped[: found.start()]):
        return True
    if between not in ("-", "–"):
        return False
    follows = re.split(r"[,;]", text[found.end() : end])[0]
    return who_is(follows, bare=False) not in (Who.PERSON, Who.POST)


def _part(text: str, shaped: str, start: int, end: int, *, bare: bool) -> Part:
    words = people_words(bare=bare)
    said = shaped[start:end]
    return Part(
        who=who_is(text[start:end], bare=bare),
        start=start,
        end=end,
        text=text[start:end].strip(" .:"),
        leads=any(phrase in said for phrase in words.leads),
        helps=any(phrase in said for phrase in words.helps),
    )


def who_is(text: str, *, bare: bool) -> Who:
    """What a short text begins with.

    >>> [who_is(text, bare=False).value for text in ("Đ/c Vũ Đức Mạnh", "Chủ tịch UBND xã", "UBND xã", "đ/c Hùng")]
    ['person', 'post', 'group', 'given_name']
    """
    words = people_words(bare=bare)
    shaped = fold(text) if bare else plain(text)
    at = len(shaped) - len(shaped.lstrip(" -.:"))
    if label := _LABEL.match(shaped, at):  # "Chủ trì: Phó Chủ tịch UBND xã"
        at = label.end()
    if _head(shaped, at, words.selves) and not _is_name(text[at:]):
        return Who.SELF
    honored = False
    while honorific := _head(shaped, at, words.honorifics):
        at += len(honorific)
        at += len(shaped[at:]) - len(shaped[at:].lstrip(" .:"))
        honored = True
    group, post = _head(shaped, at, words.groups), _head(shaped, at, words.posts)
    if group and len(group) >= len(post):
        return Who.PERSON if _is_surname(group, text[at:], honored=honored) else Who.GROUP
    if post:
        return Who.POST
    if _is_name(text[at:]):
        return Who.PERSON
    if honored and re.match(r"\w+\s*$", text[at:]):
        return Who.GIVEN_NAME
    return Who.OTHER


_SURNAMES = frozenset(("đoàn", "doan"))  # that also begin the name of a body


def _is_surname(group: str, text: str, *, honored: bool) -> bool:
    """ "Đ/c Đoàn Văn Khiết", "Đoàn Bá Tùng" are people; "Đoàn Thanh niên" is a body."""
    if " " in group or not _is_name(text):
        return False
    named = text.split()
    return honored or (group in _SURNAMES and len(named) >= 3 and all(word[0].isupper() for word in named))


def has_honorific(text: str, *, bare: bool) -> bool:
    """ "Đ/c Thạc lập danh sách", "ông Tuấn ký": somebody is meant, if not fully named."""
    shaped = fold(text) if bare else plain(text)
    return bool(_head(shaped, 0, people_words(bare=bare).honorifics))


def _head(shaped: str, at: int, phrases: Mapping[str, Sequence[str]]) -> str:
    """The longest of the phrases that stands, as whole words, at `at`; "" if none does."""
    first = _FIRST_WORD.match(shaped, at)
    for phrase in phrases.get(first[0], ()) if first else ():
        if shaped.startswith(phrase, at):
            after = at + len(phrase)
            if after >= len(shaped) or not shaped[after].isalnum():
                return phrase
    return ""


def _is_name(text: str) -> bool:
    """Two to six capitalised words in front: "Lò Thị Mai", "Y Blơm Niê", "TRẦN THỊ HẠNH".

    Surnames are not looked up: those of the ethnic minorities stand in no list.
    """
    count = 0
    for word in text.split():
        bare_word = word.strip(".,;:()")
        if not (_NAME_WORD.fullmatch(bare_word) and bare_word[0].isupper()):
            break
        count += 1
    return 2 <= count <= 6
