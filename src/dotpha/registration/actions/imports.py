"""A register imported into a campaign: kept, looked at, doubts resolved, carried out whole or not at all.

What takes long (reading, planning, screening) is computed by a job before its one transaction; the actions here write.
"""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from dotpha.accounts.models import User
from dotpha.core import audit
from dotpha.core.errors import Conflict, NotAllowed, Refused
from dotpha.core.models import Job, JobState
from dotpha.directory.actions.deed import day_of
from dotpha.directory.queries import post_of
from dotpha.registration import policy
from dotpha.registration.actions.importing import CHANGED, CampaignChanged, Sent, Writing
from dotpha.registration.actions.registrants import held
from dotpha.registration.exchange.known import chunks, state_of
from dotpha.registration.exchange.plan import OUTCOME_LABELS, Outcome, Plan
from dotpha.registration.exchange.planning import plan
from dotpha.registration.exchange.register import Register
from dotpha.registration.models import Campaign, RegisterImport
from dotpha.registration.models.imports import ImportState
from dotpha.registration.policy import Deed
from dotpha.registration.workflow import CampaignState

KEPT = timedelta(hours=24)  # how long a plan waits for its doubts to be resolved and its confirmation
IMPORTING = frozenset({CampaignState.OPEN, CampaignState.CLOSED})
OTHER_WINDOW = (
    "Lựa chọn đã được lưu ở cửa sổ khác sau khi đồng chí mở trang, nên lần này chưa lưu gì. Dưới đây là lựa chọn mới "
    "nhất; đồng chí xem lại rồi chọn tiếp nếu vẫn cần."
)
_TOLD = {Outcome.ADD: "added", Outcome.CHANGE: "changed"}


@transaction.atomic
def prepare_import(*, campaign: Campaign, file_name: str, data: bytes, by: User, at: datetime) -> RegisterImport:
    """Keep a register until it has been read; whatever is over is thrown away.

    Raises:
        NotAllowed: `by` may not import into this campaign.
        Refused: the campaign takes no register now.
    """
    _require(campaign, by, at)
    RegisterImport.objects.filter(expires_at__lte=at).delete()
    return RegisterImport.objects.create(
        campaign=campaign, user=by, file_name=file_name[-200:], data=data, created_at=at, expires_at=at + KEPT
    )


@transaction.atomic
def keep_plan(*, waiting: RegisterImport, register: Register, made: Plan, by: User, at: datetime) -> None:
    """Keep what was read, instead of the file, and the plan of what it would do.

    Raises:
        NotAllowed: the import is another person's, or `by` may import no longer.
        Refused: it is not being read.
    """
    _require_own(waiting, by)
    _require(waiting.campaign, by, at)
    kept = {"data": pack(register.to_json()), "plan": pack(made.to_json())}
    _advance(waiting, ImportState.READING, state=ImportState.READY, **kept)


@transaction.atomic
def keep_failure(*, waiting: RegisterImport, why: str, by: User, at: datetime) -> None:
    """Tell why nothing could be read; the file is thrown away.

    Raises:
        NotAllowed: the import is another person's.
        Refused: it is not being read.
    """
    _require_own(waiting, by)
    _advance(waiting, ImportState.READING, state=ImportState.FAILED, failure=why, data=b"")


@transaction.atomic
def resolve_doubts(
    *, waiting: RegisterImport, version: int, choices: Mapping[str, str], by: User, at: datetime
) -> RegisterImport:
    """Keep what a person decided of some rows, and plan anew. An empty choice is a question that stays open.

    Raises:
        NotAllowed: the import is another person's, or `by` may import no longer.
        Refused: it does not wait for choices.
        Conflict: other choices were kept after version `version`.
    """
    _require_own(waiting, by)
    _require(waiting.campaign, by, at)
    current = RegisterImport.objects.select_related("campaign").get(pk=waiting.pk)
    if current.version != version:
        raise Conflict(OTHER_WINDOW)
    kept = {key: value for key, value in (current.choices | dict(choices)).items() if value}
    made = plan(register_of(current), current.campaign, kept)
    _advance(current, ImportState.READY, choices=kept, plan=pack(made.to_json()), failure="", expires_at=at + KEPT)
    current.refresh_from_db()
    return current


@transaction.atomic
def begin_import(*, waiting: RegisterImport, version: int, by: User, at: datetime) -> RegisterImport:
    """Confirm the plan that was shown; from here on the job writes.

    Raises:
        NotAllowed: the import is another person's, or `by` may import no longer.
        Refused: rows are doubtful or refused, or there is nothing to write; or it is being written, or done.
        Conflict: other choices were kept after version `version`.
    """
    _require_own(waiting, by)
    _require(waiting.campaign, by, at)
    current = RegisterImport.objects.get(pk=waiting.pk)
    if current.state == ImportState.WRITING and is_stuck(current):
        current.state = ImportState.READY
    if current.state != ImportState.READY:
        raise Refused(f"Lượt nhập này {current.get_state_display().lower()} nên không xác nhận lần nữa.")
    if current.version != version:
        raise Conflict(OTHER_WINDOW)
    made = plan_of(current)
    if made.is_blocked:
        raise Refused("Sổ còn dòng nghi vấn hoặc bị từ chối nên chưa ghi gì. Đồng chí xử lý các dòng ấy rồi xác nhận.")
    if not made.to_write:
        raise Refused("Sổ không khác những gì đã đăng ký; không có gì để ghi.")
    claimed = RegisterImport.objects.filter(pk=current.pk, version=version)
    begun = {"state": ImportState.WRITING, "failure": "", "expires_at": at + KEPT}
    if not claimed.update(version=F("version") + 1, **begun):
        raise Conflict(OTHER_WINDOW)
    current.refresh_from_db()
    return current


@transaction.atomic
def renew_import(*, waiting: RegisterImport, made: Plan, by: User, at: datetime) -> None:
    """Show another plan for the same register, because the campaign changed.

    Raises:
        NotAllowed: the import is another person's.
        Refused: it is not being written.
    """
    _require_own(waiting, by)
    kept = {"plan": pack(made.to_json()), "failure": CHANGED, "expires_at": at + KEPT}
    _advance(waiting, ImportState.WRITING, state=ImportState.READY, **kept)


@transaction.atomic
def give_up_import(*, waiting: RegisterImport, by: User, at: datetime) -> None:
    """Throw register, plan and choices away; nothing was written.

    Raises:
        NotAllowed: the import is another person's.
        Refused: it is being read or written, or done.
    """
    _require_own(waiting, by)
    current = RegisterImport.objects.get(pk=waiting.pk)
    under_way = current.state in (ImportState.READING, ImportState.WRITING) and not is_stuck(current)
    if under_way or current.state == ImportState.DONE:
        raise Refused(f"Lượt nhập này {current.get_state_display().lower()} nên không bỏ được nữa.")
    current.delete()


@transaction.atomic
def import_register(*, waiting: RegisterImport, made: Plan, state: str, by: User, at: datetime) -> list[Sent]:
    """Write the plan (nhập sổ đăng ký), whole or not at all: tasks and versions, sent by `by`. The caller screens them.

    `state` is `state_of` the campaign from before the plan was made.

    Raises:
        NotAllowed: the import is another person's, or `by` may import no longer.
        Refused: rows are doubtful or refused, or it is not being written: somebody wrote it or gave it up.
        CampaignChanged: the campaign is no longer as it was; nothing was written.
    """
    _require_own(waiting, by)
    for part in chunks(sorted({work.registrant.pk for work in made.work})):
        held(part)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=waiting.campaign_id)
    _require(campaign, by, at)
    if made.is_blocked:
        raise Refused("Sổ còn dòng nghi vấn hoặc bị từ chối nên chưa ghi gì.")
    if state_of(campaign) != state:
        raise CampaignChanged
    counts = made.counts
    result = ", ".join(f"{OUTCOME_LABELS[each].lower()} {counts[each]}" for each in Outcome if counts[each])
    done = {"result": result[:300], "data": b"", "plan": b"", "choices": {}, "failure": ""}
    _advance(waiting, ImportState.WRITING, state=ImportState.DONE, **done)
    reason = f"Nhập từ sổ {waiting.file_name}"
    sent = Writing(campaign, made.work, by=by, at=at, reason=reason).write()
    told: dict[str, Any] = {name: counts[each] for each, name in _TOLD.items() if counts[each]}
    post, scope = post_of(by, on=day_of(at)), campaign.organization
    audit.record(
        "register.imported", target=campaign, by=by, at=at, post=post, to=told | {"file": waiting.file_name},
        scope=scope,
    )  # fmt: skip
    return sent


def plan_of(waiting: RegisterImport) -> Plan:
    return Plan.from_json(unpack(waiting.plan))


def register_of(waiting: RegisterImport) -> Register:
    return Register.from_json(unpack(waiting.data))


def is_stuck(waiting: RegisterImport) -> bool:
    """Whether the job that reads or writes it has ended without coming to its end."""
    job = Job.objects.filter(pk=waiting.job).first() if waiting.job else None
    return job is None or job.state in (JobState.FAILED, JobState.STOPPED)


def pack(said: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(said).encode(), 3)


def unpack(kept: bytes | memoryview) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(zlib.decompress(bytes(kept)))
    return said


def require_importing(campaign: Campaign) -> None:
    """
    Raises:
        Refused: the campaign takes no register now.
    """
    if campaign.state not in IMPORTING:
        raise Refused(
            f"“{campaign}” {campaign.get_state_display().lower()} nên không nhập sổ được. Sổ được nhập từ khi mở đợt "
            "đến khi thẩm định xong."
        )


def _require(campaign: Campaign, by: User, at: datetime) -> None:
    policy.require(by, Deed.IMPORT_REGISTER, campaign.organization, on=day_of(at))
    require_importing(campaign)


def _require_own(waiting: RegisterImport, by: User) -> None:
    if waiting.user_id != by.pk:
        raise NotAllowed("Lượt nhập này của người khác.")


def _advance(waiting: RegisterImport, expected: ImportState, **columns: Any) -> None:
    """Change the row if it still is as expected: in this state and, where one was read, of this version."""
    rows = RegisterImport.objects.filter(pk=waiting.pk, state=expected, version=waiting.version)
    if not rows.update(version=F("version") + 1, **columns):
        raise Refused("Lượt nhập này đã được ghi, đã bỏ hoặc đang làm ở cửa sổ khác. Đồng chí tải lại trang.")
