"""Nạp phiếu: a filled form is read, shown field by field beside the draft, and kept only when confirmed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Conflict, Refused
from dotpha.documents.registers import Unreadable
from dotpha.documents.registration.confined_sheet import read_sheet_confined
from dotpha.documents.registration.form_words import form_for
from dotpha.documents.registration.sheet_reading import MAX_MB, SheetReading
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.interfaces.web.register_export.forms import SheetForm
from dotpha.interfaces.web.register_export.review import Review, Target, put_together, review, waiting
from dotpha.interfaces.web.task_form.doors import led_to_task, own_task
from dotpha.interfaces.web.task_form.posted import MOST_LETTERS
from dotpha.registration import policy
from dotpha.registration.actions import save_draft
from dotpha.registration.actions.exports import begin_filled
from dotpha.registration.actions.tasks import require_receiving, require_room
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.queries.tasks import served

PAGE = "registration/sheet_upload.html"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@own_task
def into_task(request: SignedInRequest, task: BreakthroughTask) -> HttpResponse:
    """Into one's own draft."""
    if not task.is_editable:
        words = f"Nhiệm vụ này {task.get_state_display().lower()} nên chỉ đọc; muốn sửa thì rút lại trước."
        return led_to_task(request, task, words)
    return _answer(request, Target(task.registrant, task))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def into_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into a task that begins with it, in the name of a registrant."""
    own = policy.registrants_writable_by(request.user, on=timezone.localdate())
    registrant = get_object_or_404(own.select_related("campaign__organization", "organization"), pk=pk)
    try:
        require_receiving(registrant.campaign, timezone.localdate())
        require_room(registrant)
    except Refused as refusal:
        return _page(request, Target(registrant), refusal=str(refusal), shut=True, status=422)
    return _answer(request, Target(registrant))


def _answer(request: SignedInRequest, target: Target) -> HttpResponse:
    if request.method != "POST":
        return _page(request, target)
    if "content" in request.POST:
        return _keep(request, target)
    return _look(request, target)


def _look(request: SignedInRequest, target: Target) -> HttpResponse:
    """Read the file and show what it says; nothing is written."""
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        specification = form_for(target.registrant.campaign.specification, target.owner_type, target.present)
        try:
            reading = read_sheet_confined(file.read(), file.name or "phieu.docx", specification, target.owner_type)
            _require_readable_length(reading)
        except (Unreadable, Refused) as reason:
            form.add_error("file", str(reason))
        else:
            return _page(request, target, seen=_seen(request, target, reading), file_name=file.name)
    return _page(request, target, form=form, status=422)


def _require_readable_length(reading: SheetReading) -> None:
    """
    Raises:
        Refused: it says more than the form takes.
    """
    letters = len(str(reading.content.to_json()))
    if letters > MOST_LETTERS:
        raise Refused(
            f"Phiếu này dài khoảng {letters // 1000} nghìn chữ cái; một bản đăng ký dài nhất {MOST_LETTERS // 1000} "
            "nghìn. Đồng chí rút gọn phiếu rồi chọn lại."
        )


def _keep(request: SignedInRequest, target: Target) -> HttpResponse:
    """Write what was shown; whoever saved meanwhile is not overwritten unseen."""
    task, now, reading = target.task, timezone.now(), None
    try:
        reading = waiting(target, request.POST["content"])
        content, _ = put_together(target, reading)
        if task is None:
            task = begin_filled(registrant=target.registrant, content=content, by=request.user, at=now)
        else:
            version = _number(request.POST.get("version"))
            save_draft(task=task, version=version, content=content, by=request.user, at=now)
    except Refused as refusal:
        seen = _seen(request, target, reading) if reading is not None else None
        status = 409 if isinstance(refusal, Conflict) else 422
        return _page(request, target, seen=seen, refusal=str(refusal), status=status)
    messages.success(request, "Đã đưa nội dung phiếu vào bản nháp; chưa gửi. Đồng chí xem lại rồi gửi.")
    return redirect("task-write", task.pk)


def _seen(request: SignedInRequest, target: Target, reading: SheetReading) -> Review:
    content, remarks = put_together(target, reading)
    today = timezone.localdate()
    now, then = (served(request.user, each, on=today) for each in (target.present, content))
    return review(target, reading, content, remarks, (now.title if now else "", then.title if then else ""))


def _page(request: SignedInRequest, target: Target, *, status: int = 200, **more: Any) -> HttpResponse:
    about = {
        "registrant": target.registrant,
        "campaign": target.registrant.campaign,
        "task": target.task,
        "form": SheetForm(),
        "file_mb": MAX_MB,
        "whose": "ca-nhan" if target.registrant.is_individual else "to-chuc",
    }
    return render(request, PAGE, about | more, status=status)


def _number(written: str | None) -> int:
    """A version; 0, which no draft has, where the page says none."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 10 else 0
