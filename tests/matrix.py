"""Every page and every deed of a page, and what each function gets there: inside its scope, beside it, and when over.

A route of the URL resolver that is named neither in ROUTES nor among those that ask for nothing fails a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.appraisal import policy as appraisal
from dotpha.appraisal.actions import screen_version
from dotpha.directory.models import (
    CommitteeTerm,
    Function,
    Membership,
    Official,
    PartyOrganization,
    RoleGrant,
    Tenure,
)
from dotpha.directory.policy import MAY_GRANT, Deed
from dotpha.interfaces.powers import ROOMS
from dotpha.registration import policy as registration
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant
from dotpha.registration.workflow import TaskState
from tests.makers_directory import (
    make_body,
    make_grant,
    make_kind,
    make_membership,
    make_official,
    make_organization,
    make_position,
    make_tenure,
    make_term,
    make_user,
)
from tests.makers_registration import ROAD, make_campaign, make_registrant, make_task

# The table of every room, by the class of its deeds: a deed of one room is never looked up in another's.
TABLES = {room.deeds: room.who_may for room in ROOMS}


def who_may(deed: StrEnum) -> frozenset[Function]:
    """Functions that a deed of any room's policy lets in."""
    return TABLES[type(deed)][deed]


def sign_in(client: Client, user: User) -> User:
    """Signed in, with the second factor that administrators must have."""
    if user.grants.filter(function=Function.TECHNICAL_ADMINISTRATOR).exists():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "made up"})
    client.force_login(user)
    return user


def finished(response: Any) -> Any:
    """The answer with its file, if it is one, read to the end and closed."""
    if response.streaming:
        b"".join(response.streaming_content)
    return response


@dataclass
class World:
    """A district where the person's function holds, a commune below it with one of everything, a district beside.

    The district holds a campaign that takes registrations today; the commune has a draft and a task that was sent.
    """

    district: PartyOrganization
    commune: PartyOrganization
    beside: PartyOrganization
    official: Official  # of the commune, with an account
    newcomer: Official  # of the commune, without
    locked: Official  # of the commune, its account locked
    neighbour: PartyOrganization  # of the same district, nothing below it
    tenure: Tenure
    term: CommitteeTerm
    seat: Membership
    clerk: RoleGrant
    administrator: RoleGrant
    presider: RoleGrant
    campaign: Campaign  # of the district, open
    registrant: Registrant  # the commune in it
    draft: BreakthroughTask  # of the commune, seen by who writes it
    sent: BreakthroughTask  # of the commune, screened

    @classmethod
    def make(cls) -> "World":
        province = make_organization("Đảng bộ tỉnh An Hà")
        district = make_organization("Đảng bộ huyện Lạc Giang", parent=province)
        commune = make_organization("Đảng bộ xã Bằng Khê", parent=district)
        people = [
            make_official("Hoàng Văn Thịnh", user=make_user(first_name="Hoàng Văn Thịnh")),
            make_official("Trịnh Thị Lụa"),
            make_official("Đỗ Quý Nhâm", user=make_user(is_active=False)),
        ]
        tenures = [make_tenure(official, commune) for official in people]
        term = make_term(make_body(commune))
        today = timezone.localdate()
        campaign = make_campaign(
            district, year=today.year, opens_on=today - timedelta(days=10), closes_on=today + timedelta(days=20)
        )
        registrant = make_registrant(campaign, commune)
        return cls(
            district=district,
            commune=commune,
            beside=make_organization("Đảng bộ huyện bên", parent=province),
            official=people[0],
            newcomer=people[1],
            locked=people[2],
            neighbour=make_organization("Đảng bộ xã Đồng Vang", parent=district),
            tenure=tenures[0],
            term=term,
            seat=make_membership(term, people[0]),
            clerk=make_grant(make_user(), Function.CLERK, commune),
            administrator=make_grant(make_user(), Function.TECHNICAL_ADMINISTRATOR, commune),
            presider=make_grant(make_user(), Function.PRESIDER, commune),
            campaign=campaign,
            registrant=registrant,
            draft=make_task(registrant),
            sent=_screened(make_task(registrant, ROAD, state=TaskState.SUBMITTED)),
        )


def _screened(task: BreakthroughTask) -> BreakthroughTask:
    assert task.current is not None
    screen_version(version=task.current, at=timezone.now())
    return task


Arguments = Callable[[World], list[Any]]
Data = Callable[[World], dict[str, Any]]


def _today(days: int = 0) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


@dataclass(frozen=True)
class Route:
    """One way to use an address. `deed`, of any room, lets in; None lets in whoever is signed in.

    With `args` it is about one thing in the commune or of the campaign: who may not see it (`seen_with`) gets 404.
    Without, having the deed anywhere is enough.
    """

    name: str
    deed: StrEnum | None
    method: str = "get"
    args: Arguments | None = None
    data: Data = field(default=lambda world: {})
    query: Data = field(default=lambda world: {})
    seen_with: StrEnum = Deed.SEE_DIRECTORY
    done: int = 200
    only: frozenset[Function] = frozenset(Function)  # narrower than the deed: who gives what
    is_own: bool = False  # about a thing of somebody else's own
    refused: int = 403  # without the deed anywhere
    also: str = ""  # tells two ways through one address apart

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.name, self.also)))

    def lets(self, function: Function) -> bool:
        return self.deed is None or (function in who_may(self.deed) and function in self.only)

    @property
    def reached_by(self) -> frozenset[Function]:
        """Who reaches the form at all, whatever they may choose in it."""
        return frozenset(Function) if self.deed is None else who_may(self.deed)

    def expected(self, function: Function, where: str) -> int:
        """`where` is "inside", "beside" or "over"."""
        if self.deed is None:
            return self.done
        if self.is_own:
            return 404 if where != "over" and self.lets(function) else self.refused
        if self.args is None:
            return self.done if where != "over" and self.lets(function) else self.refused
        if where != "inside" or function not in who_may(self.seen_with):
            return 404
        return self.done if self.lets(function) else 403


def _gives(function: Function) -> frozenset[Function]:
    return frozenset(giver for giver, given in MAY_GRANT.items() if function in given)


def _give(function: Function) -> Data:
    return lambda world: {
        "user": world.official.user_id,
        "organization": world.commune.pk,
        "function": function.value,
        "valid_from": _today(),
        "reason": "Quyết định 12-QĐ/HU",
        "confirm": "1",
    }


def _end(world: World) -> dict[str, Any]:
    return {"valid_until": _today(1), "reason": "Chuyển công tác", "version": 1}


def _account(world: World) -> list[Any]:
    return [world.official.user_id]


GRANTS = (
    Route("grants", Deed.SEE_GRANTS),
    Route("grants-table", Deed.SEE_GRANTS),
    Route("grants-grant", Deed.SEE_GRANTS, args=lambda world: [world.clerk.pk], seen_with=Deed.SEE_GRANTS),
    Route("grants-give", Deed.GRANT_FUNCTION),
    Route(
        "grants-end", Deed.END_GRANT, "post", args=lambda world: [world.clerk.pk], data=_end, seen_with=Deed.SEE_GRANTS,
        done=302, only=_gives(Function.CLERK), also="clerk",
    ),
    Route(
        "grants-end", Deed.END_GRANT, "post", args=lambda world: [world.administrator.pk], data=_end,
        seen_with=Deed.SEE_GRANTS, done=302, only=_gives(Function.TECHNICAL_ADMINISTRATOR), also="administrator",
    ),
)  # fmt: skip

ACCOUNTS = (
    Route("people-accounts", Deed.SEE_ACCOUNTS),
    Route("people-accounts-account", Deed.SEE_ACCOUNTS, args=_account, seen_with=Deed.SEE_ACCOUNTS),
    Route("people-accounts-create", Deed.MANAGE_ACCOUNT),
    Route("people-accounts-reset", Deed.MANAGE_ACCOUNT, "post", args=_account, seen_with=Deed.SEE_ACCOUNTS),
    Route(
        "people-accounts-lock", Deed.MANAGE_ACCOUNT, "post", args=_account, seen_with=Deed.SEE_ACCOUNTS, done=302,
        data=lambda world: {"reason": "Nghỉ dài ngày"},
    ),
    Route(
        "people-accounts-unlock", Deed.MANAGE_ACCOUNT, "post", args=lambda world: [world.locked.user_id],
        seen_with=Deed.SEE_ACCOUNTS, done=302,
    ),
)  # fmt: skip

DIRECTORY = (
    Route("directory-tree", None),  # without a function it says what will be here
    Route("directory-organization", Deed.SEE_DIRECTORY, args=lambda world: [world.commune.pk]),
    Route("directory-children", Deed.SEE_DIRECTORY, args=lambda world: [world.commune.pk], done=302),
    Route("directory-official", Deed.SEE_DIRECTORY, args=lambda world: [world.official.pk]),
)


def _day_and_reason(world: World) -> dict[str, Any]:
    return {"from_day": _today(), "on_day": _today(), "reason": "Quyết định 12-QĐ/HU", "version": 1}


def _changes(name: str, deed: Deed, about: Arguments, data: Data = lambda world: {}) -> tuple[Route, Route]:
    """The page that asks, and its form."""
    return (
        Route(name, deed, args=about),
        Route(name, deed, "post", args=about, data=lambda world: _day_and_reason(world) | data(world), done=302),
    )


CHANGES = (
    *_changes(
        "directory-found", Deed.CHANGE_ORGANIZATION, lambda world: [world.commune.pk],
        lambda world: {"name": "Chi bộ thôn Phú Thọ", "code": "CBPT", "kind": make_kind().pk},
    ),
    *_changes(
        "directory-rename", Deed.CHANGE_ORGANIZATION, lambda world: [world.commune.pk],
        lambda world: {"name": "Đảng bộ xã Bằng Khê mới"},
    ),
    *_changes(
        "directory-move", Deed.CHANGE_ORGANIZATION, lambda world: [world.commune.pk],
        lambda world: {"parent": world.neighbour.pk},
    ),
    *_changes(
        "directory-merge", Deed.CHANGE_ORGANIZATION, lambda world: [world.commune.pk],
        lambda world: {"organizations": [world.neighbour.pk]},
    ),
    *_changes(
        "directory-found-body", Deed.CHANGE_ORGANIZATION, lambda world: [world.commune.pk],
        lambda world: {"name": "Ủy ban Kiểm tra", "kind": "Ủy ban Kiểm tra"},
    ),
    *_changes(
        "directory-begin-term", Deed.CHANGE_ORGANIZATION, lambda world: [world.term.body_id],
        lambda world: {"name": "2026–2031"},
    ),
    *_changes("directory-end-body", Deed.CHANGE_ORGANIZATION, lambda world: [world.term.body_id]),
    *_changes("directory-end-term", Deed.CHANGE_ORGANIZATION, lambda world: [world.term.pk]),
    *_changes(
        "directory-correct", Deed.CHANGE_OFFICIAL, lambda world: [world.official.pk],
        lambda world: {"full_name": "Hoàng Văn Thịnh", "birth_year": 1976, "is_party_member": "on"},
    ),
    *_changes(
        "directory-manage", Deed.CHANGE_OFFICIAL, lambda world: [world.official.pk],
        lambda world: {"organization": world.commune.pk},
    ),
    *_changes("directory-end", Deed.CHANGE_ORGANIZATION, lambda world: [world.neighbour.pk]),
    *_changes(
        "directory-record", Deed.CHANGE_OFFICIAL, lambda world: [world.commune.pk],
        lambda world: {"full_name": "Đỗ Quý Nhâm", "code": "CBMOI", "birth_year": 1980},
    ),
    *_changes(
        "directory-begin-tenure", Deed.CHANGE_OFFICIAL, lambda world: [world.commune.pk],
        lambda world: {"official": world.newcomer.pk, "position": make_position("Phó Bí thư", rank=20).pk},
    ),
    *_changes("directory-end-tenure", Deed.CHANGE_OFFICIAL, lambda world: [world.tenure.pk]),
    *_changes(
        "directory-begin-membership", Deed.CHANGE_OFFICIAL, lambda world: [world.term.pk],
        lambda world: {"official": world.newcomer.pk, "role": "Ủy viên", "order": 2},
    ),
    *_changes("directory-end-membership", Deed.CHANGE_OFFICIAL, lambda world: [world.seat.pk]),
)  # fmt: skip


def _nobody(world: World) -> list[Any]:
    return [UUID(int=7)]


EXCHANGE = (
    Route("directory-import", Deed.IMPORT_DIRECTORY),
    Route("directory-import", Deed.IMPORT_DIRECTORY, "post", done=422, also="without a file"),
    Route("directory-import-blank", Deed.IMPORT_DIRECTORY),
    # A plan is its maker's alone: to everybody else there is none.
    Route("directory-import-plan", Deed.IMPORT_DIRECTORY, args=_nobody, is_own=True),
    Route("directory-import-confirm", Deed.IMPORT_DIRECTORY, "post", args=_nobody, is_own=True),
    Route("directory-import-give-up", Deed.IMPORT_DIRECTORY, "post", args=_nobody, is_own=True),
    Route("directory-export", Deed.EXPORT_DIRECTORY),
    Route("directory-export", Deed.EXPORT_DIRECTORY, "post", data=lambda world: {"day": _today()}),
)

OTHERS = (
    Route("trail", Deed.READ_TRAIL),
    # Set for the whole tree, so by who manages accounts at its root; nobody in this world does.
    Route("required-factors", Deed.MANAGE_ACCOUNT, only=frozenset(), refused=404, also="below the root"),
    Route("required-factors", Deed.MANAGE_ACCOUNT, "post", only=frozenset(), refused=404, also="below the root"),
)


def _campaign(world: World) -> list[Any]:
    return [world.campaign.pk]


def _closing(world: World) -> list[Any]:
    return [world.campaign.pk, "close"]


def _announced(world: World) -> dict[str, Any]:
    return {"title": "Đợt đổi tên", "opens_on": _today(-10), "closes_on": _today(20), "accepts_late": "on"}


def _thresholds(world: World) -> dict[str, Any]:
    return {"version": 1, "usual": "60", "clarify": "20", "above": "5", "same_task": "78"}


def _managed(name: str, data: Data, args: Arguments = _campaign) -> tuple[Route, Route]:
    """The page that asks, and its form."""

    def said(world: World) -> dict[str, Any]:
        return {"version": 1} | data(world)

    return (
        Route(name, MANAGES, args=args, seen_with=SEEN),
        Route(name, MANAGES, "post", args=args, seen_with=SEEN, data=said, done=302),
    )


SEEN, MANAGES = registration.Deed.SEE_CAMPAIGN, registration.Deed.MANAGE_CAMPAIGN
CAMPAIGNS = (
    Route("campaigns", None),  # without a function it says how a campaign gets there
    Route("campaign", SEEN, args=_campaign, seen_with=SEEN),
    Route("campaign-create", MANAGES),
    *_managed("campaign-change", _announced),
    *_managed("campaign-requirements", lambda world: {"of": f"k{world.commune.kind_id}", "least": 1, "most": 3}),
    Route("campaign-form", SEEN, args=_campaign, seen_with=SEEN),
    # Something was sent already: who may is told so, the others are refused before.
    Route("campaign-form", MANAGES, "post", args=_campaign, seen_with=SEEN, done=422),
    Route("campaign-thresholds", SEEN, args=_campaign, seen_with=SEEN),
    Route("campaign-thresholds", MANAGES, "post", args=_campaign, seen_with=SEEN, data=_thresholds, done=422),
    Route("campaign-move", MANAGES, args=_closing, seen_with=SEEN),
    Route("campaign-move", MANAGES, "post", args=_closing, seen_with=SEEN, data=lambda world: {"version": 1}, done=302),
    Route("campaign-refresh", MANAGES, "post", args=_campaign, seen_with=SEEN, done=302),
    Route("coverage", registration.Deed.SEE_COVERAGE, args=_campaign, seen_with=SEEN),
    Route("reminders", registration.Deed.SEE_COVERAGE, args=_campaign, seen_with=SEEN),
    *_managed("exempt", lambda world: {"reason": "Mới thành lập"},
              lambda world: [world.campaign.pk, world.registrant.pk]),
)  # fmt: skip

IMPORTING = registration.Deed.IMPORT_REGISTER


def _nothing(world: World) -> list[Any]:
    return [world.campaign.pk, UUID(int=7)]


REGISTERS = (
    Route("register-import", IMPORTING, args=lambda world: [world.campaign.pk], seen_with=SEEN),
    Route("register-import", IMPORTING, "post", args=lambda world: [world.campaign.pk], seen_with=SEEN, done=422,
          also="without a file"),
    # A plan is its maker's alone: to everybody else there is none.
    *(
        Route(name, IMPORTING, method, args=_nothing, seen_with=SEEN, done=404)
        for name, method in (
            ("register-import-plan", "get"), ("register-import-plan", "post"),
            ("register-import-confirm", "post"), ("register-import-give-up", "post"),
        )
    ),
)  # fmt: skip

# Whoever reads tasks sees how they are tied, each as far as he reads.
MAP = (Route("task-map", registration.Deed.SEE_TASKS, args=_campaign, seen_with=SEEN),)

BOARD = (
    Route("board", appraisal.Deed.SEE_BOARD, args=_campaign, seen_with=SEEN),
    # What the machine said of a task is read by whoever reads the task.
    Route(
        "board-item", registration.Deed.SEE_TASKS, args=lambda world: [world.campaign.pk, world.sent.pk], seen_with=SEEN
    ),
    Route("near-duplicates", appraisal.Deed.SEE_BOARD, args=_campaign, seen_with=SEEN),
    Route("rescreen", appraisal.Deed.RESCREEN, "post", args=_campaign, seen_with=SEEN, done=302),
)

EXPORTING, WRITING = registration.Deed.EXPORT_REGISTER, registration.Deed.WRITE_TASK


def _draft(world: World) -> list[Any]:
    return [world.draft.pk]


def _sent(world: World) -> list[Any]:
    return [world.sent.pk]


SHEETS = (
    Route("register-export", EXPORTING, args=_campaign, seen_with=SEEN),
    Route("register-export", EXPORTING, "post", args=_campaign, seen_with=SEEN),
    Route("form-blank", SEEN, args=_campaign, seen_with=SEEN),
    Route("task-sheet", registration.Deed.SEE_TASKS, args=lambda world: [world.sent.pk],
          seen_with=registration.Deed.SEE_TASKS),
    Route("task-sheet-upload", WRITING, args=_draft, seen_with=WRITING),
    Route("task-sheet-upload", WRITING, "post", args=_draft, seen_with=WRITING, done=422, also="without a file"),
    Route("task-begin-sheet", WRITING, args=lambda world: [world.registrant.pk], seen_with=WRITING),
    Route("task-begin-sheet", WRITING, "post", args=lambda world: [world.registrant.pk], seen_with=WRITING, done=422,
          also="without a file"),
)  # fmt: skip

TASKS = (
    Route("tasks", registration.Deed.SEE_TASKS, args=_campaign, seen_with=SEEN),
    *(
        Route(name, registration.Deed.SEE_TASKS, args=_sent, seen_with=registration.Deed.SEE_TASKS)
        for name in ("task", "task-versions")
    ),
    # Of a draft nobody else learns that it is there.
    *(Route(name, WRITING, args=_draft, seen_with=WRITING, also="a draft") for name in ("task", "task-versions")),
)

FORM_OF_A_TASK = (
    Route("task-begin", None),  # who registers for nobody is told so
    Route("task-begin", WRITING, "post", data=lambda world: {"ben": 0}, is_own=True, refused=404, also="for nobody"),
    Route("task-write", WRITING, args=_draft, seen_with=WRITING),
    Route("task-write", WRITING, "post", args=_draft, seen_with=WRITING, done=302,
          data=lambda world: {"title": "Đường trục xã", "version": world.draft.version}),
    Route("task-send", WRITING, args=_draft, seen_with=WRITING),
    Route("task-send", WRITING, "post", args=_draft, seen_with=WRITING, done=422, also="without who leads",
          data=lambda world: {"version": world.draft.version}),
    Route("task-withdraw", WRITING, args=_sent, seen_with=WRITING),
    Route("task-withdraw", WRITING, "post", args=_sent, seen_with=WRITING, done=302,
          data=lambda world: {"version": world.sent.version, "reason": "Thêm mốc"}),
    Route("task-discard", WRITING, args=_draft, seen_with=WRITING),
    Route("task-discard", WRITING, "post", args=_draft, seen_with=WRITING, done=302,
          data=lambda world: {"version": world.draft.version}),
)  # fmt: skip

ROUTES: tuple[Route, ...] = (
    *GRANTS,
    *ACCOUNTS,
    *DIRECTORY,
    *CHANGES,
    *EXCHANGE,
    *OTHERS,
    *CAMPAIGNS,
    *BOARD,
    *MAP,
    *REGISTERS,
    *SHEETS,
    *TASKS,
    *FORM_OF_A_TASK,
)

# A form that writes from an address without a thing in it: what it names must lie in scope, or it is told at the field.
FORMS: tuple[Route, ...] = (
    *(
        Route("grants-give", Deed.GRANT_FUNCTION, "post", data=_give(function), done=302, only=_gives(function),
              also=function.value)
        for function in Function
    ),
    Route(
        "people-accounts-create", Deed.MANAGE_ACCOUNT, "post",
        data=lambda world: {"official": world.newcomer.pk, "username": "lua.tt"},
    ),
    Route(
        "campaign-create", MANAGES, "post", done=302,
        data=lambda world: {"organization": world.commune.pk, "year": timezone.localdate().year} | _announced(world),
    ),
)  # fmt: skip

# Addresses anybody reaches, and those of one's own account, which ask for nobody's scope; test_sign_in.py tests them.
OPEN = (
    "home", "help", "health",
    "quick-start", "quick-result", "quick-progress", "quick-item", "quick-correct", "quick-download", "quick-forget",
    "account_login", "account_logout", "mfa_authenticate", "mfa_login_webauthn",
)  # fmt: skip
OWN = (
    "account_reauthenticate", "account_change_password", "account_set_password",
    "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "totp-picture", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    "sessions", "end-session", "end-other-sessions",
    "job", "job-stop",  # a job is its own user's: test_jobs.py
    "waiting",  # what waits for oneself: test_home.py
)  # fmt: skip
