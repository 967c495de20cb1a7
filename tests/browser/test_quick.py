"""Rà soát nhanh as a clerk uses it: drop, watch, read, correct, take home, delete."""

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from dotpha.interfaces.web.quick import downloads
from tests.browser.conftest import accessible

ROWS = [
    [1, "Đảng bộ xã Bằng Khê", "Hoàn thành 3,2 km đường trục xã", "Đ/c Hoàng Văn Thịnh, Bí thư", "31/12/2022", 70, 100],
    [2, "Đảng bộ xã Tân Lộc", "Di dời 27 trang trại lợn ra khỏi khu dân cư", "Chủ tịch UBND xã", "quý IV/2022", 0, 27],
    [3, "Chi bộ Văn phòng", "Tiếp tục nâng cao chất lượng công tác tham mưu", "Tập thể chi ủy", "trong năm", "", ""],
]


@pytest.fixture
def files(tmp_path, register):
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM 2022"])
    sheet.append(
        [
            "TT",
            "Tên tổ chức đảng",
            "Nhiệm vụ đột phá",
            "Người chịu trách nhiệm",
            "Thời hạn",
            "Hiện trạng (%)",
            "Chỉ tiêu (%)",
        ]
    )
    for row in ROWS:
        sheet.append(row)
    book.save(tmp_path / "dang-ky.xlsx")
    (tmp_path / "hong.xlsx").write_bytes(b"")
    return [tmp_path / "dang-ky.xlsx", tmp_path / "hong.xlsx"]


def screened(page: Page, live_server, files) -> None:
    page.goto(live_server.url)
    page.set_input_files("input[name=registers]", files)
    page.get_by_role("button", name="Rà soát").click()
    expect(page.get_by_role("heading", name="Kết quả rà soát")).to_be_visible(timeout=20_000)


@pytest.mark.usefixtures("quiet_console")
def test_a_register_is_dropped_watched_filtered_opened_corrected_and_deleted(page, live_server, files):
    page.goto(live_server.url)
    accessible(page)
    page.set_input_files("input[name=registers]", files)
    expect(page.locator(".chosen").first).to_contain_text("dang-ky.xlsx")
    page.get_by_role("button", name="Rà soát").click()
    expect(page.get_by_role("heading", name="Kết quả rà soát")).to_be_visible(timeout=20_000)
    accessible(page)
    expect(page.get_by_role("link", name="Có 1 điều chưa đọc được")).to_be_visible()
    expect(page.locator(".task")).to_have_count(3)

    page.get_by_label("Tìm (gõ không dấu cũng được)").fill("duong truc xa")
    expect(page.locator(".task")).to_have_count(1)
    assert "tim=" in page.url
    page.get_by_role("link", name="Danh sách").click()
    expect(page.get_by_role("table").get_by_role("link", name=re.compile("đường trục xã"))).to_be_visible()
    accessible(page)

    page.get_by_role("link", name=re.compile("đường trục xã")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoàn thành 3,2 km đường trục xã")
    accessible(page)
    page.get_by_text("Sửa cách đọc").first.click()
    page.get_by_label("Chiều tốt lên").select_option("lower")
    page.get_by_role("button", name="Rà soát lại việc này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã rà soát lại việc này")
    accessible(page)
    page.get_by_role("link", name="← Bảng kết quả đang lọc").click()
    expect(page.get_by_role("status")).to_contain_text("1 nhiệm vụ hợp điều kiện lọc")

    page.get_by_role("button", name="Xóa kết quả").click()
    expect(page.get_by_role("status")).to_have_text("Đã xóa tệp và kết quả khỏi máy chủ.")


def test_all_four_reports_can_be_taken_home(page, live_server, files):
    screened(page, live_server, files)
    for kind, first in (("xlsx", b"PK"), ("docx", b"PK"), ("html", b"<!doctype html>"), ("jsonl", b"{")):
        page.get_by_text("Tải về", exact=True).click()
        with page.expect_download(timeout=30_000) as download:
            page.locator(f"a[href$='/tai-ve/{kind}/']").click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        assert download.value.path().read_bytes().startswith(first)
        expect(page.locator("#writing")).to_contain_text("Đã viết xong")


@pytest.mark.usefixtures("quiet_console")
def test_a_report_that_takes_long_is_seen_to_be_written(page, live_server, files, monkeypatch):
    begun, go = threading.Event(), threading.Event()

    def slow(job, kind):
        begun.set()
        go.wait(20)
        return b"PK"

    screened(page, live_server, files)
    monkeypatch.setattr(downloads, "write", slow)
    page.get_by_text("Tải về", exact=True).click()
    page.locator("a[href$='/tai-ve/docx/']").click()
    expect(page.locator("#writing")).to_contain_text("Đang viết “Báo cáo Word”")
    assert begun.wait(10)
    expect(page.locator("#writing")).to_contain_text("đã 3 giây", timeout=8_000)
    accessible(page)
    with page.expect_download() as download:
        go.set()
    assert download.value.suggested_filename.endswith(".docx")
    expect(page.locator("#writing")).to_have_text("Đã viết xong “Báo cáo Word”.")


def test_a_report_that_cannot_be_written_is_told_on_the_board(page, live_server, files, monkeypatch):
    def refuse(job, kind):
        raise downloads.CannotWrite

    screened(page, live_server, files)
    monkeypatch.setattr(downloads, "write", refuse)
    page.get_by_text("Tải về", exact=True).click()
    page.locator("a[href$='/tai-ve/docx/']").click()
    expect(page.locator("#writing")).to_contain_text("Chưa tải được “Báo cáo Word”")


@pytest.mark.usefixtures("quiet_console")
def test_a_wrong_day_is_told_before_the_files_are_sent(page, live_server, files):
    page.goto(live_server.url)
    page.set_input_files("input[name=registers]", files)
    page.get_by_text("Thêm danh sách năm trước").click()
    day = page.get_by_label("Ngày rà soát")
    for wrong in ("31/02/2022", "29/2/2023", "2022-13-01", "mai", "1/1/22"):
        day.fill(wrong)
        day.blur()
        expect(page.locator("#id_on_complaint")).to_contain_text("ví dụ 26/01/2022")
    accessible(page)
    page.get_by_text("Thêm danh sách năm trước").click()
    page.get_by_role("button", name="Rà soát").click()
    expect(day).to_be_visible()
    expect(page.locator(".chosen").first).to_contain_text("dang-ky.xlsx")
    for right in ("29/02/2024", "1/2/2022", "2022-01-26", ""):
        day.fill(right)
        expect(page.locator("#id_on_complaint")).to_have_text("")
        assert day.evaluate("input => input.checkValidity()"), right
    day.fill("26/01/2022")
    page.get_by_role("button", name="Rà soát").click()
    expect(page.get_by_role("heading", name="Kết quả rà soát")).to_be_visible(timeout=20_000)


def test_without_script_a_wrong_day_asks_to_choose_the_files_again(plain, live_server, files):
    plain.goto(live_server.url)
    plain.set_input_files("input[name=registers]", files)
    plain.get_by_text("Thêm danh sách năm trước").click()
    plain.get_by_label("Ngày rà soát").fill("31/02/2022")
    plain.get_by_role("button", name="Rà soát").click()
    expect(plain.get_by_role("alert")).to_contain_text("Đồng chí chọn lại tệp")


def test_files_can_be_dropped_on_the_frame(page, live_server):
    page.goto(live_server.url)
    transfer = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['{}'], 'tha.jsonl')); return t; }"
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": transfer})
    expect(page.locator(".chosen").first).to_contain_text("tha.jsonl")


def test_too_large_a_file_is_told_before_it_is_sent(page, live_server, tmp_path):
    page.goto(live_server.url)
    page.evaluate("document.querySelector('form[data-files]').dataset.fileMb = 0.00001")
    (tmp_path / "to.xlsx").write_bytes(b"x" * 100)
    page.set_input_files("input[name=registers]", tmp_path / "to.xlsx")
    expect(page.locator(".chosen .field-error")).to_contain_text("“to.xlsx” lớn hơn")
    page.get_by_role("button", name="Rà soát").click()
    expect(page.get_by_role("heading", name="Việc gì sẽ diễn ra")).to_be_visible()


def test_everything_works_without_script(plain, live_server, files):
    plain.goto(live_server.url)
    plain.set_input_files("input[name=registers]", files)
    plain.get_by_role("button", name="Rà soát").click()
    expect(plain.get_by_role("heading", name="Kết quả rà soát")).to_be_visible(timeout=20_000)
    plain.get_by_label("Nhận định", exact=True).select_option(index=1)
    plain.get_by_role("button", name="Lọc").click()
    expect(plain.get_by_role("status")).to_contain_text("hợp điều kiện lọc")
    plain.locator(".task a").first.click()
    expect(plain.get_by_role("heading", name="Mức độ rõ")).to_be_visible()
    mark = plain.locator(".mark[href]").first
    mark.click()
    expect(plain.locator(".note:target")).to_be_visible()


def test_at_the_width_of_a_phone_nothing_runs_off_the_screen(phone, live_server, files):
    def fits() -> None:
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    phone.goto(live_server.url)
    fits()
    screened(phone, live_server, files)
    fits()
    accessible(phone)
    phone.get_by_role("link", name="Danh sách").click()
    fits()
    phone.locator(".list a").first.click()
    expect(phone.get_by_role("heading", name="Mức độ rõ")).to_be_visible()
    fits()
    accessible(phone)
    box = phone.locator(".places").bounding_box()
    assert box is not None
    assert box["y"] > 700


def test_the_keyboard_alone_is_enough(page, live_server, files):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    page.set_input_files("input[name=registers]", files)
    page.get_by_role("button", name="Rà soát").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kết quả rà soát")).to_be_visible(timeout=20_000)
    page.locator(".task a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mức độ rõ")).to_be_visible()
    mark = page.locator(".mark[href]").first
    mark.focus()
    expect(mark.locator(".tip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".note:target")).to_be_visible()


@pytest.mark.parametrize("address", ["/tro-giup/", "/khong-co/", "/ra-soat-nhanh/khong-co/"])
def test_other_pages_are_accessible(page, live_server, address):
    page.goto(live_server.url + address)
    accessible(page)


def test_a_file_that_cannot_be_read_is_explained(page, live_server, files):
    page.goto(live_server.url)
    page.set_input_files("input[name=registers]", files[1:])
    page.get_by_role("button", name="Rà soát").click()
    expect(page.get_by_role("heading", name="Chưa đọc được tệp nào")).to_be_visible(timeout=20_000)
    accessible(page)
    page.get_by_role("link", name="Chọn tệp khác").click()
    expect(page.get_by_role("heading", name="Việc gì sẽ diễn ra")).to_be_visible()


def test_the_offline_page_opens_from_disk_filters_without_script_and_is_accessible(
    browser, page, live_server, files, tmp_path
):
    screened(page, live_server, files)
    page.get_by_text("Tải về", exact=True).click()
    with page.expect_download() as download:
        page.locator("a[href$='/tai-ve/html/']").click()
    download.value.save_as(tmp_path / "ra-soat.html")
    address = (tmp_path / "ra-soat.html").as_uri()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    accessible(page)
    page.locator("#search").fill("duong truc")
    expect(page.locator("article.entry:visible")).to_have_count(1)
    assert {url for url in requests if not url.startswith(("data:", "file:"))} == set()

    context = browser.new_context(java_script_enabled=False)
    still = context.new_page()
    still.goto(address)
    shown = still.locator("article.entry:visible")
    expect(shown).to_have_count(3)
    still.get_by_label("Thường xuyên").check()
    assert shown.count() < 3
    context.close()
