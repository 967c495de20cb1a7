"""The directory's pages that change it: each asks, hands over to one action, and leads back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Conflict, Refused
from dotpha.directory import actions, policy
from dotpha.directory.models import CommitteeTerm, Membership, PartyOrganization, Tenure
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


@asks
@login_required
def found(request: SignedInRequest, pk: int) -> HttpResponse:
    parent = _organization(request, pk, Deed.CHANGE_ORGANIZATION)
    page = _page_of(parent, "Lập tổ chức trực thuộc", f"Tổ chức mới trực thuộc {parent}.", "Lập tổ chức")

    def act(form: dict[str, Any]) -> str:
        made = actions.found_organization(**form, parent=parent, by=request.user, at=timezone.now())
        messages.success(request, f"Đã lập {made}, từ ngày {made.valid_from:%d/%m/%Y}.")
        return _address(made)

    return _answer(request, page, _form(request, forms.FoundForm), act)


@asks
@login_required
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _organization(request, pk, Deed.CHANGE_ORGANIZATION)
    page = _page_of(this, "Đổi tên tổ chức", f"Tên đang dùng: {this}. Tên này được giữ trong lịch sử.", "Đổi tên")

    def act(form: dict[str, Any]) -> str:
        done = actions.rename_organization(organization=this, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã đổi tên thành {done}.")
        return _address(done)

    return _answer(request, page, _form(request, forms.RenameForm, name=this.name), act, this)


@asks
@login_required
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _organization(request, pk, Deed.CHANGE_ORGANIZATION)
    lead = f"{this} đang trực thuộc {this.parent or 'chưa nơi nào'}; nơi ấy được giữ trong lịch sử."
    page = _page_of(this, "Chuyển tổ chức", lead, "Chuyển tổ chức")

    def act(form: dict[str, Any]) -> str:
        done = actions.move_organization(organization=this, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã chuyển {done} về trực thuộc {done.parent}.")
        return _address(done)

    return _answer(request, page, _form(request, forms.MoveForm), act, this)


@asks
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _organization(request, pk, Deed.CHANGE_ORGANIZATION)
    lead = f"Chức vụ, cơ quan, nhiệm kỳ ở {this} kết thúc cùng ngày; mọi điều đã ghi vẫn còn trong lịch sử."
    page = _page_of(this, "Kết thúc hoạt động", lead, "Kết thúc hoạt động")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        done = actions.end_organization(organization=this, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"{done} kết thúc từ ngày {on:%d/%m/%Y}.")
        return _address(done)

    return _answer(request, page, _form(request, forms.EndOrganizationForm), act, this)


@asks
@login_required
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _organization(request, pk, Deed.CHANGE_OFFICIAL)
    lead = f"Cán bộ thuộc diện quản lý của {this}. Ghi xong, đồng chí ghi tiếp chức vụ."
    page = _page_of(this, "Ghi cán bộ mới", lead, "Ghi cán bộ")

    def act(form: dict[str, Any]) -> str:
        made = actions.record_official(**form, managed_by=this, by=request.user, at=timezone.now())
        messages.success(request, f"Đã ghi cán bộ {made}. Đồng chí ghi tiếp chức vụ nếu có.")
        return reverse("directory-begin-tenure", args=[this.pk], query={"official": made.pk})

    return _answer(request, page, _form(request, forms.OfficialForm, is_party_member=True), act)


@asks
@login_required
def begin_tenure(request: SignedInRequest, pk: int) -> HttpResponse:
    this = _organization(request, pk, Deed.CHANGE_OFFICIAL)
    page = _page_of(this, "Ghi người giữ chức vụ", f"Chức vụ ở {this}.", "Ghi chức vụ")

    def act(form: dict[str, Any]) -> str:
        done = actions.begin_tenure(**form, organization=this, by=request.user, at=timezone.now())
        messages.success(request, f"Đã ghi: {done}, từ ngày {done.valid_from:%d/%m/%Y}.")
        return _address(this)

    return _answer(request, page, _form(request, forms.TenureForm), act)


@asks
@login_required
def end_tenure(request: SignedInRequest, pk: int) -> HttpResponse:
    tenure = get_object_or_404(
        Tenure.objects.filter(organization__in=_visible(request)).select_related("official", "position"), pk=pk
    )
    this = _organization(request, tenure.organization_id, Deed.CHANGE_OFFICIAL)
    lead = f"{tenure.official} giữ chức vụ {tenure.position} ở {this} từ ngày {tenure.valid_from:%d/%m/%Y}."
    page = _page_of(this, "Thôi giữ chức vụ", lead, "Ghi thôi giữ chức vụ")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        actions.end_tenure(tenure=tenure, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đồng chí {tenure.official} thôi giữ chức vụ {tenure.position} từ {on:%d/%m/%Y}.")
        return _address(this)

    return _answer(request, page, _form(request, forms.EndForm), act)


@asks
@login_required
def begin_membership(request: SignedInRequest, pk: int) -> HttpResponse:
    terms = CommitteeTerm.objects.filter(body__organization__in=_visible(request)).select_related("body__organization")
    term = get_object_or_404(terms, pk=pk)
    this = _organization(request, term.body.organization_id, Deed.CHANGE_OFFICIAL)
    page = _page_of(this, "Ghi thành viên", f"{term}, {this}.", "Ghi thành viên")

    def act(form: dict[str, Any]) -> str:
        done = actions.begin_membership(term=term, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã ghi: {done} {term}.")
        return _address(this)

    return _answer(request, page, _form(request, forms.MembershipForm, role="Ủy viên", from_day=term.valid_from), act)


@asks
@login_required
def end_membership(request: SignedInRequest, pk: int) -> HttpResponse:
    seats = Membership.objects.filter(term__body__organization__in=_visible(request))
    seat = get_object_or_404(seats.select_related("official", "term__body"), pk=pk)
    this = _organization(request, seat.term.body.organization_id, Deed.CHANGE_OFFICIAL)
    page = _page_of(this, "Thôi tham gia", f"{seat}, {seat.term}, {this}.", "Ghi thôi tham gia")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        actions.end_membership(membership=seat, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đồng chí {seat.official} thôi tham gia {seat.term.body} từ {on:%d/%m/%Y}.")
        return _address(this)

    return _answer(request, page, _form(request, forms.EndForm), act)


def _visible(request: SignedInRequest) -> Any:
    return policy.visible_to(request.user, on=timezone.localdate()).values("pk")


def _organization(request: SignedInRequest, pk: int, deed: Deed) -> PartyOrganization:
    """404 for what the person may not see, 403 for what he may not do there."""
    today = timezone.localdate()
    this = get_object_or_404(policy.visible_to(request.user, on=today).select_related("parent", "kind"), pk=pk)
    policy.require(request.user, deed, this, on=today)
    return this


def _address(organization: PartyOrganization) -> str:
    return reverse("directory-organization", args=[organization.pk])


def _page_of(this: PartyOrganization, title: str, lead: str, button: str) -> Page:
    return Page(title, lead, button, _address(this), str(this))


def _form(request: SignedInRequest, form: type[forms.ChangeForm], **initial: Any) -> forms.ChangeForm:
    """Looking for somebody ("find") fills in and asks nothing: what was typed stays, nothing is written."""
    today = timezone.localdate()
    is_sent = request.method == "POST" and "find" not in request.POST
    typed = request.POST if request.method == "POST" else request.GET
    begun = {"from_day": today, "on_day": today} | initial | {name: text for name, text in typed.items() if text}
    return form(request.POST if is_sent else None, initial=begun, by=request.user, on=today)


def _answer(
    request: SignedInRequest,
    page: Page,
    form: forms.ChangeForm,
    act: Callable[[dict[str, Any]], str],
    versioned: PartyOrganization | None = None,
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
            version = str(PartyOrganization.objects.get(pk=versioned.pk).version) if versioned is not None else ""
        except Refused as refusal:
            told(form, refusal)
    about = {"page": page, "form": form, "lines": form.lines(request.POST), "changes": changes, "version": version}
    return render(request, "directory/change.html", about, status=422 if form.is_bound else 200)
