"""Tasks as the committee reads them: the list narrowed, a sheet opened, two versions side by side; desk and phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.appraisal import actions as appraisal
from dotpha.directory.models import Function
from dotpha.registration import actions
from dotpha.rules.form.content import Content
from tests.browser.conftest import accessible
from tests.browser.test_directory import sign_in
from tests.makers_directory import make_official, make_organization, make_position, make_tenure, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

WHY = {
    "grounds": ["resolves_long_standing"],
    "difficulty": "Mặt bằng qua 12 hộ thôn Thượng vướng từ nhiệm kỳ trước, đã vận động nhiều lần chưa xong.",
    "since": "từ năm 2015, qua ba nhiệm kỳ",
    "milestones": [["quý III/2022", "Xong nền đường"], ["quý IV/2022", "Xong mặt đường, bàn giao"]],
}
AGAIN = {
    "situation": "Đến nay đã thi công được khoảng 85% khối lượng; còn 12 hộ thôn Thượng chưa bàn giao mặt bằng.",
    "deadline": "30/6/2023",
    "milestones": [["quý I/2023", "Xong nền đường"], ["quý II/2023", "Xong mặt đường, bàn giao"]],
    "indicators": [ROAD["indicators"][0] | {"baseline": "85", "baseline_on": "30/6/2022"}],
}


@pytest.fixture
def campaign(transactional_db):
    return make_campaign(make_organization("Đảng bộ huyện Lạc Giang"), year=2022, title="Đăng ký đột phá năm 2022",
                         opens_on=timezone.localdate().replace(month=1, day=1),
                         closes_on=timezone.localdate().replace(month=12, day=31))  # fmt: skip


@pytest.fixture
def road(campaign):
    """Sent, taken back, changed and sent again by the secretary; one official's task serves it."""
    commune = make_organization("Đảng bộ xã Bằng Khê", campaign.organization)
    secretary = make_official("Hoàng Văn Thịnh", user=make_user(first_name="Hoàng Văn Thịnh"))
    make_tenure(secretary, commune, make_position("Bí thư", rank=10))
    registrant = make_registrant(campaign, commune, search_key=commune.search_key)
    by = make_user((Function.REGISTRANT, commune), first_name="Hoàng Văn Thịnh")
    task, at = make_task(registrant, ROAD | WHY, number=1), timezone.now()
    appraisal.receive(task=task, version=task.version, by=by, at=at)
    task.refresh_from_db()
    task = appraisal.release(task=task, version=task.version, reason="Cập nhật khối lượng", by=by, at=at)
    said = Content.from_json(ROAD | WHY | AGAIN)
    task = actions.save_draft(task=task, version=task.version, content=said, by=by, at=at)
    reason = "Cập nhật khối lượng đến tháng 6 và lùi thời hạn"
    appraisal.receive(task=task, version=task.version, by=by, at=at, reason=reason)
    person = make_registrant(campaign, commune, secretary, post="Bí thư Đảng ủy xã Bằng Khê")
    serving = {
        "title": "Vận động 12 hộ thôn Thượng bàn giao mặt bằng",
        "supports": task.pk,
        "description": "Đến từng hộ",
    }
    make_task(person, serving, number=2, state="submitted")
    make_task(person, {"title": "Đối thoại với dân mỗi tháng một lần"}, number=3, state="withdrawn")
    other = make_organization("Đảng bộ xã Tân Lộc", campaign.organization)
    make_task(make_registrant(campaign, other), {"title": "Dẹp chợ cóc trên quốc lộ"}, number=4, state="submitted")
    task.refresh_from_db()
    return task


@pytest.fixture
def board(campaign):
    return make_user((Function.APPRAISER, campaign.organization), first_name="Lý Thị Vân")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.usefixtures("quiet_console")
def test_the_committee_narrows_the_list_opens_a_task_and_sees_what_changed(page, live_server, campaign, road, board):
    sign_in(page, live_server, board)
    page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/nhiem-vu/")
    accessible(page)
    page.get_by_label("Tìm việc").fill("truc xa")
    expect(page.get_by_role("status")).to_contain_text("1 nhiệm vụ hợp điều kiện lọc")
    assert "tim=truc+xa" in page.url

    page.get_by_role("link", name=road.title).click()
    expect(page.get_by_role("heading", name="Máy rà soát nhận định")).to_be_visible()
    expect(page.get_by_role("link", name="Vận động 12 hộ")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="So các phiên bản").click()
    expect(page.get_by_role("heading", name="Phiên bản 1 và phiên bản 2")).to_be_visible()
    expect(page.get_by_text("muộn hơn 181 ngày").first).to_be_visible()
    expect(page.get_by_text("tăng 15 điểm phần trăm").first).to_be_visible()
    accessible(page)


def test_the_same_pages_on_a_phone(phone, live_server, campaign, road, board):
    sign_in(phone, live_server, board)
    for address in (f"dot-dang-ky/{campaign.pk}/nhiem-vu/", f"nhiem-vu/{road.pk}/", f"nhiem-vu/{road.pk}/phien-ban/"):
        phone.goto(f"{live_server.url}/{address}")
        assert fits(phone), address
        accessible(phone)
    before, after = phone.locator(".sides").first.locator("> div").all()
    above, below = before.bounding_box(), after.bounding_box()
    assert above and below
    assert below["y"] >= above["y"] + above["height"]


def test_the_list_is_narrowed_and_versions_are_chosen_without_script(plain, live_server, campaign, road, board):
    sign_in(plain, live_server, board)
    plain.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/nhiem-vu/")
    plain.get_by_label("Của ai").select_option("ca-nhan")
    plain.get_by_role("button", name="Lọc").click()
    expect(plain.get_by_role("status")).to_contain_text("2 nhiệm vụ hợp điều kiện lọc")
