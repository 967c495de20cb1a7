"""Ai được làm gì: who has which function where and until when, what each function may, and giving and ending them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory import grant_queries, grants, policy, queries
from dotpha.directory.models import Function, RoleGrant
from dotpha.directory.policy import FUNCTION_DUTIES, MAY_GRANT, Deed
from dotpha.interfaces.powers import ROOMS, Room, labels_of
from dotpha.interfaces.web.directory.paging import asked, page_of
from dotpha.interfaces.web.grants.asked import Filters, branches
from dotpha.interfaces.web.grants.choices import Choices
from dotpha.interfaces.web.grants.doors import told, whoever_may
from dotpha.interfaces.web.grants.forms import EndForm, GiveForm
from dotpha.interfaces.web.http import SignedInRequest, only_posted


@require_safe
@login_required
@whoever_may(Deed.SEE_GRANTS)
def who(request: SignedInRequest) -> HttpResponse:
    filters = Filters.of(request)
    as_of = filters.as_of
    page = page_of(grant_queries.grants(request.user, filters.asked, day=as_of.day, on=as_of.today), asked(request))
    about = {
        "filters": filters,
        "as_of": as_of,
        "page": page,
        "query": filters.query(),
        "rows": _rows(request, page.items, filters),
        "branches": [(each, filters.query(to_chuc="", nhanh=str(each.pk))) for each in branches(request.user, filters)],
        "no_branch": filters.query(nhanh=""),
        "may_give": policy.may_anywhere(request.user, Deed.GRANT_FUNCTION, on=as_of.today),
    }
    fragment = "#found" if request.headers.get("HX-Request-Type") == "partial" else ""
    return render(request, f"grants/who.html{fragment}", about, status=as_of.status)


@dataclass(frozen=True, slots=True)
class Row:
    grant: RoleGrant
    post: str
    state: str  # "", "future", "over"
    may_end: bool
    is_from_above: bool


def _rows(request: SignedInRequest, found: list[RoleGrant], filters: Filters) -> list[Row]:
    day, today, branch = filters.as_of.day, filters.as_of.today, filters.asked.branch
    people = [each.user.official for each in found if hasattr(each.user, "official")]
    posts = queries.main_posts(people, day=day)
    endable = grant_queries.endable_among(request.user, found, on=today)
    return [
        Row(
            grant=each,
            post=posts.get(each.user.official.pk, "") if hasattr(each.user, "official") else "",
            state="" if each.holds_on(day) else "future" if each.valid_from > day else "over",
            may_end=each.pk in endable,
            is_from_above=branch is not None and not each.organization.path.startswith(branch.path),
        )
        for each in found
    ]


@require_safe
@login_required
@whoever_may(Deed.SEE_GRANTS)
def table(request: SignedInRequest) -> HttpResponse:
    """The whole table in words, room by room, to read, to print, to have signed."""
    about = {
        "rooms": [(room.name, [room.labels[deed] for deed in room.deeds], _rows_of(room)) for room in ROOMS],
        "givers": [
            (giver.label, [each.label for each in Function if each in given]) for giver, given in MAY_GRANT.items()
        ],
        "today": timezone.localdate(),
    }
    return render(request, "grants/table.html", about)


def _rows_of(room: Room) -> list[tuple[Function, str, list[tuple[str, bool]]]]:
    """A row for each function; what it is for is told once, in the first table."""
    return [(each, FUNCTION_DUTIES[each] if room is ROOMS[0] else "", room.of(each)) for each in Function]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@whoever_may(Deed.GRANT_FUNCTION)
def give(request: SignedInRequest) -> HttpResponse:
    """Choose who, what, where and until when; read what it means; confirm."""
    today = timezone.localdate()
    said = request.POST if request.method == "POST" else request.GET
    form = GiveForm(request.POST or None, initial=_begun(request), by=request.user, on=today)
    choices = Choices.of(request.user, said, on=today)
    if request.method != "POST":
        return render(request, "grants/give.html", {"form": form, "choices": choices})
    if form.is_valid():
        form = _not_his_to_give(request, form)
    if form.is_valid() and "confirm" not in request.POST:
        return render(request, "grants/confirm.html", _meaning(form))
    if form.is_valid() and (given := _given(request, form)):
        messages.success(request, f"Đã phân công {given}, từ ngày {given.valid_from:%d/%m/%Y}.")
        return redirect("grants-grant", given.pk)
    return render(request, "grants/give.html", {"form": form, "choices": choices}, status=422)


def _begun(request: SignedInRequest) -> dict[str, Any]:
    """What the address already says, so that looking for a person loses nothing typed."""
    return {"valid_from": timezone.localdate(), **{name: value for name, value in request.GET.items() if value}}


def _not_his_to_give(request: SignedInRequest, form: GiveForm) -> GiveForm:
    """Said at the field, before the action would answer 403 to the whole form."""
    organization, function = form.cleaned_data["organization"], form.cleaned_data["function"]
    if function not in policy.grantable(request.user, organization, on=timezone.localdate()):
        form.add_error("function", f"Ở {organization} đồng chí không phân công chức năng này.")
    return form


def _meaning(form: GiveForm) -> dict[str, Any]:
    given, today = form.cleaned_data, timezone.localdate()
    held = {Function(each.function) for each in policy.grants_of(given["user"], on=today)}
    administrator = Function.TECHNICAL_ADMINISTRATOR
    return {
        "form": form,
        "given": given,
        "duty": FUNCTION_DUTIES[given["function"]],
        "deeds": labels_of(given["function"]),
        "below": grant_queries.size_of_branch(given["organization"], day=given["valid_from"]),
        "mixes": bool(held) and (administrator in held) != (given["function"] == administrator),
    }


def _given(request: SignedInRequest, form: GiveForm) -> RoleGrant | None:
    try:
        return grants.give_grant(**form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refusal:
        told(form, refusal)
        return None


@require_safe
@login_required
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _visible(request, pk)
    form = EndForm(initial={"valid_until": max(timezone.localdate(), this.valid_from), "version": this.version})
    return _grant_page(request, this, form)


@only_posted
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _visible(request, pk)
    if Function(this.function) not in policy.endable(request.user, this.organization, on=timezone.localdate()):
        raise NotAllowed("Đồng chí không kết thúc được phân công này.")
    form, changes = EndForm(request.POST), tuple[Any, ...]()
    if form.is_valid():
        try:
            grants.end_grant(grant=this, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            changes = told(form, refusal)
        else:
            messages.success(request, f"{this}: thôi từ ngày {this.valid_until:%d/%m/%Y}.")
            return redirect("grants-grant", this.pk)
    return _grant_page(request, this, form, changes=changes, status=422)


def _visible(request: SignedInRequest, pk: int) -> RoleGrant:
    seen = policy.grants_visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen.select_related("organization", "user__official"), pk=pk)


def _grant_page(
    request: SignedInRequest, this: RoleGrant, form: EndForm, *, changes: tuple[Any, ...] = (), status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    about = {
        "grant": this,
        "form": form,
        "changes": changes,
        "duty": FUNCTION_DUTIES[Function(this.function)],
        "deeds": labels_of(Function(this.function)),
        "is_over": grant_queries.is_over(this, today),
        "may_end": this.pk in grant_queries.endable_among(request.user, [this], on=today),
        "version": this.version,
    }
    return render(request, "grants/grant.html", about, status=status)
