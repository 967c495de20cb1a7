"""What the map says of each task, in a drawing and in full."""

from collections.abc import Iterable

from dotpha.interfaces.web.task_map.ties import TIE_LABELS, UNCARRIED, Tie
from dotpha.registration.queries.links import LEADS_WORDS, Leads

SHORT_WHY = "chưa thấy nội dung phục vụ nhiệm vụ này"
UNFIT_ONLY = "việc gắn vào đây chưa khớp"
ELSEWHERE = "Có người ở tổ chức khác đảm nhận"


def collective_words(is_carried: bool, ties: Iterable[Tie]) -> str:
    """Empty when somebody who is shown carries it: the line says so.

    >>> collective_words(False, []), collective_words(False, [Tie.MISTIED]), collective_words(True, [Tie.FITS])
    ('Chưa ai đảm nhận', 'Chưa ai đảm nhận: việc gắn vào đây chưa khớp', '')
    """
    shown = set(ties)
    if not is_carried:
        return f"{UNCARRIED}: {UNFIT_ONLY}" if shown else UNCARRIED
    return "" if Tie.FITS in shown else ELSEWHERE


def individual_words(tie: Tie, leads: Leads, named: str, why: str) -> tuple[str, str]:
    """How a task is tied: short, for a drawing whose line says the rest, and in full. `named` is what its sheet calls
    the collective task."""
    label = TIE_LABELS[tie]
    match tie:
        case Tie.FITS:
            return "", label
        case Tie.UNTIED:
            told = f"{label}: mới ghi tên, {LEADS_WORDS[leads]}" if named else f"{label}: {LEADS_WORDS[leads]}"
            return told, f"{told} (“{named}”)" if named else told
    if leads is Leads.HERE:
        return f"{label}: {SHORT_WHY}", f"{label}. {why}" if why else f"{label}: {SHORT_WHY}"
    return f"{label}: {LEADS_WORDS[leads]}", f"{label}: {LEADS_WORDS[leads]}"


def owner_words(name: str, post: str, place: str) -> str:
    """Who registered it; `place` when that is not the organization the map is of.

    >>> owner_words("Trịnh Công Minh", "Công chức Văn phòng", ""), owner_words("Lò Văn Chung", "", "Chi bộ Công an")
    ('Trịnh Công Minh, Công chức Văn phòng', 'Lò Văn Chung (Chi bộ Công an)')
    """
    told = f"{name}, {post}" if post else name
    return f"{told} ({place})" if place and place not in told else told
