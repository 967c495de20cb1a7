"""`dotpha setup`: the first day of an installation, with options, with questions, and only once."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.config import setup as command
from dotpha.core.models import AuditEvent
from dotpha.directory import queries
from dotpha.directory.models import Function, Official, OrganizationKind, PartyOrganization, Position, RoleGrant
from dotpha.directory.policy import functions_at
from dotpha.interfaces.cli import setup
from tests.makers_directory import make_official, make_user

pytestmark = pytest.mark.django_db

GIVEN = {
    "--code": "XLG", "--name": "Đảng bộ xã Lạc Giang", "--kind": "Đảng bộ xã", "--from": "01/07/2025",
    "--administrator": "Ngô Quang Huy", "--administrator-username": "huy.nq",
    "--presider": "Mạc Đình Sơn", "--presider-username": "son.md", "--position": "Bí thư Đảng ủy",
}  # fmt: skip


@pytest.fixture(autouse=True)
def tables_are_there(monkeypatch):
    monkeypatch.setattr(command, "_tables", lambda folder: None)


@pytest.fixture
def terminal(monkeypatch):
    """A person who answers what is asked, by the beginning of the question; otherwise Enter."""

    def answering(*rounds):
        left = [dict(each) for each in rounds]
        asked: list[str] = []

        def answer(question):
            asked.append(question)
            begun = next((each for each in left[0] if question.startswith(each)), None)
            if question.startswith("Ghi những điều trên"):
                return left.pop(0).get("Ghi", "c")
            return left[0].pop(begun) if begun else ""

        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("builtins.input", answer)
        return asked

    return answering


def run(**changed):
    options = {**GIVEN, **{f"--{name.replace('_', '-')}": text for name, text in changed.items()}}
    return command.run([part for name, text in options.items() if text for part in (name, text)])


def passwords(text):
    return re.findall(r"tên đăng nhập +(\S+)\n +mật khẩu +(\S+)", text)


def test_root_administrator_and_presider_are_made_with_one_time_passwords_told_once(capsys):
    assert run() == 0
    root = PartyOrganization.objects.get()
    assert (root.code, root.name, str(root.kind), root.parent) == ("XLG", GIVEN["--name"], "Đảng bộ xã", None)
    told = dict(passwords(capsys.readouterr().out))
    assert set(told) == {"huy.nq", "son.md"}
    for user in User.objects.all():
        assert check_password(told[user.username], user.password)
        assert user.must_change_password
        assert not user.is_demo
    today = timezone.localdate()
    held = {user.username: functions_at(user, root, on=today) for user in User.objects.all()}
    assert held == {"huy.nq": {Function.TECHNICAL_ADMINISTRATOR}, "son.md": {Function.PRESIDER}}
    assert queries.post_of(User.objects.get(username="son.md"), on=today) == "Bí thư Đảng ủy xã Lạc Giang"


def test_all_of_it_is_in_the_trail_and_no_password_is(capsys):
    run()
    verbs = list(AuditEvent.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == [
        "directory.begun", "organization.founded",
        "official.recorded", "account.created", "grant.given",
        "official.recorded", "tenure.began", "account.created", "grant.given",
    ]  # fmt: skip
    assert {event.actor_id for event in AuditEvent.objects.all()} == {None}
    kept = str(list(AuditEvent.objects.values()))
    assert not any(password in kept for _, password in passwords(capsys.readouterr().out))


def test_there_are_kinds_and_positions_to_work_with():
    run()
    assert OrganizationKind.objects.filter(code="chi-bo-truc-thuoc").exists()
    assert Position.objects.count() > 20


def test_another_kind_and_another_position_are_taken_as_written():
    assert run(kind="dang-bo-dac-khu", kind_label="Đảng bộ đặc khu", position="Bí thư Đặc khu ủy") == 0
    assert str(PartyOrganization.objects.get().kind) == "Đảng bộ đặc khu"
    assert Position.objects.get(code="bi-thu-dac-khu-uy").label == "Bí thư Đặc khu ủy"


def test_who_will_keep_the_directory_has_an_account_and_no_function(capsys):
    assert run(clerk="Tô Thị Sáu", clerk_username="sau.tt", clerk_code="CB07", presider_since="01/08/2025") == 0
    out = capsys.readouterr().out
    assert [name for name, _ in passwords(out)] == ["huy.nq", "son.md", "sau.tt"]
    assert "phân công Thư ký, văn thư cho Tô Thị Sáu" in out
    assert str(Official.objects.get(code="CB07").user) == "sau.tt"
    assert RoleGrant.objects.count() == 2


@pytest.mark.parametrize("make", [make_official, make_user])
def test_what_is_not_empty_is_refused_in_one_sentence(make, capsys):
    make()
    assert run() == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "nên không thiết lập lần nữa" in said.err
    assert (said.out, PartyOrganization.objects.count()) == ("", 0)


def test_the_second_time_is_refused(capsys):
    assert (run(), run()) == (0, 2)
    assert PartyOrganization.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "la-lung"}, "Chưa có loại tổ chức “la-lung”"),
        ({"administrator_username": "Huy Nguyễn"}, "Quản trị kỹ thuật: Chưa lập được tài khoản. Tên đăng nhập chỉ"),
        ({"presider_username": "huy.nq"}, "Người chủ trì: Chưa lập được tài khoản. Tên đăng nhập này đã có"),
        ({"presider_since": "01/01/2020"}, "Người chủ trì: “Đảng bộ xã Lạc Giang” có từ ngày 01/07/2025"),
        ({"position": "?"}, "Chức vụ cần ghi bằng chữ"),
        ({"from": "01/01/2199"}, "có từ ngày 01/01/2199"),
        ({"code": "X LG"}, "Mã gồm chữ và số viết liền"),
        ({"presider": "", "position": ""}, "còn thiếu --presider, --position"),
        ({"clerk": "Tô Thị Sáu"}, "còn thiếu --clerk-username"),
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(changed, words, capsys):
    assert run(**changed) == 2
    assert words in capsys.readouterr().err
    assert not PartyOrganization.objects.exists()
    assert not AuditEvent.objects.exists()
    assert not OrganizationKind.objects.exists()


def test_a_day_nobody_can_read_ends_before_anything_is_started(capsys):
    with pytest.raises(SystemExit) as ended:
        run(**{"from": "hôm qua"})
    assert ended.value.code == 2
    assert "không phải một ngày" in capsys.readouterr().err


def test_in_demo_mode_it_does_nothing(settings, capsys):
    settings.DEMO = True
    assert run() == 2
    assert "Chế độ xem thử đang bật" in capsys.readouterr().err


ANSWERS = {
    "Mã của": "XLG", "Tên tổ chức gốc": "Đảng bộ xã Lạc Giang", "Loại": "dang-bo-xa", "Có từ": "01/07/2025",
    "Quản trị kỹ thuật đầu tiên": "Ngô Quang Huy", "Quản trị kỹ thuật: tên": "huy.nq",
    "Người chủ trì đầu tiên": "Mạc Đình Sơn", "Người chủ trì: tên": "son.md", "Người chủ trì: chức": "Bí thư Đảng ủy",
}  # fmt: skip


def test_what_is_not_given_is_asked(terminal, capsys):
    asked = terminal(ANSWERS)
    assert command.run([]) == 0
    assert len(passwords(capsys.readouterr().out)) == 2
    assert not any(question.startswith("Người giữ danh bạ: tên") for question in asked)


def test_a_refusal_asks_again_and_loses_no_answer(terminal, capsys):
    asked = terminal({**ANSWERS, "Quản trị kỹ thuật: tên": "Huy Nguyễn"}, {"Quản trị kỹ thuật: tên": "huy.nq"})
    assert command.run([]) == 0
    assert "Chưa ghi gì. Quản trị kỹ thuật: Chưa lập được tài khoản." in capsys.readouterr().err
    assert any(question.endswith("[Đảng bộ xã Lạc Giang]: ") for question in asked)
    assert User.objects.filter(username="huy.nq").exists()


def test_nothing_is_written_until_the_answers_are_confirmed(terminal, monkeypatch, capsys):
    terminal({**ANSWERS, "Ghi": ""})
    whole = setup._ask

    def once(answers):
        monkeypatch.setattr(setup, "_ask", hang_up)
        whole(answers)

    def hang_up(answers):
        raise EOFError

    monkeypatch.setattr(setup, "_ask", once)
    assert command.run([]) == 2
    assert "Chưa ghi gì." in capsys.readouterr().err
    assert not PartyOrganization.objects.exists()


def test_a_missing_or_unreadable_answer_is_asked_for_again(monkeypatch, capsys):
    answers, said = {"code": "XLG"}, iter(["-", "XL", "Đảng bộ xã", "dang-bo-xa", "", "hôm qua", "01/07/2025"])
    monkeypatch.setattr("builtins.input", lambda question: next(said))
    monkeypatch.setattr(setup, "QUESTIONS", setup.QUESTIONS[:5])
    setup._ask(answers)
    assert answers == {"code": "XL", "name": "Đảng bộ xã", "kind": "dang-bo-xa", "from": "01/07/2025"}
    assert capsys.readouterr().err.count("\n") == 2
