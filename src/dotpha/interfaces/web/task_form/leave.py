"""Taking a sent task back to write it again, and giving one up: each asks why and hands over to one action."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dotpha.appraisal.actions import release
from dotpha.core.errors import Refused
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.task_form.doors import led_to_task, own_task
from dotpha.interfaces.web.task_form.page import status_of
from dotpha.registration.actions import discard_task
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskMove, TaskState, task_after

LONGEST_REASON = 500
asks = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Question:
    title: str
    lead: str
    reason: str  # what the reason is called
    help: str
    button: str
    back: str  # the name of the address one returns to


WITHDRAW = Question(
    "Rút lại để sửa",
    "Bản đã gửi được giữ nguyên trong lịch sử và tạm rời danh sách rà soát cho đến khi đồng chí gửi lại.",
    "Lý do rút lại",
    "Ví dụ: bổ sung mốc tiến độ quý II, sửa số liệu hiện trạng.",
    "Rút lại để sửa",
    "task",
)
DISCARD = Question(
    "Bỏ nhiệm vụ",
    "Nhiệm vụ này không còn trong danh sách của đợt và không gửi được nữa. Điều đã ghi và đã gửi vẫn được lưu.",
    "Lý do bỏ",
    "Ví dụ: đã gộp vào nhiệm vụ khác.",
    "Bỏ nhiệm vụ",
    "task-write",
)


@asks
@login_required
@own_task
def withdraw(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    if refused := _why_not(task, TaskMove.WITHDRAW):
        return led_to_task(request, task, refused)
    if request.method != "POST":
        return _page(request, task, WITHDRAW)
    try:
        release(task=task, **_said(request), by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, task, WITHDRAW, refusal)
    messages.success(request, "Đã rút lại. Đồng chí sửa rồi gửi lại; bản đã gửi vẫn còn trong lịch sử.")
    return redirect("task-write", task.pk)


@asks
@login_required
@own_task
def discard(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    if refused := _why_not(task, TaskMove.DISCARD):
        return led_to_task(request, task, refused)
    if request.method != "POST":
        return _page(request, task, DISCARD)
    try:
        discard_task(task=task, **_said(request), by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, task, DISCARD, refusal)
    messages.success(request, f"Đã bỏ “{task}”.")
    return redirect("campaign", task.campaign_id)


def _why_not(task: BreakthroughTask, move: TaskMove) -> str:
    try:
        task_after(TaskState(task.state), move)
    except Refused as refusal:
        return str(refusal)
    return ""


def _said(request: SignedInRequest) -> dict[str, Any]:
    version = request.POST.get("version", "")
    return {
        "version": int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
    }


def _page(
    request: SignedInRequest, task: BreakthroughTask, question: Question, refusal: Refused | None = None
) -> HttpResponse:
    if refusal is not None:
        task.refresh_from_db(fields=["version"])
    about = {
        "task": task,
        "question": question,
        "refusal": str(refusal or ""),
        "error": refusal.fields.get("reason", "") if refusal else "",
        "reason": request.POST.get("reason", "")[:LONGEST_REASON],
        "must_say_why": task.current_id is not None,
    }
    return render(request, "registration/leave.html", about, status=status_of(refusal) if refusal else 200)
