import base64
import hashlib
import io
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from dotpha.documents.pieces.troubles import Trouble
from dotpha.documents.reports import page
from dotpha.rules.screening.result import Duplicate, Finding, Severity, Verdict
from tests.makers import REMARK, UNREAD, evidence, make_context, make_registration, make_rows, make_screening

HOSTILE = '</style></script><script>alert(1)</script>" onload="x'


def written(rows, **context):
    stream = io.BytesIO()
    page.write(stream, rows, make_context(**context))
    return stream.getvalue().decode()


@pytest.fixture(scope="module")
def html():
    return written(make_rows(6), unread=(UNREAD,), remarks=(REMARK,))


class Tags(HTMLParser):
    """Collects every tag with its attributes; raises on a tag that is never closed."""

    VOID = frozenset({"meta", "input", "br", "link", "path", "circle", "rect", "use", "!doctype"})

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}>"


def test_nothing_is_asked_of_another_place(html):
    for tag, attributes in Tags(html).found:
        assert not set(attributes) & {"src", "srcset", "action", "style", "onload", "onclick"}, tag
        assert attributes.get("href", "#").startswith("#")
    assert not re.findall(r"url\(\"(?!data:)", html)


def test_every_tag_is_closed_and_every_link_and_id_is_right(html):
    tags = Tags(html)
    assert tags.open == []
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"][1:] for tag, attributes in tags.found if tag == "a"} <= set(ids)


def test_policy_allows_exactly_the_style_and_script_that_are_there(html):
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    policy = policy.replace("&#x27;", "'")
    for tag in ("style", "script"):
        ((inside),) = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_every_item_stands_in_the_list_and_below_with_its_filters(html):
    entries = [a["class"] for tag, a in Tags(html).found if "entry" in a.get("class", "")]
    assert len(entries) == 12
    assert sum("is-routine" in each for each in entries) == 4
    for choice in ("v-routine", "v-borderline", "v-breakthrough", "o-organization", "o-individual"):
        assert f'id="{choice}"' in html
        assert f"#{choice}:checked ~ * .entry" in html


def test_what_could_not_be_read_is_told_by_place(html):
    assert REMARK.where in html
    assert UNREAD.message in html


def test_words_of_a_register_or_committee_cannot_become_markup():
    row = (make_registration(title=HOSTILE, owner=HOSTILE, description=HOSTILE), make_screening())
    html = written([row], committee=HOSTILE, title=HOSTILE)
    assert html.count("<script>") == html.count("</script>") == 1
    assert html.count("</style>") == 1
    assert not [a for _, a in Tags(html).found if "onload" in a]


def test_printed_pages_carry_committee_day_and_numbers(html):
    assert "counter(page)" in html
    assert r"Huy\1ec7 n\20 \1ee7 y" in html
    assert "26\\2f 01\\2f 2022" in html


def test_a_near_duplicate_of_the_same_batch_is_a_link():
    duplicate = Duplicate("X2", 0.9, "same_batch", "Việc thứ 2", (("3 vụ", "5 vụ"),))
    first, second = make_rows(2)
    html = written([(first[0], make_screening(first[0], duplicates=(duplicate,))), second])
    assert '<a href="#v2"><bdi>Việc thứ 2</bdi></a>' in html
    assert "<td><bdi>3 vụ</bdi></td><td><bdi>5 vụ</bdi></td>" in html


def test_a_short_list_is_written_in_full(html):
    assert html.count("<article") == 6
    assert "Bảng Excel của lần rà soát này ghi mọi việc" not in html


def routine(number, severity):
    registration = make_registration(id=f"R{number}", title=f"Việc thường {number}")
    finding = Finding("work.vague", severity, "Còn rộng.", suggestion="Ghi việc cụ thể.")
    return registration, make_screening(registration, findings=(finding,))


def test_a_long_list_writes_in_full_only_what_the_committee_weighs_and_says_so(monkeypatch):
    monkeypatch.setattr(page, "ALL_IN_FULL", 4)
    asks, is_fine = routine(1, Severity.WARN), routine(2, Severity.HINT)
    html = written([*make_rows(2), asks, is_fine, routine(3, Severity.BLOCK)])
    tags = Tags(html)
    assert tags.open == []
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert {attributes["href"][1:] for tag, attributes in tags.found if tag == "a"} <= set(ids)
    cards = dict(re.findall(r'<article[^>]* id="v(\d)">(.*?)</article>', html, re.DOTALL))
    assert list(cards) == ["1", "2", "3", "5"]
    assert ["Mức độ rõ" in card for card in cards.values()] == [True, True, False, False]
    assert "Ghi việc cụ thể." in cards["3"]
    assert "2 việc đột phá hoặc cần làm rõ; 2 việc thường xuyên ghi nhận xét và gợi ý; 1 việc" in html
    assert "<bdi>Việc thường 2</bdi><br>" in html, "in the list without a link"
    assert html.count('<tr class="entry') == 5
    assert "theo đà hiện nay cũng đạt</span>" in html, "its reason stands in its line"
    assert "có một dòng" not in re.findall('class="shortened">(.*?)</p>', written([*make_rows(2), asks, asks, asks]))[0]


def test_an_item_of_a_long_page_takes_a_sixth_less_room(monkeypatch):
    def size_of_one():
        (card,) = re.findall("<article.*?</article>", written(row), re.DOTALL)
        return len(card.encode())

    road = make_registration()
    findings = (Finding("work.vague", Severity.WARN, "Rộng.", (evidence(road, "description", "thi công"),)),)
    row = [(road, make_screening(road, verdict=Verdict.BORDERLINE, findings=findings))]
    full = size_of_one()
    monkeypatch.setattr(page, "ALL_IN_FULL", 0)
    assert size_of_one() < full * 5 / 6


def test_shapes_are_drawn_once_a_page(html):
    assert html.count("<symbol") == 6
    assert "M2 8.5 6.2 13" in html
    assert html.count("M2 8.5 6.2 13") == 1


def test_the_page_says_whether_last_year_was_compared(html):
    assert "Chưa so với danh sách năm trước vì không có danh sách nào được nạp." in html
    lost = Trouble("cu.xlsx (danh sách năm trước)", "", "Tệp trống.")
    both = written(make_rows(1), last_year=("cu.xlsx", "cu-2.xlsx"), unread=(lost,))
    assert "<b>Chưa so được đủ với danh sách năm trước: không đọc được cu.xlsx; mới so với cu-2.xlsx.</b>" in both
    assert "Đã so với danh sách năm trước: cu.xlsx." in written(make_rows(1), last_year=("cu.xlsx",))


def test_the_page_counts_the_files_that_were_read():
    html = written(make_rows(1), files=("a.xlsx", "b.docx", UNREAD.file), unread=(UNREAD,))
    assert "đọc từ 2 tệp đọc được trên 3" in html


def test_a_mark_that_turns_writing_around_turns_no_word_of_ours():
    turned = "Việc \u202egnouht"
    registration = make_registration(title=turned, owner=turned, position=turned, source={"file": turned})
    finding = Finding("work.vague", Severity.WARN, "Cụm “\u202eabc” còn rộng.", (), "Thay “\u202eabc”.")
    remark = Trouble(turned, "Dòng 3", "chưa hiểu “\u202eabc”, đề nghị xem lại")
    row = (registration, make_screening(registration, findings=(finding,)))
    html = written([row], remarks=(remark,), committee=turned, files=(turned,))
    inside = re.sub(r"<title>.*?</title>|<bdi>[^<]*</bdi>|<dd>[^<]*", "", html)
    assert "\u202e" not in inside
    assert re.search(r"bdi \{[^}]*unicode-bidi: isolate", html)


def test_an_empty_screening_is_still_a_page():
    assert Tags(written([])).open == []


@pytest.mark.slow
def test_the_page_is_written_without_starting_django():
    code = (
        "import io, sys; from tests.makers import *; from dotpha.documents import reports;"
        "from django.conf import settings; s = io.BytesIO();"
        "reports.write_to(s, 'html', make_rows(2), make_context()); print(settings.configured)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False", done.stderr
