"""What becomes of each row of a register: told before anything is written, and the same when asked again."""

from dataclasses import replace

import pytest

from dotpha.registration.exchange.plan import LEAVE_OUT, Outcome, Plan
from dotpha.registration.exchange.planning import plan
from dotpha.registration.exchange.register import Register
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import TaskState
from dotpha.rules.form.composing import content_of
from dotpha.rules.form.content import MOST_ROWS
from dotpha.rules.registration import Indicator, Registration
from tests.makers_directory import make_official, make_organization
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db
KHE, LOC = "Đảng bộ xã Bằng Khê", "Đảng bộ xã Tân Lộc"


def row(title, owner=KHE, number=5, **told):
    told.setdefault("description", "Di dời 27 trang trại lợn.")
    source = {"file": "so.xlsx", "sheet": "Biểu 02", "row": number} | told.pop("source", {})
    return Registration(id=f"so/{number}", owner=owner, title=title, source=source, **told)


@pytest.fixture
def campaign():
    campaign = make_campaign()
    for name in (KHE, LOC):
        make_registrant(campaign, make_organization(name, campaign.organization))
    return campaign


@pytest.fixture
def khe(campaign):
    return campaign.registrants.get(name=KHE)


@pytest.fixture
def deputy(campaign, khe):
    official = make_official("Nguyễn Mạnh Tường")
    return make_registrant(campaign, khe.organization, official, post="Phó Bí thư Đảng ủy xã Bằng Khê")


def planned(campaign, *rows, **choices):
    return plan(Register(rows), campaign, choices)


def outcomes(made):
    return [line.outcome for line in made.lines]


def sent(registrant, said, **fields):
    return make_task(registrant, said, state=TaskState.SUBMITTED, **fields)


def as_row(task, **told):
    """A task as a register holds it."""
    from dotpha.registration.exchange.merging import as_registered

    registration = as_registered(task.current.written, task.registrant, task.campaign)
    return replace(registration, id="so/5", source={"file": "so.xlsx", "row": 5}, **told)


def test_a_row_of_a_known_organization_is_added(campaign):
    [line] = planned(campaign, row("Đưa nước sạch về thôn Trại", "Đảng ủy xã Bằng Khê")).lines
    assert (line.outcome, line.called, line.how) == (Outcome.ADD, KHE, "đúng tên")
    assert line.place == "trang tính ‘Biểu 02’, dòng 5"


def test_an_unknown_owner_is_one_question_for_all_its_rows(campaign):
    rows = [row("Việc một", "Đảng bộ xã Bằng Khuê", 5), row("Việc hai", "Đảng bộ xã Bằng Khuê", 6)]
    made = planned(campaign, *rows)
    assert outcomes(made) == [Outcome.DOUBT] * 2 and made.is_blocked
    [question] = made.questions
    assert question.lines == (0, 1) and question.options[0][1] == KHE
    chosen = planned(campaign, *rows, **{question.key: question.options[0][0]})
    assert outcomes(chosen) == [Outcome.ADD] * 2 and chosen.lines[0].how == "đồng chí chọn"
    left = planned(campaign, *rows, **{question.key: LEAVE_OUT})
    assert outcomes(left) == [Outcome.LEFT_OUT] * 2 and not left.is_blocked and not left.to_write


def test_a_choice_nobody_offered_leaves_the_question_open(campaign):
    [question] = planned(campaign, row("Việc một", "Nơi lạ")).questions
    for nonsense in ("0", "999999999999999999999", "x", "²"):
        assert outcomes(planned(campaign, row("Việc một", "Nơi lạ"), **{question.key: nonsense})) == [Outcome.DOUBT]


def test_what_stands_in_the_campaign_word_for_word_is_left_as_it_is(campaign, khe):
    task = sent(khe, ROAD)
    made = planned(campaign, as_row(task))
    assert (outcomes(made), made.lines[0].task) == ([Outcome.SAME], task.pk)
    assert not made.to_write


def test_a_title_longer_than_lists_show_is_known_again(campaign, khe):
    sent(khe, {"title": "Đường trục xã " * 100})
    assert outcomes(planned(campaign, row("Đường trục xã " * 100, description=""))) == [Outcome.SAME]


def test_a_changed_row_is_a_new_version_that_keeps_the_parts_of_the_form(campaign, khe):
    task = sent(khe, ROAD | {"leap": "Từ 22% lên 100% trong một năm."})
    made = planned(campaign, as_row(task, deadline="30/6/2022"))
    assert outcomes(made) == [Outcome.CHANGE]
    assert made.lines[0].changes == (("Thời hạn", "31/12/2022", "30/6/2022"),)
    [work] = made.work
    assert work.content == replace(task.current.written, deadline="30/6/2022")


def test_a_description_told_otherwise_takes_the_place_of_its_parts(campaign, khe):
    task = sent(khe, ROAD)
    made = planned(campaign, as_row(task, description="Chỉ còn trải nhựa."))
    content = made.work[0].content
    assert (content.description, content.situation, content.products) == ("Chỉ còn trải nhựa.", "", "")
    assert content.indicators == task.current.written.indicators


def test_empty_cells_erase_nothing(campaign, khe):
    sent(khe, ROAD)
    assert outcomes(planned(campaign, row(ROAD["title"], description=""))) == [Outcome.SAME]


def test_other_figures_are_a_change_and_keep_how_they_are_measured(campaign, khe):
    measured = ROAD["indicators"][0] | {"method": "Biên bản nghiệm thu tháng"}
    task = sent(khe, ROAD | {"indicators": [measured]})
    figures = (Indicator(name="khối lượng thi công đường trục xã", unit="%", baseline=70, target=90),)
    made = planned(campaign, row(task.title, description="", indicators=figures))
    assert made.lines[0].changes[0][0] == "Chỉ tiêu"
    [now] = made.work[0].content.indicators
    assert (now.target, now.method, len(now.history)) == ("90", "Biên bản nghiệm thu tháng", 3)


def test_a_title_nearly_the_same_is_asked_about(campaign, khe):
    task = sent(khe, {"title": "Di dời 27 trang trại lợn ra khỏi khu dân cư thôn Hạ"})
    nearly = row("Di dời 28 trang trại lợn ra khỏi khu dân cư thôn Hạ")
    made = planned(campaign, nearly)
    assert outcomes(made) == [Outcome.DOUBT] and "27 trang trại" in made.lines[0].why
    key = made.questions[0].key
    assert planned(campaign, nearly, **{key: "same"}).lines[0].task == task.pk
    assert outcomes(planned(campaign, nearly, **{key: "new"})) == [Outcome.ADD]
    assert outcomes(planned(campaign, nearly, **{key: LEAVE_OUT})) == [Outcome.LEFT_OUT]


def test_our_own_code_finds_a_task_whose_title_was_rewritten(campaign, khe):
    task = sent(khe, {"title": "Di dời trang trại lợn khỏi khu dân cư"}, number=14)
    coded = row("Di dời 27 trang trại lợn ra xa khu dân cư", source={"other": {"Mã": "DK-0014"}})
    assert planned(campaign, coded).lines[0].task == task.pk
    elsewhere = replace(coded, title="Xóa nhà tạm cho hộ nghèo")
    assert "tên khác hẳn" in planned(campaign, elsewhere).lines[0].why
    assert outcomes(planned(campaign, replace(coded, owner=LOC))) == [Outcome.ADD], "a code of another registrant"


def test_a_row_said_twice_is_imported_once_and_both_places_are_told(campaign):
    made = planned(campaign, row("Việc một", number=5), row("VIỆC MỘT", "Đảng ủy xã Bằng Khê", 9))
    assert outcomes(made) == [Outcome.ADD, Outcome.DUPLICATE]
    assert "dòng 5" in made.lines[1].why and "dòng 9" in made.lines[1].place


def test_two_rows_of_one_title_that_say_different_things_are_asked_about(campaign):
    rows = row("Việc một"), row("Việc một", number=6, description="Nội dung khác hẳn.")
    made = planned(campaign, *rows)
    assert outcomes(made) == [Outcome.ADD, Outcome.DOUBT]
    both = planned(campaign, *rows, **{made.questions[0].key: "new"})
    assert outcomes(both) == [Outcome.ADD, Outcome.ADD]


def test_more_than_the_campaign_allows_is_refused_and_may_be_left_out(campaign, khe):
    make_task(khe)  # a draft counts, though nobody else reads it
    rows = [row(f"Việc {word}", number=place) for place, word in enumerate(("một", "hai hai", "ba ba ba"), 5)]
    made = planned(campaign, *rows)
    assert outcomes(made) == [Outcome.ADD, Outcome.ADD, Outcome.REFUSED] and made.is_blocked
    assert "nhiều nhất 3" in made.lines[2].why
    assert outcomes(planned(campaign, *rows, x2=LEAVE_OUT))[2] is Outcome.LEFT_OUT


def test_a_row_of_more_figures_than_the_form_holds_is_refused_and_named_not_cut(campaign):
    figures = [Indicator(name=f"Chỉ tiêu {number}", target=number) for number in range(1, MOST_ROWS + 2)]
    fits, over = row("Việc vừa", indicators=tuple(figures[:-1])), row("Việc dài", number=6, indicators=tuple(figures))
    made = planned(campaign, fits, over)
    assert outcomes(made) == [Outcome.ADD, Outcome.REFUSED] and made.is_blocked
    assert "41 chỉ tiêu" in made.lines[1].why and "dòng 6" in made.lines[1].place
    assert len(made.work[0].content.indicators) == MOST_ROWS
    assert outcomes(planned(campaign, fits, over, x1=LEAVE_OUT))[1] is Outcome.LEFT_OUT


def test_what_was_taken_back_to_be_rewritten_is_not_written_over(campaign, khe):
    make_task(khe, ROAD, state=TaskState.WITHDRAWN)
    made = planned(campaign, row(ROAD["title"], description="Khác."))
    assert outcomes(made) == [Outcome.REFUSED] and "rút" in made.lines[0].why


def test_a_draft_of_the_registrant_is_not_read(campaign, khe):
    make_task(khe, {"title": "Việc một"})
    assert outcomes(planned(campaign, row("Việc một"))) == [Outcome.ADD]


def individual(title, **told):
    return row(title, "Nguyễn Mạnh Tường", told.pop("number", 9), owner_type="individual", **told)


def test_an_individuals_row_finds_its_collective_task_in_the_file(campaign, deputy):
    collective = row("Hoàn thành đường trục xã", number=5)
    for named in ({"parent_id": "so/5"}, {"parent_title": "hoan thanh duong truc xa"}):
        made = planned(campaign, individual("Đôn đốc nhà thầu", **named), collective)
        own, road = made.work
        assert own.parent is road and own.parent_title == "Hoàn thành đường trục xã"
        assert made.lines[0].parent == "Hoàn thành đường trục xã"


@pytest.mark.parametrize("named", ["Hoàn thành đường trục xã", "Hoàn thành đường trục  xã.", "DK-0014"])
def test_an_individuals_row_finds_its_collective_task_in_the_campaign(campaign, khe, deputy, named):
    road = sent(khe, {"title": "Hoàn thành đường trục xã"}, number=14)
    said = {"parent_id": named} if named.startswith("DK") else {"parent_title": named}
    [work] = planned(campaign, individual("Đôn đốc nhà thầu", **said)).work
    assert (work.parent, work.content.supports) == (road, road.pk)


def test_of_two_collective_tasks_of_one_title_the_persons_own_is_meant(campaign, khe, deputy):
    own = sent(khe, {"title": "Chuyển đổi số"})
    sent(campaign.registrants.get(name=LOC), {"title": "Chuyển đổi số"})
    assert planned(campaign, individual("Số hóa hồ sơ", parent_title="Chuyển đổi số")).work[0].parent == own


def test_a_collective_task_nobody_has_stays_in_words(campaign, deputy):
    [work] = planned(campaign, individual("Số hóa hồ sơ", parent_title="Việc của ai đó")).work
    assert (work.parent, work.content.supports, work.content.parent_title) == (None, None, "Việc của ai đó")


def test_a_link_alone_is_a_change(campaign, khe, deputy):
    road = sent(khe, {"title": "Hoàn thành đường trục xã"})
    sent(deputy, {"title": "Đôn đốc nhà thầu", "description": "Di dời 27 trang trại lợn."})
    made = planned(campaign, individual("Đôn đốc nhà thầu", parent_title=road.title))
    assert made.lines[0].changes == (("Nhiệm vụ tập thể", "", road.title),)
    assert made.work[0].content.supports == road.pk


def test_a_plan_is_kept_and_shown_again_as_it_was(campaign):
    made = planned(campaign, row("Việc một"), row("Việc hai", "Nơi lạ", 6))
    again = Plan.from_json(made.to_json())
    assert (again.lines, again.questions, again.digest) == (made.lines, made.questions, made.digest)
    assert planned(campaign, row("Việc một")).digest != made.digest


def test_a_registers_content_comes_back_from_the_form(campaign):
    told = row("Việc một", responsible="Bí thư", deadline="quý IV/2027")
    assert planned(campaign, told).work[0].content == content_of(told)


def test_thousands_of_rows_ask_as_many_queries_as_two(campaign, django_assert_num_queries):
    for name in ("Nam", "Bắc", "Đông", "Tây", "Thượng", "Hạ"):
        registrant = make_registrant(campaign, make_organization(f"Chi bộ thôn {name}", campaign.organization))
        sent(registrant, {"title": f"Việc thôn {name}"})
    few = [row("Việc thôn Nam", "Chi bộ thôn Nam"), row("Việc mới", "Chi bộ thôn Bắc")]
    many = [row(f"Việc mới {name}", f"Chi bộ thôn {name}") for name in ("Nam", "Bắc", "Đông", "Tây", "Thượng", "Hạ")]
    for rows in (few, [*many, *few]):
        with django_assert_num_queries(4):
            planned(campaign, *rows)
    assert BreakthroughTask.objects.count() == 6
