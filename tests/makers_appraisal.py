"""Boards for tests: tasks that were received, and results as many as needed."""

from typing import Any

from dotpha.appraisal import actions
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.reading import columns_of, rules_of
from dotpha.directory.models import Official, PartyOrganization
from dotpha.registration.models import BreakthroughTask, Campaign
from dotpha.registration.workflow import TaskState
from dotpha.rules.registration import Registration
from tests.makers import make_rows
from tests.makers_directory import NOON, make_organization
from tests.makers_registration import make_registrant, make_task

MARKET: dict[str, Any] = {
    "title": "Di dời chợ cóc trên quốc lộ 3 vào chợ mới", "description": "Di dời 42 hộ.", "responsible": "Bí thư",
}  # fmt: skip
MARKET_TOO = MARKET | {"title": "Di dời chợ cóc trên quốc lộ 3 vào chợ mới xã", "description": "Di dời 45 hộ."}


def make_received(
    campaign: Campaign,
    content: dict[str, Any],
    *,
    organization: PartyOrganization | None = None,
    official: Official | None = None,
    name: str = "Đảng bộ xã Bằng Khê",
    **fields: Any,
) -> BreakthroughTask:
    """A task received as a page receives it, with its version."""
    place = organization or make_organization(name, campaign.organization)
    registrant = make_registrant(campaign, place, official, name=official.full_name if official else place.name)
    task = make_task(registrant, content, **fields)
    actions.receive(task=task, version=task.version, by=None, at=NOON)
    task.refresh_from_db()
    return task


def make_board(campaign: Campaign, count: int, *, branches: int = 3) -> list[BreakthroughTask]:
    """Results that differ as `make_rows` has them, one after the other, without screening anything."""
    places = [make_organization(f"Đảng bộ xã số {n}", campaign.organization) for n in range(branches)]
    registrants = [make_registrant(campaign, each, order_key=f"{n:04d}") for n, each in enumerate(places)]
    tasks = []
    for n, (registration, screening) in enumerate(make_rows(count)):
        registrant = registrants[n % branches]
        task = make_task(registrant, _content(registration), state=TaskState.SUBMITTED, number=n + 1)
        assert task.current is not None
        columns = columns_of(task.current, screening, story=registration.description)
        columns |= {"is_individual": registration.is_individual, "order_key": f"{n:06d}"}
        ScreeningResult.objects.create(
            version=task.current, task=task, on=NOON.date(), screened_at=NOON, engine_version=rules_of(campaign),
            **columns,
        )  # fmt: skip
        tasks.append(task)
    return tasks


def _content(registration: Registration) -> dict[str, Any]:
    return {"title": registration.title, "description": registration.description}
