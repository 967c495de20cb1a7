"""What a view may count on, and what it answers to who comes by the wrong way."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dotpha.accounts.models import User


class SignedInRequest(HttpRequest):
    """The request of a view behind `@login_required`: somebody stands behind it."""

    user: User


def only_posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As Django's `require_POST`, with a page for who opened the address of a deed instead of pressing its button."""

    @wraps(view)
    def let_in(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        response = render(request, "405.html", status=405)
        response["Allow"] = "POST"
        return response

    return let_in
