"""What is sent is screened at once, as quick screening would; what is taken back leaves the board."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dotpha.appraisal import actions
from dotpha.appraisal.models import NearDuplicate, ScreeningResult
from dotpha.appraisal.reading import registered
from dotpha.appraisal.screening import screen_new
from dotpha.directory.models import Function
from dotpha.documents.labelled import read_labelled
from dotpha.registration.actions.tasks import version_of
from dotpha.registration.models import TaskVersion
from dotpha.rules.form.composing import content_of
from dotpha.rules.screening import codec
from dotpha.rules.screening.batch import Batch
from tests.makers_appraisal import MARKET, MARKET_TOO, make_received
from tests.makers_directory import DAY, NOON, make_official, make_organization, make_user
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return make_campaign(data_day=DAY)


def shown(task):
    return ScreeningResult.objects.get(task=task, is_current=True)


def test_what_is_sent_is_screened_in_the_same_transaction(campaign):
    task = make_received(campaign, ROAD)
    result = shown(task)
    assert (result.version, result.verdict, result.on, result.number) == (task.current, "routine", DAY, task.number)
    assert codec.from_json(result.result).verdict == "routine"
    assert "hoan thanh tuyen duong" in result.search_key


def test_near_duplicates_are_counted_on_both_sides(campaign):
    older, newer = make_received(campaign, MARKET), make_received(campaign, MARKET_TOO, name="Đảng bộ xã Đồng Vang")
    pair = NearDuplicate.objects.get()
    assert (pair.version, pair.other, pair.kind) == (newer.current, older.current, "same_batch")
    assert (shown(older).duplicates, shown(newer).duplicates) == (1, 1)


def test_what_is_taken_back_leaves_the_board_and_its_pairs_count_no_more(campaign):
    older, newer = make_received(campaign, MARKET), make_received(campaign, MARKET_TOO, name="Đảng bộ xã Đồng Vang")
    secretary = make_user((Function.REGISTRANT, newer.organization))
    actions.release(task=newer, version=newer.version, reason="Ghi lại số hộ", by=secretary, at=NOON)
    assert not ScreeningResult.objects.filter(task=newer, is_current=True).exists()
    assert ScreeningResult.objects.filter(task=newer).exists()
    assert shown(older).duplicates == 0


def test_what_is_sent_again_replaces_what_the_board_shows(campaign):
    task = make_received(campaign, MARKET)
    secretary = make_user((Function.REGISTRANT, task.organization))
    first = task.current
    taken = actions.release(task=task, version=task.version, reason="Thêm số hộ", by=secretary, at=NOON)
    again = actions.receive(task=taken, version=taken.version, by=secretary, at=NOON, reason="Thêm số hộ")
    assert (again.version.number, shown(task)) == (2, again)
    assert ScreeningResult.objects.get(version=first).is_current is False


def test_what_last_year_did_counts_against_it(campaign):
    before = make_campaign(campaign.organization, year=campaign.year - 1, data_day=DAY.replace(year=DAY.year - 1))
    old = make_received(before, MARKET)
    task = make_received(campaign, MARKET_TOO)
    result = shown(task)
    assert [each["kind"] for each in result.result["duplicates"]] == ["last_year"]
    assert "already_done_last_year" in result.result["reasons"]
    assert NearDuplicate.objects.get().other == old.current
    assert (shown(old).duplicates, result.duplicates) == (1, 1)


def test_a_campaign_pins_its_thresholds(campaign):
    campaign.thresholds = {"same_task": 0.99}
    campaign.save()
    make_received(campaign, MARKET)
    newer = make_received(campaign, MARKET_TOO, name="Đảng bộ xã Đồng Vang")
    assert not NearDuplicate.objects.exists()
    assert "ngưỡng" in shown(newer).engine_version


# As quick screening


LABELLED = Path(__file__).parents[2] / "data" / "registrations-labelled.jsonl"


@pytest.fixture
def rows():
    """Real texts of both kinds, some of them last year's again, with a collective's task for each individual."""
    given = [each.registration for each in read_labelled(LABELLED)]
    collective = [each for each in given if not each.is_individual][:12]
    individual = [replace(each, parent_title=collective[0].title) for each in given if each.is_individual][:6]
    return [*collective, *individual, replace(collective[0], owner="Đảng bộ xã khác")]


def received(campaign, rows):
    tasks = []
    for n, row in enumerate(rows):
        official = make_official(row.owner) if row.is_individual else None
        name = f"Đảng bộ số {n}"
        tasks.append(make_received(campaign, content_of(row).to_json(), official=official, name=name))
    return tasks


def said(screening):
    return (screening.verdict.value, screening.unmet, tuple(screening.reasons))


@pytest.mark.slow
def test_the_room_says_what_quick_screening_says_of_the_same_texts(campaign, rows):
    before = make_campaign(campaign.organization, year=campaign.year - 1, data_day=DAY)
    received(before, rows[2:5])
    tasks = received(campaign, rows)
    texts = [registered(task.current, campaign).registration for task in tasks]
    last_year = [registered(v, before).registration for v in TaskVersion.objects.filter(task__campaign=before)]
    batch = Batch(texts, last_year, on=DAY)
    expected = [said(batch.screen(place)) for place in range(len(batch))]
    found = [said(codec.from_json(shown(task).result)) for task in tasks]
    assert found == expected
    assert any("already_done_last_year" in reasons for _, _, reasons in found)


@pytest.mark.slow
def test_many_received_together_are_as_many_received_one_by_one(campaign, rows):
    alone = make_campaign(campaign.organization, title="Đợt kia", data_day=DAY)
    one_by_one = [codec.from_json(shown(task).result) for task in received(alone, rows)]
    older = make_received(campaign, content_of(rows[0]).to_json(), name="Đã gửi từ trước")
    tasks = [make_task(make_registrant(
        campaign, make_organization(f"Đảng bộ mới {n}", campaign.organization),
        make_official(row.owner) if row.is_individual else None, name=row.owner,
    ), content_of(row).to_json()) for n, row in enumerate(rows)]  # fmt: skip
    versions = [TaskVersion(**version_of(task, task.written, by=None, at=NOON)) for task in tasks]
    named = [replace(registered(each, campaign).registration, id=f"moi-{n}") for n, each in enumerate(versions)]
    told: list[tuple[int, int]] = []
    screened = screen_new(campaign, named, day=DAY, said=lambda words, done, total: told.append((done, total)))
    assert told[-1] == (len(rows), len(rows))
    for version in versions:
        version.save()
    results = actions.receive_many(
        campaign=campaign, versions=versions, screened=screened, ids=[each.id for each in named], at=NOON
    )
    assert [said(codec.from_json(each.result)) for each in results] == [said(each) for each in one_by_one]
    assert {each["id"] for each in results[0].result["duplicates"]} == {str(older.pk), str(tasks[-1].pk)}
    assert shown(older).duplicates == 2
    assert shown(tasks[0]).duplicates == 2


def test_what_is_sent_again_with_a_register_is_no_neighbour_of_itself(campaign):
    task = make_received(campaign, MARKET)
    assert task.current is not None
    named = replace(registered(task.current, campaign).registration, id="dòng 1")
    [alone] = screen_new(campaign, [named], day=DAY, instead_of={task.pk})
    [beside] = screen_new(campaign, [named], day=DAY)
    assert (alone.packed.duplicates, [each.id for each in beside.packed.duplicates]) == ((), [str(task.pk)])


@pytest.mark.slow
def test_screening_one_asks_as_many_questions_among_two_as_among_twenty(campaign):
    def questions(name):
        task = make_task(make_registrant(campaign, make_organization(name, campaign.organization)), MARKET)
        with CaptureQueriesContext(connection) as asked:
            actions.receive(task=task, version=task.version, by=None, at=NOON)
        return len(asked)

    make_received(campaign, MARKET)
    make_received(campaign, MARKET_TOO)
    few = questions("Đảng bộ Tân Lộc")
    for n in range(18):
        make_received(campaign, MARKET | {"title": f"Việc rất khác số {n} về nước sạch"}, name=f"Đảng bộ {n}")
    assert questions("Đảng bộ Tân Mỹ") <= few
