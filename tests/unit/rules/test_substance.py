"""Beyond business as usual: facts at their edges, and the verdict they lead to."""

from datetime import date
from math import inf

import pytest

from dotpha.rules.reading.fields import read
from dotpha.rules.screening.engine import check_clarity, look_beyond, screen
from dotpha.rules.screening.result import GROUNDS_FOR, Reason, Verdict
from dotpha.rules.substance.facts import Fact, discounted
from dotpha.rules.substance.verdict import judge, weights
from tests.unit.rules.sound import sound

ON = date(2022, 1, 26)


def facts_of(**fields: object) -> dict[str, float]:
    registration = sound(**fields)
    reading = read(registration, on=ON)
    seen = look_beyond(reading, check_clarity(reading, None), (), on=ON)
    return {fact.name: fact.strength for fact in seen.facts}


def indicator(
    baseline: float, target: float, *history: float, name: str = "Tỷ lệ hồ sơ trực tuyến"
) -> dict[str, object]:
    years = range(2022 - len(history), 2022)
    return {
        "name": name, "unit": "%", "baseline": baseline, "target": target,
        "history": [[str(year), value] for year, value in zip(years, history, strict=True)],
    }  # fmt: skip


PLAIN = {"title": "Nâng tỷ lệ hồ sơ trực tuyến", "description": "", "deadline": "31/12/2022", "deadline_iso": ""}


@pytest.mark.parametrize(
    ("target", "fact"),
    [
        (49, "reached_by_trend"),  # the line itself reaches 50
        (55, "near_trend"),  # one and a half times what the line adds
        (65.9, "near_trend"),  # just under 2.6 times
        (66.5, "beyond_trend"),  # just over
    ],
)
def test_what_a_target_asks_is_held_against_the_line(target: float, fact: str) -> None:
    found = facts_of(**PLAIN, indicators=[indicator(40, target, 20, 30, 40)])
    assert found.keys() & {"reached_by_trend", "near_trend", "beyond_trend"} == {fact}


def test_a_target_worse_than_today_is_never_a_leap() -> None:
    found = facts_of(**PLAIN, indicators=[indicator(99.1, 95, 98, 98.4, 99.1, name="Tỷ lệ hồ sơ đúng hạn")])
    assert found["not_beyond_today"] == 1
    assert "beyond_trend" not in found


def test_a_level_already_held_in_the_past_is_no_new_height() -> None:
    visitors = {"name": "Lượt khách tham quan", "unit": "lượt", "baseline": 12, "target": 150}
    history = [["2019", 210], ["2020", 96], ["2021", 12]]
    assert facts_of(**PLAIN, indicators=[visitors | {"history": history}])["been_there"] == 1


def test_figures_that_stood_still_for_years_are_told_apart_from_work_that_runs() -> None:
    stuck = facts_of(indicators=[indicator(92, 100, 92, 92, 92, name="Diện tích mặt bằng đã bàn giao")])
    running = facts_of(**PLAIN, indicators=[indicator(70, 100, 5, 38, 70, name="Khối lượng thi công")])

    assert stuck["from_standstill"] == 1 and "reached_by_trend" not in stuck
    assert running["reached_by_trend"] == 1 and "from_standstill" not in running


@pytest.mark.parametrize(("target", "strength"), [(40, 0), (12, 0.5), (4, 0), (0, 0)])
def test_what_is_left_of_a_backlog_weakens_the_claim(target: float, strength: float) -> None:
    backlog = {"name": "Đơn thư tồn đọng", "unit": "đơn", "baseline": 40, "target": target}
    found = facts_of(**PLAIN, indicators=[backlog | {"history": [["2020", 40], ["2021", 40]]}])
    assert found.get("leaves_much", 0.0) == pytest.approx(strength, abs=0.01)


@pytest.mark.parametrize(
    ("description", "strength"),
    [
        ("Bốn năm nay không nhích thêm được.", 0.6),
        ("Năm năm nay không nhích thêm được.", 1.0),
        ("Tồn tại từ năm 2016 chưa ai giải quyết.", 1.0),
        ("Qua hai nhiệm kỳ vẫn chưa xong.", 1.0),
        ("Ba năm qua mỗi năm đạt 41.000 lượt.", 0.0),  # a record, not a difficulty
        ("Không để tồn đọng hồ sơ.", 0.0),  # denied
        ("Theo Kế hoạch giai đoạn 2021 - 2025.", 0.0),
    ],
)
def test_how_long_a_difficulty_lasted_is_read_from_the_words(description: str, strength: float) -> None:
    found = facts_of(title="Xử lý việc ở thôn Hạ", description=description, indicators=[])
    assert found.get("lasting", 0.0) == pytest.approx(strength, abs=0.21)
    assert (found.get("lasting", 0.0) > 0) is (strength > 0)


def test_a_step_that_others_bring_is_discounted() -> None:
    step = Fact("beyond_trend", 1.0)
    assert discounted([step, Fact("not_own", 1.0)])[0].strength == pytest.approx(0.3)
    assert discounted([step])[0].strength == 1.0


def test_no_facts_at_all_are_routine_and_neither_new_nor_hard() -> None:
    judgement = judge([])
    assert judgement.verdict is Verdict.ROUTINE
    assert all(reason not in GROUNDS_FOR for reason in judgement.reasons)


def test_chances_sum_to_one_and_the_verdict_is_the_likeliest() -> None:
    judgement = judge([Fact("lasting", 1.0), Fact("leaves_nothing", 1.0), Fact("failed_before", 1.0)])
    assert sum(judgement.chances.values()) == pytest.approx(1)
    assert judgement.chances[judgement.verdict] == max(judgement.chances.values())
    assert judgement.verdict is Verdict.BREAKTHROUGH
    assert set(judgement.reasons) <= GROUNDS_FOR


def test_a_borderline_verdict_names_one_reason_for_and_one_against() -> None:
    judgement = judge([Fact("near_trend", 1.0)])
    assert judgement.verdict is Verdict.BORDERLINE
    assert [reason in GROUNDS_FOR for reason in judgement.reasons].count(True) == 1
    assert Reason.BUSINESS_AS_USUAL_TREND in judgement.reasons


@pytest.mark.parametrize("name", weights().facts)
def test_no_weight_speaks_against_the_side_of_its_fact(name: str) -> None:
    weight = weights().facts[name]
    least, most = {"for": (0, inf), "against": (-inf, 0), "mixed": (-inf, inf)}[weight.side]
    assert least <= weight.beyond <= most
    assert least <= weight.enough <= most


def test_slogans_prove_nothing() -> None:
    plain = screen(sound(**PLAIN, indicators=[]), on=ON)
    loud = screen(sound(**PLAIN | {"title": "Đột phá, bứt phá nâng tỷ lệ hồ sơ trực tuyến"}, indicators=[]), on=ON)
    assert loud.chances[Verdict.BREAKTHROUGH] <= plain.chances[Verdict.BREAKTHROUGH]
