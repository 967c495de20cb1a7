"""Labels are read whole or refused in a sentence, and never reach the engine."""

from datetime import date

import pytest

from dotpha.rules.screening.quality.labels import BadLabels, Labelled, Labels, screened
from dotpha.rules.screening.result import Reason, Verdict
from tests.unit.rules.sound import sound

WHOLE = {"breakthrough": "routine", "reasons": ["recurring_duty"], "clear_work": False, "linked_to_collective": None}


def test_labels_are_read_by_the_criteria_of_the_screening():
    labels = Labels.from_json(WHOLE)
    assert (labels.verdict, labels.reasons) == (Verdict.ROUTINE, (Reason.RECURRING_DUTY,))
    assert (labels.met["work"], labels.met["linked"]) == (False, None)


def test_a_criterion_nobody_labelled_is_open():
    assert Labels.from_json(WHOLE).met["person"] is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (None, "chưa có nhãn"),
        ("routine", "chưa có nhãn"),
        (WHOLE | {"breakthrough": "maybe"}, "“maybe”"),
        (WHOLE | {"breakthrough": None}, "còn trống"),
        (WHOLE | {"reasons": None}, "reasons"),
        (WHOLE | {"reasons": ["because"]}, "“because”"),
        (WHOLE | {"clear_work": "yes"}, "true, false hoặc null"),
    ],
)
def test_labels_that_cannot_be_compared_are_refused(row: object, says: str):
    with pytest.raises(BadLabels, match=says):
        Labels.from_json(row)


def test_cases_keep_the_order_and_pair_each_screening_with_its_own_labels():
    routine, breakthrough = Labels.from_json(WHOLE), Labels.from_json(WHOLE | {"breakthrough": "breakthrough"})
    batch = [Labelled(sound(id="A"), routine, "waste"), Labelled(sound(id="B"), breakthrough)]

    first, second = screened(batch, on=date(2022, 1, 26))

    assert [(each.id, each.screening.id, each.labels.verdict) for each in (first, second)] == [
        ("A", "A", Verdict.ROUTINE),
        ("B", "B", Verdict.BREAKTHROUGH),
    ]
    assert (first.field, second.field) == ("waste", "")
