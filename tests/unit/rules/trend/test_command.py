"""`dotpha trend` line by line."""

import io
import json
import sys

import pytest

from dotpha.interfaces.cli import trend

GOOD = {"id": "a", "times": ["2019-12-31", "2020-12-31", "2021-12-31"], "values": [371, 398, 431.6], "at": "2022-12-31"}


def ask(monkeypatch, capsys, *lines):
    """Exit status and answers to lines given as text or as a question."""
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    status = trend.run([])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_question_is_answered_with_median_and_interval(monkeypatch, capsys):
    status, (answer,) = ask(monkeypatch, capsys, GOOD | {"kind": "money", "bounds": [0, None], "siblings": []})
    assert status == 0
    assert answer.pop("id") == "a"
    assert answer == pytest.approx({"median": 448.0, "low": 414.5, "high": 484.2}, rel=0.005)


def test_another_level_gives_another_interval(monkeypatch, capsys):
    _, (usual, wide) = ask(monkeypatch, capsys, GOOD, GOOD | {"level": 0.95})
    assert wide["low"] < usual["low"] < usual["median"] < usual["high"] < wide["high"]


def test_values_come_in_any_order_and_the_later_entered_of_one_day_counts(monkeypatch, capsys):
    mixed = GOOD | {
        "times": ["2021-12-31", "2019-12-31", "2020-12-31", "2021-12-31"],
        "values": [1, 371, 398, 431.6],
    }
    _, (one, other) = ask(monkeypatch, capsys, GOOD, mixed)
    assert one == other


def test_too_far_is_said_beside_the_numbers(monkeypatch, capsys):
    _, (answer,) = ask(monkeypatch, capsys, GOOD | {"at": "2030-12-31"})
    assert answer["too_far"] is True


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("không phải json", "không phải JSON đúng"),
        ("[1, 2]", "cần một đối tượng JSON"),
        ("[" * 100_000, "không phải JSON đúng"),
        (GOOD | {"values": [1, 2]}, "times có 3 ngày nhưng values có 2 giá trị"),
        (GOOD | {"times": ["2019", "2020-12-31", "2021-12-31"]}, "“2019” không phải ngày"),
        (GOOD | {"values": [1, "hai", 3]}, "“hai” không phải số"),
        (GOOD | {"values": [1, True, 3]}, "không phải số"),
        (GOOD | {"values": [1, float("nan"), 3]}, "không phải số"),
        (GOOD | {"values": None}, "values phải là một danh sách"),
        (GOOD | {"times": [], "values": []}, "cần ít nhất một giá trị"),
        (GOOD | {"at": "2021-12-31"}, "at phải sau ngày cuối cùng"),
        (GOOD | {"at": None}, "at: “None” không phải ngày"),
        (GOOD | {"level": 80}, "level phải nằm giữa"),
        (GOOD | {"kind": "màu"}, "không có loại “màu”"),
        (GOOD | {"kind": ["money"]}, "không có loại"),
        (GOOD | {"bounds": [100, 0]}, "mức thấp nhất phải nhỏ hơn"),
        (GOOD | {"bounds": 100}, "bounds phải là"),
        (GOOD | {"siblings": [5]}, "siblings phải là"),
        (GOOD | {"siblings": [[["2020-12-31", 1, 2]]]}, "siblings phải là"),
        (GOOD | {"values": [1e299, 1, 1e299], "kind": "balance"}, "quá lớn"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(monkeypatch, capsys, line, says):
    status, (bad, good) = ask(monkeypatch, capsys, line, GOOD)
    assert status == 2
    assert bad["error"].startswith("Dòng 1: ")
    assert says in bad["error"]
    assert good["id"] == "a"


def test_a_bad_question_keeps_its_id_and_blank_lines_are_passed_over(monkeypatch, capsys):
    status, answers = ask(monkeypatch, capsys, "", GOOD | {"at": ""}, "   ", GOOD)
    assert (status, [answer["id"] for answer in answers]) == (2, ["a", "a"])
    assert answers[0]["error"].startswith("Dòng 2: ")


def test_nothing_asked_is_nothing_answered(monkeypatch, capsys):
    assert ask(monkeypatch, capsys) == (0, [])


def test_help_is_in_vietnamese_and_names_the_kinds(capsys):
    with pytest.raises(SystemExit) as stopped:
        trend.run(["--help"])
    assert stopped.value.code == 0
    assert "percent-signed" in capsys.readouterr().out


def test_an_unknown_option_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        trend.run(["--nhanh"])
    assert stopped.value.code == 2
    assert "--nhanh" in capsys.readouterr().err


@pytest.mark.slow
def test_long_input_is_answered_in_order_by_several_processes(monkeypatch, capsys):
    monkeypatch.setattr(trend, "_FIRST", 3)
    monkeypatch.setattr(trend, "_CHUNK", 2)
    status, answers = ask(monkeypatch, capsys, *[GOOD | {"id": i} for i in range(40)], "sai")
    assert status == 2
    assert [answer["id"] for answer in answers] == [*range(40), None]
    assert answers[-1]["error"].startswith("Dòng 41: ")
