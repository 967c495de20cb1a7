"""Labelled files are read whole or refused in one sentence that names the line."""

import json
from pathlib import Path

import pytest

from dotpha.documents.labelled import NotLabelled, read_labelled
from dotpha.rules.screening.result import Verdict
from tests.unit.rules.sound import ROW

LABELS = {"breakthrough": "breakthrough", "reasons": ["leap"], "clear_work": True}
GOOD = json.dumps(dict(ROW) | {"labels": LABELS, "field": "waste"}, ensure_ascii=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "nhan.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_registration_is_read_with_its_labels_and_field(tmp_path: Path):
    (only,) = read_labelled(written(tmp_path, f"\ufeff{GOOD}\n\n"))
    assert only.registration.title == ROW["title"]
    assert (only.labels.verdict, only.field) == (Verdict.BREAKTHROUGH, "waste")


def test_a_line_separator_inside_a_text_does_not_cut_the_line(tmp_path: Path):
    row = json.dumps(dict(ROW) | {"labels": LABELS, "description": "một\u2028hai"}, ensure_ascii=False)
    assert len(read_labelled(written(tmp_path, row))) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "chưa có bản đăng ký nào"),
        (f"{GOOD}\n{{", "dòng 2: không phải một dòng JSON"),
        (f"{GOOD}\n[]", "dòng 2: không phải một bản đăng ký"),
        (json.dumps(dict(ROW)), "dòng 1: chưa có nhãn"),
        (f'{GOOD}\n{{"title": "Việc", "labels": {{"reasons": []}}}}', "dòng 2: nhãn “breakthrough” còn trống"),
    ],
)
def test_a_file_that_cannot_be_measured_by_is_refused_by_its_line(tmp_path: Path, text: str, says: str):
    with pytest.raises(NotLabelled, match=says):
        read_labelled(written(tmp_path, text))


def test_a_missing_file_and_a_file_of_another_kind_are_refused(tmp_path: Path):
    with pytest.raises(NotLabelled, match="Không đọc được khong-co.jsonl"):
        read_labelled(tmp_path / "khong-co.jsonl")
    (tmp_path / "anh.jsonl").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(NotLabelled, match="không phải tệp chữ"):
        read_labelled(tmp_path / "anh.jsonl")
