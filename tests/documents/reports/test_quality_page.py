"""The page on quality: a first page a secretary understands, then every figure; the same bytes every time."""

from dataclasses import replace
from datetime import date

import pytest

from dotpha.documents.reports.quality import BadHeldOut, HeldOut, Subject, page
from dotpha.rules.screening.quality.floors import Floors
from dotpha.rules.screening.quality.measure import measure
from tests.unit.rules.quality.cases import BORDERLINE, BREAKTHROUGH, ROUTINE, case

SUBJECT = Subject(files=("thu.jsonl",), on=date(2022, 1, 26), engine_version="0.1.0+w1", samples=20)
CASES = [
    *[case(ROUTINE, ROUTINE, chance=0.95)] * 6,
    *[case(BREAKTHROUGH, BREAKTHROUGH, chance=0.7)] * 3,
    case(ROUTINE, BREAKTHROUGH, id_="X|1"),
]
HELD_OUT = '{"macro_f1": 0.75, "confusion": [[5,1,0],[1,2,1],[0,1,4]], "per_field": {"waste": [3, 5]}}'


def made(*, cases=CASES, **about) -> str:
    return page(measure(cases, samples=20), replace(SUBJECT, **about), picture="anh/thu.svg")


def test_page_says_which_file_how_many_which_day_and_which_engine():
    told = made()
    for words in ("`thu.jsonl`", "đã gán nhãn: 10", "26/01/2022", "0.1.0+w1", "anh/thu.svg"):
        assert words in told


def test_first_page_says_how_often_it_is_right_and_which_mistakes_it_makes():
    summary = made().split("## For developers")[0]
    assert "trùng với người ở 9 bản (90 %" in summary
    assert "máy gọi là đột phá: **1** bản" in summary
    assert "máy gọi là thường xuyên: **0** bản" in summary
    assert "máy xếp 4 bản, đúng 3 (75 %)" in summary
    assert "Khi ghi khả năng từ 90 % (trung bình 95 %), máy đúng 6 trên 6 bản (100 %)" in summary


def test_the_same_figures_give_the_same_page():
    assert made() == made()


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head():
    told = made(floors=Floors({"work": 0.5}, {"work": 0.9}), held_out=HeldOut.from_json(HELD_OUT))
    width = 0
    for line in told.splitlines():
        cells = line.replace(r"\|", "").count("|")
        width = (width or cells) if cells else 0
        assert cells == width, line


def test_words_of_a_register_do_not_break_the_table():
    assert r"X\|1" in made()


def test_figures_in_sample_are_called_so():
    assert "in sample" in made(in_sample=True)
    assert "in sample" not in made()


def test_a_verdict_never_given_is_told_without_a_percentage():
    assert "Cần làm rõ: máy không xếp bản nào; người xếp 1 bản." in made(cases=[*CASES, case(BORDERLINE, ROUTINE)])


def test_page_without_errors_says_so():
    assert "None: every verdict agrees" in made(cases=CASES[:3])


@pytest.mark.parametrize(
    ("floor", "aim", "state"),
    [(0.5, 0.9, "aim reached"), (0.5, 1.1, "aim not reached"), (1.1, 1.2, "**under the floor**")],
)
def test_floors_and_aims_are_told_with_their_state(floor: float, aim: float, state: str):
    assert f"| {state} |" in made(floors=Floors({"work": floor}, {"work": aim}))


def test_cross_validation_stands_in_the_page_only_where_there_is_one():
    told = made(held_out=HeldOut.from_json(HELD_OUT))
    assert "macro-F1 **0.750**, accuracy **0.733**" in told
    assert "| waste | 3 | 5 | 0.600 |" in told
    assert "máy đúng 73 % trong 15 bản" in " ".join(told.split())
    assert "Cross-validation" not in made()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", HELD_OUT.replace("[0,1,4]", "[0,1]"), HELD_OUT.replace("[3, 5]", "0.6")]
)
def test_a_cross_validation_of_another_form_is_refused(text: str):
    with pytest.raises(BadHeldOut):
        HeldOut.from_json(text)
