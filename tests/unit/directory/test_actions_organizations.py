"""Organizations: founded, renamed, moved, ended, merged; each refusal, each trace, the path after each."""

from datetime import date, timedelta

import pytest

from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory import actions, policy
from dotpha.directory.models import Function, PartyOrganization
from tests.makers_directory import (
    DAY,
    LONG_AGO,
    NOON,
    make_body,
    make_kind,
    make_management,
    make_membership,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_term,
    make_user,
)

pytestmark = pytest.mark.django_db
CLERK = Function.CLERK


def found(parent, by, **said):
    said = {"code": "TC900", "name": "Chi bộ thôn Phú Thọ", "kind": make_kind(), "from_day": DAY, **said}
    return actions.found_organization(parent=parent, by=by, at=NOON, **said)


def test_founded_organization_stands_under_its_parent_with_name_place_and_trace():
    root = make_organization("Đảng bộ huyện Lạc Giang")
    clerk = make_user((CLERK, root), last_name="Tô Thị", first_name="Sáu")

    cell = found(root, clerk, reason="Quyết định 12-QĐ/HU")

    cell.refresh_from_db()
    assert (cell.path, cell.depth) == (f"{root.path}{cell.pk:09d}", 1)
    assert cell.names.get().name == "Chi bộ thôn Phú Thọ"
    assert cell.placements.get().parent == root
    assert list(PartyOrganization.objects.found_by("chi bo phu tho")) == [cell]
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.at, event.reason) == (
        "organization.founded", clerk, NOON, "Quyết định 12-QĐ/HU",
    )  # fmt: skip


def test_first_organization_is_founded_by_the_system_alone():
    root = found(None, None)
    assert (root.parent, root.depth, root.path) == (None, 0, f"{root.pk:09d}")
    assert AuditEvent.objects.get().actor_name == "Hệ thống"

    with pytest.raises(NotAllowed, match="Chỉ hệ thống"):
        found(None, make_user((CLERK, root)), code="TC901")


def test_who_has_no_grant_above_founds_nothing_and_leaves_no_trace():
    root, elsewhere = make_organization("Huyện Lạc Giang"), make_organization("Huyện khác")
    for by in (make_user(), make_user((CLERK, elsewhere)), make_user((Function.OBSERVER, root))):
        with pytest.raises(NotAllowed):
            found(root, by)
    assert not AuditEvent.objects.exists()
    assert PartyOrganization.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"code": "TC 900"}, "Mã gồm chữ và số viết liền"),
        ({"code": ""}, "Mã gồm chữ và số viết liền"),
        ({"code": "ROOT"}, "đã dùng cho “Huyện Lạc Giang”"),
        ({"name": "  "}, "Tên tổ chức cần có"),
        ({"name": "x" * 256}, "Tên tổ chức cần có"),
        ({"from_day": LONG_AGO - timedelta(1)}, "có từ ngày 01/01/2015"),
        ({"until_day": DAY}, "phải sau ngày bắt đầu"),
    ],
)
def test_founding_without_sense_is_refused(said, message):
    root = make_organization("Huyện Lạc Giang", code="ROOT")
    with pytest.raises(Refused, match=message):
        found(root, make_user((CLERK, root)), **said)
    assert PartyOrganization.objects.count() == 1


def test_nothing_is_founded_under_an_ended_organization():
    root = make_organization("Huyện Lạc Giang", valid_until=date(2025, 7, 1))
    with pytest.raises(Refused, match="đã kết thúc từ ngày 01/07/2025"):
        found(root, make_user((CLERK, root)))


def test_tree_has_room_for_twenty_levels_and_says_so():
    at = found(None, None)
    for level in range(1, 20):
        at = found(at, None, code=f"TC-{level}")
    with pytest.raises(Refused, match="tối đa 20 bậc"):
        found(at, None, code="TC-20")


def test_older_organization_may_stand_under_a_younger_one_since_a_later_day():
    root = make_organization("Đảng bộ xã mới", valid_from=date(2025, 7, 1))
    cell = found(root, None, from_day=date(1990, 5, 1), placed_from=date(2025, 7, 1))
    assert cell.valid_from == date(1990, 5, 1)
    assert cell.placements.get().valid_from == date(2025, 7, 1)


def rename(organization, by, **said):
    said = {"version": 1, "name": "Đảng bộ xã Lạc Khê", "from_day": DAY, **said}
    return actions.rename_organization(organization=organization, by=by, at=NOON, **said)


def test_renamed_organization_keeps_its_old_name_and_is_found_by_both():
    commune = make_organization("Đảng bộ xã Bằng Khê")

    renamed = rename(commune, make_user((CLERK, commune)), reason="Nghị quyết sắp xếp")

    assert (renamed.name, renamed.version) == ("Đảng bộ xã Lạc Khê", 2)
    old, new = renamed.names.order_by("valid_from")
    assert (old.name, old.valid_until, new.name, new.valid_from) == (
        "Đảng bộ xã Bằng Khê", DAY, "Đảng bộ xã Lạc Khê", DAY,
    )  # fmt: skip
    for words in ("bang khe", "lac khe", commune.code):
        assert list(PartyOrganization.objects.found_by(words)) == [renamed]
    event = AuditEvent.objects.get()
    assert (event.verb, event.frm) == ("organization.renamed", '{"name": "Đảng bộ xã Bằng Khê"}')
    assert "2027-03-15" in event.to


def test_renaming_on_the_day_a_name_began_corrects_it():
    commune = make_organization("Đảng bộ xã Bằng Kê")
    renamed = rename(commune, None, name="Đảng bộ xã Bằng Khê", from_day=commune.valid_from)
    assert [each.name for each in renamed.names.all()] == ["Đảng bộ xã Bằng Khê"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"name": "Đảng bộ xã  Bằng Khê "}, "giống tên đang dùng"),
        ({"name": ""}, "Tên tổ chức cần có"),
        ({"from_day": DAY + timedelta(1)}, "chưa đến"),
        ({"from_day": LONG_AGO - timedelta(1)}, "không thể trước ngày ấy"),
    ],
)
def test_renaming_without_sense_is_refused(said, message):
    commune = make_organization("Đảng bộ xã Bằng Khê")
    with pytest.raises(Refused, match=message):
        rename(commune, make_user((CLERK, commune)), **said)
    assert commune.names.get().name == "Đảng bộ xã Bằng Khê"


def test_second_of_two_people_is_told_who_was_first_and_what_differs():
    commune = make_organization("Đảng bộ xã Bằng Khê")
    first = make_user((CLERK, commune), last_name="Tô Thị", first_name="Sáu")
    rename(commune, first, name="Đảng bộ xã Khê Mới")

    with pytest.raises(Conflict, match="cập nhật lúc 12:00 ngày 15/03/2027") as told:
        rename(commune, make_user((CLERK, commune)))

    assert told.value.changes == (("tên", "Đảng bộ xã Lạc Khê", "Đảng bộ xã Khê Mới"),)
    commune.refresh_from_db()
    assert commune.name == "Đảng bộ xã Khê Mới"


def test_kind_is_changed_with_a_trace_and_never_to_itself():
    commune = make_organization()
    ward = make_kind("dang-bo-phuong", "Đảng bộ phường")
    changed = actions.reclassify_organization(organization=commune, version=1, kind=ward, by=None, at=NOON)
    assert (changed.kind, changed.version) == (ward, 2)
    assert AuditEvent.objects.get().verb == "organization.changed"
    with pytest.raises(Refused, match="đã thuộc loại này"):
        actions.reclassify_organization(organization=changed, version=2, kind=ward, by=None, at=NOON)


def move(organization, parent, by, **said):
    said = {"version": 1, "from_day": DAY, **said}
    return actions.move_organization(organization=organization, parent=parent, by=by, at=NOON, **said)


def tree():
    """A province with two districts; the first has a commune with a cell."""
    province = make_organization("Tỉnh An Hà")
    first = make_organization("Huyện Lạc Giang", province)
    second = make_organization("Huyện Thanh Sơn", province)
    commune = make_organization("Xã Bằng Khê", first)
    cell = make_organization("Chi bộ thôn Trại", commune)
    return province, first, second, commune, cell


def test_moved_organization_takes_all_below_it_and_remembers_where_it_stood():
    province, first, second, commune, cell = tree()

    moved = move(commune, second, make_user((CLERK, province)))

    cell.refresh_from_db()
    assert (moved.parent, moved.depth, moved.version) == (second, 2, 2)
    assert cell.path == f"{province.path}{second.pk:09d}{commune.pk:09d}{cell.pk:09d}"
    assert cell.depth == 3
    assert set(PartyOrganization.objects.within(second)) == {second, moved, cell}
    old, new = moved.placements.order_by("valid_from")
    assert (old.parent, old.valid_until, new.parent, new.valid_from) == (first, DAY, second, DAY)
    event = AuditEvent.objects.get()
    assert (event.verb, event.frm) == ("organization.moved", '{"parent": "Huyện Lạc Giang"}')


def test_moving_costs_the_same_for_a_branch_of_any_size(django_assert_max_num_queries):
    province, _, second, commune, _ = tree()
    for number in range(30):
        make_organization(f"Chi bộ {number}", commune)
    with django_assert_max_num_queries(20):
        move(commune, second, None)


def test_levels_can_be_taken_out_and_put_in():
    province, _, _, commune, cell = tree()
    move(commune, province, None)
    cell.refresh_from_db()
    assert (cell.depth, cell.path) == (2, f"{province.path}{commune.pk:09d}{cell.pk:09d}")


def test_nothing_moves_under_itself():
    _, first, _, commune, cell = tree()
    for below in (first, commune, cell):
        with pytest.raises(Refused):
            move(first, below, None)


@pytest.mark.parametrize(
    ("from_day", "message"),
    [(DAY + timedelta(1), "chưa đến"), (LONG_AGO - timedelta(1), "có từ ngày 01/01/2015")],
)
def test_moving_on_a_day_without_sense_is_refused(from_day, message):
    _, _, second, commune, _ = tree()
    with pytest.raises(Refused, match=message):
        move(commune, second, None, from_day=from_day)
    assert commune.placements.count() == 1


def test_moving_needs_the_right_at_both_places_and_never_makes_a_root():
    province, first, second, commune, _ = tree()
    for by in (make_user((CLERK, first)), make_user((CLERK, second))):
        with pytest.raises(NotAllowed):
            move(commune, second, by)
    with pytest.raises(NotAllowed, match="Chỉ hệ thống"):
        move(commune, None, make_user((CLERK, province)))
    assert move(commune, None, None).depth == 0


def test_moving_what_somebody_moved_meanwhile_tells_where_it_is():
    province, first, second, commune, _ = tree()
    move(commune, second, None)
    with pytest.raises(Conflict) as told:
        move(commune, province, None)
    assert told.value.changes == (("trực thuộc", "Tỉnh An Hà", "Huyện Thanh Sơn"),)


def end(organization, by=None, **said):
    said = {"version": 1, "on": DAY, **said}
    return actions.end_organization(organization=organization, by=by, at=NOON, **said)


def test_ended_organization_ends_what_hangs_on_it_and_hands_its_officials_on():
    province, first, second, *_ = tree()
    board = make_organization("Ban Dân vận", province)
    official = make_official()
    tenure = make_tenure(official, board)
    membership = make_membership(make_term(make_body(board)), official)
    make_management(official, board)

    ended = end(board, make_user((CLERK, province)), successor=second, reason="Kết thúc hoạt động")

    assert (ended.valid_until, ended.successor, ended.version) == (DAY, second, 2)
    for each in (tenure, membership, membership.term, membership.term.body, *ended.names.all()):
        each.refresh_from_db()
        assert each.valid_until == DAY
    assert official.managed_by.get(valid_until=None).organization == second
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_name) == ("organization.ended", "Ban Dân vận")
    assert '"chức vụ kết thúc": 1' in event.to


def test_ending_with_live_children_is_refused_and_names_them():
    _, first, *_ = tree()
    with pytest.raises(Refused, match="Còn 1 tổ chức trực thuộc .* “Xã Bằng Khê”"):
        end(first)


def test_ending_twice_or_before_its_beginning_is_refused():
    *_, cell = tree()
    with pytest.raises(Refused, match="phải sau ngày ấy"):
        end(cell, on=LONG_AGO)
    end(cell)
    with pytest.raises(Refused, match="không kết thúc lần nữa"):
        end(cell, version=2)
    for deed in (rename, lambda it, by, version: move(it, cell, by, version=version)):
        with pytest.raises(Refused, match="đã kết thúc"):
            deed(cell, None, version=2)


def test_ending_before_a_post_that_begins_later_is_refused():
    *_, cell = tree()
    make_tenure(organization=cell, valid_from=DAY + timedelta(30))
    with pytest.raises(Refused, match="Còn chức vụ ghi từ ngày 14/04/2027"):
        end(cell)


def test_successor_must_be_another_that_goes_on():
    province, *_, cell = tree()
    gone = make_organization("Chi bộ cũ", province, valid_until=date(2020, 1, 1))
    with pytest.raises(Refused, match="không thể kế thừa chính nó"):
        end(cell, successor=cell)
    with pytest.raises(Refused, match="không hoạt động vào ngày"):
        end(cell, successor=gone)


def test_merged_organizations_end_and_their_children_move_to_the_successor():
    province, first, second, commune, cell = tree()
    into = make_organization("Đảng bộ xã mới", province)
    clerk = make_user((CLERK, province))

    actions.merge_organizations(organizations=[second, first], into=into, on=DAY, by=clerk, at=NOON, reason="Sáp nhập")

    for each in (first, second, commune, cell):
        each.refresh_from_db()
    assert (first.successor, second.successor, first.valid_until) == (into, into, DAY)
    assert (commune.parent, cell.path) == (into, f"{into.path}{commune.pk:09d}{cell.pk:09d}")
    verbs = list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["organization.merged", "organization.moved", "organization.merged"]


def test_merging_into_itself_below_itself_or_nothing_is_refused_whole():
    province, first, second, commune, _ = tree()
    for organizations, into in (([], first), ([first], first), ([second, first], commune)):
        with pytest.raises(Refused):
            actions.merge_organizations(organizations=organizations, into=into, on=DAY, by=None, at=NOON)
    assert not AuditEvent.objects.exists()
    assert not PartyOrganization.objects.exclude(valid_until=None).exists()


def test_trace_names_the_post_of_who_acted():
    root = make_organization("Đảng bộ xã Bằng Khê")
    clerk = make_user((CLERK, root))
    make_tenure(make_official(user=clerk), root, make_position("Văn thư"))
    rename(root, clerk)
    assert AuditEvent.objects.get().actor_post.startswith("Văn thư")


WIDER = "có thêm quyền ở tổ chức được chuyển"


def two_communes():
    """A district, its communes A and B with a cell below B; who keeps the district and presides over A alone."""
    district = make_organization("Huyện Lạc Giang")
    mine, other = make_organization("Xã A", district), make_organization("Xã B", district)
    cell = make_organization("Chi bộ thôn Trại", other)
    return mine, other, cell, make_user((CLERK, district), (Function.PRESIDER, mine))


def test_nobody_gains_a_function_by_moving_an_organization_under_his_own():
    mine, other, cell, by = two_communes()
    for moved in (other, cell):
        with pytest.raises(NotAllowed, match=WIDER):
            move(moved, mine, by)
    assert policy.functions_at(by, PartyOrganization.objects.get(pk=other.pk), on=DAY) == {CLERK}
    assert not AuditEvent.objects.exists()


def test_who_loses_a_function_by_moving_may_move():
    mine, other, _, by = two_communes()
    assert move(mine, other, by).parent == other


def test_nobody_gains_a_function_over_what_stood_below_an_organization_by_merging_it():
    mine, other, cell, by = two_communes()
    with pytest.raises(NotAllowed, match=WIDER):
        actions.merge_organizations(organizations=[other], into=mine, on=DAY, by=by, at=NOON)
    cell.refresh_from_db()
    assert cell.parent == other


def test_code_in_use_where_one_may_not_look_is_told_without_the_name():
    district, secret = make_organization("Huyện Lạc Giang"), make_organization("Huyện bí mật", code="H9")
    with pytest.raises(Refused, match="Mã “H9” đã dùng") as told:
        found(district, make_user((CLERK, district)), code="H9")
    assert "bí mật" not in str(told.value) and "bí mật" not in told.value.fields["code"]
    with pytest.raises(Refused, match="đã dùng cho “Huyện bí mật”"):
        found(district, make_user((CLERK, district), (Function.OBSERVER, secret)), code="H9")
