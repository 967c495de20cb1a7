"""The two cases everyone knows: the road that finishes by itself, the clearance that stood still for four years."""

import json
from datetime import date
from pathlib import Path

from dotpha.rules.registration import Registration
from dotpha.rules.screening.engine import screen
from dotpha.rules.screening.result import Reason, Screening, Verdict

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
