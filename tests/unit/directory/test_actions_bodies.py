"""Bodies, terms and memberships: every deed, refusal and trace."""

from datetime import date

import pytest

from dotpha.core.errors import NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory import actions
from dotpha.directory.models import Function
from tests.makers_directory import (
    DAY,
    NOON,
    make_body,
    make_membership,
    make_official,
    make_organization,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
CLERK = Function.CLERK
CONGRESS = date(2025, 7, 1)


def found(organization, by=None, **said):
    said = {"name": "Ban Thường vụ", "kind": "Ban Thường vụ", "from_day": CONGRESS, **said}
    return actions.found_body(organization=organization, by=by, at=NOON, **said)


def test_body_is_founded_once_with_a_trace():
    commune = make_organization()
    body = found(commune, make_user((CLERK, commune)))
    assert body.organization == commune
    assert AuditEvent.objects.get().verb == "body.founded"
    with pytest.raises(Refused, match="đã có Ban Thường vụ từ ngày 01/07/2025"):
        found(commune)


def test_body_without_name_or_outside_its_organization_is_refused():
    commune = make_organization(valid_until=DAY)
    for said in ({"name": ""}, {"kind": " "}, {}, {"from_day": date(2000, 1, 1), "until_day": CONGRESS}):
        with pytest.raises(Refused):
            found(commune, **said)
    with pytest.raises(NotAllowed):
        found(commune, make_user((CLERK, make_organization("Xã khác"))))


@pytest.mark.parametrize(("end", "verb"), [("end_term", "term.ended"), ("end_body", "body.ended")])
def test_term_or_body_ends_with_what_hangs_on_it_and_a_trace(end, verb):
    commune = make_organization()
    term = make_term(make_body(commune), valid_until=date(2030, 7, 1))
    member = make_membership(term, valid_until=date(2030, 7, 1))
    row = {"term": term} if end == "end_term" else {"body": term.body}
    for by in (make_user((CLERK, make_organization("Xã khác"))), make_user((Function.PRESIDER, commune))):
        with pytest.raises(NotAllowed):
            getattr(actions, end)(**row, on=DAY, by=by, at=NOON)
    with pytest.raises(Refused):
        getattr(actions, end)(**row, on=CONGRESS, by=None, at=NOON)
    getattr(actions, end)(**row, on=DAY, by=make_user((CLERK, commune)), at=NOON)
    for each in (term, member):
        each.refresh_from_db()
        assert each.valid_until == DAY
    assert AuditEvent.objects.get().verb == verb
    with pytest.raises(Refused, match="đã kết thúc"):
        getattr(actions, end)(**row, on=date(2026, 1, 1), by=None, at=NOON)


def test_term_does_not_end_before_a_member_came():
    term = make_term(make_body(make_organization()))
    make_membership(term, valid_from=DAY)
    with pytest.raises(Refused, match="Còn thành viên"):
        actions.end_term(term=term, on=date(2026, 1, 1), by=None, at=NOON)


def test_new_term_ends_the_one_before_with_its_members():
    body = make_body(make_organization())
    before = make_term(body, "2020–2025", valid_from=date(2020, 6, 1))
    member = make_membership(before)

    term = actions.begin_term(body=body, name="2025–2030", from_day=CONGRESS, by=None, at=NOON)

    for each in (before, member):
        each.refresh_from_db()
        assert each.valid_until == CONGRESS
    assert term.valid_until is None
    event = AuditEvent.objects.get()
    assert (event.verb, event.frm) == ("term.began", '{"name": "2020–2025"}')


def test_terms_do_not_overlap():
    body = make_body(make_organization())
    make_term(body, "2020–2025", valid_from=date(2020, 6, 1), valid_until=CONGRESS)
    for from_day, until_day in ((date(2024, 1, 1), None), (date(2019, 1, 1), date(2021, 1, 1))):
        with pytest.raises(Refused, match="Trùng thời gian với nhiệm kỳ 2020–2025"):
            actions.begin_term(body=body, name="X", from_day=from_day, until_day=until_day, by=None, at=NOON)


def join(term, by=None, **said):
    said = {"official": said.pop("official", None) or make_official(), "from_day": CONGRESS, **said}
    return actions.begin_membership(term=term, by=by, at=NOON, **said)


def test_member_sits_until_the_end_of_the_term_or_leaves_before():
    term = make_term(make_body(make_organization()), valid_until=date(2030, 7, 1))
    clerk = make_user((CLERK, term.body.organization))
    member = join(term, clerk, role="Bí thư")
    assert member.valid_until == term.valid_until

    left = actions.end_membership(membership=member, on=DAY, by=clerk, at=NOON)

    assert left.valid_until == DAY
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == {"membership.began", "membership.ended"}
    with pytest.raises(Refused, match="đã kết thúc từ ngày 15/03/2027"):
        actions.end_membership(membership=member, on=DAY, by=clerk, at=NOON)


def test_member_sits_once_and_inside_the_term():
    term = make_term(make_body(make_organization()), valid_until=date(2030, 7, 1))
    official = make_official()
    join(term, official=official)
    with pytest.raises(Refused, match="đã là Ủy viên từ ngày 01/07/2025"):
        join(term, official=official)
    for said in ({"from_day": date(2020, 1, 1)}, {"until_day": date(2031, 1, 1)}, {"role": ""}):
        with pytest.raises(Refused):
            join(term, **said)


def test_members_are_written_only_where_the_right_is_held():
    member = make_membership(make_term(make_body(make_organization())))
    stranger = make_user((CLERK, make_organization("Xã khác")))
    with pytest.raises(NotAllowed):
        join(member.term, stranger)
    with pytest.raises(NotAllowed):
        actions.end_membership(membership=member, on=DAY, by=stranger, at=NOON)


def test_nobody_seats_himself_in_a_body():
    term = make_term(make_body(make_organization()))
    clerk = make_user((CLERK, term.body.organization))
    with pytest.raises(NotAllowed, match="của chính mình"):
        join(term, clerk, official=make_official(user=clerk), role="Bí thư")
    assert not term.memberships.exists()
