"""Who does what: the duties a text attaches to somebody."""

import re
from dataclasses import dataclass

from dotpha.rules.reading.people import Who, has_honorific, people_words, who_is
from dotpha.rules.vietnamese.text import fold, plain


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty and where it is said; `concrete` when it names somebody and something to do."""

    start: int
    end: int
    concrete: bool


# A new actor after a comma starts a new duty ("Bí thư chủ trì, công chức một cửa hỗ trợ nộp hồ sơ").
_CUT = re.compile(r"[;\n•]|\.(?!\d)|,(?!\d)|(?:^|\s)[-+*]\s(?!\d)|\s(?:còn|con|và|va)\s")
_EVERY = re.compile(r"(?:mỗi|moi|từng|tung|hai|ba|bốn|bon|năm|\d+)\s+\w+")
_REPORTS = re.compile(
    r"bao cao.{0,60}?(?:ngay \d{1,2}(?: hang \w+)?|hang (?:ngay|tuan|thang|quy)|(?:moi|tung) (?:tuan|thang|quy)|dinh ky"
    r"|(?:tuan|thang|quy) (?:mot|1|hai|2) lan|cuoi (?:tuan|thang|quy)|(?:mot|hai|1|2) (?:tuan|thang) mot lan"
    r"|thu (?:hai|ba|tu|nam|sau|bay|\d)(?: hang tuan| cuoi thang)?)"
)
_ACTORS = frozenset((Who.PERSON, Who.POST, Who.GROUP, Who.SELF, Who.GIVEN_NAME))
_SHARE = re.compile(r":\s*\d+\s+\w")  # "Tổ 1: 60 trạm lộ 371"
_MANY_WORDS = 7  # said of somebody without a verb we know: long enough to be a task


def duties(text: str, *, bare: bool) -> list[Duty]:
    """Duties of a text, in reading order. One actor may have several; a crowd without a task has none.

    >>> [d.concrete for d in duties("Bí thư đối thoại 7 hộ; các ngành phối hợp chặt chẽ", bare=False)]
    [True, False]
    """
    shaped = fold(text) if bare else plain(text)
    found: list[Duty] = []
    at, has_actor = 0, False
    ends = [(cut.start(), cut.end()) for cut in _CUT.finditer(shaped)] + [(len(shaped), len(shaped))]
    for end, following in ends:
        said = shaped[at:end].strip(" .:-")
        if said:
            named = _names_somebody(text[at:end].strip(" .:-"), said, bare=bare)
            has_actor = has_actor or named
            start = at + len(shaped[at:end]) - len(shaped[at:end].lstrip(" .:-"))
            found.append(Duty(start, start + len(said), has_actor and _says_something(said, bare=bare)))
        at = following
    return found


def _names_somebody(text: str, shaped: str, *, bare: bool) -> bool:
    return who_is(text, bare=bare) in _ACTORS or bool(_EVERY.match(shaped)) or has_honorific(text, bare=bare)


def _says_something(shaped: str, *, bare: bool) -> bool:
    """A verb one can see being done, with what it is done to; or simply many words."""
    words = people_words(bare=bare)
    left = words.empty_duties.sub(" ", shaped).split()
    if len(left) >= _MANY_WORDS or _SHARE.search(shaped):
        return True
    return any(
        " ".join(left[place : place + size]) in words.duty_verbs
        for size in (2, 1)
        for place in range(1, len(left) - size)
    ) or _starts_with_verb(left, words.duty_verbs)


def _starts_with_verb(left: list[str], verbs: frozenset[str]) -> bool:
    """ "ký phương án" after an actor named earlier."""
    return len(left) >= 2 and (left[0] in verbs or (len(left) >= 3 and " ".join(left[:2]) in verbs))


def reports_to_somebody(text: str) -> tuple[int, int] | None:
    """Accountability with a rhythm: "báo cáo Thường trực Huyện ủy ngày 25 hằng tháng"; the span, or None."""
    found = _REPORTS.search(fold(text))
    return found.span() if found else None
