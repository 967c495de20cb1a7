"""How long something has lasted, as a text says it: "bốn năm nay", "từ năm 2016", "ba lần … không được"."""

import re
from dataclasses import dataclass

from dotpha.rules.vietnamese.numbers import number_in_words, parse_number
from dotpha.rules.vietnamese.text import fold

# All patterns read folded text; whether a word is a number is settled on the accents, where there are any.
NUMBER_WORDS = (
    r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc)(?:\s+(?:muoi|tram))?"
    r"(?:\s+(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin))?"
)
_COUNT = rf"(?P<count>\d{{1,3}}|{NUMBER_WORDS})"
_RANGE = r"(?:\d{1,3}\s*(?:-|den)\s*)?"
_LASTING = re.compile(
    rf"(?<!\w){_RANGE}{_COUNT}\s*nam\s*"
    r"(?:nay|qua|lien(?: tuc| tiep)?|rong|troi|gan day|tro lai day|chua|khong|van)(?!\w)"
)
_SPAN = re.compile(
    r"(?<!\w)(?:suot|hon|gan|da|tren|keo dai|qua|tu|toi|treo|bo hoang|bo khong|dong cua|vuong|ket|bi bo)"
    rf"\s+{_RANGE}{_COUNT}\s*nam(?!\s*(?:\d{{4}}|hoc))(?!\w)"
)
_SINCE = re.compile(
    r"(?<!\w)(?:tu|co tu)\s+(?:(?:dau|giua|cuoi|truoc)\s+)?(?:nam\s+)?(?P<year>(?:19|20)\d\d)"
    r"(?!\s*(?:-|den|toi)\s*(?:nam\s*)?\d)"
)
_YEAR_TOLD = re.compile(r"(?<!\w)nam\s+(?P<year>(?:19|20)\d\d)(?!\s*(?:-|den|/)\s*\d)")
_OLD, _AT_MOST = 4, 4.9  # a year merely told of counts as some years, never as plainly long
_TERMS = re.compile(r"(?<!\w)(?P<count>\d|hai|ba|bon|nam|nhieu|may)\s+(?:nhiem ky|khoa|chuc nam)(?!\w)")
_TIMES = re.compile(
    r"(?<!\w)(?P<count>\d{1,2}|mot|hai|ba|bon|nam|sau|bay|nhieu|may)\s+(?:lan|dot|ban|doi|cuoc|doan)(?!\w)"
)
_TIMES_SAID = frozenset(("lần", "đợt", "bận", "đời", "cuộc", "đoàn"))  # and not "bản", "đội"
_SEVERAL = frozenset(("nhiều", "mấy", "nhieu", "may"))


@dataclass(frozen=True, slots=True)
class Duration:
    """Years something has lasted (a term counts as five, "nhiều" as two of its kind) and where it is said."""

    years: float
    start: int
    end: int


def count(text: str, *, bare: bool) -> float:
    """The number a text of `plain` (or `fold` when `bare`) is; 0 when it is none: "sau năm", "bà Năm"."""
    if text in _SEVERAL:
        return 2
    number = parse_number(text)
    if number is not None:
        return number
    words = text.split()
    return number_in_words([_ACCENT.get(word, word) for word in words] if bare else words) or 0


_ACCENT = {
    "mot": "một", "bon": "bốn", "nam": "năm", "sau": "sáu", "bay": "bảy", "tam": "tám", "chin": "chín",
    "muoi": "mươi", "tu": "tư", "lam": "lăm", "tram": "trăm", "chuc": "chục",
}  # fmt: skip


def durations(text: str, *, bare: bool, year: int) -> list[Duration]:
    """Every lasting in a text made by `plain` (or `fold` when `bare`), `year` being the year it speaks in.

    >>> [found.years for found in durations("bốn năm nay không nhích thêm", bare=False, year=2022)]
    [4]
    >>> told = "tồn tại từ năm 2009, kéo dài từ 7 đến 11 năm chưa xong"
    >>> [found.years for found in durations(told, bare=False, year=2022)]
    [11.0, 11.0, 13, 4.9]
    """
    folded = fold(text)

    def counted(pattern: re.Pattern[str], *, each_is: float = 1) -> list[Duration]:
        return [
            Duration(each_is * count(text[slice(*found.span("count"))], bare=bare), *found.span())
            for found in pattern.finditer(folded)
        ]

    def since(pattern: re.Pattern[str], *, at_least: int, at_most: float) -> list[Duration]:
        ages = [(year - int(found["year"]), found.span()) for found in pattern.finditer(folded)]
        return [Duration(min(at_most, age), *span) for age, span in ages if age >= at_least]

    found: list[Duration] = []
    if "nam" in folded:
        found += counted(_LASTING) + counted(_SPAN)
        found += since(_SINCE, at_least=1, at_most=80) + since(_YEAR_TOLD, at_least=_OLD, at_most=_AT_MOST)
    elif " tu " in folded:
        found += since(_SINCE, at_least=1, at_most=80)
    if "nhiem ky" in folded or "khoa" in folded or "chuc nam" in folded:
        found += counted(_TERMS, each_is=5)
    return [each for each in found if 0 < each.years <= 80 and _tells_of_trouble(text, each, bare=bare)]


_SENTENCE = re.compile(r"[.;\n]")
# With accents, because "mỗi" is no "mới" and "cho" no "chờ"; text without accents has only the folded forms.
_TROUBLE_WORDS = (
    "không|chưa|vẫn|vướng|khó|tồn|treo|dở dang|thiếu|nghẽn|bức xúc|tranh chấp|lấn|ô nhiễm|bỏ hoang|bỏ không|bỏ dở"
    "|kiện|nợ|nan|hỏng|sạt|dừng|ngập|đi vòng|chờ|phải|chỉ|mất|nhiều lần|kéo dài|hư|xuống cấp|cuối bảng|đứng cuối"
    "|thấp|chậm|trễ|yếu|bị|rách|nhiễm|chết|chia|thua|trắng|ghép|hẹp|dột|tạm|lụt|kêu|hôi|thối|cứ|lại"
    "|nứt|giành|giận|xô xát|đóng cửa|tràn|hở|lệch|thất lạc|bó tay|từ chối|ghét|cãi|cấm|lo|sợ|sập|nhức nhối|nạn"
)
_TROUBLE = {
    False: re.compile(rf"(?<!\w)(?:{_TROUBLE_WORDS})(?!\w)"),
    True: re.compile(rf"(?<!\w)(?:{fold(_TROUBLE_WORDS)})(?!\w)"),
}


def _tells_of_trouble(text: str, found: Duration, *, bare: bool) -> bool:
    """ "Ba năm qua đạt 41.000 lượt" is a record, not a difficulty: the sentence must say what is wrong."""
    start = max((cut.end() for cut in _SENTENCE.finditer(text, 0, found.start)), default=0)
    ends = _SENTENCE.search(text, found.end)
    around = text[start : found.start] + " " + text[found.end : ends.start() if ends else None]
    return bool(_TROUBLE[bare].search(around))


_IN_VAIN = re.compile(
    r"(?<!\w)(?:khong|chua|dau vao day|that bai|bat thanh|hut|dep|roi|van|deu|kien nghi|tra ve|vo|cu|be tac"
    r"|hong|tan|tu choi|bo tay|nho|bi|lai|het|thua|do)(?!\w)"
)


_COMPLAINT = re.compile(
    r"(?:phan anh|di lai|neu|goi|kham|thu|to chuc|mo|kiem tra|giam sat)\s*$"
)  # told many times, not tried


def tries(text: str, *, bare: bool) -> list[tuple[float, int, int]]:
    """ "dẹp bốn lần", "ba lần lập kế hoạch đều không xong": how many times in vain, and where it is said.

    >>> [count for count, start, end in tries("xã đã dẹp bốn lần", bare=False)]
    [4]
    """
    folded = fold(text)
    return [
        (count(text[slice(*found.span("count"))], bare=bare), found.start(), found.end())
        for found in _TIMES.finditer(folded)
        if (bare or text[: found.end()].split()[-1] in _TIMES_SAID)
        and not _COMPLAINT.search(folded[: found.start()])
        and _IN_VAIN.search(folded[max(0, found.start() - 50) : found.end() + 70])
    ]
