"""What changed between two versions: words, figures, rows; what is joined again is what was written."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dotpha.rules.form.comparing import compare
from dotpha.rules.form.content import Content
from dotpha.rules.form.moved import Figure, moved
from dotpha.rules.form.sheet import BESIDES, sheet
from dotpha.rules.form.specification import Specification, default
from dotpha.rules.vietnamese.difference import Kind, difference

SIGNS = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}", Kind.FOLDED: "…"}


def told(segments):
    return "".join(SIGNS[segment.kind].format(segment.text) for segment in segments)


def compared(before, after, owner_type="organization", **more):
    return compare(Content.from_json(before), Content.from_json(after), default(), owner_type=owner_type, **more)


def only(comparison):
    (field,) = comparison.fields
    return field


# Texts


@pytest.mark.parametrize(
    ("before", "after", "was", "becomes"),
    [
        ("đạt 70% năm nay", "đạt 85% năm nay", "đạt [-70-]% năm nay", "đạt {+85+}% năm nay"),
        ("dài 3,2 km", "trục dài 3,5 km", "dài [-3,2-] km", "{+trục+} dài {+3,5+} km"),
        ("Họp, bàn.", "Họp kỹ, bàn.", "Họp, bàn.", "Họp {+kỹ+}, bàn."),
        ("", "mới", "", "{+mới+}"),
        ("cũ", "", "[-cũ-]", ""),
        ("Một.\nHai.", "Một. Hai.", "Một.\nHai.", "Một. Hai."),
        ("Bỏ hẳn việc cũ. Giữ.", "Làm điều khác xa. Giữ.", "[-Bỏ hẳn việc cũ.-] Giữ.", "{+Làm điều khác xa.+} Giữ."),
    ],
    ids=["a figure", "words and figures", "a word put in", "from nothing", "to nothing", "line breaks", "new sentence"],
)  # fmt: skip
def test_words_that_differ_are_marked_on_their_side(before, after, was, becomes):
    found = difference(before, after)
    assert (told(found.before), told(found.after)) == (was, becomes)


@pytest.mark.slow
@given(st.text(max_size=300), st.text(max_size=300))
def test_each_side_joins_to_its_text_again_whatever_it_is(before, after):
    found = difference(before, after)
    assert "".join(segment.text for segment in found.folded().before) == before
    assert "".join(segment.text for segment in found.folded().after) == after
    assert Kind.ADDED not in {segment.kind for segment in found.before}
    assert Kind.REMOVED not in {segment.kind for segment in found.after}


_WORDS = st.lists(st.sampled_from(["đường", "xã.", "70", "%", "hộ;", "và", "năm", "2027,"]), max_size=40).map(" ".join)


@given(_WORDS, _WORDS)
def test_what_is_the_same_is_the_same_on_both_sides(before, after):
    found = difference(before, after)
    kept = [
        "".join(each.text for each in side if each.kind is Kind.SAME).split() for side in (found.before, found.after)
    ]
    assert "".join(kept[0]) == "".join(kept[1])
    assert found.is_none == (before.split() == after.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Di dời hộ dân khỏi hành lang đường tỉnh. " * 1_500, "Vận động hộ dân rời hành lang đường tỉnh; " * 1_500),
        ("ab " * 20_000, "ba " * 20_000),
        (". " * 30_000, ", " * 30_000),
        ("a;\n" * 20_000, "b;a;\n" * 12_000),
        ("x" * 60_000, "y" * 60_000),
    ],
    ids=["sentences", "words", "signs", "lines", "one word"],
)
def test_texts_of_sixty_thousand_letters_take_no_time(before, after):
    began = time.perf_counter()
    difference(before, after)
    assert time.perf_counter() - began < 1


def test_a_long_passage_that_stayed_is_folded_but_for_the_words_next_to_the_change():
    text = "Vận động từng hộ trong thôn hiến đất làm đường. " * 60
    found = difference(text + "Xong năm 2026.", text + "Xong năm 2027.").folded()
    assert [segment.kind for segment in found.after] == [Kind.FOLDED, Kind.SAME, Kind.ADDED, Kind.SAME]
    assert len(found.after[1].text) < 250
    assert found.after[1].text.endswith("Xong năm ")


# Figures


@pytest.mark.parametrize(
    ("before", "after", "unit", "figure"),
    [
        ("70", "85", "%", "tăng 15 điểm phần trăm"),
        ("1.250,5", "1.000,4", "triệu đồng", "giảm 20 %"),
        ("0", "42", "hộ", "tăng 42"),
        ("3,2 km", "3,5 km", "", "tăng 9,4 %"),
        ("10", "500", "", "tăng 4.900 %"),
        ("31/12/2026", "quý II/2027", "", "muộn hơn 181 ngày"),
        ("tháng 6/2027", "31/3/2027", "", "sớm hơn 91 ngày"),
    ],
)
def test_a_figure_tells_how_far_it_moved(before, after, unit, figure):
    assert moved(before, after, unit=unit) == Figure(before, after, figure)


@pytest.mark.parametrize(("before", "after"), [("70", "70,0"), ("bảy mươi", "tám mươi"), ("", "5"), ("30/2", "31/2")])
def test_what_did_not_move_or_cannot_be_read_is_no_figure(before, after):
    assert moved(before, after) is None


def test_two_thousand_is_a_year_in_a_text_and_a_quantity_in_an_indicator():
    assert moved("2000", "1950") == Figure("2000", "1950")
    assert moved("2000", "1950", is_measured=True) == Figure("2000", "1950", "giảm 2,5 %")


def test_a_figure_alone_needs_no_text_beside_it():
    assert only(compared({"deadline": "31/12/2026"}, {"deadline": "30/6/2027"})).text.is_figure
    assert not only(compared({"situation": "được 70% việc"}, {"situation": "được 85% việc"})).text.is_figure


def test_figures_in_running_text_are_told_with_their_unit():
    field = only(compared({"situation": "Đã thi công 70% của 3,2 km."}, {"situation": "Đã thi công 85% của 3,5 km."}))
    assert [(each.before, each.after, each.told) for each in field.text.figures] == [
        ("70", "85", "tăng 15 điểm phần trăm"), ("3,2", "3,5", "tăng 9,4 %"),
    ]  # fmt: skip


# Fields


def test_fields_stand_in_the_order_and_under_the_labels_of_the_form():
    comparison = compared(
        {"deadline": "31/12", "title": "Dẹp chợ cóc", "situation": "Như cũ"},
        {"deadline": "30/6", "title": "Dẹp hẳn chợ cóc", "situation": "Như cũ"},
        year=2027,
    )
    assert [(each.title, [field.field.label for field in each.fields]) for each in comparison.sections] == [
        ("Nhiệm vụ", ["Tên nhiệm vụ đột phá"]), ("Thời hạn và các mốc", ["Thời hạn hoàn thành"]),
    ]  # fmt: skip
    assert comparison.unchanged == ("Hiện trạng",)
    assert comparison.fields[1].text.figures == (Figure("31/12", "30/6", "sớm hơn 184 ngày"),)


def test_a_committee_s_own_label_and_order_are_followed():
    rows = [{"title": "Việc", "fields": [
        {"name": "situation", "label": "Nay ra sao", "kind": "text", "need": "optional"},
        {"name": "title", "label": "Việc gì", "kind": "line", "need": "required"},
        {"name": "extra.von", "label": "Vốn ở đâu", "kind": "text", "need": "optional"},
    ]}]  # fmt: skip
    before = Content.from_json({"title": "A", "situation": "x", "extra": {"extra.von": "xã"}})
    after = Content.from_json({"title": "B", "situation": "y", "extra": {"extra.von": "tỉnh"}})
    comparison = compare(before, after, Specification.from_json(rows), owner_type="organization")
    assert [field.field.label for field in comparison.fields] == ["Nay ra sao", "Việc gì", "Vốn ở đâu"]


def test_what_the_form_does_not_ask_for_is_not_hidden():
    comparison = compared({"title": "A"}, {"title": "A", "serves": "giúp xã", "parent_title": "Làm đường"})
    assert [(each.title, [field.field.label for field in each.fields]) for each in comparison.sections] == [
        (BESIDES, ["Phục vụ như thế nào", "Nhiệm vụ tập thể, như sổ ghi"])
    ]


def test_the_same_twice_is_no_change():
    said = {"title": "A", "indicators": [{"name": "Hộ", "target": "5"}], "grounds": ["leap"], "leap": "nhảy"}
    comparison = compared(said, said)
    assert comparison.is_none
    assert comparison.unchanged == ("Tên nhiệm vụ đột phá", "Lý do là đột phá", "Bước nhảy ở chỗ nào", "Chỉ tiêu")


def test_another_collective_task_is_told_by_name():
    field = only(
        compared({"supports": 3}, {"supports": 4}, "individual", parents=("Làm đường trục xã", "Làm đường thôn"))
    )
    assert told(field.text.difference.after) == "Làm đường {+thôn+}"


# Rows


def figures_of(name, **said):
    return {"name": name, "unit": "%", **said}


def test_an_indicator_is_matched_by_name_wherever_it_stands():
    field = only(
        compared(
            {"indicators": [figures_of("Khối lượng", target="100", baseline="70"), figures_of("Hộ hiến đất")]},
            {"indicators": [figures_of("Hộ hiến đất"), figures_of("khối  lượng", target="100", baseline="85")]},
        )
    )
    (row,) = field.rows
    assert (row.name, field.kept) == ("khối lượng", 1)
    assert [(each.label, each.figures) for each in row.changes][-1] == (
        "Hiện trạng", (Figure("70", "85", "tăng 15 điểm phần trăm"),),
    )  # fmt: skip


def test_an_indicator_slightly_renamed_is_the_same_and_another_is_another():
    field = only(
        compared(
            {"indicators": [figures_of("Tỷ lệ hộ dân dùng nước sạch"), figures_of("Số km đường")]},
            {"indicators": [figures_of("Tỷ lệ hộ được dùng nước sạch"), figures_of("Thu ngân sách")]},
        )
    )
    assert [(each.name, each.is_added, each.is_removed) for each in field.rows] == [
        ("Tỷ lệ hộ được dùng nước sạch", False, False), ("Thu ngân sách", True, False), ("Số km đường", False, True),
    ]  # fmt: skip


def test_a_figure_of_an_earlier_period_that_was_corrected_is_told():
    field = only(
        compared(
            {"indicators": [figures_of("Khối lượng", history=[["2025", "22"], ["2026", "45"]])]},
            {"indicators": [figures_of("Khối lượng", history=[["2025", "22"], ["2026", "54"]])]},
        )
    )
    (change,) = field.rows[0].changes
    assert (change.label, change.figures[0].told) == ("Số liệu 2026", "tăng 9 điểm phần trăm")


def test_milestones_and_duties_are_rows_too():
    comparison = compared(
        {"milestones": [["quý I/2027", "Xong nền"], ["quý II/2027", "Xong mặt"]], "coordinators": [["Mặt trận", "x"]]},
        {"milestones": [["quý II/2027", "Xong nền"], ["quý II/2027", "Xong mặt"]], "coordinators": []},
    )
    milestones, duties = comparison.fields
    assert milestones.rows[0].changes[0].figures[0].told == "muộn hơn 91 ngày"
    assert (milestones.kept, duties.rows[0].is_removed) == (1, True)


@given(*[st.lists(st.sampled_from("abcdef"), max_size=8)] * 2)
def test_no_row_is_lost_or_told_twice(before, after):
    said = [{"milestones": [["", name] for name in names], "title": str(names)} for names in (before, after)]
    rows = [row for field in compared(*said).fields for row in field.rows]
    assert sorted(row.before.name for row in rows if row.is_removed) == sorted(_more(before, after))
    assert sorted(row.after.name for row in rows if row.is_added) == sorted(_more(after, before))


def _more(names, others):
    return list((Counter(names) - Counter(others)).elements())


# The sheet to read


def test_a_question_for_a_ground_not_chosen_is_not_on_the_sheet():
    labels = [
        entry.field.name
        for section in sheet(Content.from_json({"grounds": ["leap"]}), default(), owner_type="organization")
        for entry in section.entries
    ]
    assert "leap" in labels
    assert not {"difficulty", "novelty", "supports"} & set(labels)


def test_an_individual_s_sheet_names_the_collective_task():
    sections = sheet(Content.from_json({"supports": 7}), default(), owner_type="individual", parent="Làm đường")
    assert sections[-1].entries[0].text == "Làm đường"
