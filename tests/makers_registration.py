"""Campaigns, registrants and tasks for tests: plain functions with defaults; say only what matters."""

from datetime import date
from itertools import count
from typing import Any

from dotpha.accounts.models import User
from dotpha.directory.models import Official, PartyOrganization
from dotpha.registration.actions.registrants import count_tasks
from dotpha.registration.actions.tasks import columns_of, version_of
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.workflow import CampaignState, TaskState
from dotpha.rules.form.content import Content
from tests.makers_directory import NOON, make_organization

_numbers = count(1)

ROAD: dict[str, Any] = {
    "title": "Hoàn thành tuyến đường trục xã từ thôn Thượng đến quốc lộ",
    "description": "Đường dài 3,2 km, khởi công tháng 4/2021, mặt bằng sạch, vốn bố trí đủ, nhà thầu làm đúng tiến độ.",
    "situation": "Đến nay đã thi công được khoảng 70% khối lượng.",
    "deadline": "31/12/2022",
    "responsible": "Đồng chí Hoàng Văn Thịnh, Bí thư Đảng ủy xã",
    "duty": "Chủ trì, giao ban với nhà thầu hằng tuần.",
    "coordinators": [["Chủ tịch UBND xã", "đôn đốc nhà thầu hằng tuần"], ["Mặt trận xã", "giám sát cộng đồng"]],
    "products": "3,2 km đường bàn giao đưa vào sử dụng",
    "evidence": "Biên bản nghiệm thu",
    "indicators": [
        {
            "name": "Khối lượng thi công đường trục xã", "unit": "%", "baseline": "70", "baseline_on": "20/01/2022",
            "target": "100", "history": [["30/06/2021", "22"], ["30/09/2021", "45"], ["31/12/2021", "66"]],
        }
    ],
}  # fmt: skip


def make_campaign(organization: PartyOrganization | None = None, **fields: Any) -> Campaign:
    """Open, in the year of NOON, and not over."""
    fields.setdefault("year", NOON.year)
    fields.setdefault("title", f"Đăng ký nhiệm vụ đột phá năm {fields['year']}")
    fields.setdefault("opens_on", date(NOON.year, 1, 1))
    fields.setdefault("closes_on", date(NOON.year, 12, 31))
    fields.setdefault("state", CampaignState.OPEN)
    return Campaign.objects.create(organization=organization or make_organization("Đảng bộ huyện"), **fields)


def make_registrant(
    campaign: Campaign, organization: PartyOrganization | None = None, official: Official | None = None, **fields: Any
) -> Registrant:
    organization = organization or make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    fields.setdefault("name", official.full_name if official else organization.name)
    fields.setdefault("branch", organization)
    fields.setdefault("at_least", 1)
    fields.setdefault("order_key", f"{organization.order_key[:180]}{1 if official else 0}")
    return Registrant.objects.create(campaign=campaign, organization=organization, official=official, **fields)


def make_task(registrant: Registrant, content: dict[str, Any] | None = None, **fields: Any) -> BreakthroughTask:
    """A draft, unless `state` says otherwise; of one that was sent the version is made too."""
    state = fields.pop("state", TaskState.DRAFT)
    said = Content.from_json({"title": "Dẹp chợ cóc trên quốc lộ", "description": "Di dời 42 hộ."} | (content or {}))
    fields.setdefault("number", next(_numbers))
    fields.setdefault("changed_at", NOON)
    task = BreakthroughTask.objects.create(
        campaign=registrant.campaign, registrant=registrant, organization=registrant.organization,
        official=registrant.official, **columns_of(said, registrant), **fields,
    )  # fmt: skip
    if state in (TaskState.SUBMITTED, TaskState.WITHDRAWN):
        make_version(task, state=state)
    else:
        BreakthroughTask.objects.filter(pk=task.pk).update(state=state)
    count_tasks(registrant)
    task.refresh_from_db()
    return task


def make_version(
    task: BreakthroughTask, *, state: str = TaskState.SUBMITTED, by: User | None = None
) -> BreakthroughTask:
    """Send the draft as it stands, without asking anybody."""
    sent = task.versions.create(
        **{k: v for k, v in version_of(task, task.written, by=by, at=NOON).items() if k != "task"}
    )
    BreakthroughTask.objects.filter(pk=task.pk).update(
        state=state, current=sent, submitted_at=NOON, is_late=sent.is_late, version=task.version + 1
    )
    task.refresh_from_db()
    return task
