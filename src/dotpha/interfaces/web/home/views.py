"""The page behind the name of the house: one's own start page, or the quick screening for who is not signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.accounts.models import User
from dotpha.directory.models import Function
from dotpha.directory.policy import FUNCTION_DUTIES, grants_of
from dotpha.directory.queries import post_of
from dotpha.interfaces.web.home.places import open_to


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Two queries for any number of functions."""
    if not isinstance(request.user, User):
        return redirect("quick-start")
    today = timezone.localdate()
    grants = list(grants_of(request.user, on=today).order_by("organization__depth", "organization__order_key", "pk"))
    grants.sort(key=lambda grant: not grant.organization.holds_on(today))  # what goes on stands before what is history
    about = {
        "post": post_of(request.user, on=today),
        "grants": [(grant, FUNCTION_DUTIES[Function(grant.function)]) for grant in grants],
        "places": open_to({Function(grant.function) for grant in grants}),
        "duties": [] if grants else FUNCTION_DUTIES.items(),  # what may be asked for
        "today": today,
    }
    return render(request, "home/home.html", about)
