"""Việc chờ đồng chí: what is owed, what is begun, what is to be confirmed, each with its day and a way to do it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.core.jobs import jobs_of, looked_at
from dotpha.core.models import Job, JobState
from dotpha.registration.models import BreakthroughTask, Campaign, RegisterImport, Registrant
from dotpha.registration.queries import awaiting
from dotpha.registration.workflow import CampaignState
from dotpha.rules.vietnamese.numbers import show_number

FEW, MANY = 5, 50  # lines of a section on the start page, and of one looked at by itself
UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
Row = TypeVar("Row", bound=Model)


class Kind(StrEnum):
    """In the address, so in unaccented Vietnamese."""

    OWED = "con-thieu"
    UNFINISHED = "dang-soan"
    CAMPAIGNS = "dot"
    IMPORTS = "nhap-so"
    JOBS = "may-dang-lam"


@dataclass(frozen=True, slots=True)
class Line:
    """`deed` is the word on the link; without an address there is nothing to be done here but to know."""

    title: str
    words: str
    about: str = ""
    address: str = ""
    deed: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Section(Generic[Row]):
    kind: Kind
    label: str
    rows: QuerySet[Row]
    line: Callable[[Row], Line]
    is_still: Callable[[Row], bool] = lambda row: True  # when looked at closely

    def lines(self, rows: Iterable[Row]) -> list[Line]:
        return [self.line(row) for row in rows if self.is_still(row)]


@dataclass(frozen=True, slots=True)
class Shown:
    kind: Kind
    label: str
    lines: Sequence[Line]
    has_more: bool = False


def sections(user: User, *, at: datetime) -> list[Section[Any]]:
    on = timezone.localdate(at)
    under_way = jobs_of(user).filter(state__in=UNDER_WAY)
    return [
        Section(Kind.OWED, "Còn phải gửi", awaiting.owing(user, on=on), lambda row: _owed(row, on)),
        Section(
            Kind.UNFINISHED, "Đang soạn, chưa gửi", awaiting.unfinished(user, on=on), lambda row: _unfinished(row, on)
        ),
        Section(
            Kind.CAMPAIGNS, "Đợt đăng ký cần xử lý", awaiting.campaigns_to_see_to(user, on=on),
            lambda row: _campaign(row, on),
        ),
        Section(Kind.IMPORTS, "Sổ đăng ký chờ xác nhận", awaiting.imports_to_confirm(user, at=at), _import),
        Section(Kind.JOBS, "Máy đang làm", under_way, _job, lambda row: looked_at(row, at=at).state in UNDER_WAY),
    ]  # fmt: skip


def few(user: User, *, at: datetime) -> list[Shown]:
    """The first of each kind; kinds with nothing in them are left out."""
    shown = []
    for section in sections(user, at=at):
        rows = list(section.rows[: FEW + 1])
        if lines := section.lines(rows[:FEW]):
            shown.append(Shown(section.kind, section.label, lines, len(rows) > FEW))
    return shown


def all_of(user: User, kind: Kind, number: int, *, at: datetime) -> tuple[Shown, Page[Any]]:
    """A page of one kind, and where it stands among the pages."""
    section = next(each for each in sections(user, at=at) if each.kind is kind)
    page = Paginator(section.rows, MANY).get_page(number)
    lines = section.lines(page)
    if len(lines) < len(page):  # looked at closely, some have ended
        page = Paginator(section.rows, MANY).get_page(number)
        lines = section.lines(page)
    return Shown(kind, section.label, lines), page


def due(day: date, on: date) -> str:
    """
    >>> due(date(2026, 12, 15), date(2026, 11, 23)), due(date(2026, 12, 15), date(2026, 12, 15))
    ('hạn 15/12/2026 (còn 22 ngày)', 'hạn 15/12/2026 (hôm nay)')
    >>> due(date(2026, 12, 15), date(2026, 12, 18))
    'đã quá hạn 15/12/2026 (3 ngày)'
    """
    left = (day - on).days
    if left < 0:
        return f"đã quá hạn {day:%d/%m/%Y} ({show_number(-left)} ngày)"
    return f"hạn {day:%d/%m/%Y} ({f'còn {left} ngày' if left else 'hôm nay'})"


def _owed(registrant: Registrant, on: date) -> Line:
    campaign, missing = registrant.campaign, registrant.at_least - registrant.submitted
    words, is_late = f"còn thiếu {missing} nhiệm vụ, {due(campaign.closes_on, on)}", campaign.is_late(on)
    if is_late and not campaign.accepts_late:
        words += "; đợt này không nhận bản gửi chậm, đồng chí liên hệ người thẩm định của cấp ủy"
        return Line(registrant.name, words, campaign.title, is_late=True)
    if registrant.drafts >= missing:
        words += f"; đang soạn {registrant.drafts} bản, đồng chí hoàn thiện rồi gửi"
        return Line(registrant.name, words, campaign.title, is_late=is_late)
    begin = f"{reverse('task-begin')}?ben={registrant.pk}"
    return Line(registrant.name, words, campaign.title, begin, "Soạn nhiệm vụ", is_late)


def _unfinished(task: BreakthroughTask, on: date) -> Line:
    words = f"{task.get_state_display().lower()}, {due(task.campaign.closes_on, on)}"
    about = f"{task.registrant.name} · {task.campaign.title}"
    return Line(str(task), words, about, reverse("task-write", args=[task.pk]), "Soạn tiếp", task.campaign.is_late(on))


def _campaign(campaign: Campaign, on: date) -> Line:
    address, about = reverse("campaign", args=[campaign.pk]), str(campaign.organization)
    if campaign.state == CampaignState.DRAFT:
        is_late = campaign.opens_on < on
        words = f"đang chuẩn bị, dự kiến nhận đăng ký từ {campaign.opens_on:%d/%m/%Y}"
        words += "; đã qua ngày ấy mà chưa mở" if is_late else ""
        return Line(campaign.title, words, about, address, "Mở trang của đợt", is_late)
    words = f"{due(campaign.closes_on, on)}, vẫn đang nhận đăng ký"
    return Line(campaign.title, words, about, address, "Mở trang của đợt", is_late=True)


def _import(taken: RegisterImport) -> Line:
    until = timezone.localtime(taken.expires_at)
    words = f"đã đọc xong, chờ đồng chí xác nhận; tự bỏ sau {until:%H:%M} ngày {until:%d/%m/%Y}"
    address = reverse("register-import-plan", args=[taken.campaign_id, taken.pk])
    return Line(taken.file_name, words, taken.campaign.title, address, "Xem và xác nhận")


def _job(job: Job) -> Line:
    words = (job.words or "đang làm") if job.state == JobState.RUNNING else "đang chờ đến lượt"
    return Line(job.title, words, address=reverse("job", args=[job.pk]), deed="Xem tiến độ")
