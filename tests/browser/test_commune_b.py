"""The demo's commune B: its secretary registers the road, hears that it will be done anyway, sends it anyway."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from dotpha.accounts.models import User
from dotpha.interfaces.demo.load import load
from dotpha.registration.models import BreakthroughTask, Campaign
from tests.browser.conftest import accessible
from tests.browser.test_sign_in import no_sideways_scrolling, sign_in
from tests.browser.test_task_form import JUNE, SAVED, state, write_road
from tests.makers_directory import PASSWORD
from tests.makers_registration import ROAD

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SECRETARY, CHAIRMAN, CLERK = "hoang.van.thinh", "nguyen.manh.tuong", "to.thi.sau"


@pytest.fixture
def campaign() -> Campaign:
    """The demo with everything but what people write on the web; three of them sign in with a password."""
    load(with_sheets=False)
    for user in User.objects.filter(username__in=[SECRETARY, CHAIRMAN, CLERK]):
        user.set_password(PASSWORD)
        user.is_demo = False  # whoever is, signs in with one click in demo mode and in no other way
        user.last_login = timezone.now()  # an account nobody used for years is locked
        user.save(update_fields=["password", "is_demo", "last_login"])
    return Campaign.objects.get(year=2022)


@pytest.fixture
def desk(browser: Browser):
    """A fresh window for each person."""
    contexts = []

    def at(width: int = 1366, height: int = 768) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN"))
        return contexts[-1].new_page()

    yield at
    for context in contexts:
        context.close()


def registers_the_road(page: Page, server: str, campaign: Campaign) -> None:
    sign_in(page, server, SECRETARY)
    page.goto(f"{server}/dot-dang-ky/{campaign.pk}/")
    page.get_by_role("link", name="Soạn nhiệm vụ").or_(page.get_by_role("button", name="Soạn nhiệm vụ")).first.click()
    begin_as(page, "Đảng bộ xã Bằng Khê")
    write_road(page)
    expect(page.locator("#goi-y-indicators-0")).to_contain_text(JUNE)
    expect(page.locator("#goi-y-indicators-0 svg.fan")).to_be_visible()
    expect(state(page)).to_have_text(SAVED)
    accessible(page)
    page.get_by_role("button", name="Xem lại và gửi").click()
    expect(page.get_by_text(JUNE).first).to_be_visible()
    page.get_by_role("button", name="Gửi đăng ký").click()
    expect(page.get_by_text("Đã gửi đăng ký")).to_be_visible()
    accessible(page)


def begin_as(page: Page, name: str) -> None:
    """In whose name; who registers for one only is not asked."""
    start = page.get_by_role("button", name="Bắt đầu soạn")
    if not start.is_visible():
        page.get_by_role("link", name=name).click()
    start.click()


def registers_his_own(page: Page, server: str, campaign: Campaign) -> None:
    """The chairman of the commune, on a telephone."""
    sign_in(page, server, CHAIRMAN)
    page.goto(f"{server}/nhiem-vu/lap/?dot={campaign.pk}")
    begin_as(page, "Nguyễn Mạnh Tường")
    page.get_by_label("Tên nhiệm vụ đột phá").fill("Đôn đốc nhà thầu thi công đường trục xã")
    page.get_by_label("Nội dung, giải pháp chủ yếu").fill("Kiểm tra hiện trường, nghiệm thu từng đoạn đường trục xã.")
    page.locator("[name=supports]").select_option(label=ROAD["title"])
    expect(state(page)).to_have_text(SAVED)
    no_sideways_scrolling(page)
    accessible(page)
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.get_by_role("button", name="Gửi đăng ký").click()
    expect(page.get_by_text("Đã gửi đăng ký")).to_be_visible()


def test_the_road_is_registered_served_by_its_chairman_and_stands_among_the_routine(live_server, campaign, desk):
    server = live_server.url
    registers_the_road(desk(), server, campaign)
    registers_his_own(desk(390, 844), server, campaign)
    road = BreakthroughTask.objects.get(title=ROAD["title"])
    assert [task.registrant.name for task in road.supported_by.all()] == ["Nguyễn Mạnh Tường"]

    board = desk()
    sign_in(board, server, CLERK)
    board.goto(f"{server}/dot-dang-ky/{campaign.pk}/ra-soat/?tim=duong+truc+xa+thon+thuong")
    routine = board.locator("section", has=board.locator("#col-routine"))
    expect(routine.get_by_role("link", name=ROAD["title"])).to_be_visible()
    accessible(board)
    routine.get_by_role("link", name=ROAD["title"]).click()
    expect(board.get_by_text(JUNE)).to_be_visible()
    accessible(board)
    board.goto(f"{server}/dot-dang-ky/{campaign.pk}/so-do/?tim=bang+khe")
    expect(board.get_by_role("link", name="Đôn đốc nhà thầu thi công đường trục xã").first).to_be_visible()
    accessible(board)


PAGES = ("", "tinh-hinh/", "tinh-hinh/nhac/", "nhiem-vu/", "so-do/", "ra-soat/", "gan-giong/", "nhap/", "xuat/", "mau/")


@pytest.mark.parametrize("width", [1366, 390])
def test_every_page_of_the_campaign_is_accessible_and_fits_its_screen(live_server, campaign, desk, width):
    page = desk(width, 800)
    sign_in(page, live_server.url, CLERK)
    for path in PAGES:
        answer = page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/{path}")
        assert answer is not None
        assert (answer.status, page.url) == (200, f"{live_server.url}/dot-dang-ky/{campaign.pk}/{path}")
        no_sideways_scrolling(page)
        accessible(page)
