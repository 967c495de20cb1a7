"""The directory of a whole country: 52,000 organizations, 500,000 people; what a page costs on the server.

python -m bench.directory [organizations] [people]              on SQLite, in a folder of its own
DOTPHA_DATABASE_URL=postgres://… python -m bench.directory      on an empty PostgreSQL (pg_virtualenv gives one)
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from typing import Any

ORGANIZATIONS, PEOPLE = 52_000, 500_000
PROVINCES, COMMUNES = 34, 3_300
ROUNDS = 15
BATCH = 2_000
_words = str.split

_FAMILY = _words("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Giàng Vi Tẩn Chử Quách Mạc")
_FAMILY_WEIGHTS = [38, 12, 10, 7, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1]
_MIDDLE = _words("Văn Thị Đức Hữu Minh Quang Ngọc Thanh Xuân Đình Công Bá Thế Hoài Trung Mạnh Thu Kim Quốc Hồng")
_GIVEN = _words(
    "Thịnh Mạnh Khuê Dân Hòa Xuân Nghị Én Dính Sơn Hạnh Kiên Nam Bích Việt Đức Tùng Lan Thủy Trung Hiển Bình Thái Lợi "
    "Hồng Quyết Thu Trọng Lịch Phương Tường Lụa Nhâm Bốn Hà Chiến Tuyển Nhàn Khoát Minh Ngân Loan Cử Vỹ Sỹ Ly Chung"
)
_PLACE = _words(
    "Bằng Đồng Tân Hòa Minh Khánh Xuân Thượng Lạc Bản Phú An Đông Tây Nam Bắc Trung Thanh Kim Long Vĩnh Yên"
)
_PLACE_END = _words("Khê Vang Lộc Hạ Trung Thiện Quang Sơn Thượng Cỏi Giang Thịnh Hưng Bình Hải Điền Lâm Mỹ Hòa Ninh")
_CELL = ("thôn", "bản", "tổ dân phố", "trường", "cơ quan")


def _fill(organizations: int, people: int) -> Any:
    """A tree of four levels and everybody in it; gives an account that sees all and one of a single commune."""
    from dotpha.accounts.models import User
    from dotpha.core.names import order_key, person_order_key, search_key
    from dotpha.directory import models

    chance = random.Random(1)
    since = date(2025, 7, 1)
    labels = ("Trung ương", "Đảng bộ tỉnh", "Đảng bộ xã", "Chi bộ")
    kinds = [
        models.OrganizationKind.objects.create(code=f"cap-{rank}", label=label, rank=rank)
        for rank, label in enumerate(labels)
    ]
    made: list[models.PartyOrganization] = []

    def add(name: str, depth: int, parent: models.PartyOrganization | None) -> None:
        pk = len(made) + 1
        made.append(
            models.PartyOrganization(
                pk=pk,
                code=f"TC{pk:06d}",
                name=name,
                kind=kinds[depth],
                parent=parent,
                path=(parent.path if parent else "") + f"{pk:09d}",
                depth=depth,
                valid_from=since,
                search_key=search_key(name, f"TC{pk:06d}"),
                order_key=order_key(name),
            )
        )

    def place() -> str:
        return f"{chance.choice(_PLACE)} {chance.choice(_PLACE_END)}"

    add("Đảng bộ toàn quốc", 0, None)
    for _ in range(PROVINCES):
        add(f"Đảng bộ tỉnh {place()}", 1, made[0])
    for number in range(COMMUNES):
        add(f"Đảng bộ xã {place()}", 2, made[1 + number % PROVINCES])
    for number in range(organizations - len(made)):
        commune = made[1 + PROVINCES + number % COMMUNES]
        add(f"Chi bộ {chance.choice(_CELL)} {place()}", 3, commune)
    _bulk(models.PartyOrganization, made)
    _bulk(
        models.OrganizationName, (models.OrganizationName(organization=o, name=o.name, valid_from=since) for o in made)
    )
    _bulk(
        models.OrganizationPlacement,
        (models.OrganizationPlacement(organization=o, parent_id=o.parent_id, valid_from=since) for o in made),
    )
    posts = [
        models.Position.objects.create(code=f"cv-{rank}", label=label, rank=rank)
        for rank, label in enumerate(
            ("Bí thư", "Phó Bí thư", "Ủy viên Ban Thường vụ", "Ủy viên Ban Chấp hành", "Cán bộ")
        )
    ]

    def person(pk: int) -> models.Official:
        family = chance.choices(_FAMILY, _FAMILY_WEIGHTS)[0]
        name = f"{family} {chance.choice(_MIDDLE)} {chance.choice(_GIVEN)}"
        return models.Official(
            pk=pk,
            code=f"CB{pk:07d}",
            full_name=name,
            birth_year=chance.randint(1965, 2000),
            search_key=search_key(name, f"CB{pk:07d}"),
            order_key=person_order_key(name),
        )

    def tenure(pk: int, official: int) -> models.Tenure:
        return models.Tenure(
            pk=pk,
            official_id=official,
            position=posts[min(official // organizations, len(posts) - 1)],
            organization=made[official % organizations],
            valid_from=since,
        )

    _bulk(models.Official, (person(pk) for pk in range(1, people + 1)))
    _bulk(models.Tenure, (tenure(pk, pk) for pk in range(1, people + 1)))
    _bulk(
        models.CadreManagement,
        (
            models.CadreManagement(official_id=pk, organization=made[1 + PROVINCES + pk % COMMUNES], valid_from=since)
            for pk in range(1, people + 1, 10)
        ),
    )
    commune = made[1 + PROVINCES]
    users = []
    for name, organization in (("toan-quoc", made[0]), ("mot-tinh", made[1]), ("mot-xa", commune)):
        user = User.objects.create(username=name)
        models.RoleGrant.objects.create(user=user, function="observer", organization=organization, valid_from=since)
        users.append(user)
    return users, made, commune


def _bulk(model: Any, rows: Iterable[Any]) -> None:
    waiting: list[Any] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            model.objects.bulk_create(waiting)
            waiting = []
    model.objects.bulk_create(waiting)


def _milliseconds(client: Any, address: str) -> tuple[float, float, int]:
    """Median and worst of some rounds after one to warm up, and the number of SQL statements."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    statements = len(queries)  # before the list of captured statements moves on
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took), max(took), statements


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _measure(organizations: int, people: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.test import Client

    from dotpha.directory.models import PartyOrganization

    call_command("migrate", verbosity=0)
    if PartyOrganization.objects.exists():
        raise SystemExit("The database holds organizations already; the bench fills an empty one only.")
    begun = time.perf_counter()
    with transaction.atomic():
        users, made, commune = _fill(organizations, people)
    _analyze()
    print(f"{connection.vendor}, {organizations:,} organizations, {people:,} people; filled in", end=" ")
    print(f"{time.perf_counter() - begun:.0f} s\n")
    cell = made[-1]
    pages = {
        "the tree": "/danh-ba/",
        "a province opened": f"/danh-ba/?mo={made[1].pk}",
        "the tree on another day": "/danh-ba/?ngay=01/01/2026",
        "search “bang khe”": "/danh-ba/?tim=bang+khe",
        "search “chi bo thon” (thousands)": "/danh-ba/?tim=chi+bo+thon",
        "search of people “nguyen van” (tens of thousands)": "/danh-ba/?tim=nguyen+van&loai=can-bo",
        "search of people “hoang van thinh”": "/danh-ba/?tim=hoang+van+thinh&loai=can-bo",
        "search of people by code": "/danh-ba/?tim=cb0123456&loai=can-bo",
        "search of people, nobody found": "/danh-ba/?tim=khong+co+ai&loai=can-bo",
        "an organization": f"/danh-ba/to-chuc/{commune.pk}/",
        "a small organization": f"/danh-ba/to-chuc/{cell.pk}/",
        "a person": "/danh-ba/can-bo/123456/" if people > 123456 else "/danh-ba/can-bo/1/",
    }
    print("| page | who | median ms | worst ms | SQL statements |")
    print("|---|---|---:|---:|---:|")
    seen_by_all = (
        "the tree",
        "search “bang khe”",
        "search of people “nguyen van” (tens of thousands)",
        "an organization",
    )
    for user, who in zip(users, ("whole country", "one province", "one commune"), strict=True):
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user)
        for title, address in pages.items():
            if who == "whole country" or title in seen_by_all:
                median, worst, statements = _milliseconds(client, address)
                print(f"| {title} | {who} | {median:.0f} | {worst:.0f} | {statements} |", flush=True)


def main(organizations: int = ORGANIZATIONS, people: int = PEOPLE) -> None:
    import django

    with tempfile.TemporaryDirectory(prefix="dotpha-bench-") as folder:
        os.environ["DOTPHA_VAR"] = folder  # never the office's own data
        os.environ.setdefault("DOTPHA_SECRET_KEY", "only-for-the-bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "dotpha.config.settings_test"
        django.setup()
        _measure(organizations, people)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
