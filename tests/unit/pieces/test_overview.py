from dataclasses import replace

from dotpha.documents.pieces import overview
from dotpha.rules.screening.result import Verdict
from tests.makers import make_registration, make_rows, make_screening


def test_every_item_is_counted_once_by_verdict_and_clarity():
    counts = overview.tally(make_rows(9))
    assert sum(bar.count for bar in overview.verdict_bars(counts)) == 9
    assert sum(cell.count for row in overview.matrix(counts) for cell in row.cells) == 9


def test_taking_an_item_back_leaves_no_trace():
    (first, *rest) = make_rows(5)
    counts = overview.tally([first, *rest])
    counts.add(*first, times=-1)
    assert overview.overview(counts) == overview.overview(overview.tally(rest))


def test_most_often_missing_criterion_comes_first_and_an_unmissed_one_stays():
    bars = overview.unmet_bars(overview.tally(make_rows(9)))
    assert [bar.key for bar in bars][:2] == ["person", "schedule"]
    assert len(bars) == 6
    assert bars[-1].count == 0


def test_headlines_tell_where_form_and_substance_part_ways():
    rows = [
        (make_registration(), make_screening(verdict=Verdict.ROUTINE)),
        (make_registration(), make_screening(verdict=Verdict.BREAKTHROUGH, unmet=("person",))),
        (make_registration(), make_screening(verdict=Verdict.BREAKTHROUGH, unmet=("person", "schedule"))),
    ]
    texts = [headline.text for headline in overview.headlines(overview.tally(rows))]
    assert texts == [
        "1 việc ghi rõ đủ tiêu chí nhưng có dấu hiệu là việc thường xuyên",
        "2 việc có tính đột phá nhưng bản đăng ký còn thiếu tiêu chí",
    ]


def test_owners_stand_by_number_of_items_then_as_in_a_vietnamese_dictionary():
    rows = [
        (make_registration(owner=owner), replace(make_screening(), verdict=Verdict.ROUTINE))
        for owner in ("Xã Đồng Vang", "Xã Dương", "Xã Bằng Khê", "Xã Dương")
    ]
    owners = [row.owner for row in overview.owner_rows(overview.tally(rows))]
    assert owners == ["Xã Dương", "Xã Bằng Khê", "Xã Đồng Vang"]


def test_summary_is_one_sentence_with_all_counts():
    text = overview.summary(overview.tally(make_rows(4)))
    assert text == "4 nhiệm vụ đăng ký (3 của tập thể, 1 của cá nhân): 2 đột phá, 1 cần làm rõ, 1 thường xuyên."


def test_an_empty_batch_has_no_bars_to_divide_by_zero():
    empty = overview.overview(overview.Tally())
    assert [bar.width for bar in empty.verdicts] == [0, 0, 0]
    assert empty.headlines == []
