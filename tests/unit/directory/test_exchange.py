"""Excel in and out: what an import plans, writes and refuses; what an export holds."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from dotpha.core.errors import NotAllowed, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory.actions import imports, rename_organization
from dotpha.directory.exchange import Outcome, plan
from dotpha.directory.exchange.rows import OFFICIALS, ORGANIZATIONS, SEATS, TENURES
from dotpha.directory.models import (
    Body,
    CommitteeTerm,
    DirectoryImport,
    Function,
    Membership,
    Official,
    PartyOrganization,
    Tenure,
)
from dotpha.documents.directory import Unreadable, read
from dotpha.documents.directory.columns import SHEET_KINDS
from dotpha.documents.directory.reading import fields_of
from tests.makers_directory import (
    DAY,
    NOON,
    make_body,
    make_former_name,
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
from tests.unit.directory.workbooks import built, changed, exported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # workbooks are written and read
JULY = date(2025, 7, 1)


def committee():
    """A district with two communes, people in posts, a body with a term; its clerk. Every table has something."""
    district = make_organization("Huyện Lạc Giang", code="H1", kind=make_kind("huyen", "Đảng bộ huyện", 20))
    commune = make_organization("Đảng bộ xã Bằng Khê", district, code="X1")
    make_organization("Đảng bộ xã Đồng Vang", district, code="X2", valid_until=JULY)
    make_former_name(commune, "Đảng bộ xã Khê", until=date(2020, 1, 1))
    secretary, deputy = make_official("Hoàng Văn Thịnh", code="C1", birth_year=1976), make_official("Vũ Hà", code="C2")
    make_management(secretary, district)
    make_tenure(secretary, commune, make_position(is_single=True))
    make_tenure(deputy, commune, make_position("Phó Bí thư", rank=20), valid_until=date(2026, 1, 1), reason="QĐ 1")
    make_membership(make_term(make_body(commune), valid_until=date(2030, 7, 1)), secretary, role="Bí thư", order=1)
    make_body(commune, "Ủy ban Kiểm tra", kind="Ủy ban Kiểm tra")
    make_term(make_body(district, "Ban Chấp hành"), "2020–2025", valid_from=date(2020, 6, 1))
    return district, make_user((Function.CLERK, district), last_name="Tô Thị", first_name="Sáu")


def planned(data, by, **said):
    return plan(read(data, "danh-ba.xlsx"), by=by, on=DAY, from_day=said.get("from_day", DAY))


def imported(data, by, *, at=NOON):
    batch = read(data, "danh-ba.xlsx")
    waiting = imports.prepare_import(file_name="danh-ba.xlsx", data=data, batch=batch, from_day=DAY, by=by, at=at)
    return imports.import_directory(waiting=waiting, batch=batch, by=by, at=at)


def outcomes(made):
    return {outcome.value: count for outcome, count in made.counts.items()}


def refusals(made):
    return [(line.sheet, line.row, line.column, line.why) for line in made.lines if line.outcome is Outcome.REFUSED]


# Out and in again


@pytest.mark.parametrize("day", [DAY, date(2018, 1, 1), date(2025, 12, 31)])
def test_importing_the_exported_workbook_changes_nothing(day):
    _, clerk = committee()
    made = planned(exported(clerk, day=day), clerk)
    assert refusals(made) == []
    assert set(outcomes(made)) == {"same"}
    assert made.changes_nothing


def test_workbook_of_a_directory_fills_an_empty_one_and_then_changes_nothing():
    _, clerk = committee()
    data = exported(clerk)
    for table in (Membership, Tenure, CommitteeTerm, Body):
        table._default_manager.all().delete()
    root = PartyOrganization.objects.get(code="H1")
    for organization in PartyOrganization.objects.exclude(pk=root.pk):
        organization.names.all().delete()
        organization.placements.all().delete()
        organization.delete()
    for official in Official.objects.all():
        official.managed_by.all().delete()
        official.delete()

    made = imported(data, clerk)

    assert refusals(made) == []
    assert outcomes(made)["add"] == 9
    assert refusals(planned(data, clerk)) == []
    assert set(outcomes(planned(data, clerk))) == {"same"}
    assert {each.path[:9] for each in PartyOrganization.objects.all()} == {root.path}
    assert list(Official.objects.found_by("hoang thinh")) == [Official.objects.get(code="C1")]


def test_export_holds_only_what_the_person_may_export():
    district, _ = committee()
    elsewhere = make_organization("Huyện khác", code="H9")
    make_tenure(make_official("Người khác", code="C9"), elsewhere)
    for function, expected in ((Function.INSPECTOR, 4), (Function.OBSERVER, 1)):
        book = load_workbook(io.BytesIO(exported(make_user((function, district)))))
        assert book[ORGANIZATIONS].max_row == expected
        told = [cell for sheet in book.worksheets[:4] for row in sheet.iter_rows(values_only=True) for cell in row]
        assert "C9" not in told and "Huyện khác" not in told


def test_names_that_look_like_formulas_leave_and_return_as_text():
    district, clerk = committee()
    make_organization('=HYPERLINK("http://x")', district, code="X3")
    data = exported(clerk)
    sheet = load_workbook(io.BytesIO(data))[ORGANIZATIONS]
    assert sheet["B5"].data_type == "s"
    assert set(outcomes(planned(data, clerk))) == {"same"}


@pytest.mark.parametrize("kind", SHEET_KINDS, ids=lambda kind: kind.name)
def test_every_column_has_its_field(kind):
    assert {column.field for column in kind.columns} <= fields_of(kind)


# What a changed workbook does


def test_changed_cells_become_changes_told_from_and_to_and_are_written_with_traces():
    _, clerk = committee()
    data = changed(
        exported(clerk),
        (ORGANIZATIONS, "B3", "Đảng bộ xã Lạc Khê"),
        (OFFICIALS, "C3", 1977),
        (TENURES, "G2", date(2027, 1, 1)),
    )

    made = imported(data, clerk)

    told = {line.what: line.changes for line in made.lines if line.outcome is not Outcome.SAME}
    assert told["Đảng bộ xã Bằng Khê (X1)"][0] == ("tên", "Đảng bộ xã Bằng Khê", "Đảng bộ xã Lạc Khê")
    assert told["Hoàng Văn Thịnh (C1)"] == (("năm sinh", "1976", "1977"),)
    commune = PartyOrganization.objects.get(code="X1")
    assert (commune.name, commune.version) == ("Đảng bộ xã Lạc Khê", 2)
    assert [each.name for each in commune.names.order_by("valid_from")][-2:] == [
        "Đảng bộ xã Bằng Khê", "Đảng bộ xã Lạc Khê",
    ]  # fmt: skip
    assert list(PartyOrganization.objects.found_by("bang khe")) == [commune]
    assert Official.objects.get(code="C1").birth_year == 1977
    assert Tenure.objects.get(official__code="C1").valid_until == date(2027, 1, 1)
    verbs = list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["organization.renamed", "official.changed", "tenure.ended", "directory.imported"]
    assert {event.actor for event in AuditEvent.objects.all()} == {clerk}
    assert set(outcomes(planned(exported(clerk), clerk))) == {"same"}


def test_new_rows_may_stand_in_any_order_and_name_each_other():
    _, clerk = committee()
    make_kind("chi-bo", "Chi bộ", 50)
    data = built(
        Tổ_chức=[
            ["Mã", "Tên", "Loại", "Mã cấp trên", "Ngày thành lập"],
            ["CB2", "Chi bộ tổ 2", "CHI BỘ", "CB1", "01/07/2025"],
            ["CB1", "Chi bộ thôn Trại", "chi bo", "X1", date(2025, 7, 1)],
        ],
        Chức_vụ=[
            ["STT", "Họ tên", "Mã đồng chí", "Chức danh", "Mã đơn vị", "Từ"],
            [1, "Đỗ Quý Nhâm", "C5", "Bí thư", "CB1", "01/08/2025"],
        ],
        Cán_bộ=[["Mã cán bộ", "Họ tên", "Sinh năm"], ["C5", "Đỗ Quý Nhâm", "12/03/1980"]],
    )

    made = imported(data, clerk)

    assert refusals(made) == []
    inner = PartyOrganization.objects.get(code="CB2")
    assert (inner.depth, inner.parent and inner.parent.code) == (3, "CB1")
    assert inner.parent is not None and inner.path == f"{inner.parent.path}{inner.pk:09d}"
    official = Official.objects.get(code="C5")
    assert (official.birth_year, official.tenures.get().organization.code) == (1980, "CB1")
    assert set(outcomes(planned(data, clerk))) == {"same"}


def test_organization_moves_ends_and_is_succeeded():
    district, clerk = committee()
    make_organization("Chi bộ thôn Mới", PartyOrganization.objects.get(code="X1"), code="CB3")
    data = changed(
        exported(clerk),
        (ORGANIZATIONS, "D4", "H1"), (ORGANIZATIONS, "G4", date(2027, 1, 1)),
        (ORGANIZATIONS, "H3", date(2027, 2, 1)), (ORGANIZATIONS, "I3", "H1"),
    )  # fmt: skip

    made = imported(data, clerk)

    assert refusals(made) == []
    commune, cell = PartyOrganization.objects.get(code="X1"), PartyOrganization.objects.get(code="CB3")
    assert (commune.valid_until, commune.successor) == (date(2027, 2, 1), district)
    assert (cell.parent, cell.depth, cell.path) == (district, 1, f"{district.path}{cell.pk:09d}")
    assert Tenure.objects.get(official__code="C1").valid_until == date(2027, 2, 1)
    assert cell.placements.latest("valid_from").valid_from == date(2027, 1, 1)


def test_post_passes_from_one_to_another_in_one_workbook():
    _, clerk = committee()
    given = {"A": "C2", "B": "Vũ Hà", "C": "Bí thư", "D": "X1", "F": JULY}
    data = changed(
        exported(clerk),
        *((TENURES, f"{at}4", value) for at, value in given.items()),
        (TENURES, "G2", JULY),
    )  # fmt: skip
    made = imported(data, clerk)
    assert refusals(made) == []
    assert Tenure.objects.get(official__code="C2", position__label="Bí thư").valid_from == JULY


def test_member_changes_role_leaves_and_a_term_ends():
    _, clerk = committee()
    data = exported(clerk)
    made = imported(changed(data, (SEATS, "L2", "Phó Bí thư"), (SEATS, "O2", date(2027, 1, 1))), clerk)
    assert refusals(made) == []
    seat = Membership.objects.get()
    assert (seat.role, seat.valid_until) == ("Phó Bí thư", date(2027, 1, 1))
    made = planned(changed(exported(clerk), (SEATS, "I3", JULY)), clerk)
    assert (refusals(made), outcomes(made)["end"]) == ([], 1)


# What is refused, and where


def refused_for(clerk, *cells, **built_sheets):
    data = built(**built_sheets) if built_sheets else changed(exported(clerk), *cells)
    made = planned(data, clerk)
    with pytest.raises(Refused, match="bị từ chối"):
        imported(data, clerk)
    assert not AuditEvent.objects.filter(verb="directory.imported").exists()
    return refusals(made)


@pytest.mark.parametrize(
    ("cell", "value", "column", "why"),
    [
        ((ORGANIZATIONS, "C3"), "Tổ đảng", "C", "Chưa có loại tổ chức “Tổ đảng” trong danh mục"),
        ((ORGANIZATIONS, "D3"), "X9", "D", "Chưa có tổ chức mã “X9”"),
        ((ORGANIZATIONS, "D3"), "X1", "D", "không thể trực thuộc chính nó"),
        ((ORGANIZATIONS, "D3"), None, "D", "Chỉ hệ thống lập được tổ chức gốc"),
        ((ORGANIZATIONS, "F3"), "01/02/2016", "F", "Danh bạ ghi tổ chức có từ ngày 01/01/2015"),
        ((ORGANIZATIONS, "F3"), "31/02/2016", "F", "chưa đọc được ngày “31/02/2016”"),
        ((ORGANIZATIONS, "H4"), None, "H", "đã kết thúc từ ngày 01/07/2025"),
        ((ORGANIZATIONS, "A4"), "X1", "A", "đã có ở dòng 3"),
        ((ORGANIZATIONS, "B4"), "Tên khác", "H", "đã kết thúc"),
        ((ORGANIZATIONS, "H2"), DAY, "H", "Còn 1 tổ chức trực thuộc"),
        ((OFFICIALS, "B2"), None, "B", "Họ và tên cần có"),
        ((OFFICIALS, "C2"), 76, "C", "Năm sinh 76 chưa hợp lý"),
        ((OFFICIALS, "C2"), "1976a", "C", "không phải là số nguyên"),
        ((OFFICIALS, "D2"), "có lẽ", "D", "ghi Có hoặc Không"),
        ((OFFICIALS, "A2"), "C8", "", ""),
        ((TENURES, "C2"), "Trùm", "C", "Chưa có chức vụ “Trùm”"),
        ((TENURES, "B2"), "Hoàng Văn Thình", "B", "Họ và tên không khớp"),
        ((TENURES, "F2"), None, "F", "Cần có ngày bắt đầu"),
        ((TENURES, "F2"), date(2010, 1, 1), "F", "có từ ngày 01/01/2015"),
        ((TENURES, "G3"), date(2027, 1, 1), "G", "đã kết thúc từ ngày 01/01/2026"),
        ((SEATS, "J2"), "C9", "J", "Chưa có cán bộ mã “C9”"),
        ((SEATS, "G2"), None, "G", "Cần có tên nhiệm kỳ"),
        ((SEATS, "D2"), "Khác", "D", "Danh bạ ghi loại cơ quan"),
    ],
)  # fmt: skip
def test_refusal_names_sheet_row_column_and_reason(cell, value, column, why):
    _, clerk = committee()
    sheet, at = cell
    found = refused_for(clerk, (sheet, at, value))
    if not column:
        assert found
        return
    assert any(
        (place, row, where) == (sheet, int(at[1:]), column) and why in reason for place, row, where, reason in found
    ), found


def test_single_post_held_by_two_is_refused_naming_who():
    _, clerk = committee()
    row = ["C2", "Vũ Hà", "Bí thư", "X1", date(2026, 2, 1)]
    heads = ["Mã cán bộ", "Họ và tên", "Chức vụ", "Mã tổ chức", "Từ ngày"]
    (refused,) = refused_for(clerk, Chức_vụ=[heads, row])
    assert refused[:3] == ("Chức vụ", 2, "C")
    assert "đồng chí Hoàng Văn Thịnh" in refused[3]


def test_circles_of_parents_and_parents_that_are_refused_are_refused():
    _, clerk = committee()
    heads = ["Mã", "Tên", "Loại", "Mã cấp trên", "Từ ngày"]
    rows = [["A", "A", "Đảng bộ xã", "B", JULY], ["B", "B", "Đảng bộ xã", "A", JULY]]
    assert len(refused_for(clerk, Tổ_chức=[heads, *rows])) == 2
    rows = [["X1", "Đảng bộ xã Bằng Khê", "Đảng bộ xã", "CB", JULY], ["CB", "Mới", "Đảng bộ xã", "X1", JULY]]
    assert refused_for(clerk, Tổ_chức=[heads, *rows])


def test_rows_of_other_places_are_refused_and_tell_no_more_than_the_code():
    _, clerk = committee()
    other = make_organization("Huyện bí mật", code="H9")
    make_management(make_official("Nguyễn Bí Mật", code="C9"), other)
    found = refused_for(
        clerk,
        Tổ_chức=[["Mã", "Tên", "Loại", "Mã cấp trên"], ["H9", "Tên mới", "", ""], ["N1", "Mới", "Đảng bộ xã", "H9"]],
        Cán_bộ=[["Mã cán bộ", "Họ tên"], ["C9", "Tên mới"]],
        Chức_vụ=[["Mã cán bộ", "Chức vụ", "Mã tổ chức", "Từ ngày"], ["C9", "Bí thư", "X1", JULY]],
    )
    assert len(found) == 4
    assert not any("Bí Mật" in why for *_, why in found)


def test_workbook_of_an_earlier_day_does_not_undo_what_changed_since():
    _, clerk = committee()
    data = exported(clerk, day=date(2018, 1, 1))
    assert set(outcomes(planned(data, clerk))) == {"same"}
    made = planned(changed(data, (ORGANIZATIONS, "B3", "Tên thứ ba")), clerk)
    assert "đã đổi tên thành “Đảng bộ xã Bằng Khê”" in refusals(made)[0][3]


def test_hidden_rows_and_cells_without_value_are_refused_not_passed_over():
    _, clerk = committee()
    book = load_workbook(io.BytesIO(exported(clerk)))
    book[ORGANIZATIONS].row_dimensions[3].hidden = True
    book[ORGANIZATIONS]["B4"] = "=1/0"
    stream = io.BytesIO()
    book.save(stream)
    made = planned(stream.getvalue(), clerk)
    assert {(row, column) for _, row, column, _ in refusals(made)} >= {(3, ""), (4, "B")}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "không phải là Excel"),
        (b"ten,ma\n", "không phải là Excel"),
        (b"PK\x03\x04 hong", "hỏng"),
        (built(Tính_toán=[["a", "b"], [1, 2]]), "Chưa thấy trang tính nào của danh bạ"),
    ],
)
def test_file_that_is_no_directory_is_told_so(data, message):
    with pytest.raises(Unreadable, match=message):
        read(data, "danh-ba.xlsx")


def test_what_is_not_used_is_told():
    _, clerk = committee()
    data = built(
        Tổ_chức=[["Mã", "Tên", "Số điện thoại"], ["X1", "Đảng bộ xã Bằng Khê", "x"]], Nháp=[["ghi chú"], ["abc"]]
    )
    remarks = planned(data, clerk).remarks
    assert any("“Số điện thoại”" in each for each in remarks) and any("‘Nháp’" in each for each in remarks)


def test_other_reason_for_a_known_post_is_not_written_but_told():
    _, clerk = committee()
    data = changed(exported(clerk), (TENURES, "H3", "QĐ 2"))
    made = planned(data, clerk)
    assert outcomes(made) == outcomes(planned(exported(clerk), clerk))
    (remark,) = made.remarks
    assert "dòng 3, cột H: không dùng căn cứ “QĐ 2”; danh bạ ghi “QĐ 1”" in remark


def test_reasons_of_many_rows_are_told_in_few_lines(monkeypatch):
    monkeypatch.setattr("dotpha.directory.exchange.officials.REMARKED", 1)
    _, clerk = committee()
    made = planned(changed(exported(clerk), (TENURES, "H2", "QĐ 8"), (TENURES, "H3", "QĐ 9")), clerk)
    assert [each[-11:] for each in made.remarks] == ["nhập Excel.", "ác danh bạ."]
    assert "chưa có căn cứ" in made.remarks[0]


# Between preview and confirmation


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_written():
    _, clerk = committee()
    data = changed(exported(clerk), (ORGANIZATIONS, "B3", "Đảng bộ xã Lạc Khê"))
    batch = read(data, "a.xlsx")
    waiting = imports.prepare_import(file_name="a.xlsx", data=data, batch=batch, from_day=DAY, by=clerk, at=NOON)
    commune = PartyOrganization.objects.get(code="X1")
    rename_organization(organization=commune, version=1, name="Đảng bộ xã Khác", from_day=DAY, by=None, at=NOON)

    with pytest.raises(imports.DirectoryChanged) as told:
        imports.import_directory(waiting=waiting, batch=batch, by=clerk, at=NOON)

    assert PartyOrganization.objects.get(code="X1").name == "Đảng bộ xã Khác"
    imports.renew_import(waiting=waiting, made=told.value.plan, by=clerk, at=NOON)
    waiting.refresh_from_db()
    assert waiting.digest == told.value.plan.digest and not waiting.result


def test_import_is_carried_out_once_and_by_its_own_person():
    _, clerk = committee()
    data = changed(exported(clerk), (OFFICIALS, "C2", 1977))
    batch = read(data, "a.xlsx")
    waiting = imports.prepare_import(file_name="a.xlsx", data=data, batch=batch, from_day=DAY, by=clerk, at=NOON)
    other = make_user((Function.CLERK, PartyOrganization.objects.get(code="H1")))
    for deed in (
        lambda: imports.import_directory(waiting=waiting, batch=batch, by=other, at=NOON),
        lambda: imports.give_up_import(waiting=waiting, by=other, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            deed()
    imports.import_directory(waiting=waiting, batch=batch, by=clerk, at=NOON)
    assert waiting.result.startswith("đổi 1") and bytes(waiting.data) == b""
    with pytest.raises(Refused):
        imports.import_directory(waiting=waiting, batch=batch, by=clerk, at=NOON)


def test_only_who_may_imports_and_exports():
    district, _ = committee()
    observer = make_user((Function.OBSERVER, district))
    with pytest.raises(NotAllowed):
        imports.prepare_import(file_name="a", data=b"", batch=read(built(Tổ_chức=[["Mã", "Tên"], ["A", "B"]]), "a"),
                               from_day=DAY, by=observer, at=NOON)  # fmt: skip
    with pytest.raises(NotAllowed):
        imports.export_directory(file_name="a", count=0, day=DAY, by=observer, at=NOON)


def test_day_to_come_and_nothing_to_write_are_refused():
    _, clerk = committee()
    data = exported(clerk)
    batch = read(data, "a.xlsx")
    with pytest.raises(Refused, match="chưa đến"):
        late = DAY + timedelta(1)
        imports.prepare_import(file_name="a.xlsx", data=data, batch=batch, from_day=late, by=clerk, at=NOON)
    with pytest.raises(Refused, match="không có gì để ghi"):
        imported(data, clerk)


def test_plans_that_are_over_are_thrown_away():
    _, clerk = committee()
    data = exported(clerk)
    batch = read(data, "a.xlsx")
    for at in (NOON, NOON + 2 * imports.KEPT):
        imports.prepare_import(file_name="a.xlsx", data=data, batch=batch, from_day=DAY, by=clerk, at=at)
    assert DirectoryImport.objects.count() == 1


def test_planning_costs_the_same_for_ten_rows_and_for_three_hundred(django_assert_max_num_queries):
    district, clerk = committee()
    heads = ["Mã", "Tên", "Loại", "Mã cấp trên", "Từ ngày"]
    for count in (10, 300):
        rows = [[f"N{number}", f"Chi bộ {number}", "Đảng bộ xã", "X1", JULY] for number in range(count)]
        batch = read(built(Tổ_chức=[heads, *rows]), "a.xlsx")
        with django_assert_max_num_queries(20):
            assert len(plan(batch, by=clerk, on=DAY, from_day=DAY).work.founded) == count
