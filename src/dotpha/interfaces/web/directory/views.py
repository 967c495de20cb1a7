"""The directory's pages to read: the tree, an organization, a person. `?ngay=` shows them as of another day."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dotpha.directory import policy, queries
from dotpha.directory.policy import Deed
from dotpha.interfaces.web.directory.as_of import AsOf
from dotpha.interfaces.web.directory.paging import asked, page_of, searched
from dotpha.interfaces.web.directory.timeline import timeline
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.rules.vietnamese.posts import post_name
from dotpha.rules.vietnamese.text import tidy

LONGEST_SEARCH = 120
CHANGES = {Deed.CHANGE_ORGANIZATION, Deed.CHANGE_OFFICIAL}


@require_safe
@login_required
def tree(request: SignedInRequest) -> HttpResponse:
    """The tree from the top, or from the organization opened by `?mo=`; with `?tim=` what a search found."""
    as_of = AsOf.of(request)
    words = tidy(request.GET.get("tim", ""))[:LONGEST_SEARCH]
    about = _found(request, as_of, words) if words else _opened(request, as_of)
    about |= {"as_of": as_of, "words": words}
    fragment = "#results" if request.headers.get("HX-Request-Type") == "partial" else ""
    return render(request, f"directory/tree.html{fragment}", about, status=as_of.status)


def _opened(request: SignedInRequest, as_of: AsOf) -> dict[str, Any]:
    user, day, today = request.user, as_of.day, as_of.today
    if asked(request, "mo") > 1 or request.GET.get("mo") == "1":
        seen = queries.organizations(user, day=day, on=today)
        focus = get_object_or_404(seen, pk=asked(request, "mo"))
        above = queries.ancestors(focus, day=day)
        may_open = queries.visible_organizations_among(user, [each.pk for each in above], on=today)
    else:
        roots = list(queries.roots(user, day=day, on=today))
        if len(roots) != 1:
            return {"roots": roots}
        focus, above, may_open = roots[0], [], frozenset[int]()
    page = page_of(queries.children(user, focus, day=day, on=today), asked(request))
    return {"focus": focus, "above": above, "may_open": may_open, "parent": focus, "page": page}


def _found(request: SignedInRequest, as_of: AsOf, words: str) -> dict[str, Any]:
    """Both are searched; the one asked for, or the one that found something, is shown."""
    user, day, today = request.user, as_of.day, as_of.today
    found = {
        "to-chuc": searched(queries.organizations_found(user, words, day=day, on=today), words),
        "can-bo": searched(queries.officials_found(user, words, on=today), words),
    }
    kind = request.GET.get("loai", "")
    if kind not in found:
        kind = "can-bo" if found["can-bo"].keys and not found["to-chuc"].keys else "to-chuc"
    page = found[kind].page(asked(request))
    posts = queries.main_posts(page.items, day=as_of.day) if kind == "can-bo" else {}
    rows = [(item, posts.get(item.pk, "")) for item in page.items]
    tabs = [("to-chuc", "Tổ chức", found["to-chuc"].count), ("can-bo", "Cán bộ", found["can-bo"].count)]
    return {"tabs": tabs, "kind": kind, "page": page, "rows": rows}


@require_safe
@login_required
def children(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands below an organization, for the tree to take in; without script the tree opened there."""
    as_of = AsOf.of(request)
    parent = get_object_or_404(queries.organizations(request.user, day=as_of.day, on=as_of.today), pk=pk)
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('directory-tree')}?mo={pk}{as_of.more}")
    page = page_of(queries.children(request.user, parent, day=as_of.day, on=as_of.today), asked(request))
    return render(request, "directory/tree.html#children", {"as_of": as_of, "parent": parent, "page": page})


@require_safe
@login_required
def organization(request: SignedInRequest, pk: int) -> HttpResponse:
    as_of = AsOf.of(request)
    user, day, today = request.user, as_of.day, as_of.today
    this = get_object_or_404(queries.organizations(user, day=day, on=today), pk=pk)
    above = queries.ancestors(this, day=day)
    bodies = list(queries.bodies(this, day=day))
    predecessors = list(queries.predecessors(this, day=day))
    members = [member.official_id for body in bodies for term in body.terms_then for member in term.members_then]
    related = [each.pk for each in (*above, *predecessors)] + [this.successor_id or 0]
    about = {
        "as_of": as_of,
        "organization": this,
        "above": above,
        "may_open": queries.visible_organizations_among(user, related, on=today),
        "people": page_of(queries.in_post(this, day=day), asked(request, "can_bo")),
        "bodies": bodies,
        "members_open": queries.visible_among(user, members, on=today),
        "page": page_of(queries.children(user, this, day=day, on=today), asked(request)),
        "names": list(queries.names_of(this, day=day)),
        "places": list(queries.places_of(this, day=day)),
        "predecessors": predecessors,
        "may": (deeds := queries.deeds_at(user, this, on=today)),
        "changes_open": as_of.is_today and not this.is_ended and not deeds.isdisjoint(CHANGES),
        "changes_people": as_of.is_today and not this.is_ended and Deed.CHANGE_OFFICIAL in deeds,
        "changes_bodies": as_of.is_today and not this.is_ended and Deed.CHANGE_ORGANIZATION in deeds,
    }
    return render(request, "directory/organization.html", about, status=as_of.status)


@require_safe
@login_required
def official(request: SignedInRequest, pk: int) -> HttpResponse:
    as_of = AsOf.of(request)
    user, day, today = request.user, as_of.day, as_of.today
    person = get_object_or_404(policy.officials_visible_to(user, on=today).select_related("user"), pk=pk)
    posts = list(queries.career(person, day=day))
    seats = list(queries.memberships(person, day=day))
    manager = queries.managed_by(person, day=day)
    places = [post.organization_id for post in posts] + [seat.term.body.organization_id for seat in seats]
    names = [post_name(post.position.label, post.organization_name) for post in posts]
    about = {
        "as_of": as_of,
        "person": person,
        "held": [name for post, name in zip(posts, names, strict=True) if post.is_held],
        "timeline": timeline(posts, names, day=day),
        "later": queries.later_posts(person, day=day),
        "seats": seats,
        "manager": manager,
        "may_open": queries.visible_organizations_among(
            user, [*places, *([manager.organization_id] if manager else [])], on=today
        ),
        "changes_open": as_of.is_today and queries.may_with(user, Deed.CHANGE_OFFICIAL, person, on=today),
        "sees_account": queries.may_with(user, Deed.SEE_ACCOUNTS, person, on=today),
    }
    return render(request, "directory/official.html", about, status=as_of.status)
