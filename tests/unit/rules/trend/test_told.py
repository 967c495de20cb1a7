"""A figure's past from the text: built where it is certain whose it is, left where it is not."""

from datetime import date

from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.trend.assess import assess

ON = date(2022, 2, 10)
ONLINE = Indicator(name="Tỷ lệ hồ sơ trực tuyến", unit="%", baseline=45, target=52)
CRITERIA = Indicator(name="Tiêu chí NTM", unit="tiêu chí", target=18)
MEMBERS = Indicator(name="Đảng viên kết nạp trong năm", unit="đảng viên", baseline=9, target=11)
ROAD = Indicator(name="Khối lượng thi công", unit="%", baseline=70, target=100)


def points(description, *indicators, title=""):
    registration = Registration(
        title=title, description=description, deadline_iso="2022-12-31", start="2022-01-25", indicators=indicators
    )
    found = assess(registration, on=ON)
    return [(day, round(value, 2)) for day, value in found[0].trend.points] if found else []


def method(description, *indicators):
    registration = Registration(
        description=description, deadline_iso="2022-12-31", start="2022-01-25", indicators=indicators
    )
    return assess(registration, on=ON)[0].trend.method


def test_a_yearly_pace_leads_back_from_today():
    assert points("Mỗi năm tăng khoảng 7 điểm.", ONLINE) == [
        ("2019-01-25", 24), ("2020-01-25", 31), ("2021-01-25", 38), ("2022-01-25", 45),
    ]  # fmt: skip


def test_a_pace_never_leads_back_beyond_nothing():
    steep = Indicator(name="Tỷ lệ hồ sơ trực tuyến", unit="%", baseline=12, target=52)
    assert [value for _, value in points("Mỗi năm tăng 7 điểm.", steep)] == [5, 12]


def test_a_relative_pace_of_a_sum_leads_back_by_division():
    revenue = Indicator(name="Doanh thu du lịch", unit="tỷ đồng", baseline=108, target=120)
    assert points("Doanh thu mỗi năm tăng 8%.", revenue)[-2:] == [("2020-12-31", 100), ("2021-12-31", 108)]


def test_a_relative_pace_of_something_else_is_left():
    revenue = Indicator(name="Doanh thu du lịch", unit="tỷ đồng", baseline=108, target=120)
    assert method("Dân số mỗi năm tăng 1%.", revenue) == "one-point"


def test_years_are_counted_back_from_the_day_of_writing_not_from_a_far_deadline():
    far = Registration(
        description="Ba năm trước lần lượt kết nạp 7, 8 và 9 đảng viên.",
        deadline_iso="2024-12-31",
        indicators=(MEMBERS,),
    )
    (found,) = assess(far, on=ON)
    assert found.trend.points[-1] == ("2021-12-31", 9)


def test_a_pace_in_another_unit_is_not_this_figures():
    assert method("Mỗi năm tăng 3 tiêu chí.", ONLINE) == "one-point"


def test_two_figures_of_one_unit_leave_a_statement_without_owner():
    other = Indicator(name="Tỷ lệ hồ sơ đúng hạn", unit="%", baseline=90, target=95)
    assert method("Mỗi năm tăng 7 điểm.", ONLINE, other) == "one-point"


def test_todays_value_and_pace_may_both_be_told():
    found = points("Hiện đạt 14/19 tiêu chí, tăng bình quân 3 tiêu chí/năm.", CRITERIA)
    assert [value for _, value in found] == [5, 8, 11, 14]


def test_years_told_in_turn_are_the_history():
    told = "Ba năm trước lần lượt kết nạp 7, 8 và 9 đảng viên."
    assert points(told, MEMBERS) == [("2019-12-31", 7), ("2020-12-31", 8), ("2021-12-31", 9)]


def test_years_that_disagree_with_todays_value_are_another_figures():
    assert method("Ba năm trước lần lượt kết nạp 7, 8 và 10 đảng viên.", MEMBERS) == "one-point"


def test_years_told_one_by_one_must_end_in_todays_value():
    nearly = Indicator(name="Tỷ lệ hộ dùng nước sạch", unit="%", baseline=52, target=60)
    assert len(points("năm 2020 đạt 45%, năm 2021 đạt 52%", nearly)) == 2
    assert method("năm 2020 đạt 45%", nearly) == "one-point"


def test_two_values_for_one_year_are_two_figures():
    assert method("năm 2021 đạt 45%, cùng với đó năm 2021 đạt 61%", ONLINE) == "one-point"


def test_years_without_a_move_stand_at_todays_value():
    clearance = Indicator(name="Diện tích mặt bằng đã bàn giao", unit="%", baseline=92, target=100)
    found = points("khởi công năm 2017, bốn năm nay không nhích thêm được", clearance)
    assert [value for _, value in found] == [92] * 5
    assert found[0][0] == "2018-01-25"


def test_years_without_a_newcomer_are_years_of_nothing():
    none = Indicator(name="Đảng viên kết nạp trong năm", unit="đảng viên", baseline=0, target=3)
    assert points("ba năm nay không kết nạp được", none) == [(f"{year}-12-31", 0) for year in range(2018, 2022)]
    assert method("ba năm nay không kết nạp được", MEMBERS) == "one-point"


def test_a_work_starts_with_nothing_on_the_day_it_began():
    assert points("khởi công tháng 4/2021", ROAD) == [("2021-04-30", 0), ("2022-01-25", 70)]


def test_a_work_left_half_done_has_no_pace():
    assert method("khởi công tháng 4/2018, dừng thi công từ năm 2019", ROAD) == "one-point"
    assert method("mỗi tháng thêm 7% nhưng nay đã dừng thi công", ROAD) == "one-point"


def test_a_monthly_pace_is_that_of_the_work():
    found = points("đã thi công 70%, mỗi tháng thêm khoảng 7%", title="Hoàn thành nhà văn hóa thôn")
    assert [value for _, value in found] == [42, 49, 56, 63, 70]


def test_a_history_of_its_own_needs_no_words():
    with_history = Indicator(
        name="Tỷ lệ hồ sơ trực tuyến", unit="%", baseline=45, target=52, history=(("2020", 44), ("2021", 45))
    )
    assert method("Mỗi năm tăng 7 điểm.", with_history) == "drift"


def test_a_number_in_the_title_is_the_target_of_a_told_series():
    told = "Ba năm trước lần lượt kết nạp 7, 8 và 9 đảng viên."
    (found,) = assess(Registration(title="Kết nạp 11 đảng viên", description=told, deadline_iso="2022-12-31"), on=ON)
    assert (found.trend.target, found.trend.kind, found.trend.unit) == (11, "events", "đảng viên")


def test_two_rises_in_a_text_leave_no_figure():
    assert points("từ 12% lên 70%, từ 3 lên 5 mô hình, mỗi năm tăng 7 điểm") == []


def test_evidence_quotes_the_registration():
    registration = Registration(
        description="Mỗi năm tăng khoảng 7 điểm.", deadline_iso="2022-12-31", indicators=(ONLINE,)
    )
    (found,) = assess(registration, on=ON)
    (said,) = found.said
    assert registration.description[said.start : said.end] == said.text == "Mỗi năm tăng khoảng 7 điểm"
