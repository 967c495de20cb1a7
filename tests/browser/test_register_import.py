"""Nhập sổ đăng ký in a browser: with its doubts, without script, on a phone."""

from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from tests.browser.conftest import accessible
from tests.browser.test_directory import sign_in
from tests.makers_directory import make_official, make_organization, make_user
from tests.makers_registration import make_campaign, make_registrant, make_task

HEAD: list[int | str] = [
    "TT",
    "Tổ chức, cá nhân",
    "Chức vụ",
    "Nhiệm vụ đột phá",
    "Nội dung",
    "Thời hạn",
    "Nhiệm vụ tập thể",
]
ROAD = "Hoàn thành 3,2 km đường trục xã từ thôn Thượng đến quốc lộ"
ROWS: list[list[int | str]] = [
    [1, "Đảng ủy xã Bằng Khê", "", ROAD, "Rải nhựa 3,2 km đường trục xã.", "30/6/2027", ""],
    [2, "Đảng bộ xã Tân Lộc", "", "Di dời 27 trang trại lợn ra khỏi khu dân cư", "Di dời.", "quý IV/2027", ""],
    [3, "Nguyễn Mạnh Tường", "Phó Bí thư", "Đôn đốc nhà thầu làm đường trục xã", "Giao ban.", "31/12/2027", ROAD],
    [4, "Đảng bộ xã Bằng Khuê", "", "Trồng 5.000 cây quế", "Trồng quế trên đất trống.", "30/6/2027", ""],
    [5, "Đảng bộ xã Bằng Khuê", "", "Xóa 12 nhà tạm", "Xóa nhà tạm cho hộ nghèo.", "31/02/2027", ""],
    [6, "Đảng bộ xã Đồng Vang", "", "Chuyển 40 ha lúa kém sang trồng sen", "Trồng sen.", "30/9/2027", ""],
    [7, "Đảng bộ xã Đồng Vang", "", "Mở lại chợ phiên Đồng Vang", "Mở chợ.", "30/9/2027", ""],
    [8, "Đảng bộ xã Đồng Vang", "", "Số hóa hồ sơ đất của 1.200 hộ", "Số hóa.", "30/9/2027", ""],
    [9, "Đảng bộ xã Đồng Vang", "", "Đưa nước sạch về ba thôn vùng cao", "Đưa nước.", "30/9/2027", ""],
    [10, "Đảng bộ xã Tân Lộc", "", "Di dời 27 trang trại lợn ra khỏi khu dân cư", "Di dời.", "quý IV/2027", ""],
]


@pytest.fixture
def campaign(transactional_db):
    today = timezone.localdate()
    district = make_organization("Đảng bộ huyện Lạc Giang")
    campaign = make_campaign(
        district, title="Đăng ký nhiệm vụ đột phá năm 2027", opens_on=today - timedelta(days=9),
        closes_on=today + timedelta(days=20), last_number=5_000,
    )  # fmt: skip
    khe, *_ = (
        make_registrant(campaign, make_organization(f"Đảng bộ xã {name}", district))
        for name in ("Bằng Khê", "Tân Lộc", "Đồng Vang")
    )
    tuong = make_official("Nguyễn Mạnh Tường")
    make_registrant(campaign, khe.organization, tuong, post="Phó Bí thư Đảng ủy xã Bằng Khê")
    make_task(
        khe, {"title": ROAD, "description": "Rải nhựa 3,2 km đường trục xã.", "deadline": "31/12/2027"},
        state=TaskState.SUBMITTED,
    )  # fmt: skip
    return campaign


@pytest.fixture
def clerk(campaign):
    return make_user((Function.CLERK, campaign.organization), first_name="Lê Thị Hà")


@pytest.fixture
def register(tmp_path):
    book = openpyxl.Workbook()
    book.worksheets[0].append(["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2027"])
    for row in (HEAD, *ROWS):
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "so-dang-ky.xlsx")
    return tmp_path / "so-dang-ky.xlsx"


def look(page: Page, live_server, campaign, register) -> None:
    page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/nhap/")
    page.get_by_label("Tệp sổ đăng ký").set_input_files(register)
    page.get_by_role("button", name="Đọc và xem trước").click()
    expect(page.get_by_role("heading", name="Xem trước khi nhập")).to_be_visible()


def decide(page: Page) -> None:
    """Who the stranger is; what is one too many."""
    page.get_by_label("Bên đăng ký (Đảng bộ xã Bằng Khuê)").select_option(label="Đảng bộ xã Bằng Khê")
    page.get_by_role("button", name="Lưu lựa chọn").press("Enter")
    page.get_by_role("link", name="Từ chối").click()
    page.get_by_label("Bỏ dòng này").check()
    page.get_by_role("button", name="Lưu lựa chọn").click()


def test_clerk_decides_what_is_doubtful_and_writes_the_register(
    page, live_server, campaign, clerk, register, quiet_console
):
    sign_in(page, live_server, clerk)
    page.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/")
    page.get_by_role("link", name="Nhập sổ").click()
    accessible(page)
    look(page, live_server, campaign, register)
    accessible(page)
    decide(page)
    page.get_by_role("link", name="Sửa bản đã có").click()
    expect(page.locator("ins", has_text="30/6/2027")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Ghi 8 nhiệm vụ vào đợt").click()
    expect(page.get_by_role("heading", name="Đã nhập sổ đăng ký")).to_be_visible()
    accessible(page)
    assert BreakthroughTask.objects.count() == 8
    assert BreakthroughTask.objects.get(official__isnull=False).supports == BreakthroughTask.objects.get(title=ROAD)


def test_a_register_is_decided_and_written_without_script(plain, live_server, campaign, clerk, register):
    sign_in(plain, live_server, clerk)
    look(plain, live_server, campaign, register)
    decide(plain)
    plain.get_by_role("button", name="Ghi 8 nhiệm vụ vào đợt").click()
    expect(plain.get_by_text("Đã ghi sổ")).to_be_visible()


def test_doubts_are_decided_on_a_phone(phone, live_server, campaign, clerk, register):
    sign_in(phone, live_server, clerk)
    phone.goto(f"{live_server.url}/dot-dang-ky/{campaign.pk}/nhap/")
    accessible(phone)
    look(phone, live_server, campaign, register)
    accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.get_by_role("link", name="Từ chối").click()
    accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
