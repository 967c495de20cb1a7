"""Forms about bodies of an organization and their terms."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from dotpha.directory import actions
from dotpha.directory.models import Body, CommitteeTerm
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
def found_body(request: SignedInRequest, pk: int) -> HttpResponse:
    this = organization_of(request, pk, Deed.CHANGE_ORGANIZATION)
    lead = f"Cơ quan của {this}: ban chấp hành, ban thường vụ, ủy ban kiểm tra, ban tham mưu. Sau đó ghi nhiệm kỳ."
    page = page_about(this, "Lập cơ quan", lead, "Lập cơ quan")

    def act(form: dict[str, Any]) -> str:
        made = actions.found_body(**form, organization=this, by=request.user, at=timezone.now())
        messages.success(request, f"Đã lập {made}, từ ngày {made.valid_from:%d/%m/%Y}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.BodyForm), act)


@asks
@login_required
def begin_term(request: SignedInRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.filter(organization__in=visible_to(request)), pk=pk)
    this = organization_of(request, body.organization_id, Deed.CHANGE_ORGANIZATION)
    open_term = body.terms.filter(valid_until=None).order_by("-valid_from", "pk").first()
    follows = f" Nhiệm kỳ {open_term.name} kết thúc cùng ngày, với mọi thành viên." if open_term else ""
    page = page_about(this, "Bắt đầu nhiệm kỳ", f"{body}, {this}.{follows}", "Bắt đầu nhiệm kỳ")

    def act(form: dict[str, Any]) -> str:
        made = actions.begin_term(body=body, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã bắt đầu nhiệm kỳ {made.name} của {body}. Đồng chí ghi tiếp thành viên.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.TermForm), act)


@asks
@login_required
def end_term(request: SignedInRequest, pk: int) -> HttpResponse:
    terms = CommitteeTerm.objects.filter(body__organization__in=visible_to(request)).select_related("body")
    term = get_object_or_404(terms, pk=pk)
    this = organization_of(request, term.body.organization_id, Deed.CHANGE_ORGANIZATION)
    lead = f"{term}, {this}, từ ngày {term.valid_from:%d/%m/%Y}. Mọi thành viên thôi tham gia cùng ngày."
    page = page_about(this, "Kết thúc nhiệm kỳ", lead, "Kết thúc nhiệm kỳ")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        actions.end_term(term=term, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Nhiệm kỳ {term} kết thúc từ ngày {on:%d/%m/%Y}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.CloseForm), act)


@asks
@login_required
def end_body(request: SignedInRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.filter(organization__in=visible_to(request)), pk=pk)
    this = organization_of(request, body.organization_id, Deed.CHANGE_ORGANIZATION)
    lead = f"{body}, {this}, từ ngày {body.valid_from:%d/%m/%Y}. Nhiệm kỳ và thành viên kết thúc cùng ngày."
    page = page_about(this, "Kết thúc cơ quan", lead, "Kết thúc cơ quan")

    def act(form: dict[str, Any]) -> str:
        on = form.pop("on_day")
        actions.end_body(body=body, on=on, **form, by=request.user, at=timezone.now())
        messages.success(request, f"{body} kết thúc từ ngày {on:%d/%m/%Y}.")
        return address_of(this)

    return answer(request, page, form_of(request, forms.CloseForm), act)
