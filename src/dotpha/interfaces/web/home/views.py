"""The page behind the name of the house: one's own start page, or the quick screening for who is not signed in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.accounts.models import User
from dotpha.directory.models import Function
from dotpha.directory.policy import FUNCTION_DUTIES, grants_of
from dotpha.directory.queries import post_of
from dotpha.interfaces.web.directory.paging import asked
from dotpha.interfaces.web.home import waiting
from dotpha.interfaces.web.home.places import open_to
from dotpha.interfaces.web.http import SignedInRequest


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The same queries for any number of functions and of things that wait."""
    if not isinstance(request.user, User):
        return redirect("quick-start")
    now, today = timezone.now(), timezone.localdate()
    grants = list(grants_of(request.user, on=today).order_by("organization__depth", "organization__order_key", "pk"))
    grants.sort(key=lambda grant: not grant.organization.holds_on(today))  # what goes on stands before what is history
    about = {
        "post": post_of(request.user, on=today),
        "waiting": waiting.few(request.user, at=now),
        "grants": [(grant, FUNCTION_DUTIES[Function(grant.function)]) for grant in grants],
        "places": open_to({Function(grant.function) for grant in grants}),
        "duties": [] if grants else FUNCTION_DUTIES.items(),  # what may be asked for
        "today": today,
    }
    return render(request, "home/home.html", about)


@require_safe
@login_required
def waiting_all(request: SignedInRequest, kind: str) -> HttpResponse:
    """Everything of one kind that waits for the person."""
    if kind not in {each.value for each in waiting.Kind}:
        raise Http404
    shown, page = waiting.all_of(request.user, waiting.Kind(kind), asked(request), at=timezone.now())
    links = page.paginator.get_elided_page_range(page.number)
    return render(request, "home/waiting.html", {"shown": shown, "page": page, "links": links})
