"""What every deed of this room begins and ends with: who may, on which day, what changed meanwhile, the trace.

`by` is the person who acts. None is the system itself: the demo and `dotpha setup` found the first organization
and write the first officials with it. No page can pass None: a signed-in page has a user.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core import audit
from dotpha.core.errors import Conflict
from dotpha.core.models import AuditEvent
from dotpha.directory import policy
from dotpha.directory.models import PartyOrganization
from dotpha.directory.policy import Deed
from dotpha.directory.queries import post_of
from dotpha.rules.vietnamese.dates import show_day

Told = Mapping[str, Any] | str


def day_of(at: datetime) -> date:
    """The day of an instant, as the office counts days."""
    return timezone.localtime(at).date()


def require(by: User | None, deed: Deed, organization: PartyOrganization, *, at: datetime) -> None:
    """Let the system pass; of a person ask the policy.

    Raises:
        NotAllowed: the person may not do this here.
    """
    if by is not None:
        policy.require(by, deed, organization, on=day_of(at))


def trace(
    verb: str,
    target: models.Model | None,
    *,
    by: User | None,
    at: datetime,
    frm: Told = "",
    to: Told = "",
    reason: str = "",
    scope: PartyOrganization | None = None,
) -> None:
    """Leave the row of the audit trail, in the post that `by` holds that day."""
    post = post_of(by, on=day_of(at)) if by is not None else ""
    audit.record(verb, target=target, by=by, at=at, post=post, frm=frm, to=to, reason=reason, scope=scope)


def conflict(current: models.Model, yours: Mapping[str, Any]) -> Conflict:
    """What the second of two people is told: who was first, and field by field what differs."""
    changes = tuple(
        (_label(current, name), show(mine), show(theirs))
        for name, mine in yours.items()
        if (theirs := getattr(current, name)) != mine
    )
    last = AuditEvent.objects.filter(target_kind=current._meta.label_lower, target_id=str(current.pk)).first()
    who = (
        f"được {last.actor_name} cập nhật lúc {timezone.localtime(last.at):%H:%M ngày %d/%m/%Y}" if last else "thay đổi"
    )
    message = f"“{current}” vừa {who}, sau khi đồng chí mở trang. Đồng chí xem lại rồi ghi lần nữa nếu vẫn cần."
    return Conflict(message, changes=changes)


def _label(record: models.Model, name: str) -> str:
    return str(getattr(record._meta.get_field(name), "verbose_name", name))


def show(value: Any) -> str:
    """A value as a person reads it.

    >>> show(True), show(None), show(date(2025, 7, 1)), show("Bằng Khê")
    ('có', '', '01/07/2025', 'Bằng Khê')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    return show_day(value) if isinstance(value, date) else str(value)
