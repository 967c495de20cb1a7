"""Whole registrations: what runs by itself, what stands still, what cannot be told."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.result import Band
from dotpha.rules.trend.assess import METHODS, assess, band_of
from dotpha.rules.trend.sentence import sentence

ON = date(2022, 2, 10)


def task(*indicators, **fields):
    return Registration(
        **{"deadline": "31/12/2022", "deadline_iso": "2022-12-31", "start": "2022-01-25"} | fields,
        indicators=indicators,
    )


def figure(name, unit, target, *values, baseline=None, **more):
    """An indicator with values at the ends of the years up to 2021."""
    history = tuple((str(2022 - len(values) + i), float(value)) for i, value in enumerate(values))
    return Indicator(name=name, unit=unit, target=target, baseline=baseline, history=history, **more)


def outlook(*indicators, siblings=None, on=ON, **fields):
    (found,) = assess(task(*indicators, **fields), on=on, siblings=siblings)
    return found


ROAD = Indicator(
    name="Khối lượng thi công đường trục xã", unit="%", baseline=70, target=100,
    history=(("2021-04-30", 5), ("2021-06-30", 22), ("2021-09-30", 45), ("2021-12-31", 66), ("2022-01-20", 70)),
)  # fmt: skip
CLEARANCE = Indicator(
    name="Diện tích mặt bằng đã bàn giao", unit="%", baseline=92, target=100,
    history=(("2018-06-30", 92), ("2019-12-31", 92), ("2020-12-31", 92), ("2021-12-31", 92)),
)  # fmt: skip


def test_a_road_on_its_way_runs_by_itself():
    found = outlook(ROAD)

    assert found.runs_by_itself
    assert found.trend.p_reached > 0.99
    assert (found.trend.band, found.trend.method, found.trend.n) == (Band.USUAL, "progress", 5)
    assert found.trend.reaches_on == "2022-05-26"


def test_a_clearance_that_stood_still_for_years_does_not():
    found = outlook(CLEARANCE, deadline_iso="2022-09-30", start="2022-02-10")

    assert not found.runs_by_itself
    assert found.stands_still_since == "2018-06-30"
    assert found.trend.p_reached < 0.01
    assert (found.trend.band, found.trend.method) == (Band.LEAP, "standstill")
    assert found.trend.reaches_on == ""


def test_work_resumed_after_a_pause_is_believed_from_there():
    paused = Indicator(
        name="Khối lượng thi công", unit="%", target=100,
        history=(("2018", 40), ("2019", 40), ("2020", 40), ("2021-06", 60), ("2021-12", 80)),
    )  # fmt: skip
    found = outlook(paused)
    assert (found.trend.band, found.stands_still_since) == (Band.USUAL, "")


def test_a_maintained_full_share_stands_but_is_at_its_target():
    found = outlook(figure("Tỷ lệ giao quân", "%", 100, 100, 100, 100))
    assert found.at_target
    assert (found.stands_still_since, found.trend.band) == ("", Band.USUAL)


def test_a_target_worse_than_today_is_usual_by_direction():
    found = outlook(figure("Số đảng viên kết nạp trong năm", "đảng viên", 6, 7, 8, 8))
    assert found.reading.contradicts
    assert found.trend.band is Band.USUAL


def test_lower_is_better_mirrors_chance_and_leap_only():
    up = outlook(figure("x", "hộ", 20, 30, 30, 31, better="higher")).trend
    down = outlook(figure("x", "hộ", 20, 30, 30, 31, better="lower")).trend
    assert (up.median, up.low, up.high) == (down.median, down.low, down.high)
    assert up.band is Band.USUAL
    assert down.band is Band.LEAP
    assert up.leap < 0 < down.leap


def test_one_value_alone_is_shown_without_a_verdict():
    trend = outlook(figure("Tỷ lệ hồ sơ trực tuyến", "%", 70, baseline=12)).trend
    assert (trend.method, trend.band, trend.n, trend.median) == ("one-point", Band.UNKNOWN, 1, 12)
    assert trend.low < 12 < trend.high
    assert trend.p_reached is None is trend.leap


def test_one_value_with_siblings_may_speak():
    siblings = {0: [[(date(2019 + i, 12, 31), 10.0 + i + n) for i in range(3)] for n in range(5)]}
    trend = outlook(figure("Tỷ lệ hồ sơ trực tuyến", "%", 70, baseline=12), siblings=siblings).trend
    assert (trend.method, trend.band) == ("siblings", Band.LEAP)


def test_siblings_are_named_by_the_place_of_the_indicator():
    siblings = {1: [[(date(2019 + i, 12, 31), 10.0 + i + n) for i in range(3)] for n in range(5)]}
    first, second = assess(
        task(figure("Tỷ lệ hộ nghèo", "%", 9, 11, 10.5), figure("Tỷ lệ hộ cận nghèo", "%", 9, 11, 10.5)),
        on=ON, siblings=siblings,
    )  # fmt: skip
    assert (first.trend.method, second.trend.method) == ("drift", "pooled")
    assert (first.trend.index, second.trend.index) == (0, 1)


def test_without_any_value_nothing_is_said():
    trend = outlook(Indicator(name="Số mô hình", unit="mô hình", target=2)).trend
    assert (trend.method, trend.median, trend.n) == ("none: no value", None, 0)


def test_without_a_target_the_figure_is_forecast_but_not_judged():
    trend = outlook(figure("Tỷ lệ hộ nghèo", "%", None, 4, 3.5, 3.1)).trend
    assert trend.median is not None
    assert (trend.p_reached, trend.band) == (None, Band.UNKNOWN)


def test_a_deadline_before_the_last_value_is_said_to_be_passed():
    trend = outlook(figure("Tỷ lệ hộ nghèo", "%", 3, 4, 3.5), deadline_iso="2021-06-30", start="").trend
    assert (trend.method, trend.median) == ("none: deadline passed", None)


def test_too_far_ahead_gives_no_interval():
    trend = outlook(figure("Tỷ lệ hộ nghèo", "%", 3, 4, 3.5), deadline_iso="2025-12-31").trend
    assert (trend.method, trend.low, trend.p_reached, trend.band) == ("too-far", None, None, Band.UNKNOWN)


def test_a_years_total_is_judged_at_the_end_of_its_year():
    trend = outlook(figure("Đảng viên kết nạp trong năm", "đảng viên", 11, 7, 8, 9), deadline_iso="2022-12-15").trend
    assert trend.at == "2022-12-31"


def test_whole_years_cannot_promise_half_a_year():
    easy = outlook(figure("Số đảng viên kết nạp", "đảng viên", 5, 8, 8, 9), deadline_iso="2022-06-30").trend
    hard = outlook(figure("Số đảng viên kết nạp", "đảng viên", 40, 8, 8, 9), deadline_iso="2022-06-30").trend
    assert (easy.method, easy.p_reached, easy.band) == ("part-year", None, Band.UNKNOWN)
    assert hard.band is Band.LEAP


def test_half_years_compare_with_half_years_and_leave_the_years_total_out():
    halves = (("2020-06-30", 3.0), ("2020", 8.0), ("2021-06-30", 4.0), ("2021", 9.0))
    members = Indicator(name="Số đảng viên kết nạp", unit="đảng viên", target=5, baseline=9, history=halves)
    trend = outlook(members, deadline_iso="2022-06-30").trend
    assert (trend.at, trend.points) == ("2022-06-30", (("2020-06-30", 3.0), ("2021-06-30", 4.0)))


def test_changes_that_go_on_are_momentum():
    values = (10, 11, 12, 14, 17, 21, 26, 32)
    assert outlook(figure("Số hộ tham gia", "hộ", 40, *values)).trend.method == "momentum"


def test_a_persons_kind_is_followed():
    trend = outlook(figure("Chỉ tiêu khác", "", 100, 20, 45, 70, kind="progress")).trend
    assert (trend.kind, trend.method) == ("progress", "progress")


def test_points_are_dated_and_in_order():
    assert outlook(ROAD).trend.points[0] == ("2021-04-30", 5.0)


def test_progress_told_in_the_text_counts_where_there_are_no_figures():
    found = outlook(
        title="Hoàn thành tuyến đường trục xã",
        description="Khởi công tháng 4/2021, đến nay đã thi công được khoảng 70% khối lượng.",
    )
    assert found.runs_by_itself
    assert (found.trend.method, found.trend.index, found.trend.target) == ("stated", None, 100)
    assert [each.text for each in found.said] == ["đã thi công được khoảng 70%", "Khởi công tháng 4/2021"]


def test_a_text_without_a_past_gives_no_outlook():
    silent = task(title="Đưa hồ sơ trực tuyến từ 12% lên 70%", description="Quyết tâm cao.")
    assert assess(silent, on=ON) == ()


@pytest.mark.parametrize(
    ("chance", "band"),
    [
        (0.5, Band.USUAL), (0.49, Band.CLARIFY), (0.2, Band.CLARIFY),
        (0.19, Band.ABOVE), (0.05, Band.ABOVE), (0.04, Band.LEAP),
    ],
)  # fmt: skip
def test_bands_hold_from_their_lower_edge(chance, band):
    assert band_of(chance) is band


def test_every_method_has_a_vietnamese_label():
    seen = {outlook(each).trend.method for each in (ROAD, CLEARANCE)}
    assert seen < set(METHODS)
    assert all(METHODS.values())


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_value_that_is_no_figure_is_left_out(value):
    odd = Indicator(
        name="Tỷ lệ hộ nghèo", unit="%", target=value, baseline=value, history=(("2020", value), ("2021", 3))
    )
    trend = outlook(odd).trend
    assert (trend.n, trend.target, trend.kind) == (1, None, "percent")


PHRASES = (
    "đã thi công được khoảng 70% khối lượng", "khởi công tháng 4/2021", "mỗi năm tăng 7 điểm", "năm 2021 đạt 52%",
    "từ 12% lên 70%", "ba năm trước lần lượt 7, 8 và 9 hộ", "bốn năm nay không nhích", "mỗi tháng thêm 7%",
    "dừng thi công", "hiện đạt 14/19 tiêu chí", "giảm 100% mỗi năm", "khởi công 30/2/2021", "hoàn thành", "11 hộ",
    "phấn đấu", ". ", "mười năm qua không tăng", "tăng 0 hộ/năm",
)  # fmt: skip
NAMES = ("", "Tỷ lệ hộ nghèo", "Khối lượng thi công", "Số vụ vi phạm", "Xếp hạng", "Điểm")
UNITS = ("", "%", "hộ", "điểm", "hạng", "tỷ đồng", "vụ/năm", "ngày", "điểm %", "/", "%/năm")
PERIODS = ("2019", "2020", "2021", "2021-06", "2021-06-30", "2022-02-30", "x")
VALUES = st.floats(-200, 3000).map(lambda value: round(value, 1)) | st.integers(0, 100)
ANY_FIGURE = st.builds(
    Indicator,
    name=st.sampled_from(NAMES) | st.text(max_size=12),
    unit=st.sampled_from(UNITS),
    baseline=st.none() | VALUES,
    target=st.none() | VALUES,
    history=st.lists(st.tuples(st.sampled_from(PERIODS), VALUES), max_size=5).map(tuple),
)


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(ANY_FIGURE, max_size=2).map(tuple),
    st.lists(st.sampled_from(PHRASES), max_size=5).map(" ".join),
    st.sampled_from(["", "2022-12-31", "trước 15/6", "2021-01-01", "giai đoạn 2021 - 2025"]),
    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
)
def test_whatever_is_registered_gets_an_outlook_that_can_be_said(figures, text, deadline, on):
    found = assess(Registration(title=text[:40], description=text, deadline=deadline, indicators=figures), on=on)

    assert [each.trend.index for each in found if each.trend.index is not None] == list(range(len(figures)))
    for each in found:
        assert each.trend.method in METHODS
        assert (each.trend.p_reached is None) == (each.trend.band is Band.UNKNOWN)
        assert sentence(each.trend).endswith(".")
