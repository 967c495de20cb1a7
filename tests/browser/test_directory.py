"""Danh bạ as a secretary uses it: search without accents, open, look at another day, open branches, change."""

from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from dotpha.directory.models import Function
from tests.browser.conftest import accessible
from tests.makers_directory import (
    make_body,
    make_former_name,
    make_former_parent,
    make_management,
    make_membership,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_term,
    make_user,
)

REFORM = date(2025, 7, 1)


@pytest.fixture
def committee(transactional_db):
    """A province, its district until the reform, communes and cells, people with careers."""
    province = make_organization("Đảng bộ tỉnh An Hà", code="TINH")
    district = make_organization("Đảng bộ huyện Lạc Giang", province, valid_until=REFORM)
    for name in ("Tân Lộc", "Đồng Vang", "Bằng Khê"):
        commune = make_organization(f"Đảng bộ xã {name}", province)
        make_former_parent(commune, district, until=REFORM)
        for cell in ("Phú Thọ", "Thượng", "Trại", "Mới"):
            make_organization(f"Chi bộ thôn {cell}", commune)
    make_former_name(commune, "Đảng bộ xã Tân Hòa", until=date(2020, 1, 1))
    secretary = make_official("Hoàng Văn Thịnh", birth_year=1976)
    make_tenure(secretary, commune, make_position("Bí thư", rank=10), valid_from=date(2020, 5, 1))
    make_tenure(
        secretary, commune, make_position("Chủ tịch UBND", rank=30), valid_from=date(2015, 6, 1),
        valid_until=date(2020, 5, 1),
    )  # fmt: skip
    make_management(secretary, province)
    other = make_official("Nguyễn Mạnh Tường")
    make_tenure(other, commune, make_position("Phó Bí thư", rank=20), valid_from=REFORM)
    term = make_term(make_body(commune), "2025–2030", valid_from=REFORM)
    for order, (official, role) in enumerate(((secretary, "Bí thư"), (other, "Ủy viên"))):
        make_membership(term, official, role=role, order=order)
    return commune


def sign_in(page: Page, live_server, user) -> None:
    client = Client()
    client.force_login(user)
    for name, cookie in client.cookies.items():
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])


@pytest.mark.usefixtures("quiet_console")
def test_an_organization_is_found_without_accents_opened_and_seen_on_another_day(page, live_server, committee):
    sign_in(page, live_server, make_user((Function.CLERK, committee.parent)))
    page.goto(f"{live_server.url}/danh-ba/")
    expect(page.get_by_role("heading", name="Đảng bộ tỉnh An Hà")).to_be_visible()
    accessible(page)

    page.get_by_label("Tìm tổ chức hoặc cán bộ").fill("bang khe")
    expect(page.get_by_role("status")).to_contain_text("1 tổ chức khớp với “bang khe”")
    assert "tim=bang+khe" in page.url
    accessible(page)
    page.get_by_role("link", name="Đảng bộ xã Bằng Khê").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ xã Bằng Khê")
    expect(page.get_by_role("cell", name="Phó Bí thư", exact=True)).to_be_visible()
    accessible(page)

    page.get_by_label("Xem ngày khác").fill("31/12/2019")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ xã Tân Hòa")
    expect(page.get_by_text("Danh bạ tính đến ngày 31/12/2019")).to_be_visible()
    expect(page.get_by_label("Vị trí trong cây tổ chức")).to_contain_text("Đảng bộ huyện Lạc Giang")
    expect(page.get_by_role("cell", name="Chủ tịch UBND")).to_be_visible()
    accessible(page)

    page.get_by_role("link", name="Hoàng Văn Thịnh").click()
    expect(page.get_by_text("Sau ngày này còn 1 chức vụ nữa.")).to_be_visible()
    page.get_by_role("link", name="Xem đến hôm nay").click()
    expect(page.get_by_text("Đang giữ")).to_be_visible()
    accessible(page)


@pytest.mark.usefixtures("quiet_console")
def test_branches_open_one_by_one_with_the_keyboard(page, live_server, committee):
    sign_in(page, live_server, make_user((Function.OBSERVER, committee.parent)))
    page.goto(f"{live_server.url}/danh-ba/")
    expect(page.get_by_text("Chi bộ thôn Phú Thọ")).to_have_count(0)
    branch = page.locator("summary", has_text="trực thuộc Đảng bộ xã Bằng Khê")
    branch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Chi bộ thôn Phú Thọ")).to_be_visible()
    accessible(page)
    branch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Chi bộ thôn Phú Thọ")).to_be_hidden()


def test_the_tree_and_the_search_work_without_script(plain, live_server, committee):
    sign_in(plain, live_server, make_user((Function.OBSERVER, committee.parent)))
    plain.goto(f"{live_server.url}/danh-ba/")
    plain.locator("summary", has_text="trực thuộc Đảng bộ xã Bằng Khê").click()
    plain.get_by_role("link", name="Mở danh sách trực thuộc").first.click()
    expect(plain.get_by_role("link", name="Chi bộ thôn Trại")).to_be_visible()
    plain.get_by_label("Tìm tổ chức hoặc cán bộ").fill("thinh")
    plain.get_by_role("button", name="Tìm").click()
    expect(plain.get_by_role("link", name="Hoàng Văn Thịnh")).to_be_visible()


@pytest.mark.usefixtures("quiet_console")
def test_an_organization_is_moved_after_a_search_for_where_to(page, live_server, committee):
    make_organization("Đảng bộ các cơ quan tỉnh", committee.parent)
    sign_in(page, live_server, make_user((Function.CLERK, committee.parent)))
    page.goto(f"{live_server.url}/danh-ba/to-chuc/{committee.pk}/")
    page.get_by_text("Thay đổi", exact=True).first.click()
    page.get_by_role("link", name="Chuyển về nơi khác").click()
    page.get_by_label("Căn cứ").fill("Quyết định số 12-QĐ/TU")
    page.get_by_label("Tìm tổ chức theo tên hoặc mã").fill("co quan tinh")
    page.get_by_role("button", name="Tìm tổ chức").click()
    expect(page.get_by_label("Căn cứ")).to_have_value("Quyết định số 12-QĐ/TU")
    page.get_by_label("Đảng bộ các cơ quan tỉnh").check()
    accessible(page)
    page.get_by_role("button", name="Chuyển tổ chức").last.click()
    expect(page.get_by_text("Đã chuyển Đảng bộ xã Bằng Khê về trực thuộc Đảng bộ các cơ quan tỉnh.")).to_be_visible()


def test_organizations_are_merged_without_script(plain, live_server, committee):
    sign_in(plain, live_server, make_user((Function.CLERK, committee.parent)))
    plain.goto(f"{live_server.url}/danh-ba/to-chuc/{committee.pk}/sap-nhap/")
    plain.get_by_label("Căn cứ").fill("Quyết định số 12-QĐ/TU")
    for name in ("Tân Lộc", "Đồng Vang"):
        plain.get_by_label("Tìm tổ chức theo tên hoặc mã").fill(f"xa {name}")
        plain.get_by_role("button", name="Tìm tổ chức").click()
        plain.get_by_label(f"Đảng bộ xã {name}").check()
    expect(plain.get_by_label("Đảng bộ xã Tân Lộc")).to_be_checked()
    plain.get_by_role("button", name="Sáp nhập", exact=True).last.click()
    expect(plain.get_by_text("Đã sáp nhập Đảng bộ xã Đồng Vang, Đảng bộ xã Tân Lộc vào")).to_be_visible()
    expect(plain.get_by_text("Kế thừa từ")).to_be_visible()


@pytest.mark.parametrize(
    "path",
    [
        "/danh-ba/", "/danh-ba/?tim=xa", "/danh-ba/to-chuc/{}/", "/danh-ba/to-chuc/{}/chuyen/",
        "/danh-ba/to-chuc/{}/sap-nhap/", "/danh-ba/to-chuc/{}/co-quan/",
    ],
)  # fmt: skip
def test_nothing_runs_off_a_phone(phone, live_server, committee, path):
    sign_in(phone, live_server, make_user((Function.CLERK, committee.parent)))
    phone.goto(live_server.url + path.format(committee.pk))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    accessible(phone)


@pytest.mark.usefixtures("quiet_console")
@pytest.mark.parametrize("words", ["find_successor", "reason"])
def test_the_enter_key_in_a_form_that_looks_for_somebody_ends_nothing(page, live_server, committee, words):
    cell = make_organization("Chi bộ thôn Cuối", committee)
    sign_in(page, live_server, make_user((Function.CLERK, committee.parent)))
    page.goto(f"{live_server.url}/danh-ba/to-chuc/{cell.pk}/ket-thuc/")
    page.get_by_label("Căn cứ").fill("Nghị quyết số 60-NQ/TW")
    page.get_by_label("Tìm tổ chức theo tên hoặc mã").fill("dong vang")
    page.locator(f"[name={words}]").press("Enter")
    expect(page.get_by_label("Đảng bộ xã Đồng Vang")).to_be_visible()
    expect(page.get_by_label("Căn cứ")).to_have_value("Nghị quyết số 60-NQ/TW")
    cell.refresh_from_db()
    assert cell.valid_until is None
    page.get_by_label("Đảng bộ xã Đồng Vang").check()
    page.get_by_role("button", name="Kết thúc hoạt động").click()
    expect(page.get_by_text("Chi bộ thôn Cuối kết thúc từ ngày")).to_be_visible()
