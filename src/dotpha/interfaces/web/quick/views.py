"""The pages of Rà soát nhanh. Nobody signs in yet: whoever holds the address of a result may see it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dotpha.documents.pieces import overview, troubles
from dotpha.documents.pieces.item import item as item_view
from dotpha.interfaces.web.quick import board, correction, downloads, limits
from dotpha.interfaces.web.quick.board import Filters
from dotpha.interfaces.web.quick.forms import CHOOSE_AGAIN, CorrectionForm, StartForm, distinct
from dotpha.interfaces.web.quick.jobs import JOBS, Busy, Job, Refused, Stage, Upload
from dotpha.interfaces.web.quick.progress import Progress
from dotpha.interfaces.web.quick.upload import InMemoryWithinLimits
from dotpha.interfaces.web.screening_parts.cards import board_of, page_number

P = ParamSpec("P")
JobView = Callable[Concatenate[HttpRequest, Job, P], HttpResponse]

TOO_MUCH = (
    f"Các tệp cộng lại vượt quá {limits.UPLOAD_BYTES // limits.MB} MB nên máy chủ không nhận. "
    "Đồng chí chia thành nhiều lượt rồi chọn lại tệp."
)
TOO_MANY = f"Một lượt nhận tối đa {limits.FILES} tệp. Đồng chí chia thành nhiều lượt rồi chọn lại tệp."
TOO_LARGE = (
    f"Tệp lớn hơn {limits.FILE_BYTES // limits.MB} MB nên máy chủ không nhận. "
    "Đồng chí tách thành nhiều tệp nhỏ rồi chọn lại."
)
BUSY = "Máy chủ đang giữ nhiều lượt rà soát, chưa còn chỗ. Đồng chí đợi vài phút rồi nạp lại."


def with_job(view: JobView[P]) -> Callable[..., HttpResponse]:
    """Replace the token in the address by its job; a token that is unknown or over gets its own page."""

    @wraps(view)
    @never_cache
    def found(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        job = JOBS.get(token)
        if job is None:
            return render(request, "quick/expired.html", status=404)
        return view(request, job, *args, **kwargs)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt  # only until the upload handler is in place; `_take` checks the token
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _start_page(request, StartForm())
    handler = InMemoryWithinLimits(request)
    request.upload_handlers = [handler]
    try:
        return _take(request, handler)
    except TooManyFilesSent:
        return _start_page(request, StartForm(), error=TOO_MANY, status=413)


@csrf_protect
def _take(request: HttpRequest, handler: InMemoryWithinLimits) -> HttpResponse:
    form = StartForm(request.POST, request.FILES)
    kept = StartForm(initial={"on": request.POST.get("on"), "committee": request.POST.get("committee")})
    if handler.is_too_much:
        return _start_page(request, kept, error=TOO_MUCH, status=413)
    if handler.too_large and "registers" not in request.FILES:
        return _start_page(request, kept, error=TOO_LARGE, status=413)
    if not form.is_valid():
        return _start_page(request, form, error=CHOOSE_AGAIN if request.FILES else "", status=422)
    job = _job(form.cleaned_data, handler.too_large)
    try:
        JOBS.start(job)
    except Busy:
        return _start_page(request, kept, error=BUSY, status=503)
    return redirect("quick-result", job.token)


def _start_page(request: HttpRequest, form: StartForm, *, error: str = "", status: int = 200) -> HttpResponse:
    about = {
        "form": form,
        "texts": [form["on"], form["committee"]],
        "error": error,
        "limits": limits.IN_WORDS,
        "is_deleted": "da-xoa" in request.GET,
    }
    return render(request, "quick/start.html", about, status=status)


def _job(given: dict[str, Any], too_large: list[tuple[str, str]]) -> Job:
    uploads = [Upload(file.name, file.read()) for file in given["registers"]]
    uploads += [Upload(file.name, file.read(), last_year=True) for file in given["last_year"]]
    taken = {(upload.name, upload.last_year) for upload in uploads}
    refused = []
    for field, name in too_large:
        is_last_year = field == "last_year"
        name = distinct(name, [other for other, of_last_year in taken if of_last_year is is_last_year])
        taken.add((name, is_last_year))
        refused.append(Refused(name, TOO_LARGE, is_last_year))
    on = given["on"] or timezone.localdate()
    return Job(on=on, committee=given["committee"], uploads=uploads, refused=tuple(refused))


@require_safe
@with_job
def result(request: HttpRequest, job: Job) -> HttpResponse:
    """The progress while there is any, then the board."""
    if job.is_running:
        return render(request, "quick/progress.html", {"job": job, "progress": Progress.of(job)})
    if job.stage is Stage.FAILED or not job.entries:
        lost = {trouble.file for trouble in job.unread}
        about = {
            "job": job,
            "troubles": troubles.by_file(job.unread, job.remarks),
            "is_unread": any(name in lost for name in job.files),
        }
        return render(request, "quick/nothing.html", about)
    return _board(request, job)


@require_safe
@with_job
def progress(request: HttpRequest, job: Job) -> HttpResponse:
    """The fragment that htmx asks for every second; at the end it sends the browser to the board."""
    if not job.is_running:
        return HttpResponse(headers={"HX-Redirect": reverse("quick-result", args=[job.token])})
    return render(request, "quick/progress.html#progress", {"job": job, "progress": Progress.of(job)})


def _board(request: HttpRequest, job: Job) -> HttpResponse:
    filters = Filters.of(request.GET)
    entries = board.matching(job, filters)
    shown = board.page(job, entries, page_number(request.GET.get("trang")))
    about = {
        "job": job,
        **board_of(shown, filters, board.counts(entries)),
        "selects": board.selects(job, filters),
        "overview": overview.overview(job.tally),
        "about": downloads.context(job),
        "troubles": troubles.by_file(job.unread, job.remarks),
        "trouble_count": len(job.unread) + len(job.remarks),
        "downloads": downloads.LABELS,
    }
    fragment = "#board" if request.headers.get("HX-Request-Type") == "partial" else ""
    return render(request, f"quick/board.html{fragment}", about)


@require_safe
@with_job
def item(request: HttpRequest, job: Job, number: int) -> HttpResponse:
    if not 1 <= number <= len(job.entries):
        raise Http404
    filters = Filters.of(request.GET)
    before, after = board.neighbours(board.matching(job, filters), number)
    registration, screening = job.entries[number - 1].unpack()
    about = {
        "job": job,
        "item": item_view(number, registration, screening, {each.id: each.number for each in job.entries}),
        "trends": board.correctable(registration, screening),
        "query": filters.query(),
        "total": len(job.entries),
        "before": before,
        "after": after,
        "is_corrected": "da-sua" in request.GET,
    }
    return render(request, "quick/item.html", about)


@require_POST
@with_job
def correct(request: HttpRequest, job: Job, number: int, index: int) -> HttpResponse:
    """A person says how an indicator is to be read; the item is screened again."""
    form = CorrectionForm(request.POST)
    if job.is_running or not 1 <= number <= len(job.entries) or not form.is_valid():
        raise Http404
    try:
        correction.correct(job, number, index, **form.cleaned_data)
    except correction.NoSuchIndicator as missing:
        raise Http404 from missing
    query = Filters.of(request.GET).query()
    address = reverse("quick-item", args=[job.token, number])
    return redirect(f"{address}?{query + '&' if query else ''}da-sua=1#chi-tieu-{index}")


@require_safe
@with_job
def download(request: HttpRequest, job: Job, kind: str) -> HttpResponse:
    if kind not in downloads.CONTENT_TYPES or job.is_running:
        raise Http404
    try:
        written = downloads.write(job, kind)
    except downloads.CannotWrite:
        return render(request, "quick/busy.html", {"job": job}, status=503)
    name = f"ra-soat-dot-pha-{job.on.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(written, content_type=downloads.CONTENT_TYPES[kind], headers=headers)


@require_POST
@with_job
def forget(request: HttpRequest, job: Job) -> HttpResponse:
    """Stop what is under way and delete everything, at once."""
    JOBS.drop(job.token)
    return redirect(f"{reverse('quick-start')}?da-xoa=1")
