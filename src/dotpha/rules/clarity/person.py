"""Rõ người: exactly one lead, a person with a full name or a post one person holds."""

import re
from collections.abc import Sequence

from dotpha.rules.clarity.judged import Judged, met, unmet
from dotpha.rules.reading.fields import Reading
from dotpha.rules.reading.people import Part, Who, parts
from dotpha.rules.screening.result import Evidence

_SINGLE = frozenset((Who.PERSON, Who.POST, Who.SELF))
# "Phó Bí thư Đảng ủy, Chủ tịch UBND xã" is one person with two posts; these words never lead a second post.
_MANY_OF_A_POST = re.compile(
    r"(?<!\w)(?:các|cac|những|nhung|hai|ba|02|03|mọi|moi|tất cả|tat ca)\s+"
    r"(?:đồng chí|dong chi|đ/c|phó|pho|bí thư|bi thu|chủ tịch|chu tich|trưởng|truong|ủy viên|uy vien)"
    r"|(?:bí thư|bi thu|chủ tịch|chu tich|trưởng|truong)\s.{0,30}(?:hai|ba|bốn|các|cac|mỗi|moi)\s"
    r"(?:xã|xa|thôn|thon|đơn vị|don vi|chi bộ|chi bo|phường|phuong|bản|ban|cơ quan|co quan)(?!\w)"
)


def person(reading: Reading) -> Judged:
    registration = reading.registration
    if registration.responsible.strip():
        return _named(reading, "responsible")
    if registration.is_individual:
        return met("Cá nhân tự đăng ký nên chính là người chịu trách nhiệm.")
    lead = _lead_among_duties(reading)
    if lead is not None:
        return met(
            f"Phần phân công nêu người chủ trì: {lead.text}.",
            reading.quote("responsibilities", lead.start, lead.end),
        )
    return unmet("person.missing", "Chưa nêu ai chịu trách nhiệm chính.")


def _named(reading: Reading, field: str) -> Judged:
    text = getattr(reading.registration, field)
    whole = reading.quote(field, 0, len(text))
    groups = parts(text, bare=reading.bare)
    leaders = [group for group in groups if any(part.leads for part in group)]
    if len(leaders) == 1 and leaders[0][0].who in _SINGLE:
        return met(f"Có một người chủ trì: {leaders[0][0].text}.", _quote(reading, field, leaders[0]))
    main = [group for group in groups if not group[0].helps]
    if not main:
        return unmet("person.missing", "Chỉ nêu nơi phối hợp, chưa nêu người chủ trì.", whole)
    if len(main) > 1 and len(leaders) == len(main) and all(each[0].who in _SINGLE for each in main):
        return met("Mỗi phần việc có một người phụ trách.", whole)
    return _judge_heads(reading, field, main)


def _judge_heads(reading: Reading, field: str, main: Sequence[Sequence[Part]]) -> Judged:
    text = getattr(reading.registration, field)
    whole = reading.quote(field, 0, len(text))
    heads = [group[0] for group in main]
    named = [head for head in heads if head.who is not Who.OTHER]  # "… cùng chỉ đạo" is nobody more
    if _MANY_OF_A_POST.search(reading.matched[field]) or (
        len(named) > 1 and all(head.who in _SINGLE for head in named)
    ):
        return unmet("person.several", "Nêu nhiều người, chưa rõ ai chịu trách nhiệm chính.", whole)
    if any(head.who is Who.GIVEN_NAME for head in heads):
        return unmet("person.given_name", "Chỉ ghi tên gọi, chưa đủ họ tên hoặc chức vụ.", whole)
    if any(head.who is Who.GROUP for head in heads) or any(
        part.who is Who.GROUP and not part.helps for part in main[0][1:] if main[0][0].who is not Who.PERSON
    ):
        return unmet("person.collective", "Nêu tập thể hoặc cơ quan, chưa nêu một người chịu trách nhiệm chính.", whole)
    if heads[0].who in _SINGLE:
        return met(f"Có một người chịu trách nhiệm chính: {heads[0].text}.", _quote(reading, field, main[0]))
    return unmet("person.unclear", "Chưa xác định được một người hay một chức vụ cụ thể.", whole)


def _lead_among_duties(reading: Reading) -> Part | None:
    text = reading.registration.responsibilities
    leading = [part for group in parts(text, bare=reading.bare) for part in group if part.leads and part.who in _SINGLE]
    return leading[0] if len(leading) == 1 else None


def _quote(reading: Reading, field: str, group: Sequence[Part]) -> Evidence:
    return reading.quote(field, group[0].start, group[-1].end)
