"""`dotpha setup`: what an installation needs on its first day, asked at the terminal or given as options."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from dotpha.core.errors import Refused
from dotpha.interfaces.cli.arguments import Parser
from dotpha.interfaces.cli.screen import day
from dotpha.interfaces.cli.terminal import plain, say

if TYPE_CHECKING:
    from dotpha.directory.account_actions import NewPassword
    from dotpha.directory.beginning import Begun, Person

_CANNOT = 2  # exit status
_YES = ("c", "có", "co")
Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """`needed` is "" for what always is, "?" for what never is, or the answer without which it is not asked."""

    option: str
    asked: str
    needed: str = ""
    is_day: bool = False


QUESTIONS = (
    Question("code", "Mã của tổ chức gốc, viết liền, ví dụ XLG"),
    Question("name", "Tên tổ chức gốc, ví dụ Đảng bộ xã Lạc Giang"),
    Question("kind", "Loại tổ chức: mã hoặc tên trong danh mục, hoặc mã mới"),
    Question("kind-label", "Tên loại, chỉ khi loại chưa có trong danh mục", "?"),
    Question("from", "Có từ ngày, dd/mm/yyyy", is_day=True),
    Question("administrator", "Quản trị kỹ thuật đầu tiên: họ và tên"),
    Question("administrator-username", "Quản trị kỹ thuật: tên đăng nhập, ví dụ huy.nq"),
    Question("administrator-code", "Quản trị kỹ thuật: mã cán bộ, bỏ trống thì là tên đăng nhập", "?"),
    Question("presider", "Người chủ trì đầu tiên: họ và tên"),
    Question("presider-username", "Người chủ trì: tên đăng nhập"),
    Question("presider-code", "Người chủ trì: mã cán bộ, bỏ trống thì là tên đăng nhập", "?"),
    Question("position", "Người chủ trì: chức vụ, ví dụ Bí thư Đảng ủy"),
    Question("presider-since", "Người chủ trì: giữ chức vụ từ ngày, bỏ trống thì từ hôm nay", "?", is_day=True),
    Question("clerk", "Người sẽ giữ danh bạ (chưa có chức năng): họ và tên, bỏ trống thì không lập", "?"),
    Question("clerk-username", "Người giữ danh bạ: tên đăng nhập", "clerk"),
    Question("clerk-code", "Người giữ danh bạ: mã cán bộ, bỏ trống thì là tên đăng nhập", "?clerk"),
)


def read(arguments: Sequence[str]) -> Answers:
    """What was given as options; ends the program where they make no sense, before anything is started."""
    made = Parser(
        "dotpha setup",
        usage="[tùy chọn]",
        description="Thiết lập ban đầu trên cơ sở dữ liệu trống: tổ chức gốc, quản trị kỹ thuật và người chủ trì đầu "
        "tiên. Điều chưa ghi ở tùy chọn được hỏi trên màn hình.",
        epilog="Mật khẩu dùng một lần in ra đúng một lần. Mã kết thúc: 0 là đã lập, 2 là chưa lập được (chưa ghi gì).",
    )
    for each in QUESTIONS:
        made.add_argument(
            f"--{each.option}", metavar="NGÀY" if each.is_day else "CHỮ", type=_checked_day if each.is_day else str,
            dest=each.option, help=each.asked[0].lower() + each.asked[1:],
        )  # fmt: skip
    return {name: text for name, text in vars(made.read(arguments)).items() if text}


def _checked_day(text: str) -> str:
    day(text)
    return text


def act(given: Answers, *, at: datetime) -> int:
    """Do it; Django has been started and the tables are there."""
    from dotpha.directory.beginning import in_words, require_empty

    answers = dict(given)
    try:
        require_empty()
        if not sys.stdin.isatty():
            return _without_asking(answers, at)
        _show_catalogue()
        while True:
            _ask(answers)
            if input("Ghi những điều trên? c: ghi; Enter: xem lại từng điều: ").strip().lower() not in _YES:
                continue
            try:
                print(told(_begin(answers, at)))
                return 0
            except Refused as refusal:
                say(f"Chưa ghi gì. {in_words(refusal)}")
    except Refused as refusal:
        say(in_words(refusal))
    except EOFError:
        say("Chưa ghi gì.")
    return _CANNOT


def _without_asking(answers: Answers, at: datetime) -> int:
    missing = [each.option for each in QUESTIONS if _is_due(each, answers) and each.option not in answers]
    if missing:
        raise Refused(f"Chưa ghi gì: còn thiếu {', '.join(f'--{each}' for each in missing)}.")
    print(told(_begin(answers, at)))
    return 0


def _is_due(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether there must be an answer."""
    return not question.needed.startswith("?") and (not question.needed or question.needed in answers)


def _is_asked(question: Question, answers: Mapping[str, str]) -> bool:
    return question.needed in ("", "?") or question.needed.lstrip("?") in answers


def _show_catalogue() -> None:
    from dotpha.directory.catalogue import kinds

    print("Thiết lập ban đầu. Enter giữ điều trong ngoặc vuông; dấu - xóa điều ấy; Ctrl-C để thôi, chưa ghi gì.")
    print("Loại tổ chức trong danh mục: " + "; ".join(f"{kind.code} ({kind.label})" for kind in kinds()) + ".")


def _ask(answers: Answers) -> None:
    """Every question once more, with what was answered before."""
    for each in QUESTIONS:
        if not _is_asked(each, answers):
            answers.pop(each.option, None)
            continue
        while True:
            before = answers.get(each.option, "")
            text = input(f"{each.asked}{f' [{plain(before)}]' if before else ''}: ").strip() or before
            text = "" if text == "-" else text
            wrong = _wrong(each, text, answers)
            if not wrong:
                break
            say(wrong)
        answers.pop(each.option, None)
        if text:
            answers[each.option] = text


def _wrong(question: Question, text: str, answers: Mapping[str, str]) -> str:
    if not text:
        return "Đồng chí ghi điều này." if _is_due(question, answers) else ""
    if question.is_day:
        try:
            day(text)
        except argparse.ArgumentTypeError as wrong:
            return f"{wrong}."
    return ""


def _begin(answers: Mapping[str, str], at: datetime) -> "Begun":
    from dotpha.directory.beginning import Root, begin_installation

    root = Root(
        code=answers["code"], name=answers["name"], kind=answers["kind"], kind_label=answers.get("kind-label", ""),
        from_day=day(answers["from"]),
    )  # fmt: skip
    return begin_installation(
        root=root,
        administrator=_person(answers, "administrator"),
        presider=_person(answers, "presider", answers["position"], _day(answers.get("presider-since"))),
        clerk=_person(answers, "clerk") if "clerk" in answers else None,
        at=at,
    )


def _day(text: str | None) -> date | None:
    return day(text) if text else None


def _person(answers: Mapping[str, str], who: str, position: str = "", since: date | None = None) -> "Person":
    from dotpha.directory.beginning import Person

    return Person(
        full_name=answers[who], username=answers[f"{who}-username"], code=answers.get(f"{who}-code", ""),
        position=position, since=since,
    )  # fmt: skip


def told(begun: "Begun") -> str:
    """What was made and what comes next; the only place where the passwords ever are."""
    people = [("Quản trị kỹ thuật", begun.administrator), ("Người chủ trì", begun.presider)]
    if begun.clerk is not None:
        people.append(("Người giữ danh bạ, chưa có chức năng", begun.clerk))
    clerk = begun.clerk.account if begun.clerk is not None else begun.administrator.account
    return "\n".join(
        [
            plain(f"Đã lập {begun.organization} (mã {begun.organization.code})."),
            "",
            "Mật khẩu dùng một lần, chỉ hiện ở đây; mỗi đồng chí đổi ngay khi đăng nhập lần đầu:",
            "",
            *(_line(who, made) for who, made in people),
            "",
            "Tiếp theo: chạy dotpha serve. Quản trị kỹ thuật đăng nhập, lập bước xác thực thứ hai. Người chủ trì đăng",
            plain(
                f"nhập, vào Ai được làm gì, phân công Thư ký, văn thư cho {clerk.first_name} để ghi hoặc nhập danh bạ;"
            ),
            "rồi quản trị kỹ thuật lập tài khoản cho cán bộ trong danh bạ.",
        ]
    )


def _line(who: str, made: "NewPassword") -> str:
    account = made.account
    named = f"{who}: {account.first_name}"
    return plain(f"  {named}\n    tên đăng nhập  {account.username}\n    mật khẩu       {made.password}")
