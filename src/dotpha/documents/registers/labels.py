"""Labels of a form: "2. Tên nhiệm vụ đột phá: …", or a cell with the value beside it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dotpha.documents.registers.columns import Match, Role, matches, words_of
from dotpha.documents.registers.words import pattern
from dotpha.rules.vietnamese.text import fold, plain

_NUMBER = re.compile(
    r"\s*(?:(?P<number>\d{1,2})(?:\.\d{1,2})*\s*[.)/:-]|(?P<roman>[IVX]{1,4})\s*[.)/-]|[a-zđ]\s*[.)]|[-+*•–])\s*"
)
_ORDINAL = re.compile(r"(?:\s+(?:số\s*)?\d{1,2}|\s+thứ\s+\w+)\s*$", re.IGNORECASE)
_MAX_LABEL = 90
_MAX_WORDS = 12
_HEADING = (
    r"\W*(?:phiếu|bản|giấy|mẫu|đơn|biểu|tờ khai)\s+(?:phiếu\s+|bản\s+)?"
    r"(?:đăng ký|cam kết|kê khai|tự đăng ký|giao (?:nhiệm vụ|việc))\b|\W*phiếu\s*(?:số\s*)?\d+\W*$"
)
_TITLE = r"\W*(?:đăng ký|cam kết)\s+(?:thực hiện\s+)?(?:nội dung\s+|các\s+)?(?:nhiệm vụ|việc|công việc|khâu)\b"


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names; `value` is what stands after its colon, `number` its number if it has one.

    `role` is "other" where it is a label of something that is no field; `part` where a Roman numeral makes it
    the title of a part of the form.
    """

    role: Role
    name: str
    value: str
    number: int | None
    colon: bool
    score: float = 0.0
    part: bool = False

    @property
    def counted(self) -> bool:
        return self.number is not None or self.part

    @property
    def bare_name(self) -> str:
        """The name without "1", "thứ hai" at its end, folded."""
        return fold(_ORDINAL.sub("", self.name)).strip()


def is_form_heading(text: str) -> bool:
    """Whether a line opens a form.

    >>> is_form_heading("PHIẾU ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"), is_form_heading("Bàn giao nốt mặt bằng")
    (True, False)
    """
    if len(text) >= 150 or ":" in text:
        return False
    return pattern(_HEADING, bare=text.isascii()).match(plain(text)) is not None


def opens_form(text: str) -> bool:
    """Whether a line in a document of forms opens the next: as above, or a title that a table may have too.

    >>> opens_form("CAM KẾT THỰC HIỆN NHIỆM VỤ ĐỘT PHÁ NĂM 2023"), opens_form("Cam kết thực hiện nhiệm vụ")
    (True, False)
    """
    if is_form_heading(text):
        return True
    return text.isupper() and len(text) < 150 and pattern(_TITLE, bare=text.isascii()).match(plain(text)) is not None


@lru_cache(maxsize=4096)
def label_of(text: str, after: int | None = None, *, beside: bool = False) -> Label | None:
    """The label a line begins with, None if it begins with none.

    `after` is the number of the label before: a numbered line that continues the count is a label even if its
    words are unknown. So is a text in a column of labels with its value `beside` it.

    >>> label_of("4. Người chủ trì: Đ/c Bí thư").role, label_of("- Bí thư Đảng ủy: chủ trì") is None
    ('responsible', True)
    >>> label_of("Tổ giúp việc") is None, label_of("Tổ giúp việc", beside=True).role
    (True, 'other')
    """
    found = _NUMBER.match(text)
    number = int(found["number"]) if found and found["number"] else None
    part = bool(found and found["roman"])
    rest = text[found.end() :] if found else text
    if beside:
        rest = " ".join(rest.split())
    head, colon, value = rest.partition(":")
    if not colon:
        head, value = rest, ""
    if "\n" in head:
        head, _, below = head.partition("\n")
        if colon:
            return None
        value = below
    if len(head) > _MAX_LABEL or not 0 < len(words_of(head)) <= _MAX_WORDS:
        return None
    counting = number is not None and after is not None and number == after + 1
    sure = beside or (bool(colon) and counting)
    named = _named(head, colon=bool(colon), numbered=number is not None or part, sure=sure)
    if named is None and not sure:
        return None
    role, score = (named.role, named.score) if named else ("other", 0.0)
    return Label(role, head.strip(), value.strip(), number, bool(colon), score, part)


def _named(head: str, *, colon: bool, numbered: bool, sure: bool) -> Match | None:
    """The field a label names: surely enough for a line of running text to be taken for a label, if need be."""
    named = matches(_ORDINAL.sub("", head))
    if not named:
        return None
    best = named[0]
    if best.role == "description" and (title := next((each for each in named if each.role == "title"), None)):
        best = title if title.score >= best.score * 0.95 else best
    if sure:
        fits = best.score >= 0.65
    elif colon:
        fits = best.score >= (1.2 if best.coverage >= 0.45 else 1.7)
    else:
        fits = best.coverage >= 0.6 and best.score >= 1.7 and (numbered or not head.isupper())
    return best if fits else None
