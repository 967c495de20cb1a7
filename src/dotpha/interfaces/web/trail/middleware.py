"""Whoever is not allowed to do what was asked leaves a trace: who, what, why.

It is told where it was refused; a door that belongs to no organization tells it where the person belongs.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.actions import note_refusal
from dotpha.core.errors import NotAllowed
from dotpha.directory.account_actions import home_of
from dotpha.interfaces.web.accounts import standing

_UNSAID = "không có quyền"


def _where(refusal: PermissionDenied) -> Model | None:
    return refusal.scope if isinstance(refusal, NotAllowed) else None


class RefusalsLeaveATrace:
    """Hears of a refusal after the view's own transaction has ended, before Django answers 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        user = request.user
        if not isinstance(exception, PermissionDenied) or not isinstance(user, User):
            return  # nobody is signed in: the sign-in page answers, and has traces of its own
        now = standing.kept(request)
        note_refusal(
            by=user,
            at=timezone.now(),
            method=request.method or "",
            address=request.path,
            reason=str(exception) or _UNSAID,
            post=now.post if now else "",
            scope=_where(exception) or home_of(user),
        )
