"""What texts say of a figure's past; each way of saying with what it must not be taken for."""

from datetime import date

import pytest

from dotpha.rules.trend.statements import (
    began_in,
    from_to_in,
    monthly_in,
    now_in,
    pace_in,
    progress_in,
    stalls,
    still_in,
    yearly_in,
)


def said(found):
    return [(each.values, each.unit) for each in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("đến nay đã thi công được khoảng 70% khối lượng, mặt bằng sạch", 70),
        ("Dự án đã giải phóng 92% diện tích nhưng còn 7 hộ", 92),
        ("khối lượng đạt 65 %", 65),
        ("tiến độ thi công đạt khoảng 62,5%", 62.5),
        ("da thi cong duoc khoang 70% khoi luong", 70),
    ],
)
def test_the_share_of_a_work_done_is_read(text, value):
    (found,) = progress_in(text)
    assert found.values == (value,)
    assert text[found.start : found.end].endswith("%")


@pytest.mark.parametrize("text", ["phấn đấu đã hoàn thành 80% khối lượng", "hoàn thành 100%", "tăng 7%", ""])
def test_a_plan_or_another_percentage_is_no_share_done(text):
    assert progress_in(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("khởi công tháng 4/2021, đến nay", date(2021, 4, 30)),
        ("khởi công ngày 12/3/2021", date(2021, 3, 12)),
        ("khởi công từ năm 2017, đã giải phóng", date(2017, 6, 30)),
        ("khoi cong thang 4/2021", date(2021, 4, 30)),
    ],
)
def test_the_day_a_work_began_is_read(text, day):
    assert [found.day for found in began_in(text)] == [day]


def test_a_beginning_without_a_day_tells_nothing():
    assert began_in("chuẩn bị khởi công, xong trước 30/9/2022") == []


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("mấy năm qua mỗi năm tăng khoảng 7 điểm", (7,), "điểm"),
        ("bình quân mỗi năm tăng 3 tiêu chí", (3,), "tiêu chí"),
        ("tăng bình quân 3 tiêu chí/năm", (3,), "tiêu chí"),
        ("giảm 0,4 điểm phần trăm mỗi năm", (-0.4,), "điểm phần trăm"),
        ("hằng năm đều giảm 12 hộ nghèo", (-12,), "hộ nghèo"),
        ("doanh thu mỗi năm tăng 8%", (8,), "%"),
    ],
)
def test_a_yearly_pace_is_read(text, values, unit):
    assert said(pace_in(text)) == [(values, unit)]


@pytest.mark.parametrize(
    "text", ["phấn đấu mỗi năm tăng 7 điểm", "kế hoạch giảm 2% mỗi năm", "năm nay tăng 7 điểm", "mỗi năm một lần"]
)
def test_a_planned_pace_is_no_past(text):
    assert pace_in(text) == []


def test_a_monthly_pace_is_read():
    assert said(monthly_in("đã thi công 70%, mỗi tháng thêm khoảng 7%")) == [((7,), "%")]


@pytest.mark.parametrize(
    ("text", "years", "values", "unit"),
    [
        (
            "Ba năm trước lần lượt kết nạp 7, 8 và 9 đảng viên.",
            (2019, 2020, 2021),
            (7, 8, 9),
            "đảng viên",
        ),
        ("các năm 2019, 2020, 2021 lần lượt đạt 41%, 45%, 52%", (2019, 2020, 2021), (41, 45, 52), "%"),
        ("Hai năm trước mỗi năm huyện có 4 sản phẩm", (2020, 2021), (4, 4), "sản phẩm"),
        ("cuối năm 2021 còn 5,2%", (2021,), (5.2,), "%"),
        ("kết nạp đảng viên (năm 2021: 0)", (2021,), (0,), ""),
        ("năm 2021 đạt 14/19 tiêu chí", (2021,), (14,), "tiêu chí"),
    ],
)
def test_values_of_whole_years_are_read(text, years, values, unit):
    (found,) = yearly_in(text, 2022)
    assert (found.years, found.values, found.unit) == (years, values, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Ba năm trước lần lượt kết nạp 7 và 8 đảng viên",
        "phấn đấu năm 2021 đạt 52%",
        "năm 2022 đạt 52%",
        "theo Nghị quyết năm 2021",
    ],
)
def test_a_list_that_does_not_count_up_a_plan_and_the_coming_year_are_left(text):
    assert yearly_in(text, 2022) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Hiện đạt 14/19 tiêu chí", 14, "tiêu chí"),
        ("Hiện nay mới chỉ có 12% hồ sơ", 12, "%"),
        ("đến nay còn 7 hộ", 7, "hộ"),
    ],
)
def test_todays_value_is_read(text, value, unit):
    assert said(now_in(text)) == [((value,), unit)]


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("đưa tỷ lệ từ 12% lên 70%", (12, 70), "%"),
        ("giảm hộ nghèo từ 2,4% xuống còn 2,1%", (2.4, 2.1), "%"),
        ("từ 14 lên 19 tiêu chí", (14, 19), "tiêu chí"),
    ],
)
def test_today_and_target_in_one_phrase_are_read(text, values, unit):
    assert said(from_to_in(text)) == [(values, unit)]


def test_a_span_of_years_is_no_rise():
    assert from_to_in("từ năm 2016 đến 2021") == []


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("bốn năm nay không nhích thêm được", 4),
        ("ba năm liền không kết nạp được đảng viên", 3),
        ("5 năm qua vẫn dậm chân", 5),
    ],
)
def test_years_without_a_move_are_read(text, years):
    assert [found.values for found in still_in(text)] == [(years,)]


def test_a_work_said_to_be_left_half_done_stalls():
    assert stalls("đường phải dừng giữa chừng")
    assert not stalls("nhà thầu làm đúng tiến độ")
