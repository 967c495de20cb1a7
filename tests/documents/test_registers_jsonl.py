"""JSON lines: what `dotpha read` writes, the labelled corpus, and lines that are broken."""

import json
import tracemalloc

import pytest

from dotpha.documents.registers import Remark, Unreadable, read, read_bytes, read_jsonl_lines
from dotpha.rules.registration import Registration

LINE = {
    "id": "P001",
    "owner_type": "individual",
    "owner": "Lò Văn Chung",
    "position": "Trưởng Công an xã",
    "title": "Xóa 3 tụ điểm ma túy",
    "deadline": "quý III/2022",
    "start": "2022-01-15",
    "indicators": [
        {"name": "Số tụ điểm", "unit": "tụ điểm", "baseline": 3, "target": 0, "history": [["2021-12-31", 3]]}
    ],
    "parent_id": None,
    "labels": {"breakthrough": "breakthrough"},
    "note": "không được đọc",
}


def lines(*rows):
    return "\n".join(json.dumps(row, ensure_ascii=False) if isinstance(row, dict) else row for row in rows).encode()


def test_the_fields_of_the_labelled_corpus_are_read_and_its_labels_are_not():
    only = read_bytes(lines(LINE), "nhan.jsonl").registrations[0]
    assert (only.id, only.owner_type, only.deadline_iso, only.start) == (
        "P001",
        "individual",
        "2022-09-30",
        "2022-01-15",
    )
    assert only.indicators[0].history == (("2021-12-31", 3),)
    assert "không được đọc" not in repr(only) and "breakthrough" not in repr(only)
    assert only.source == {"file": "nhan.jsonl", "row": 1}


def test_a_broken_line_is_told_by_its_number_and_the_others_are_read():
    reading = read_bytes(lines(LINE, '{"owner": ', "[1, 2]", "", {"id": "x"}, LINE), "a.jsonl")
    assert len(reading.registrations) == 2
    assert [remark.place.row for remark in reading.remarks] == [2, 3, 5]
    assert "Dòng 2: không phải một dòng JSON hợp lệ" in str(reading.remarks[0])


def test_what_is_odd_inside_a_line_is_told_and_not_believed():
    odd = LINE | {
        "title": ["không phải chữ"],
        "indicators": [{"baseline": "2,4", "target": "nhiều", "history": [["2021-13-40", 1], ["2020", 2]]}, "lạ"],
    }
    reading = read_bytes(lines(odd), "a.jsonl")
    only = reading.registrations[0]
    assert (only.title, only.indicators[0].baseline, only.indicators[0].target) == ("", 2.4, None)
    assert only.indicators[0].history == (("2020", 2),)
    assert len(reading.remarks) == 3


def test_a_file_of_nothing_but_broken_lines_is_refused():
    with pytest.raises(Unreadable, match="dòng 1, 2 không hợp lệ"):
        read_bytes(b"{a\n{b\n", "a.jsonl")


def test_old_fonts_are_decoded_and_the_original_kept():
    only = read_bytes(lines(LINE | {"title": "X©y dùng 06 s¶n phÈm"}), "a.jsonl").registrations[0]
    assert only.title == "Xây dựng 06 sản phẩm"
    assert only.source["original"] == {"title": "X©y dùng 06 s¶n phÈm"}


def test_a_line_keeps_the_source_it_came_with():
    only = read_bytes(lines(LINE | {"source": {"file": "goc.xlsx", "sheet": "A", "row": 7}}), "a.jsonl").registrations[
        0
    ]
    assert only.source == {"file": "goc.xlsx", "sheet": "A", "row": 7}


def test_deep_nesting_and_absurd_numbers_are_only_bad_lines():
    found = list(
        read_jsonl_lines(
            ['{"a":' * 100_000 + "1" + "}" * 100_000, '{"title": "a", "indicators": [{"target": 1e999}]}'], "a"
        )
    )
    assert isinstance(found[0], Remark)
    assert isinstance(found[1], Registration) and found[1].indicators[0].target is None


@pytest.mark.slow
def test_a_huge_file_is_gone_through_without_being_held():
    line = json.dumps(LINE, ensure_ascii=False).encode()
    tracemalloc.start()
    count = sum(1 for each in read_jsonl_lines((line for _ in range(5_000)), "a") if isinstance(each, Registration))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 5_000_000


def test_a_file_on_disk_is_read_line_by_line(tmp_path):
    path = tmp_path / "nhieu.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + lines(LINE, LINE))
    assert len(read(path).registrations) == 2
