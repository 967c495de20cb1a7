"""What an import may not do, although each single cell could be written: rights won by it, people of other places."""

from datetime import date

import pytest

from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory import policy
from dotpha.directory.actions import imports
from dotpha.directory.exchange import Outcome, plan
from dotpha.directory.models import Function, Official, PartyOrganization, Tenure
from dotpha.documents.directory import read
from tests.makers_directory import (
    DAY,
    NOON,
    make_body,
    make_management,
    make_membership,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_term,
    make_user,
)
from tests.unit.directory.workbooks import built, exported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # workbooks are written and read
CLERK = Function.CLERK
JULY = date(2025, 7, 1)
PLACES = ["Mã", "Tên", "Mã cấp trên"]
PEOPLE = ["Mã cán bộ", "Họ tên", "Sinh năm", "Mã cấp ủy quản lý"]
POSTS = ["Mã cán bộ", "Họ tên", "Chức vụ", "Mã tổ chức", "Từ ngày", "Đến ngày"]
SEATS = ["Mã tổ chức", "Cơ quan", "Nhiệm kỳ", "Mã cán bộ", "Họ tên", "Vai trò", "Từ ngày"]


def planned(data, by):
    return plan(read(data, "a.xlsx"), by=by, on=DAY, from_day=DAY)


def imported(data, by):
    batch = read(data, "a.xlsx")
    waiting = imports.prepare_import(file_name="a.xlsx", data=data, batch=batch, from_day=DAY, by=by, at=NOON)
    return imports.import_directory(waiting=waiting, batch=batch, by=by, at=NOON)


def refused(data, by):
    """The one refusal of a workbook that writes nothing: (row, column, why)."""
    (found,) = [line for line in planned(data, by).lines if line.outcome is Outcome.REFUSED]
    with pytest.raises(Refused, match="bị từ chối"):
        imported(data, by)
    return found.row, found.column, found.why


def two_communes():
    """A district, its communes A and B; who keeps the district and presides over A alone."""
    district = make_organization("Huyện Lạc Giang", code="H1")
    mine, other = make_organization("Xã A", district, code="A"), make_organization("Xã B", district, code="B")
    return mine, other, make_user((CLERK, district), (Function.PRESIDER, mine))


def test_nobody_gains_a_function_by_moving_an_organization_in_a_workbook():
    _, other, by = two_communes()
    data = built(Tổ_chức=[PLACES, ["B", "Xã B", "A"]])
    assert refused(data, by)[1] == "C"
    assert "có thêm quyền ở tổ chức được chuyển" in refused(data, by)[2]
    assert policy.functions_at(by, PartyOrganization.objects.get(pk=other.pk), on=DAY) == {CLERK}


def test_nobody_gains_a_function_by_moving_an_organization_under_a_new_one_of_his_own():
    _, _, by = two_communes()
    heads = [*PLACES, "Loại", "Ngày thành lập"]
    data = built(Tổ_chức=[heads, ["N", "Chi bộ mới", "A", "Đảng bộ xã", JULY], ["B", "Xã B", "N"]])
    assert refused(data, by)[:2] == (3, "C")


def test_move_of_an_import_is_asked_again_when_it_is_written(monkeypatch):
    _, other, by = two_communes()
    monkeypatch.setattr("dotpha.directory.exchange.known.Known.widens", lambda *_: False)
    with pytest.raises(NotAllowed, match="có thêm quyền"):
        imported(built(Tổ_chức=[PLACES, ["B", "Xã B", "A"]]), by)
    other.refresh_from_db()
    assert other.parent.code == "H1"


def elsewhere():
    """A clerk's commune, and a person managed and in post at another one."""
    mine, other = make_organization("Xã A", code="A"), make_organization("Xã B", code="B")
    person = make_official("Vũ Hà", code="C9", birth_year=1980)
    make_tenure(person, other, make_position("Phó Bí thư", rank=20))
    make_management(person, other)
    return mine, person, make_user((CLERK, mine))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["C9", "Tên khác", 1980, "B"], "B"),
        (["C9", "Vũ Hà", 1981, "B"], "C"),
        (["C9", "Vũ Hà", 1980, "A"], "D"),
    ],
)
def test_old_post_let_in_by_one_workbook_opens_no_record_to_the_next(row, column):
    _, person, clerk = elsewhere()
    imported(built(Chức_vụ=[POSTS, ["C9", "Vũ Hà", "Phó Bí thư", "A", date(2016, 1, 1), date(2018, 1, 1)]]), clerk)
    assert person.tenures.count() == 2
    place, where, why = refused(built(Cán_bộ=[PEOPLE, row]), clerk)
    assert (place, where) == (2, column)
    assert "không có quyền sửa thông tin của đồng chí Vũ Hà" in why and "Xã B" not in why
    assert Official.objects.get(full_name="Vũ Hà", birth_year=1980).managed_by.get().organization.code == "B"
    assert {line.outcome for line in planned(exported(clerk), clerk).lines} == {Outcome.SAME}


def test_whom_one_manages_is_changed_and_handed_over_by_a_workbook_only_with_both_committees():
    mine, person, _ = elsewhere()
    other = PartyOrganization.objects.get(code="B")
    data = built(Cán_bộ=[PEOPLE, ["C9", "Vũ Thu Hà", 1981, "A"]])
    imported(data, make_user((CLERK, mine), (CLERK, other)))
    person.refresh_from_db()
    assert (person.full_name, person.managed_by.latest("valid_from").organization) == ("Vũ Thu Hà", mine)


def own():
    """A clerk whose own record is managed at his commune, with a post and a seat there, and a workbook of it."""
    commune = make_organization("Xã A", code="A")
    clerk = make_user((CLERK, commune))
    person = make_official("Tô Thị Sáu", code="C1", user=clerk, birth_year=1980)
    make_management(person, commune)
    make_tenure(person, commune, make_position("Văn phòng", rank=90))
    make_position()
    term = make_term(make_body(commune))
    make_membership(term, person, role="Ủy viên")
    make_term(make_body(commune, "Ban Chấp hành"))
    return clerk


@pytest.mark.parametrize(
    ("sheet", "heads", "row"),
    [
        ("Chức_vụ", POSTS, ["C1", "Tô Thị Sáu", "Bí thư", "A", JULY, ""]),
        ("Cán_bộ", PEOPLE, ["C1", "Tô Thị Bảy", 1980, "A"]),
        ("Cơ_quan_–_thành_viên", SEATS, ["A", "Ban Thường vụ", "2025–2030", "C1", "Tô Thị Sáu", "Bí thư", JULY]),
        ("Cơ_quan_–_thành_viên", SEATS, ["A", "Ban Chấp hành", "2025–2030", "C1", "Tô Thị Sáu", "Ủy viên", JULY]),
    ],
)
def test_nobody_writes_his_own_post_seat_or_record_by_a_workbook(sheet, heads, row):
    clerk = own()
    assert "của chính mình" in refused(built(**{sheet: [heads, row]}), clerk)[2]
    assert Tenure.objects.count() == 1


def test_own_rows_that_change_nothing_come_in():
    clerk = own()
    assert {line.outcome for line in planned(exported(clerk), clerk).lines} == {Outcome.SAME}


def test_code_of_another_place_tells_its_name_in_no_cell_of_a_workbook():
    mine = make_organization("Xã A", code="A")
    make_organization("Huyện bí mật", code="H9", valid_until=JULY)
    make_official("Vũ Hà", code="C9")
    clerk = make_user((CLERK, mine))
    make_position()
    heads = ["Mã", "Tên", "Loại", "Mã cấp trên", "Ngày thành lập", "Ngày kết thúc", "Mã kế thừa"]
    new = ["Chi bộ mới", "Đảng bộ xã"]
    data = built(
        Tổ_chức=[
            heads,
            ["H9"],
            ["N1", *new, "H9", JULY],
            ["A", "Xã A", "", "", "", DAY, "H9"],
            ["N2", *new, "A", date(2020, 1, 1), DAY, "H9"],
        ],
        Cán_bộ=[PEOPLE, ["C8", "Người mới", 1980, "H9"]],
        Chức_vụ=[POSTS, ["C9", "Vũ Hà", "Bí thư", "H9", JULY]],
        **{"Cơ_quan_–_thành_viên": [SEATS, ["H9", "Ban Thường vụ", "2025–2030"]]},
    )
    lines = planned(data, clerk).lines
    assert [line.row for line in lines if "H9" in line.why or line.what == "H9"] == [2, 3, 4, 5, 2, 2, 2]
    assert "bí mật" not in str(lines)
