from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dotpha.documents.pieces import marks
from dotpha.documents.pieces.marks import Note, Tone
from dotpha.rules.screening.result import Criterion, Evidence, Finding, Severity
from tests.makers import ROAD, evidence, make_screening

FIELDS = ["title", "description", "responsible", "deadline"]


def note(number: int, start: int, end: int) -> Note:
    return Note(number, "title", start, end, "", Tone.VAGUE, ("lý do",))


def test_a_met_criterion_marks_its_words_as_ground():
    clarity = {
        **make_screening().clarity,
        "person": Criterion(True, "Có một người.", (evidence(ROAD, "responsible", "Hoàng Văn Thịnh"),)),
    }
    (found,) = marks.notes(replace(make_screening(), clarity=clarity), FIELDS)
    assert (found.tone, found.text, found.sentences) == (Tone.GROUND, "Hoàng Văn Thịnh", ("Rõ người: Có một người.",))


def test_a_sign_of_everyday_work_has_its_own_tone():
    finding = Finding("duty.recurring", Severity.WARN, "Việc thường kỳ.", (evidence(ROAD, "description", "thi công"),))
    (found,) = marks.notes(make_screening(findings=(finding,)), FIELDS)
    assert found.tone is Tone.ROUTINE


def test_several_reasons_for_the_same_words_are_one_note():
    words = evidence(ROAD, "title", "Hoàn thành")
    findings = tuple(Finding("work.vague", Severity.WARN, text, (words,)) for text in ("Một.", "Hai.", "Một."))
    (found,) = marks.notes(make_screening(findings=findings), FIELDS)
    assert found.sentences == ("Một.", "Hai.")


def test_a_criterion_does_not_repeat_what_a_finding_says():
    words = evidence(ROAD, "responsible", "Bí thư")
    finding = Finding("person.several", Severity.BLOCK, "Nhiều người.", (words,))
    clarity = {**make_screening().clarity, "person": Criterion(False, "Nhiều người.", (words,))}
    (found,) = marks.notes(replace(make_screening(findings=(finding,)), clarity=clarity), FIELDS)
    assert found.sentences == ("Nhiều người.",)


def test_a_number_of_its_own_field_has_nothing_to_underline():
    finding = Finding("indicator.not_beyond", Severity.WARN, "Chỉ tiêu thấp.", (Evidence("title", 0, 0, "70"),))
    assert marks.notes(make_screening(findings=(finding,)), FIELDS) == []


def test_spaces_at_the_ends_are_not_underlined():
    finding = Finding("work.vague", Severity.WARN, "Rộng.", (evidence(ROAD, "title", " thành "),))
    (found,) = marks.notes(make_screening(findings=(finding,)), FIELDS)
    assert ROAD.title[found.start : found.end] == found.text == "thành"


def test_notes_are_numbered_in_the_order_of_reading():
    findings = tuple(
        Finding("work.vague", Severity.WARN, field, (evidence(ROAD, field, words),))
        for field, words in (("description", "3,2 km"), ("title", "quốc lộ"), ("title", "Hoàn thành"))
    )
    found = marks.notes(make_screening(findings=findings), FIELDS)
    assert [(each.number, each.text) for each in found] == [(1, "Hoàn thành"), (2, "quốc lộ"), (3, "3,2 km")]


def test_overlapping_notes_keep_every_number_once_and_show_the_narrowest_first():
    cut = marks.segments("0123456789", [note(1, 0, 8), note(2, 4, 6)])
    assert [(each.text, [n.number for n in each.notes], each.closes) for each in cut] == [
        ("0123", [1], ()), ("45", [2, 1], (2,)), ("67", [1], (1,)), ("89", [], ()),
    ]  # fmt: skip


@pytest.mark.slow
@given(st.text(min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=6))
def test_cut_pieces_always_join_to_the_text_again(text, spans):
    notes = [note(n, start, start + length) for n, (start, length) in enumerate(spans)]
    cut = marks.segments(text, notes)
    assert "".join(each.text for each in cut) == text
    closed = [number for each in cut for number in each.closes]
    assert sorted(closed) == sorted(each.number for each in notes if each.start < len(text))
