"""Beginning a task: in whose name, new or copied from an own task of an earlier year."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Refused
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import policy
from dotpha.registration.actions import begin_task, copy_task
from dotpha.registration.actions.tasks import require_receiving, require_room
from dotpha.registration.models import Registrant
from dotpha.registration.queries.writing import earlier_tasks, registrants_full, registrants_with_room
from dotpha.rules.vietnamese.text import tidy

MOST_EARLIER = 20
FULL_SHOWN = 6
LONGEST_SEARCH = 120


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return _begin(request, _registrant(request, request.POST.get("ben")))
    if request.GET.get("ben"):
        return _what(request, _registrant(request, request.GET.get("ben")))
    words, campaign = tidy(request.GET.get("tim", ""))[:LONGEST_SEARCH], _key(request.GET.get("dot"))
    found = registrants_with_room(request.user, words=words, campaign=campaign, on=timezone.localdate())
    page = page_of(found, asked(request))
    if page.found.number == 1 and not words:
        return _what(request, page.items[0])
    nothing_left = not page.items and not words
    full = (
        registrants_full(request.user, campaign=campaign, on=timezone.localdate())[:FULL_SHOWN] if nothing_left else []
    )
    about = {"page": page, "words": words, "campaign": campaign, "full": full}
    return render(request, "registration/begin.html", about)


def _begin(request: SignedInRequest, registrant: Registrant) -> HttpResponse:
    earlier = _key(request.POST.get("earlier"))
    try:
        if earlier is None:
            task = begin_task(registrant=registrant, by=request.user, at=timezone.now())
        else:
            copied = get_object_or_404(_earlier(request, registrant), pk=earlier)
            task = copy_task(earlier=copied, registrant=registrant, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _what(request, registrant, refusal=str(refusal), status=422)
    return redirect("task-write", task.pk)


def _what(request: SignedInRequest, registrant: Registrant, *, refusal: str = "", status: int = 200) -> HttpResponse:
    about: dict[str, Any] = {
        "registrant": registrant,
        "earlier": _earlier(request, registrant)[:MOST_EARLIER],
        "chosen": request.POST.get("earlier", ""),
        "refusal": refusal or _why_not(registrant),
        "is_late": registrant.campaign.is_late(timezone.localdate()),
    }
    return render(request, "registration/begin.html", about, status=status)


def _why_not(registrant: Registrant) -> str:
    try:
        require_receiving(registrant.campaign, timezone.localdate())
        require_room(registrant)
    except Refused as refusal:
        return str(refusal)
    return ""


def _earlier(request: SignedInRequest, registrant: Registrant) -> Any:
    return earlier_tasks(request.user, registrant, on=timezone.localdate())


def _registrant(request: SignedInRequest, written: str | None) -> Registrant:
    """404 for in whose name the person does not register."""
    own = policy.registrants_writable_by(request.user, on=timezone.localdate()).select_related("campaign__organization")
    return get_object_or_404(own, pk=_key(written) or 0)


def _key(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else None
