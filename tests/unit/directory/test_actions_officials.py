"""Officials, the posts they hold and who manages them: every deed, refusal and trace."""

from datetime import date, timedelta

import pytest

from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory import actions
from dotpha.directory.models import Function, Official, Tenure
from tests.makers_directory import (
    DAY,
    LONG_AGO,
    NOON,
    make_management,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_user,
)

pytestmark = pytest.mark.django_db
CLERK = Function.CLERK


def record(organization, by=None, **said):
    said = {"code": "CB900", "full_name": "Hoàng Văn Thịnh", "from_day": DAY, **said}
    return actions.record_official(managed_by=organization, by=by, at=NOON, **said)


def test_recorded_official_is_managed_and_found_without_accents():
    commune = make_organization()
    official = record(commune, make_user((CLERK, commune)), birth_year=1976)
    assert official.managed_by.get().organization == commune
    assert list(Official.objects.found_by("hoang thinh")) == [official]
    assert AuditEvent.objects.get().verb == "official.recorded"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"code": "CB 1"}, "viết liền"),
        ({"code": "CB1"}, "đã dùng cho một cán bộ khác"),
        ({"full_name": " "}, "Họ và tên cần có"),
        ({"birth_year": 76}, "chưa hợp lý"),
        ({"birth_year": 2020}, "chưa hợp lý"),
        ({"from_day": LONG_AGO - timedelta(1)}, "có từ ngày"),
    ],
)
def test_recording_without_sense_is_refused(said, message):
    commune = make_organization()
    make_official(code="CB1")
    with pytest.raises(Refused, match=message):
        record(commune, make_user((CLERK, commune)), **said)
    assert Official.objects.count() == 1


def test_only_who_may_records_and_only_the_system_without_a_committee():
    commune, elsewhere = make_organization(), make_organization("Xã khác")
    for by in (make_user((CLERK, elsewhere)), make_user((Function.TECHNICAL_ADMINISTRATOR, commune))):
        with pytest.raises(NotAllowed):
            record(commune, by)
        with pytest.raises(NotAllowed):
            record(None, by)
    assert record(None).managed_by.count() == 0


def change(official, by=None, **said):
    said = {"version": 1, "full_name": official.full_name, "birth_year": official.birth_year,
            "is_party_member": official.is_party_member, **said}  # fmt: skip
    return actions.change_official(official=official, by=by, at=NOON, **said)


def test_changed_official_tells_what_changed_and_only_that():
    commune, official = make_organization(), make_official(birth_year=1975)
    make_management(official, commune)
    changed = change(official, make_user((CLERK, commune)), birth_year=1976)
    assert (changed.birth_year, changed.version) == (1976, 2)
    event = AuditEvent.objects.get()
    assert (event.verb, event.frm, event.to) == ("official.changed", '{"birth_year": 1975}', '{"birth_year": 1976}')


def test_second_change_of_an_official_is_told_what_the_first_wrote():
    official = make_official(birth_year=1975)
    change(official, birth_year=1976)
    with pytest.raises(Conflict) as told:
        change(official, birth_year=1977, full_name="Hoàng Văn Thình")
    assert told.value.changes == (
        ("họ và tên", "Hoàng Văn Thình", "Hoàng Văn Thịnh"), ("năm sinh", "1977", "1976"),
    )  # fmt: skip


def test_changing_nothing_or_without_right_is_refused():
    official = make_official()
    make_management(official, make_organization())
    with pytest.raises(Refused, match="Không có gì thay đổi"):
        change(official)
    with pytest.raises(NotAllowed):
        change(official, make_user((CLERK, make_organization("Xã khác"))), full_name="X")


def begin(organization, by=None, **said):
    said = {"official": said.pop("official", None) or make_official(), "position": make_position(is_single=True),
            "from_day": date(2025, 7, 1), **said}  # fmt: skip
    return actions.begin_tenure(organization=organization, by=by, at=NOON, **said)


def test_post_is_held_from_a_day_with_a_trace():
    commune = make_organization()
    tenure = begin(commune, make_user((CLERK, commune)), until_day=date(2030, 7, 1), reason="QĐ 15-QĐ/TU")
    assert (tenure.valid_from, tenure.valid_until) == (date(2025, 7, 1), date(2030, 7, 1))
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_name) == ("tenure.began", "Hoàng Văn Thịnh – Bí thư")


def test_single_post_held_by_two_at_once_is_refused_naming_who():
    commune = make_organization()
    begin(commune, official=make_official("Phạm Đăng Quyết"))
    with pytest.raises(Refused, match="đồng chí Phạm Đăng Quyết đang giữ từ ngày 01/07/2025"):
        begin(commune, from_day=date(2026, 1, 1))
    assert Tenure.objects.count() == 1


def test_single_post_passes_on_the_day_the_first_ends():
    commune = make_organization()
    first = begin(commune)
    actions.end_tenure(tenure=first, on=date(2026, 1, 1), by=None, at=NOON)
    assert begin(commune, from_day=date(2026, 1, 1)).pk


def test_post_for_several_is_held_by_several_but_by_nobody_twice_at_once():
    commune, deputy, official = make_organization(), make_position("Phó Bí thư", rank=20), make_official()
    begin(commune, position=deputy)
    begin(commune, position=deputy, official=official)
    with pytest.raises(Refused, match="đã giữ chức vụ Phó Bí thư"):
        begin(commune, position=deputy, official=official, from_day=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"from_day": date(2014, 12, 31)}, "có từ ngày 01/01/2015"),
        ({"from_day": date(2027, 1, 1), "until_day": date(2028, 1, 1)}, "đã kết thúc từ ngày 01/01/2027"),
        ({"until_day": None}, "không thể kéo dài quá ngày ấy"),
        ({"until_day": date(2025, 7, 1)}, "phải sau ngày bắt đầu"),
    ],
)
def test_post_outside_the_life_of_its_organization_is_refused(said, message):
    commune = make_organization(valid_until=date(2027, 1, 1))
    with pytest.raises(Refused, match=message):
        begin(commune, **{"until_day": date(2026, 1, 1), **said})


def test_post_ends_once_after_its_first_day_and_with_a_trace():
    tenure = make_tenure()
    with pytest.raises(Refused, match="phải sau ngày ấy"):
        actions.end_tenure(tenure=tenure, on=tenure.valid_from, by=None, at=NOON)
    assert actions.end_tenure(tenure=tenure, on=DAY, by=None, at=NOON).valid_until == DAY
    assert AuditEvent.objects.get().verb == "tenure.ended"
    with pytest.raises(Refused, match="đã kết thúc từ ngày 15/03/2027"):
        actions.end_tenure(tenure=tenure, on=DAY, by=None, at=NOON)


def test_posts_are_written_only_where_the_right_is_held():
    tenure, stranger = make_tenure(), make_user((CLERK, make_organization("Xã khác")))
    with pytest.raises(NotAllowed):
        begin(tenure.organization, stranger)
    with pytest.raises(NotAllowed):
        actions.end_tenure(tenure=tenure, on=DAY, by=stranger, at=NOON)


def test_management_passes_from_one_committee_to_another():
    root = make_organization("Huyện Lạc Giang")
    first, second = make_organization("Xã Bằng Khê", root), make_organization("Xã Đồng Vang", root)
    official = make_official()
    make_management(official, first)
    clerk = make_user((CLERK, root))

    actions.set_management(official=official, organization=second, from_day=DAY, by=clerk, at=NOON)

    old, new = official.managed_by.order_by("valid_from")
    assert (old.organization, old.valid_until, new.organization) == (first, DAY, second)
    event = AuditEvent.objects.get()
    assert (event.verb, event.frm) == ("management.set", '{"cấp ủy quản lý": "Xã Bằng Khê"}')
    with pytest.raises(Refused, match="đã thuộc diện quản lý"):
        actions.set_management(official=official, organization=second, from_day=DAY, by=clerk, at=NOON)
    with pytest.raises(NotAllowed):
        mine = make_user((CLERK, first))
        actions.set_management(official=make_official(), organization=first, from_day=DAY, by=mine, at=NOON)


# Who has a say over a person's record


def manage(official, organization, by, **said):
    return actions.set_management(
        official=official, organization=organization, by=by, at=NOON, **{"from_day": DAY, **said}
    )


def test_former_post_gives_no_say_over_who_is_managed_elsewhere():
    former, now = make_organization("Xã A"), make_organization("Xã B")
    official = make_official()
    make_tenure(official, former, valid_until=date(2025, 7, 1))
    make_management(official, now)
    clerk = make_user((CLERK, former))
    with pytest.raises(NotAllowed, match="không có quyền sửa thông tin"):
        change(official, clerk, full_name="Tên khác")
    with pytest.raises(NotAllowed):
        manage(official, former, clerk)
    official.refresh_from_db()
    assert official.full_name == "Hoàng Văn Thịnh"
    assert official.managed_by.get().organization == now


def test_present_post_gives_no_say_over_who_is_managed_elsewhere():
    here, now = make_organization("Xã A"), make_organization("Xã B")
    official = make_tenure(organization=here).official
    make_management(official, now)
    with pytest.raises(NotAllowed):
        change(official, make_user((CLERK, here)), full_name="Tên khác")
    assert change(official, make_user((CLERK, now)), full_name="Tên khác").version == 2


def test_whom_nobody_manages_is_changed_where_he_holds_a_post_and_not_where_he_held_one():
    former, here = make_organization("Xã A"), make_organization("Xã B")
    official = make_official()
    make_management(official, former, valid_until=date(2025, 7, 1))
    make_tenure(official, former, valid_until=date(2025, 7, 1))
    make_tenure(official, here, valid_from=date(2025, 7, 1))
    for deed in (lambda by: change(official, by, full_name="Tên khác"), lambda by: manage(official, former, by)):
        with pytest.raises(NotAllowed):
            deed(make_user((CLERK, former)))
    assert change(official, make_user((CLERK, here)), full_name="Tên khác").version == 2


def test_who_holds_nothing_any_more_is_changed_where_his_latest_post_was():
    first, last = make_organization("Xã A"), make_organization("Xã B")
    official = make_official()
    make_tenure(official, first, valid_until=date(2022, 1, 1))
    make_tenure(official, last, valid_from=date(2022, 1, 1), valid_until=date(2025, 7, 1))
    with pytest.raises(NotAllowed):
        change(official, make_user((CLERK, first)), full_name="Tên khác")
    clerk = make_user((CLERK, last))
    assert change(official, clerk, full_name="Tên khác").version == 2
    assert manage(official, last, clerk).organization == last


def test_who_never_held_a_post_is_changed_where_the_last_committee_was():
    commune, official = make_organization(), make_official()
    make_management(official, commune, valid_until=date(2025, 7, 1))
    assert change(official, make_user((CLERK, commune)), full_name="Tên khác").version == 2


def test_management_is_taken_only_with_the_right_at_the_committee_before_and_at_the_new_one():
    before, after = make_organization("Xã A"), make_organization("Xã B")
    official = make_tenure(organization=after).official
    make_management(official, before)
    for by in (make_user((CLERK, before)), make_user((CLERK, after))):
        with pytest.raises(NotAllowed):
            manage(official, after, by)
    assert manage(official, after, make_user((CLERK, before), (CLERK, after))).organization == after


def test_management_agreed_for_a_later_day_is_not_taken_back_by_who_holds_the_post_today():
    here, later = make_organization("Xã A"), make_organization("Xã B")
    official = make_tenure(organization=here).official
    make_management(official, later, valid_from=DAY + timedelta(10))
    with pytest.raises(NotAllowed):
        manage(official, here, make_user((CLERK, here)), from_day=DAY + timedelta(10))


def test_nobody_gives_himself_a_post_or_changes_his_own_record_or_committee():
    commune, other = make_organization("Xã A"), make_organization("Xã B")
    clerk = make_user((CLERK, commune), (CLERK, other))
    own = make_official(user=clerk)
    make_management(own, commune)
    for deed in (
        lambda: begin(commune, clerk, official=own),
        lambda: change(own, clerk, full_name="Tên khác"),
        lambda: manage(own, other, clerk),
    ):
        with pytest.raises(NotAllowed, match="của chính mình"):
            deed()
    assert not Tenure.objects.exists() and not AuditEvent.objects.exists()
    assert begin(commune, make_user((CLERK, commune)), official=own).pk
