"""Lượng hóa: a number to be reached, or a count of end products, that can be checked at the deadline."""

import re

from dotpha.rules.clarity.judged import Judged, met, unmet
from dotpha.rules.reading.fields import STORY, Reading
from dotpha.rules.reading.figures import Role
from dotpha.rules.registration import Indicator
from dotpha.rules.screening.result import Evidence
from dotpha.rules.vietnamese.numbers import show_number
from dotpha.rules.vietnamese.text import fold


def quantified(reading: Reading) -> Judged:
    aimed = [(n, each) for n, each in enumerate(reading.registration.indicators) if each.target is not None]
    if aimed:
        n, first = aimed[0]
        return met(f"Có chỉ tiêu đo được: {_shown(first)}.", _number(n, first))
    if reading.targets:
        figures = reading.targets[:3]
        return met(
            "Có con số phải đạt trong nội dung.",
            *(reading.quote(each.field, each.start, each.end) for each in figures),
        )
    told = _IN_WORDS.search(fold(reading.registration.title + ". " + reading.registration.description))
    if told:
        return met("Có mức phải đạt nói bằng lời.", *_quote(reading, told[0]))
    others = [figure for figure in reading.figures if figure.role is not Role.TARGET][:3]
    evidence = tuple(reading.quote(each.field, each.start, each.end) for each in others)
    if any(figure.role is Role.RESOURCE for figure in others):
        return unmet("quantified.resource_only", "Mới có số nguồn lực bỏ ra, chưa có kết quả phải đạt.", *evidence)
    if others or any(each.baseline is not None for each in reading.registration.indicators):
        return unmet("quantified.state_only", "Mới có số liệu hiện trạng, chưa có con số phải đạt.", *evidence)
    return unmet("quantified.missing", "Chưa có con số hay sản phẩm đếm được để biết đã đạt hay chưa.")


_IN_WORDS = re.compile(
    r"(?<!\w)(?:(?:giam|tang|con|dat) (?:mot nua|mot phan (?:hai|ba|tu|bon|nam|sau|bay|tam|muoi))"
    r"|gap (?:doi|ruoi|hai|ba|bon|nam|muoi))(?!\w)"
)


def _quote(reading: Reading, words: str) -> list[Evidence]:
    for field in STORY:
        at = fold(getattr(reading.registration, field)).find(words)
        if at >= 0:
            return [reading.quote(field, at, at + len(words))]
    return []


def _shown(indicator: Indicator) -> str:
    unit = f" {indicator.unit}" if indicator.unit else ""
    return f"{indicator.name or 'chỉ tiêu'} {show_number(indicator.target or 0)}{unit}"


def _number(n: int, indicator: Indicator) -> Evidence:
    return Evidence(f"indicators.{n}.target", 0, 0, show_number(indicator.target or 0))
