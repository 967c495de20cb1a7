"""The progress, the board, an item, its correction, the downloads, the end."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from dotpha.documents.pieces.troubles import Trouble
from dotpha.interfaces.web.quick import board, downloads, limits
from dotpha.interfaces.web.quick.board import Filters
from dotpha.interfaces.web.quick.jobs import JOBS, Job, Stage, Upload, take
from dotpha.rules.screening.result import Duplicate, Finding, Severity
from tests.makers import ON, REMARK, UNREAD, make_job, make_registration, make_rows, make_screening


def page(client, job, rest="", **headers):
    response = client.get(f"/ra-soat-nhanh/{job.token}/{rest}", headers=headers)
    return response, response.content.decode()


def titles(html):
    return re.findall(r"<a href=\"[^\"]*/viec/\d+/[^\"]*\"><bdi>([^<]+)</bdi></a>", html)


@pytest.fixture
def running():
    job = Job(on=ON, committee="", uploads=[Upload("a.xlsx", b"x"), Upload("b.xlsx", b"y")])
    JOBS.hold(job)
    return job


# Progress


def test_progress_names_the_file_and_how_far(client, running):
    take(running, {"say": "reading", "place": 1})
    _, html = page(client, running)
    assert "Đang đọc tệp 2 trên 2: b.xlsx" in html
    assert 'value="1" max="2"' in html
    assert 'http-equiv="refresh"' in html


def test_progress_counts_screened_items(client, running):
    take(running, {"say": "screening", "count": 40})
    _, html = page(client, running, "tien-do/")
    assert "Đã rà soát 0 trên 40 nhiệm vụ" in html
    assert "<html" not in html


def test_a_waiting_job_is_told_so(client, running):
    _, html = page(client, running)
    assert "Máy chủ đang rà soát các lượt nạp trước" in html


def test_at_the_end_the_progress_sends_to_the_board(client):
    job = make_job()
    response, _ = page(client, job, "tien-do/")
    assert response["HX-Redirect"] == f"/ra-soat-nhanh/{job.token}/"


# Board


def test_the_board_puts_every_item_under_its_verdict(client):
    _, html = page(client, make_job(make_rows(6)))
    columns = html.split('class="column-head"')[1:]
    assert [titles(column) for column in columns] == [
        ["Việc thứ 1", "Việc thứ 4"], ["Việc thứ 2", "Việc thứ 5"], ["Việc thứ 3", "Việc thứ 6"],
    ]  # fmt: skip


def test_the_list_keeps_the_order_of_the_file(client):
    _, html = page(client, make_job(make_rows(4)), "?xem=danh-sach")
    assert titles(html) == [f"Việc thứ {n}" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("nhan-dinh=routine", [3, 6]),
        ("ben-dang-ky=individual", [4]),
        ("chua-dat=schedule", [3, 6]),
        ("do-ro=0", [1, 4]),
        ("do-ro=thieu", [2, 3, 5, 6]),
        ("can-cu=leap", [1, 4]),
        ("tim=viec+thu+5", [5]),
        ("tim=VŨ+đức", [4]),
        ("nhan-dinh=routine&tim=6", [6]),
        ("nhan-dinh=nonsense&trang=x", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_filters_keep_what_they_name(client, query, found):
    _, html = page(client, make_job(make_rows(6)), f"?xem=danh-sach&{query}")
    assert titles(html) == [f"Việc thứ {n}" for n in found]


def test_a_filter_by_file_needs_more_than_one_file(client):
    rows = [(replace(r, source={"file": "b.xlsx"}), s) if n else (r, s) for n, (r, s) in enumerate(make_rows(2))]
    rows = [(r, replace(s, source=r.source)) for r, s in rows]
    job = make_job(rows, files=("xa-bang-khe.xlsx", "b.xlsx"))
    _, html = page(client, job, "?xem=danh-sach&tep=b.xlsx")
    assert titles(html) == ["Việc thứ 2"]
    assert '<select id="tep"' in html
    assert '<select id="tep"' not in page(client, make_job())[1]


def test_choices_carry_the_counts_of_the_whole_job(client):
    _, html = page(client, make_job(make_rows(6)), "?nhan-dinh=routine")
    assert re.search(r'value="routine" selected>Thường xuyên \(2\)', html)
    assert "Đột phá (2)" in html


def test_a_filter_without_result_says_so_and_leads_back(client):
    _, html = page(client, make_job(), "?tim=khong-co-dau&xem=danh-sach")
    assert "Không có nhiệm vụ nào hợp điều kiện lọc" in html
    assert 'href="?xem=danh-sach"' in html


def test_htmx_gets_the_list_alone(client):
    _, html = page(client, make_job(), "?tim=viec", **{"HX-Request-Type": "partial"})
    assert html.strip().startswith('<div id="board">')


def test_fifty_items_a_page_and_the_filter_stays_in_the_links(client):
    job = make_job(make_rows(120))
    _, html = page(client, job, "?xem=danh-sach&tim=viec&trang=3")
    assert titles(html) == [f"Việc thứ {n}" for n in range(101, 121)]
    assert 'href="?tim=viec&amp;xem=danh-sach&amp;trang=2"' in html
    assert titles(page(client, job, "?xem=danh-sach&trang=99")[1])[0] == "Việc thứ 101"


def test_what_could_not_be_read_is_told_on_the_board(client):
    _, html = page(client, make_job(unread=[UNREAD], remarks=[REMARK]))
    assert "Có 2 điều chưa đọc được" in html
    assert REMARK.where in html
    assert UNREAD.message in html


def test_the_board_counts_the_files_that_were_read(client):
    html = page(client, make_job(unread=[UNREAD], files=("a.xlsx", "b.xlsx", UNREAD.file)))[1]
    assert "3 nhiệm vụ từ 2 tệp đọc được trên 3 ·" in html
    assert "3 nhiệm vụ từ tệp a.xlsx ·" in page(client, make_job(files=("a.xlsx",)))[1]
    assert "3 nhiệm vụ từ 2 tệp ·" in page(client, make_job(files=("a.xlsx", "b.xlsx")))[1]


def test_a_list_of_last_year_that_could_not_be_read_is_told_on_the_board_and_in_reports(client):
    job = make_job(files=("a.xlsx",), last_year=("cu.xlsx",))
    take(job, {"say": "unread", "file": "cu.xlsx", "last_year": True, "why": "Tệp trống."})
    html = page(client, job)[1]
    assert "Chưa so được đủ với danh sách năm trước: không đọc được cu.xlsx" in html
    assert "cu.xlsx (danh sách năm trước)" in html
    assert "từ tệp a.xlsx ·" in html
    assert downloads.context(job).is_comparison_lacking


def test_remarks_on_last_years_list_are_told_as_such(client):
    job = make_job(files=("a.xlsx",), last_year=("a.xlsx",))
    take(job, {"say": "remark", "file": "a.xlsx", "last_year": True, "where": "Dòng 3", "message": "chưa hiểu"})
    html = page(client, job)[1]
    assert "a.xlsx (danh sách năm trước)" in html
    assert "Đã so với danh sách năm trước: a.xlsx." in html


def test_a_mark_that_turns_writing_around_turns_no_word_of_ours(client):
    turned = "Việc \u202egnouht"
    registration = make_registration(title=turned, owner=turned, description=turned)
    remark = Trouble("a\u202e.xlsx", "Dòng 3", "chưa hiểu “\u202eabc”, đề nghị xem lại")
    finding = Finding(
        "work.vague", Severity.WARN, "Cụm “\u202eabc” còn rộng.", (), "Thay “\u202eabc” bằng việc cụ thể."
    )
    job = make_job([(registration, make_screening(registration, findings=(finding,)))], remarks=[remark])
    for rest in ("", "?xem=danh-sach", "viec/1/"):
        html = page(client, job, rest)[1]
        inside = re.sub(r"<title>.*?</title>|<bdi>[^<]*</bdi>|<dd>[^<]*", "", html)
        assert "\u202e" not in inside, rest


def test_a_register_without_rows_and_files_that_could_not_be_read_have_their_own_words(client):
    assert "Tệp chưa có nhiệm vụ đăng ký nào" in page(client, make_job([]))[1]
    html = page(client, make_job([], unread=[UNREAD], files=(UNREAD.file,)))[1]
    assert "Chưa đọc được tệp nào" in html
    assert UNREAD.message in html


def test_a_failed_job_says_why(client, running):
    take(running, {"say": "too many", "count": 30_000})
    html = page(client, running)[1]
    assert "Chưa rà soát được" in html
    assert "30000 nhiệm vụ đăng ký" in html


def test_words_of_a_register_are_shown_as_words(client):
    bad = '"><script>alert(1)</script>'
    registration = make_registration(title=bad, owner=bad, description=bad)
    job = make_job([(registration, make_screening(registration))])
    for rest in ("", "?xem=danh-sach", "viec/1/", f"?tim={bad}"):
        assert "<script>alert" not in page(client, job, rest)[1]


# Item


def test_an_item_has_text_clarity_picture_table_and_findings(client):
    job = make_job([(make_registration(), make_screening())])
    _, html = page(client, job, "viec/1/")
    for words in ("Mức độ rõ", '<svg class="fan"', "Xem số liệu của hình", "Nâng chỉ tiêu hoặc rút ngắn thời hạn."):
        assert words in html
    assert "Máy đọc là: tiến độ một công trình, càng cao càng tốt" in html


def test_previous_and_next_stay_within_the_filter(client):
    _, html = page(client, make_job(make_rows(9)), "viec/6/?nhan-dinh=routine")
    assert re.findall(r'viec/(\d+)/\?nhan-dinh=routine" rel="(\w+)"', html) == [("3", "prev"), ("9", "next")]
    assert '?nhan-dinh=routine">← Bảng kết quả đang lọc' in html


def test_a_near_duplicate_links_to_its_item(client):
    first, second = make_rows(2)
    duplicate = Duplicate("X2", 0.9, "same_batch", "Việc thứ 2", (("3 vụ", "5 vụ"),))
    job = make_job([(first[0], make_screening(first[0], duplicates=(duplicate,))), second])
    _, html = page(client, job, "viec/1/")
    assert '<a href="../2/"><bdi>Việc thứ 2</bdi></a>' in html
    assert "<td><bdi>3 vụ</bdi></td><td><bdi>5 vụ</bdi></td>" in html


@pytest.mark.parametrize("rest", ["viec/0/", "viec/4/", "viec/99999/", "tai-ve/pdf/"])
def test_what_a_job_does_not_have_is_not_found(client, rest):
    assert page(client, make_job(), rest)[0].status_code == 404


# Correction


def test_a_corrected_kind_screens_the_item_again_and_the_board_follows(client):
    job = make_job([(make_registration(), make_screening())])
    address = f"/ra-soat-nhanh/{job.token}/viec/1/chi-tieu/0/"
    response = client.post(f"{address}?nhan-dinh=routine", {"kind": "percent", "better": "lower"})
    assert response["Location"].endswith("/viec/1/?nhan-dinh=routine&da-sua=1#chi-tieu-0")
    registration, screening = job.entries[0].unpack()
    assert (registration.indicators[0].kind, registration.indicators[0].better) == ("percent", "lower")
    assert (screening.trend[0].kind, screening.trend[0].better) == ("percent", "lower")
    assert job.tally.total == 1
    assert job.tally.verdicts[screening.verdict] == 1
    html = page(client, job, "viec/1/?da-sua=1")[1]
    assert "Đã rà soát lại việc này" in html
    assert "Đọc theo đồng chí chọn" in html


@pytest.mark.parametrize(("item", "index", "kind"), [(1, 5, "money"), (9, 0, "money"), (1, 0, "nonsense")])
def test_a_correction_that_makes_no_sense_changes_nothing(client, item, index, kind):
    job = make_job()
    before = list(job.entries)
    response = client.post(f"/ra-soat-nhanh/{job.token}/viec/{item}/chi-tieu/{index}/", {"kind": kind})
    assert response.status_code == 404
    assert job.entries == before


def test_a_correction_is_only_posted(client):
    job = make_job()
    assert client.get(f"/ra-soat-nhanh/{job.token}/viec/1/chi-tieu/0/").status_code == 405


# Downloads


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "starts"), [("xlsx", b"PK"), ("docx", b"PK"), ("html", b"<!doctype html>"), ("jsonl", b'{"id": "X1"')]
)
def test_each_report_can_be_downloaded(client, kind, starts):
    response, _ = page_bytes(client, make_job(unread=[UNREAD]), f"tai-ve/{kind}/")
    assert response.content.startswith(starts)
    assert response["Content-Type"] == downloads.CONTENT_TYPES[kind]
    assert response["Content-Disposition"] == f'attachment; filename="ra-soat-dot-pha-2022-01-26.{kind}"'


def page_bytes(client, job, rest):
    response = client.get(f"/ra-soat-nhanh/{job.token}/{rest}")
    return response, response.content


def test_a_report_that_cannot_be_written_says_so(client, monkeypatch):
    def refuse(job, kind):
        raise downloads.CannotWrite

    monkeypatch.setattr(downloads, "write", refuse)
    response, html = page(client, make_job(), "tai-ve/docx/")
    assert response.status_code == 503
    assert "Chưa viết được báo cáo" in html


# The end


def test_deleting_forgets_at_once(client):
    job = make_job()
    response = client.post(f"/ra-soat-nhanh/{job.token}/xoa/")
    assert response["Location"] == "/ra-soat-nhanh/?da-xoa=1"
    assert "Đã xóa tệp và kết quả" in client.get(response["Location"]).content.decode()
    response, html = page(client, job)
    assert response.status_code == 404
    assert "Kết quả đã hết hạn" in html
    assert job.gone.is_set()


@pytest.mark.parametrize("rest", ["", "tien-do/", "viec/1/", "tai-ve/xlsx/"])
def test_an_unknown_token_gets_the_page_of_a_result_that_is_over(client, rest):
    response = client.get(f"/ra-soat-nhanh/khong-co/{rest}")
    assert response.status_code == 404
    assert "nạp lại tệp" in response.content.decode()


def test_results_are_never_kept_by_browser_or_proxy(client):
    job = make_job()
    for rest in ("", "viec/1/", "tien-do/"):
        assert "no-store" in page(client, job, rest)[0]["Cache-Control"]


def test_the_hour_counts_from_the_end_of_the_work():
    job = make_job()
    assert timedelta(minutes=59) < job.expires_at - timezone.now() <= limits.KEPT


def test_the_oldest_result_makes_room_for_new_work(monkeypatch):
    monkeypatch.setattr(limits, "KEPT_JOBS", 2)
    first, second, third = make_job(), make_job(), make_job()
    assert [JOBS.get(job.token) is not None for job in (first, second, third)] == [False, True, True]


def test_filters_make_the_address_they_were_read_from():
    query = {"nhan-dinh": "routine", "do-ro": "1", "tim": "đường", "xem": "danh-sach"}
    assert Filters.of(query).query() == "nhan-dinh=routine&do-ro=1&tim=%C4%91%C6%B0%E1%BB%9Dng&xem=danh-sach"


def test_the_stage_of_a_finished_job_is_done():
    assert make_job().stage is Stage.DONE
    assert board.page(make_job([]), [], 1).last == 1
