"""The registration form: what is kept of what was typed, what the engine reads of it, what is still missing."""

import json
import unicodedata
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dotpha.rules.form.composing import compose, content_of, day_of, is_figure, period_of
from dotpha.rules.form.content import GROUNDS, Content, stored
from dotpha.rules.form.missing import missing
from dotpha.rules.form.specification import Need, Specification, Unusable, default
from dotpha.rules.registration import Indicator, Registration
from dotpha.rules.screening.engine import screen
from tests.makers_registration import ROAD

LABELLED = Path(__file__).parents[2] / "data" / "registrations-labelled.jsonl"


def composed_of(content):
    return compose(content, id="1", owner="Đảng bộ xã Bằng Khê", owner_type="organization", year=2022)


def road(**said):
    return Content.from_json(ROAD | said)


# What is kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Đường trục xã", "Đường trục xã"),
        (unicodedata.normalize("NFD", "Đường trục xã"), "Đường trục xã"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("a\x00b\x07c\ud800d", "abcd"),
        ("\u00ad®êng", "\u00ad®êng"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("  \n ", ""),
        (None, ""),
    ],
    ids=["plain", "decomposed", "breaks of Word", "controls", "a soft hyphen may be a letter", "tags", "blank", "none"],
)
def test_a_text_is_kept_as_typed_but_composed_and_storable(typed, kept):
    assert stored(typed) == kept


def test_figures_stay_as_they_were_typed():
    content = Content.from_json({"indicators": [{"name": "Hộ", "target": "khoảng bảy mươi", "history": [["hè", "x"]]}]})
    assert content.indicators[0].target == "khoảng bảy mươi"
    assert content.to_json()["indicators"] == [{"name": "Hộ", "target": "khoảng bảy mươi", "history": [["hè", "x"]]}]


def test_empty_rows_go_and_unknown_grounds_are_not_taken():
    content = Content.from_json(
        {"indicators": [{}, {"name": "Hộ"}], "milestones": [["", ""]], "grounds": ["leap", "x"]}
    )
    assert (len(content.indicators), content.milestones, content.grounds) == (1, (), ("leap",))


TEXT = st.text(max_size=60)
ROWS = st.lists(st.tuples(TEXT, TEXT).map(list), max_size=3)


@settings(max_examples=60)
@given(title=TEXT, description=TEXT, milestones=ROWS, extra=st.dictionaries(TEXT, TEXT, max_size=2), history=ROWS)
def test_what_is_stored_is_read_again_as_the_same(title, description, milestones, extra, history):
    said = {"title": title, "description": description, "milestones": milestones, "extra": extra}
    content = Content.from_json(said | {"indicators": [{"name": title, "history": history}]})
    assert Content.from_json(json.loads(json.dumps(content.to_json()))) == content


def test_a_copy_for_another_year_says_what_it_was_and_is_bound_to_nothing():
    copy = road(supports=7).as_copy()
    assert (copy.title, copy.prior_year_title, copy.supports) == (ROAD["title"], ROAD["title"], None)


# What the engine reads


def test_the_road_of_commune_b_will_be_done_in_june_by_itself():
    screening = screen(composed_of(road()).registration, on=date(2022, 1, 26))
    said = [finding.message for finding in screening.findings]
    assert any("sẽ xong vào khoảng tháng 6 theo đà hiện nay" in message for message in said), said
    assert screening.verdict == "routine"


def test_every_word_of_the_form_is_led_back_to_the_field_it_was_typed_in():
    content = road(difficulty="Vướng mắc kéo dài", since="từ năm 2015", tried="Hai lần cưỡng chế không được")
    composed = composed_of(content)
    for part in composed.parts:
        text = getattr(composed.registration, part.field)[part.start : part.end]
        assert text == composed.text_of(part.name) or part.name == "coordinators"
    screening = screen(composed.registration, on=date(2022, 1, 26))
    places = {
        place[0] for ground in screening.grounds for each in ground.evidence if (place := composed.place_of(each))
    }
    assert {"difficulty", "since", "tried"} & places


def test_a_registration_from_a_register_is_the_same_after_going_through_the_form():
    skipped = {"source", "start", "parent_id", "deadline_iso"}
    for line in LABELLED.read_text("utf-8").splitlines():
        read = Registration.from_json(json.loads(unicodedata.normalize("NFC", line)))
        again = compose(
            content_of(read),
            id=read.id,
            owner=read.owner,
            owner_type=read.owner_type,
            position=read.position,
            year=2022,
        ).registration
        for field in fields(read):
            assert field.name in skipped or getattr(again, field.name) == getattr(read, field.name), read.id


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12/2022", "2022-12-31"), ("2022-12-31", "2022-12-31"), ("2022-13-31", ""), ("30/6", "2022-06-30"),
        ("quý III/2022", "2022-09-30"), ("quý III", "2022-09-30"), ("sớm nhất", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_deadline_is_read_as_the_day_it_fixes(typed, day):
    assert day_of(typed, 2022) == day


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2021", "2021"), ("năm 2021", "2021"), ("6/2021", "2021-06"), ("tháng 6/2021", "2021-06"), ("13/2021", ""),
        ("30/06/2021", "2021-06-30"), ("30-6-2021", "2021-06-30"), ("31/02/2021", ""), ("quý II/2021", "2021-06-30"),
        ("2021-06", "2021-06"), ("2021-13", ""), ("2021-02-31", ""), ("mùa hè", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_period_is_read_as_far_as_it_was_told(typed, period):
    assert period_of(typed, 2022) == period


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("70", 70.0),
        ("70 %", 70.0),
        ("3,25", 3.25),
        ("1.250 triệu đồng", 1250.0),
        ("-2", -2.0),
        ("bảy mươi", None),
        ("", None),
    ],
)
def test_a_figure_is_read_with_or_without_its_unit(typed, value):
    content = Content.from_json({"indicators": [{"name": "Hộ", "baseline": typed}]})
    assert composed_of(content).registration.indicators[0].baseline == value
    assert is_figure(typed) is (value is not None or not typed)


@given(
    st.floats(min_value=-1e15, max_value=1e15, allow_nan=False).filter(lambda value: abs(value) >= 1e-9 or value == 0)
)
def test_a_figure_of_a_register_is_written_with_every_digit_and_read_again_as_itself(value):
    indicator = Indicator(name="Thu ngân sách", unit="đồng", baseline=value, target=value, history=(("2021", value),))
    again = composed_of(content_of(Registration(title="Thu", indicators=(indicator,)))).registration.indicators[0]
    assert (again.baseline, again.target, again.history) == (value, value, (("2021", value),))


def test_the_dated_present_value_joins_the_past_unless_the_past_tells_that_day():
    row = ROAD["indicators"][0]
    indicator = composed_of(road()).registration.indicators[0]
    assert indicator.history[-1] == ("2022-01-20", 70.0)
    told = road(indicators=[row | {"history": [["20/1/2022", "68"]]}])
    assert composed_of(told).registration.indicators[0].history == (("2022-01-20", 68.0),)


# What is missing


def lacking(content, owner_type="organization", specification=None):
    return {gap.name: gap.must for gap in missing(content, specification or default(), owner_type=owner_type)}


def test_an_empty_form_lacks_what_must_and_what_should_be_there():
    found = lacking(Content())
    assert [name for name, must in found.items() if must] == ["title", "description", "responsible"]
    assert "supports" not in found, "asked of individuals only"
    assert {"supports", "serves"} <= set(lacking(Content(), "individual"))
    assert "responsible" not in lacking(Content(), "individual")


@pytest.mark.parametrize(
    ("ground", "asks"),
    [
        ("leap", {"leap"}),
        ("new_model", {"novelty"}),
        ("hard_first_time", {"hardness"}),
        ("resolves_long_standing", {"difficulty", "since", "tried"}),
    ],
)
def test_a_ground_that_is_chosen_must_be_told(ground, asks):
    follow_up = {"leap", "difficulty", "since", "tried", "novelty", "hardness"}
    assert follow_up & set(lacking(road(grounds=[ground]))) == asks
    assert follow_up & set(lacking(road())) == set()
    assert {each.value for each in GROUNDS} >= {ground}


def test_an_indicator_half_filled_or_unreadable_is_told_and_keeps_nothing_back():
    gaps = missing(road(indicators=[{"name": "Hộ", "baseline": "bảy mươi"}]), default(), owner_type="organization")
    said = [gap.message for gap in gaps if gap.name == "indicators"]
    assert said == [
        "Chỉ tiêu 1 (Hộ): chưa ghi chỉ tiêu phải đạt.",
        "Chỉ tiêu 1 (Hộ): “bảy mươi” chưa đọc được thành số.",
    ]
    assert not any(gap.must for gap in gaps if gap.name == "indicators")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"baseline_on": "31/02/2022"}, ["“31/02/2022” chưa đọc được thành ngày."]),
        ({"baseline_on": "30/6"}, []),
        ({"baseline_on": "quý IV/2021"}, []),
        ({"history": [["hè", "60"], ["2020", "61"]]}, ["“hè” chưa đọc được thành năm, tháng hay ngày."]),
    ],
)
def test_a_day_beside_a_figure_that_cannot_be_read_is_told_and_draws_no_point(row, told):
    content = road(indicators=[{"name": "Hộ", "baseline": "70", "target": "100"} | row])
    gaps = missing(content, default(), owner_type="organization", year=2022)
    assert [gap.message for gap in gaps if gap.name == "indicators"] == [f"Chỉ tiêu 1 (Hộ): {each}" for each in told]
    assert len(composed_of(content).registration.indicators[0].history) == 1 - ("31/02/2022" in str(row))


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        ("32/13/2022", True), ("trước ngày 31/06/2022", True), ("2022-13-31", True), ("31/6", True),
        ("31/12/2022", False), ("30/6", False), ("quý III/2022", False), ("6/2022", False), ("thường xuyên", False),
        ("giai đoạn 2021-2025", False), ("", False),
    ],
)  # fmt: skip
def test_a_deadline_meant_as_a_day_that_is_none_is_told(typed, is_told):
    gaps = missing(road(deadline=typed), default(), owner_type="organization", year=2022)
    told = [gap.message for gap in gaps if gap.name == "deadline" and typed]
    assert told == ([f"“{typed}” chưa đọc được thành ngày."] if is_told else [])


def test_a_text_too_long_is_told_how_long_it_may_be_as_people_write_numbers():
    long = {
        gap.name: gap.message for gap in missing(road(description="a" * 9001), default(), owner_type="organization")
    }
    assert long["description"] == "Dài quá 8.000 ký tự (kể cả dấu cách), đề nghị rút gọn."


@pytest.mark.parametrize(("length", "is_told"), [(499, False), (500, False), (501, True)])
def test_a_text_longer_than_the_form_allows_must_be_shortened(length, is_told):
    assert lacking(road(title="a" * length)).get("title", False) is is_told


# The form as data


def spoilt(change):
    rows = default().to_json()
    change(rows)
    return rows


SPOILS = {
    "hỏi hai lần": lambda rows: rows[0]["fields"].append(rows[0]["fields"][0]),
    "chưa biết mục": lambda rows: rows[0]["fields"].append(
        {"name": "other", "label": "Khác", "kind": "text", "need": "optional"}
    ),
    "Mỗi mục cần một tên": lambda rows: rows[0]["fields"][1].update(label=" "),
    "phải hỏi tên nhiệm vụ": lambda rows: rows[0]["fields"][0].update(need="hidden"),
    "dài quá 600": lambda rows: rows[0]["fields"][0].update(help="a" * 601),
    "chưa dùng được": lambda rows: rows[0]["fields"].append(
        {"name": "extra.A B", "label": "Khác", "kind": "text", "need": "optional"}
    ),
    "chưa đọc được": lambda rows: rows[0]["fields"][0].pop("label"),
}


@pytest.mark.parametrize("message", SPOILS)
def test_a_form_that_cannot_be_used_is_refused_in_one_sentence(message):
    with pytest.raises(Unusable, match=message):
        Specification.from_json(spoilt(SPOILS[message]))


def test_the_form_survives_as_data_and_shows_each_what_is_asked_of_him():
    assert Specification.from_json(default().to_json()) == default()
    asked = default().asked_of("individual").by_name
    assert "supports" in asked
    assert "responsible" not in asked


def test_a_question_of_the_committees_own_is_asked_and_read():
    own = {"name": "extra.kinh-phi", "label": "Kinh phí", "kind": "text", "need": "required"}
    form = Specification.from_json(spoilt(lambda rows: rows[0]["fields"].append(own)))
    assert lacking(road(), specification=form)["extra.kinh-phi"]
    answered = road(extra={"extra.kinh-phi": "Vận động 120 triệu đồng"})
    assert "extra.kinh-phi" not in lacking(answered, specification=form)
    assert "Vận động 120 triệu đồng" in composed_of(answered).registration.description


def test_a_hidden_field_is_neither_asked_nor_missed():
    hidden = replace(default().by_name["situation"], need=Need.HIDDEN)
    sections = tuple(
        replace(section, fields=tuple(hidden if each.name == "situation" else each for each in section.fields))
        for section in default().sections
    )
    assert "situation" not in lacking(Content(), specification=Specification(sections))
