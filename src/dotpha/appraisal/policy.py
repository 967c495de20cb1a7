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
        raise _not_allowed(deed, campaign)


def sees_board(user: Anyone, campaign: Campaign, *, on: date) -> bool:
    """Whether his function holds at the campaign's committee, above it, or somewhere below it. One query."""
    path, functions = campaign.organization.path, WHO_MAY[Deed.SEE_BOARD]
    places = [
        grant.organization.path
        for grant in directory.grants_of(user, on=on)
        if Function(grant.function) in functions and grant.organization.path
    ]
    return any(path.startswith(place) or place.startswith(path) for place in places)


def board_of(user: Anyone, campaign: Campaign, *, on: date) -> QuerySet[ScreeningResult]:
    """What stands on the board, as far as the person reads it. Up to three queries, none of the board.

    Raises:
        NotAllowed: he reads nothing of it.
    """
    part = part_of(user, campaign, on=on)
    return ScreeningResult.objects.shown().filter(part, campaign=campaign)


def part_of(user: Anyone, campaign: Campaign, *, on: date, prefix: str = "") -> Q:
    """How far the person reads the board, as a condition on the organization reached through `prefix`: all of the
    campaign where his function holds at its committee or above, otherwise what the organizations of his part sent.

    Raises:
        NotAllowed: he reads nothing of it.
    """
    if not sees_board(user, campaign, on=on):
        raise _not_allowed(Deed.SEE_BOARD, campaign)
    if may(user, Deed.SEE_BOARD, campaign, on=on):
        return Q()
    return directory.within_scopes(user, WHO_MAY[Deed.SEE_BOARD], on=on, prefix=f"{prefix}organization__")


def _not_allowed(deed: Deed, campaign: Campaign) -> NotAllowed:
    place = campaign.organization
    return NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)} ở {place}.", scope=place)
