"""A board screened again when the rules have changed: who may, what stays, what is written, by page and by timer."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dotpha.appraisal import actions
from dotpha.appraisal.models import NearDuplicate, ScreeningResult
from dotpha.appraisal.screening import screen_board
from dotpha.core import jobs
from dotpha.core.errors import NotAllowed
from dotpha.core.models import AuditEvent, Job
from dotpha.directory.models import Function
from dotpha.registration.models import BreakthroughTask
from dotpha.registration.workflow import CampaignState, TaskState
from dotpha.rules.screening import engine
from tests.makers_appraisal import MARKET, MARKET_TOO, make_received
from tests.makers_directory import NOON, make_user
from tests.makers_registration import ROAD, make_campaign, make_version

pytestmark = pytest.mark.django_db
NEXT = "9.9+w9"


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def appraiser(campaign, client):
    user = make_user((Function.APPRAISER, campaign.organization))
    client.force_login(user)
    return user


@pytest.fixture
def board(campaign):
    """Screened by today's rules, before they change."""
    return [
        make_received(campaign, ROAD),
        make_received(campaign, MARKET, name="Đảng bộ xã Đồng Vang"),
        make_received(campaign, MARKET_TOO, name="Đảng bộ xã Tân Lộc"),
    ]


@pytest.fixture
def new_rules(board, monkeypatch):
    monkeypatch.setattr(engine, "engine_version", lambda: NEXT)


def seen(client, campaign):
    return client.get(f"/dot-dang-ky/{campaign.pk}/ra-soat/").content.decode()


def shown(campaign):
    return ScreeningResult.objects.shown().filter(campaign=campaign)


def test_nothing_is_offered_while_the_rules_are_the_same(client, campaign, appraiser, board):
    assert "Rà soát lại cả đợt" not in seen(client, campaign)


def test_other_rules_are_told_and_screening_again_is_offered(client, campaign, appraiser, new_rules):
    html = seen(client, campaign)
    assert "<b>3</b> trên 3 nhiệm vụ được rà soát bằng bộ quy tắc, ngưỡng hoặc ngày chốt số liệu trước đây" in html
    assert "Rà soát lại cả đợt" in html


def test_other_thresholds_are_told_too(client, campaign, appraiser, board):
    campaign.thresholds = {"usual": 0.6}
    campaign.save()
    assert "Rà soát lại cả đợt" in seen(client, campaign)


@pytest.mark.slow
@pytest.mark.parametrize("day", [NOON.date() - timedelta(days=9), None], ids=["another day", "no day any more"])
def test_a_board_read_at_another_day_than_the_campaign_s_is_told_and_brought_up_to_date(
    client, campaign, appraiser, day
):
    campaign.data_day = NOON.date() - timedelta(days=3)
    campaign.thresholds = {"usual": 0.6}
    campaign.save()
    make_received(campaign, ROAD)
    assert "Rà soát lại cả đợt" not in seen(client, campaign)
    campaign.data_day = day
    campaign.save()
    html = seen(client, campaign)
    assert "<b>1</b> trên 1 nhiệm vụ được rà soát bằng bộ quy tắc, ngưỡng hoặc ngày chốt số liệu trước đây" in html
    assert "Rà soát lại cả đợt" in html
    call_command("rescreen")
    assert shown(campaign).get().on == (day or NOON.date())
    assert "Rà soát lại cả đợt" not in seen(client, campaign)


def test_who_only_reads_is_told_but_not_offered(client, campaign, new_rules):
    client.force_login(make_user((Function.INSPECTOR, campaign.organization)))
    html = seen(client, campaign)
    assert "bộ quy tắc, ngưỡng hoặc ngày chốt số liệu trước đây" in html
    assert "Rà soát lại cả đợt" not in html
    assert client.post(f"/dot-dang-ky/{campaign.pk}/ra-soat-lai/").status_code == 403


@pytest.mark.slow
def test_the_job_puts_new_results_in_the_place_of_the_old_ones(client, campaign, appraiser, new_rules):
    response = client.post(f"/dot-dang-ky/{campaign.pk}/ra-soat-lai/")
    job = Job.objects.get()
    assert response["Location"] == f"/cong-viec/{job.token}/"
    jobs.run.func(str(job.token))
    job.refresh_from_db()
    assert (job.state, job.leads_to) == ("done", f"/dot-dang-ky/{campaign.pk}/ra-soat/")
    assert {each.engine_version for each in shown(campaign)} == {NEXT}
    assert ScreeningResult.objects.filter(campaign=campaign, is_current=False).exclude(engine_version=NEXT).count() == 3
    assert NearDuplicate.objects.count() == 1, "the pair is kept once"
    assert sorted(shown(campaign).values_list("duplicates", flat=True)) == [0, 1, 1]
    event = AuditEvent.objects.get(verb="screening.renewed")
    assert (event.actor_id, event.scope) == (appraiser.pk, campaign.organization_id)
    assert '"số nhiệm vụ": 3' in event.to
    assert "Rà soát lại cả đợt" not in seen(client, campaign)


def test_what_was_taken_back_meanwhile_stays_off_the_board(campaign, board):
    found = screen_board(campaign)
    secretary = make_user((Function.REGISTRANT, board[0].organization))
    actions.release(task=board[0], version=board[0].version, reason="Bổ sung", by=secretary, at=NOON)
    renewed = actions.rescreen(campaign=campaign, screened=found, by=None, at=NOON)
    assert (renewed.screened, renewed.changed) == (2, 0)
    assert not shown(campaign).filter(task=board[0]).exists()


def test_who_takes_back_while_it_is_written_is_waited_for_and_his_task_left_alone(campaign, board):
    """As it is found under the lock when the other's deed ended meanwhile."""
    found = screen_board(campaign)
    BreakthroughTask.objects.filter(pk=board[0].pk).update(state=TaskState.WITHDRAWN)
    with CaptureQueriesContext(connection) as queries:
        renewed = actions.rescreen(campaign=campaign, screened=found, by=None, at=NOON)
    assert renewed.screened == 2
    assert ScreeningResult.objects.filter(task=board[0]).count() == 1, "nothing was written of it"
    if connection.features.has_select_for_no_key_update:
        said = [each["sql"] for each in queries]
        locked = next(place for place, sql in enumerate(said) if "FOR NO KEY UPDATE" in sql)
        assert locked < next(place for place, sql in enumerate(said) if sql.startswith("UPDATE"))


def test_another_version_sent_meanwhile_is_left_alone(campaign, board):
    found = screen_board(campaign)
    make_version(board[0])
    assert actions.rescreen(campaign=campaign, screened=found, by=None, at=NOON).screened == 2


def test_everything_is_made_ready_before_the_writing_begins(campaign, board):
    found = screen_board(campaign)
    ready: list[str] = []

    @contextmanager
    def writing():
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            yield
        ready.extend(each["sql"] for each in queries)

    actions.rescreen(campaign=campaign, screened=found, by=None, at=NOON, writing=writing)
    assert not any("registration_registrant" in sql for sql in ready), "versions were read before"


def test_a_verdict_that_changes_is_counted(campaign, board):
    shown(campaign).filter(task=board[0]).update(verdict="breakthrough")
    renewed = actions.rescreen(campaign=campaign, screened=screen_board(campaign), by=None, at=NOON)
    assert renewed.changed == 1
    assert shown(campaign).get(task=board[0]).verdict == "routine"


def test_who_may_not_changes_nothing(campaign, board):
    member = make_user((Function.COMMITTEE_MEMBER, campaign.organization))
    with pytest.raises(NotAllowed):
        actions.rescreen(campaign=campaign, screened=screen_board(campaign), by=member, at=NOON)
    assert ScreeningResult.objects.count() == 3


# The timer


def told(capsys, *arguments):
    call_command("rescreen", *arguments)
    return capsys.readouterr().out


def test_the_timer_screens_every_open_campaign_of_other_rules(campaign, new_rules, capsys):
    ended = make_campaign(campaign.organization, title="Đợt đã xong")
    make_received(ended, MARKET)
    ended.state = CampaignState.ENDED
    ended.save()
    ScreeningResult.objects.filter(campaign=ended).update(engine_version="cũ")
    out = told(capsys)
    assert f"{campaign}: đã rà soát lại 3 nhiệm vụ, 0 đổi nhận định." in out
    assert str(ended) not in out
    assert {each.engine_version for each in shown(campaign)} == {NEXT}
    assert "Không có đợt nào cần rà soát lại." in told(capsys)


def test_a_dry_run_only_tells(campaign, new_rules, capsys):
    assert f"{campaign}: 3 trên 3 nhiệm vụ sẽ được rà soát lại." in told(capsys, "--dry-run")
    assert not shown(campaign).filter(engine_version=NEXT).exists()


def test_one_campaign_can_be_named_even_when_the_rules_are_the_same(campaign, board, capsys):
    assert "đã rà soát lại 3 nhiệm vụ" in told(capsys, f"--campaign={campaign.pk}")


def test_a_campaign_that_is_not_there_is_told(capsys):
    with pytest.raises(SystemExit, match="Không có đợt"):
        told(capsys, "--campaign=99999")
