"""What a text says about a figure's past: "đã thi công 70%", "mỗi năm tăng 7 điểm", "lần lượt 7, 8 và 9".

Small readers, each for one way of saying it; they return values with the span that says so and never judge
whose values they are. What is planned ("phấn đấu mỗi năm tăng 7 điểm") is no past and is left out.
Matching is on folded text, which keeps every span; phrases are long enough not to collide without accents.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dotpha.rules.vietnamese.dates import days_in
from dotpha.rules.vietnamese.numbers import NUMBER, parse_number
from dotpha.rules.vietnamese.text import fold

# One description is read in many ways; it is folded once.
_folded = lru_cache(maxsize=16)(fold)

_COUNT_WORDS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_COUNT_WORDS)})"
_N = rf"(?:{NUMBER})"
_ABOUT = r"(?:\s*(?:duoc|khoang|chung|gan|hon|tren|co|chi|moi|la|dat|them|binh quan|trung binh|xap xi|:|~))*\s*"
_UNIT = r"(?P<unit>\s*(?:%|diem phan tram|diem %|[a-z]+(?:\s+[a-z]+)?))?"
_WORDS = r"(?:\s+[a-z]+){0,4}?"
_SENTENCE_END = re.compile(r"[.;!?](?=\s|$)|\n")
_PLANNED = re.compile(
    r"(?<!\w)(?:phan dau|muc tieu|chi tieu|ke hoach|dang ky|se|du kien|yeu cau|quyet tam|duoc giao|lo trinh)(?!\w)"
)


class Saying:
    """A way of saying something: a pattern for folded text, tried only where one of `words` occurs."""

    def __init__(self, words: tuple[str, ...], pattern: str) -> None:
        self._words, self._pattern = words, re.compile(pattern)

    def find(self, folded: str) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(folded) if any(map(folded.__contains__, self._words)) else iter(())


_AGO = r"(?:truoc|qua|gan day|gan nhat|lien|vua qua|lien tiep)"  # "ba năm qua"
_IS = r"(?:chi|moi|co|dat|la|con|duoc|o muc|ty le|thuc hien|ket qua)"

_PROGRESS = Saying(
    ("%",),
    r"(?<!\w)(?:da|moi|den nay|hien)\s+(?:thi cong|xay dung|hoan thanh|thuc hien|dat|giai phong|xong|lam|ban giao"
    rf"|lap dat|san lap|xay lap){_WORDS}{_ABOUT}(?P<value>{_N})\s*%"
    rf"|(?<!\w)(?:khoi luong|tien do){_WORDS}\s+(?:dat|duoc|la|khoang){_ABOUT}(?P<also>{_N})\s*%",
)
_BEGAN = Saying(
    ("khoi cong", "thi cong", "dong tho"),
    r"(?<!\w)(?:khoi cong|bat dau thi cong|dong tho|trien khai thi cong)(?:\s+(?:tu|vao|xay dung|ngay))*\s*",
)
_PACE = Saying(
    ("tang", "giam"),
    r"(?<!\w)(?:moi nam|hang nam|nam nao cung|binh quan nam)(?:\s+(?:cung|chi|deu|van|duoc|lai|thuong)){0,3}"
    rf"\s+(?P<way>tang|giam|ha){_ABOUT}(?P<value>{_N}){_UNIT}"
    rf"|(?<!\w)(?P<way2>tang|giam){_ABOUT}(?P<value2>{_N}){_UNIT.replace('<unit>', '<unit2>')}"
    r"\s*(?:/\s*nam|moi nam|mot nam|hang nam)(?!\w)",
)
_MONTHLY = Saying(
    (" thang",),
    r"(?<!\w)(?:moi|hang|binh quan|trung binh) thang(?:\s+[a-z]+){0,3}?"
    rf"\s+(?:them|tang|lam duoc|thi cong duoc|duoc|dat){_ABOUT}(?P<value>{_N})\s*%",
)
_IN_TURN = Saying(
    ("lan luot",),
    rf"(?<!\w)(?:(?P<count>{_COUNT})\s+nam\s+{_AGO}|(?:cac nam|nam|giai doan|tu nam)\s+(?P<from>20\d\d)"
    r"\s*(?:-|den nam|den|,\s*20\d\d(?:,|\s*va)?)\s*(?P<to>20\d\d))[^.;\d]{0,40}?lan luot[^.;\d]{0,40}?"
    rf"(?P<list>{_N}(?:\s*%)?(?:\s*(?:,|;|va|-|roi)\s*{_N}(?:\s*%)?)+){_UNIT}",
)
_EACH_YEAR = Saying(
    ("moi nam", "nam nao"),
    rf"(?<!\w)(?P<count>{_COUNT})\s+nam\s+{_AGO},?\s+(?:moi nam|nam nao)(?:\s+[a-z]+){{0,4}}?"
    rf"\s+(?P<value>{_N}){_UNIT}",
)
_IN_YEAR = Saying(
    ("nam 20",),
    rf"(?<!\w)(?:cuoi\s+)?nam\s+(?P<year>20\d\d)\s*(?::|(?:\s*{_IS}){{1,3}}){_ABOUT}"
    rf"(?P<value>{_N})(?:\s*/\s*\d+)?{_UNIT}",
)
_NOW = Saying(
    ("hien", "den nay"),
    r"(?<!\w)(?:hien|hien nay|den nay|hien tai)(?:\s+(?:xa|huyen|thi tran|toan xa|toan huyen|ca huyen|don vi))?"
    rf"(?:\s+{_IS}){{1,3}}{_ABOUT}(?P<value>{_N})(?:\s*/\s*\d+)?{_UNIT}",
)
_FROM_TO = Saying(
    ("len", "xuong", "giam con"),
    rf"(?<!\w)tu\s+(?P<from>{_N})(?:\s*(?:%|[a-z]+(?:\s+[a-z]+)?))?\s*(?:\(?(?:cuoi\s+)?nam\s+20\d\d\)?\s*)?"
    r"(?:len|xuong con|xuong|tang len|giam con|giam xuong)(?:\s+(?:tren|duoi|it nhat|toi thieu|con))?"
    rf"\s+(?P<to>{_N}){_UNIT}",
)
_STILL = Saying(
    ("khong", "chua", "dung yen", "dam chan", "giam chan", "o nguyen", "dung thi", "bo do", "dinh tre", "do dang"),
    rf"(?<!\w)(?P<count>{_COUNT})\s+nam\s+(?:nay|qua|lien|lien tiep|gan day|roi)?\s*(?:(?:deu|van|hau nhu)\s+)?"
    r"(?:khong\s+(?:nhich|thay doi|(?:tang|giam)(?=\s*(?:[.,;]|$|them|duoc))|tien trien"
    r"|(?:co )?chuyen bien|nhuc nhich|them duoc|ket nap"
    r"|phat trien duoc)|chua\s+(?:ket nap|nhich|tang|phat trien duoc)|dung yen|dam chan|giam chan|o nguyen"
    r"|dung thi cong|bo do|dinh tre|do dang)",
)
_STALLED = re.compile(
    r"(?<!\w)(?:dung yen|dam chan tai cho|giam chan tai cho|do dang|bo do|dinh tre|dung thi cong|dap chieu"
    r"|dinh hoan|khong nhich|khong tien trien|ngung thi cong|dung giua chung)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Values said in a text, the one or two words after them ("%", "đảng viên"; "" if none) and the span."""

    values: tuple[float, ...]
    unit: str
    start: int
    end: int
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Began:
    day: date
    start: int
    end: int


def progress_in(text: str) -> list[Stated]:
    """How far one piece of work is, in per cent.

    >>> [found.values for found in progress_in("đến nay đã thi công được khoảng 70% khối lượng")]
    [(70.0,)]
    """
    return [
        Stated((value,), "%", found.start(), found.end())
        for found in _said(_PROGRESS, text)
        if (value := parse_number(found["value"] or found["also"])) is not None and value < 100
    ]


def began_in(text: str, year: int | None = None) -> list[Began]:
    """When work on it began; a bare year counts with its middle.

    >>> [str(found.day) for found in began_in("khởi công tháng 4/2021, đến nay")]
    ['2021-04-30']
    """
    folded, found = _folded(text), []
    for each in _BEGAN.find(folded):
        tail = text[each.end() : each.end() + 24]
        days = [day for day in days_in(tail, year) if day.start <= 1]
        if days:
            found.append(Began(days[0].day, each.start(), each.end() + days[0].end))
        elif bare := re.match(r"(?:nam\s+)?(20\d\d)(?!\d)", folded[each.end() :]):
            found.append(Began(date(int(bare[1]), 6, 30), each.start(), each.end() + bare.end()))
    return found


def pace_in(text: str) -> list[Stated]:
    """Change in a year, negative where it falls.

    >>> [(f.values, f.unit) for f in pace_in("mấy năm qua mỗi năm tăng khoảng 7 điểm; giảm 0,4 điểm phần trăm mỗi năm")]
    [((7.0,), 'điểm'), ((-0.4,), 'điểm phần trăm')]
    >>> pace_in("phấn đấu mỗi năm tăng 7 điểm")
    []
    """
    paces = []
    for found in _said(_PACE, text):
        value = parse_number(found["value"] or found["value2"])
        if value is not None:
            sign = 1 if (found["way"] or found["way2"]) == "tang" else -1
            unit = _unit(text, found, "unit" if found["way"] else "unit2")
            paces.append(Stated((sign * value,), unit, found.start(), found.end()))
    return paces


def monthly_in(text: str) -> list[Stated]:
    """Per cent of one piece of work done in a month.

    >>> [found.values for found in monthly_in("đã thi công 70%, mỗi tháng thêm khoảng 7%")]
    [(7.0,)]
    """
    return [
        Stated((value,), "%", found.start(), found.end())
        for found in _said(_MONTHLY, text)
        if (value := parse_number(found["value"]))
    ]


def yearly_in(text: str, year: int) -> list[Stated]:
    """Values of whole years, oldest first; `year` is the year the text speaks in.

    >>> [(f.values, f.years) for f in yearly_in("Ba năm trước lần lượt kết nạp 7, 8 và 9 đảng viên.", 2022)]
    [((7.0, 8.0, 9.0), (2019, 2020, 2021))]
    >>> [(f.values, f.years) for f in yearly_in("Hai năm trước mỗi năm huyện có 4 sản phẩm", 2022)]
    [((4.0, 4.0), (2020, 2021))]
    >>> [(f.values, f.years, f.unit) for f in yearly_in("năm 2021 đạt 52%", 2022)]
    [((52.0,), (2021,), '%')]
    """
    found = [*_in_turn(text, year), *_each_year(text, year)]
    for each in _said(_IN_YEAR, text):
        value = parse_number(each["value"])
        taken = any(other.start < each.end() and each.start() < other.end for other in found)
        if value is not None and int(each["year"]) < year and not taken:
            unit = _unit(text, each)
            found.append(Stated((value,), unit, each.start(), each.end(), (int(each["year"]),)))
    return found


def now_in(text: str) -> list[Stated]:
    """Where the figure stands today.

    >>> [(f.values, f.unit) for f in now_in("Hiện đạt 14/19 tiêu chí")]
    [((14.0,), 'tiêu chí')]
    """
    return [
        Stated((value,), _unit(text, found), found.start(), found.end())
        for found in _said(_NOW, text)
        if (value := parse_number(found["value"])) is not None
    ]


def from_to_in(text: str) -> list[Stated]:
    """(today, target) of "từ 12% lên 70%", planned or not.

    >>> [(f.values, f.unit) for f in from_to_in("đưa hồ sơ trực tuyến từ 12% lên 70%")]
    [((12.0, 70.0), '%')]
    """
    pairs = []
    for found in _FROM_TO.find(_folded(text)):
        values = parse_number(found["from"]), parse_number(found["to"])
        if values[0] is not None and values[1] is not None:
            unit = _unit(text, found)
            pairs.append(Stated((values[0], values[1]), unit, found.start(), found.end()))
    return pairs


def still_in(text: str) -> list[Stated]:
    """Years without a move.

    >>> [found.values for found in still_in("bốn năm nay không nhích thêm được")]
    [(4.0,)]
    """
    return [
        Stated((float(_count(found["count"])),), "năm", found.start(), found.end()) for found in _said(_STILL, text)
    ]


def stalls(text: str) -> bool:
    """Whether the text says that the work stands still, for however long."""
    return bool(_STALLED.search(_folded(text)))


def _in_turn(text: str, year: int) -> Iterator[Stated]:
    for found in _said(_IN_TURN, text):
        values = [parse_number(each) for each in re.findall(NUMBER, found["list"])]
        if found["count"]:
            years = _years_before(year, _count(found["count"]))
        else:
            years = tuple(range(int(found["from"]), int(found["to"]) + 1))
        known = tuple(value for value in values if value is not None)
        if len(known) == len(years):
            unit = "%" if "%" in found["list"] else _unit(text, found)
            yield Stated(known, unit, found.start(), found.end(), years)


def _each_year(text: str, year: int) -> Iterator[Stated]:
    for found in _said(_EACH_YEAR, text):
        value = parse_number(found["value"])
        if value is not None:
            years = _years_before(year, _count(found["count"]))
            unit = _unit(text, found)
            yield Stated((value,) * len(years), unit, found.start(), found.end(), years)


def _unit(text: str, found: re.Match[str], group: str = "unit") -> str:
    """The unit as written: folding keeps every place."""
    return text[found.start(group) : found.end(group)].strip().lower() if found[group] else ""


def _years_before(year: int, count: int) -> tuple[int, ...]:
    return tuple(range(year - count, year))


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNT_WORDS[word]


def _said(saying: Saying, text: str) -> Iterator[re.Match[str]]:
    """Matches in the folded text that tell of the past, not of a plan made earlier in the sentence."""
    folded = _folded(text)
    for found in saying.find(folded):
        ends = [end.end() for end in _SENTENCE_END.finditer(folded, 0, found.start())]
        if not _PLANNED.search(folded, ends[-1] if ends else 0, found.start()):
            yield found
