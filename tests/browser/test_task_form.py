"""The form of a task as a secretary uses it: advice while typing, a lost connection, two windows, phone, no script."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from dotpha.registration.actions import save_draft
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.content import Content
from tests.browser.conftest import accessible
from tests.browser.test_sign_in import no_sideways_scrolling, sign_in
from tests.makers_directory import make_official, make_organization, make_tenure, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = "sẽ xong vào khoảng tháng 6 theo đà hiện nay"
SAVED = re.compile(r"Đã lưu lúc \d\d:\d\d$")


@pytest.fixture
def registrant():
    today = timezone.localdate()
    district = make_organization("Đảng bộ huyện Lạc Giang")
    commune = make_organization("Đảng bộ xã Bằng Khê", district)
    campaign = make_campaign(
        district, year=2022, data_day=date(2022, 1, 26), opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=20), title="Đăng ký nhiệm vụ đột phá năm 2022",
    )  # fmt: skip
    user = make_user((Function.REGISTRANT, commune), username="thinh", first_name="Hoàng Văn Thịnh")
    make_tenure(make_official("Hoàng Văn Thịnh", user=user), commune)
    return make_registrant(campaign, commune)


@pytest.fixture
def task(registrant):
    return make_task(registrant, {"title": "", "description": ""})


def address(server, task, verb="soan"):
    return f"{server.url}/nhiem-vu/{task.pk}/{verb}/"


def opened(page: Page, server, task) -> Page:
    sign_in(page, server.url, "thinh")
    page.goto(address(server, task))
    return page


def write_road(page: Page) -> None:
    for label, name in (
        ("Tên nhiệm vụ đột phá", "title"), ("Nội dung, giải pháp chủ yếu", "description"), ("Hiện trạng", "situation"),
        ("Thời hạn hoàn thành", "deadline"), ("Người chủ trì", "responsible"),
        ("Trách nhiệm của người chủ trì", "duty"), ("Sản phẩm", "products"), ("Minh chứng sẽ nộp", "evidence"),
    ):  # fmt: skip
        page.get_by_role("textbox", name=label).or_(page.get_by_role("combobox", name=label)).first.fill(ROAD[name])
    figures = ROAD["indicators"][0]
    row = page.locator("fieldset.indicator").first
    row.get_by_label("Tên chỉ tiêu").fill(figures["name"])
    row.get_by_label("Đơn vị").fill("%")
    row.get_by_label("Hiện trạng").fill(figures["baseline"])
    row.get_by_label("Tính đến ngày").fill(figures["baseline_on"])
    row.get_by_label("Chỉ tiêu phải đạt").fill(figures["target"])
    for place, (period, value) in enumerate(figures["history"]):
        row.locator("[name$=-period]").nth(place).fill(period)
        row.locator("[name$=-value]").nth(place).fill(value)


def title(page: Page):
    return page.get_by_label("Tên nhiệm vụ đột phá")


def state(page: Page):
    return page.locator("#trang-thai")


def test_the_secretary_registers_the_road_hears_of_june_and_sends_it_anyway(
    page, live_server, registrant, quiet_console
):
    sign_in(page, live_server.url, "thinh")
    page.goto(f"{live_server.url}/nhiem-vu/lap/")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    write_road(page)
    expect(page.locator("#goi-y-indicators-0")).to_contain_text(JUNE)
    expect(page.locator("#goi-y-indicators-0 svg.fan")).to_be_visible()
    expect(page.locator("#nhan-dinh")).to_contain_text("Thường xuyên")
    expect(state(page)).to_have_text(SAVED)
    page.get_by_role("button", name="Xem lại và gửi").click()
    expect(page.get_by_text("có dấu hiệu thường xuyên. Đồng chí vẫn gửi được")).to_be_visible()
    expect(page.get_by_text(JUNE)).to_be_visible()
    page.get_by_role("button", name="Gửi đăng ký").click()
    expect(page.get_by_text("Đã gửi đăng ký")).to_be_visible()
    assert BreakthroughTask.objects.get().state == TaskState.SUBMITTED


def test_without_script_the_whole_way_works(plain, live_server, registrant):
    sign_in(plain, live_server.url, "thinh")
    plain.goto(f"{live_server.url}/nhiem-vu/lap/")
    plain.get_by_role("button", name="Bắt đầu soạn").click()
    write_road(plain)
    plain.get_by_role("button", name="Thêm kỳ").click()
    expect(plain.locator("fieldset.indicator [name$=-period]")).to_have_count(4)
    plain.get_by_role("button", name="Lưu nháp").last.click()
    expect(plain.get_by_text("Đã lưu nháp lúc")).to_be_visible()
    expect(plain.locator("#goi-y-indicators-0")).to_contain_text(JUNE)
    plain.get_by_role("button", name="Xem lại và gửi").click()
    plain.get_by_role("button", name="Gửi đăng ký").click()
    expect(plain.get_by_text("Đã gửi đăng ký")).to_be_visible()


def test_what_is_written_offline_is_kept_and_saved_when_the_net_is_back(page, live_server, task):
    opened(page, live_server, task)
    page.context.set_offline(True)
    title(page).fill("Ghi lúc mất mạng")
    expect(state(page)).to_contain_text("được giữ trong máy này")
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED)
    task.refresh_from_db()
    assert task.title == "Ghi lúc mất mạng"
    assert page.evaluate("localStorage.length") == 0


def test_a_server_busy_with_something_large_is_told_and_asked_again(page, live_server, task):
    opened(page, live_server, task)
    page.route("**/soan/", lambda route: route.fulfill(status=503, body="<p>Bận</p>"))
    title(page).fill("Ghi lúc máy chủ bận")
    expect(state(page)).to_contain_text("Máy chủ đang ghi một việc lớn: điều đồng chí ghi chưa lưu")
    page.unroute("**/soan/")
    page.evaluate("dispatchEvent(new Event('online'))")  # otherwise ten seconds later
    expect(state(page)).to_have_text(SAVED)
    task.refresh_from_db()
    assert task.title == "Ghi lúc máy chủ bận"


def cut_off(page: Page) -> None:
    """Nothing is saved any more, though pages still open."""
    page.route("**/soan/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def test_a_page_lost_while_offline_offers_its_words_back(page, live_server, task):
    opened(page, live_server, task)
    cut_off(page)
    title(page).fill("Chưa kịp lưu")
    page.get_by_role("button", name="Thêm chỉ tiêu").click()
    page.locator("fieldset.indicator").nth(1).get_by_label("Tên chỉ tiêu").fill("Số hộ")
    page.get_by_role("button", name="Thêm dòng").first.click()
    page.locator("[name=milestones-by]").nth(1).fill("quý II")
    expect(state(page)).to_contain_text("được giữ trong máy này")
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/soan/")
    page.reload()
    expect(title(page)).to_have_value("")
    page.get_by_role("button", name="Khôi phục").click()
    expect(title(page)).to_have_value("Chưa kịp lưu")
    expect(page.locator("[name=milestones-by]").nth(1)).to_have_value("quý II")
    expect(state(page)).to_have_text(SAVED)
    task.refresh_from_db()
    assert (task.title, task.written.indicators[0].name) == ("Chưa kịp lưu", "Số hộ")
    assert page.evaluate("localStorage.length") == 0


def test_more_than_the_server_takes_is_told_and_stays_on_the_page(page, live_server, task):
    opened(page, live_server, task)
    flood = "Tăng cường công tác. " * 70_000
    page.get_by_label("Nội dung, giải pháp chủ yếu").evaluate("(field, words) => { field.value = words }", flood)
    title(page).fill("Đường trục xã")
    expect(state(page)).to_contain_text("dài quá mức máy chủ nhận")
    assert page.get_by_label("Nội dung, giải pháp chủ yếu").input_value() == flood
    page.get_by_label("Nội dung, giải pháp chủ yếu").fill("Rút gọn")
    expect(state(page)).to_have_text(SAVED)


def test_an_answer_lost_on_the_way_is_no_other_window(page, live_server, task):
    opened(page, live_server, task)

    def reaches_the_server_but_not_the_page(route):
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/soan/", reaches_the_server_but_not_the_page)
    title(page).fill("Đường trục xã")
    expect(state(page)).to_contain_text("được giữ trong máy này")
    page.unroute("**/soan/")
    title(page).press_sequentially(", đoạn hai")
    expect(state(page)).to_have_text(SAVED)
    expect(page.locator("#tu-choi")).to_be_empty()
    task.refresh_from_db()
    assert task.title == "Đường trục xã, đoạn hai"


def test_words_kept_in_this_machine_overwrite_nothing_saved_since(page, live_server, task, registrant):
    opened(page, live_server, task)
    cut_off(page)
    title(page).fill("Gõ trên máy này")
    expect(state(page)).to_contain_text("được giữ trong máy này")
    secretary = registrant.organization.grants.get().user
    save_draft(
        task=task, version=task.version, content=Content.from_json({"title": "Ghi từ máy khác"}), by=secretary,
        at=timezone.now(),
    )  # fmt: skip
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/soan/")
    page.reload()
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.locator("#tu-choi")).to_contain_text("Ghi từ máy khác")
    expect(title(page)).to_have_value("Gõ trên máy này")
    task.refresh_from_db()
    assert task.title == "Ghi từ máy khác"


def test_signing_out_leaves_no_words_in_this_machine(page, live_server, task):
    opened(page, live_server, task)
    cut_off(page)
    title(page).fill("Chưa lưu")
    expect(state(page)).to_contain_text("được giữ trong máy này")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator(".person summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập", exact=True)).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_leaving_with_unsaved_words_is_asked_about(page, live_server, task):
    opened(page, live_server, task)
    cut_off(page)
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    title(page).press_sequentially("Chưa lưu")
    page.get_by_role("link", name="Việc của tôi").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    expect(title(page)).to_have_value("Chưa lưu")


def test_two_windows_are_told_and_nothing_is_lost(page, live_server, task):
    opened(page, live_server, task)
    other = page.context.new_page()
    other.goto(address(live_server, task))
    title(page).fill("Bản của cửa sổ một")
    expect(state(page)).to_have_text(SAVED)
    other.bring_to_front()
    title(other).fill("Bản của cửa sổ hai")
    panel = other.locator("#tu-choi")
    expect(panel).to_contain_text("Bản của cửa sổ một")
    accessible(other)
    title(other).press_sequentially(", gõ thêm")
    other.wait_for_timeout(1900)
    task.refresh_from_db()
    assert task.title == "Bản của cửa sổ một", "nothing is saved before the person chooses"
    panel.get_by_role("button", name="Giữ bản của tôi").click()
    expect(state(other)).to_have_text(SAVED)
    expect(panel).to_be_empty()
    task.refresh_from_db()
    assert task.title == "Bản của cửa sổ hai, gõ thêm"
    title(page).fill("Cửa sổ một lần nữa")
    page.locator("#tu-choi").get_by_role("link", name="Lấy bản kia").click()
    expect(title(page)).to_have_value("Bản của cửa sổ hai, gõ thêm")
    assert page.evaluate("localStorage.length") == 0


def test_signed_out_while_typing_keeps_the_words_and_offers_the_door(page, live_server, task):
    opened(page, live_server, task)
    page.context.clear_cookies(name="dotpha")
    title(page).fill("Hết phiên")
    expect(state(page)).to_contain_text("Phiên đăng nhập đã hết")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="đăng nhập lại").click()
    page.get_by_label("Tên đăng nhập").fill("thinh")
    page.get_by_label("Mật khẩu").fill("Bằng-Khê-2027-qua-cầu")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.get_by_role("button", name="Khôi phục").click()
    expect(state(page)).to_have_text(SAVED)
    task.refresh_from_db()
    assert task.title == "Hết phiên"


def test_grounds_ask_only_what_belongs_to_them_and_hide_nothing_written(page, live_server, task):
    opened(page, live_server, task)
    since = page.get_by_label("Tồn tại từ bao giờ")
    expect(since).to_be_hidden()
    ground = page.get_by_label("Giải quyết dứt điểm việc khó tồn tại lâu")
    ground.check()
    since.fill("từ năm 2015")
    ground.uncheck()
    expect(since).to_be_visible()
    since.fill("")
    expect(since).to_be_hidden()


def test_rows_come_and_go_by_keyboard(page, live_server, task):
    opened(page, live_server, task)
    page.get_by_role("button", name="Thêm chỉ tiêu").press("Enter")
    expect(page.locator("fieldset.indicator").nth(1).get_by_label("Tên chỉ tiêu")).to_be_focused()
    page.keyboard.type("Số hộ")
    page.get_by_role("button", name="Bỏ dòng này").first.press("Enter")
    expect(page.locator("fieldset.indicator")).to_have_count(1)
    expect(state(page)).to_have_text(SAVED)
    task.refresh_from_db()
    assert [row.name for row in task.written.indicators] == ["Số hộ"]


def test_every_page_is_accessible_on_desk_and_phone(page, phone, live_server, registrant):
    written = make_task(registrant, ROAD | {"title": "Tăng cường nâng cao chất lượng đường trục xã"})
    sent = make_task(registrant, ROAD, state=TaskState.SUBMITTED)
    pages = [f"{live_server.url}/nhiem-vu/lap/"]
    pages += [address(live_server, written, verb) for verb in ("soan", "gui", "bo")]
    pages += [address(live_server, sent, "rut")]
    for screen in (page, phone):
        sign_in(screen, live_server.url, "thinh")
        for each in pages:
            screen.goto(each)
            accessible(screen)
            no_sideways_scrolling(screen)


def test_on_a_phone_the_bar_stays_in_reach_and_covers_no_field(phone, live_server, task):
    opened(phone, live_server, task)
    expect(phone.get_by_role("button", name="Xem lại và gửi")).to_be_in_viewport()
    box = phone.get_by_role("button", name="Xem lại và gửi").bounding_box()
    assert box["height"] >= 44
    last = phone.get_by_role("link", name="Bỏ nhiệm vụ này")
    last.scroll_into_view_if_needed()
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert last.bounding_box()["y"] + last.bounding_box()["height"] < phone.locator(".foot").bounding_box()["y"]
