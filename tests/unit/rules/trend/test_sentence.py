from dataclasses import replace

import pytest

from dotpha.rules.screening.result import Band, Trend
from dotpha.rules.trend.sentence import sentence

ROAD = Trend(
    indicator="Khối lượng thi công", at="2022-12-31", median=100, low=96, high=100, p_reached=0.99, leap=-3,
    band=Band.USUAL, kind="progress", better="higher", method="progress", n=2, index=0, unit="%", target=100,
    points=(("2021-09-30", 45), ("2022-01-20", 70)), reaches_on="2022-05-26",
)  # fmt: skip
POOR = replace(
    ROAD, at="2022-12-15", median=2.186, low=1.991, high=2.399, p_reached=0.27, band=Band.CLARIFY, kind="percent",
    better="lower", method="drift", target=2.1, points=(("2020-12-31", 2.8), ("2021-12-31", 2.4)), reaches_on="",
)  # fmt: skip
HOUSEHOLDS = replace(
    POOR, median=7.0, low=6.5, high=7.5, band=Band.LEAP, kind="amount", unit="hộ", target=0,
    points=(("2018-12-31", 7), ("2019-12-31", 7), ("2021-12-31", 7)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (
            ROAD,
            "Theo đà hiện nay đến 31/12/2022 đạt khoảng 100 % (từ 96 đến 100 %); "
            "chỉ tiêu 100 %: có dấu hiệu tự đạt (khoảng 26/05/2022).",
        ),
        (
            POOR,
            "Theo đà hiện nay đến 15/12/2022 ở mức khoảng 2,2 % (từ 2 đến 2,4 %); "
            "chỉ tiêu 2,1 %: có thể tự đạt, đề nghị làm rõ.",
        ),
        (
            HOUSEHOLDS,
            "Đứng ở mức 7 hộ từ 31/12/2018; theo đà hiện nay đến 15/12/2022 vẫn khoảng 7 hộ (từ 6 đến 8 hộ); "
            "chỉ tiêu 0 hộ: bước nhảy so với đà hiện nay, đề nghị nêu rõ căn cứ thực hiện.",
        ),
        (
            replace(POOR, method="siblings", band=Band.ABOVE),
            "Chỉ dựa vào đơn vị tương tự, đến 15/12/2022 ở mức khoảng 2,2 % (từ 2 đến 2,4 %); "
            "chỉ tiêu 2,1 %: vượt xu thế.",
        ),
        (
            replace(ROAD, method="stated", target=None, p_reached=None),
            "Theo số liệu nêu trong thuyết minh, đến 31/12/2022 đạt khoảng 100 % (từ 96 đến 100 %).",
        ),
        (
            replace(ROAD, method="one-point", points=(("2021-12-31", 12.5),)),
            "Mới có một số liệu (12,5 %), chưa đủ dữ liệu để kết luận về xu thế.",
        ),
        (
            replace(ROAD, method="too-far", at="2025-12-31"),
            "Đến 31/12/2025 là quá xa để dự báo từ 2 số liệu đã có.",
        ),
        (
            replace(ROAD, method="part-year", kind="events", unit="vụ", median=8.0, low=3.2, high=14.1),
            "Theo đà hiện nay cả năm đạt khoảng 8 vụ (từ 3 đến 14 vụ); chưa có số liệu cùng kỳ, "
            "chưa đủ dữ liệu để kết luận về hạn giữa năm.",
        ),
        (
            replace(ROAD, method="none: deadline passed", median=None),
            "Hạn hoàn thành không sau số liệu cuối cùng nên chưa thể dự báo; đề nghị xem lại hạn.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_forecast_means(trend, words):
    assert sentence(trend) == words


def test_counts_that_stay_one_number_have_no_interval():
    nothing = replace(HOUSEHOLDS, median=0, low=0, high=0.4, points=(("2020-12-31", 0), ("2021-12-31", 0)))
    assert "đến 15/12/2022 ở mức khoảng 0 hộ; chỉ tiêu" in sentence(nothing)


def test_a_unit_may_be_given_in_other_words():
    assert "khoảng 100 phần trăm" in sentence(ROAD, "phần trăm")


def test_a_day_already_behind_is_not_named():
    assert "(khoảng" not in sentence(replace(ROAD, reaches_on="2022-01-20"))
