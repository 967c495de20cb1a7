"""What the ground itself writes: that the trail was read, that a deed was refused."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction

from dotpha.core import audit
from dotpha.core.models import AuditEvent

READ_AGAIN_AFTER = timedelta(hours=1)


def note_reading(
    *, by: AbstractBaseUser, at: datetime, asked: str, post: str = "", scope: models.Model | None = None
) -> AuditEvent | None:
    """Tell that somebody read the trail (đọc dấu vết): once an hour for each thing asked, so that it drowns nothing.

    Not atomic as a whole: a reader who has been told of within the hour takes no lock.
    """
    told = AuditEvent.objects.filter(actor=by.pk, verb="trail.read", at__gt=at - READ_AGAIN_AFTER, reason=asked)
    if told.exists():
        return None
    with transaction.atomic():
        return audit.record("trail.read", target=None, by=by, at=at, post=post, reason=asked, scope=scope)


@transaction.atomic
def note_refusal(
    *,
    by: AbstractBaseUser,
    at: datetime,
    method: str,
    address: str,
    reason: str,
    post: str = "",
    scope: models.Model | None = None,
) -> AuditEvent:
    """Tell that somebody was not allowed to do what was asked (việc bị từ chối); its own transaction, for the deed's
    own has ended in nothing."""
    asked = {"address": address, "method": method}
    return audit.record("deed.refused", target=None, by=by, at=at, post=post, to=asked, reason=reason, scope=scope)
