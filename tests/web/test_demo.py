"""The demo committee: what its files say, what is written, and that it is never mixed with real work."""

from datetime import date

import pytest
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.config import demo as command
from dotpha.core.models import AuditEvent
from dotpha.core.proof import prove
from dotpha.directory import queries
from dotpha.directory.beginning import is_empty
from dotpha.directory.catalogue import kinds, positions
from dotpha.directory.models import Function, Membership, Official, PartyOrganization, RoleGrant, Tenure
from dotpha.directory.policy import functions_at, visible_to
from dotpha.directory.proof import disagreements
from dotpha.interfaces import demo
from dotpha.interfaces.demo import facts
from dotpha.interfaces.demo.load import NotEmpty, holds_demo, load
from dotpha.rules.vietnamese.posts import post_name
from tests.makers_directory import make_organization

IN_2022, IN_2026 = date(2022, 6, 1), date(2026, 11, 23)


# What the files say


def test_every_code_stands_once_and_every_reference_leads_somewhere():
    organizations = [each.code for each in facts.organizations()]
    people = [each.code for each in facts.people()]
    known_kinds, known_positions = {each.code for each in kinds()}, {each.code for each in positions()}
    assert len(set(organizations)) == len(organizations)
    assert len(set(people)) == len(people)
    for place in facts.organizations():
        assert place.kind in known_kinds
        assert {place.parent, place.into} <= {*organizations, None}
    for person in facts.people():
        assert person.managed_by in organizations
        assert {post.organization for post in person.posts} <= set(organizations)
        assert {post.position for post in person.posts} <= known_positions
    for board in facts.boards():
        assert board.organization in organizations
        assert {official for official, _ in board.members} <= set(people)
    for duty in facts.duties():
        assert (duty.organization in organizations, duty.official in people) == (True, True)


def test_each_world_has_every_function_and_a_person_has_one_account():
    for world in {duty.world for duty in facts.duties()}:
        held = {duty.function for duty in facts.duties() if duty.world == world}
        assert held | {Function.TECHNICAL_ADMINISTRATOR} == set(Function)
    names = {duty.official: duty.username for duty in facts.duties()}
    assert len(names) == len(set(names.values())) == len({duty.username for duty in facts.duties()})


def test_the_sign_in_page_reads_who_it_is_and_what_they_may_do():
    assert demo.accounts()[0] == ("mac.dinh.son", "Mạc Đình Sơn, Bí thư Đảng ủy xã", "Người chủ trì")
    assert [world for world, _ in demo.worlds()] == [
        "Xã Lạc Giang, từ 1/7/2025",
        "Huyện Lạc Giang, đợt 2022 (để xem lại)",
    ]


# What is written


def at(code: str) -> PartyOrganization:
    return PartyOrganization.objects.get(code=code)


def career(name: str) -> list[str]:
    tenures = Tenure.objects.filter(official__full_name=name).select_related("position", "organization")
    return [
        f"{post_name(each.position.label, each.organization.name)} {each.valid_from:%Y}–{each.valid_until or ''}"
        for each in tenures.order_by("valid_from", "position__rank")
    ]


@pytest.mark.slow
class TestWhatIsWritten:
    pytestmark = [pytest.mark.usefixtures("loaded"), pytest.mark.django_db]

    def test_the_district_of_2022_has_twenty_six_organizations_that_register_and_thirteen_in_its_standing_committee(
        self,
    ):
        assert PartyOrganization.objects.on(IN_2022).filter(parent__code="HLG").count() == 26
        members = Membership.objects.on(IN_2022).filter(term__body__name="Ban Thường vụ Huyện ủy Lạc Giang")
        assert [str(each.official) for each in members.order_by("order")][:2] == [
            "Phạm Đăng Quyết",
            "Nguyễn Thị Minh Thu",
        ]
        assert members.count() == 13

    def test_the_district_ended_and_nothing_below_it_goes_on(self):
        district = at("HLG")
        assert district.valid_until == date(2025, 7, 1)
        assert not PartyOrganization.objects.within(district).on(date(2025, 7, 1)).exists()
        assert not Tenure.objects.on(IN_2026).filter(organization__path__startswith=district.path).exists()

    def test_the_commune_follows_three_and_has_thirty_one_cells_and_nine_in_its_standing_committee(self):
        commune = at("XLG")
        assert {str(each) for each in commune.predecessors.all()} == {
            "Đảng bộ thị trấn Lạc Giang",
            "Đảng bộ xã Bằng Khê",
            "Đảng bộ xã Tân Lộc",
        }
        assert commune.children.on(IN_2026).count() == 31
        assert Membership.objects.on(IN_2026).filter(term__body__name__startswith="Ban Thường vụ").count() == 9

    def test_a_cell_of_a_former_commune_stood_there_before(self):
        cell = PartyOrganization.objects.get(name="Chi bộ thôn Phú Thọ")
        assert [str(each.parent) for each in cell.placements.order_by("valid_from")] == [
            "Đảng bộ xã Bằng Khê",
            "Đảng bộ xã Lạc Giang",
        ]

    def test_people_go_on_in_new_posts(self):
        assert career("Trần Thị Hạnh") == [
            "Trưởng Ban Tổ chức Huyện ủy 2020–2025-07-01",
            "Bí thư Chi bộ Ban Tổ chức Huyện ủy 2020–2025-07-01",
            "Phó Bí thư Thường trực Đảng ủy xã Lạc Giang 2025–",
        ]
        assert career("Nguyễn Hữu Tiệp") == ["Bí thư Đảng ủy xã Xuân Quang 2022–2025-07-01"]

    def test_everybody_who_holds_a_post_today_is_managed_by_a_committee_of_today(self):
        holders = Official.objects.filter(tenures__in=Tenure.objects.on(IN_2026))
        managed = Official.objects.filter(managed_by__valid_until=None, managed_by__organization__valid_until=None)
        assert not holders.exclude(pk__in=managed).exists()

    def test_every_account_has_its_function_today_and_no_password(self):
        for duty in facts.duties():
            user = User.objects.get(username=duty.username)
            assert (user.is_demo, user.has_usable_password(), user.must_change_password) == (True, False, False)
            assert duty.function in functions_at(user, at(duty.organization), on=timezone.localdate())

    def test_a_registrant_sees_his_own_organization_only(self):
        user = User.objects.get(username="ngo.quang.huy")
        assert [each.code for each in visible_to(user, on=IN_2026)] == ["LG03"]
        assert queries.post_of(user, on=IN_2026) == "Giám đốc Trung tâm Phục vụ hành chính công"

    def test_nobody_but_the_system_and_those_entitled_gave_functions(self):
        given = AuditEvent.objects.filter(verb="grant.given").values_list("actor_name", flat=True)
        assert set(given) == {"Hệ thống", "Kiều Anh Đức", "Phạm Đăng Quyết", "Mạc Đình Sơn"}
        assert list(given).count("Hệ thống") == 1

    def test_the_trail_is_whole_and_in_order_of_time(self):
        proof = prove(processes=1)
        assert (proof.broken, proof.number) == (None, AuditEvent.objects.count())
        moments = list(AuditEvent.objects.order_by("number").values_list("at", flat=True))
        assert moments == sorted(moments)

    def test_the_tree_agrees_with_its_histories(self):
        assert list(disagreements()) == []

    def test_it_is_not_written_twice(self):
        before = AuditEvent.objects.count()
        with pytest.raises(NotEmpty):
            load()
        assert AuditEvent.objects.count() == before

    def test_another_start_writes_nothing(self, settings, capsys):
        settings.DEMO, before = True, AuditEvent.objects.count()
        command.first_start()
        assert (AuditEvent.objects.count(), capsys.readouterr().out) == (before, "")

    def test_a_start_without_demo_mode_says_that_the_demo_is_still_there(self, settings, capsys):
        settings.DEMO = False
        command.first_start()
        assert "chứa đảng bộ mẫu nhưng chế độ xem thử đang tắt" in capsys.readouterr().err

    def test_every_start_page_opens(self, client, settings):
        settings.DEMO = True
        for user in User.objects.all():
            client.force_login(user)
            html = client.get("/").content.decode()
            for grant in RoleGrant.objects.filter(user=user):
                assert f"<b>{grant.get_function_display()}</b> ở {grant.organization}" in html

    def test_a_session_of_the_demo_ends_when_the_demo_is_off(self, client, settings):
        client.force_login(User.objects.get(username="mac.dinh.son"))
        settings.DEMO = False
        assert client.get("/danh-ba/").status_code == 302

    def test_a_name_of_the_demo_is_told_that_the_demo_is_off(self, client, settings):
        settings.DEMO = False
        response = client.post("/tai-khoan/dang-nhap/", {"login": "mac.dinh.son", "password": "Đoán-Mò-2026-thử"})
        assert "tài khoản mẫu" in response.content.decode()


# Where it is not written


@pytest.mark.django_db
def test_an_organization_is_enough_for_the_demo_to_stay_away(settings, capsys):
    make_organization()
    settings.DEMO = True
    assert (is_empty(), holds_demo()) == (False, False)
    command.first_start()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_demo_mode_an_empty_database_stays_empty(settings):
    settings.DEMO = False
    command.first_start()
    assert is_empty()


@pytest.mark.parametrize("mode", [False, True])
@pytest.mark.django_db
def test_the_command_refuses_in_one_sentence(settings, tmp_path, capsys, mode):
    settings.DEMO, settings.VAR = mode, tmp_path
    make_organization()
    assert command.run(["load"]) == 2
    said = capsys.readouterr().err
    assert ("đã có tổ chức" if mode else "Chế độ xem thử đang tắt") in said
    assert said.count("\n") == 1


def test_the_command_wants_to_know_what_to_do(capsys):
    with pytest.raises(SystemExit) as stopped:
        command.run([])
    assert stopped.value.code == 2
    assert "còn thiếu load" in capsys.readouterr().err
