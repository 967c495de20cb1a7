"""What every form of the directory does: lets in, asks, hands over to one action, and leads back or says why not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.directory import policy, queries
from dotpha.directory.actions.officials import home_of
from dotpha.directory.models import Official, PartyOrganization
from dotpha.directory.policy import Deed
from dotpha.interfaces.web.directory import forms
from dotpha.interfaces.web.grants.doors import told
from dotpha.interfaces.web.http import SignedInRequest

asks = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    lead: str
    button: str
    back: str
    back_words: str


def visible_to(request: SignedInRequest) -> Any:
    return policy.visible_to(request.user, on=timezone.localdate()).values("pk")


def organization_of(request: SignedInRequest, pk: int, deed: Deed) -> PartyOrganization:
    """404 for what the person may not see, 403 for what he may not do there."""
    today = timezone.localdate()
    this = get_object_or_404(policy.visible_to(request.user, on=today).select_related("parent", "kind"), pk=pk)
    policy.require(request.user, deed, this, on=today)
    return this


def official_of(request: SignedInRequest, pk: int) -> Official:
    """404 for whom the person may not see, 403 for whom he may not change."""
    today = timezone.localdate()
    person = get_object_or_404(policy.officials_visible_to(request.user, on=today), pk=pk)
    if not queries.may_with(request.user, Deed.CHANGE_OFFICIAL, person, on=today):
        refused = f"Đồng chí không có quyền sửa thông tin của đồng chí {person}."
        raise NotAllowed(refused, scope=home_of(person))
    return person


def address_of(record: PartyOrganization | Official) -> str:
    name = "directory-official" if isinstance(record, Official) else "directory-organization"
    return reverse(name, args=[record.pk])


def page_about(this: PartyOrganization | Official, title: str, lead: str, button: str) -> Page:
    return Page(title, lead, button, address_of(this), str(this))


def form_of(
    request: SignedInRequest, form: type[forms.ChangeForm], apart: PartyOrganization | None = None, **initial: Any
) -> forms.ChangeForm:
    """Looking for somebody ("find") fills in and asks nothing: what was typed stays, nothing is written."""
    today = timezone.localdate()
    is_sent = request.method == "POST" and "find" not in request.POST
    typed = request.POST if request.method == "POST" else request.GET
    begun = {"from_day": today, "on_day": today} | initial | {name: text for name, text in typed.items() if text}
    begun |= {name: typed.getlist(name) for name in form.many() if name in typed}
    return form(request.POST if is_sent else None, initial=begun, by=request.user, on=today, apart=apart)


def answer(
    request: SignedInRequest,
    page: Page,
    form: forms.ChangeForm,
    act: Callable[[dict[str, Any]], str],
    versioned: PartyOrganization | Official | None = None,
) -> HttpResponse:
    version, changes = form.said("version"), tuple[Any, ...]()
    if versioned is not None and request.method != "POST":
        version = str(versioned.version)
    if form.is_bound and form.is_valid():
        try:
            return redirect(act(dict(form.cleaned_data)))
        except Conflict as conflict:
            # Whoever was second has now read what changed: the next try is measured against that.
            changes = told(form, conflict)
            version, form.seen = _version_now(versioned), {}
        except Refused as refusal:
            told(form, refusal)
    about = {"page": page, "form": form, "changes": changes, "version": version}
    about |= {"lines": form.lines(request.POST), "has_pickers": form.has_pickers()}
    return render(request, "directory/change.html", about, status=422 if form.is_bound else 200)


def _version_now(versioned: PartyOrganization | Official | None) -> str:
    if versioned is None:
        return ""
    versioned.refresh_from_db(fields=["version"])
    return str(versioned.version)
