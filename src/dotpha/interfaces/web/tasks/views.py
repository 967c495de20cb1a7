"""Tasks to read: one, its versions side by side, and the list of a campaign."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.tasks import reading
from dotpha.interfaces.web.tasks.advice import advice_on, verdicts_of
from dotpha.interfaces.web.tasks.listing import Filters
from dotpha.interfaces.web.tasks.versions import choices, chosen, pair
from dotpha.registration.queries import listing
from dotpha.registration.queries import tasks as queries


@require_safe
@login_required
def task(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet as it was sent, or for its writer the draft; `?ban=` shows an earlier version."""
    reader = reading.reader_of(request, pk)
    seen = reading.shown(request, reader)
    about = reading.about(request, reader, seen) | {"advice": advice_on(seen.version, request.user, on=reader.today)}
    return render(request, "registration/task.html", about)


@require_safe
@login_required
def versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything that was sent, and two of it side by side."""
    reader = reading.reader_of(request, pk)
    page = page_of(queries.versions(reader.task), asked(request))
    verdicts = verdicts_of(page.items)
    offered = choices(reader, list(reader.task.versions.values_list("number", flat=True)))
    keys = chosen(request, offered)
    about = {
        "reader": reader,
        "task": reader.task,
        "campaign": reader.task.campaign,
        "page": page,
        "history": [(each, verdicts.get(each.pk, [])) for each in page.items],
        "choices": offered,
        "pair": pair(reader, keys) if keys else None,
    }
    return render(request, "registration/versions.html", about)


@require_safe
@login_required
def tasks(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = campaign_of(request, pk)
    filters, today = Filters.of(request.GET), timezone.localdate()
    found = listing.tasks(request.user, campaign, filters.asked, on=today)
    page = found.page(asked(request), after=asked(request, "sau") if "sau" in request.GET else None)
    about = {
        "campaign": campaign,
        "filters": filters,
        "page": page,
        "lines": queries.lines(request.user, page.items, on=today),
        "branches": listing.branches(request.user, campaign, on=today),
        "query": filters.query(),
    }
    fragment = "#found" if request.headers.get("HX-Request-Type") == "partial" else ""
    return render(request, f"registration/tasks.html{fragment}", about)
