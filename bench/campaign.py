"""A campaign of 20,000 registrations beside one of 200: what its pages cost, and in which relation.

python -m bench.campaign [many] [few]                            on SQLite, in a folder of its own
DOTPHA_DATABASE_URL=postgres://… python -m bench.campaign        on an empty PostgreSQL (pg_virtualenv gives one)

Both campaigns stand in one database, each in a district of its own with the same number of branches, so that their
pages show as many rows. The rounds of both alternate: whatever else the machine does falls on both.
"""

import os
import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench import made

MANY, FEW = 20_000, 200
BRANCHES, TASKS_EACH = 50, 2
ROUNDS = 15
AT = datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
TODAY = date(2026, 11, 23)
PAGES = {
    "campaign": "/dot-dang-ky/{pk}/",
    "list": "/dot-dang-ky/{pk}/nhiem-vu/",
    "list, the last page": "/dot-dang-ky/{pk}/nhiem-vu/?trang={last}",
    "list, filter: late": "/dot-dang-ky/{pk}/nhiem-vu/?cham=1",
    "list, filter: individuals": "/dot-dang-ky/{pk}/nhiem-vu/?ben-dang-ky=individual",
    "list, search “chi bo” (half of all)": "/dot-dang-ky/{pk}/nhiem-vu/?tim=chi+bo",
    "coverage": "/dot-dang-ky/{pk}/tinh-hinh/",
    "coverage, filter: not sent": "/dot-dang-ky/{pk}/tinh-hinh/?xem=chua-gui",
    "reminders": "/dot-dang-ky/{pk}/tinh-hinh/nhac/",
    "board": "/dot-dang-ky/{pk}/ra-soat/",
    "board, as a list": "/dot-dang-ky/{pk}/ra-soat/?xem=danh-sach",
    "board, the last page": "/dot-dang-ky/{pk}/ra-soat/?trang={last}",
    "board, filter: routine": "/dot-dang-ky/{pk}/ra-soat/?nhan-dinh=routine",
    "board, filter: unmet and reason": "/dot-dang-ky/{pk}/ra-soat/?chua-dat=responsibility&can-cu=recurring_duty",
    "board, search “chi bo” (half of all)": "/dot-dang-ky/{pk}/ra-soat/?tim=chi+bo",
    "near-duplicates": "/dot-dang-ky/{pk}/gan-giong/",
    "map": "/dot-dang-ky/{pk}/so-do/",
}


def _fill(count: int, name: str) -> Any:
    """A district with a campaign of `count` tasks sent and screened; everything in bulk, past the actions."""
    from dotpha.appraisal.models import ScreeningResult
    from dotpha.appraisal.reading import columns_of as columns_of_result
    from dotpha.appraisal.reading import rules_of
    from dotpha.core.names import order_key, search_key
    from dotpha.directory import models
    from dotpha.registration.actions.tasks import columns_of
    from dotpha.registration.models import BreakthroughTask, Campaign, Registrant, TaskVersion
    from dotpha.rules.form.composing import compose, content_of
    from dotpha.rules.registration import OwnerType, Registration
    from dotpha.rules.screening.engine import screen

    kind = models.OrganizationKind.objects.get_or_create(code="chi-bo", defaults={"label": "Chi bộ", "rank": 50})[0]

    def found(code: str, called: str, parent: Any = None) -> Any:
        made_ = models.PartyOrganization.objects.create(
            code=code, name=called, kind=kind, parent=parent, depth=parent.depth + 1 if parent else 0,
            valid_from=date(2020, 1, 1), search_key=search_key(called, code), order_key=order_key(called),
        )  # fmt: skip
        made_.path = (parent.path if parent else "") + f"{made_.pk:09d}"
        made_.save(update_fields=["path"])
        models.OrganizationName.objects.create(organization=made_, name=called, valid_from=date(2020, 1, 1))
        models.OrganizationPlacement.objects.create(organization=made_, parent=parent, valid_from=date(2020, 1, 1))
        return made_

    district = found(f"H{count}", name)
    campaign = Campaign.objects.create(
        organization=district, year=2027, title=f"Đăng ký nhiệm vụ đột phá năm 2027, {name}",
        opens_on=date(2026, 11, 1), closes_on=date(2027, 1, 2), state="open", last_number=count,
    )  # fmt: skip
    branches = [found(f"H{count}N{number:03d}", f"Đảng bộ xã số {number:03d}", district) for number in range(BRANCHES)]
    people = count // TASKS_EACH // 2
    officials = models.Official.objects.bulk_create(
        models.Official(
            code=f"C{count}-{number}", full_name=f"Nguyễn Văn {number}", search_key=search_key(f"Nguyễn Văn {number}"),
            order_key=order_key(f"{number:06d}"),
        )
        for number in range(people)
    )  # fmt: skip
    cells = [
        found(f"H{count}C{number:05d}", f"Chi bộ thôn {number:05d}", branches[number % BRANCHES])
        for number in range(count // TASKS_EACH - people)
    ]
    waiting = [(cell, None) for cell in cells] + [(cells[n % len(cells)], person) for n, person in enumerate(officials)]
    registrants = Registrant.objects.bulk_create(
        Registrant(
            campaign=campaign, organization=cell, official=person, name=person.full_name if person else cell.name,
            post="Trưởng thôn" if person else "", branch=cell.parent, at_least=1 + (number % 2 == 0) * 2, at_most=4,
            submitted=TASKS_EACH, late=TASKS_EACH * (number % 3 == 0), search_key=search_key(cell.name),
            order_key=f"{cell.order_key[:200]}{1 if person else 0}",
        )
        for number, (cell, person) in enumerate(waiting)
    )  # fmt: skip
    rows = [Registration.from_json(row) for row in made.registrations(count)]
    tasks = []
    for number, row in enumerate(rows):
        registrant = registrants[number % len(registrants)]
        tasks.append(
            BreakthroughTask(
                campaign=campaign, registrant=registrant, organization_id=registrant.organization_id,
                official_id=registrant.official_id, number=number + 1, changed_at=AT, is_late=bool(registrant.late),
                **columns_of(content_of(row), registrant),
            )
        )  # fmt: skip
    BreakthroughTask.objects.bulk_create(tasks, batch_size=500)
    versions = TaskVersion.objects.bulk_create(
        (
            TaskVersion(task=task, number=1, title=task.title, content=task.content, owner=task.registrant.name,
                        position=task.registrant.post, submitted_at=AT, is_late=task.is_late)
            for task in tasks
        ),
        batch_size=500,
    )  # fmt: skip
    results = []
    for task, version in zip(tasks, versions, strict=True):
        task.current, task.state, task.submitted_at = version, "submitted", AT
        kind_: OwnerType = "individual" if task.is_individual else "organization"
        composed = compose(version.written, id=str(task.pk), owner=version.owner, owner_type=kind_, year=2027)
        screening = screen(composed.registration, on=TODAY)
        columns = columns_of_result(version, screening, story=composed.registration.description)
        columns |= {"on": TODAY, "screened_at": AT, "engine_version": rules_of(campaign)}
        results.append(ScreeningResult(version=version, task=task, **columns))
    BreakthroughTask.objects.bulk_update(tasks, ["current", "state", "submitted_at"], batch_size=500)
    ScreeningResult.objects.bulk_create(results, batch_size=500)
    return district, campaign


def _once(client: Any, address: str) -> float:
    """Milliseconds. SQLite works within this process, so its processor time tells all; a server is waited for."""
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    begun = clock()
    answer = client.get(address)
    took = (clock() - begun) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return took


def _statements(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _measure(many: int, few: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client

    from dotpha.accounts.models import User
    from dotpha.directory.models import RoleGrant

    call_command("migrate", verbosity=0)
    begun = time.perf_counter()
    campaigns, client = {}, Client(HTTP_HOST="127.0.0.1")
    user = User.objects.create(username="tham-dinh")
    with transaction.atomic():
        for count in (few, many):
            district, campaigns[count] = _fill(count, f"Đảng bộ huyện {count}")
            RoleGrant.objects.create(
                user=user, function="appraiser", organization=district, valid_from=date(2020, 1, 1)
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client.force_login(user)
    print(f"{connection.vendor}, {few:,} and {many:,} registrations; filled in {time.perf_counter() - begun:.0f} s\n")
    print(f"| Page | statements | ms at {few:,} | ms at {many:,} | ratio |\n|---|--:|--:|--:|--:|")
    for name, address in PAGES.items():
        at = {count: address.format(pk=campaigns[count].pk, last=-(-count // 50)) for count in (few, many)}
        statements = {count: _statements(client, at[count]) for count in (few, many)}
        took: dict[int, list[float]] = {few: [], many: []}
        for _ in range(ROUNDS):
            for count in (few, many):
                took[count].append(_once(client, at[count]))
        median = {count: statistics.median(took[count]) for count in (few, many)}
        same = (
            f"{statements[many]}" if statements[few] == statements[many] else f"{statements[few]} → {statements[many]}"
        )
        print(
            f"| {name} | {same} | {median[few]:.1f} | {median[many]:.1f} | {median[many] / median[few]:.2f} |",
            flush=True,
        )


def main(many: int = MANY, few: int = FEW) -> None:
    import django

    with tempfile.TemporaryDirectory(prefix="dotpha-bench-") as folder:
        os.environ["DOTPHA_VAR"] = folder  # never the office's own data
        os.environ.setdefault("DOTPHA_SECRET_KEY", "only-for-the-bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "dotpha.config.settings_test"
        django.setup()
        _measure(many, few)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
