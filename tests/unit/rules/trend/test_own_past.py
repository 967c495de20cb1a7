from datetime import date

import pytest

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.trend.own_past import (
    day_of_today,
    deadline_of,
    history_of,
    like_with_like,
    since_restart,
    still_since,
    with_today,
)

ON = date(2022, 2, 10)
END_2021, END_2022 = date(2021, 12, 31), date(2022, 12, 31)


def year_ends(*values, last=2021):
    return tuple((date(last - len(values) + 1 + i, 12, 31), value) for i, value in enumerate(values))


def today(points, value, *, deadline=END_2022, start=None, on=ON, yearly=False):
    last = points[-1][0] if points else None
    return with_today(points, value, day_of_today(last, deadline=deadline, start=start, on=on, yearly=yearly))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"deadline_iso": "2022-09-30", "deadline": "31/12/2022"}, date(2022, 9, 30)),
        ({"deadline": "2022-06-30"}, date(2022, 6, 30)),
        ({"deadline": "trước 15/6", "start": "2022-01-10"}, date(2022, 6, 15)),
        ({"deadline": "quý III/2022"}, date(2022, 9, 30)),
        ({"deadline": "trong năm 2022"}, END_2022),
        ({"deadline": "thường xuyên"}, END_2022),
        ({"deadline_iso": "0001-01-01", "deadline": "hết tháng 9/2022"}, date(2022, 9, 30)),
        ({}, END_2022),
    ],
)
def test_the_deadline_is_the_day_fixed_else_the_end_of_the_campaigns_year(fields, expected):
    assert deadline_of(Registration(**fields), on=ON) == expected


def test_a_deadline_before_the_start_was_typed_with_the_wrong_year():
    mistyped = Registration(deadline_iso="2021-09-30", start="2022-01-05")
    assert deadline_of(mistyped, on=ON) == date(2022, 9, 30)


def test_history_is_in_order_with_the_later_entered_of_one_day():
    indicator = Indicator(history=(("2021", 9.0), ("2020-06", 5.0), ("2021-12-31", 8.0), ("khoảng 2019", 1.0)))
    assert history_of(indicator) == ((date(2020, 6, 30), 5.0), (END_2021, 8.0))


def test_todays_value_that_repeats_the_last_report_is_no_news():
    assert today(year_ends(7, 8, 9), 9) == year_ends(7, 8, 9)


def test_todays_value_stands_at_the_end_of_the_year_before():
    assert today((), 9) == year_ends(9)
    assert today(year_ends(7, 8, last=2020), 10)[-1] == (END_2021, 10)


def test_todays_value_stands_at_the_start_of_the_work_if_that_is_later():
    assert today(year_ends(45, 66), 70, start=date(2022, 1, 20))[-1] == (date(2022, 1, 20), 70)


def test_a_years_total_belongs_to_the_end_of_its_year():
    assert today((), 9, start=date(2022, 1, 20), yearly=True) == year_ends(9)
    assert today(year_ends(7, 8, 9), 10, yearly=True) == year_ends(7, 8, 10)


def test_todays_value_beside_a_report_as_new_is_of_the_day_it_is_looked_at():
    assert today(year_ends(45, 66), 70)[-2:] == ((END_2021, 66), (ON, 70))


def test_todays_value_is_never_later_than_today():
    assert today((), 9, deadline=date(2025, 12, 31)) == ((ON, 9),)


def test_after_the_deadline_todays_value_still_stands_before_it():
    assert today((), 9, on=date(2026, 1, 1)) == year_ends(9)


def test_part_of_a_year_is_never_mixed_with_whole_years():
    mixed = (*year_ends(7, 8, 9), (date(2022, 6, 30), 4))
    assert like_with_like(mixed, END_2022) == year_ends(7, 8, 9)


def test_a_year_may_be_closed_before_its_last_day():
    police = ((date(2020, 12, 14), 8), (date(2021, 6, 14), 4), (date(2021, 12, 14), 9))
    assert like_with_like(police, END_2022) == (police[0], police[2])


def test_a_deadline_in_the_year_compares_with_the_same_season():
    halves = ((date(2020, 6, 30), 3), (date(2020, 12, 31), 8), (date(2021, 6, 30), 4), (END_2021, 9))
    assert like_with_like(halves, date(2022, 6, 30)) == (halves[0], halves[2])


def test_whole_years_are_all_there_is_where_no_season_is_known():
    assert like_with_like(year_ends(7, 8, 9), date(2022, 6, 30)) == year_ends(7, 8, 9)


@pytest.mark.parametrize(
    ("points", "since"),
    [
        (year_ends(90, 92, 92, 92), date(2019, 12, 31)),
        (year_ends(90, 92, 92), None),
        (year_ends(92), None),
        (((date(2020, 3, 31), 60), (END_2021, 60)), date(2020, 3, 31)),
        (((date(2021, 10, 31), 60), (date(2021, 11, 30), 60), (END_2021, 60)), None),
    ],
)
def test_two_reports_or_a_year_and_a_half_without_a_move_stand_still(points, since):
    assert still_since(points) == since


def test_work_after_a_pause_or_a_fall_starts_its_record_there():
    assert since_restart(year_ends(10, 40, 40, 55, 70)) == year_ends(40, 55, 70)
    assert since_restart(year_ends(10, 40, 5, 30)) == year_ends(5, 30)
    assert since_restart(year_ends(10, 40, 70)) == year_ends(10, 40, 70)


def test_a_pause_that_has_just_begun_counts_in_the_pace():
    assert since_restart(year_ends(10, 40, 40)) == year_ends(10, 40, 40)
