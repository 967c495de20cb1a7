"""Nhập và xuất danh bạ: what the pages show, refuse, write and leave in the trail."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dotpha.core.models import AuditEvent
from dotpha.directory.models import DirectoryImport, Function, Official, PartyOrganization
from dotpha.interfaces.web.directory_import import forms
from tests.makers_directory import make_management, make_official, make_organization, make_user
from tests.unit.directory.workbooks import built, changed, exported

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # workbooks are written and read
START, EXPORT = "/danh-ba/nhap/", "/danh-ba/xuat/"


@pytest.fixture
def district():
    root = make_organization("Huyện Lạc Giang", code="H1")
    make_organization("Đảng bộ xã Bằng Khê", root, code="X1")
    make_management(make_official("Hoàng Văn Thịnh", code="C1"), root)
    return root


@pytest.fixture
def clerk(district, client):
    user = make_user((Function.CLERK, district))
    client.force_login(user)
    return user


def workbook(clerk, *cells):
    return changed(exported(clerk, day=timezone.localdate(), on=timezone.localdate()), *cells)


def upload(client, data, name="danh-ba.xlsx", **fields):
    return client.post(START, {"file": SimpleUploadedFile(name, data), **fields})


def page(response):
    return response.content.decode()


RENAMED = ("Tổ chức", "B3", "Đảng bộ xã Lạc Khê")
WRONG = ("Tổ chức", "D3", "X9")


def test_workbook_is_looked_at_confirmed_and_written_once(client, clerk):
    looked = upload(client, workbook(clerk, RENAMED))
    assert looked.status_code == 302
    shown = page(client.get(looked.url))
    assert "Chưa ghi gì" in shown and "<del>Đảng bộ xã Bằng Khê</del>" in shown
    assert PartyOrganization.objects.get(code="X1").name == "Đảng bộ xã Bằng Khê"

    done = client.post(looked.url + "xac-nhan/")
    assert (done.status_code, done.url) == (302, looked.url)
    assert "Đã ghi tệp “danh-ba.xlsx”: đổi 1, không đổi 2 dòng" in page(client.get(done.url))
    assert PartyOrganization.objects.get(code="X1").name == "Đảng bộ xã Lạc Khê"

    again = client.post(looked.url + "xac-nhan/")
    assert again.status_code == 302
    verbs = list(AuditEvent.objects.filter(verb__regex="^(dir|org)").order_by("number").values_list("verb", flat=True))
    assert verbs == ["organization.renamed", "directory.imported"]


def test_same_workbook_again_has_nothing_to_write(client, clerk):
    looked = upload(client, workbook(clerk))
    shown = page(client.get(looked.url))
    assert "không có gì để ghi" in shown and "xac-nhan" not in shown
    assert client.post(looked.url + "xac-nhan/").status_code == 422


def test_refused_rows_are_named_and_nothing_can_be_written(client, clerk):
    looked = upload(client, workbook(clerk, WRONG, RENAMED))
    shown = page(client.get(looked.url))
    assert "Tổ chức, dòng 3, cột D" in shown and "Chưa có tổ chức mã “X9”" in shown
    assert "xac-nhan" not in shown
    assert client.post(looked.url + "xac-nhan/").status_code == 422
    assert PartyOrganization.objects.get(code="X1").name == "Đảng bộ xã Bằng Khê"


def test_change_in_between_shows_the_new_plan_instead_of_writing(client, clerk):
    looked = upload(client, workbook(clerk, ("Cán bộ", "C2", 1977)))
    Official.objects.update(birth_year=1970, version=2)
    answer = client.post(looked.url + "xac-nhan/")
    assert answer.status_code == 422
    assert "đã thay đổi sau khi đồng chí xem" in page(answer) and "<del>1970</del>" in page(answer)
    assert client.post(looked.url + "xac-nhan/").status_code == 302
    assert Official.objects.get().birth_year == 1977


def test_plan_given_up_is_gone(client, clerk):
    looked = upload(client, workbook(clerk, RENAMED))
    assert client.post(looked.url + "bo/").url == START + "?da-bo=1"
    assert client.get(looked.url).status_code == 404
    assert not DirectoryImport.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"ten,ma", "không phải là Excel"),
        (b"", "Tệp trống"),
        (b"PK\x03\x04", "bị hỏng"),
        (built(Nháp=[["a"]]), "Chưa thấy trang tính nào"),
    ],
)
def test_file_that_cannot_be_read_says_why(client, clerk, data, said):
    answer = upload(client, data)
    assert answer.status_code == 422
    assert said in page(answer)


def test_missing_file_large_file_and_wrong_days_are_told_at_their_fields(client, clerk, monkeypatch):
    assert forms.NO_FILE in page(client.post(START, {}))
    data = workbook(clerk)
    assert "Ngày chưa đọc được" in page(upload(client, data, from_day="hôm qua"))
    late = timezone.localdate() + timedelta(1)
    assert "chưa đến" in page(upload(client, data, from_day=f"{late:%d/%m/%Y}"))
    monkeypatch.setattr(forms, "FILE_MB", 0)
    assert "Tệp lớn hơn" in page(upload(client, data))


def test_another_persons_import_and_one_that_is_over_are_not_there(client, clerk, district):
    looked = upload(client, workbook(clerk, RENAMED))
    client.force_login(make_user((Function.CLERK, district)))
    for address in (looked.url, looked.url + "xac-nhan/", looked.url + "bo/"):
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)
    client.force_login(clerk)
    DirectoryImport.objects.update(expires_at=timezone.now())
    assert client.get(looked.url).status_code == 404


def test_who_may_not_is_refused_and_who_is_a_stranger_signs_in(client, district):
    for address in (START, EXPORT, START + "mau/"):
        assert client.get(address).status_code == 302
    client.force_login(make_user((Function.OBSERVER, district)))
    for address in (START, EXPORT, START + "mau/"):
        assert client.get(address).status_code == 403
    assert client.post(EXPORT).status_code == 403
    client.force_login(make_user((Function.INSPECTOR, district)))
    assert client.get(EXPORT).status_code == 200
    assert client.get(START).status_code == 403


def test_export_leaves_with_a_trace_and_only_by_a_button(client, clerk):
    assert "2 tổ chức" in page(client.get(EXPORT))
    assert not AuditEvent.objects.filter(verb="directory.exported").exists()
    answer = client.post(EXPORT, {"day": "01/01/2026"})
    assert answer["Content-Disposition"] == 'attachment; filename="danh-ba-2026-01-01.xlsx"'
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == ["Tổ chức", "Cán bộ", "Chức vụ", "Cơ quan – thành viên", "Thông tin"]
    event = AuditEvent.objects.get(verb="directory.exported")
    assert event.actor == clerk and "danh-ba-2026-01-01.xlsx" in event.to
    assert client.post(EXPORT, {"day": "x"}).status_code == 422


def test_empty_workbook_can_be_filled_in(client, clerk):
    answer = client.get(reverse("directory-import-blank"))
    book = load_workbook(io.BytesIO(answer.content))
    book["Cán bộ"].append(["C7", "Đỗ Quý Nhâm", 1980, "Có", "H1"])
    stream = io.BytesIO()
    book.save(stream)
    looked = upload(client, stream.getvalue())
    assert client.post(looked.url + "xac-nhan/").status_code == 302
    assert Official.objects.get(code="C7").managed_by.get().organization.code == "H1"


def test_long_plans_are_paged_and_chosen_by_outcome(client, clerk, django_assert_max_num_queries):
    heads = ["Mã", "Tên", "Loại", "Mã cấp trên", "Từ ngày"]
    rows = [[f"N{number}", f"<b>Chi bộ {number}", "Đảng bộ xã", "X1", "01/07/2025"] for number in range(230)]
    looked = upload(client, built(Tổ_chức=[heads, *rows]))
    with django_assert_max_num_queries(8):
        shown = page(client.get(looked.url))
    assert "Trang 1 trên 3" in shown and "&lt;b&gt;Chi bộ 0" in shown
    assert "Trang 3 trên 3" in page(client.get(looked.url + "?loai=them&trang=3"))
    assert "Không có dòng nào" in page(client.get(looked.url + "?loai=doi"))
    part = page(client.get(looked.url, headers={"HX-Request": "true", "HX-Request-Type": "partial"}))
    assert part.strip().startswith('<section id="dong"')


def test_start_page_says_what_will_happen_and_that_nothing_was_written(client, clerk):
    assert "Ghi tất cả hoặc không ghi gì" in page(client.get(START))
    assert "danh bạ không thay đổi" in page(client.get(START + "?da-bo=1"))
