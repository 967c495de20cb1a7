"""How far the work reaches, as a text says it: first in the region, all of them or a part, large or small.

All patterns read folded text, so that text typed without accents is read alike; spans are those of the field.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dotpha.rules.reading.durations import NUMBER_WORDS, count
from dotpha.rules.vietnamese.numbers import NUMBER, parse_number
from dotpha.rules.vietnamese.text import fold


class Said(NamedTuple):
    """`share` from 0 to 1: how strongly a span says it."""

    share: float
    start: int
    end: int


_COUNT = rf"(?P<count>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,5}}|{NUMBER_WORDS})"
_PLACE = (
    r"(?:noi|xa|phuong|huyen|tinh|thi xa|thi tran|thanh pho|don vi|dia phuong|truong|chi bo|dang bo|co quan|to|thon|ban"
    r"|buon|lang|cho|hop tac xa|benh vien|tram)"
)
_AROUND = r"(?:tinh|huyen|vung|cum|thanh pho|thi xa|khu vuc|nuoc|nganh|quan vung|xa)"
_FIRST_AROUND = re.compile(
    rf"(?<!\w)(?:chua (?:co )?{_PLACE}(?: \w+){{0,3}}? nao"
    rf"|(?:ca|trong|toan|khap) {_AROUND}(?: \w+){{0,3}}? chua(?! dat| duoc| het| xong)"
    rf"|(?:dau tien|lan dau) (?:cua|trong|o|toan|ca) (?:toan |ca )?{_AROUND}|truoc ca (?:tinh|huyen|nuoc)"
    r"|chua (?:tung )?co tien le|chua (?:tung )?ai (?:tung )?lam|truoc nay chua ai|noi khac chua"
    r"|duy nhat (?:cua|trong|o) (?:toan |ca )?(?:tinh|huyen|nuoc|vung))(?!\w)"
)


def first_around(text: str) -> Iterator[Said]:
    """ "Chưa xã nào trong huyện làm", "thí điểm đầu tiên của tỉnh": new beyond one's own house.

    >>> [said.share for said in first_around("trong tỉnh chưa nơi nào làm với tàu xa bờ")]
    [1.0]
    >>> list(first_around("lần đầu tiên đoàn xã có trang mạng"))
    []
    """
    folded = fold(text)
    if any(map(folded.__contains__, ("chua", "dau tien", "lan dau", "truoc ca", "duy nhat"))):
        for found in _FIRST_AROUND.finditer(folded):
            yield Said(1.0, *found.span())


_THINGS = (
    r"(?:ho|don|vu|cau|nguoi|thua|bo|truong hop|kien nghi|tau|em|xuong"
    r"|chi bo|thon|ban|km|ha|nha|diem|vi tri|ho so|doan)"
)
_WHOLE = re.compile(rf"(?<!\w)(?:ca|du|toan bo|het|tat ca|tron|hoan thanh ca|cho du)\s+{_COUNT}\s+{_THINGS}(?!\w)")
_ALL_OF = re.compile(rf"(?<![\w/])(?P<count>\d{{1,5}})/(?P=count)\s+{_THINGS}(?!\w)")


def whole(text: str, *, bare: bool) -> Iterator[Said]:
    """ "Đủ 34 hộ", "46/46 hộ", "cả 61 chi bộ": none is left out.

    >>> [said.share for said in whole("46/46 hộ dọn về trước mùa mưa", bare=False)]
    [1.0]
    """
    folded = fold(text)
    for found in _WHOLE.finditer(folded):
        if count(text[slice(*found.span("count"))], bare=bare) >= 2:
            yield Said(1.0, *found.span())
    if "/" in folded:
        for found in _ALL_OF.finditer(folded):
            yield Said(1.0, *found.span())


_PART_OF = re.compile(
    rf"(?<!\w){_COUNT}\s+(?:\w+\s+){{0,3}}?trong\s+(?:tong\s+)?(?:so\s+)?(?P<all>\d{{1,5}})\s+(?=[a-z])"
)
_FRACTION = re.compile(rf"(?<![\w/.])(?P<count>\d{{1,4}})/(?P<all>\d{{1,4}})\s+{_THINGS}(?!\w)")
_LEFT_OVER = re.compile(
    r"(?<!\w)con lai(?: \w+){0,8}? (?:de lai|de sau|cho|tiep tuc|sang nam|nam sau|chua|van|tinh sau|xem xet)(?!\w)"
    r"|(?<!\w)(?:de lai vi|de lai den|con de lai)(?!\w)"
    r"|(?<!\w)\d{1,4} (?:\w+ ){1,5}(?:phuc tap|kho) hon (?:cho|de|chua)(?!\w)"
)
_MOST = 0.8  # share from which a part is as good as the whole


def part_only(text: str, *, bare: bool) -> Iterator[Said]:
    """ "03 trong 11 hộ", "22 hộ còn lại chưa tìm được chỗ": the rest stays as it was.

    >>> [round(said.share, 2) for said in part_only("giải quyết 12 trong số 40 đơn kéo dài", bare=False)]
    [0.7]
    """
    folded = fold(text)
    counted = [*_PART_OF.finditer(folded)] if " trong " in folded else []
    counted += _FRACTION.finditer(folded) if "/" in folded else ()
    for found in counted:
        done, every = count(text[slice(*found.span("count"))], bare=bare), float(found["all"])
        if 0 < done < _MOST * every:
            yield Said(1 - done / every, *found.span())
    if any(map(folded.__contains__, ("con lai", "de lai", "phuc tap hon", "kho hon"))):
        for found in _LEFT_OVER.finditer(folded):
            yield Said(1.0, *found.span())


_MONEY = re.compile(rf"(?<![\w.,])(?P<amount>{NUMBER})\s*(?P<unit>trieu|ty|ti)(?: dong)?(?!\w)(?!\s*/)")
_SMALL, _LARGE = 100.0, 1_000.0  # million đồng


def small_money(text: str) -> Iterator[Said]:
    """The cost told, where the largest sum told is small: full up to 100 million đồng, none from a billion.

    >>> [said.share for said in small_money("kinh phí 9 triệu đồng")], list(small_money("bố trí 180 tỷ"))
    ([1.0], [])
    """
    folded, told = fold(text), []
    if "trieu" not in folded and " ty" not in folded and " ti" not in folded:
        return
    for found in _MONEY.finditer(folded):
        amount = parse_number(found["amount"])
        if amount is not None:
            told.append((amount * (1 if found["unit"] == "trieu" else 1_000), found.span()))
    if told:
        largest, span = max(told)
        share = min(1.0, max(0.0, (_LARGE - largest) / (_LARGE - _SMALL)))
        if share > 0:
            yield Said(share, *span)
