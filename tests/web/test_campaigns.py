"""The pages that prepare a campaign: what they write, how they refuse, what they keep when they do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from dotpha.core.models import AuditEvent
from dotpha.directory.models import Function
from dotpha.registration.models import Campaign, Requirement
from dotpha.registration.workflow import CampaignState, TaskState
from dotpha.rules.form.specification import Need, default
from dotpha.rules.screening.thresholds import Thresholds
from tests.makers_directory import make_kind, make_official, make_organization, make_position, make_tenure, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    district = make_organization("Đảng bộ huyện Lạc Giang", kind=make_kind("dang-bo-huyen", "Đảng bộ huyện", 20))
    make_organization("Đảng bộ xã Bằng Khê", district)
    return district


@pytest.fixture
def clerk(district, client):
    clerk = make_user((Function.CLERK, district))
    client.force_login(clerk)
    return clerk


@pytest.fixture
def draft(district):
    return make_campaign(district, state=CampaignState.DRAFT)


def day(days=0):
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def under_way():
    today = timezone.localdate()
    return {"opens_on": today - timedelta(days=9), "closes_on": today + timedelta(days=9)}


def got(client, name, *args, status=200, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def sent(client, name, *args, status=302, **said):
    response = client.post(reverse(name, args=args), said)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def verbs():
    return list(AuditEvent.objects.filter(verb__startswith="campaign.").values_list("verb", flat=True))


def announced(**said):
    about = {"title": "Đợt năm nay", "guidance": "Hướng dẫn số 05", "opens_on": day(), "closes_on": day(20)}
    return about | {"accepts_late": "on"} | said


@pytest.mark.usefixtures("clerk")
def test_an_empty_list_says_how_a_campaign_gets_there(client):
    html = got(client, "campaigns")
    assert "Chưa có đợt đăng ký nào" in html
    assert reverse("campaign-create") in html
    client.force_login(make_user())
    html = got(client, "campaigns")
    assert "do văn phòng hoặc ban tổ chức của cấp ủy lập" in html
    assert reverse("campaign-create") not in html


@pytest.mark.usefixtures("clerk")
def test_a_campaign_is_made_and_leads_on_to_who_must_register(client, district):
    said = announced(organization=district.pk, year=2027, data_day=day(-3))
    response = client.post(reverse("campaign-create"), said)
    made = Campaign.objects.get()
    assert response["Location"] == reverse("campaign-requirements", args=[made.pk])
    assert (made.title, made.state, made.data_day) == (
        "Đợt năm nay", CampaignState.DRAFT, timezone.localdate() - timedelta(days=3),
    )  # fmt: skip
    html = got(client, "campaign", made.pk)
    assert "chưa ghi." in html
    assert reverse("campaign-move", args=[made.pk, "open"]) in html


@pytest.mark.usefixtures("clerk")
def test_a_campaign_refused_keeps_everything_typed(client, district):
    html = sent(
        client, "campaign-create", status=422, **announced(organization=district.pk, year=2027, closes_on=day(-9))
    )
    assert "Hạn gửi không được trước" in html
    assert 'value="Hướng dẫn số 05"' in html
    assert f'value="{day(-9)}"' in html
    assert not Campaign.objects.exists()


@pytest.mark.usefixtures("clerk")
def test_looking_for_the_committee_writes_nothing_and_keeps_what_was_typed(client):
    said = announced(find="organization", find_organization="bang khe", year=2030)
    del said["accepts_late"]
    html = sent(client, "campaign-create", status=200, **said)
    assert "Đảng bộ xã Bằng Khê" in html
    assert 'value="2030"' in html
    assert 'name="accepts_late" id="id_accepts_late"' in html
    assert "checked" not in html.split('id="id_accepts_late"')[1][:20]
    assert not Campaign.objects.exists()


@pytest.mark.usefixtures("clerk")
def test_a_committee_that_has_ended_is_offered_only_where_nothing_else_is_found(client, district):
    ended = make_organization("Đảng bộ xã Hồng Lĩnh", district, valid_until=timezone.localdate() - timedelta(days=400))
    assert ended.name not in got(client, "campaign-create")
    said = announced(find="organization", find_organization="hong linh", year=2020)
    assert ended.name in sent(client, "campaign-create", status=200, **said)
    refused = sent(client, "campaign-create", status=422, **announced(organization=ended.pk, year=2027))
    assert f'value="{ended.pk}" checked' in " ".join(refused.split())


@pytest.mark.usefixtures("clerk")
def test_the_second_to_change_a_campaign_reads_what_differs_and_may_go_on(client, draft):
    form = announced(version=draft.version)
    sent(client, "campaign-change", draft.pk, **form)
    html = sent(client, "campaign-change", draft.pk, status=422, **(form | {"title": "Của người thứ hai"}))
    assert "Của người thứ hai" in html
    assert "Đợt năm nay" in html
    assert 'name="version" value="2"' in html
    sent(client, "campaign-change", draft.pk, **(form | {"title": "Của người thứ hai", "version": 2}))
    draft.refresh_from_db()
    assert (draft.title, verbs()) == ("Của người thứ hai", ["campaign.changed"] * 2)


@pytest.mark.usefixtures("clerk")
def test_who_must_register_is_written_line_by_line(client, draft):
    kind, post = make_kind(), make_position("Bí thư")
    lines = {"of": [f"k{kind.pk}", "", f"p{post.pk}"], "least": ["1", "1", "0"], "most": ["2", "3", "1"]}
    sent(client, "campaign-requirements", draft.pk, version=1, **lines)
    assert list(Requirement.objects.order_by("pk").values_list("kind", "position", "at_least", "at_most")) == [
        (kind.pk, None, 1, 2),
        (None, post.pk, 0, 1),
    ]
    page = got(client, "campaign", draft.pk)
    assert "1 chức vụ, loại tổ chức, không bắt buộc" in page
    assert "Bí thư: nhiều nhất 1 nhiệm vụ" in page


@pytest.mark.usefixtures("clerk")
def test_more_lines_are_given_without_writing_anything(client, draft):
    lines = {"of": [f"k{make_kind().pk}"] * 4, "least": ["7"] * 4, "most": ["9"] * 4, "more": "1"}
    html = sent(client, "campaign-requirements", draft.pk, status=200, version=1, **lines)
    assert html.count('name="least" value="7"') == 4
    assert html.count("Chọn loại tổ chức hoặc chức vụ") == 3
    assert not Requirement.objects.exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"of": "k999", "least": "1", "most": "3"}, "chọn trong danh sách"),
        ({"of": "", "least": "một", "most": "3"}, "bằng chữ số"),
        ({"of": "", "least": "3", "most": "1"}, "không dưới số ít nhất"),
    ],
)
@pytest.mark.usefixtures("clerk")
def test_a_line_that_is_not_understood_says_so_and_stays(client, draft, line, told):
    line["of"] = line["of"] or f"k{make_kind().pk}"
    html = sent(client, "campaign-requirements", draft.pk, status=422, version=1, **line)
    assert told in html
    assert f'name="least" value="{line["least"]}"' in html
    assert not Requirement.objects.exists()


def typed(specification, **other):
    """The editor's form as the page shows it."""
    said: dict[str, Any] = {"section": [], "field": [], "version": 1}
    for number, section in enumerate(specification.sections):
        said["section"].append(str(number))
        said |= {f"title-{number}": section.title, f"about-{number}": section.help}
        for each in section.fields:
            said["field"].append(f"{number}:{each.name}")
            said |= {f"label-{each.name}": each.label, f"help-{each.name}": each.help, f"need-{each.name}": each.need}
    return said | other


@pytest.mark.usefixtures("clerk")
def test_the_form_goes_through_the_editor_unchanged(client, draft):
    sent(client, "campaign-form", draft.pk, **typed(default(), do="save"))
    draft.refresh_from_db()
    assert draft.specification == default()
    assert verbs() == [], "nothing changed, nothing is written"


@pytest.mark.usefixtures("clerk")
def test_labels_needs_order_and_own_questions_are_the_committees(client, draft):
    said = typed(default())
    said["field"].insert(1, said["field"].pop(0))  # the name of the task comes second
    said["field"].append("6:extra.von")
    said |= {
        "label-description": "Làm gì", "need-situation": "hidden", "label-extra.von": "Nguồn vốn",
        "need-extra.von": "required", "whose-extra.von": "organization",
    }  # fmt: skip
    sent(client, "campaign-form", draft.pk, **said)
    draft.refresh_from_db()
    form = draft.specification
    assert [each.name for each in form.sections[0].fields][:2] == ["description", "title"]
    assert (form.by_name["description"].label, form.by_name["situation"].need) == ("Làm gì", Need.HIDDEN)
    own = form.by_name["extra.von"]
    assert (own.label, own.need, own.whose) == ("Nguồn vốn", Need.REQUIRED, "organization")


@pytest.mark.usefixtures("clerk")
def test_a_step_in_the_editor_keeps_what_was_typed_and_writes_nothing(client, draft):
    said = typed(default(), **{"label-title": "Tên việc"})
    html = sent(client, "campaign-form", draft.pk, status=200, **said, do="down:title")
    assert "Thay đổi chưa được ghi" in html
    assert 'value="Tên việc"' in html
    assert html.index('value="0:description"') < html.index('value="0:title"')
    html = sent(client, "campaign-form", draft.pk, status=200, **said, do="add:2")
    assert 'value="2:extra.cau-1"' in html
    draft.refresh_from_db()
    assert draft.specification == default()


@pytest.mark.usefixtures("clerk")
def test_the_form_of_an_earlier_campaign_is_taken_over(client, district, draft):
    earlier = make_campaign(district, year=2020, title="Đợt 2020")
    form = default().to_json()
    form[0]["fields"][0]["label"] = "Việc đột phá"
    Campaign.objects.filter(pk=earlier.pk).update(form=form)
    html = sent(client, "campaign-form", draft.pk, status=200, **typed(default()), **{"do": "copy", "from": earlier.pk})
    assert 'value="Việc đột phá"' in html
    elsewhere = make_campaign(make_organization("Đảng bộ huyện bên"), title="Đợt nơi khác")
    Campaign.objects.filter(pk=elsewhere.pk).update(form=form)
    said = {"do": "copy", "from": elsewhere.pk}
    assert 'value="Việc đột phá"' not in sent(client, "campaign-form", draft.pk, status=200, **typed(default()), **said)


@pytest.mark.usefixtures("clerk")
def test_a_form_that_cannot_be_used_is_refused_with_everything_typed(client, draft):
    html = sent(client, "campaign-form", draft.pk, status=422, **typed(default(), **{"need-title": "optional"}))
    assert "phải hỏi tên nhiệm vụ" in html
    html = sent(client, "campaign-form", draft.pk, status=422, **typed(default(), **{"label-products": ""}))
    assert "Mỗi mục cần một tên" in html


def test_who_does_not_manage_reads_the_form_and_the_thresholds(client, district):
    campaign = make_campaign(district)
    client.force_login(make_user((Function.REGISTRANT, district)))
    html = got(client, "campaign-form", campaign.pk)
    assert "Tên nhiệm vụ đột phá" in html
    assert "Ghi mẫu" not in html
    html = got(client, "campaign-thresholds", campaign.pk)
    assert "từ 50 % khả năng tự đạt" in html
    assert "<input" not in html.split("<main")[1]


@pytest.mark.usefixtures("clerk")
def test_thresholds_are_written_as_people_write_shares(client, draft):
    said = {"version": 1, "usual": "62,5 %", "clarify": "20", "above": "5", "same_task": "80"}
    sent(client, "campaign-thresholds", draft.pk, **said)
    draft.refresh_from_db()
    assert Thresholds.from_json(draft.thresholds) == Thresholds(usual=0.625, same_task=0.8)
    assert 'value="62,5"' in got(client, "campaign-thresholds", draft.pk)


@pytest.mark.parametrize(("usual", "told"), [("nhiều", "Chưa đọc được số này"), ("10", "phải cao hơn")])
@pytest.mark.usefixtures("clerk")
def test_thresholds_that_make_no_sense_are_told_at_their_place(client, draft, usual, told):
    said = {"version": 1, "usual": usual, "clarify": "20", "above": "5", "same_task": "80"}
    html = sent(client, "campaign-thresholds", draft.pk, status=422, **said)
    assert told in html
    assert f'value="{usual}"' in html


@pytest.mark.usefixtures("clerk")
def test_opening_is_confirmed_after_reading_whom_it_asks(client, district, draft):
    commune = make_organization("Đảng bộ xã Đồng Vang", district)
    make_tenure(make_official(), commune, make_position("Bí thư"))
    for asked in ({"kind": make_kind()}, {"position": make_position("Bí thư")}):
        Requirement.objects.create(campaign=draft, **asked)
    assert "2 tập thể, 1 cá nhân" in got(client, "campaign-move", draft.pk, "open")
    sent(client, "campaign-move", draft.pk, "open", version=1)
    html = got(client, "campaign", draft.pk)
    assert "Đang nhận đăng ký" in html
    assert "<b>0</b> trên <b>3</b> bên" in html


@pytest.mark.usefixtures("clerk")
def test_a_campaign_that_asks_nobody_is_led_to_who_must_register(client, draft):
    html = got(client, "campaign-move", draft.pk, "open")
    assert reverse("campaign-requirements", args=[draft.pk]) in html
    assert "0 tập thể" not in html
    assert f'action="{reverse("campaign-move", args=[draft.pk, "open"])}"' not in html


@pytest.mark.usefixtures("clerk")
def test_a_move_that_is_not_legal_now_says_so(client, draft):
    assert "không làm được việc này" in got(client, "campaign-move", draft.pk, "decide")
    assert "không làm được việc" in sent(client, "campaign-move", draft.pk, "decide", status=422, version=1)
    got(client, "campaign-move", draft.pk, "bay", status=404)


@pytest.mark.usefixtures("clerk")
def test_taking_registrations_again_asks_why(client, district):
    campaign = make_campaign(district, state=CampaignState.CLOSED)
    assert 'name="reason"' in got(client, "campaign-move", campaign.pk, "reopen")
    assert "ghi lý do" in sent(client, "campaign-move", campaign.pk, "reopen", status=422, version=1)
    sent(client, "campaign-move", campaign.pk, "reopen", version=1, reason="Công văn số 12")
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.OPEN


@pytest.mark.parametrize(
    ("opens", "closes", "told"),
    [
        (-5, 12, "Còn 12 ngày"),
        (-5, 0, "là hạn gửi"),
        (-5, -2, "được 2 ngày; bản gửi từ nay được ghi là gửi chậm"),
        (-1800, -1788, "được 1.788 ngày;"),
        (3, 9, "Còn 3 ngày mới nhận đăng ký"),
    ],
)
@pytest.mark.usefixtures("clerk")
def test_the_home_page_tells_how_long_is_left(client, district, opens, closes, told):
    today = timezone.localdate()
    days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    assert told in got(client, "campaign", make_campaign(district, **days).pk)


def test_a_registrant_finds_what_is_his_to_do(client, district):
    campaign = make_campaign(district, **under_way())
    commune = district.children.get()
    registrant = make_registrant(campaign, commune)
    make_task(registrant, state=TaskState.SUBMITTED)
    client.force_login(make_user((Function.REGISTRANT, commune)))
    html = got(client, "campaign", campaign.pk)
    assert "Đồng chí đăng ký trong đợt này" in html
    assert "Đã gửi đủ" in html
    assert f"{reverse('task-begin')}?ben={registrant.pk}" in html
    assert "Ai đã đăng ký" not in html
    assert reverse("coverage", args=[campaign.pk]) not in html


def test_a_campaign_in_preparation_is_seen_by_who_manages_it_only(client, district, draft):
    client.force_login(make_user((Function.PRESIDER, district)))
    got(client, "campaign", draft.pk, status=404)
    assert draft.title not in got(client, "campaigns")


@pytest.mark.slow
@pytest.mark.usefixtures("clerk")
def test_fifty_campaigns_cost_as_many_statements_as_two(client, district, django_assert_max_num_queries):
    def cost():
        with django_assert_max_num_queries(40) as captured:
            got(client, "campaigns")
        return len(captured)

    for year in (2025, 2026):
        make_campaign(district, year=year)
    cost()  # the first page of a session also writes what it knows of the person
    few = cost()
    for year in range(1990, 2020):
        make_campaign(district, year=year)
    assert cost() == few


def test_one_more_task_is_offered_only_where_one_more_may_be_begun(client, district):
    campaign = make_campaign(district, **under_way())
    full, free = (make_registrant(campaign, make_organization(f"Đảng bộ xã {name}", district), at_most=most)
                  for name, most in (("Đầy", 1), ("Còn chỗ", 2)))  # fmt: skip
    for registrant in (full, free):
        make_task(registrant)
    client.force_login(make_user((Function.REGISTRANT, district)))
    html = got(client, "campaign", campaign.pk)
    assert f"?ben={free.pk}" in html
    assert f"?ben={full.pk}" not in html
    assert html.count("Đã đủ 1 nhiệm vụ; muốn đăng ký việc khác, đồng chí rút hoặc bỏ bớt một việc.") == 1


@pytest.mark.parametrize(
    ("function", "shown"),
    [
        (Function.CLERK, ["Đợt", "Tình hình", "Nhiệm vụ", "Sơ đồ", "Rà soát", "Nhập sổ", "Xuất"]),
        (Function.OBSERVER, ["Đợt", "Tình hình", "Nhiệm vụ", "Sơ đồ", "Rà soát", "Xuất"]),
        (Function.REGISTRANT, ["Đợt", "Nhiệm vụ", "Sơ đồ"]),
    ],
)
def test_the_strip_of_a_campaign_shows_only_what_the_person_may_open(client, district, function, shown):
    campaign = make_campaign(district)
    client.force_login(make_user((function, district)))
    strip = got(client, "campaign", campaign.pk).split('aria-label="Các trang của đợt đăng ký">')[1].split("</nav>")[0]
    tabs = re.findall(r'<a href="([^"]+)"(?: aria-current="page")?>([^<]+)</a>', strip)
    assert [label for _, label in tabs] == shown
    assert {client.get(address).status_code for address, _ in tabs} == {200}


@pytest.mark.usefixtures("clerk")
def test_the_address_of_a_deed_opened_without_its_button_says_so_and_does_nothing(client, draft):
    response = client.get(reverse("campaign-refresh", args=[draft.pk]))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "không mở trực tiếp được" in response.content.decode()
    assert verbs() == []
