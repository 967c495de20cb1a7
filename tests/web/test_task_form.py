"""The form of a task: what is typed is kept, what is refused is told, two windows never overwrite each other."""

import itertools
import re
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dotpha.appraisal.models import ScreeningResult
from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import CampaignState, TaskState
from tests.makers_directory import make_official, make_organization, make_position, make_tenure, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db
FETCH = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def registrant(today):
    return make_registrant(open_campaign(today))


@pytest.fixture
def secretary(registrant, client):
    user = make_user((Function.REGISTRANT, registrant.organization), first_name="Hoàng Văn Thịnh")
    client.force_login(user)
    return user


def open_campaign(today, **fields):
    days = {"year": today.year, "opens_on": today - timedelta(days=9), "closes_on": today + timedelta(days=9)}
    return make_campaign(**days | fields)


def address(task, verb="soan"):
    return f"/nhiem-vu/{task.pk}/{verb}/"


def sent_form(content, **more):
    """What a browser sends for such a content."""
    form = {name: value for name, value in content.items() if isinstance(value, str)}
    form["grounds"] = content.get("grounds", [])
    form["milestones-by"], form["milestones-what"] = split(content.get("milestones", []))
    form["coordinators-who"], form["coordinators-what"] = split(content.get("coordinators", []))
    for number, row in enumerate(content.get("indicators", [])):
        form |= {f"indicators-{number}-{name}": value for name, value in row.items() if name != "history"}
        form[f"indicators-{number}-period"], form[f"indicators-{number}-value"] = split(row.get("history", []))
    return form | more


def split(pairs):
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def page_of(response):
    return response.content.decode()


# Beginning


def test_who_registers_for_one_begins_at_once_and_writes(client, secretary, registrant):
    page = page_of(client.get("/nhiem-vu/lap/"))
    assert registrant.name in page
    assert 'name="ben"' in page
    response = client.post("/nhiem-vu/lap/", {"ben": registrant.pk, "earlier": ""})
    task = BreakthroughTask.objects.get()
    assert response.headers["Location"] == address(task)
    assert task.registrant == registrant


def test_who_registers_for_several_chooses_among_those_with_room(client, secretary, registrant):
    chosen = make_registrant(registrant.campaign, make_organization("Chi bộ thôn Thượng", registrant.organization))
    full = make_registrant(registrant.campaign, make_organization("Chi bộ thôn Hạ", registrant.organization), at_most=1)
    make_task(full)
    page = page_of(client.get("/nhiem-vu/lap/", {"dot": registrant.campaign.pk}))
    assert f"ben={chosen.pk}" in page
    assert f"ben={full.pk}" not in page
    assert page.index(f"ben={registrant.pk}") < page.index(f"ben={chosen.pk}"), (
        "one's own organization, then those below"
    )
    full_page = page_of(client.get("/nhiem-vu/lap/", {"ben": full.pk}))
    assert "nhiều nhất 1 nhiệm vụ" in full_page
    assert '<form class="card' not in full_page


def test_who_registers_for_nobody_is_told_why(client, registrant):
    client.force_login(make_user())
    response = client.get("/nhiem-vu/lap/")
    assert response.status_code == 200
    assert "chưa có bên nào" in page_of(response)


def test_who_has_sent_all_that_may_be_is_told_so(client, secretary, registrant):
    for _ in range(registrant.at_most):
        make_task(registrant)
    page = page_of(client.get("/nhiem-vu/lap/"))
    assert f"đã đủ {registrant.at_most} nhiệm vụ" in page
    assert "chưa được phân công" not in page


def test_nobody_begins_in_anothers_name(client, secretary, registrant):
    stranger = make_registrant(registrant.campaign, make_organization("Đảng bộ xã khác"))
    for send in (client.get, client.post):
        assert send("/nhiem-vu/lap/", {"ben": stranger.pk}).status_code == 404
    assert not BreakthroughTask.objects.exists()


def test_a_closed_campaign_is_told_and_writes_nothing(client, secretary, today):
    campaign = open_campaign(today, state=CampaignState.CLOSED, title="Đợt đã đóng")
    closed = make_registrant(campaign, secretary.grants.get().organization)
    response = client.post("/nhiem-vu/lap/", {"ben": closed.pk})
    assert response.status_code == 422
    assert "thôi nhận đăng ký" in page_of(response)
    assert not BreakthroughTask.objects.exists()


@pytest.mark.slow
def test_last_years_task_is_copied_and_the_form_marks_what_is_unchanged(client, secretary, registrant, today):
    before = make_registrant(
        make_campaign(registrant.campaign.organization, year=today.year - 1), registrant.organization
    )
    earlier = make_task(before, ROAD, state=TaskState.SUBMITTED)
    assert ROAD["title"] in page_of(client.get("/nhiem-vu/lap/"))
    client.post("/nhiem-vu/lap/", {"ben": registrant.pk, "earlier": earlier.pk})
    copy = BreakthroughTask.objects.get(copied_from=earlier)
    page = page_of(client.get(address(copy)))
    assert f"năm {today.year - 1}" in page
    unchanged = page.count("Giống năm trước</span>")
    assert unchanged > 5
    client.post(address(copy), sent_form(ROAD, title="Tên mới", version=copy.version))
    assert page_of(client.get(address(copy))).count("Giống năm trước</span>") == unchanged - 1


def test_a_strangers_earlier_task_is_not_copied(client, secretary, registrant, today):
    elsewhere = make_registrant(make_campaign(make_organization("Nơi khác"), year=today.year - 1))
    hidden = make_task(elsewhere, ROAD, state=TaskState.SUBMITTED)
    assert client.post("/nhiem-vu/lap/", {"ben": registrant.pk, "earlier": hidden.pk}).status_code == 404
    assert not BreakthroughTask.objects.filter(registrant=registrant).exists()


# Writing


@pytest.mark.slow
def test_the_form_asks_what_the_campaign_asks(client, secretary, registrant):
    task = make_task(registrant)
    page = page_of(client.get(address(task)))
    for label in ("Tên nhiệm vụ đột phá", "Lý do là đột phá", "Hiện trạng", "Mốc tiến độ", "Người chủ trì"):
        assert label in page
    assert "Phục vụ nhiệm vụ nào của tập thể" not in page, "asked of individuals only"
    form = registrant.campaign.form
    form[0]["fields"][0]["label"] = "Việc đột phá năm nay"
    form[0]["fields"].append({"name": "extra.von", "label": "Nguồn vốn", "kind": "text", "need": "optional"})
    registrant.campaign.save(update_fields=["form"])
    page = page_of(client.get(address(task)))
    assert "Việc đột phá năm nay" in page
    client.post(address(task), {"title": "Đường", "extra.von": "ngân sách xã", "version": task.version})
    task.refresh_from_db()
    assert task.written.extra == {"extra.von": "ngân sách xã"}
    assert "ngân sách xã" in page_of(client.get(address(task)))


def test_everything_typed_is_saved_and_comes_back(client, secretary, registrant):
    task = make_task(registrant, {"title": "", "description": ""})
    said = ROAD | {
        "grounds": ["leap", "resolves_long_standing"], "since": "từ năm 2015", "milestones": [["quý II", "xong nền"]],
    }  # fmt: skip
    response = client.post(address(task), sent_form(said, version=task.version, save="1"), follow=True)
    assert "Đã lưu nháp lúc" in page_of(response)
    task.refresh_from_db()
    assert task.written == task.written.from_json(said)
    for words in ("quý II", "xong nền", "31/12/2021", "từ năm 2015", "giám sát cộng đồng"):
        assert words in page_of(response)


def test_what_the_form_does_not_ask_is_kept(client, secretary, registrant):
    task = make_task(registrant, {"parent_title": "Nghị quyết 05", "title": "Cũ"})
    client.post(address(task), {"title": "Mới", "version": task.version})
    task.refresh_from_db()
    assert (task.written.title, task.written.parent_title) == ("Mới", "Nghị quyết 05")


WORD = (
    "<p class=MsoNormal>Dời 42 hộ</p>\u000b• một\t\u00a0hai\r\nba\x00\x02 “ngoặc” \u2013 gạch"
    " <script>alert(1)</script> \u202eđảo\ufeff 😀"
)


def test_pasted_word_text_is_stored_composed_and_shown_as_text(client, secretary, registrant):
    task = make_task(registrant)
    decomposed = normalize("NFD", WORD)
    response = client.post(
        address(task), {"title": decomposed, "description": decomposed, "version": task.version}, follow=True
    )
    task.refresh_from_db()
    stored = task.written.description
    assert stored == normalize("NFC", stored)
    assert "<p class=MsoNormal>Dời 42 hộ</p>\n• một\t\u00a0hai\nba “ngoặc” – gạch" in stored
    assert "\x00" not in stored
    page = page_of(response)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.slow
def test_a_sheet_nobody_would_read_is_refused_and_kept_on_the_page(client, secretary, registrant):
    task = make_task(registrant)
    flood = "Tăng cường công tác. " * 6_000
    response = client.post(address(task), {"title": "Đường", "description": flood, "version": task.version})
    assert response.status_code == 422
    assert "nghìn chữ cái nên chưa lưu được" in page_of(response)
    assert flood.strip() in page_of(response)
    task.refresh_from_db()
    assert task.version == 1


def test_a_field_longer_than_asked_is_saved_and_told_beside_it(client, secretary, registrant):
    task = make_task(registrant)
    typed = {"title": "Đường " * 120, "description": "Đường " * 1400, "version": task.version}
    response = client.post(address(task), typed, **FETCH)
    assert response.status_code == 200
    for most, page in itertools.product(("500", "8.000"), (response, client.get(address(task)))):
        assert f"Dài quá {most} ký tự (kể cả dấu cách)" in page_of(page)


def test_a_figure_that_cannot_be_read_stays_as_typed_and_is_told(client, secretary, registrant):
    task = make_task(registrant)
    row = {"indicators-0-name": "Tỷ lệ", "indicators-0-baseline": "bảy mươi", "indicators-0-target": "100"}
    row |= {"indicators-0-baseline_on": "31/02/2022", "deadline": "32/13/2022"}
    response = client.post(address(task), row | {"title": "Đường", "version": task.version}, **FETCH)
    for told in ("“bảy mươi” chưa đọc được thành số", "“31/02/2022” chưa đọc được", "“32/13/2022” chưa đọc được"):
        assert told in page_of(response)
    task.refresh_from_db()
    assert task.written.indicators[0].baseline == "bảy mươi"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["milestones", "coordinators", "indicators"])
def test_a_row_more_without_script(client, secretary, registrant, name):
    task = make_task(registrant, ROAD | {"milestones": [["quý II", "xong nền"]]})
    first = {"milestones": "-by", "coordinators": "-who"}.get(name)
    marks = rf'name="{name}{first}"' if first else r'name="indicators-\d+-name"'
    before = len(re.findall(marks, page_of(client.get(address(task)))))
    said = sent_form(ROAD | {"milestones": [["quý II", "xong nền"]]}, version=task.version, more=name)
    response = client.post(address(task), said)
    assert response.headers["Location"] == f"{address(task)}?them={name}#muc-{name}"
    assert len(re.findall(marks, page_of(client.get(response.headers["Location"])))) == before + 1


def test_a_row_less_without_script(client, secretary, registrant):
    two = ROAD | {"indicators": [*ROAD["indicators"], {"name": "Số hộ", "target": "12"}]}
    task = make_task(registrant, two)
    client.post(address(task), sent_form(two, version=task.version, drop="indicators-0"))
    task.refresh_from_db()
    assert [row.name for row in task.written.indicators] == ["Số hộ"]
    client.post(address(task), sent_form(two, version=task.version, drop="coordinators-0"))
    task.refresh_from_db()
    assert [each.who for each in task.written.coordinators] == ["Mặt trận xã"]


def test_one_period_more_without_script(client, secretary, registrant):
    task = make_task(registrant, ROAD)
    client.post(address(task), sent_form(ROAD, version=task.version, more="history-0"))
    page = page_of(client.get(address(task), {"them": "history-0"}))
    assert page.count('name="indicators-0-period"') == len(ROAD["indicators"][0]["history"]) + 1


def test_who_leads_is_offered_from_those_in_post_today(client, secretary, registrant):
    leader = make_official("Trịnh Thị Lụa")
    make_tenure(leader, registrant.organization, make_position("Bí thư"))
    make_tenure(make_official("Người Cũ"), registrant.organization, make_position("Chủ tịch"),
                valid_until=date(2021, 1, 1))  # fmt: skip
    page = page_of(client.get(address(make_task(registrant))))
    assert '<option value="Đồng chí Trịnh Thị Lụa, Bí thư Đảng ủy xã Bằng Khê">' in page
    assert "Người Cũ" not in page


# Advice


@pytest.fixture
def road(secretary, registrant):
    registrant.campaign.year, registrant.campaign.data_day = 2022, date(2022, 1, 26)
    registrant.campaign.save(update_fields=["year", "data_day"])
    return make_task(registrant, {"title": "", "description": ""})


def test_the_road_is_told_beside_its_target_that_it_will_be_done_in_june_by_itself(client, road):
    response = client.post(address(road), sent_form(ROAD, version=road.version), **FETCH)
    page = page_of(response)
    beside = page.partition('id="goi-y-indicators-0"')[2].partition('id="goi-y-deadline"')[0]
    assert "sẽ xong vào khoảng tháng 6 theo đà hiện nay" in beside
    assert 'class="fan"' in beside
    assert "Theo đà hiện nay đến 31/12/2022 đạt khoảng 100 %" in beside
    assert "có dấu hiệu tự đạt" in beside
    assert "Thường xuyên" in page.partition('id="nhan-dinh"')[2]


def test_advice_finds_its_row_when_rows_above_are_empty(client, road):
    said = sent_form(ROAD, version=road.version)
    moved = {name.replace("indicators-0-", "indicators-3-"): value for name, value in said.items()}
    empty = {"indicators-0-name": "", "indicators-0-target": " "}
    page = page_of(client.post(address(road), moved | empty, **FETCH))
    assert 'class="fan"' in page.partition('id="goi-y-indicators-3"')[2].partition('id="goi-y-deadline"')[0]
    assert 'class="fan"' not in page.partition('id="goi-y-indicators-0"')[2].partition('id="goi-y-indicators-3"')[0]


def test_vague_words_are_marked_beneath_the_field_they_were_typed_in(client, secretary, registrant):
    task = make_task(registrant)
    said = {"title": "Tăng cường nâng cao chất lượng công tác tuyên truyền", "description": "Tiếp tục quan tâm.",
            "responsible": "đ/c Hùng", "version": task.version}  # fmt: skip
    page = page_of(client.post(address(task), said, **FETCH))
    title = page.partition('id="goi-y-title"')[2].partition('id="goi-y-description"')[0]
    assert "mark-vague" in title
    assert "chưa rõ làm việc gì" in title
    person = page.partition('id="goi-y-responsible"')[2].partition('id="goi-y-duty"')[0]
    assert "đ/c Hùng" in person


def test_nobody_is_told_of_gaps_in_a_form_just_begun(client, secretary, registrant):
    page = page_of(client.get(address(make_task(registrant, {"title": "", "description": ""}))))
    assert "severity" not in page
    assert "gợi ý sẽ hiện ở đây" in page


@pytest.mark.slow
def test_an_individuals_task_is_read_beside_the_collective_one(client, registrant, today):
    collective = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    own = make_registrant(registrant.campaign, registrant.organization, person)
    beside = make_registrant(registrant.campaign, make_organization("Xã khác"))
    other = make_task(beside, {"title": "Việc của xã khác"}, state=TaskState.SUBMITTED)
    draft = make_task(registrant, {"title": "Bản nháp của tổ chức"})
    task = make_task(own, {"title": "Đôn đốc nhà thầu đường trục xã"})
    client.force_login(person.user)
    page = page_of(client.get(address(task)))
    assert f'<option value="{collective.pk}"' in page
    for hidden in (other, draft):
        assert f'<option value="{hidden.pk}"' not in page
        assert hidden.title not in page
    said = {"title": task.title, "supports": collective.pk, "version": task.version}
    answer = page_of(client.post(address(task), said, **FETCH))
    task.refresh_from_db()
    assert task.supports == collective
    assert "Gắn với tập thể" in answer


@pytest.mark.slow
def test_a_collective_task_is_looked_for_by_its_name_and_the_choice_stays(client, registrant):
    chosen, found, other = (
        make_task(registrant, {"title": name}, state=TaskState.SUBMITTED) for name in ("Đường", "Chợ cóc", "Trường học")
    )
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    task = make_task(make_registrant(registrant.campaign, registrant.organization, person), {"title": "Việc"})
    client.force_login(person.user)
    said = {"title": "Gõ dở", "supports": chosen.pk, "tim": "cho coc", "find": "supports", "version": task.version}
    response = client.post(address(task), said)
    page = page_of(client.get(response.headers["Location"]))
    assert "Gõ dở" in page
    assert f'value="{chosen.pk}" selected' in page
    assert f'value="{found.pk}"' in page
    assert f'value="{other.pk}"' not in page


def test_a_draft_of_the_organization_is_never_told_through_a_forged_choice(client, registrant):
    draft = make_task(registrant, {"title": "Chuyện chưa ai được biết"})
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    task = make_task(make_registrant(registrant.campaign, registrant.organization, person), {"title": "Việc"})
    client.force_login(person.user)
    client.post(address(task), {"title": "Việc", "supports": draft.pk, "version": task.version})
    for verb in ("soan", "gui"):
        assert "chưa ai được biết" not in page_of(client.get(address(task, verb)))


def test_a_task_of_another_branch_is_never_told_through_a_forged_choice(client, registrant, today):
    branch = make_registrant(registrant.campaign, make_organization("Xã khác"))
    elsewhere = make_registrant(open_campaign(today, organization=make_organization("Huyện khác")), branch.organization)
    said = ROAD | {"title": "Chuyện của nơi khác"}
    far = [make_task(each, said, state=TaskState.SUBMITTED) for each in (branch, elsewhere)]
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    own = make_registrant(registrant.campaign, registrant.organization, person)
    task = make_task(own, {"title": "Đôn đốc"})
    client.force_login(person.user)
    for forged in far:
        for headers in ({}, FETCH):
            said = {"title": "Đôn đốc nhà thầu", "supports": forged.pk, "version": task.version}
            answer = client.post(address(task), said, **headers)
            assert answer.status_code == 422
            assert "của nơi khác" not in page_of(answer)
            assert "Gắn với tập thể" not in page_of(answer)
    task.refresh_from_db()
    assert task.supports is None


def test_a_button_pressed_twice_makes_one_draft(client, secretary, registrant):
    first, second = (client.post("/nhiem-vu/lap/", {"ben": registrant.pk, "earlier": ""}) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert BreakthroughTask.objects.count() == 1


# Two windows


def test_the_second_window_is_told_what_differs_and_nothing_is_overwritten(client, secretary, registrant):
    task = make_task(registrant)
    client.post(address(task), {"title": "Bản của cửa sổ một", "version": task.version})
    said = {"title": "Bản của cửa sổ hai", "version": task.version}
    for headers in ({}, FETCH):
        response = client.post(address(task), said, **headers)
        page = page_of(response)
        assert response.status_code == 409
        assert "Bản của cửa sổ một" in page
        assert "Bản của cửa sổ hai" in page
    assert "Lấy bản kia" in page
    task.refresh_from_db()
    assert task.title == "Bản của cửa sổ một"
    kept = re.search(r'name="keep" value="(\d+)"', page)
    assert kept
    client.post(address(task), said | {"keep": kept[1]})
    task.refresh_from_db()
    assert task.title == "Bản của cửa sổ hai"


def test_the_same_words_sent_twice_are_no_conflict(client, secretary, registrant):
    task = make_task(registrant)
    said = {"title": "Câu trả lời bị mất trên đường", "version": task.version}
    first, second = (page_of(client.post(address(task), said, **FETCH)) for _ in range(2))
    task.refresh_from_db()
    assert f'data-version="{task.version}"' in first
    assert f'data-version="{task.version}"' in second


def test_what_differs_is_told_in_the_words_of_the_form(client, registrant):
    collective = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    task = make_task(make_registrant(registrant.campaign, registrant.organization, person), {"title": "Việc"})
    client.force_login(person.user)
    client.post(address(task), {"title": "Việc", "grounds": ["leap"], "version": task.version})
    response = client.post(
        address(task), {"title": "Việc", "supports": collective.pk, "version": task.version}, **FETCH
    )
    page = page_of(response)
    assert "bước nhảy vượt xa đà hiện nay" in page
    assert ROAD["title"] in page
    assert "leap" not in page


def test_a_form_without_a_version_overwrites_nothing(client, secretary, registrant):
    task = make_task(registrant)
    for version in ("", "một", "99999999999999"):
        assert client.post(address(task), {"title": "x", "version": version}).status_code == 409


def test_saving_answers_with_the_new_version_and_the_time(client, secretary, registrant):
    task = make_task(registrant)
    page = page_of(client.post(address(task), {"title": "Đường", "version": task.version}, **FETCH))
    task.refresh_from_db()
    assert f'data-version="{task.version}"' in page
    assert re.search(r'data-saved="Đã lưu lúc \d\d:\d\d"', page)
    assert "<html" not in page


def test_a_task_that_no_longer_serves_the_choice_keeps_every_word(client, registrant):
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    task = make_task(make_registrant(registrant.campaign, registrant.organization, person), {"title": "Việc"})
    client.force_login(person.user)
    said = {"title": "Tên vừa gõ", "supports": 10**8, "version": task.version}
    response = client.post(address(task), said)
    assert response.status_code == 422
    assert "không còn trong đợt" in page_of(response)
    assert "Tên vừa gõ" in page_of(response)


# Who, and in which state


@pytest.mark.parametrize("verb", ["soan", "gui", "rut", "bo"])
def test_who_does_not_write_a_task_finds_no_form(client, registrant, verb):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    for user in (make_user(), make_user((Function.APPRAISER, registrant.campaign.organization))):
        client.force_login(user)
        assert client.get(address(task, verb)).status_code == 404
        assert client.post(address(task, verb), {"version": task.version}).status_code == 404


@pytest.mark.parametrize("verb", ["soan", "gui", "bo"])
def test_a_task_with_the_committee_is_led_to_its_page(client, secretary, registrant, verb):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    response = client.get(address(task, verb))
    assert (response.status_code, response.headers["Location"]) == (302, f"/nhiem-vu/{task.pk}/")


def test_words_typed_into_a_task_sent_meanwhile_are_kept_on_the_page(client, secretary, registrant):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    response = client.post(address(task), {"title": "Gõ dở", "version": task.version})
    assert response.status_code == 422
    assert "đã gửi nên không làm được" in page_of(response)
    assert "Gõ dở" in page_of(response)


def test_signed_out_while_typing_the_script_is_told_so(client, registrant):
    task = make_task(registrant)
    response = client.post(address(task), {"title": "x", "version": 1}, **FETCH)
    assert (response.status_code, "HX-Redirect" in response.headers) == (204, True)


# Sending


@pytest.mark.slow
def test_the_review_shows_the_sheet_and_what_is_missing(client, secretary, registrant):
    task = make_task(registrant, ROAD | {"responsible": "", "duty": ""})
    page = page_of(client.get(address(task, "gui")))
    assert "Chưa gửi được: còn mục bắt buộc" in page
    assert f'href="{address(task)}#muc-responsible"' in page
    assert f'href="{address(task)}#muc-duty"' in page
    assert ROAD["situation"] in page
    response = client.post(address(task, "gui"), {"version": task.version})
    assert response.status_code == 422
    assert "#muc-responsible" in page_of(response)
    task.refresh_from_db()
    assert task.state == TaskState.DRAFT


def test_a_routine_task_is_told_frankly_and_sent_all_the_same(client, road, registrant):
    client.post(address(road), sent_form(ROAD, version=road.version))
    road.refresh_from_db()
    page = page_of(client.get(address(road, "gui")))
    assert "có dấu hiệu thường xuyên" in page
    assert "vẫn gửi được" in page
    response = client.post(address(road, "gui"), {"version": road.version})
    assert (response.status_code, response.headers["Location"]) == (302, f"/nhiem-vu/{road.pk}/")
    assert ScreeningResult.objects.get(task=road, is_current=True).verdict == "routine"
    assert list(AuditEvent.objects.filter(verb="task.submitted").values_list("target_id", flat=True)) == [str(road.pk)]


def test_the_same_words_are_said_while_writing_and_on_the_board(client, road):
    page = page_of(client.post(address(road), sent_form(ROAD, version=road.version), **FETCH))
    road.refresh_from_db()
    client.post(address(road, "gui"), {"version": road.version})
    for finding in ScreeningResult.objects.get(task=road).result["findings"]:
        assert finding["message"] in page


def test_late_is_told_before_sending(client, secretary, registrant, today):
    registrant.campaign.closes_on = today - timedelta(days=1)
    registrant.campaign.save(update_fields=["closes_on"])
    task = make_task(registrant, ROAD)
    assert "gửi chậm" in page_of(client.get(address(task, "gui")))
    client.post(address(task, "gui"), {"version": task.version})
    task.refresh_from_db()
    assert task.is_late


def test_sent_again_after_the_last_day_says_what_that_means(client, secretary, registrant, today):
    task = make_task(registrant, ROAD, state=TaskState.WITHDRAWN)
    BreakthroughTask.objects.update(is_late=False)
    registrant.campaign.closes_on = today - timedelta(days=1)
    registrant.campaign.save(update_fields=["closes_on"])
    assert "vẫn tính đúng hạn như lần gửi đầu" in page_of(client.get(address(task, "gui")))


@pytest.mark.slow
def test_a_campaign_that_takes_nothing_is_told_while_writing_and_before_sending(client, secretary, registrant):
    task = make_task(registrant, ROAD)
    registrant.campaign.state = CampaignState.CLOSED
    registrant.campaign.save(update_fields=["state"])
    for verb in ("soan", "gui"):
        assert "đã thôi nhận đăng ký" in page_of(client.get(address(task, verb)))
    response = client.post(address(task, "gui"), {"version": task.version})
    assert (response.status_code, page_of(response).count("đã thôi nhận đăng ký")) == (422, 1)


def test_a_draft_changed_since_it_was_read_is_not_sent(client, secretary, registrant):
    task = make_task(registrant, ROAD)
    seen = task.version
    client.post(address(task), sent_form(ROAD, title="Sửa ở cửa sổ khác", version=seen))
    response = client.post(address(task, "gui"), {"version": seen})
    assert response.status_code == 409
    assert "Sửa ở cửa sổ khác" in page_of(response)
    task.refresh_from_db()
    assert task.state == TaskState.DRAFT


def test_taken_back_with_a_reason_written_again_and_sent_again_with_a_reason(client, secretary, registrant):
    task = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    refused = client.post(address(task, "rut"), {"version": task.version, "reason": " "})
    assert refused.status_code == 422
    assert "ghi lý do" in page_of(refused)
    response = client.post(address(task, "rut"), {"version": task.version, "reason": "Thêm mốc quý II"})
    assert response.headers["Location"] == address(task)
    task.refresh_from_db()
    assert 'name="reason" value="Thêm mốc quý II"' in page_of(client.get(address(task, "gui")))
    refused = client.post(address(task, "gui"), {"version": task.version, "reason": ""})
    assert refused.status_code == 422
    assert "ghi lý do gửi lại" in page_of(refused)
    client.post(address(task, "gui"), {"version": task.version, "reason": "Đã thêm mốc"})
    task.refresh_from_db()
    assert (task.state, task.versions.count()) == (TaskState.SUBMITTED, 2)


def test_a_task_not_sent_is_not_taken_back(client, secretary, registrant):
    task = make_task(registrant, ROAD)
    response = client.post(address(task, "rut"), {"version": task.version, "reason": "x"})
    assert response.headers["Location"] == f"/nhiem-vu/{task.pk}/"
    task.refresh_from_db()
    assert task.state == TaskState.DRAFT


def test_a_draft_is_given_up(client, secretary, registrant):
    task = make_task(registrant, ROAD)
    assert "không bắt buộc" in page_of(client.get(address(task, "bo")))
    assert client.post(address(task, "bo"), {"version": 99, "reason": ""}).status_code == 409
    response = client.post(address(task, "bo"), {"version": task.version, "reason": ""})
    assert response.headers["Location"] == f"/dot-dang-ky/{task.campaign_id}/"
    task.refresh_from_db()
    assert task.state == TaskState.DISCARDED


# Cost


def cost(send):
    with CaptureQueriesContext(connection) as captured:
        assert send().status_code == 200
    return len(captured)


@pytest.mark.slow
def test_a_long_form_costs_as_many_statements_as_a_short_one(client, secretary, registrant):
    def costs(content):
        task = make_task(registrant, content)
        said = sent_form(content, title="Đã sửa", version=task.version)
        return [
            cost(lambda: client.get(address(task))),
            cost(lambda: client.get(address(task, "gui"))),
            cost(lambda: client.post(address(task), said, **FETCH)),
        ]

    client.get("/")
    rows = [{"name": f"Số hộ {number}", "baseline": "1", "target": "9"} for number in range(20)]
    people = [[f"Người {number}", "việc"] for number in range(20)]
    assert costs(ROAD) == costs(ROAD | {"indicators": rows, "coordinators": people})


@pytest.mark.slow
def test_many_registrants_and_many_collective_tasks_cost_no_more(client, registrant):
    person = make_official("Nguyễn Mạnh Tường", user=make_user())
    task = make_task(make_registrant(registrant.campaign, registrant.organization, person), {"title": "Việc"})
    chief = make_user((Function.REGISTRANT, registrant.campaign.organization))
    first = make_registrant(registrant.campaign, make_organization("Chi bộ 0", registrant.organization))

    def costs():
        client.force_login(person.user)
        one = cost(lambda: client.get(address(task)))
        client.force_login(chief)
        return one, cost(lambda: client.get("/nhiem-vu/lap/"))

    make_task(first, ROAD, state=TaskState.SUBMITTED)
    few = costs()
    for number in range(12):
        under = make_organization(f"Chi bộ {number + 1}", registrant.organization)
        make_task(make_registrant(registrant.campaign, under), ROAD, state=TaskState.SUBMITTED)
        make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    assert costs() == few
