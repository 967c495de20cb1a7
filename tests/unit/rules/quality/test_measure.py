"""All figures together: the gravest errors first, fields apart, floors kept."""

import pytest

from dotpha.rules.screening.quality.floors import BadFloors, Floors, missed
from dotpha.rules.screening.quality.measure import NothingToMeasure, measure
from tests.unit.rules.quality.cases import BORDERLINE, BREAKTHROUGH, ROUTINE, case


def test_nothing_cannot_be_measured():
    with pytest.raises(NothingToMeasure):
        measure([])


def test_cross_errors_come_first_then_the_surer_the_graver():
    cases = [
        case(BORDERLINE, ROUTINE, id_="near and sure", chance=0.99),
        case(BREAKTHROUGH, ROUTINE, id_="cross and unsure", chance=0.4),
        case(ROUTINE, BREAKTHROUGH, id_="cross and sure", chance=0.9),
        case(ROUTINE, ROUTINE, id_="right"),
    ]
    quality = measure(cases)
    assert [each.id for each in quality.worst] == ["cross and sure", "cross and unsure", "near and sure"]
    assert quality.wrong == 3


def test_at_most_twenty_errors_are_shown_and_all_are_counted():
    quality = measure([case(BORDERLINE, ROUTINE, id_=f"A{n}") for n in range(25)])
    assert (len(quality.worst), quality.wrong) == (20, 25)


def test_fields_of_work_are_told_apart_and_rows_without_one_left_out():
    quality = measure([case(field="waste"), case(BORDERLINE, ROUTINE, field="waste"), case(field="health"), case()])
    assert {name: counts.total for name, counts in quality.fields.items()} == {"health": 1, "waste": 2}


def test_a_floor_is_a_least_and_a_ceiling_a_most():
    found = {"macro_f1": 0.8, "work": 0.7, "routine_as_breakthrough": 2.0, "breakthrough_as_routine": 1.0}
    wanted = {"macro_f1": 0.8, "work": 0.71, "routine_as_breakthrough": 1, "breakthrough_as_routine": 1}
    assert missed(found, wanted) == ["work", "routine_as_breakthrough"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[floor", "TOML"),
        ("[floor]\nbeauty = 1", "“beauty”"),
        ("[floor]\nwork = 'high'", "một số"),
        ("floor = 3", "bảng"),
    ],
)
def test_floors_that_cannot_be_read_are_refused(text: str, says: str):
    with pytest.raises(BadFloors, match=says):
        Floors.from_toml(text)
