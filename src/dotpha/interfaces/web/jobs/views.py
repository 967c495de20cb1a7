"""The page of a long job: how far it is, and where to go when it is over."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.core import jobs
from dotpha.core.errors import Refused
from dotpha.core.models import JobState
from dotpha.interfaces.web.http import SignedInRequest, only_posted
from dotpha.interfaces.web.jobs.progress import words


@require_safe
@login_required
def job(request: SignedInRequest, token: UUID) -> HttpResponse:
    """The progress while there is any; htmx asks for it every second and is sent on when the job is over."""
    at = timezone.now()
    seen = jobs.looked_at(get_object_or_404(jobs.jobs_of(request.user), token=token), at=at)
    now = words(seen, at=at)
    address = seen.leads_to if seen.state == JobState.DONE else request.path
    if request.headers.get("HX-Request-Type") == "partial":
        if not now:
            return HttpResponse(headers={"HX-Redirect": address})
        return render(request, "jobs/job.html#progress", {"job": seen, "words": now})
    if seen.state == JobState.DONE:
        return redirect(address)
    return render(request, "jobs/job.html", {"job": seen, "words": now})


@only_posted
@login_required
def stop(request: SignedInRequest, token: UUID) -> HttpResponse:
    found = get_object_or_404(jobs.jobs_of(request.user), token=token)
    try:
        jobs.stop(found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("job", token)
