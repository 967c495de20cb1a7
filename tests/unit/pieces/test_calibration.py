"""The calibration plot: drawn whole in the house's font, every count visible, few cases hollow."""

from xml.etree import ElementTree

import pytest

from dotpha.documents.pieces import calibration, pictures
from dotpha.rules.screening.quality.calibration import of_breakthrough, of_given_verdict
from tests.unit.rules.quality.cases import BREAKTHROUGH, ROUTINE, case

CASES = [*[case(chance=0.95)] * 41, *[case(BREAKTHROUGH, ROUTINE, chance=0.55)] * 7]


def drawn(cases) -> str:
    return pictures.chart(calibration.spec(of_given_verdict(cases), of_breakthrough(cases)))


@pytest.mark.slow
def test_picture_shows_the_count_of_every_bin():
    svg = drawn(CASES)
    ElementTree.fromstring(svg)
    words = [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]
    assert words.count("41") == 2
    assert words.count("7") == 2
    assert "Be Vietnam Pro, sans-serif" in svg


@pytest.mark.slow
def test_picture_is_the_same_every_time():
    assert drawn(CASES) == drawn(CASES)


def test_a_dot_of_few_registrations_is_hollow():
    above = calibration.spec(of_given_verdict(CASES), of_breakthrough(CASES))["hconcat"][0]
    assert [(row["count"], row["few"]) for row in above["data"]["values"]] == [(7, True), (41, False)]
