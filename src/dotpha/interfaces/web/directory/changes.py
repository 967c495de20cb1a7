"""The directory's pages that change it: each asks, hands over to one action, and leads back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from dotpha.directory import actions
from dotpha.directory.models import CommitteeTerm, Membership, Tenure
from dotpha.directory.policy import Deed
from dotpha.interfaces.web.directory import forms
from dotpha.interfaces.web.directory.asking import (
    address_of,
    answer,
    asks,
    form_of,
    organization_of,
    page_about,
    visible_to,
)
from dotpha.interfaces.web.http import SignedInRequest


@asks
@login_required
def found(request: SignedInRequest, pk: int) -> HttpResponse:
    parent = organization_of(request, pk, Deed.CHANGE_ORGANIZATION)
    page = page_about(parent, "Lập tổ chức trực thuộc", f"Tổ chức mới trực thuộc {parent}.", "Lập tổ chức")

    def act(form: dict[str, Any]) -> str:
        made = actions.found_organization(**form, parent=parent, by=request.user, at=timezone.now())
        messages.success(request, f"Đã lập {made}, từ ngày {made.valid_from:%d/%m/%Y}.")
        return address_of(made)

    return answer(request, page, form_of(request, forms.FoundForm), act)


@asks
@login_required
def rename(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_ORGANIZATION)
    page = page_about(this, "Đổi tên tổ chức", f"Tên đang dùng: {this}. Tên này được giữ trong lịch sử.", "Đổi tên")

    def act(form: dict[str, Any]) -> str:
        done = actions.rename_organization(organization=this, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã đổi tên thành {done}.")
        return address_of(done)

    return answer(request, page, form_of(request, forms.RenameForm, name=this.name), act, this)


@asks
@login_required
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_ORGANIZATION)
    lead = f"{this} đang trực thuộc {this.parent or 'chưa nơi nào'}; nơi ấy được giữ trong lịch sử."
    page = page_about(this, "Chuyển tổ chức", lead, "Chuyển tổ chức")

    def act(form: dict[str, Any]) -> str:
        done = actions.move_organization(organization=this, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã chuyển {done} về trực thuộc {done.parent}.")
        return address_of(done)

    return answer(request, page, form_of(request, forms.MoveForm, apart=this), act, this)


@asks
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_ORGANIZATION)
    lead = f"Chức vụ, cơ quan, nhiệm kỳ ở {this} kết thúc cùng ngày; mọi điều đã ghi vẫn còn trong lịch sử."
    page = page_about(this, "Kết thúc hoạt động", lead, "Kết thúc hoạt động")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        done = actions.end_organization(organization=this, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"{done} kết thúc từ ngày {on:%d/%m/%Y}.")
        return address_of(done)

    return answer(request, page, form_of(request, forms.EndOrganizationForm, apart=this), act, this)


@asks
@login_required
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_ORGANIZATION)
    lead = (
        f"Các tổ chức được chọn kết thúc và {this} kế thừa: nhận tổ chức trực thuộc và cán bộ do các tổ chức ấy quản "
        "lý. Chức vụ, cơ quan, nhiệm kỳ ở đó kết thúc cùng ngày; mọi điều đã ghi vẫn còn trong lịch sử."
    )
    page = page_about(this, "Sáp nhập tổ chức khác vào đây", lead, "Sáp nhập")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        done = actions.merge_organizations(into=this, on=on, **form, by=request.user, at=timezone.now())
        named = ", ".join(str(each) for each in form["organizations"])
        messages.success(request, f"Đã sáp nhập {named} vào {done}, từ ngày {on:%d/%m/%Y}.")
        return address_of(done)

    return answer(request, page, form_of(request, forms.MergeForm, apart=this), act)


@asks
@login_required
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_OFFICIAL)
    lead = f"Cán bộ thuộc diện quản lý của {this}. Ghi xong, đồng chí ghi tiếp chức vụ."
    page = page_about(this, "Ghi cán bộ mới", lead, "Ghi cán bộ")

    def act(form: dict[str, Any]) -> str:
        made = actions.record_official(**form, managed_by=this, by=request.user, at=timezone.now())
        messages.success(request, f"Đã ghi cán bộ {made}. Đồng chí ghi tiếp chức vụ nếu có.")
        return reverse("directory-begin-tenure", args=[this.pk], query={"official": made.pk})

    return answer(request, page, form_of(request, forms.OfficialForm, is_party_member=True), act)


@asks
@login_required
def begin_tenure(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_OFFICIAL)
    page = page_about(this, "Ghi người giữ chức vụ", f"Chức vụ ở {this}.", "Ghi chức vụ")

    def act(form: dict[str, Any]) -> str:
        done = actions.begin_tenure(**form, organization=this, by=request.user, at=timezone.now())
        messages.success(request, f"Đã ghi: {done}, từ ngày {done.valid_from:%d/%m/%Y}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.TenureForm), act)


@asks
@login_required
def end_tenure(request: SignedInRequest, pk: int) -> HttpResponse:
    tenure = get_object_or_404(
        Tenure.objects.filter(organization__in=visible_to(request)).select_related("official", "position"), pk=pk
    )
    this = organization_of(request, tenure.organization_id, Deed.CHANGE_OFFICIAL)
    lead = f"{tenure.official} giữ chức vụ {tenure.position} ở {this} từ ngày {tenure.valid_from:%d/%m/%Y}."
    page = page_about(this, "Thôi giữ chức vụ", lead, "Ghi thôi giữ chức vụ")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        actions.end_tenure(tenure=tenure, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đồng chí {tenure.official} thôi giữ chức vụ {tenure.position} từ {on:%d/%m/%Y}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.EndForm), act)


@asks
@login_required
def begin_membership(request: SignedInRequest, pk: int) -> HttpResponse:
    terms = CommitteeTerm.objects.filter(body__organization__in=visible_to(request)).select_related(
        "body__organization"
    )
    term = get_object_or_404(terms, pk=pk)
    this = organization_of(request, term.body.organization_id, Deed.CHANGE_OFFICIAL)
    page = page_about(this, "Ghi thành viên", f"{term}, {this}.", "Ghi thành viên")

    def act(form: dict[str, Any]) -> str:
        done = actions.begin_membership(term=term, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã ghi: {done} {term}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.MembershipForm, role="Ủy viên", from_day=term.valid_from), act)


@asks
@login_required
def end_membership(request: SignedInRequest, pk: int) -> HttpResponse:
    seats = Membership.objects.filter(term__body__organization__in=visible_to(request))
    seat = get_object_or_404(seats.select_related("official", "term__body"), pk=pk)
    this = organization_of(request, seat.term.body.organization_id, Deed.CHANGE_OFFICIAL)
    page = page_about(this, "Thôi tham gia", f"{seat}, {seat.term}, {this}.", "Ghi thôi tham gia")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        actions.end_membership(membership=seat, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đồng chí {seat.official} thôi tham gia {seat.term.body} từ {on:%d/%m/%Y}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.EndForm), act)
