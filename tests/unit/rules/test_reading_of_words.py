"""What the words of a registration must not be taken for: each case was once misread."""

from datetime import date
from typing import Any

import pytest

from dotpha.rules.reading.fields import campaign_year
from dotpha.rules.reading.people import Who, who_is
from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch
from dotpha.rules.screening.result import Reason, Screening, Verdict
from dotpha.rules.trend.indicator import read_indicator

ON = date(2026, 1, 26)
FORM = {
    "owner": "Đảng bộ xã Tân An",
    "owner_type": "organization",
    "responsible": "Đ/c Nguyễn Văn Bình, Chủ tịch UBND xã",
    "responsibilities": "UBND xã lập dự toán; Ban Quản lý dự án thi công",
    "deadline": "31/12/2026",
}


def screened(**fields: Any) -> Screening:
    return Batch([Registration.from_json({"id": "X1", **FORM, **fields})], on=ON).screen(0)


def figure(name: str, unit: str, baseline: float, target: float) -> dict[str, Any]:
    history = [[str(2022 + i), baseline * share] for i, share in enumerate((1.2, 1.1, 1.05, 1.0))]
    return {"name": name, "unit": unit, "baseline": baseline, "target": target, "history": history}


@pytest.mark.parametrize(
    ("name", "unit", "baseline", "target"),
    [
        ("Tỷ lệ hộ nghèo", "%", 2, 4),
        ("Nợ thuế", "tỷ đồng", 20, 30),
        ("Số vụ vi phạm trật tự xây dựng", "vụ", 12, 30),
    ],
)
def test_a_target_worse_than_today_is_never_a_leap(name: str, unit: str, baseline: float, target: float) -> None:
    result = screened(title=f"Giảm {name.lower()}", indicators=[figure(name, unit, baseline, target)])
    assert result.trend[0].better == "lower"
    assert "indicator.not_beyond" in {finding.code for finding in result.findings}
    assert result.verdict is Verdict.ROUTINE


@pytest.mark.parametrize(
    ("name", "unit", "baseline", "target", "better"),
    [
        ("Hộ nghèo có điện thoại thông minh", "%", 12, 95, "higher"),  # counts telephones
        ("Số hợp tác xã chưa giải thể", "HTX", 11, 0, "lower"),  # nobody registers none of a good thing
    ],
)
def test_a_target_absurd_for_the_words_says_that_the_words_were_misread(
    name: str, unit: str, baseline: float, target: float, better: str
) -> None:
    result = screened(title=name, indicators=[figure(name, unit, baseline, target)])
    assert result.trend[0].better == better


@pytest.mark.parametrize(
    ("deadline", "description", "year"),
    [
        ("30/9", "Từ năm 2016 đến nay chưa có nhà văn hóa.", 2026),
        ("thường xuyên", "Từ năm 2016 đến nay chưa có nhà văn hóa.", 2026),
        ("giai đoạn 2021 - 2025", "Từ năm 2016 đến nay chưa có.", 2025),
        ("giai đoạn 2024 - 2028", "", 2026),
        ("quý II", "Phấn đấu xong trong năm 2025.", 2025),
        ("2022-06-30", "", 2022),
    ],
)
def test_a_registration_speaks_in_the_year_it_is_for_and_not_in_its_past(
    deadline: str, description: str, year: int
) -> None:
    assert campaign_year(Registration(deadline=deadline, description=description), on=ON) == year


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Nâng tỷ lệ hồ sơ trực tuyến lên 60%", "Năm 2025 đạt 54%, mỗi năm tăng khoảng 7 điểm."),
        ("Nâng tỷ lệ hồ sơ trực tuyến lên 60%", "Hiện đạt 54%, mỗi năm tăng 7 điểm phần trăm. Năm 2026 đạt 60%."),
        ("Nâng tỷ lệ hồ sơ trực tuyến từ 54% lên 60%", "Mỗi năm tăng khoảng 7 điểm."),
    ],
)
def test_a_pace_told_in_words_reaches_a_target_told_in_words(title: str, description: str) -> None:
    result = screened(title=title, description=description)
    finding = next(each for each in result.findings if each.code == "trend.reaches_target")
    assert "60 %" in finding.message
    assert "…" not in finding.message
    assert finding.evidence
    assert result.reasons[0] is Reason.BUSINESS_AS_USUAL_TREND


def test_without_a_fact_no_other_reason_is_named_than_neither_new_nor_hard() -> None:
    assert screened(title="Xây dựng 05 nhà văn hóa thôn").reasons == (Reason.NOT_NEW_NOT_HARD,)


def test_the_inside_of_the_party_is_no_grant_of_a_ministry() -> None:
    result = screened(title="Củng cố đoàn kết nội bộ cấp ủy", description="Nội bộ cấp ủy mất đoàn kết từ năm 2019.")
    assert "not_own" not in {ground.fact for ground in result.grounds}


def test_a_suggestion_repeats_figures_with_what_they_count_and_nothing_more() -> None:
    result = screened(title="Giải phóng mặt bằng", description="Từ năm 2019 dừng ở 92%, còn 7 hộ không nhận tiền.")
    suggestion = next(each.suggestion for each in result.findings if each.code == "quantified.state_only")
    assert "92%; 7 hộ," in suggestion


def test_men_to_a_hundred_women_are_no_years() -> None:
    registration = Registration.from_json({"indicators": [figure("Tỷ số giới tính khi sinh", "nam/100 nữ", 113, 109)]})
    assert read_indicator(registration.indicators[0]).kind == "rate"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Đ/c Đoàn Văn Khiết, Phó Chủ tịch", Who.PERSON),
        ("Đoàn Bá Tùng", Who.PERSON),
        ("Đoàn Thanh niên", Who.GROUP),
        ("Đoàn xã", Who.GROUP),
        ("Cán bộ trạm", Who.GROUP),
    ],
)
def test_a_surname_is_no_body_and_a_body_no_surname(text: str, who: Who) -> None:
    assert who_is(text, bare=False) is who
