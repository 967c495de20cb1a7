"""How an action says no. Every message is Vietnamese and says what happened, why and what to do."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db.models import Model


class Refused(Exception):
    """The input makes no sense here, or the state does not allow the deed. Answered with 422.

    `fields` names messages that belong to one field of a form.
    """

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Conflict(Refused):
    """Somebody else changed the record after it was read. `changes` tells what: (field label, yours, theirs)."""

    def __init__(self, message: str, *, changes: tuple[tuple[str, str, str], ...] = ()) -> None:
        super().__init__(message)
        self.changes = changes


class NotAllowed(PermissionDenied):
    """The person may see the record but not do this. Django answers 403; nothing in `interfaces` catches it.

    `scope` is the organization where it was refused: those who read its trail see the refusal.
    """

    def __init__(self, message: str = "", *, scope: Model | None = None) -> None:
        super().__init__(message)
        self.scope = scope
