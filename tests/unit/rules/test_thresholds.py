"""The thresholds a campaign pins: what may be set, where each one bites, and that nothing moves without them."""

from dataclasses import replace
from datetime import date
from math import nan, nextafter

import pytest

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.batch import Batch, screen_all
from dotpha.rules.screening.engine import screen
from dotpha.rules.screening.result import Band
from dotpha.rules.screening.thresholds import DEFAULT, Thresholds
from dotpha.rules.similarity import Neighbours, alike, known
from dotpha.rules.trend.assess import assess, band_of

ON = date(2022, 1, 26)
PINNED = Thresholds(usual=0.6, clarify=0.3, above=0.1, same_task=0.9)


def below(value: float) -> float:
    return nextafter(value, 0)


@pytest.mark.parametrize(
    ("thresholds", "chance", "band"),
    [
        (DEFAULT, 1.0, Band.USUAL), (DEFAULT, 0.5, Band.USUAL), (DEFAULT, below(0.5), Band.CLARIFY),
        (DEFAULT, 0.2, Band.CLARIFY), (DEFAULT, below(0.2), Band.ABOVE),
        (DEFAULT, 0.05, Band.ABOVE), (DEFAULT, below(0.05), Band.LEAP), (DEFAULT, 0.0, Band.LEAP),
        (PINNED, 0.6, Band.USUAL), (PINNED, below(0.6), Band.CLARIFY),
        (PINNED, 0.3, Band.CLARIFY), (PINNED, below(0.3), Band.ABOVE),
        (PINNED, 0.1, Band.ABOVE), (PINNED, below(0.1), Band.LEAP),
        (Thresholds(usual=1, above=0), below(1.0), Band.CLARIFY), (Thresholds(usual=1, above=0), 0.0, Band.ABOVE),
    ],
)  # fmt: skip
def test_a_band_holds_from_its_threshold_on(thresholds: Thresholds, chance: float, band: Band) -> None:
    assert band_of(chance, thresholds) is band


@pytest.mark.parametrize("thresholds", [{}, {"usual": None}, {"colour": "đỏ"}])
def test_what_is_missing_takes_its_default_and_what_is_unknown_is_passed_over(thresholds: dict[str, object]) -> None:
    assert Thresholds.from_json(thresholds) == DEFAULT


def test_thresholds_survive_their_json() -> None:
    assert Thresholds.from_json(PINNED.to_json()) == PINNED
    assert DEFAULT.to_json() == {"usual": 0.5, "clarify": 0.2, "above": 0.05, "same_task": 0.78}
    assert Thresholds.from_json({"clarify": 0.3}) == replace(DEFAULT, clarify=0.3)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"usual": 0.2}, "Ngưỡng có dấu hiệu thường xuyên (20 %) phải cao hơn ngưỡng cần làm rõ (20 %)"),
        ({"clarify": 0.05}, "phải cao hơn ngưỡng vượt xu thế (5 %); đề nghị sửa lại."),
        ({"usual": 0.1, "clarify": 0.2, "above": 0.3}, "phải cao hơn ngưỡng cần làm rõ"),
        ({"usual": 1.01}, "Ngưỡng có dấu hiệu thường xuyên phải là một số từ 0 % đến 100 %"),
        ({"above": -0.01}, "Ngưỡng vượt xu thế phải là một số từ 0 % đến 100 %"),
        ({"clarify": nan}, "Ngưỡng cần làm rõ phải là một số"),
        ({"clarify": "0,2"}, "Ngưỡng cần làm rõ phải là một số"),
        ({"usual": True}, "Ngưỡng có dấu hiệu thường xuyên phải là một số"),
        ({"same_task": below(0.5)}, "Ngưỡng cùng một nhiệm vụ phải là một số từ 50 % đến 100 %"),
        ({"same_task": 1.5}, "Ngưỡng cùng một nhiệm vụ phải là một số từ 50 % đến 100 %"),
    ],
)
def test_thresholds_that_make_no_sense_are_refused_in_a_sentence(row: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError) as refusal:
        Thresholds.from_json(row)
    assert said in str(refusal.value)


@pytest.mark.parametrize("row", [{"usual": 1, "above": 0}, {"same_task": 0.5}, {"same_task": 1}])
def test_the_ends_of_the_scale_may_be_set(row: dict[str, float]) -> None:
    assert Thresholds.from_json(row).to_json() == DEFAULT.to_json() | row


def test_a_page_reads_them_with_label_and_unit() -> None:
    assert Thresholds(above=0.025).shown() == [
        ("Ngưỡng có dấu hiệu thường xuyên", "từ 50 % khả năng tự đạt"),
        ("Ngưỡng cần làm rõ", "từ 20 % khả năng tự đạt"),
        ("Ngưỡng vượt xu thế", "từ 2,5 % khả năng tự đạt"),
        ("Ngưỡng cùng một nhiệm vụ", "từ 78 % giống nhau"),
    ]


RATE = Registration(
    id="P1",
    title="Nâng tỷ lệ hộ dùng nước sạch",
    deadline_iso="2022-12-31",
    indicators=(
        Indicator(
            name="Tỷ lệ hộ dùng nước sạch", unit="%", target=73,
            history=(("2018", 52), ("2019", 58), ("2020", 61), ("2021", 67)),
        ),
    ),
)  # fmt: skip
CHANCE = assess(RATE, on=ON)[0].trend.p_reached or 0.0


def edges(name: str, chance: float) -> Thresholds:
    """The default with one threshold moved to `chance`, the others kept out of its way."""
    apart = {"usual": (0.002, 0.001), "clarify": (1, 0.001), "above": (1, 0.9999)}[name]
    others = [each for each in ("usual", "clarify", "above") if each != name]
    return Thresholds.from_json({name: chance} | dict(zip(others, apart, strict=True)))


@pytest.mark.parametrize(
    ("name", "at", "just_under"),
    [("usual", Band.USUAL, Band.CLARIFY), ("clarify", Band.CLARIFY, Band.ABOVE), ("above", Band.ABOVE, Band.LEAP)],
)
def test_a_screening_moves_band_exactly_where_a_threshold_passes_its_chance(name: str, at: Band, just_under: Band):
    found = [
        screen(RATE, on=ON, thresholds=edges(name, threshold)).trend[0] for threshold in (CHANCE, nextafter(CHANCE, 1))
    ]
    assert [each.band for each in found] == [at, just_under]
    assert {each.p_reached for each in found} == {CHANCE}


def test_what_is_said_follows_the_band() -> None:
    by_itself, not_by_itself = (
        screen(RATE, on=ON, thresholds=edges("usual", threshold)) for threshold in (CHANCE, nextafter(CHANCE, 1))
    )
    assert "trend.reaches_target" in {each.code for each in by_itself.findings}
    assert "reached_by_trend" in {each.fact for each in by_itself.grounds}
    assert "trend.near_target" in {each.code for each in not_by_itself.findings}
    assert "trend.reaches_target" not in {each.code for each in not_by_itself.findings}


def titled(id_: str, title: str) -> Registration:
    return Registration(id=id_, title=title)


ONE, OTHER = titled("A", "Trả sổ đỏ cho 63 hộ khu tái định cư"), titled("B", "Trả sổ đỏ cho 65 hộ khu tái định cư cũ")
LIKENESS = alike(known(ONE), known(OTHER))


@pytest.mark.parametrize(("threshold", "found"), [(LIKENESS, ["B"]), (nextafter(LIKENESS, 1), [])])
def test_two_tasks_are_one_from_the_threshold_on(threshold: float, found: list[str]) -> None:
    thresholds = Thresholds(same_task=threshold)
    neighbours = Neighbours([ONE, OTHER], kind="same_batch")
    assert [each.id for each in neighbours.near(ONE, thresholds=thresholds)] == found
    batch = Batch([ONE, OTHER], on=ON, thresholds=thresholds)
    assert [each.id for each in batch.duplicates(0)] == [each.id for each in batch.screen(0).duplicates] == found
    (screening,) = screen_all([ONE], last_year=[OTHER], on=ON, thresholds=thresholds)
    assert [each.id for each in screening.duplicates] == found


def test_a_batch_hands_its_thresholds_to_every_screening() -> None:
    thresholds = edges("usual", nextafter(CHANCE, 1))
    batch = Batch([RATE], on=ON, thresholds=thresholds)
    assert batch.screen(0).trend[0].band is Band.CLARIFY
    assert next(screen_all([RATE], on=ON, thresholds=thresholds)) == batch.screen(0)
    assert Batch([RATE], on=ON).screen(0) == screen(RATE, on=ON) == screen(RATE, on=ON, thresholds=DEFAULT)
