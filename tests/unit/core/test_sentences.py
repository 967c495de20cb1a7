"""Every event reads as one Vietnamese sentence, and its difference as fields a person knows."""

import re
from pathlib import Path

import pytest
from django.apps import apps

import dotpha
from dotpha.core.models import AuditEvent
from dotpha.core.sentences import Part, changes, groups, sentence, verbs, verbs_saying

SOURCES = sorted(Path(dotpha.__file__).parent.rglob("*.py"))
VERB = re.compile(r'"([a-z]+)\.(?!toml")([a-z_]+)"')


def verbs_recorded() -> set[str]:
    """What is written as a verb in the source: a text of a known noun, a dot and a deed, that names no table."""
    told = (found for file in SOURCES for found in VERB.findall(file.read_text(encoding="utf-8")))
    return {f"{noun}.{deed}" for noun, deed in told if noun in groups() and not _is_table(noun, deed)}


def _is_table(room: str, name: str) -> bool:
    return room in apps.app_configs and name in apps.get_app_config(room).models


def told(verb: str, **fields: str) -> str:
    given = {"actor_name": "Trần Thị Hạnh", "target_name": "Đảng bộ xã Bằng Khê", **fields}
    return "".join(part.text for part in sentence(AuditEvent(verb=verb, **given)))


def test_every_verb_in_the_source_has_a_sentence() -> None:
    recorded = verbs_recorded()
    assert "trail.read" in recorded
    assert recorded - set(verbs()) == set()


def test_every_verb_belongs_to_a_group_with_a_name() -> None:
    assert {verb.partition(".")[0] for verb in verbs()} <= set(groups())


@pytest.mark.parametrize("verb", verbs())
def test_every_sentence_names_who_did_it(verb) -> None:
    assert told(verb).startswith("Trần Thị Hạnh ")


def test_a_sentence_names_actor_and_target() -> None:
    assert told("organization.renamed") == "Trần Thị Hạnh đổi tên Đảng bộ xã Bằng Khê"


def test_a_target_without_a_name_is_told_as_empty() -> None:
    assert told("grant.given", target_name="") == "Trần Thị Hạnh phân công (trống)"


def test_a_verb_of_a_later_version_is_still_told() -> None:
    assert told("task.approved") == "Trần Thị Hạnh: Đảng bộ xã Bằng Khê"


def test_a_word_of_the_sentence_finds_its_verbs() -> None:
    assert verbs_saying("nhap") >= {"directory.imported", "session.signed_in"}
    assert "organization.renamed" not in verbs_saying("nhap")


def change(frm: str, to: str, kind: str = "directory.partyorganization"):
    return changes(AuditEvent(frm=frm, to=to, target_kind=kind))


def test_a_changed_field_is_called_as_the_form_calls_it_and_its_words_are_compared() -> None:
    (only,) = change('{"name": "Đảng bộ xã Bằng"}', '{"name": "Đảng bộ phường Bằng"}')
    assert only.label == "tên"
    assert [part for part in only.before if part.role] == [Part("xã", "removed")]
    assert [part for part in only.after if part.role] == [Part("phường", "added")]
    assert "".join(part.text for part in only.after) == "Đảng bộ phường Bằng"


def test_what_stayed_the_same_is_not_told() -> None:
    assert [each.label for each in change('{"name": "A", "code": "1"}', '{"name": "A", "code": "2"}')] == ["mã"]


def test_dates_choices_and_yes_and_no_are_told_as_people_say_them() -> None:
    told = change("", '{"function": "clerk", "valid_from": "2027-03-15"}', "directory.rolegrant")
    assert [(each.label, each.before, each.after[0].text) for each in told] == [
        ("chức năng", (), "Thư ký, văn thư"),
        ("từ ngày", (), "15/03/2027"),
    ]
    (member,) = change('{"is_party_member": false}', '{"is_party_member": true}', "directory.official")
    assert (member.before[0].text, member.after[0].text) == ("không", "có")


def test_plain_texts_are_compared_without_a_label() -> None:
    (only,) = change("đang mở", "đã khóa")
    assert (only.label, only.before[0].text) == ("", "đang mở")


@pytest.mark.parametrize(("frm", "to"), [("{không phải JSON", ""), ('{"lạ": [1, null]}', "chữ"), ("{}", "{}")])
def test_whatever_was_recorded_can_be_shown(frm, to) -> None:
    change(frm, to, "bảng.lạ.lắm")


def test_long_texts_are_compared_too() -> None:
    (only,) = change("một " * 500 + "ba.", "một " * 500 + "bốn.")
    assert [part for part in (*only.before, *only.after) if part.role] == [Part("ba", "removed"), Part("bốn", "added")]
