"""The page of the map."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.directory.paging import asked as page_asked
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.task_map import reading
from dotpha.interfaces.web.task_map.asked import Asked, choices
from dotpha.interfaces.web.task_map.drawing import Drawing, drawn
from dotpha.interfaces.web.task_map.ties import carried, counts, tied
from dotpha.registration.queries import links

SIZE = 10  # organizations of a page: each is a drawing and a table


@require_safe
@login_required
def task_map(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign, today = campaign_of(request, pk), timezone.localdate()
    asked, tasks = Asked.of(request.GET.dict()), links.readable(request.user, campaign, on=today)
    collective, individuals = carried(links.collective_tasks(tasks)), tied(links.individual_tasks(tasks))
    shown, people = asked.narrowed(collective), asked.narrowed(individuals)
    numbers = counts(shown, people)
    page = Paginator(reading.organizations(shown, people, asked.only), SIZE).get_page(page_asked(request))
    about = {
        "campaign": campaign,
        "asked": asked,
        "counts": numbers,
        "choices": choices(numbers, asked),
        "branches": reading.branches(tasks),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "maps": _drawn(reading.maps_of(tasks, list(page), asked)),
        "unsent": links.unsent(request.user, campaign, on=today).count(),
        "today": today,
    }
    return render(request, "registration/map.html", about)


def _drawn(maps: Sequence[reading.OrganizationMap]) -> list[tuple[reading.OrganizationMap, list[Drawing]]]:
    return [(each, [drawn(group) for group in each.groups]) for each in maps]
