"""What the pages of grants and of accounts share: who is let in, and how a refusal is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.policy import Deed, deed_in_sentence
from dotpha.interfaces.web.http import SignedInRequest

View = Callable[..., HttpResponse]


def whoever_may(deed: Deed) -> Callable[[View], View]:
    """Answer 403 to who may not do this anywhere."""

    def behind(view: View) -> View:
        @wraps(view)
        def let_in(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not policy.may_anywhere(request.user, deed, on=timezone.localdate()):
                raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)}.")
            return view(request, *args, **kwargs)

        return let_in

    return behind


def told(form: forms.Form, refusal: Refused) -> tuple[Any, ...]:
    """Put the sentence above the form and every message at its field; returns what somebody else has changed."""
    form.add_error(None, str(refusal))
    for name, message in refusal.fields.items():
        if name in form.fields:
            form.add_error(name, message)
    return getattr(refusal, "changes", ())
