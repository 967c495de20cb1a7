"""How long something has lasted, as a text says it: "bốn năm nay", "từ năm 2016", "ba lần … không được"."""

import re
from dataclasses import dataclass

from dotpha.rules.vietnamese.numbers import number_in_words, parse_number
from dotpha.rules.vietnamese.text import fold

_COUNT = (
    r"(?P<count>\d{1,3}|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục)(?:\s+(?:mươi|mười|trăm))?"
    r"(?:\s+(?:một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín))?)"
)
_BARE_COUNT = (
    r"(?P<count>\d{1,3}|(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc)(?:\s+(?:muoi|tram))?"
    r"(?:\s+(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin))?)"
)
_RANGE = r"(?:\d{1,3}\s*(?:-|đến|den)\s*)?"


def _lasting(count: str) -> re.Pattern[str]:
    return re.compile(
        _RANGE + count + r"\s*(?:năm|nam)\s*"
        r"(?P<tail>nay|qua|liền|lien|liên tục|lien tuc|liên tiếp|lien tiep|ròng|rong|trời|troi|gần đây|gan day"
        r"|trở lại đây|tro lai day|chưa|chua|không|khong|vẫn|van)(?!\w)"
    )


_LASTING = {False: _lasting(_COUNT), True: _lasting(_BARE_COUNT)}
_SPAN = {
    bare: re.compile(
        r"(?<!\w)(?:suốt|suot|hơn|hon|gần|gan|đã|da|trên|tren|kéo dài|keo dai|quá|qua|từ|tu|tới|toi)\s+"
        + _RANGE
        + count
        + r"\s*(?:năm|nam)(?!\s*(?:\d{4}|học|hoc))(?!\w)"
    )
    for bare, count in ((False, _COUNT), (True, _BARE_COUNT))
}
_SINCE = re.compile(
    r"(?<!\w)(?:từ|tu|kể từ|ke tu|phát sinh từ|phat sinh tu|tồn tại từ|ton tai tu|có từ|co tu|xảy ra từ|xay ra tu)"
    r"\s+(?:(?:đầu|giữa|cuối|dau|giua|cuoi)\s+)?(?:năm\s+|nam\s+)?(?P<year>(?:19|20)\d\d)(?!\s*(?:-|đến|den|tới|toi)\s*(?:năm\s*|nam\s*)?\d)"
)
_YEAR_TOLD = re.compile(r"(?<!\w)(?:năm|nam)\s+(?P<year>(?:19|20)\d\d)(?!\s*(?:-|đến|den|/)\s*\d)")
_OLD, _AT_MOST = 4, 4.9  # a year merely told of counts as some years, never as plainly long
_TERMS = re.compile(
    r"(?<!\w)(?P<count>\d|hai|ba|bốn|bon|năm|nhiều|nhieu|mấy|may)\s+(?:nhiệm kỳ|nhiem ky|khóa|khoa)(?!\w)"
)
_TIMES = re.compile(
    r"(?<!\w)(?P<count>\d{1,2}|một|hai|ba|bốn|bon|năm|sáu|bảy|nhiều|nhieu|mấy|may)\s+(?:lần|lan|đợt|dot|bận)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Years something has lasted (a term counts as five, "nhiều" as two of its kind) and where it is said."""

    years: float
    start: int
    end: int


def _count(text: str) -> float:
    if text in ("nhiều", "nhieu", "mấy", "may"):
        return 2
    number = parse_number(text)
    if number is not None:
        return number
    return number_in_words([_ACCENT.get(word, word) for word in text.split()]) or 0


_ACCENT = {
    "mot": "một", "bon": "bốn", "nam": "năm", "sau": "sáu", "bay": "bảy", "tam": "tám", "chin": "chín",
    "muoi": "mươi", "tu": "tư", "lam": "lăm", "tram": "trăm", "chuc": "chục",
}  # fmt: skip


def durations(text: str, *, bare: bool, year: int) -> list[Duration]:
    """Every lasting in a text made by `plain` (or `fold` when `bare`), `year` being the year it speaks in.

    >>> [found.years for found in durations("bốn năm nay không nhích thêm", bare=False, year=2022)]
    [4]
    >>> [found.years for found in durations("tồn tại từ năm 2009, kéo dài từ 7 đến 11 năm", bare=False, year=2022)]
    [11.0, 13]
    """
    found = [
        Duration(_count(each["count"]), each.start(), each.end())
        for pattern in (_LASTING[bare], _SPAN[bare])
        for each in pattern.finditer(text)
    ]
    found += [
        Duration(year - int(each["year"]), each.start(), each.end())
        for each in _SINCE.finditer(text)
        if int(each["year"]) < year
    ]
    found += [Duration(5 * _count(each["count"]), each.start(), each.end()) for each in _TERMS.finditer(text)]
    return [each for each in found if 0 < each.years <= 80 and _tells_of_trouble(text, each)]


_SENTENCE = re.compile(r"[.;\n]")
_TROUBLE = re.compile(
    r"(?<!\w)(?:khong|chua|van|vuong|kho|ton|treo|do dang|thieu|nghen|buc xuc|tranh chap|lan|lan chiem|o nhiem|bo hoang|bo khong|"
    r"kien|no|nan|cu|hong|sat|tai|dung|ngap|di vong|cho|phai|chi|lai|moi|het|xa|mat|nhieu lan|keo dai|bo do|can|hu|xuong cap|roi|cuoi bang|thap|cham|"
    r"tre|yeu|bi|rach|nhiem|chet|don|chia|thua|trang|ghep|muon|nho|hep|dot|tam|lut)(?!\w)"
)


def _tells_of_trouble(text: str, found: Duration) -> bool:
    """ "Ba năm qua đạt 41.000 lượt" is a record, not a difficulty: the sentence must say what is wrong."""
    start = max((cut.end() for cut in _SENTENCE.finditer(text, 0, found.start)), default=0)
    end = next((cut.start() for cut in _SENTENCE.finditer(text, found.end)), len(text))
    return bool(_TROUBLE.search(fold(text[start : found.start] + " " + text[found.end : end])))


def tries(text: str) -> list[tuple[float, int, int]]:
    """ "dẹp bốn lần", "ba lần lập kế hoạch": how many times, and where it is said.

    >>> [count for count, start, end in tries("xã đã dẹp bốn lần")]
    [4]
    """
    return [
        (_count(each["count"]), each.start(), each.end())
        for each in _TIMES.finditer(text)
        if _IN_VAIN.search(fold(text[max(0, each.start() - 50) : each.end() + 70]))
    ]


_IN_VAIN = re.compile(
    r"(?<!\w)(?:khong|chua|dau vao day|that bai|bat thanh|hut|dep|roi|van|deu|kien nghi|tra ve|vo|cu|be tac)(?!\w)"
)
