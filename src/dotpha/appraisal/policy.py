"""Who may do what with the board. Deny unless a line below says yes.

What the machine said of one task is read by whoever reads the task (`registration.policy.tasks_visible_to`); the board
puts many beside each other and is for those who appraise and decide.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from dotpha.appraisal.models import ScreeningResult
from dotpha.core.errors import NotAllowed
from dotpha.directory import policy as directory
from dotpha.directory.models import Function
from dotpha.registration.models import Campaign

Anyone = directory.Anyone


class Deed(StrEnum):
    """What can be done in this room; each is one action or one page."""

    SEE_BOARD = "see_board"
    RESCREEN = "rescreen"


DEED_LABELS: Mapping[Deed, str] = {
    Deed.SEE_BOARD: "Xem bảng rà soát của đợt",
    Deed.RESCREEN: "Rà soát lại cả đợt bằng bộ quy tắc mới",
}

WHO_MAY: Mapping[Deed, frozenset[Function]] = {
    Deed.SEE_BOARD: frozenset(Function) - {Function.REGISTRANT, Function.TECHNICAL_ADMINISTRATOR},
    Deed.RESCREEN: frozenset({Function.APPRAISER, Function.CLERK}),
}


def deed_in_sentence(deed: Deed) -> str:
    label = DEED_LABELS[deed]
    return label[0].lower() + label[1:]


def may(user: Anyone, deed: Deed, campaign: Campaign, *, on: date) -> bool:
    """Whether the person may do this with the whole campaign. One query."""
    return directory.has_any(user, WHO_MAY[deed], campaign.organization, on=on)


def require(user: Anyone, deed: Deed, campaign: Campaign, *, on: date) -> None:
    if not may(user, deed, campaign, on=on):
        raise NotAllowed(
            f"Đồng chí không có quyền: {deed_in_sentence(deed)} ở {campaign.organization}.", scope=campaign.organization
        )


def board_of(user: Anyone, campaign: Campaign, *, on: date) -> QuerySet[ScreeningResult]:
    """What stands on the board, as far as the person reads it: all of the campaign where his function holds at its
    committee or above, otherwise what the organizations of his part sent. One query, before any of the board.

    Raises:
        NotAllowed: he reads nothing of it.
    """
    shown = ScreeningResult.objects.filter(campaign=campaign, is_current=True)
    if may(user, Deed.SEE_BOARD, campaign, on=on):
        return shown
    return shown.filter(_part(user, campaign, on))


def _part(user: Anyone, campaign: Campaign, on: date) -> Q:
    functions, path = WHO_MAY[Deed.SEE_BOARD], campaign.organization.path
    held = directory.grants_of(user, on=on)
    if not any(Function(each.function) in functions and each.organization.path.startswith(path) for each in held):
        label = deed_in_sentence(Deed.SEE_BOARD)
        raise NotAllowed(f"Đồng chí không có quyền: {label} ở {campaign.organization}.", scope=campaign.organization)
    return directory.within_scopes(user, functions, on=on, prefix="organization__")
