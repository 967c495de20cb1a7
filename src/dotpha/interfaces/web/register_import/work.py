"""The two long jobs of an import: reading a register, and writing it once its plan is confirmed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from dotpha.accounts.models import User
from dotpha.appraisal.actions.registers import receive_register, registrations_of
from dotpha.appraisal.screening import screen_new
from dotpha.core import jobs
from dotpha.core.jobs import Report, job
from dotpha.core.models import Job
from dotpha.directory.actions.deed import day_of
from dotpha.documents.registers.confined import Limits, read_confined
from dotpha.documents.registers.reading import Unreadable
from dotpha.interfaces.web.register_import.forms import ROWS
from dotpha.registration.actions import imports
from dotpha.registration.actions.importing import CampaignChanged
from dotpha.registration.exchange.known import state_of
from dotpha.registration.exchange.plan import Plan
from dotpha.registration.exchange.planning import plan
from dotpha.registration.exchange.register import Register
from dotpha.registration.models import Campaign, RegisterImport
from dotpha.rules.vietnamese.numbers import show_number

LIMITS = Limits(waiting=45)  # a job that says nothing for a minute is taken for dead
TOO_MANY = (
    "Tệp có {count} nhiệm vụ, nhiều hơn mức {most} của một lượt nhập. Đồng chí tách thành nhiều tệp rồi nhập lần lượt, "
    "việc của tập thể trước."
)
READING, COMPARING = "Đang đọc tệp {name}", "Đang đối chiếu {count} nhiệm vụ với đợt"


@transaction.atomic
def take_in(*, campaign: Campaign, file_name: str, data: bytes, by: User, at: datetime) -> Job:
    """Keep the file and begin to read it.

    Raises:
        NotAllowed, Refused: as `imports.prepare_import`.
    """
    waiting = imports.prepare_import(campaign=campaign, file_name=file_name, data=data, by=by, at=at)
    return _start(read_register, f"Đọc sổ đăng ký {waiting.file_name}", waiting, by=by, at=at)


@transaction.atomic
def carry_out(*, waiting: RegisterImport, version: int, by: User, at: datetime) -> Job:
    """Confirm the plan and begin to write it.

    Raises:
        NotAllowed, Refused, Conflict: as `imports.begin_import`.
    """
    begun = imports.begin_import(waiting=waiting, version=version, by=by, at=at)
    return _start(write_register, f"Nhập sổ đăng ký {waiting.file_name}", begun, by=by, at=at)


def _start(kind: jobs.Kind, title: str, waiting: RegisterImport, *, by: User, at: datetime) -> Job:
    started = jobs.start(
        kind, title=title, arguments={"import": str(waiting.pk)}, by=by, at=at,
        leads_to=reverse("register-import-plan", args=[waiting.campaign_id, waiting.pk]),
        leads_back=reverse("register-import", args=[waiting.campaign_id]),
    )  # fmt: skip
    RegisterImport.objects.filter(pk=waiting.pk).update(job=started.pk)
    return started


@job("registration.reading")
def read_register(arguments: Mapping[str, Any], report: Report) -> None:
    """Arguments: {"import": key}."""
    waiting, by = _waiting(arguments), _person(report)
    report.say(READING.format(name=waiting.file_name))
    try:
        reading = read_confined(bytes(waiting.data), waiting.file_name, limits=LIMITS)
    except Unreadable as problem:
        _fail(waiting, str(problem), by, report)
        return
    count = len(reading.registrations)
    if count > ROWS:
        _fail(waiting, TOO_MANY.format(count=show_number(count), most=show_number(ROWS)), by, report)
        return
    register = Register(reading.registrations, tuple(str(remark) for remark in reading.remarks))
    report.say(COMPARING.format(count=show_number(count)))
    made = plan(register, waiting.campaign, {})
    with report.writing():
        imports.keep_plan(waiting=waiting, register=register, made=made, by=by, at=report.at)


@job("registration.import")
def write_register(arguments: Mapping[str, Any], report: Report) -> None:
    """Arguments: {"import": key}. Everything is computed first, then written in one short transaction."""
    waiting, by = _waiting(arguments), _person(report)
    register, state = imports.register_of(waiting), state_of(waiting.campaign)
    report.say(COMPARING.format(count=show_number(len(register.registrations))))
    made = plan(register, waiting.campaign, waiting.choices)
    if made.digest != imports.plan_of(waiting).digest:
        _renew(waiting, made, by, report)
        return
    registrations = registrations_of(made, waiting.campaign)
    again = {work.task.pk for work in made.work if work.task is not None}
    day = day_of(report.at)
    screened = screen_new(waiting.campaign, registrations, day=day, instead_of=again, said=report.say)
    try:
        with report.writing():
            receive_register(waiting=waiting, made=made, state=state, screened=screened, by=by, at=report.at)
    except CampaignChanged:
        _renew(waiting, plan(register, waiting.campaign, waiting.choices), by, report)


def _renew(waiting: RegisterImport, made: Plan, by: User, report: Report) -> None:
    with report.writing():
        imports.renew_import(waiting=waiting, made=made, by=by, at=report.at)


def _fail(waiting: RegisterImport, why: str, by: User, report: Report) -> None:
    with report.writing():
        imports.keep_failure(waiting=waiting, why=why, by=by, at=report.at)


def _waiting(arguments: Mapping[str, Any]) -> RegisterImport:
    return RegisterImport.objects.select_related("campaign__organization").get(pk=UUID(arguments["import"]))


def _person(report: Report) -> User:
    assert report.by is not None  # no page starts an import in the name of the system
    return report.by
