"""The trail, to search and to read: only where a grant allows it, and the reading leaves a trace itself."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dotpha.core.actions import note_reading
from dotpha.core.errors import NotAllowed
from dotpha.core.queries import matching, page_of
from dotpha.interfaces.web.accounts import standing
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.trail import reading
from dotpha.interfaces.web.trail.forms import TrailForm


@require_safe
@login_required
def trail(request: SignedInRequest) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    reader = reading.Reader.of(request.user, on=today)
    if not reader.scopes:
        raise NotAllowed("Đồng chí không có quyền đọc dấu vết.")
    form = TrailForm(request.GET)
    if not form.is_valid():
        return _answer(request, {"form": form, "reader": reader}, status=422)
    asked = form.cleaned_data
    events = matching(reading.visible(request.user, reader, on=today), reading.wanted(asked))
    page = page_of(events, older_than=_number(request, "truoc"), newer_than=_number(request, "sau"))
    note_reading(by=request.user, at=at, asked=reading.told(asked), post=post_in(request), scope=reader.only_scope)
    about = {"form": form, "reader": reader, "page": page, "lines": reading.lines(page.events)}
    return _answer(request, about | {"query": reading.query(asked), "told": reading.told(asked)})


def _answer(request: HttpRequest, about: dict[str, Any], *, status: int = 200) -> HttpResponse:
    fragment = "#events" if request.headers.get("HX-Request-Type") == "partial" else ""
    return render(request, f"trail/trail.html{fragment}", about, status=status)


def post_in(request: HttpRequest) -> str:
    now = standing.kept(request)
    return now.post if now else ""


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
