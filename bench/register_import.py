"""A register of 5,000 rows imported into a campaign: seconds to read, plan, screen and write, on an empty board and on
one that holds 15,000 tasks; then the same register again, which changes nothing.

python -m bench.register_import [rows] [there]                         on SQLite, in a folder of its own
DOTPHA_DATABASE_URL=postgres://… python -m bench.register_import       on an empty PostgreSQL (pg_virtualenv gives one)

Every third row is a person's and names a collective task by its title; organizations are named as offices name them
("Đảng ủy xã …"), so that every way of matching is gone.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import xlsxwriter

from bench import made

ROWS, THERE = 5_000, 15_000
AT = datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SINCE = date(2025, 7, 1)
HEADINGS = (
    "TT", "Tổ chức, cá nhân", "Chức vụ", "Nhiệm vụ đột phá", "Nội dung", "Người chủ trì", "Phân công", "Thời hạn",
    "Nhiệm vụ tập thể", "Chỉ tiêu", "Đơn vị tính", "Hiện trạng", "Mục tiêu",
)  # fmt: skip
Answer = TypeVar("Answer")


def _rows(count: int, *, first: int) -> list[list[Any]]:
    rows: list[list[Any]] = []
    titles: dict[int, str] = {}
    for number, told in enumerate(made.registrations(count, seed=first + 1)):
        place, is_person = first + number // 3, number % 3 == 2
        title = f"{told['title']} ({first + number})"
        if number % 3 == 0:
            titles[place] = title
        figure = (told["indicators"] or [{}])[0]
        rows.append([
            number + 1, f"Nguyễn Văn {_word(place)}" if is_person else f"Đảng ủy xã {_word(place)}",
            f"Bí thư Đảng ủy xã {_word(place)}" if is_person else "", title, told["description"],
            told.get("responsible") or "", told.get("responsibilities") or "", told.get("deadline") or "",
            titles[place] if is_person else "", figure.get("name", ""), figure.get("unit", ""),
            figure.get("baseline"), figure.get("target"),
        ])  # fmt: skip
    return rows


_SYLLABLES = str.split("Bằng Đồng Tân Hòa Minh Khánh Xuân Thượng Lạc Bản Phú An Đông Tây Nam Bắc Trung Thanh Kim Long")


def _word(number: int) -> str:
    """A name for each number: three syllables tell 8,000 apart."""
    hundreds, rest = divmod(number, 400)
    tens, ones = divmod(rest, 20)
    return f"{_SYLLABLES[hundreds % 20]} {_SYLLABLES[tens]} {_SYLLABLES[ones]}"


def _workbook(path: Path, rows: list[list[Any]]) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Đăng ký 2027")
        sheet.write_string(0, 0, "ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2027")
        sheet.write_row(1, 0, HEADINGS)
        for number, row in enumerate(rows, 2):
            sheet.write_row(number, 0, row)
    return path.read_bytes()


def _campaign(places: int) -> Any:
    """A district, its communes and their secretaries, all of them registrants; and a clerk."""
    from dotpha.accounts.models import User
    from dotpha.core.names import order_key, person_order_key, search_key
    from dotpha.directory import models
    from dotpha.registration.models import Campaign, Registrant

    kind = models.OrganizationKind.objects.create(code="xa", label="Đảng bộ xã", rank=30)
    root = models.PartyOrganization.objects.create(
        pk=1, code="H", name="Đảng bộ tỉnh An Hà", kind=kind, path=f"{1:09d}", valid_from=SINCE
    )
    communes = models.PartyOrganization.objects.bulk_create(
        models.PartyOrganization(
            pk=2 + place, code=f"X{place}", name=name, kind=kind, parent=root, depth=1, valid_from=SINCE,
            path=f"{1:09d}{2 + place:09d}", order_key=order_key(name), search_key=search_key(name),
        )
        for place in range(places)
        if (name := f"Đảng bộ xã {_word(place)}")
    )  # fmt: skip
    models.OrganizationName.objects.bulk_create(
        models.OrganizationName(organization=each, name=each.name, valid_from=SINCE) for each in communes
    )
    secretaries = models.Official.objects.bulk_create(
        models.Official(code=f"C{place}", full_name=name, order_key=person_order_key(name), search_key=search_key(name))
        for place in range(places)
        if (name := f"Nguyễn Văn {_word(place)}")
    )
    campaign = Campaign.objects.create(
        organization=root, year=2027, title="Đợt 2027", opens_on=date(2026, 12, 1), closes_on=date(2027, 2, 1),
        state="open",
    )  # fmt: skip
    Registrant.objects.bulk_create(
        Registrant(
            campaign=campaign, organization=commune, official=official, branch=commune, at_most=9, name=name,
            post=f"Bí thư {commune.name.replace('bộ', 'ủy')}" if official else "",
            order_key=commune.order_key[:180] + ("1" if official else "0"), search_key=search_key(name),
        )
        for commune, secretary in zip(communes, secretaries, strict=True)
        for official, name in ((None, commune.name), (secretary, secretary.full_name))
    )  # fmt: skip
    clerk = User.objects.create(username="van-thu")
    models.RoleGrant.objects.create(user=clerk, function="clerk", organization=root, valid_from=SINCE)
    return campaign, clerk


def _timed(took: list[float], deed: Callable[[], Answer]) -> Answer:
    begun = time.perf_counter()
    answer = deed()
    took.append(time.perf_counter() - begun)
    return answer


def _import(campaign: Any, clerk: Any, data: bytes) -> tuple[list[float], Any]:
    """Seconds to read, plan, keep the plan, plan again, screen, write; and the plan."""
    from dotpha.appraisal.actions.registers import receive_register, registrations_of
    from dotpha.appraisal.screening import screen_new
    from dotpha.documents.registers.confined import read_confined
    from dotpha.registration.actions import imports
    from dotpha.registration.exchange.known import state_of
    from dotpha.registration.exchange.planning import plan
    from dotpha.registration.exchange.register import Register

    who = {"by": clerk, "at": AT}
    took: list[float] = []
    waiting = imports.prepare_import(campaign=campaign, file_name="so.xlsx", data=data, **who)
    reading = _timed(took, lambda: read_confined(data, "so.xlsx"))
    register = Register(reading.registrations, tuple(map(str, reading.remarks)))
    made_ = _timed(took, lambda: plan(register, campaign, {}))
    _timed(took, lambda: imports.keep_plan(waiting=waiting, register=register, made=made_, **who))
    waiting.refresh_from_db()
    if not made_.to_write or made_.is_blocked:
        return took, made_
    begun = imports.begin_import(waiting=waiting, version=waiting.version, **who)
    state = state_of(campaign)
    again = _timed(took, lambda: plan(imports.register_of(begun), campaign, {}))
    registrations = registrations_of(again, campaign)
    screened = _timed(took, lambda: screen_new(campaign, registrations, day=AT.date()))
    _timed(took, lambda: receive_register(waiting=begun, made=again, state=state, screened=screened, **who))
    return took, again


def _cpu() -> float:
    """Seconds of processor of this process and of the readers it started."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _told(what: str, importing: Callable[[], tuple[list[float], Any]]) -> None:
    before = _cpu()
    took, plan = importing()
    spent = _cpu() - before
    counts = ", ".join(f"{number} {outcome.value}" for outcome, number in plan.counts.items())
    seconds = " | ".join(f"{each:.1f}" for each in [*took, *[0.0] * (6 - len(took))])
    print(f"| {what} | {counts} | {seconds} | {sum(took):.1f} | {spent:.1f} |", flush=True)


def _measure(rows: int, there: int, folder: Path) -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    campaign, clerk = _campaign((rows + there) // 3 + 3)
    print(f"{connection.vendor}, {rows:,} rows; seconds\n")
    print("| register | rows | read | plan | keep | plan again | screen | write | in all | CPU |")
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    data = _workbook(folder / "so.xlsx", _rows(rows, first=0))
    _told("into an empty campaign", lambda: _import(campaign, clerk, data))
    _told("the same again", lambda: _import(campaign, clerk, data))
    for first in range(rows // 3 + 1, (rows + there) // 3 - rows // 3, rows // 3 + 1):
        more = _workbook(folder / "so.xlsx", _rows(rows, first=first))
        _told("into what is there", partial(_import, campaign, clerk, more))


def main(rows: int = ROWS, there: int = THERE) -> None:
    import django

    with tempfile.TemporaryDirectory(prefix="dotpha-bench-") as folder:
        os.environ["DOTPHA_VAR"] = folder  # never the office's own data
        os.environ.setdefault("DOTPHA_SECRET_KEY", "only-for-the-bench")
        os.environ["DJANGO_SETTINGS_MODULE"] = "dotpha.config.settings_test"
        django.setup()
        _measure(rows, there, Path(folder))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
