"""Giving and ending functions: what is written, what is refused, what the trail says."""

from datetime import timedelta

import pytest

from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory import grants, policy
from dotpha.directory.models import Function, RoleGrant
from dotpha.directory.policy import Deed
from tests.makers_directory import DAY, NOON, make_grant, make_organization, make_user

pytestmark = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)
LATER = DAY + timedelta(days=100)


@pytest.fixture
def root():
    return make_organization("Đảng bộ huyện Lạc Giang")


@pytest.fixture
def presider(root):
    return make_user((Function.PRESIDER, root))


@pytest.fixture
def administrator(root):
    return make_user((Function.TECHNICAL_ADMINISTRATOR, root))


def give(organization, by, **fields):
    fields.setdefault("user", make_user())
    fields.setdefault("function", Function.CLERK)
    fields.setdefault("valid_from", DAY)
    fields.setdefault("reason", "Quyết định 12-QĐ/HU")
    return grants.give_grant(organization=organization, by=by, at=NOON, **fields)


def end(grant, by, valid_until=TOMORROW, **fields):
    fields.setdefault("version", grant.version)
    fields.setdefault("reason", "Chuyển công tác")
    return grants.end_grant(grant=grant, valid_until=valid_until, by=by, at=NOON, **fields)


def refused_fields(refusal):
    return set(refusal.value.fields)


def test_a_given_function_holds_at_once_and_below_and_leaves_a_trace(root, presider):
    user = make_user(first_name="Tô Thị Sáu")
    below = make_organization(parent=root)

    grant = give(root, presider, user=user)

    assert policy.may(user, Deed.CHANGE_OFFICIAL, below, on=DAY)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.at) == ("grant.given", presider, NOON)
    assert (event.target_id, event.reason) == (str(grant.pk), "Quyết định 12-QĐ/HU")
    assert "Tô Thị Sáu: Thư ký, văn thư – Đảng bộ huyện Lạc Giang" in event.target_name
    assert "15/03/2027" in event.to


@pytest.mark.parametrize("function", list(Function))
def test_nobody_gives_himself_any_function(root, function):
    everything = make_user(*((each, root) for each in Function))
    with pytest.raises(Refused, match="Không ai tự phân công"):
        give(root, everything, user=everything, function=function, valid_from=LATER)
    assert not AuditEvent.objects.exists()


def test_a_presider_makes_no_technical_administrator(root, presider):
    with pytest.raises(NotAllowed, match="Quản trị kỹ thuật"):
        give(root, presider, function=Function.TECHNICAL_ADMINISTRATOR)


def test_a_technical_administrator_makes_no_reader(root, presider, administrator):
    for function in set(Function) - {Function.TECHNICAL_ADMINISTRATOR}:
        with pytest.raises(NotAllowed):
            give(root, administrator, function=function)
    assert give(root, administrator, function=Function.TECHNICAL_ADMINISTRATOR).pk


def test_a_technical_administrator_names_the_first_presider_and_not_the_second(root, administrator):
    give(root, administrator, function=Function.PRESIDER)
    with pytest.raises(NotAllowed):
        give(root, administrator, function=Function.PRESIDER)


def test_nobody_gives_above_or_beside_his_scope(root):
    commune, beside = make_organization(parent=root), make_organization(parent=root)
    presider = make_user((Function.PRESIDER, commune))
    for organization in (root, beside):
        with pytest.raises(NotAllowed):
            give(organization, presider)
    assert not RoleGrant.objects.filter(function=Function.CLERK).exists()


def test_a_function_that_is_over_gives_nothing(root):
    former = make_user()
    make_grant(former, Function.PRESIDER, root, valid_until=DAY)
    with pytest.raises(NotAllowed):
        give(root, former)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"valid_from": DAY - timedelta(days=1)}, {"valid_from"}),
        ({"valid_from": DAY.replace(year=2207)}, {"valid_from"}),
        ({"valid_until": DAY}, {"valid_until"}),
        ({"reason": "  "}, {"reason"}),
        ({"valid_from": LATER, "valid_until": TOMORROW, "reason": ""}, {"valid_until", "reason"}),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(root, presider, fields, wrong):
    with pytest.raises(Refused) as refusal:
        give(root, presider, **fields)
    assert refused_fields(refusal) == wrong
    assert not AuditEvent.objects.exists()


def test_nothing_is_given_in_an_organization_that_is_over(presider, root):
    over = make_organization(parent=root, valid_until=DAY)
    with pytest.raises(Refused) as refusal:
        give(over, presider)
    assert refused_fields(refusal) == {"organization"}


def test_nothing_is_given_to_a_locked_account(presider, root):
    with pytest.raises(Refused, match="đang khóa"):
        give(root, presider, user=make_user(is_active=False))


@pytest.mark.parametrize(
    ("days_from", "days_until", "overlaps"),
    [(0, None, True), (20, 30, True), (0, 11, True), (0, 10, False), (30, None, False), (29, None, True)],
)
def test_one_function_in_one_place_does_not_overlap_in_time(presider, root, days_from, days_until, overlaps):
    user = make_user()
    make_grant(user, Function.CLERK, root, valid_from=DAY + timedelta(days=10), valid_until=DAY + timedelta(days=30))
    period = {
        "valid_from": DAY + timedelta(days=days_from),
        "valid_until": None if days_until is None else DAY + timedelta(days=days_until),
    }
    if overlaps:
        with pytest.raises(Refused, match="đã có chức năng"):
            give(root, presider, user=user, **period)
    else:
        give(root, presider, user=user, **period)


def test_the_same_function_above_or_another_one_beside_is_no_overlap(presider, root):
    user, below = make_user((Function.CLERK, root)), make_organization(parent=root)
    assert give(below, presider, user=user).pk
    assert give(root, presider, user=user, function=Function.VERIFIER).pk


def test_what_was_given_by_mistake_stops_at_once_and_can_be_given_again(presider, root):
    grant = give(root, presider)
    end(grant, presider, valid_until=DAY)
    assert not policy.may(grant.user, Deed.CHANGE_OFFICIAL, root, on=DAY)
    again = give(root, presider, user=grant.user)
    assert policy.may(again.user, Deed.CHANGE_OFFICIAL, root, on=DAY)


def test_ending_says_from_when_to_when_and_why(presider, root):
    grant = make_grant(make_user(), Function.CLERK, root)
    end(grant, presider)
    assert (grant.valid_until, grant.version) == (TOMORROW, 2)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.reason) == ("grant.ended", presider, "Chuyển công tác")
    assert "chưa định" in event.frm
    assert "16/03/2027" in event.to


def test_the_second_of_two_who_end_is_told_who_was_first_and_what_he_wrote(presider, root):
    grant = make_grant(make_user(), Function.CLERK, root)
    seen = grant.version
    other = make_user((Function.PRESIDER, root), first_name="Nguyễn Thị Minh Thu")
    end(RoleGrant.objects.get(pk=grant.pk), other, valid_until=LATER)

    with pytest.raises(Conflict, match="Nguyễn Thị Minh Thu") as conflict:
        end(grant, presider, version=seen)

    assert conflict.value.changes == (("đến trước ngày", "16/03/2027", "23/06/2027"),)
    grant.refresh_from_db()
    assert grant.valid_until == LATER
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 100, 200])
def test_an_end_lies_from_today_on_and_only_shortens(presider, root, days):
    grant = make_grant(make_user(), Function.CLERK, root, valid_until=LATER)
    with pytest.raises(Refused) as refusal:
        end(grant, presider, valid_until=DAY + timedelta(days=days))
    assert refused_fields(refusal) == {"valid_until"}


def test_an_end_needs_its_reason(presider, root):
    with pytest.raises(Refused) as refusal:
        end(make_grant(make_user(), Function.CLERK, root), presider, reason=" ")
    assert refused_fields(refusal) == {"reason"}


def test_what_is_over_is_not_ended_again(presider, root):
    with pytest.raises(Refused, match="đã hết từ ngày 15/03/2027"):
        end(make_grant(make_user(), Function.CLERK, root, valid_until=DAY), presider)


def test_a_function_yet_to_begin_is_withdrawn_on_the_day_it_would_begin(presider, root):
    grant = make_grant(make_user(), Function.CLERK, root, valid_from=LATER)
    end(grant, presider, valid_until=LATER)
    assert not policy.may(grant.user, Deed.CHANGE_OFFICIAL, root, on=LATER)


def test_a_technical_administrator_ends_no_presider_to_name_his_own(administrator, presider, root):
    with pytest.raises(NotAllowed):
        end(presider.grants.get(), administrator)


def test_nobody_ends_what_lies_outside_his_scope(root):
    commune = make_organization(parent=root)
    below = make_user((Function.PRESIDER, commune))
    with pytest.raises(NotAllowed):
        end(make_grant(make_user(), Function.CLERK, root), below)


# The last one keeps the key


def test_the_last_technical_administrator_of_a_root_stays(administrator, root):
    with pytest.raises(Refused, match="cuối cùng"):
        end(administrator.grants.get(), administrator)
    assert administrator.grants.get().valid_until is None


def test_with_another_who_lasts_as_long_he_may_go(administrator, root):
    make_grant(make_user(), Function.TECHNICAL_ADMINISTRATOR, root)
    assert end(administrator.grants.get(), administrator).valid_until == TOMORROW


@pytest.mark.parametrize(
    "other", [{"valid_until": LATER}, {"valid_from": LATER}, {"valid_until": DAY}, {"user": {"is_active": False}}]
)
def test_another_who_does_not_last_has_not_begun_or_is_locked_does_not_count(administrator, root, other):
    user = make_user(**other.pop("user", {}))
    make_grant(user, Function.TECHNICAL_ADMINISTRATOR, root, **other)
    with pytest.raises(Refused, match="cuối cùng"):
        end(administrator.grants.get(), administrator)


def test_below_the_root_the_last_one_may_go(administrator, root):
    below = make_user((Function.TECHNICAL_ADMINISTRATOR, make_organization(parent=root)))
    assert end(below.grants.get(), administrator).valid_until == TOMORROW


def test_the_system_gives_the_first_functions(root):
    assert give(root, None, function=Function.TECHNICAL_ADMINISTRATOR).pk
    assert AuditEvent.objects.get().actor_name == "Hệ thống"
