"""The screening holds its floors on the labelled test file, which it was never fitted to."""

from datetime import date
from pathlib import Path

import pytest

from dotpha.documents.labelled import read_labelled
from dotpha.rules.screening.quality.floors import CEILINGS, Floors, meets
from dotpha.rules.screening.quality.labels import screened
from dotpha.rules.screening.quality.score import figures, tally_cases

ROOT = Path(__file__).resolve().parents[2]
TEST_SET = ROOT / "tests" / "data" / "registrations-labelled.jsonl"
FLOORS = Floors.from_toml((ROOT / "docs" / "screening-floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found() -> dict[str, float]:
    return figures(tally_cases(screened(read_labelled(TEST_SET), on=date(2022, 1, 26))))


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOORS.floor)
def test_figure_holds_its_floor(name: str, found: dict[str, float]):
    wanted = FLOORS.floor[name]
    bound = "at most" if name in CEILINGS else "at least"
    assert meets(name, found[name], wanted), f"{name} is {found[name]:.3f}, {bound} {wanted:g} was promised"


def test_every_aim_has_a_floor():
    assert set(FLOORS.aim) <= set(FLOORS.floor)
