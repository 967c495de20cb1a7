"""Nhập và xuất danh bạ: the file is looked at row by row before anything is written."""

import io
import tempfile
from datetime import date
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.actions import imports
from dotpha.directory.exchange import Outcome, Plan, outgoing
from dotpha.directory.exchange.plan import OUTCOME_LABELS, OUTCOME_MARKS
from dotpha.directory.models import DirectoryImport
from dotpha.directory.policy import Deed, deed_in_sentence
from dotpha.documents.directory import Unreadable, read, write
from dotpha.documents.directory.writing import About
from dotpha.interfaces.web.directory_import.forms import FILE_MB, ExportForm, ImportForm
from dotpha.interfaces.web.http import SignedInRequest, only_posted

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ON_A_PAGE = 100
_IN_MEMORY = 5 * 1024 * 1024  # bytes of a workbook before it goes to a temporary file
START, PLAN, EXPORT = "directory_import/start.html", "directory_import/plan.html", "directory_import/export.html"
FILTERS = {"tu-choi": Outcome.REFUSED, "them": Outcome.ADD, "doi": Outcome.CHANGE, "ket-thuc": Outcome.END,
           "khong-doi": Outcome.SAME}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def start(request: SignedInRequest) -> HttpResponse:
    """Choose a workbook; what is wrong with it as a whole is told here."""
    _require(request, Deed.IMPORT_DIRECTORY)
    if request.method != "POST":
        about = {"form": ImportForm(), "file_mb": FILE_MB, "is_given_up": "da-bo" in request.GET}
        return render(request, START, about)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        data, name = file.read(), file.name or "danh-ba.xlsx"
        from_day = form.cleaned_data["from_day"] or timezone.localdate()
        try:
            waiting = imports.prepare_import(
                file_name=name, data=data, batch=read(data, name), from_day=from_day, by=request.user, at=timezone.now()
            )
            return redirect("directory-import-plan", waiting.pk)
        except (Unreadable, Refused) as refusal:
            form.add_error("from_day" if getattr(refusal, "fields", None) else "file", str(refusal))
    return render(request, START, {"form": form, "file_mb": FILE_MB}, status=422)


@require_safe
@login_required
@never_cache
def plan(request: SignedInRequest, token: UUID) -> HttpResponse:
    """What will be added, changed, ended or refused; afterwards, what was."""
    waiting = _own(request, token)
    if waiting.result:
        return render(request, PLAN, {"waiting": waiting})
    return _show(request, waiting, imports.unpack(waiting.plan))


@only_posted
@login_required
@never_cache
def confirm(request: SignedInRequest, token: UUID) -> HttpResponse:
    waiting = _own(request, token)
    if waiting.result:
        return redirect("directory-import-plan", waiting.pk)
    batch, now = read(bytes(waiting.data), waiting.file_name), timezone.now()
    try:
        imports.import_directory(waiting=waiting, batch=batch, by=request.user, at=now)
    except imports.DirectoryChanged as changed:
        imports.renew_import(waiting=waiting, made=changed.plan, by=request.user, at=now)
        return _show(request, waiting, changed.plan, error=str(changed), status=422)
    except Refused as refusal:
        return _show(request, waiting, imports.unpack(waiting.plan), error=str(refusal), status=422)
    return redirect("directory-import-plan", waiting.pk)


@only_posted
@login_required
def give_up(request: SignedInRequest, token: UUID) -> HttpResponse:
    imports.give_up_import(waiting=_own(request, token), by=request.user, at=timezone.now())
    response = redirect("directory-import")
    response["Location"] += "?da-bo=1"
    return response


@require_safe
@login_required
def blank(request: SignedInRequest) -> HttpResponse:
    """An empty workbook to be filled in."""
    _require(request, Deed.IMPORT_DIRECTORY)
    stream = io.BytesIO()
    write(stream, None, About("Mẫu để điền", timezone.localtime()))
    headers = {"Content-Disposition": 'attachment; filename="mau-danh-ba.xlsx"'}
    return HttpResponse(stream.getvalue(), content_type=CONTENT_TYPE, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def export(request: SignedInRequest) -> HttpResponseBase:
    """The page, and by POST the file: an export leaves a trace, so no link makes one."""
    _require(request, Deed.EXPORT_DIRECTORY)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _file(request, form.cleaned_data["day"] or timezone.localdate())
    content = outgoing(by=request.user, day=timezone.localdate(), on=timezone.localdate())
    about = {"form": form, "count": content.count(), "may_import": _may(request, Deed.IMPORT_DIRECTORY)}
    return render(request, EXPORT, about, status=422 if form.is_bound else 200)


def _file(request: SignedInRequest, day: date) -> FileResponse:
    now = timezone.localtime()
    content = outgoing(by=request.user, day=day, on=now.date())
    name = f"danh-ba-{day.isoformat()}.xlsx"
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the response closes it
    scopes = policy.grants_of(request.user, on=now.date()).values_list("organization__name", flat=True)
    write(cast(BinaryIO, file), content, About(", ".join(dict.fromkeys(scopes)), now))
    imports.export_directory(file_name=name, count=content.count(), day=day, by=request.user, at=now)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)


def _show(
    request: SignedInRequest, waiting: DirectoryImport, made: Plan, *, error: str = "", status: int = 200
) -> HttpResponse:
    counts = made.counts
    asked = FILTERS.get(request.GET.get("loai", ""))
    chosen = asked or next((each for each in Outcome if counts[each]), Outcome.SAME)
    lines = [line for line in made.lines if line.outcome is chosen]
    tabs = [(code, OUTCOME_MARKS[each], OUTCOME_LABELS[each], counts[each]) for code, each in FILTERS.items()]
    about: dict[str, Any] = {
        "waiting": waiting,
        "plan": made,
        "page": Paginator(lines, ON_A_PAGE).get_page(request.GET.get("trang")),
        "tabs": tabs,
        "chosen": next(code for code, each in FILTERS.items() if each is chosen),
        "to_write": counts[Outcome.ADD] + counts[Outcome.CHANGE] + counts[Outcome.END],
        "refused": counts[Outcome.REFUSED],
        "error": error,
    }
    fragment = "#lines" if request.headers.get("HX-Request-Type") == "partial" else ""
    return render(request, f"{PLAN}{fragment}", about, status=status)


def _own(request: SignedInRequest, token: UUID) -> DirectoryImport:
    """The person's own import, while it waits and they may import; anybody else's is not there."""
    _require(request, Deed.IMPORT_DIRECTORY)
    waiting = get_object_or_404(DirectoryImport, pk=token, user=request.user)
    if waiting.expires_at <= timezone.now():
        raise Http404
    return waiting


def _may(request: SignedInRequest, deed: Deed) -> bool:
    return policy.may_anywhere(request.user, deed, on=timezone.localdate())


def _require(request: SignedInRequest, deed: Deed) -> None:
    if not _may(request, deed):
        raise NotAllowed(f"Đồng chí không có quyền: {deed_in_sentence(deed)}.")
