"""What a password must be, and what happens to accounts nobody uses."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from dotpha.accounts import actions, security
from dotpha.accounts.passwords import LengthAndClasses, stands_alone
from dotpha.core.errors import Refused
from dotpha.core.models import AuditEvent
from tests.makers_directory import NOON, make_user


@pytest.mark.parametrize("password", ["Cầu-Treo-2028-bắc", "aA1!aA1!aA1!aA", "Đường 3,2 km xong"])
def test_fourteen_characters_of_four_classes_stand_alone(password):
    assert stands_alone(password)


@pytest.mark.parametrize(
    "password", ["aA1!aA1!aA1!a", "cau-treo-2028-bac", "CAU-TREO-2028-BAC", "Cau-treo-bac-xong", "CauTreo2028BacXong"]
)
def test_shorter_or_plainer_ones_do_not(password):
    assert not stands_alone(password)


def test_without_an_account_the_strict_rule_holds():
    with pytest.raises(ValidationError, match="14 ký tự"):
        LengthAndClasses().validate("Cầu-28x!")


def test_every_number_of_the_standard_tells_its_source_and_the_day_somebody_looked():
    for row in security._TABLE.values():
        assert row["source"]
        assert row["checked"].year >= 2026


@pytest.mark.django_db
def test_an_unused_account_is_locked_once_and_traced():
    user = make_user(last_login=NOON - timedelta(days=46), date_joined=NOON - timedelta(days=90))
    assert actions.lock_if_idle(account=user, at=NOON)
    assert not actions.lock_if_idle(account=user, at=NOON)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.target_id) == ("account.locked", None, str(user.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("seen", ["last_login", "unlocked_at", "date_joined"])
def test_an_account_used_opened_or_made_lately_stays_open(seen):
    days = {"date_joined": 90, "last_login": 90, "unlocked_at": 90} | {seen: 44}
    user = make_user(**{name: NOON - timedelta(days=count) for name, count in days.items()})
    assert not actions.lock_if_idle(account=user, at=NOON)
    assert not actions.idle_accounts(at=NOON).exists()


@pytest.mark.django_db
def test_the_daily_job_tells_first_and_locks_then():
    make_user(username="lau-khong-dung", date_joined=NOON - timedelta(days=90))
    make_user(username="moi-lap", date_joined=NOON - timedelta(days=3))
    for arguments, locked in ((["--dry-run"], False), ([], True)):
        said = StringIO()
        call_command("lock_idle_accounts", "--on", NOON.isoformat(), *arguments, stdout=said)
        assert said.getvalue().splitlines()[0] == "lau-khong-dung"
        assert AuditEvent.objects.filter(verb="account.locked").exists() is locked
    assert not actions.idle_accounts(at=NOON).exists()


@pytest.mark.django_db
def test_a_session_of_somebody_else_is_not_ended_by_the_action_either():
    from allauth.usersessions.models import UserSession

    theirs = UserSession.objects.create(user=make_user(), ip="10.0.0.1", session_key="x", user_agent="x")
    with pytest.raises(Refused):
        actions.end_session(session=theirs, by=make_user(), at=NOON)
