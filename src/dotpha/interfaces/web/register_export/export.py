"""Xuất: the campaign's register as a workbook, the form blank or filled as a Word document."""

import io
import tempfile
from typing import BinaryIO, cast

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dotpha.core.errors import NotAllowed
from dotpha.documents.registration import word, writing
from dotpha.documents.registration.layout import code_of
from dotpha.documents.registration.outgoing import blank_sheet, content_shown, entries, sheet_of
from dotpha.interfaces.web.campaigns.doors import campaign_of
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration import policy
from dotpha.registration.actions.exports import export_register
from dotpha.registration.models import Campaign
from dotpha.registration.policy import Deed, deed_in_sentence
from dotpha.registration.queries import exports
from dotpha.registration.queries.tasks import readable, served
from dotpha.rules.registration import OwnerType

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOR_WHOM: dict[str, OwnerType] = {"to-chuc": "organization", "ca-nhan": "individual"}
_IN_MEMORY = 5 * 1024 * 1024  # bytes of a workbook before it goes to a temporary file
_AT_ONCE = 500  # tasks read from the database at a time


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def register(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The page, and by POST the file: an export leaves a trace, so no link makes one."""
    campaign, today = campaign_of(request, pk), timezone.localdate()
    if not exports.may_export(request.user, campaign, on=today):
        refusal = f"Đồng chí không có quyền: {deed_in_sentence(Deed.EXPORT_REGISTER)} ở {campaign.organization}."
        raise NotAllowed(refusal, scope=campaign.organization)
    if request.method == "POST":
        return _file(request, campaign)
    found = exports.exportable(request.user, campaign, on=today).order_by()
    about = {
        "campaign": campaign,
        "collective": found.filter(official__isnull=True).count(),
        "individual": found.filter(official__isnull=False).count(),
        "scope": exports.scope_of(request.user, campaign, on=today),
        "may_import": policy.may(request.user, Deed.IMPORT_REGISTER, campaign.organization, on=today),
    }
    return render(request, "registration/export.html", about)


def _file(request: SignedInRequest, campaign: Campaign) -> FileResponse:
    now = timezone.localtime()
    name = f"dang-ky-nhiem-vu-dot-pha-{campaign.year}.xlsx"
    found = exports.exportable(request.user, campaign, on=now.date())
    numbers = exports.collective_numbers(campaign)
    parts = {"organization": found.filter(official__isnull=True), "individual": found.filter(official__isnull=False)}
    rows = {
        cast(OwnerType, kind): entries(part.iterator(chunk_size=_AT_ONCE), campaign, numbers)
        for kind, part in parts.items()
    }
    superior = campaign.organization.parent
    about = writing.About(
        committee=campaign.organization.name, superior=superior.name if superior else "", year=campaign.year,
        guidance=campaign.guidance, scope=exports.scope_of(request.user, campaign, on=now.date()), on=now.date(),
        exported_at=now,
    )  # fmt: skip
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the response closes it
    count = writing.write(cast(BinaryIO, file), rows, about)
    export_register(campaign=campaign, file_name=name, count=count, by=request.user, at=now)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=EXCEL)


@require_safe
@login_required
def form_blank(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form to be filled in, for organizations or with `?cho=ca-nhan` for individuals."""
    campaign = campaign_of(request, pk)
    asked = request.GET.get("cho", "")
    whose = asked if asked in FOR_WHOM else "to-chuc"
    return _document(blank_sheet(campaign, FOR_WHOM[whose]), f"phieu-dang-ky-{campaign.year}-{whose}.docx")


@require_safe
@login_required
@never_cache
def task_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form filled: the draft for who writes it, what was sent for everybody else."""
    today = timezone.localdate()
    task = get_object_or_404(readable(request.user, on=today), pk=pk)
    is_own = policy.may_write(request.user, task.registrant, on=today)
    parent = served(request.user, content_shown(task, is_own=is_own), on=today)
    told = (parent.task.number, parent.title) if parent else (None, "")
    sheet = sheet_of(task, is_own=is_own, parent=told, today=today)
    return _document(sheet, f"phieu-dang-ky-{task.campaign.year}-{code_of(task.number)}.docx")


def _document(sheet: word.Sheet, name: str) -> HttpResponse:
    stream = io.BytesIO()
    word.write(stream, sheet)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(stream.getvalue(), content_type=WORD, headers=headers)
