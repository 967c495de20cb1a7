"""Kind and direction read from names and units: `indicators.toml` is the table, one line an indicator."""

import tomllib
from pathlib import Path

import pytest

from dotpha.rules.registration import Indicator
from dotpha.rules.trend.indicator import DIRECTIONS, KINDS, read_indicator
from dotpha.rules.trend.scale import KNOWN_KINDS

TABLE = tomllib.loads((Path(__file__).parent / "indicators.toml").read_text(encoding="utf-8"))
ROWS = [tuple(part.strip() for part in row.split("|")) for rows in TABLE.values() for row in rows]


def read(name, unit="", baseline=None, target=None, **more):
    return read_indicator(Indicator(name=name, unit=unit, baseline=baseline, target=target, **more))


@pytest.mark.parametrize(("name", "unit", "kind", "better"), ROWS)
def test_every_indicator_of_the_table_is_read_right(name, unit, kind, better):
    reading = read(name, unit)
    assert reading.kind == kind
    if better != "-":  # the name alone does not tell
        assert (reading.better, reading.better_by != "assumed") == (better, True)


def test_the_table_is_wide_and_every_kind_has_a_label():
    assert len(ROWS) >= 300
    assert set(KINDS) == KNOWN_KINDS
    assert {kind for _, _, kind, _ in ROWS} >= KNOWN_KINDS - {"share", "balance"}


def test_a_persons_word_goes_before_all_others():
    reading = read("Tỷ lệ hộ nghèo", "%", kind="amount", better="higher")
    assert (reading.kind, reading.kind_by, reading.better, reading.better_by) == (
        "amount", "person", "higher", "person",
    )  # fmt: skip


def test_an_unknown_word_of_a_person_is_not_believed():
    assert read("Tỷ lệ hộ nghèo", "%", kind="màu", better="xanh").kind == "percent"


def test_the_deciding_words_can_be_shown():
    reading = read("Tỷ lệ điều tra, khám phá tội phạm", "%")
    (said,) = reading.better_said
    assert said.text == "khám phá"
    assert "Tỷ lệ điều tra, khám phá tội phạm"[said.start : said.end] == said.text
    assert reading.kind_said[0].field == "unit"


def test_a_percentage_of_a_plan_may_pass_a_hundred():
    reading = read("Thu ngân sách so với dự toán", "%", 104, 110)
    assert (reading.kind, reading.kind_by, reading.low) == ("rate", "values", None)


def test_a_negative_value_makes_a_signed_percentage():
    assert read("Tỷ lệ thay đổi", "%", -2, 3).kind == "percent-signed"


def test_a_negative_sum_is_a_balance():
    assert read("Chênh lệch thu chi", "tỷ đồng", -2, 3).kind == "balance"


def test_reports_of_one_year_that_rise_are_that_years_progress():
    within = (("2022-03", 10.0), ("2022-06", 35.0), ("2022-09", 60.0))
    assert read("Tỷ lệ giải ngân", "%", 60, 95, history=within).kind == "progress"


def test_year_ends_of_a_disbursement_are_shares_that_start_anew():
    reading = read("Tỷ lệ giải ngân", "%", 91, 95, history=(("2020", 93.0), ("2021", 91.0)))
    assert (reading.kind, reading.yearly) == ("percent", True)


@pytest.mark.parametrize(
    ("name", "unit", "yearly"),
    [
        ("Đảng viên kết nạp trong năm", "đảng viên", True),
        ("Thu ngân sách trên địa bàn", "tỷ đồng", True),
        ("Nợ xây dựng cơ bản", "tỷ đồng", False),
        ("Số ca chuyển tuyến", "ca/tháng", False),
        ("Số vụ tai nạn", "vụ/năm", True),
        ("Tỷ lệ hộ nghèo", "%", False),
        ("Tiêu chí NTM", "tiêu chí", False),
    ],
)
def test_what_starts_anew_each_year_is_told_from_what_stays(name, unit, yearly):
    assert read(name, unit).yearly is yearly


@pytest.mark.parametrize(
    ("name", "unit", "target", "high"),
    [
        ("Điểm hài lòng (thang 5)", "điểm", 4.5, 5),
        ("Điểm thi bình quân", "điểm", 6.5, 10),
        ("Chỉ số PAR INDEX", "điểm", 88, 100),
        ("Điểm đánh giá", "điểm/10", 8, 10),
        ("Tổng điểm", "điểm", 5000, None),
    ],
)
def test_the_full_score_is_said_or_the_smallest_usual_one(name, unit, target, high):
    assert read(name, unit, target - 1, target).high == high


def test_a_share_without_unit_may_be_written_as_a_fraction():
    assert read("Tỷ lệ hộ nghèo", "", 0.12, 0.1).kind == "share"
    assert read("Tỷ lệ hộ nghèo", "", 12, 10).kind == "percent"


def test_without_words_the_target_shows_the_way():
    assert read("Trang trại lợn trong khu dân cư", "trại", 27, 0).better == "lower"
    assert read("Hộ làm homestay", "hộ", 0, 12).better_by == "sign"


def test_a_floor_just_below_todays_value_shows_no_way():
    reading = read("Số tờ rơi", "tờ", 2050, 2000)
    assert (reading.better, reading.better_by) == ("higher", "assumed")


def test_strong_words_win_over_a_worse_target_and_say_so():
    reading = read("Số đảng viên kết nạp trong năm", "đảng viên", 8, 6)
    assert (reading.better, reading.contradicts) == ("higher", True)


def test_weak_words_yield_to_a_plain_target():
    reading = read("Xóa nhà tạm", "nhà", 40, 0)
    assert (reading.better, reading.better_by, reading.contradicts) == ("lower", "sign", False)
    assert read("Xóa nhà tạm", "nhà", 0, 40).better == "higher"


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Số vụ vi phạm", "lower"),
        ("Số vụ vi phạm đã xử lý", "higher"),
        ("Số vụ vi phạm chưa xử lý", "lower"),
        ("Tỷ lệ xử lý vi phạm", "higher"),
        ("Số vụ vi phạm về xử lý rác thải", "lower"),
        ("Số thôn không có vụ vi phạm", "higher"),
        ("Tỷ lệ hồ sơ giải quyết quá hạn", "lower"),
        ("Tỷ lệ hồ sơ quá hạn được giải quyết", "higher"),
        ("Thời gian giải quyết đơn đúng hạn", "lower"),
        ("Số hộ nghèo tham gia bảo hiểm y tế", "higher"),
    ],
)
def test_the_head_of_the_name_decides_and_what_is_said_of_it_turns_it(name, better):
    assert read(name, "").better == better


def test_directions_have_labels():
    assert set(DIRECTIONS) == {"higher", "lower"}


def test_an_indicator_without_anything_is_read_without_complaint():
    reading = read("")
    assert (reading.kind, reading.kind_by, reading.better_by) == ("amount", "assumed", "assumed")
