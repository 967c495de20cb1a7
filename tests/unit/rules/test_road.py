"""The two cases everyone knows: the road that finishes by itself, the clearance that stood still for four years."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from dotpha.rules.registration import Registration
from dotpha.rules.screening.engine import screen
from dotpha.rules.screening.result import Reason, Screening, Verdict
from dotpha.rules.screening.thresholds import Thresholds
from tests.makers import ROAD, make_registration

CASES = Path(__file__).resolve().parents[2] / "data" / "road-and-clearance.jsonl"


def screened(id_: str) -> Screening:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return screen(Registration.from_json(next(row for row in rows if row["id"] == id_)), on=date(2022, 1, 26))


def test_the_commune_road_is_routine_though_its_form_is_perfect() -> None:
    road = screened("P072")

    assert road.verdict is Verdict.ROUTINE
    assert road.reasons[0] is Reason.BUSINESS_AS_USUAL_TREND
    assert road.unmet == ()
    assert (road.trend[0].p_reached or 0) > 0.95
    assert road.trend[0].reaches_on.startswith(("2022-05", "2022-06"))


def test_the_clearance_stuck_at_92_percent_is_a_breakthrough() -> None:
    clearance = screened("P018")

    assert clearance.verdict is Verdict.BREAKTHROUGH
    assert Reason.RESOLVES_LONG_STANDING in clearance.reasons
    assert (clearance.trend[0].p_reached or 0) < 0.05


# Commune B's road as its secretary registers it: three reports of last year, 70 % as the campaign began on 25/01/2022.
WORK = replace(ROAD.indicators[0], history=(("2021-06-30", 22.0), ("2021-09-30", 45.0), ("2021-12-31", 66.0)))
COMMUNE_B = make_registration(start="2022-01-25", indicators=(WORK,))
ANY_CHANCE = {"usual": 0.01, "clarify": 0.005, "above": 0.001}  # so that work that ends after its deadline is told too


def said_of(registration: Registration, **thresholds: float) -> str:
    screening = screen(registration, on=date(2022, 1, 26), thresholds=Thresholds(**thresholds))
    return next(each.message for each in screening.findings if each.code == "trend.finishes_by_itself")


def test_the_road_is_told_the_month_it_will_be_done_by_itself_and_the_day_in_brackets() -> None:
    said = "Khối lượng thi công: việc đang chạy, sẽ xong vào khoảng tháng 6 theo đà hiện nay (10/06/2022)."
    assert said_of(COMMUNE_B) == said


def test_a_month_of_another_year_than_the_deadlines_is_told_with_its_year() -> None:
    later = replace(COMMUNE_B, deadline="30/06/2023", deadline_iso="2023-06-30")
    assert "sẽ xong vào khoảng tháng 6/2022 theo đà hiện nay (11/06/2022)" in said_of(later)

    slow = replace(WORK, baseline=30, history=(("2021-06-30", 2.0), ("2021-09-30", 5.0), ("2021-12-31", 9.0)))
    late = replace(COMMUNE_B, start="2022-01-01", indicators=(slow,))
    assert "sẽ xong vào khoảng tháng 7/2023 theo đà hiện nay (09/07/2023)" in said_of(late, **ANY_CHANCE)
