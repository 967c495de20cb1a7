"""Nhập sổ đăng ký: what the pages show, ask, refuse and write; all of it or nothing."""

import io
import json
import unicodedata
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dotpha.appraisal.models import NearDuplicate, ScreeningResult
from dotpha.appraisal.screening import screen_new
from dotpha.core.models import AuditEvent, Job, JobState
from dotpha.directory.models import Function
from dotpha.documents.registers.opening import read_bytes
from dotpha.interfaces.web.register_import import forms, work
from dotpha.registration.actions import imports
from dotpha.registration.models import BreakthroughTask, Campaign, RegisterImport, Registrant, TaskVersion
from dotpha.registration.models.imports import ImportState
from dotpha.registration.workflow import CampaignState, TaskState
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import ROAD as RICH
from tests.makers_registration import make_campaign, make_registrant, make_task, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # workbooks are written and read
KHE, LOC = "Đảng bộ xã Bằng Khê", "Đảng bộ xã Tân Lộc"
HEAD = ["TT", "Tổ chức, cá nhân", "Chức vụ", "Nhiệm vụ đột phá", "Nội dung", "Thời hạn", "Nhiệm vụ tập thể"]
ROAD = [1, KHE, "", "Hoàn thành 3,2 km đường trục xã", "Rải nhựa 3,2 km.", "31/12/2027", ""]
PIGS = [2, "Đảng ủy xã Tân Lộc", "", "Di dời 27 trang trại lợn", "Ra khỏi khu dân cư.", "quý IV/2027", ""]
DEPUTY = [3, "Nguyễn Mạnh Tường", "Phó Bí thư", "Đôn đốc nhà thầu", "Giao ban hằng tuần.", "31/12/2027", ROAD[3]]
STRANGER = [4, "Đảng bộ xã Bằng Khuê", "", "Trồng 5.000 cây quế", "Trồng quế.", "30/6/2027", ""]


@pytest.fixture(autouse=True)
def reading_in_this_process(monkeypatch):
    """A test of its own reads in a process apart, which costs a third of a second."""
    monkeypatch.setattr(work, "read_confined", lambda data, name, **limits: read_bytes(data, name))


@pytest.fixture
def campaign():
    today = timezone.localdate()
    district = make_organization("Đảng bộ huyện Lạc Giang")
    campaign = make_campaign(
        district, year=today.year, opens_on=today - timedelta(days=5), closes_on=today + timedelta(days=5)
    )
    khe, _ = (make_registrant(campaign, make_organization(name, district)) for name in (KHE, LOC))
    official = make_official("Nguyễn Mạnh Tường")
    make_registrant(campaign, khe.organization, official, post="Phó Bí thư Đảng ủy xã Bằng Khê")
    return campaign


@pytest.fixture
def clerk(campaign, client):
    user = make_user((Function.CLERK, campaign.organization), first_name="Lê Thị Hà")
    client.force_login(user)
    return user


@pytest.fixture
def upload(client, campaign, clerk, django_capture_on_commit_callbacks):
    """Hands a register in and follows the job to its end; gives the address of the plan."""

    def uploaded(*rows, data=None, name="so.xlsx"):
        if data is None:
            book, stream = openpyxl.Workbook(), io.BytesIO()
            for row in (["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2027"], HEAD, *rows):
                book.worksheets[0].append(row)
            book.save(stream)
            data = stream.getvalue()
        with django_capture_on_commit_callbacks(execute=True):
            taken = client.post(f"/dot-dang-ky/{campaign.pk}/nhap/", {"file": SimpleUploadedFile(name, data)})
        assert taken.status_code == 302, page(taken)
        return client.get(taken.url).url

    return uploaded


@pytest.fixture
def confirm(client, django_capture_on_commit_callbacks):
    def confirmed(address, **fields):
        fields.setdefault("version", RegisterImport.objects.get().version)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{address}xac-nhan/", fields)

    return confirmed


def page(response):
    return response.content.decode()


def choose(client, address, **choices):
    version = RegisterImport.objects.get().version
    return client.post(
        address, {"version": version, **{name.replace("__", "."): said for name, said in choices.items()}}
    )


def field_of_the_question():
    [question] = imports.plan_of(RegisterImport.objects.get()).questions
    return f"chon.{question.key}", question


def sent_of(title):
    """The version a task of this title stands with."""
    return TaskVersion.objects.get(current_of__title=title)


def counted():
    return [table.objects.count() for table in (BreakthroughTask, TaskVersion, ScreeningResult)]


def test_a_register_is_looked_at_confirmed_and_written_once(client, campaign, clerk, upload, confirm):
    address = upload(ROAD, PIGS, DEPUTY)
    shown = page(client.get(address))
    assert "Chưa ghi gì" in shown and "Ghi 3 nhiệm vụ vào đợt" in shown
    assert counted() == [0, 0, 0]

    job = confirm(address)
    done = client.get(client.get(job.url).url)
    assert "thêm 3 dòng" in page(done)
    assert counted() == [3, 3, 3]
    road, own = BreakthroughTask.objects.get(title=ROAD[3]), BreakthroughTask.objects.get(title=DEPUTY[3])
    assert (own.supports, sent_of(DEPUTY[3]).parent_title) == (road, ROAD[3])
    version = sent_of(ROAD[3])
    assert (road.state, road.number, version.number, road.is_late) == (TaskState.SUBMITTED, 1, 1, False)
    assert (version.submitted_by, version.submitted_name) == (clerk, "Lê Thị Hà")
    assert list(Registrant.objects.order_by("pk").values_list("submitted", flat=True)) == [1, 1, 1]

    again = confirm(address)
    assert again.status_code == 302 and counted() == [3, 3, 3]
    verbs = AuditEvent.objects.filter(verb__regex="^(task|register)").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["task.imported"] * 3 + ["register.imported"]
    waiting = RegisterImport.objects.get()
    assert (waiting.state, bytes(waiting.data), bytes(waiting.plan)) == (ImportState.DONE, b"", b"")


def test_the_same_register_again_changes_nothing(client, upload, confirm):
    confirm(upload(ROAD, PIGS, DEPUTY))
    RegisterImport.objects.all().delete()
    address = upload(ROAD, PIGS, DEPUTY)
    shown = page(client.get(address))
    assert "không có gì để ghi" in shown and "xac-nhan" not in shown
    assert confirm(address).status_code == 422
    assert counted() == [3, 3, 3]


def test_a_changed_row_is_a_second_version_screened_anew(client, upload, confirm):
    confirm(upload(ROAD, PIGS))
    RegisterImport.objects.all().delete()
    address = upload([*ROAD[:5], "30/6/2027", ""], PIGS)
    assert "<del>31/12/2027</del>" in page(client.get(f"{address}?loai=sua"))
    confirm(address)
    road = BreakthroughTask.objects.get(title=ROAD[3])
    version = sent_of(ROAD[3])
    assert (version.number, version.reason) == (2, "Nhập từ sổ so.xlsx")
    assert road.versions.get(number=1).content["deadline"] == "31/12/2027"
    assert list(road.screenings.order_by("pk").values_list("is_current", flat=True)) == [False, True]
    assert not NearDuplicate.objects.exists(), "a task is no neighbour of its own earlier version"
    assert AuditEvent.objects.filter(verb="task.imported_again").count() == 1


def test_a_doubt_blocks_until_somebody_chooses(client, upload, confirm):
    address = upload(ROAD, STRANGER)
    shown = page(client.get(address))
    assert "Còn <b>1 chỗ nghi vấn</b>" in shown and "xac-nhan" not in shown and "Dòng 4" not in shown
    assert "dòng 4" in shown
    assert confirm(address).status_code == 422 and counted() == [0, 0, 0]
    name, question = field_of_the_question()
    khe = Registrant.objects.get(name=KHE)
    assert question.options[0] == (str(khe.pk), KHE)
    assert choose(client, address, **{name: str(khe.pk)}).status_code == 302
    assert "đồng chí chọn" in page(client.get(f"{address}?loai=them"))
    confirm(address)
    assert khe.tasks.count() == 2


def test_a_doubtful_row_may_be_left_out_and_taken_back_in(client, upload, confirm):
    address = upload(ROAD, STRANGER)
    name, question = field_of_the_question()
    choose(client, address, **{name: "skip"})
    assert "Ghi 1 nhiệm vụ" in page(client.get(address))
    assert "Chọn lại" in page(client.get(f"{address}?loai=bo"))
    choose(client, address, **{"chon-lai": question.key})
    assert "1 chỗ nghi vấn" in page(client.get(address))


def test_the_second_window_overwrites_no_choice(client, upload):
    address = upload(ROAD, STRANGER)
    name, _ = field_of_the_question()
    stale = RegisterImport.objects.get().version
    choose(client, address, **{name: "skip"})
    answer = client.post(address, {"version": stale, name: ""})
    assert answer.status_code == 422 and "cửa sổ khác" in page(answer)
    assert "skip" in RegisterImport.objects.get().choices.values()


def test_what_nobody_asked_is_not_kept(client, upload):
    address = upload(ROAD, STRANGER)
    choose(client, address, **{"chon.x": "1", "chon.o": "2" * 9999, "bo-dong": "x99"})
    assert RegisterImport.objects.get().choices == {}


def test_more_rows_than_allowed_are_refused_and_all_left_out_by_one_button(client, upload, confirm):
    rows = [
        [n, KHE, "", f"Việc số {n} của xã về {word}", "", "", ""]
        for n, word in enumerate(["đường", "chợ", "rừng", "sông", "hồ"])
    ]
    address = upload(*rows)
    shown = page(client.get(f"{address}?loai=tu-choi"))
    assert "nhiều nhất 3" in shown and "Bỏ cả 2 dòng" in shown
    choose(client, address, **{"bo-tat-ca": "1"})
    confirm(address)
    assert counted() == [3, 3, 3]


def test_registrants_of_a_large_campaign_are_found_without_accents(client, campaign, upload):
    for number in range(70):
        make_registrant(
            campaign, make_organization(f"Chi bộ thôn {number} Mường Xia", campaign.organization),
            search_key=f" chi bo thon {number} muong xia",
        )  # fmt: skip
    address = upload(ROAD, STRANGER)
    name, _ = field_of_the_question()
    assert "Cả danh sách" not in page(client.get(address))
    moved = choose(client, address, **{name: "", "tim": "muong xia", "tim-ben": "1", "loai": "nghi-van"})
    found = page(client.get(moved.url))
    assert "Chi bộ thôn 0 Mường Xia" in found and "Đã đưa 30 bên" in found


def test_nothing_is_written_when_it_fails_in_the_middle(client, upload, confirm, monkeypatch):
    address = upload(ROAD, PIGS, DEPUTY)
    before = AuditEvent.objects.count()

    def broken(*rows, **told):
        raise RuntimeError("đứt giữa chừng")

    monkeypatch.setattr("dotpha.appraisal.actions.writing._write_pairs", broken)
    confirm(address)
    assert counted() == [0, 0, 0] and AuditEvent.objects.count() == before
    assert Registrant.objects.filter(submitted__gt=0).count() == 0
    failed = page(client.get(address))
    assert "phần mềm gặp lỗi" in failed.lower() and "Ghi 3 nhiệm vụ" in failed
    monkeypatch.undo()
    confirm(address)
    assert counted() == [3, 3, 3]


def test_a_change_before_the_job_runs_shows_the_new_plan_instead_of_writing(client, campaign, upload, confirm):
    address = upload(ROAD, PIGS)
    make_task(campaign.registrants.get(name=KHE), {"title": ROAD[3]}, state=TaskState.SUBMITTED, number=900)
    confirm(address)
    shown = page(client.get(address))
    assert "đã thay đổi sau khi đồng chí xem" in shown
    assert BreakthroughTask.objects.count() == 1
    confirm(address)
    assert BreakthroughTask.objects.count() == 2


def test_a_change_while_the_job_computes_shows_the_new_plan_too(client, campaign, upload, confirm, monkeypatch):
    address = upload(ROAD, PIGS)
    screen = screen_new

    def slowly(*rows, **told):
        make_task(campaign.registrants.get(name=LOC), number=900, state=TaskState.SUBMITTED)
        return screen(*rows, **told)

    monkeypatch.setattr(work, "screen_new", slowly)
    confirm(address)
    assert "đã thay đổi sau khi đồng chí xem" in page(client.get(address))
    assert TaskVersion.objects.count() == 1


def test_somebody_who_only_writes_a_draft_meanwhile_disturbs_nothing(client, campaign, upload, confirm, monkeypatch):
    address = upload(ROAD, PIGS)
    screen = screen_new

    def slowly(*rows, **told):
        make_task(campaign.registrants.get(name=LOC), {"title": "Việc khác hẳn"}, number=900)
        return screen(*rows, **told)

    monkeypatch.setattr(work, "screen_new", slowly)
    confirm(address)
    assert TaskVersion.objects.count() == 2


def test_drafts_begun_while_the_job_computes_leave_no_room_and_are_told(client, campaign, upload, confirm, monkeypatch):
    address = upload(ROAD, PIGS)
    screen, loc = screen_new, campaign.registrants.get(name=LOC)

    def slowly(*rows, **told):
        for number in range(loc.at_most):
            make_task(loc, {"title": f"Việc khác hẳn {number}"}, number=900 + number)
        return screen(*rows, **told)

    monkeypatch.setattr(work, "screen_new", slowly)
    confirm(address)
    assert TaskVersion.objects.count() == 0
    assert loc.tasks.count() == loc.at_most
    shown = page(client.get(address))
    assert "đã thay đổi sau khi đồng chí xem" in shown
    assert f"nhiều nhất {loc.at_most} nhiệm vụ" in shown


def test_what_came_in_time_stays_in_time_when_a_register_says_it_again_late(campaign, upload, confirm):
    confirm(upload(ROAD))
    RegisterImport.objects.all().delete()
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    confirm(upload([*ROAD[:5], "30/6/2027", ""], PIGS))
    assert (sent_of(ROAD[3]).number, sent_of(ROAD[3]).is_late) == (2, True)
    assert dict(BreakthroughTask.objects.values_list("title", "is_late")) == {ROAD[3]: False, PIGS[3]: True}
    assert dict(Registrant.objects.filter(submitted=1).values_list("name", "late")) == {KHE: 0, LOC: 1}


def test_a_task_sent_again_at_the_last_moment_is_not_written_over(client, campaign, upload, confirm, monkeypatch):
    confirm(upload(ROAD))
    RegisterImport.objects.all().delete()
    address = upload([*ROAD[:5], "30/6/2027", ""])
    for place in (imports, work):  # as if it had been asked a moment before
        monkeypatch.setattr(place, "state_of", lambda campaign: "")

    def meanwhile(*rows, **told):
        make_version(BreakthroughTask.objects.get())
        return []

    monkeypatch.setattr(work, "screen_new", meanwhile)
    confirm(address)
    assert "đã thay đổi sau khi đồng chí xem" in page(client.get(address))
    assert TaskVersion.objects.count() == 2


def test_two_confirmations_write_once(client, upload, confirm, django_capture_on_commit_callbacks):
    address = upload(ROAD, PIGS)
    version = RegisterImport.objects.get().version
    with django_capture_on_commit_callbacks() as waiting:
        first = client.post(f"{address}xac-nhan/", {"version": version})
        second = client.post(f"{address}xac-nhan/", {"version": version})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "đang ghi" in page(second)
    for callback in waiting:
        callback()
    assert counted() == [2, 2, 2]


def test_an_import_whose_job_was_stopped_may_be_confirmed_again(client, upload, confirm):
    address = upload(ROAD)
    client.post(f"{address}xac-nhan/", {"version": RegisterImport.objects.get().version})
    Job.objects.filter(state=JobState.WAITING).update(state=JobState.STOPPED, finished_at=timezone.now())
    assert "dừng giữa chừng" in page(client.get(address))
    confirm(address)
    assert counted() == [1, 1, 1]


def test_a_plan_given_up_is_gone(client, campaign, upload):
    address = upload(ROAD)
    assert "đang làm dở" in page(client.get(f"/dot-dang-ky/{campaign.pk}/nhap/"))
    assert client.post(f"{address}bo/").url == f"/dot-dang-ky/{campaign.pk}/nhap/?da-bo=1"
    assert client.get(address).status_code == 404 and not RegisterImport.objects.exists()


def test_another_persons_import_and_one_that_is_over_are_not_there(client, campaign, clerk, upload):
    address = upload(ROAD)
    client.force_login(make_user((Function.CLERK, campaign.organization)))
    for place in (address, f"{address}xac-nhan/", f"{address}bo/"):
        assert client.post(place).status_code == 404
    assert client.get(address).status_code == 404
    client.force_login(clerk)
    RegisterImport.objects.update(expires_at=timezone.now())
    assert client.get(address).status_code == 404


def test_who_lost_the_function_meanwhile_writes_nothing(client, clerk, upload, django_capture_on_commit_callbacks):
    address = upload(ROAD)
    with django_capture_on_commit_callbacks() as waiting:
        client.post(f"{address}xac-nhan/", {"version": RegisterImport.objects.get().version})
    clerk.grants.update(valid_until=timezone.localdate())
    for callback in waiting:
        callback()
    assert counted() == [0, 0, 0]
    assert "không có quyền" in Job.objects.get(kind="registration.import").failure


def test_the_committee_below_may_not_import_into_the_campaign_above(client, campaign):
    commune = campaign.registrants.get(name=KHE).organization
    client.force_login(make_user((Function.CLERK, commune)))
    assert client.get(f"/dot-dang-ky/{campaign.pk}/nhap/").status_code == 403


@pytest.mark.parametrize("state", [state for state in CampaignState if state not in imports.IMPORTING])
def test_a_campaign_that_takes_none_says_so(client, campaign, clerk, state):
    campaign.state = state
    campaign.save(update_fields=["state"])
    address = f"/dot-dang-ky/{campaign.pk}/nhap/"
    assert "không nhập sổ được" in page(client.get(address))
    answer = client.post(address, {"file": SimpleUploadedFile("so.xlsx", b"PK")})
    assert answer.status_code == 422 and not RegisterImport.objects.exists()


def test_a_register_that_comes_late_is_taken_and_marked_late(campaign, upload, confirm):
    campaign.state, campaign.closes_on = CampaignState.CLOSED, timezone.localdate() - timedelta(days=1)
    campaign.save(update_fields=["state", "closes_on"])
    confirm(upload(ROAD))
    assert BreakthroughTask.objects.get().is_late


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7", "so.pdf", "là PDF"),
        (b"PK\x03\x04", "so.xlsx", "bị hỏng"),
        (b"ten,ma\n1,2\n", "so.csv", "không có bảng"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(client, upload, data, name, said):
    address = upload(data=data, name=name)
    assert said in page(client.get(address)) and "Chọn tệp khác" in page(client.get(address))
    assert bytes(RegisterImport.objects.get().data) == b""


def test_a_hostile_file_ends_its_own_process_only(client, campaign, upload, monkeypatch):
    monkeypatch.undo()  # read apart, as it runs
    bomb = b'{"title": "' + b"x" * 1000
    assert "Chọn tệp khác" in page(client.get(upload(data=bomb, name="so.jsonl")))
    RegisterImport.objects.all().delete()
    assert "Ghi 1 nhiệm vụ" in page(client.get(upload(ROAD)))


def test_whatever_a_line_of_json_holds_is_read_and_shown_safely(client, upload, confirm):
    line = {
        "owner": f"{KHE}\ud800", "title": "Việc\x00 một\ud800", "description": "a\u202eb",
        "source": {"row": {"a": ["<b>"] * 99}, "sheet": "s\ud800" * 99, "other": ["x"]},
        "indicators": [{"name": "\ud800", "baseline": float("nan"), "target": 1e999}],
    }  # fmt: skip
    address = upload(data=json.dumps(line).encode(), name="so.jsonl")
    assert "Ghi 1 nhiệm vụ" in page(client.get(address))
    confirm(address)
    assert TaskVersion.objects.get().title == "Việc một"


def test_too_many_tasks_missing_and_large_files_are_told(client, campaign, clerk, upload, monkeypatch):
    address = f"/dot-dang-ky/{campaign.pk}/nhap/"
    assert forms.NO_FILE in page(client.post(address, {}))
    assert forms.EMPTY in page(client.post(address, {"file": SimpleUploadedFile("so.xlsx", b"")}))
    monkeypatch.setattr(work, "ROWS", 1)
    assert "nhiều hơn mức 1" in page(client.get(upload(ROAD, PIGS)))
    monkeypatch.setattr(forms, "FILE_MB", 0)
    assert "Tệp lớn hơn" in page(client.post(address, {"file": SimpleUploadedFile("so.xlsx", b"PK")}))


def test_text_is_kept_as_typed_and_shown_safely(client, upload, confirm):
    title = unicodedata.normalize("NFD", "Đường <b>trục</b> xã 🚜") + "​"
    address = upload([1, unicodedata.normalize("NFD", KHE), "", title, "x" * 9000, "", ""])
    assert "&lt;b&gt;" in page(client.get(address))
    confirm(address)
    version = TaskVersion.objects.get()
    assert version.title == "Đường <b>trục</b> xã 🚜" and len(version.written.description) == 9000


@pytest.mark.parametrize("rows", [2, 230])
def test_plans_of_any_length_are_paged_and_cost_the_same(client, upload, rows, django_assert_num_queries):
    Registrant.objects.update(at_most=500)
    address = upload(*([n, KHE, "", f"Việc số {n} của xã Bằng Khê năm nay", "", "", ""] for n in range(rows)))
    client.get(address)
    with django_assert_num_queries(8):
        shown = page(client.get(address))
    assert ("Trang 1 trên 3" in shown) is (rows > 200)
    assert "Không có dòng nào" in page(client.get(f"{address}?loai=sua&trang=7"))


def test_a_plan_shows_where_the_reader_was_not_sure(client, upload):
    address = upload([*ROAD[:5], "31/02/2027", ""], PIGS)
    assert "31/02/2027" in page(client.get(address)) and "cần xem lại (1)" in page(client.get(address))


def test_what_was_exported_is_imported_unchanged(client, campaign, clerk, upload):
    khe, person = campaign.registrants.get(name=KHE), campaign.registrants.get(official__isnull=False)
    story = {"leap": "Từ 22 % lên 100 %.\nMột năm.", "milestones": [["quý II", "xong nền"]], "extra": {}}
    road = make_task(khe, RICH | story, state=TaskState.SUBMITTED)
    own = {"title": "Đôn đốc nhà thầu", "description": "=1+1 giao ban", "supports": road.pk, "duty": "Họp"}
    make_task(person, own, state=TaskState.SUBMITTED)
    book = b"".join(client.post(f"/dot-dang-ky/{campaign.pk}/xuat/").streaming_content)
    shown = page(client.get(upload(data=book)))
    assert "không có gì để ghi" in shown, imports.plan_of(RegisterImport.objects.get()).lines
