"""Writing a draft: the form, and saving it with advice in return."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Refused
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.task_form.choices import choices_for
from dotpha.interfaces.web.task_form.doors import led_to_task, own_task
from dotpha.interfaces.web.task_form.layout import Typed
from dotpha.interfaces.web.task_form.page import Sheet, about_refusal, asked_of, status_of, stored
from dotpha.interfaces.web.task_form.posted import Posted
from dotpha.registration.actions import save_draft
from dotpha.registration.models import BreakthroughTask
from dotpha.rules.trend.indicator import DIRECTIONS

LONGEST_SEARCH = 120


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@own_task
def write(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    if request.method == "POST":
        return _save(request, task)
    if not task.is_editable:
        words = f"Nhiệm vụ này {task.get_state_display().lower()} nên chỉ đọc; muốn sửa thì rút lại trước."
        return led_to_task(request, task, words)
    return _page(request, task, stored(task, more=request.GET.get("them", "")))


def _save(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    posted = Posted.of(request.POST, before=task.written, asked=asked_of(task))
    try:
        posted.require_readable_length()
        saved = save_draft(
            task=task, version=posted.version, content=posted.content, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return _refused(request, task, posted, refusal)
    if _is_asked_by_script(request):
        task.version, task.changed_at, task.supports_id = saved.version, saved.changed_at, saved.supports_id
        typed = Typed(content=posted.content, numbers=posted.numbers, kept=posted.kept)
        about = {"task": task, "sheet": Sheet.of(task, typed, by=request.user)}
        return render(request, "registration/write.html#saved", about)
    return _after_saving(request, saved)


def _after_saving(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    """Without script every button is a form that comes back: to the review, to a row more, or here."""
    if request.POST.get("next") == "send":
        return redirect("task-send", task.pk)
    address = reverse("task-write", args=[task.pk])
    if more := request.POST.get("more"):
        name = "indicators" if more.startswith("history-") else more
        return redirect(reverse("task-write", args=[task.pk], query={"them": more}) + f"#muc-{name}")
    if words := request.POST.get("find"):
        query = {"tim": request.POST.get("tim", "")[:LONGEST_SEARCH]}
        return redirect(reverse("task-write", args=[task.pk], query=query) + f"#muc-{words}")
    if dropped := request.POST.get("drop"):
        return redirect(f"{address}#muc-{dropped.partition('-')[0]}")
    messages.success(request, f"Đã lưu nháp lúc {timezone.localtime(task.changed_at):%H:%M}.")
    return redirect(address)


def _refused(request: SignedInRequest, task: BreakthroughTask, posted: Posted, refusal: Refused) -> HttpResponse:
    """Everything typed comes back; a script is told only what was refused, for it has the rest."""
    about = about_refusal(task, refusal)
    if _is_asked_by_script(request):
        return render(request, "registration/write.html#refused", about | {"task": task}, status=status_of(refusal))
    typed = Typed(content=posted.content, numbers=posted.numbers, kept=posted.kept, errors=refusal.fields)
    task.version = posted.version
    return _page(request, task, typed, **about, status=status_of(refusal))


def _page(
    request: SignedInRequest, task: BreakthroughTask, typed: Typed, *, status: int = 200, **more: Any
) -> HttpResponse:
    words = request.GET.get("tim", "")[:LONGEST_SEARCH]
    about = {
        "task": task,
        "sheet": Sheet.of(task, typed, by=request.user),
        "choices": choices_for(request.user, task, typed.content, words=words, on=timezone.localdate()),
        "directions": DIRECTIONS,
    }
    return render(request, "registration/write.html", about | more, status=status)


def _is_asked_by_script(request: SignedInRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
