"""Reading the whole sheet once more, and sending it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dotpha.appraisal.actions import receive
from dotpha.core.errors import Conflict, Refused
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.task_form.doors import led_to_task, own_task
from dotpha.interfaces.web.task_form.page import Sheet, status_of, stored
from dotpha.registration.actions.tasks import Incomplete, owner_type
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.queries.writing import collective_tasks, why_withdrawn
from dotpha.rules.form.sheet import sheet as filled_sheet

LONGEST_REASON = 500


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@own_task
def send(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    if not task.is_editable:
        words = f"Nhiệm vụ này {task.get_state_display().lower()} rồi, không gửi lần nữa được."
        return led_to_task(request, task, words)
    if request.method != "POST":
        return _page(request, task, reason=why_withdrawn(task)[:LONGEST_REASON] if task.current_id else "")
    version, reason = request.POST.get("version", ""), request.POST.get("reason", "")[:LONGEST_REASON]
    try:
        seen = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
        result = receive(task=task, version=seen, by=request.user, at=timezone.now(), reason=reason)
    except Refused as refusal:
        return _refused(request, task, refusal, reason)
    late = " Bản này gửi sau hạn." if result.version.is_late else ""
    messages.success(request, f"Đã gửi đăng ký “{result.title}” tới {task.campaign.organization}.{late}")
    return redirect("task", task.pk)


def _refused(request: SignedInRequest, task: BreakthroughTask, refusal: Refused, reason: str) -> HttpResponse:
    """After a conflict the page shows the draft as it is now, to be read before it is sent."""
    if isinstance(refusal, Conflict):
        task.refresh_from_db(fields=["version", "content", "title", "supports", "changed_at"])
    told = "" if isinstance(refusal, Incomplete) else str(refusal)  # the page itself lists what is missing
    about = {"refusal": told, "errors": refusal.fields, "reason": reason, "is_incomplete": not told}
    return _page(request, task, **about, status=status_of(refusal))


def _page(request: SignedInRequest, task: BreakthroughTask, *, status: int = 200, **more: Any) -> HttpResponse:
    sheet = Sheet.of(task, stored(task), by=request.user)
    parent = _served(request, task)
    about = {
        "task": task,
        "sheet": sheet,
        "item": sheet.advised.item,
        "sections": filled_sheet(
            sheet.content, task.campaign.specification, owner_type=owner_type(task), parent=parent
        ),
        "unchanged": [line.field.label for part in sheet.parts for line in part.lines if line.is_as_last_year],
    }
    return render(request, "registration/send.html", about | more, status=status)


def _served(request: SignedInRequest, task: BreakthroughTask) -> str:
    """The collective task an individual's task serves, in words."""
    content = task.written
    if not task.is_individual or content.supports is None:
        return content.parent_title
    today = timezone.localdate()
    offered = collective_tasks(request.user, task, "", chosen=content.supports, on=today)
    served = offered.filter(pk=content.supports).first()
    return f"{served.shown_title} ({served.registrant.name})" if served is not None else ""
