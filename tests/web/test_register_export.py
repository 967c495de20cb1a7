"""Xuất: the campaign's register as it was sent, and the form in Word for whoever may read it."""

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.documents.registers import read_bytes
from dotpha.documents.registration.layout import code_of
from dotpha.documents.registration.sheet_reading import read_sheet
from dotpha.interfaces.web.register_export.export import EXCEL, WORD
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.composing import compose
from dotpha.rules.form.specification import default
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign(make_organization("Đảng bộ huyện Lạc Giang", make_organization("Đảng bộ tỉnh An Hà")))


@pytest.fixture
def commune(campaign):
    return make_organization("Đảng bộ xã Bằng Khê", campaign.organization)


@pytest.fixture
def road(campaign, commune):
    return make_task(make_registrant(campaign, commune), ROAD, state=TaskState.SUBMITTED)


@pytest.fixture
def person(campaign, commune, road):
    registrant = make_registrant(campaign, commune, make_official("Trịnh Thị Lụa"), post="Chủ tịch Mặt trận xã")
    return make_task(registrant, {"title": "Vận động 12 hộ", "supports": road.pk}, state=TaskState.SUBMITTED)


@pytest.fixture
def clerk(client, campaign):
    user = make_user((Function.CLERK, campaign.organization), first_name="Đinh Thị Sửu")
    client.force_login(user)
    return user


def address(campaign):
    return f"/dot-dang-ky/{campaign.pk}/xuat/"


def page(response):
    return response.content.decode()


def exported(client, campaign):
    response = client.post(address(campaign))
    assert response.status_code == 200 and response["Content-Type"] == EXCEL
    return b"".join(response.streaming_content)


def titles(data):
    return [each.title for each in read_bytes(data, "x.xlsx").registrations]


def test_exported_register_says_what_was_sent_and_reads_back_as_such(client, clerk, campaign, road, person):
    data = exported(client, campaign)
    collective, individual = read_bytes(data, "dang-ky.xlsx").registrations
    expected = compose(
        road.current.written, id=code_of(road.number), owner="Đảng bộ xã Bằng Khê", owner_type="organization",
        year=campaign.year,
    ).registration  # fmt: skip
    for name in ("id", "owner", "title", "description", "responsible", "responsibilities", "deadline", "deadline_iso",
                 "indicators"):  # fmt: skip
        assert getattr(collective, name) == getattr(expected, name)
    assert (individual.owner, individual.position, individual.owner_type) == (
        "Trịnh Thị Lụa", "Chủ tịch Mặt trận xã", "individual",
    )  # fmt: skip
    assert (individual.parent_id, individual.parent_title) == (code_of(road.number), road.title)
    sheet = load_workbook(io.BytesIO(data))["Tập thể"]
    assert sheet["E9"].value.split("\n")[0] == ROAD["description"], "each answer on a line of its own"
    assert [cell.value for cell in sheet[1]][0] == "ĐẢNG BỘ TỈNH AN HÀ"


def test_export_leaves_a_trace_and_looking_leaves_none(client, clerk, campaign, road):
    shown = page(client.get(address(campaign)))
    assert "<b>1</b> nhiệm vụ của tập thể" in shown and not AuditEvent.objects.filter(verb="register.exported").exists()
    exported(client, campaign)
    event = AuditEvent.objects.get(verb="register.exported")
    assert event.actor_id == clerk.pk and event.target_id == str(campaign.pk) and '"count": 1' in event.to


def test_drafts_and_what_was_given_up_are_never_exported(client, clerk, campaign, road):
    make_task(road.registrant, {"title": "Bản nháp"})
    given_up = make_task(road.registrant, {"title": "Đã bỏ"}, state=TaskState.SUBMITTED)
    BreakthroughTask.objects.filter(pk=given_up.pk).update(state=TaskState.DISCARDED)
    taken_back = make_task(road.registrant, {"title": "Bản đã gửi"}, state=TaskState.WITHDRAWN)
    content = taken_back.content | {"title": "Đang sửa lại"}
    BreakthroughTask.objects.filter(pk=taken_back.pk).update(title="Đang sửa lại", content=content)
    data = exported(client, campaign)
    assert sorted(titles(data)) == ["Bản đã gửi", road.title]
    states = [str(row[14].value) for row in load_workbook(io.BytesIO(data))["Tập thể"].iter_rows(min_row=9)]
    assert sorted(states) == ["Đã gửi", "Đã rút lại để sửa"]


def test_who_works_in_a_part_of_the_campaign_exports_that_part(client, campaign, commune, road):
    other = make_registrant(campaign, make_organization("Đảng bộ xã Đồng Vang", campaign.organization))
    make_task(other, {"title": "Việc của xã khác"}, state=TaskState.SUBMITTED)
    client.force_login(make_user((Function.CLERK, commune)))
    assert "Phạm vi: Đảng bộ xã Bằng Khê" in page(client.get(address(campaign)))
    data = exported(client, campaign)
    assert titles(data) == [road.title]
    assert "Phạm vi: Đảng bộ xã Bằng Khê" in load_workbook(io.BytesIO(data))["Tập thể"]["A6"].value


def test_who_registers_may_not_export_and_strangers_see_no_campaign(client, campaign, commune, road):
    client.force_login(make_user((Function.REGISTRANT, commune)))
    assert client.get(address(campaign)).status_code == 403
    assert client.post(address(campaign)).status_code == 403
    client.force_login(make_user((Function.CLERK, make_organization("Đảng bộ huyện bên"))))
    assert client.post(address(campaign)).status_code == 404
    assert not AuditEvent.objects.filter(verb="register.exported").exists()


def test_empty_campaign_says_what_will_be_here(client, clerk, campaign):
    shown = page(client.get(address(campaign)))
    assert "Chưa có nhiệm vụ nào đã gửi" in shown and "Tải danh sách Excel" not in shown
    assert (
        load_workbook(io.BytesIO(exported(client, campaign)))["Tập thể"]["A9"].value == "Chưa có nhiệm vụ nào đã gửi."
    )


def test_what_was_typed_is_never_a_formula(client, clerk, campaign, commune):
    make_task(make_registrant(campaign, commune), {"title": '=HYPERLINK("x")'}, state=TaskState.SUBMITTED)
    sheet = load_workbook(io.BytesIO(exported(client, campaign)))["Tập thể"]
    assert (sheet["D9"].value, sheet["D9"].data_type) == ('=HYPERLINK("x")', "s")


def test_many_tasks_cost_no_more_queries_than_one(client, clerk, campaign, road, person):
    def queries():
        with CaptureQueriesContext(connection) as one:
            exported(client, campaign)
        with CaptureQueriesContext(connection) as two:
            client.get(address(campaign))
        return len(one), len(two)

    client.get(address(campaign))  # the first page of a visit also notes the visit
    few = queries()
    for _ in range(4):
        make_task(road.registrant, ROAD, state=TaskState.SUBMITTED)
        make_task(person.registrant, {"title": "Việc", "supports": road.pk}, state=TaskState.SUBMITTED)
    assert queries() == few


# -- the form in Word ----------------------------------------------------------------------------------------


def words_of(response):
    assert response.status_code == 200 and response["Content-Type"] == WORD
    document = docx.Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


@pytest.mark.parametrize(
    ("query", "title"), [("", "tổ chức"), ("?cho=to-chuc", "tổ chức"), ("?cho=ca-nhan", "cá nhân")]
)
def test_blank_form_asks_in_the_campaigns_own_words(client, clerk, campaign, query, title):
    campaign.form[0]["fields"][0]["label"] = "Việc đột phá của năm"
    campaign.save(update_fields=["form"])
    said = words_of(client.get(f"/dot-dang-ky/{campaign.pk}/phieu/{query}"))
    assert "Việc đột phá của năm" in said and f"(dùng cho {title})" in said
    assert f"NĂM {campaign.year}" in said and "ĐẢNG BỘ HUYỆN LẠC GIANG" in said


def test_readers_get_the_version_that_was_sent_and_the_writer_the_draft(client, clerk, campaign, commune, road):
    content = road.content | {"title": "Bản đang sửa", "deadline": "30/6/2023"}
    BreakthroughTask.objects.filter(pk=road.pk).update(state=TaskState.WITHDRAWN, title="Bản đang sửa", content=content)
    sent = words_of(client.get(f"/nhiem-vu/{road.pk}/phieu.docx"))
    assert ROAD["title"] in sent and "Bản đang sửa" not in sent and "Phiên bản 1" in sent
    client.force_login(make_user((Function.REGISTRANT, commune)))
    own = words_of(client.get(f"/nhiem-vu/{road.pk}/phieu.docx"))
    assert "Bản đang sửa" in own and "chưa gửi" in own and code_of(road.number) in own


def test_form_of_a_task_reads_back_as_the_task(client, clerk, campaign, road, person):
    response = client.get(f"/nhiem-vu/{road.pk}/phieu.docx")
    reading = read_sheet(response.content, "phieu.docx", default(), "organization")
    assert reading.content == road.current.written and reading.remarks == ()
    response = client.get(f"/nhiem-vu/{person.pk}/phieu.docx")
    reading = read_sheet(response.content, "phieu.docx", default(), "individual")
    assert reading.parent == road.number and reading.content.parent_title == road.title


def test_form_leaves_out_nothing_that_was_sent_besides_what_is_asked(client, clerk, campaign, commune):
    registrant = make_registrant(campaign, commune, make_official("Trịnh Thị Lụa"))
    said = {"title": "Vận động", "responsible": "Đồng chí Lụa", "extra": {"extra.kinh-phi": "Ngân sách xã"}}
    task = make_task(registrant, said, state=TaskState.SUBMITTED)
    words = words_of(client.get(f"/nhiem-vu/{task.pk}/phieu.docx"))
    assert "Đồng chí Lụa" in words and "Ngân sách xã" in words and "Ghi thêm ngoài mẫu" in words


def test_draft_of_somebody_else_has_no_form(client, clerk, road):
    draft = make_task(road.registrant, {"title": "Bản nháp"})
    assert client.get(f"/nhiem-vu/{draft.pk}/phieu.docx").status_code == 404


def test_form_is_dated_as_party_papers_are(client, clerk, road, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 2))
    assert "ngày 02 tháng 11 năm 2026" in words_of(client.get(f"/nhiem-vu/{road.pk}/phieu.docx"))
