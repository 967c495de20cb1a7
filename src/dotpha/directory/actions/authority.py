"""Over whose record a person has a say; nobody has one over his own."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from dotpha.accounts.models import User
from dotpha.core.errors import NotAllowed
from dotpha.directory import policy
from dotpha.directory.actions.deed import day_of
from dotpha.directory.models import CadreManagement, Official, PartyOrganization, Tenure
from dotpha.directory.policy import Deed

OWN = (
    "Đồng chí không tự ghi, tự sửa thông tin, chức vụ hay cấp ủy quản lý của chính mình; đề nghị người khác thực hiện."
)
NOT_OVER = (
    "Đồng chí không có quyền sửa thông tin của đồng chí {}: việc này thuộc cấp ủy đang quản lý, hoặc nơi đồng chí ấy "
    "đang giữ chức vụ nếu chưa ghi cấp ủy quản lý."
)


def require_not_own(by: User | None, official: Official) -> None:
    """
    Raises:
        NotAllowed: the record is that of the person who acts.
    """
    if by is not None and official.user_id == by.pk:
        raise NotAllowed(OWN)


def require_over(by: User | None, official: Official, *, at: datetime) -> None:
    """Let the system pass; a person needs the right at one of `places_over`.

    Raises:
        NotAllowed: the record is his own, or in nobody's hands of his.
    """
    if by is None:
        return
    require_not_own(by, official)
    places = places_over([official.pk], on=day_of(at))[official.pk]
    if not any(policy.may(by, Deed.CHANGE_OFFICIAL, place, on=day_of(at)) for place in places):
        raise NotAllowed(NOT_OVER.format(official), scope=places[0] if places else None)


def places_over(officials: Collection[int], *, on: date) -> dict[int, list[PartyOrganization]]:
    """Where the right over each record lies on a day: it suffices at one of them. Two queries.

    The committee that manages the person; without one, where he holds a post; without any, where he held the last
    one; and of whom never held any, the committee last written down. A former post beside these gives no say.
    """
    managed: dict[int, list[CadreManagement]] = {pk: [] for pk in officials}
    held: dict[int, list[Tenure]] = {pk: [] for pk in officials}
    of_these = CadreManagement.objects.filter(official__in=officials).select_related("organization")
    for management in of_these.order_by("valid_from", "-pk"):
        managed[management.official_id].append(management)
    posts = Tenure.objects.filter(official__in=officials).select_related("organization")
    for tenure in posts.order_by("valid_from", "-pk"):
        held[tenure.official_id].append(tenure)
    return {pk: _places(managed[pk], held[pk], on) for pk in officials}


def _places(managed: Sequence[CadreManagement], held: Sequence[Tenure], on: date) -> list[PartyOrganization]:
    rows: Sequence[CadreManagement | Tenure] = (
        [each for each in managed if each.holds_on(on)]
        or [each for each in held if each.holds_on(on)]
        or held[-1:]
        or managed[-1:]
    )
    return [each.organization for each in rows]
