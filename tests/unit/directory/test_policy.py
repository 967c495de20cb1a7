"""One rule asked three ways: may, require and the filter of lists agree on any tree, any grants and any day."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dotpha.core.errors import NotAllowed
from dotpha.directory import policy
from dotpha.directory.models import Function, PartyOrganization, RoleGrant
from dotpha.directory.policy import WHO_MAY, Deed
from tests.makers_directory import (
    DAY,
    make_grant,
    make_kind,
    make_management,
    make_official,
    make_organization,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
FUNCTIONS = list(Function)
DAYS = st.integers(-2, 2).map(lambda days: DAY + timedelta(days=days))


@dataclass(frozen=True)
class Given:
    function: Function
    node: int
    valid_from: date
    valid_until: date | None

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@st.composite
def trees(draw, most=7):
    """Parents by number, shuffled once as if organizations had moved: a later one may stand above an earlier one."""
    size = draw(st.integers(1, most))
    order = draw(st.permutations(range(size)))
    parents: list[int | None] = [None] * size
    for place in range(1, size):
        parents[order[place]] = draw(st.one_of(st.none(), st.sampled_from([order[each] for each in range(place)])))
    return parents


@st.composite
def worlds(draw):
    parents = draw(trees())
    some = st.builds(
        Given, st.sampled_from(FUNCTIONS), st.integers(0, len(parents) - 1), DAYS, st.one_of(st.none(), DAYS)
    ).filter(lambda each: each.valid_until is None or each.valid_until >= each.valid_from)
    grants = draw(st.lists(some, max_size=4, unique_by=lambda each: (each.function, each.node, each.valid_from)))
    return parents, grants


def planted(parents):
    """The organizations of a tree, with the paths that moving leaves behind."""
    kind = make_kind()
    nodes = [
        PartyOrganization(code=f"N{number}", name=f"Nút {number}", kind=kind, valid_from=date(2015, 1, 1))
        for number in range(len(parents))
    ]
    PartyOrganization.objects.bulk_create(nodes)
    for number, node in enumerate(nodes):
        line = [number]
        while (above := parents[line[-1]]) is not None:
            line.append(above)
        node.path = "".join(f"{nodes[each].pk:09d}" for each in reversed(line))
        node.parent = None if parents[number] is None else nodes[parents[number]]
    PartyOrganization.objects.bulk_update(nodes, ["path", "parent"])
    return nodes


def stands_under(parents, node, scope):
    while node is not None and node != scope:
        node = parents[node]
    return node is not None


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def expected(parents, grants, deed, node, day):
    return any(
        each.function in WHO_MAY[deed] and each.holds(day) and stands_under(parents, node, each.node) for each in grants
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds(), deed=st.sampled_from(list(Deed)), day=DAYS)
def test_who_is_in_the_list_may_and_who_may_is_in_the_list(world, deed, day):
    parents, grants = world
    with undone():
        nodes, user = planted(parents), make_user()
        RoleGrant.objects.bulk_create(
            RoleGrant(
                user=user, function=each.function, organization=nodes[each.node],
                valid_from=each.valid_from, valid_until=each.valid_until,
            )
            for each in grants
        )  # fmt: skip
        listed = set(policy.visible_to(user, on=day, deed=deed).values_list("pk", flat=True))
        for number, node in enumerate(nodes):
            allowed = expected(parents, grants, deed, number, day)
            assert policy.may(user, deed, node, on=day) is allowed
            assert (node.pk in listed) is allowed
        assert policy.may_anywhere(user, deed, on=day) is bool(listed)
        user.is_active = False
        assert not policy.visible_to(user, on=day, deed=deed).exists()


@pytest.mark.parametrize(
    ("days_from", "days_until", "holds"),
    [(0, None, True), (1, None, False), (-5, 1, True), (-5, 0, False), (0, 0, False), (0, 1, True)],
)
def test_a_grant_holds_from_its_first_day_until_the_day_before_its_end(days_from, days_until, holds):
    organization, user = make_organization(), make_user()
    until = None if days_until is None else DAY + timedelta(days=days_until)
    make_grant(user, Function.CLERK, organization, valid_from=DAY + timedelta(days=days_from), valid_until=until)
    assert policy.may(user, Deed.CHANGE_OFFICIAL, organization, on=DAY) is holds
    assert policy.visible_to(user, on=DAY, deed=Deed.CHANGE_OFFICIAL).exists() is holds


def test_who_is_not_signed_in_may_nothing():
    organization = make_organization()
    for deed in Deed:
        assert not policy.may(AnonymousUser(), deed, organization, on=DAY)
        assert not policy.visible_to(AnonymousUser(), on=DAY, deed=deed).exists()


def test_a_locked_account_may_nothing():
    organization = make_organization()
    user = make_user(*((function, organization) for function in Function), is_active=False)
    for deed in Deed:
        assert not policy.may(user, deed, organization, on=DAY)


def test_require_says_what_is_missing_and_where():
    organization = make_organization("Đảng bộ xã Đồng Vang")
    with pytest.raises(NotAllowed, match="nhập danh bạ từ Excel ở Đảng bộ xã Đồng Vang"):
        policy.require(make_user(("observer", organization)), Deed.IMPORT_DIRECTORY, organization, on=DAY)


def test_the_rule_costs_the_same_for_one_grant_and_for_twenty():
    root = make_organization()
    user = make_user((Function.CLERK, root), (Function.TECHNICAL_ADMINISTRATOR, root))
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            policy.may(user, Deed.CHANGE_OFFICIAL, root, on=DAY)
            list(policy.visible_to(user, on=DAY))
            list(policy.officials_visible_to(user, on=DAY))
            list(policy.accounts_visible_to(user, on=DAY))
            list(policy.accounts_manageable_by(user, on=DAY))
            list(policy.grants_visible_to(user, on=DAY))
        costs.append(len(asked))
        for _ in range(20):
            make_grant(user, Function.TECHNICAL_ADMINISTRATOR, make_organization(parent=root))
    assert costs[0] == costs[1]


def deeds_of(function):
    return {deed for deed in Deed if function in WHO_MAY[deed]}


def test_the_inspector_reads_everything_there_is_to_read_and_changes_nothing():
    reads = {
        Deed.SEE_DIRECTORY, Deed.SEE_GRANTS, Deed.SEE_ACCOUNTS, Deed.READ_TRAIL, Deed.EXPORT_DIRECTORY,
    }  # fmt: skip
    assert deeds_of(Function.INSPECTOR) == reads


def test_the_technical_administrator_reads_no_content_and_keeps_no_directory():
    deeds = deeds_of(Function.TECHNICAL_ADMINISTRATOR)
    assert deeds.isdisjoint({Deed.READ_TRAIL, Deed.EXPORT_DIRECTORY, Deed.IMPORT_DIRECTORY, Deed.CHANGE_OFFICIAL})


def test_an_observer_only_looks():
    assert deeds_of(Function.OBSERVER) == {Deed.SEE_DIRECTORY, Deed.SEE_GRANTS}


def test_every_function_and_deed_has_its_words():
    assert set(policy.DEED_LABELS) == set(WHO_MAY) == set(Deed)
    assert set(policy.FUNCTION_DUTIES) == set(Function)


# Who gives what


def test_whoever_makes_accounts_does_not_say_what_they_read():
    organization = make_organization()
    administrator = make_user((Function.TECHNICAL_ADMINISTRATOR, organization), (Function.CLERK, organization))
    presider = make_user((Function.PRESIDER, organization))
    assert policy.grantable(administrator, organization, on=DAY) == {Function.TECHNICAL_ADMINISTRATOR}
    assert policy.grantable(presider, organization, on=DAY) == set(Function) - {Function.TECHNICAL_ADMINISTRATOR}


def test_where_nobody_presides_the_technical_administrator_names_the_first_but_ends_none():
    root = make_organization("Đảng bộ huyện")
    below = make_organization(parent=root)
    administrator = make_user((Function.TECHNICAL_ADMINISTRATOR, below))
    both = {Function.TECHNICAL_ADMINISTRATOR, Function.PRESIDER}
    assert policy.grantable(administrator, below, on=DAY) == both
    assert policy.endable(administrator, below, on=DAY) == {Function.TECHNICAL_ADMINISTRATOR}
    make_grant(make_user(), Function.PRESIDER, root, valid_from=DAY + timedelta(days=30))
    assert policy.grantable(administrator, below, on=DAY) == {Function.TECHNICAL_ADMINISTRATOR}


def test_a_presider_withdrawn_before_he_began_does_not_count():
    root = make_organization()
    later = DAY + timedelta(days=9)
    make_grant(make_user(), Function.PRESIDER, root, valid_from=later, valid_until=later)
    administrator = make_user((Function.TECHNICAL_ADMINISTRATOR, root))
    assert Function.PRESIDER in policy.grantable(administrator, root, on=DAY)


# Whose account it is


@pytest.fixture
def commune():
    district = make_organization("Đảng bộ huyện Lạc Giang")
    return make_organization("Đảng bộ xã Bằng Khê", parent=district)


@pytest.fixture
def administrator(commune):
    return make_user((Function.TECHNICAL_ADMINISTRATOR, commune))


def an_official_with_account(name="Hoàng Văn Thịnh"):
    return make_official(name, user=make_user())


def manages(administrator, account):
    return policy.accounts_manageable_by(administrator, on=DAY).filter(pk=account.pk).exists()


def test_an_account_is_managed_where_its_person_has_a_post(commune, administrator):
    official = an_official_with_account()
    assert not manages(administrator, official.user)
    make_tenure(official, commune)
    assert manages(administrator, official.user)


def test_who_moved_up_is_not_managed_from_below(commune, administrator):
    official = an_official_with_account()
    make_tenure(official, commune, valid_until=DAY)
    make_tenure(official, commune.parent, valid_from=DAY)
    assert not manages(administrator, official.user)


def test_who_also_has_a_function_above_is_not_managed_from_below(commune, administrator):
    official = an_official_with_account()
    make_tenure(official, commune)
    grant = make_grant(official.user, Function.PRESIDER, commune.parent, valid_from=DAY + timedelta(days=3))
    assert not manages(administrator, official.user)
    grant.valid_until = grant.valid_from
    grant.save(update_fields=["valid_until"])
    assert manages(administrator, official.user)


def test_who_retired_is_managed_where_he_worked(commune, administrator):
    official = an_official_with_account()
    make_tenure(official, commune, valid_until=DAY)
    assert manages(administrator, official.user)


def test_an_account_without_a_person_is_managed_where_its_functions_are(commune, administrator):
    system = make_user((Function.OBSERVER, commune))
    above = make_user((Function.OBSERVER, commune.parent))
    assert manages(administrator, system)
    assert not manages(administrator, above)


def test_who_is_only_managed_as_a_cadre_there_counts_as_of_there(commune, administrator):
    official = an_official_with_account()
    make_management(official, commune)
    assert manages(administrator, official.user)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=trees(most=4),
    data=st.data(),
)
def test_no_account_is_managed_that_may_anything_outside_the_scope(parents, data):
    number = st.integers(0, len(parents) - 1)
    scope = data.draw(number)
    posts = data.draw(st.lists(st.tuples(number, DAYS, st.one_of(st.none(), DAYS)), max_size=2))
    functions = data.draw(st.lists(st.tuples(number, DAYS, st.one_of(st.none(), DAYS)), max_size=2))
    posts = {each[:2]: each for each in posts if each[2] is None or each[2] > each[1]}.values()
    functions = {each[:2]: each for each in functions if each[2] is None or each[2] >= each[1]}.values()
    with undone():
        nodes, official = planted(parents), an_official_with_account()
        administrator = make_user((Function.TECHNICAL_ADMINISTRATOR, nodes[scope]))
        for where, since, until in posts:
            make_tenure(official, nodes[where], valid_from=since, valid_until=until)
        for where, since, until in functions:
            make_grant(official.user, Function.CLERK, nodes[where], valid_from=since, valid_until=until)
        posted = [(stands_under(parents, where, scope), since, until) for where, since, until in posts]
        now = [is_inside for is_inside, since, until in posted if since <= DAY and (until is None or until > DAY)]
        powers = [
            stands_under(parents, where, scope)
            for where, since, until in functions
            if until is None or (until > DAY and until > since)
        ]
        allowed = any(is_inside for is_inside, *_ in posted) and all(now) and all(powers)
        assert manages(administrator, official.user) is allowed


def test_who_keeps_the_papers_of_a_merged_commune_looks_it_up_and_changes_nothing() -> None:
    root = make_organization("Đảng bộ tỉnh")
    district, commune = make_organization("Đảng bộ huyện", root), make_organization("Đảng bộ xã mới", root)
    older = make_organization("Đảng bộ xã cũ", district)
    oldest = make_organization("Đảng bộ xã cũ nữa", district)
    yesterday = DAY - timedelta(days=1)
    PartyOrganization.objects.filter(pk=older.pk).update(successor=commune, valid_until=yesterday)
    PartyOrganization.objects.filter(pk=oldest.pk).update(successor=older, valid_until=yesterday)
    clerk = make_user((Function.CLERK, commune))
    for gone in (older, oldest):
        gone.refresh_from_db()
        assert policy.may(clerk, Deed.SEE_DIRECTORY, gone, on=DAY)
        assert not policy.may(clerk, Deed.CHANGE_ORGANIZATION, gone, on=DAY)
    assert set(policy.visible_to(clerk, on=DAY)) == {commune, older, oldest}
    assert set(policy.visible_to(clerk, on=DAY, deed=Deed.EXPORT_DIRECTORY)) == {commune}
