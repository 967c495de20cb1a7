"""Rõ trách nhiệm: two concrete duties attached to somebody, or accountability with a rhythm of reporting."""

from dotpha.rules.clarity.judged import Judged, met, unmet
from dotpha.rules.reading.duties import Duty, duties, reports_to_somebody
from dotpha.rules.reading.fields import Reading

_ENOUGH = 2
_FIELDS = ("responsibilities", "responsible")


def responsibility(reading: Reading) -> Judged:
    found = [(field, duty) for field in _FIELDS for duty in _duties(reading, field)]
    concrete = [(field, duty) for field, duty in found if duty.concrete]
    if len(concrete) >= _ENOUGH:
        return met(
            f"Có {len(concrete)} phần việc giao cho người, đơn vị cụ thể.",
            *(reading.quote(field, duty.start, duty.end) for field, duty in concrete[:4]),
        )
    for field in _FIELDS:
        told = reports_to_somebody(getattr(reading.registration, field))
        if told:
            return met("Người chủ trì chịu trách nhiệm và báo cáo theo kỳ.", reading.quote(field, *told))
    text = reading.registration.responsibilities
    if not text.strip():
        return unmet("responsibility.missing", "Chưa phân công ai làm phần việc nào.")
    whole = reading.quote("responsibilities", 0, len(text))
    if concrete:
        return unmet("responsibility.single", "Mới có một phần việc cụ thể; các phần khác chưa rõ ai làm gì.", whole)
    return unmet("responsibility.empty", "Phân công còn chung chung, chưa nêu phần việc của từng người.", whole)


def _duties(reading: Reading, field: str) -> list[Duty]:
    found = duties(getattr(reading.registration, field), bare=reading.bare)
    # A lead's name and posts alone are no duties; "A lo mặt bằng; B lo vốn" in the same field are.
    return found if field == "responsibilities" else [duty for duty in found if _has_verb(reading, field, duty)]


_DOING = ("chịu trách nhiệm", "lo ", "phụ trách", "chủ trì", "thực hiện", "theo dõi", "đôn đốc", "vận động")


def _has_verb(reading: Reading, field: str, duty: Duty) -> bool:
    said = reading.matched[field][duty.start : duty.end]
    return any(verb in said for verb in _DOING)
