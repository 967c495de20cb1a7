"""Rõ việc: the object and the end state are named, so two readers would agree what is to be done."""

import re

from dotpha.rules.clarity.judged import Judged, met, unmet
from dotpha.rules.reading.fields import STORY, Reading
from dotpha.rules.screening.result import Evidence

_MANY_VAGUE = 2
_ENOUGH_DETAILS = 2
# A name inside a sentence ("đền Thượng", "đê hữu sông Cái"); bodies and offices are no details.
_INNER_WORD = re.compile(r"(?<=\w )[^\W\d_]+")
_BODIES = frozenset(
    ("Đảng", "Đoàn", "Hội", "Ban", "Chi", "Bí", "Chủ", "Phó", "Trưởng", "Ủy", "Mặt", "Luật", "Nghị", "Quy", "Quyết",
     "Kế", "Trung", "Huyện", "Nhà", "Bác", "Tết", "Đại", "Công", "Tỉnh", "Thông", "Chỉ", "Kết")
)  # fmt: skip
_DONE = re.compile(r"(?<!\w)(?:xong|hết|xong hẳn|het)(?!\w)")


def work(reading: Reading) -> Judged:
    if not reading.registration.title.strip():
        return unmet("work.missing", "Chưa nêu tên việc.")
    aimed = _aimed(reading) or _figures(reading)
    open_end = reading.says("open_end")
    if open_end and not aimed:
        return unmet("work.open_end", "Không biết đến đâu thì coi là xong.", *reading.quotes(open_end))
    anchors = aimed or _ends_in_title(reading)
    if anchors:
        return met("Nêu được việc phải làm và kết quả có thể kiểm tra.", *anchors[:3])
    vague, slogans = reading.says("vague"), reading.says("slogan")
    if reading.in_title("vague") or len(vague) >= _MANY_VAGUE:
        return unmet("work.vague", "Mới nêu chủ trương, chưa rõ làm việc gì, đến đâu là xong.", *reading.quotes(vague))
    if reading.in_title("slogan"):
        return unmet("work.slogan", "Tên việc là khẩu hiệu, chưa rõ kết quả cuối cùng.", *reading.quotes(slogans))
    if reading.says("end_state"):
        return met("Nêu được việc phải làm.", *reading.quotes(reading.says("end_state"), most=2))
    details = _details(reading) + list(reading.quotes(reading.says("activity")))
    if len(details) >= _ENOUGH_DETAILS and not vague:
        return met("Nêu được việc cụ thể.", *details[:3])
    return unmet("work.vague", "Chưa rõ làm việc gì, đến đâu là xong.", *reading.quotes(vague))


def _aimed(reading: Reading) -> list[Evidence]:
    """Named indicators with a target: nobody need ask what is meant."""
    return [
        Evidence(f"indicators.{n}.target", 0, 0, each.name)
        for n, each in enumerate(reading.registration.indicators)
        if each.target is not None and each.name
    ]


def _figures(reading: Reading) -> list[Evidence]:
    return [reading.quote(figure.field, figure.start, figure.end) for figure in reading.targets]


def _ends_in_title(reading: Reading) -> list[Evidence]:
    """A verb with an end at the head of the title or of one of its parts; elsewhere it only names a subject."""
    title = reading.matched["title"]
    heads = [
        hit
        for hit in reading.in_title("end_state")
        if not title[: hit.start].strip() or title[: hit.start].rstrip().endswith((",", ";", ":", "-", " và", " va"))
    ]
    return list(reading.quotes(tuple(heads)))


def _details(reading: Reading) -> list[Evidence]:
    """Figures of any kind, names of places and things, and "xong": what a slogan has none of."""
    found = [reading.quote(each.field, each.start, each.end) for each in reading.figures]
    for field in STORY:
        text = getattr(reading.registration, field)
        found += [reading.quote(field, *each.span()) for each in _INNER_WORD.finditer(text) if _is_name(text, each)]
        found += [reading.quote(field, *each.span()) for each in _DONE.finditer(reading.matched[field])]
    return found


def _is_name(text: str, word: re.Match[str]) -> bool:
    """Capitalised inside a sentence; the head of a sentence is no name."""
    return word[0][0].isupper() and text[word.start() - 2].islower() and word[0] not in _BODIES
