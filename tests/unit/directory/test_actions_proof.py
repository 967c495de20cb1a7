"""The tree agrees with its histories after any deeds, and whoever breaks it past the deeds is found."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dotpha.core.errors import Refused
from dotpha.directory import actions
from dotpha.directory.models import OrganizationName, PartyOrganization
from dotpha.directory.proof import disagreements
from tests.makers_directory import DAY, LONG_AGO, NOON, make_kind, make_organization

DEEDS = st.tuples(
    st.sampled_from(["found", "rename", "move", "end", "merge"]),
    st.integers(0, 9),
    st.integers(0, 9),
    st.integers(0, 4000),
)


@pytest.mark.slow
class AnyDeeds(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(st.lists(DEEDS, max_size=12))
    def test_any_deeds_in_any_order_leave_a_tree_that_agrees_with_its_histories(self, deeds):
        root = make_organization("Gốc")
        for number, (deed, first, second, days) in enumerate(deeds):
            known = list(PartyOrganization.objects.order_by("pk"))
            one, other = known[first % len(known)], known[second % len(known)]
            day = LONG_AGO + timedelta(days)
            at: dict[str, Any] = {"by": None, "at": NOON}
            seen: dict[str, Any] = {"organization": one, "version": one.version, **at}
            try:
                if deed == "found":
                    actions.found_organization(
                        code=f"N{root.pk}-{number}",
                        name=f"Tên {number}",
                        kind=make_kind(),
                        parent=one,
                        from_day=day,
                        **at,
                    )
                elif deed == "rename":
                    actions.rename_organization(name=f"Tên mới {number}", from_day=day, **seen)
                elif deed == "move":
                    actions.move_organization(parent=other, from_day=day, **seen)
                elif deed == "end":
                    actions.end_organization(on=day, **seen)
                else:
                    actions.merge_organizations(organizations=[one], into=other, on=day, **at)
            except Refused:
                continue
        assert list(disagreements()) == []


@pytest.mark.django_db
def test_three_queries_prove_a_tree_of_any_size(django_assert_num_queries):
    root = make_organization("Gốc")
    for number in range(20):
        make_organization(f"Nhánh {number}", root)
    with django_assert_num_queries(3):
        assert list(disagreements()) == []


@pytest.mark.django_db
def test_every_kind_of_disagreement_is_named_by_the_command():
    root = make_organization("Gốc", code="R")
    branch = make_organization("Nhánh", root, code="B")
    PartyOrganization.objects.filter(pk=branch.pk).update(path="1", depth=7, name="Tên khác", parent=None, order_key="")
    OrganizationName.objects.create(
        organization=root, name="Chồng", valid_from=date(2016, 1, 1), valid_until=date(2017, 1, 1)
    )
    root.placements.all().delete()
    out = StringIO()
    with pytest.raises(CommandError, match="điểm không khớp"):
        call_command("check_directory", stdout=out)
    told = [
        "B: đường dẫn", "B: bậc 7", "B: tên hiện nay khác", "B: nơi trực thuộc hiện nay khác", "B: khóa sắp xếp",
        "R: tên chồng nhau ở ngày 01/01/2016", "R: chưa có nơi trực thuộc",
    ]  # fmt: skip
    assert [said for said in told if said not in out.getvalue()] == []


@pytest.mark.django_db
def test_sound_directory_is_told_so():
    make_organization(valid_until=DAY)
    out = StringIO()
    call_command("check_directory", stdout=out)
    assert "khớp với lịch sử: 1 tổ chức" in out.getvalue()
