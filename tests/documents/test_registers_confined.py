"""Registers read in a process of their own: the same reading, the same refusals, and a process that is ended kindly."""

import json
import subprocess
import sys
import time

import pytest
import xlsxwriter

from dotpha.documents.registers import Unreadable, confined, read_bytes
from dotpha.documents.registers.confined import (
    NOT_STARTED,
    STOPPED_READING,
    TOO_BIG,
    Limits,
    heard,
    read_confined,
    told,
)
from tests.documents.registers_in_cells import hidden_things
from tests.documents.registers_made import LAYOUTS

LINE = '{"title": "Xây chợ", "owner": "Chi bộ A"}\n'


def through_json(events):
    yield {"say": "ready"}
    for event in events:
        yield json.loads(json.dumps(event))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_reading_is_the_same_after_it_was_told(layout):
    register = layout()
    again = heard(through_json(told(register.data, register.name, 30)), register.name)
    assert again == read_bytes(register.data, register.name)


@pytest.mark.slow
def test_a_child_reads_what_we_read_with_its_places_and_its_remarks():
    register = hidden_things()
    reading = read_confined(register.data, register.name)
    assert reading == read_bytes(register.data, register.name)
    assert reading.registrations[0].source["row"] and reading.registrations[0].source["sheet"]
    assert reading.remarks


@pytest.mark.slow
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 ...", b"PK\x03\x04 cut off", b"a,b\n1,2\n"])
def test_a_file_is_refused_in_the_words_of_its_reader(data):
    with pytest.raises(Unreadable) as here:
        read_bytes(data, "tệp của xã.xlsx")
    with pytest.raises(Unreadable) as there:
        read_confined(data, "tệp của xã.xlsx")
    assert str(there.value) == str(here.value)


def refused(data=b"x", limits=confined.LIMITS):
    with pytest.raises(Unreadable) as refusal:
        read_confined(data, "a.jsonl", limits=limits)
    return str(refusal.value)


@pytest.mark.slow
def test_a_file_that_takes_too_long_ends_its_process_and_is_told():
    assert refused(LINE.encode() * 100_000, Limits(seconds=0.1)) == STOPPED_READING


@pytest.mark.slow
def test_a_file_that_takes_too_much_memory_is_told():
    swelling = f'{{"title": "Xây chợ", "note": [{",".join(["[]"] * 3_000_000)}]}}'  # a line of 9 MB, 200 MB as lists
    assert refused(swelling.encode(), Limits(memory=256 * 1024 * 1024)) == TOO_BIG


@pytest.mark.slow
def test_a_file_for_which_there_is_no_memory_at_all_is_told():
    assert refused(LINE.encode() * 400_000, Limits(memory=1024)) == STOPPED_READING


@pytest.mark.slow
def test_an_answer_without_end_is_not_taken():
    assert refused(LINE.encode() * 1_000, Limits(answer=10_000)) == TOO_BIG


HEARS = "import json, sys, time; say = lambda text: print(text, end='', flush=True); say('{\"say\": \"ready\"}\\n'); "


@pytest.mark.slow
@pytest.mark.parametrize(
    ("child", "why"),
    [
        ("raise SystemExit(1)", NOT_STARTED),
        ("print('Traceback')", NOT_STARTED),
        (HEARS + "sys.stdin.buffer.read(); sys.exit(9)", STOPPED_READING),
        (HEARS + "sys.exit(9)", STOPPED_READING),
        (HEARS + 'sys.stdin.buffer.read(); say(\'{"say": "do\')', STOPPED_READING),
        (HEARS + "time.sleep(60)", STOPPED_READING),
        ("import time; time.sleep(60)", NOT_STARTED),
    ],
    ids=("cannot start", "says nonsense", "ends", "hears nothing", "half a word", "hangs", "hangs at once"),
)
def test_a_child_that_does_not_come_to_the_end_is_told_and_never_waited_for(monkeypatch, child, why):
    monkeypatch.setattr(confined, "CHILD", [sys.executable, "-S", "-c", child])
    start = time.perf_counter()
    assert refused(b"x" * 1_000_000, Limits(waiting=1)) == why
    assert time.perf_counter() - start < 5


@pytest.mark.slow
def test_the_child_never_starts_django():
    code = "import dotpha.documents.registers.confined, sys; print('django' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


@pytest.mark.slow
def test_a_confined_process_has_its_limits_and_leaves_no_image_of_its_memory():
    code = (
        "import resource as r; from dotpha.documents.registers.confined import confine; confine(2**30, 7); "
        "print([r.getrlimit(each) for each in (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE)])"
    )
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out == f"{[(2**30, 2**30), (7, 7), (0, 0)]}\n"


HEADINGS = (
    "STT",
    "Đơn vị",
    "Nhiệm vụ đột phá",
    "Nội dung",
    "Người chủ trì",
    "Thời hạn",
    "Chỉ tiêu",
    "Hiện trạng",
    "Mục tiêu",
)


@pytest.mark.slow
def test_five_thousand_rows_are_read_within_three_seconds(tmp_path):
    path = tmp_path / "dang-ky.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Đăng ký 2022")
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, 5_001):
            story = f"Việc kéo dài nhiều năm ở thôn {row % 31}, đã {row % 7} lần không làm được; năm nay làm xong."
            sheet.write_row(row, 0, (row, f"Chi bộ thôn {row}", f"Làm xong đường thôn số {row}", story))
            sheet.write_row(row, 4, ("Bí thư chi bộ", "quý III/2022", "Số km đường", row % 9, row % 9 + 2))
    start = time.perf_counter()
    reading = read_confined(path.read_bytes(), path.name)
    assert time.perf_counter() - start < 3
    assert len(reading.registrations) == 5_000
    assert reading.registrations[-1].source == {"file": path.name, "sheet": "Đăng ký 2022", "row": 5_001}
