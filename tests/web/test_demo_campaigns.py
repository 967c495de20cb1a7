"""The demo's campaigns: the 26 organizations come in through a real register, the road of commune B is routine."""

from datetime import date

import pytest

from dotpha.accounts.models import User
from dotpha.appraisal.models import ScreeningResult
from dotpha.appraisal.policy import board_of
from dotpha.core.models import AuditEvent
from dotpha.documents.registers import read_bytes
from dotpha.interfaces.demo import facts
from dotpha.interfaces.demo.load import load
from dotpha.registration.models import BreakthroughTask, Campaign, RegisterImport, Registrant
from dotpha.registration.models.imports import ImportState
from dotpha.registration.queries import listing
from dotpha.registration.queries.exports import exportable
from dotpha.registration.workflow import CampaignState, TaskState

pytestmark = pytest.mark.slow


def road(campaign):
    return BreakthroughTask.objects.get(campaign=campaign, title__startswith="Hoàn thành tuyến đường trục xã")


def test_the_register_of_2022_names_every_organization_and_reads_without_a_remark():
    reading = read_bytes(facts.file("dang-ky-2022.xlsx"), "dang-ky-2022.xlsx")
    collective = {each.owner for each in reading.registrations if not each.is_individual}
    assert (len(reading.registrations), len(collective), reading.remarks) == (69, 26, ())


@pytest.mark.usefixtures("loaded")
@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture
    def campaign(self):
        return Campaign.objects.get(year=2022)

    def test_the_26_organizations_have_registered_through_their_register(self, campaign):
        organizations = Registrant.objects.filter(campaign=campaign, official=None)
        assert (organizations.count(), organizations.filter(submitted=0).count()) == (26, 0)
        assert BreakthroughTask.objects.filter(campaign=campaign, state=TaskState.SUBMITTED).count() == 69 + 4 + 2
        assert set(RegisterImport.objects.values_list("state", flat=True)) == {ImportState.DONE}
        assert AuditEvent.objects.filter(verb="register.imported").count() == 4
        assert BreakthroughTask.objects.filter(campaign=campaign, is_late=True).count() == 4

    def test_the_road_of_commune_b_will_be_done_in_june_and_is_routine_in_both_its_versions(self, campaign):
        results = ScreeningResult.objects.filter(task=road(campaign)).order_by("version__number")
        assert [(each.verdict, each.is_current, each.clarity) for each in results] == [
            ("routine", False, 0),
            ("routine", True, 0),
        ]
        said = [finding["message"] for finding in results[1].result["findings"]]
        assert any("sẽ xong vào khoảng tháng 6 theo đà hiện nay" in message for message in said), said

    def test_individuals_serve_the_road_and_one_serves_the_wrong_thing(self, campaign):
        assert [task.official.full_name for task in road(campaign).supported_by.all()] == ["Nguyễn Mạnh Tường"]
        wrong = ScreeningResult.objects.get(task__official__full_name="Trịnh Công Minh", is_current=True)
        assert wrong.result["clarity"]["linked"]["met"] is False
        assert BreakthroughTask.objects.filter(campaign=campaign).exclude(supports=None).count() == 10

    def test_the_map_finds_who_serves_the_wrong_thing(self, client, settings, campaign):
        settings.DEMO = True
        client.force_login(User.objects.get(username="tran.thi.hanh"))
        shown = client.get(f"/dot-dang-ky/{campaign.pk}/so-do/", {"loc": "chua-khop", "tim": "hoa lac ha"})
        ((drawn, _),) = shown.context["maps"]
        assert [[each.owner for each in group.individuals] for group in drawn.groups] == [
            ["Trịnh Công Minh, Công chức xã Hòa Lạc Hạ"]
        ]

    def test_board_list_and_export_of_the_district_tell_of_the_same_tasks(self, campaign):
        clerk, today = User.objects.get(username="to.thi.sau"), date(2026, 11, 23)
        listed = listing.tasks(clerk, campaign, listing.Asked(), on=today).matching
        taken_out = exportable(clerk, campaign, on=today)
        assert {task.pk for task in listed} == {task.pk for task in taken_out}
        assert len(taken_out) == board_of(clerk, campaign, on=today).count() == 75

    def test_the_commune_of_2027_is_in_the_middle_of_its_campaign(self, campaign):
        now = Campaign.objects.get(year=2027)
        assert now.state == CampaignState.OPEN
        drafts = BreakthroughTask.objects.filter(campaign=now, state=TaskState.DRAFT)
        assert [draft.registrant.name for draft in drafts] == ["Trịnh Thị Lụa"]
        assert Registrant.objects.filter(campaign=now, at_least__gte=1, submitted=0).count() == 30
        assert Campaign.objects.get(year=2021).state == CampaignState.ENDED


@pytest.mark.django_db
def test_what_is_written_on_the_web_can_be_left_for_somebody_to_write():
    load(with_sheets=False)
    assert not BreakthroughTask.objects.filter(title__startswith="Hoàn thành tuyến đường trục xã").exists()
