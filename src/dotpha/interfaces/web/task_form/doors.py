"""Who is let in to write a task, and where others are led."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import policy
from dotpha.registration.models import BreakthroughTask

TaskView = Callable[[SignedInRequest, BreakthroughTask], HttpResponse]


def own_task(view: TaskView) -> Callable[[SignedInRequest, int], HttpResponse]:
    """Replace the key in the address by the task; 404 for who does not write it, whoever may read it."""

    @wraps(view)
    def found(request: SignedInRequest, pk: int) -> HttpResponse:
        writable = policy.tasks_writable_by(request.user, on=timezone.localdate())
        tasks = writable.select_related(
            "campaign__organization", "registrant", "organization", "official", "supports", "current",
            "changed_by", "copied_from__campaign", "copied_from__current",
        )  # fmt: skip
        return view(request, get_object_or_404(tasks, pk=pk))

    return found


def led_to_task(request: SignedInRequest, task: BreakthroughTask, words: str) -> HttpResponse:
    """To the task's own page, with a sentence that says why."""
    messages.info(request, words)
    return redirect("task", task.pk)
