"""Forms about an official: what is written of him, and who manages him."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone

from dotpha.directory import actions, queries
from dotpha.interfaces.web.directory import forms
from dotpha.interfaces.web.directory.asking import address_of, answer, asks, form_of, official_of, page_about
from dotpha.interfaces.web.http import SignedInRequest


@asks
@login_required
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    person = official_of(request, pk)
    lead = f"Mã {person.code} giữ nguyên. Điều ghi trước khi sửa còn trong dấu vết."
    page = page_about(person, "Sửa thông tin cán bộ", lead, "Ghi thông tin")
    known = {name: getattr(person, name) for name in ("full_name", "birth_year", "is_party_member")}

    def act(form: dict[str, Any]) -> str:
        done = actions.change_official(official=person, **form, by=request.user, at=timezone.now())
        messages.success(request, f"Đã sửa thông tin của đồng chí {done}.")
        return address_of(person)

    return answer(request, page, form_of(request, forms.CorrectForm, **known), act, person)


@asks
@login_required
def manage(request: SignedInRequest, pk: int) -> HttpResponse:
    person = official_of(request, pk)
    now = queries.managed_by(person, day=timezone.localdate())
    known = f"Hiện do {now.organization} quản lý, từ ngày {now.valid_from:%d/%m/%Y}." if now else "Chưa ghi."
    page = page_about(person, "Đổi cấp ủy quản lý", f"Cấp ủy quản lý đồng chí {person}. {known}", "Ghi cấp ủy quản lý")

    def act(form: dict[str, Any]) -> str:
        done = actions.set_management(official=person, **form, by=request.user, at=timezone.now())
        since = f"{done.valid_from:%d/%m/%Y}"
        messages.success(request, f"Đã ghi: {done.organization} quản lý đồng chí {person} từ ngày {since}.")
        return address_of(person)

    return answer(request, page, form_of(request, forms.ManageForm), act)
