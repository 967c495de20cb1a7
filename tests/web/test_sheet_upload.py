"""Nạp phiếu: what a filled form says is shown beside the draft, and written only when confirmed."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dotpha.directory.models import Function
from dotpha.documents.registers import Unreadable
from dotpha.documents.registration.confined_sheet import read_sheet_confined
from dotpha.documents.registration.outgoing import blank_sheet, sheet_of
from dotpha.documents.registration.sheet_reading import read_sheet
from dotpha.documents.registration.word import Sheet, write
from dotpha.interfaces.web.register_export import upload
from dotpha.registration.actions import save_draft
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.content import Content
from dotpha.rules.form.specification import default
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # Word documents are written and read
DRAFT = {"title": "Dẹp chợ cóc", "description": "Di dời 42 hộ.\n\nDứt điểm.", "deadline": "30/6/2027"}


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """Without the process of its own, whose start would cost every test half a second."""
    monkeypatch.setattr(upload, "read_sheet_confined", read_sheet)


@pytest.fixture
def registrant():
    today = timezone.localdate()
    campaign = make_campaign(opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9), year=today.year)
    return make_registrant(campaign)


@pytest.fixture
def secretary(registrant, client):
    user = make_user((Function.REGISTRANT, registrant.organization), first_name="Hoàng Văn Thịnh")
    client.force_login(user)
    return user


@pytest.fixture
def task(registrant):
    return make_task(registrant, DRAFT)


def form(content, owner_type="organization", **fields):
    stream = io.BytesIO()
    write(stream, Sheet(default(), owner_type, 2027, content=Content.from_json(content), **fields))
    return stream.getvalue()


def of(task):
    """The task's own form, as it is downloaded."""
    stream = io.BytesIO()
    write(stream, sheet_of(task, is_own=True, parent=(None, ""), today=timezone.localdate()))
    return stream.getvalue()


def address(task):
    return f"/nhiem-vu/{task.pk}/nap-phieu/"


def sent(client, where, data, name="phieu.docx"):
    return client.post(where, {"file": SimpleUploadedFile(name, data)})


def page(response):
    return response.content.decode()


def confirmation(response):
    """What the page asks to be confirmed with."""
    found = re.findall(r'<input type="hidden" name="(content|version)" value="([^"]*)"', page(response))
    return dict(found)


def test_form_is_looked_at_and_written_only_when_confirmed(client, secretary, task):
    looked = sent(client, address(task), form(ROAD | {"title": "Hoàn thành đường trục xã"}))
    shown = page(looked)
    assert looked.status_code == 200 and "Chưa ghi gì cho đến khi đồng chí xác nhận" in shown
    assert "Dẹp chợ cóc" in shown and "Hoàn thành đường trục xã" in shown and "+ ghi mới" in shown and "≠ thay" in shown
    task.refresh_from_db()
    assert task.title == "Dẹp chợ cóc"

    done = client.post(address(task), confirmation(looked))
    assert (done.status_code, done.url) == (302, f"/nhiem-vu/{task.pk}/soan/")
    task.refresh_from_db()
    assert task.written == Content.from_json(ROAD | {"title": "Hoàn thành đường trục xã"})
    assert task.state == TaskState.DRAFT and task.changed_by == secretary


def test_what_the_form_leaves_blank_stays_in_the_draft(client, secretary, task):
    looked = sent(client, address(task), form({"title": "Dẹp chợ cóc", "products": "Một chợ mới"}))
    assert "Giữ nguyên như bản nháp:</b> Tên nhiệm vụ đột phá; Nội dung, giải pháp chủ yếu; Thời hạn" in page(looked)
    client.post(address(task), confirmation(looked))
    task.refresh_from_db()
    assert task.written == Content.from_json(DRAFT | {"products": "Một chợ mới"})


def test_own_form_unchanged_has_nothing_to_write(client, secretary, task):
    answer = sent(client, address(task), of(task))
    assert "không có gì khác bản nháp" in page(answer) and confirmation(answer) == {}


def test_somebody_who_saved_meanwhile_is_not_overwritten_unseen(client, secretary, task):
    looked = sent(client, address(task), form({"title": "Việc trong phiếu"}))
    written = Content.from_json(DRAFT | {"deadline": "31/12/2027"})
    save_draft(task=task, version=task.version, content=written, by=secretary, at=timezone.now())
    answer = client.post(address(task), confirmation(looked))
    assert answer.status_code == 409 and "đã được Hoàng Văn Thịnh lưu" in page(answer)
    assert "Việc trong phiếu" in page(answer), "what was read is still there"

    client.post(address(task), confirmation(answer))
    task.refresh_from_db()
    assert (task.written.title, task.written.deadline) == ("Việc trong phiếu", "31/12/2027")


def test_what_was_read_of_one_form_is_not_written_into_another_draft(client, secretary, task, registrant):
    looked = sent(client, address(task), form({"title": "Việc trong phiếu"}))
    other = make_task(registrant, {"title": "Việc khác"})
    answer = client.post(address(other), confirmation(looked))
    assert answer.status_code == 422 and "Đồng chí chọn lại tệp phiếu" in page(answer)
    assert client.post(address(task), {"content": "tự chế", "version": task.version}).status_code == 422
    assert set(BreakthroughTask.objects.values_list("title", flat=True)) == {"Dẹp chợ cóc", "Việc khác"}


def test_form_of_somebody_else_is_told(client, secretary, task):
    answer = page(sent(client, address(task), form({"title": "Việc"}, owner="Đảng bộ xã Đồng Vang", code="DK-9999")))
    assert "Phiếu ghi “Đảng bộ xã Đồng Vang”, còn bên đăng ký ở đây là" in answer and "Phiếu mang mã DK-9999" in answer


def test_collective_task_is_known_by_its_code_and_told_where_there_is_none(client, registrant):
    road = make_task(registrant, {"title": "Đường trục xã"}, state=TaskState.SUBMITTED)
    user = make_user(first_name="Trịnh Thị Lụa")
    official = make_official("Trịnh Thị Lụa", user=user)
    own = make_task(make_registrant(registrant.campaign, registrant.organization, official), {"title": "Vận động"})
    client.force_login(user)
    looked = sent(client, address(own), form({}, "individual", parent=f"DK-{road.number:04}: Đường trục xã"))
    client.post(address(own), confirmation(looked))
    own.refresh_from_db()
    assert own.supports == road and own.written.parent_title == ""

    answer = page(sent(client, address(own), form({}, "individual", parent="DK-9999: Không có")))
    assert "không có nhiệm vụ tập thể mã DK-9999" in answer
    answer = page(sent(client, address(own), form({}, "individual", parent="Đường liên thôn")))
    assert "bản nháp giữ nhiệm vụ đã chọn" in answer


def test_marks_in_a_form_are_shown_as_text(client, secretary, task):
    answer = page(sent(client, address(task), form({"title": "<script>alert(1)</script>", "duty": "<b>đậm</b>"})))
    assert (
        "&lt;script&gt;alert(1)&lt;/script&gt;" in answer and "<script>alert" not in answer and "<b>đậm" not in answer
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK\x03\x04 h\xe1\xbb\x8fng", "bị hỏng"), (b"%PDF-1.7", "PDF"), (b"", "Tệp trống"), (None, "chưa chọn tệp")],
)
def test_what_cannot_be_read_is_refused_in_words_and_changes_nothing(client, secretary, task, data, words):
    answer = client.post(address(task)) if data is None else sent(client, address(task), data)
    assert answer.status_code == 422 and words in page(answer) and "Bản nháp không thay đổi" in page(answer)
    assert BreakthroughTask.objects.get().version == task.version


def test_file_too_large_is_refused(client, secretary, task, monkeypatch):
    monkeypatch.setattr("dotpha.interfaces.web.register_export.forms.MAX_MB", 0)
    assert sent(client, address(task), form({})).status_code == 422


def test_form_longer_than_a_sheet_may_be_is_refused(client, secretary, task):
    answer = sent(client, address(task), form({"description": "dài " * 30_000}))
    assert answer.status_code == 422 and "Phiếu này dài khoảng 120 nghìn chữ cái" in page(answer)


def test_form_goes_only_into_ones_own_draft(client, registrant, task):
    client.force_login(make_user((Function.CLERK, registrant.campaign.organization)))
    assert client.get(address(task)).status_code == 404
    assert client.post(address(task), {"content": "x"}).status_code == 404


def test_what_was_sent_is_not_written_into(client, secretary, registrant):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    assert client.get(address(task)).url == f"/nhiem-vu/{task.pk}/"
    answer = client.post(address(task), {"content": "x"})
    assert answer.status_code == 302 and BreakthroughTask.objects.get().state == TaskState.SUBMITTED


# -- a task that begins with a form --------------------------------------------------------------------------


def begins(registrant):
    return f"/nhiem-vu/lap/tu-phieu/{registrant.pk}/"


def test_task_begins_with_a_filled_form(client, secretary, registrant):
    assert "Tải phiếu trống" in page(client.get(begins(registrant)))
    looked = sent(client, begins(registrant), form(ROAD))
    assert looked.status_code == 200 and not BreakthroughTask.objects.exists(), "nothing begins before it is confirmed"
    done = client.post(begins(registrant), confirmation(looked))
    task = BreakthroughTask.objects.get()
    assert done.url == f"/nhiem-vu/{task.pk}/soan/"
    assert task.written == Content.from_json(ROAD) and task.registrant == registrant


def test_blank_form_begins_nothing(client, secretary, registrant):
    stream = io.BytesIO()
    write(stream, blank_sheet(registrant.campaign, "organization"))
    answer = sent(client, begins(registrant), stream.getvalue())
    assert "Phiếu chưa ghi mục nào" in page(answer) and confirmation(answer) == {}


def test_who_has_as_many_tasks_as_allowed_is_told_before_choosing_a_file(client, secretary, registrant):
    for _ in range(registrant.at_most):
        make_task(registrant)
    answer = client.get(begins(registrant))
    assert answer.status_code == 422 and "nhiều nhất 3 nhiệm vụ" in page(answer) and "Đọc phiếu" not in page(answer)


def test_nobody_begins_in_anothers_name(client, registrant):
    other = make_organization("Đảng bộ xã Đồng Vang", registrant.campaign.organization)
    client.force_login(make_user((Function.REGISTRANT, other)))
    assert client.get(begins(registrant)).status_code == 404


def test_limits_of_the_reading_process_are_told(client, secretary, task, monkeypatch):
    def ended(*_):
        raise Unreadable("máy chủ đã dừng lại")

    monkeypatch.setattr(upload, "read_sheet_confined", ended)
    answer = sent(client, address(task), form({}))
    assert answer.status_code == 422 and "máy chủ đã dừng lại" in page(answer)


def test_form_is_read_by_a_process_of_its_own(client, secretary, task, monkeypatch):
    monkeypatch.setattr(upload, "read_sheet_confined", read_sheet_confined)
    assert "Việc trong phiếu" in page(sent(client, address(task), form({"title": "Việc trong phiếu"})))
