"""The board of a campaign: what the machine said of everything that was sent."""

from collections import Counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.appraisal import actions, policy, queries
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.policy import Deed
from dotpha.appraisal.queries import Board
from dotpha.appraisal.reading import rules_of
from dotpha.core import jobs
from dotpha.interfaces.web.board import filters, showing
from dotpha.interfaces.web.board.filters import Filters
from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.http import SignedInRequest, only_posted
from dotpha.interfaces.web.screening_parts import cards
from dotpha.interfaces.web.screening_parts.cards import PAGE_SIZE, Page
from dotpha.registration.models import Campaign
from dotpha.registration.policy import tasks_visible_to

EARLIER_SHOWN = 20
ACROSS = {"": "Tất cả", "to-chuc": "Khác tổ chức", "nam": "Khác năm", "cung": "Cùng tổ chức"}


@require_safe
@login_required
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    """The charts of everything, and the page of the list that the filters ask for."""
    this, today = campaign_of(request, pk), timezone.localdate()
    shown = policy.board_of(request.user, this, on=today)
    groups, asked_for = queries.groups(shown), Filters.of(request.GET)
    listed = _listed(shown, groups, asked_for, cards.page_number(request.GET.get("trang")))
    about = {"campaign": this, "today": today, "action": reverse("board", args=[pk]), **listed}
    if request.headers.get("HX-Request-Type") == "partial":
        return render(request, "appraisal/board.html#board", about)
    about |= _overview(shown, groups, asked_for) | _rules(this, groups)
    about["may_rescreen"] = policy.may(request.user, Deed.RESCREEN, this, on=today)
    return render(request, "appraisal/board.html", about)


def _listed(shown: Board, groups: list[queries.Group], asked_for: Filters, number: int) -> dict[str, Any]:
    wanted = asked_for.wanted
    matching = queries.matching(shown, wanted, groups)
    found = sum(matching.counts.values())
    number, last = cards.place_of(found, number)
    rows = queries.page(shown, wanted, matching, start=(number - 1) * PAGE_SIZE, end=number * PAGE_SIZE)
    return cards.board_of(Page(tuple(map(showing.card, rows)), found, number, last), asked_for, matching.counts)


def _overview(shown: Board, groups: list[queries.Group], asked_for: Filters) -> dict[str, Any]:
    by_branch, counts = queries.by_branch(shown), filters.tally(groups)
    branches = queries.branches(by_branch.keys())
    sizes = [(each, sum(by_branch[each.pk].values())) for each in branches]
    return {
        "overview": showing.charts(counts, branches, by_branch),
        "selects": filters.selects(counts, asked_for, groups, sizes),
    }


def _rules(this: Campaign, groups: list[queries.Group]) -> dict[str, Any]:
    """By which rules the board was screened, and how many results are not by today's."""
    now, used = rules_of(this), Counter[str]()
    for each in groups:
        used[each.rules] += each.count
    return {"rules": now, "used": sorted(used.items()), "outdated": used.total() - used[now]}


@require_safe
@login_required
def item(request: SignedInRequest, pk: int, task: int) -> HttpResponse:
    """What the machine said of one task: the result that counts, or an earlier one asked for by `?ket-qua=`."""
    this, today = campaign_of(request, pk), timezone.localdate()
    found = get_object_or_404(tasks_visible_to(request.user, on=today).filter(campaign=this), pk=task)
    results = list(queries.results_of(found)[: EARLIER_SHOWN + 1])
    result = _chosen(results, cards.page_number(request.GET.get("ket-qua", "0")))
    result.version.task = found
    pairs = queries.pairs_of(result.version) if result.is_current else []
    others = showing.others_named(result, pairs)
    readable = set(tasks_visible_to(request.user, on=today).filter(pk__in=others).values_list("pk", flat=True))
    about = {
        "campaign": this,
        "task": found,
        "result": result,
        "current": next((each for each in results if each.is_current), None),
        "results": results[:EARLIER_SHOWN],
        **showing.item(this, result, pairs, readable),
        **_beside(request, this, result),
    }
    return render(request, "appraisal/item.html", about)


def _chosen(results: list[ScreeningResult], key: int) -> ScreeningResult:
    """The one asked for; otherwise the one that counts, or of a task taken back the last.

    Raises:
        Http404: there is none.
    """
    asked_for = next((each for each in results if each.pk == key), None)
    current = next((each for each in results if each.is_current), None)
    chosen = asked_for or current or next(iter(results), None)
    if chosen is None:
        raise Http404
    return chosen


def _beside(request: SignedInRequest, this: Campaign, result: ScreeningResult) -> dict[str, Any]:
    """The way back and on, for who may open the board."""
    if not policy.sees_board(request.user, this, on=timezone.localdate()):
        return {"query": ""}
    asked_for = Filters.of(request.GET)
    shown = policy.board_of(request.user, this, on=timezone.localdate())
    before, after = queries.beside(shown, asked_for.wanted, result)
    return {"query": asked_for.query(), "sees_board": True, "before": before, "after": after}


@require_safe
@login_required
def near_duplicates(request: SignedInRequest, pk: int) -> HttpResponse:
    this, today = campaign_of(request, pk), timezone.localdate()
    part = policy.part_of(request.user, this, on=today, prefix="version__task__")
    across = request.GET.get("khac", "")
    across = across if across in ACROSS else ""
    page = page_of(queries.pairs(this, part, across=across), asked(request))
    keys = {key for pair in page.items for key in (pair.version.task_id, pair.other.task_id)}
    readable = set(tasks_visible_to(request.user, on=today).filter(pk__in=keys).values_list("pk", flat=True))
    about = {
        "campaign": this,
        "page": page,
        "rows": [showing.pair_row(pair, readable) for pair in page.items],
        "across": across,
        "choices": ACROSS.items(),
    }
    return render(request, "appraisal/near_duplicates.html", about)


@only_posted
@login_required
def rescreen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start the long job; its page tells how far it is and leads back to the board."""
    this = campaign_of(request, pk)
    policy.require(request.user, Deed.RESCREEN, this, on=timezone.localdate())
    back = reverse("board", args=[pk])
    job = jobs.start(
        actions.renewal, title=f"Rà soát lại: {this}", arguments={"campaign": pk}, by=request.user, at=timezone.now(),
        leads_to=back, leads_back=back,
    )  # fmt: skip
    return redirect("job", job.token)
