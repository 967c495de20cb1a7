"""Registrations screened together: ids, parents, near-duplicates, and the JSON they become."""

import json
from dataclasses import replace
from datetime import date

import pytest

from dotpha.rules.registration import Registration
from dotpha.rules.screening.batch import Batch, Parents, screen_all, with_unique_ids
from dotpha.rules.screening.codec import from_json, to_json
from dotpha.rules.screening.result import CRITERIA
from dotpha.rules.screening.thresholds import DEFAULT
from dotpha.rules.similarity import alike, known, what_differs
from tests.unit.rules.sound import sound

ON = date(2022, 1, 26)


def titled(title: str, id_: str = "", **more: object) -> Registration:
    return Registration.from_json({"id": id_, "title": title, **more})


def test_missing_and_repeated_ids_are_made_unique_and_others_kept() -> None:
    made = with_unique_ids([titled("a", "X"), titled("b"), titled("c", "X")])
    assert [each.id for each in made] == ["X", "2", "X#3"]


def test_a_parent_is_found_by_id_or_by_its_title() -> None:
    collective = titled("Đóng bãi rác Đồng Mả", "P065")
    parents = Parents([collective])
    own = {"owner_type": "individual"}

    assert parents.of(titled("a", **own, parent_id="P065")) == collective
    assert parents.of(titled("a", **own, parent_title="Đóng bãi rác Đồng Mả ")) == collective
    assert parents.of(titled("a", **own, parent_title="Đóng bãi rác Đồng Má")) == collective
    assert parents.of(titled("a", **own, parent_title="Xây cầu")) is None
    assert parents.of(titled("a", parent_id="P065")) is None  # an organisation serves nobody


def test_the_same_task_of_last_year_is_found_with_what_differs() -> None:
    now = titled("Tổ chức 01 hội nghị đối thoại với nhân dân năm 2022", "N")
    before = titled("Tổ chức 02 hội nghị đối thoại với nhân dân năm 2021", "L")

    screening = next(screen_all([now], last_year=[before], on=ON))

    assert [(each.id, each.kind) for each in screening.duplicates] == [("L", "last_year")]
    assert screening.duplicates[0].differs == (("01", "02"), ("2022", "2021"))
    assert "last_year.same" in {finding.code for finding in screening.findings}


def test_near_duplicates_within_a_batch_name_each_other_and_never_themselves() -> None:
    batch = Batch([sound(), replace(sound(), id="S2"), titled("Kết nạp 5 đảng viên", "S3")], on=ON)
    assert [[each.id for each in batch.duplicates(place)] for place in range(3)] == [["S2"], ["S1"], []]


def test_a_batch_may_be_screened_without_looking_for_duplicates() -> None:
    batch = Batch([sound(), replace(sound(), id="S2")], on=ON, compare=False)
    assert batch.duplicates(0) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Trả sổ đỏ cho 63 hộ khu tái định cư", "Trả sổ đỏ cho 65 hộ khu tái định cư", True),
        ("Trả sổ đỏ cho 63 hộ khu tái định cư", "Tra so do cho 63 ho khu tai dinh cu", True),
        ("Trả sổ đỏ cho 63 hộ khu tái định cư", "Kết nạp 11 đảng viên là bác sĩ trẻ", False),
    ],
)
def test_titles_that_say_the_same_are_alike(one: str, other: str, same: bool) -> None:
    assert (alike(known(titled(one)), known(titled(other))) >= DEFAULT.same_task) is same


def test_texts_that_do_not_differ_have_no_differences() -> None:
    assert what_differs("Xây cầu", "XÂY CẦU") == ()


def test_a_screening_survives_its_json() -> None:
    (screening,) = screen_all([sound()], on=ON)
    line = json.dumps(to_json(screening), ensure_ascii=False)
    assert to_json(from_json(json.loads(line))) == json.loads(line) | {
        "reasons": tuple(json.loads(line)["reasons"]),
        "trend": to_json(from_json(json.loads(line)))["trend"],
        "duplicates": [],
    }


def test_the_json_has_the_keys_of_the_contract() -> None:
    row = to_json(next(screen_all([sound()], on=ON)))

    assert {"id", "source", "clarity", "verdict", "reasons", "findings", "trend", "duplicates", "engine"} <= row.keys()
    assert tuple(row["clarity"]) == CRITERIA
    assert {"met", "why", "evidence"} == row["clarity"]["work"].keys()
    trend = {"indicator", "at", "median", "low", "high", "p_reached", "leap", "band", "kind", "better", "method", "n"}
    assert trend <= row["trend"][0].keys()
    assert row["engine"]["version"]


def test_labels_and_notes_are_never_read() -> None:
    row = {"id": "P1", "title": "Kết nạp 5 đảng viên", "labels": {"breakthrough": "breakthrough"}, "note": "đột phá"}
    assert Registration.from_json(row) == Registration.from_json({"id": "P1", "title": "Kết nạp 5 đảng viên"})
