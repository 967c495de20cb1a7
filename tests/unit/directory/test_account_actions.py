"""Accounts of officials: whose they are, what is refused, what the trail says and never says."""

import pytest
from allauth.mfa.models import Authenticator

from dotpha.accounts.models import User
from dotpha.accounts.passwords import stands_alone
from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory import account_actions as accounts
from dotpha.directory.models import Function
from tests.makers_directory import (
    DAY,
    NOON,
    PASSWORD,
    make_grant,
    make_official,
    make_organization,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    return make_organization("Đảng bộ xã Bằng Khê", parent=make_organization("Đảng bộ huyện Lạc Giang"))


@pytest.fixture
def administrator(commune):
    return make_user((Function.TECHNICAL_ADMINISTRATOR, commune))


@pytest.fixture
def official(commune):
    official = make_official("Hoàng Văn Thịnh")
    make_tenure(official, commune)
    return official


@pytest.fixture
def account(official):
    official.user = make_user(first_name="Hoàng Văn Thịnh")
    official.save(update_fields=["user"])
    return official.user


def create(official, by, username="thinh.hv"):
    return accounts.create_account(official=official, username=username, by=by, at=NOON)


def test_a_new_account_has_its_persons_name_and_a_password_to_be_changed(official, administrator):
    made = create(official, administrator)

    official.refresh_from_db()
    assert official.user == made.account
    assert made.account.get_full_name() == "Hoàng Văn Thịnh"
    assert made.account.must_change_password
    assert made.account.check_password(made.password)
    assert stands_alone(made.password)


def test_no_password_ever_reaches_the_trail(official, administrator):
    first = create(official, administrator)
    second = accounts.reset_password(account=first.account, by=administrator, at=NOON)
    assert [event.verb for event in AuditEvent.objects.order_by("number")] == [
        "account.created",
        "account.password_reset",
    ]
    told = " ".join(str(vars(event)) for event in AuditEvent.objects.all())
    assert first.password not in told
    assert second.password not in told
    assert second.account.password not in told


def test_one_person_has_one_account(account, official, administrator):
    with pytest.raises(Refused, match="Mỗi người một tài khoản"):
        create(official, administrator)


@pytest.mark.parametrize("username", ["", "thịnh", "a b", "x" * 61, "<script>", "Đồng"])
def test_a_name_to_sign_in_with_is_plain_letters(official, administrator, username):
    with pytest.raises(Refused) as refusal:
        create(official, administrator, username)
    assert set(refusal.value.fields) == {"username"}
    assert not AuditEvent.objects.exists()


def test_a_name_to_sign_in_with_is_taken_whatever_its_capitals(official, administrator):
    make_user(username="Thinh.HV")
    with pytest.raises(Refused) as refusal:
        create(official, administrator, "thinh.hv")
    assert "đã có người dùng" in refusal.value.fields["username"]


def test_outside_the_scope_no_account_is_made(commune, administrator):
    above = make_official("Nguyễn Thị Minh Thu")
    make_tenure(above, commune.parent)
    with pytest.raises(NotAllowed):
        create(above, administrator)


@pytest.mark.parametrize("function", sorted(set(Function) - {Function.TECHNICAL_ADMINISTRATOR}))
def test_no_other_function_touches_accounts(function, commune, account):
    user = make_user((function, commune))
    for deed in (
        lambda: accounts.reset_password(account=account, by=user, at=NOON),
        lambda: accounts.lock_account(account=account, reason="Thử", by=user, at=NOON),
        lambda: accounts.unlock_account(account=account, by=user, at=NOON),
        lambda: create(account.official, user),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not AuditEvent.objects.exists()


def test_who_works_above_as_well_gets_no_password_from_below(commune, account, administrator):
    make_grant(account, Function.PRESIDER, commune.parent)
    with pytest.raises(NotAllowed):
        accounts.reset_password(account=account, by=administrator, at=NOON)
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_new_password_ends_the_old_one(account, administrator, client):
    client.force_login(account)
    made = accounts.reset_password(account=account, by=administrator, at=NOON)
    account.refresh_from_db()
    assert account.must_change_password
    assert account.check_password(made.password)
    assert not account.check_password(PASSWORD)


def test_a_locked_account_gets_no_new_password(account, administrator):
    accounts.lock_account(account=account, reason="Nghỉ dài ngày", by=administrator, at=NOON)
    with pytest.raises(Refused, match="đang khóa"):
        accounts.reset_password(account=account, by=administrator, at=NOON)


def test_locking_and_unlocking_leave_their_traces(account, administrator):
    accounts.lock_account(account=account, reason="Nghỉ dài ngày", by=administrator, at=NOON)
    assert (account.is_active, account.lock_reason) == (False, "Nghỉ dài ngày")
    accounts.unlock_account(account=account, by=administrator, at=NOON)
    assert (account.is_active, account.lock_reason) == (True, "")
    told = [(event.verb, event.reason) for event in AuditEvent.objects.order_by("number")]
    assert told == [("account.locked", "Nghỉ dài ngày"), ("account.unlocked", "")]


def test_the_second_of_two_who_lock_or_unlock_is_told(account, administrator):
    accounts.lock_account(account=User.objects.get(pk=account.pk), reason="Trước", by=administrator, at=NOON)
    with pytest.raises(Conflict, match="vừa được người khác khóa"):
        accounts.lock_account(account=account, reason="Sau", by=administrator, at=NOON)
    accounts.unlock_account(account=account, by=administrator, at=NOON)
    with pytest.raises(Conflict, match="vừa được người khác mở"):
        accounts.unlock_account(account=account, by=administrator, at=NOON)


def test_nobody_locks_or_resets_himself(administrator):
    with pytest.raises(Refused):
        accounts.lock_account(account=administrator, reason="Thử", by=administrator, at=NOON)
    with pytest.raises(Refused):
        accounts.reset_password(account=administrator, by=administrator, at=NOON)


def test_locking_needs_its_reason(account, administrator):
    with pytest.raises(Refused) as refusal:
        accounts.lock_account(account=account, reason=" ", by=administrator, at=NOON)
    assert set(refusal.value.fields) == {"reason"}


def test_who_would_be_the_last_to_open_accounts_is_not_locked(commune):
    root = commune.parent
    only = make_user((Function.TECHNICAL_ADMINISTRATOR, root))
    passing = make_user()
    make_grant(passing, Function.TECHNICAL_ADMINISTRATOR, root, valid_until=DAY.replace(year=2028))
    with pytest.raises(Refused, match="cuối cùng"):
        accounts.lock_account(account=only, reason="Thử", by=passing, at=NOON)


def test_the_system_makes_the_first_accounts(official):
    assert create(official, None).account.pk
    assert AuditEvent.objects.get().actor_name == "Hệ thống"


def test_nobody_becomes_a_presider_by_setting_his_password(administrator, commune):
    presider = make_user((Function.PRESIDER, commune))
    with pytest.raises(Refused, match="dotpha manage reset_password"):
        accounts.reset_password(account=presider, by=administrator, at=NOON)
    assert accounts.reset_password(account=presider, by=None, at=NOON).password
    Authenticator.objects.create(user=presider, type=Authenticator.Type.TOTP, data={})
    assert accounts.reset_password(account=presider, by=administrator, at=NOON).password
