import io
import json

import pytest

from dotpha.documents import reports
from dotpha.rules.screening import codec
from tests.makers import make_context, make_rows


def test_each_line_is_one_screening_that_can_be_read_back(tmp_path):
    rows = make_rows(4)
    reports.write(tmp_path / "ra.jsonl", iter(rows), make_context())
    lines = (tmp_path / "ra.jsonl").read_text(encoding="utf-8").splitlines()
    assert [codec.from_json(json.loads(line)) for line in lines] == [screening for _, screening in rows]


def test_vietnamese_is_written_as_itself():
    stream = io.BytesIO()
    reports.write_to(stream, "jsonl", make_rows(1), make_context())
    assert "Theo đà hiện nay".encode() in stream.getvalue()


def test_an_unknown_ending_is_refused_with_those_we_know(tmp_path):
    with pytest.raises(reports.UnknownKind, match=r"ra\.pdf.*\.jsonl, \.xlsx, \.docx, \.html"):
        reports.write(tmp_path / "ra.pdf", [], make_context())
    assert not (tmp_path / "ra.pdf").exists()
