"""The account stands from the first migration, on whichever engine the suite runs."""

import os
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection

from dotpha.accounts.models import User


def test_the_projects_own_user_is_the_one_django_uses() -> None:
    assert get_user_model() is User
    assert str(User._meta.verbose_name) == "tài khoản"


@pytest.mark.django_db
def test_the_suite_runs_on_the_engine_that_was_asked_for() -> None:
    asked = "postgresql" if os.environ.get("DOTPHA_DATABASE_URL") else "sqlite"
    assert connection.vendor == asked


@pytest.mark.django_db
def test_two_accounts_never_share_a_name() -> None:
    User.objects.create_user("hanh")
    with pytest.raises(IntegrityError):
        User.objects.create_user("hanh")


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    """WAL with synchronous=FULL (2), as docs/adr/0003 decides."""
    options = settings.SQLITE_OPTIONS
    with sqlite3.connect(tmp_path / "tried.sqlite3") as database:
        database.executescript(str(options["init_command"]))
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA synchronous").fetchone() == (2,)
    database.close()
    assert options["transaction_mode"] == "IMMEDIATE"
