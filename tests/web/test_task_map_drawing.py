"""The drawing of the map: boxes high enough for their words, lines from the collective task to what is tied to it."""

import pytest

from dotpha.interfaces.web.task_map.drawing import WIDTH, Drawing, drawn
from dotpha.interfaces.web.task_map.lettering import width, wrapped
from dotpha.interfaces.web.task_map.reading import Collective, Group, Individual
from dotpha.interfaces.web.task_map.ties import Tie

LONG = "Xóa nhà tạm cho 38 hộ nghèo trước Tết Nguyên đán, trong đó 12 hộ ở vùng sạt lở phải di dời đến nơi ở mới "
ROAD = Collective(1, "Hoàn thành tuyến đường trục xã", "")


def person(tie: Tie = Tie.FITS, title: str = "Đôn đốc nhà thầu") -> Individual:
    return Individual(2, title, "Nguyễn Mạnh Tường, Chủ tịch UBND xã", tie, "", "Phục vụ nhiệm vụ này")


def edges(drawing: Drawing) -> list[tuple[int, int]]:
    """Upper and lower edge of each box."""
    return [(int(box.y), int(box.y) + int(box.height)) for box in drawing.boxes]


def test_each_individual_has_a_line_from_the_middle_of_the_collective_box_to_its_own() -> None:
    drawing = drawn(Group(ROAD, [person(), person(Tie.MISTIED)]))
    left, *right = edges(drawing)
    middle = sum(left) // 2
    assert [line.tie for line in drawing.lines] == ["fits", "mistied"]
    for line, (top, bottom) in zip(drawing.lines, right, strict=True):
        start, end = line.path.split("C")
        assert abs(int(start.split()[1]) - middle) <= 1
        assert abs(int(end.split()[-1]) - (top + bottom) // 2) <= 1


def test_what_is_tied_to_nothing_has_no_line_and_stands_at_the_right() -> None:
    drawing = drawn(Group(None, [person(Tie.UNTIED)]))
    assert (drawing.lines, len(drawing.boxes)) == ([], 1)
    assert int(drawing.boxes[0].x) > WIDTH / 2


def test_what_nobody_carries_has_no_line_and_stands_at_the_left() -> None:
    drawing = drawn(Group(Collective(1, "Dẹp chợ cóc", "", "Chưa ai đảm nhận", is_carried=False)))
    assert (drawing.lines, [box.tone for box in drawing.boxes]) == ([], ["uncarried"])
    assert drawing.boxes[0].shape == "routine"


@pytest.mark.parametrize("count", [1, 2, 20])
def test_boxes_of_one_column_never_touch_and_all_lie_inside(count) -> None:
    drawing = drawn(Group(ROAD, [person(title=LONG * (1 + at % 3)) for at in range(count)]))
    right = edges(drawing)[1:]
    assert all(lower < upper for (_, lower), (upper, _) in zip(right, right[1:], strict=False))
    assert all(top > 0 and bottom < drawing.height for top, bottom in edges(drawing))


def test_words_stand_inside_their_box() -> None:
    for box in drawn(Group(ROAD, [person(Tie.MISTIED, LONG * 9)])).boxes:
        assert all(int(box.y) < int(text.y) < int(box.y) + int(box.height) for text in box.texts)


def test_a_title_of_any_length_is_wrapped_and_beyond_six_lines_cut_with_a_sign() -> None:
    drawing = drawn(Group(Collective(1, LONG * 9, "")))
    titles = [text.words for text in drawing.boxes[0].texts if text.kind == "title"]
    assert len(titles) == 6
    assert titles[-1].endswith("…")
    assert LONG.strip() in drawing.boxes[0].said  # who is read to hears all of it


def test_no_line_is_wider_than_its_room_and_no_word_is_lost() -> None:
    lines = wrapped(LONG, 200, 14, most=20)
    assert " ".join(lines) == LONG.strip()
    assert all(width(line, 14) <= 200 for line in lines)


def test_words_pasted_without_blanks_are_cut_into_lines() -> None:
    lines = wrapped("a" * 100, 200, 14, most=20)
    assert "".join(lines) == "a" * 100
    assert all(width(line, 14) <= 200 for line in lines)


def test_no_words_make_no_line() -> None:
    assert wrapped("  ", 200, 14, most=3) == []


def test_a_collective_task_one_may_not_read_is_no_link() -> None:
    named = Collective(1, "Đóng cửa bãi rác", "Đảng bộ xã bên", is_named=True, is_open=False)
    box = drawn(Group(named, [person(Tie.MISTIED)])).boxes[0]
    assert (box.is_open, box.tone) == (False, "named")
    assert "Đảng bộ xã bên" in box.said
