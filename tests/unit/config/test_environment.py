"""Settings from the environment: typed, and loud about what is wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from dotpha.config import environment


@pytest.mark.parametrize(("given", "read"), [("1", True), ("on", True), ("0", False), ("", False), ("No", False)])
def test_a_flag_is_yes_or_no(monkeypatch, given: str, read: bool) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", given)
    assert environment.flag("DOTPHA_TRIED", default=not read) is read


def test_a_flag_that_is_neither_stops_the_start(monkeypatch) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DOTPHA_TRIED phải là 1 hoặc 0, không phải “maybe”"):
        environment.flag("DOTPHA_TRIED", default=False)


def test_a_database_address_is_read_and_its_absence_means_the_default(monkeypatch) -> None:
    default = {"ENGINE": "sqlite"}
    assert environment.database("DOTPHA_TRIED", default=default) == default

    monkeypatch.setenv("DOTPHA_TRIED", "postgres://hanh:mat-khau@may:5432/dotpha")
    read = environment.database("DOTPHA_TRIED", default=default)
    assert (read["HOST"], read["NAME"], read["USER"]) == ("may", "dotpha", "hanh")
    assert read["ENGINE"].endswith("postgresql")
    assert read["OPTIONS"]["options"] == "-c jit=off"


def test_options_of_a_database_address_are_kept(monkeypatch) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", "postgres://hanh@may/dotpha?sslmode=require&options=-c%20work_mem%3D16MB")
    read = environment.database("DOTPHA_TRIED", default={})
    assert read["OPTIONS"] == {"sslmode": "require", "options": "-c jit=off -c work_mem=16MB"}


def test_a_database_address_of_no_known_kind_stops_the_start(monkeypatch) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", "may:5432/dotpha")
    with pytest.raises(ImproperlyConfigured, match="DOTPHA_TRIED"):
        environment.database("DOTPHA_TRIED", default={})


def test_a_broken_database_address_is_refused_without_quoting_its_password(monkeypatch) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", "postgres://hanh:mat-khau@may:cong/x")
    with pytest.raises(ImproperlyConfigured, match="không phải địa chỉ cơ sở dữ liệu") as refused:
        environment.database("DOTPHA_TRIED", default={})
    assert "mat-khau" not in str(refused.value)


def test_an_empty_file_of_the_secret_key_stops_the_start(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("DOTPHA_TRIED", raising=False)
    (tmp_path / "key").touch()
    with pytest.raises(ImproperlyConfigured, match="trống"):
        environment.secret_key("DOTPHA_TRIED", kept_in=tmp_path / "key")


def test_words_are_split_at_commas(monkeypatch) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", " a.vn , b.vn,")
    assert environment.words("DOTPHA_TRIED", default=[]) == ["a.vn", "b.vn"]


def test_a_secret_key_is_made_once_and_kept_private(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("DOTPHA_TRIED", raising=False)
    kept = tmp_path / "var" / "secret-key"

    first = environment.secret_key("DOTPHA_TRIED", kept_in=kept)

    assert first == environment.secret_key("DOTPHA_TRIED", kept_in=kept)
    assert len(first) >= 50
    assert kept.stat().st_mode & 0o077 == 0


def test_a_secret_key_given_is_the_one_used(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("DOTPHA_TRIED", "given")
    assert environment.secret_key("DOTPHA_TRIED", kept_in=tmp_path / "key") == "given"
    assert not (tmp_path / "key").exists()
