"""Builders with defaults: a test says only what matters to it."""

from dataclasses import replace
from datetime import date
from typing import Any

from dotpha.documents.pieces.troubles import Trouble
from dotpha.documents.reports.context import ReportContext
from dotpha.interfaces.web.quick.jobs import JOBS, Job, take
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening import codec
from dotpha.rules.screening.result import (
    CRITERIA,
    Band,
    Criterion,
    Evidence,
    Finding,
    Reason,
    Screening,
    Severity,
    Trend,
    Verdict,
)

ON = date(2022, 1, 26)

ROAD = Registration(
    id="P072",
    owner="Đảng bộ xã Bằng Khê",
    title="Hoàn thành tuyến đường trục xã từ thôn Thượng đến quốc lộ",
    description="Tuyến đường dài 3,2 km, đến nay đã thi công được khoảng 70% khối lượng.",
    responsible="Đồng chí Hoàng Văn Thịnh, Bí thư Đảng ủy xã",
    responsibilities="Bí thư chủ trì; Chủ tịch UBND xã đôn đốc nhà thầu hằng tuần.",
    deadline="31/12/2022",
    deadline_iso="2022-12-31",
    indicators=(
        Indicator(
            name="Khối lượng thi công",
            unit="%",
            baseline=70,
            target=100,
            history=(("2021-06-30", 22), ("2021-12-31", 66), ("2022-01-20", 70)),
        ),
    ),
    source={"file": "xa-bang-khe.xlsx", "sheet": "TẬP THỂ", "row": 9},
)

ROAD_TREND = Trend(
    indicator="Khối lượng thi công",
    at="2022-12-31",
    median=100.0,
    low=96.0,
    high=100.0,
    p_reached=0.994,
    leap=-2.8,
    band=Band.USUAL,
    kind="progress",
    better="higher",
    method="progress",
    n=3,
    index=0,
    unit="%",
    target=100.0,
    points=(("2021-06-30", 22.0), ("2021-12-31", 66.0), ("2022-01-20", 70.0)),
    reaches_on="2022-05-26",
)


def make_registration(**fields: Any) -> Registration:
    return replace(ROAD, **fields)


def make_screening(registration: Registration = ROAD, *, unmet: tuple[str, ...] = (), **fields: Any) -> Screening:
    """The road's screening: everything clear, and the trend reaches the target."""
    clarity = {name: Criterion(name not in unmet, f"lý do của {name}") for name in CRITERIA}
    clarity["linked"] = Criterion(None, "Chỉ xét với cá nhân.")
    told: dict[str, Any] = {
        "verdict": Verdict.ROUTINE,
        "reasons": (Reason.BUSINESS_AS_USUAL_TREND,),
        "findings": (
            Finding(
                "trend.reaches_target",
                Severity.BLOCK,
                "Theo đà hiện nay cũng đạt chỉ tiêu.",
                suggestion="Nâng chỉ tiêu hoặc rút ngắn thời hạn.",
            ),
        ),
        "trend": (ROAD_TREND,),
        "engine_version": "thử",
    }
    return Screening(id=registration.id, source=registration.source, clarity=clarity, **(told | fields))


def evidence(registration: Registration, field: str, words: str) -> Evidence:
    start = getattr(registration, field).index(words)
    return Evidence(field, start, start + len(words), words)


def make_rows(count: int = 3) -> list[tuple[Registration, Screening]]:
    """Rows that differ: every verdict, both kinds of owner, whole and incomplete forms."""
    rows = []
    for number in range(count):
        verdict = list(Verdict)[number % 3]
        person = number % 4 == 3
        registration = make_registration(
            id=f"X{number + 1}",
            title=f"Việc thứ {number + 1}",
            owner="Vũ Đức Mạnh" if person else f"Đảng bộ xã số {number % 5}",
            owner_type="individual" if person else "organization",
        )
        unmet = ("person", "schedule")[: number % 3]
        reasons = (Reason.LEAP,) if verdict is Verdict.BREAKTHROUGH else (Reason.BUSINESS_AS_USUAL_TREND,)
        rows.append((registration, make_screening(registration, verdict=verdict, unmet=unmet, reasons=reasons)))
    return rows


def make_context(**fields: Any) -> ReportContext:
    about: dict[str, Any] = {"on": ON, "committee": "Huyện ủy Lạc Giang", "files": ("a.xlsx", "b.docx")}
    return ReportContext(**(about | fields))


def item_event(registration: Registration, screening: Screening) -> dict[str, Any]:
    """What the worker says of one item."""
    return {"say": "item", "registration": registration.to_json(), "screening": codec.to_json(screening)}


def make_job(rows: list[tuple[Registration, Screening]] | None = None, **fields: Any) -> Job:
    """A finished job that the pages can find by its token."""
    job = Job(on=ON, committee="", uploads=[])
    for name, value in fields.items():
        setattr(job, name, value)
    for registration, screening in make_rows() if rows is None else rows:
        take(job, item_event(registration, screening))
    take(job, {"say": "done"})
    JOBS.hold(job)
    return job


UNREAD = Trouble("hong.xlsx", "", "Tệp rỗng nên không đọc được.")
REMARK = Trouble("a.xlsx", "Trang tính ‘TẬP THỂ’, dòng 7, cột F", "Chưa hiểu giá trị “khoảng 5 phần”.")
