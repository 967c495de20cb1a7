"""Gắn với tập thể: an individual's task serves a collective task, by name and by content."""

from dotpha.rules.clarity.judged import Judged, met, unmet
from dotpha.rules.reading.fields import Reading
from dotpha.rules.registration import Registration
from dotpha.rules.screening.result import Criterion
from dotpha.rules.similarity import shared_content


def linked(reading: Reading, parent: Registration | None) -> Judged:
    """`parent` is the collective task `parent_id` names, when it is at hand."""
    registration = reading.registration
    if not registration.is_individual:
        return Judged(Criterion(None, "Chỉ xét với cá nhân."))
    named = parent.title if parent else registration.parent_title
    if not registration.parent_id and not registration.parent_title:
        return unmet("linked.missing", "Chưa nêu việc này phục vụ nhiệm vụ nào của tập thể.")
    if not named:
        return met(f"Có nêu nhiệm vụ của tập thể ({registration.parent_id}); chưa có bản đó để đối chiếu nội dung.")
    shared = shared_content(registration, parent or named)
    if not shared.serves:
        return unmet("linked.elsewhere", f"Chưa thấy nội dung này phục vụ nhiệm vụ của tập thể “{named}”.")
    return met(
        f"Nội dung phục vụ nhiệm vụ của tập thể “{named}”.",
        *(reading.quote(field, start, end) for field, start, end in shared.spans[:3]),
    )
