"""A task from its first words to the version that is sent, and back when it is taken back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from dotpha.accounts.models import User
from dotpha.core import names
from dotpha.core.errors import Conflict, Refused
from dotpha.core.models import AuditEvent
from dotpha.directory.actions.deed import day_of, trace
from dotpha.directory.queries import post_of
from dotpha.registration import policy
from dotpha.registration.actions.registrants import count_tasks, held, next_numbers
from dotpha.registration.models import BreakthroughTask, Campaign, Registrant, TaskVersion
from dotpha.registration.workflow import CampaignState, TaskMove, TaskState, task_after
from dotpha.rules.form.content import Content
from dotpha.rules.form.missing import Missing, missing, value_of
from dotpha.rules.form.sheet import Entry, asked, laid_out
from dotpha.rules.form.specification import Specification
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.dates import show_day
from dotpha.rules.vietnamese.text import tidy

WRITTEN_AGAIN_AFTER = timedelta(hours=1)  # a draft saves itself every few seconds; the trail tells of it once an hour
_TITLE = 1000


class Incomplete(Refused):
    """What must be filled is not; `gaps` are all of them, also those that may stay."""

    def __init__(self, gaps: list[Missing]) -> None:
        must = [each for each in gaps if each.must]
        told = "; ".join(f"{each.label}: {each.message.rstrip('.').lower()}" for each in must)
        super().__init__(f"Chưa gửi được vì còn thiếu mục bắt buộc. {told}.", fields={m.name: m.message for m in must})
        self.gaps = gaps


@transaction.atomic
def begin_task(*, registrant: Registrant, by: User | None, at: datetime, title: str = "") -> BreakthroughTask:
    """Begin a draft in a registrant's name (soạn nhiệm vụ mới).

    Who begins one and has written nothing in it is led to it again: a button pressed twice makes one draft.

    Raises:
        NotAllowed: `by` does not register for him.
        Refused: the campaign takes no registrations now, or he already has as many as it allows.
    """
    _require_write(by, registrant, at)
    [registrant] = held([registrant.pk])
    require_receiving(registrant.campaign, day_of(at))
    begun = _untouched(registrant, by) if not tidy(title) else None
    return begun or _begun(registrant, by=by, at=at, title=title)


def _begun(registrant: Registrant, *, by: User | None, at: datetime, title: str = "") -> BreakthroughTask:
    """A new draft of a registrant whose row is held."""
    campaign = registrant.campaign
    require_room(registrant)
    content = Content.from_json({"title": title, "responsible": ""})
    task = BreakthroughTask(
        campaign=campaign, registrant=registrant, organization_id=registrant.organization_id,
        official_id=registrant.official_id, number=next_numbers(campaign, 1), changed_at=at, changed_by=by,
        **columns_of(content, registrant),
    )  # fmt: skip
    task.save(force_insert=True)
    count_tasks(registrant)
    trace("task.begun", task, by=by, at=at, to={"bên đăng ký": registrant.name, "đợt": campaign.title})
    return task


@transaction.atomic
def copy_task(*, earlier: BreakthroughTask, registrant: Registrant, by: User | None, at: datetime) -> BreakthroughTask:
    """Begin a draft with what an earlier year's task said (chép nhiệm vụ năm trước); the draft says so.

    Raises:
        NotAllowed: `by` does not register for him, or may not read the earlier task.
        Refused: as `begin_task`; or the earlier task was never sent.
    """
    if by is not None and not policy.tasks_visible_to(by, on=day_of(at)).filter(pk=earlier.pk).exists():
        raise Refused("Không thấy nhiệm vụ năm trước mà đồng chí chọn. Đồng chí chọn lại trong danh sách.")
    if earlier.current is None:
        raise Refused(f"“{earlier}” chưa gửi lần nào nên không chép được.")
    _require_write(by, registrant, at)
    [registrant] = held([registrant.pk])
    require_receiving(registrant.campaign, day_of(at))
    task = _begun(registrant, by=by, at=at)
    content = earlier.current.written.as_copy()
    values = columns_of(content, registrant) | {"copied_from": earlier}
    BreakthroughTask.objects.filter(pk=task.pk).update(**values)
    task.refresh_from_db()
    trace("task.copied", task, by=by, at=at, frm=f"{earlier.campaign}: nhiệm vụ số {earlier.number}")
    return task


@transaction.atomic
def save_draft(*, task: BreakthroughTask, version: int, content: Content, by: User, at: datetime) -> BreakthroughTask:
    """Keep what was written so far, complete or not (lưu bản nháp).

    The trail tells of writing once an hour for each person and task; what was sent is kept whole in its version.

    Raises:
        NotAllowed: `by` does not write this task.
        Refused: it was sent and not taken back, or the collective task it names is not one it can serve.
        Conflict: somebody else, or another tab, saved after version `version`; `changes` tells field, yours, theirs.
    """
    _require_write(by, task.registrant, at)
    current = BreakthroughTask.objects.select_related("registrant", "campaign", "current").get(pk=task.pk)
    task_after(TaskState(current.state), TaskMove.WRITE)
    require_servable(current, content, by=by, on=day_of(at))
    if current.written == content:
        return current  # whatever version was seen: an answer lost on the way is asked for again
    if current.version != version:
        raise _conflict(current, content)
    values = columns_of(content, current.registrant)
    rows = BreakthroughTask.objects.filter(pk=task.pk, version=version)
    if not rows.update(version=F("version") + 1, changed_at=at, changed_by=by, **values):
        raise _conflict(BreakthroughTask.objects.get(pk=task.pk), content)
    current.refresh_from_db()
    if not _told_lately(current, by, at):
        trace("task.written", current, by=by, at=at)
    return current


@transaction.atomic
def submit(*, task: BreakthroughTask, version: int, by: User | None, at: datetime, reason: str = "") -> TaskVersion:
    """Freeze the draft as a version and send it to the committee (gửi đăng ký).

    A task is late when it first came late; a version sent again after the last day says so of itself alone.

    Raises:
        NotAllowed: `by` does not write this task.
        Refused: the campaign takes none now, the state does not allow it, or a sheet sent again does not say why.
        Incomplete: something that must be filled is not.
        Conflict: it changed after version `version`.
    """
    _require_write(by, task.registrant, at)
    held([task.registrant_id])
    current = BreakthroughTask.objects.select_related("registrant", "campaign", "current", "supports__current").get(
        pk=task.pk
    )
    campaign, today = current.campaign, day_of(at)
    to = task_after(TaskState(current.state), TaskMove.SUBMIT)
    require_receiving(campaign, today)
    content, again = current.written, current.current_id is not None
    gaps = missing(content, campaign.specification, owner_type=owner_type(current))
    if any(gap.must for gap in gaps):
        raise Incomplete(gaps)
    if again and not tidy(reason):
        raise Refused("Đồng chí ghi lý do gửi lại để người thẩm định biết đã sửa gì.", fields={"reason": "Chưa ghi."})
    if current.version != version:
        raise _conflict(current, content)
    sent = TaskVersion.objects.create(**version_of(current, content, by=by, at=at, reason=tidy(reason)[:500]))
    rows = BreakthroughTask.objects.filter(pk=task.pk, version=version)
    if not rows.update(
        state=to, current=sent, submitted_at=at, is_late=current.is_late if again else sent.is_late,
        version=F("version") + 1, changed_at=at,
        changed_by=by,
    ):  # fmt: skip
        raise _conflict(BreakthroughTask.objects.get(pk=task.pk), content)
    count_tasks(current.registrant)
    current.current = sent
    told = {"phiên bản": sent.number, "gửi chậm": sent.is_late}
    trace("task.resubmitted" if again else "task.submitted", current, by=by, at=at, to=told, reason=sent.reason)
    return sent


@transaction.atomic
def withdraw(*, task: BreakthroughTask, version: int, reason: str, by: User, at: datetime) -> BreakthroughTask:
    """Take a sent task back to write it again (rút lại để sửa); the version sent stays as it is.

    Raises:
        NotAllowed: `by` does not write this task.
        Refused: the campaign no longer takes registrations, it was not sent, or no reason was given.
        Conflict: it changed after version `version`.
    """
    return _move(task, TaskMove.WITHDRAW, version=version, reason=reason, by=by, at=at)


@transaction.atomic
def discard_task(*, task: BreakthroughTask, version: int, reason: str, by: User, at: datetime) -> BreakthroughTask:
    """Give up a draft, or a task that was taken back (bỏ); nothing is deleted.

    Raises:
        NotAllowed: `by` does not write this task.
        Refused: it is with the committee, or no reason was given for one that had been sent.
        Conflict: it changed after version `version`.
    """
    return _move(task, TaskMove.DISCARD, version=version, reason=reason, by=by, at=at)


_VERBS = {TaskMove.WITHDRAW: "task.withdrawn", TaskMove.DISCARD: "task.discarded"}


def _move(
    task: BreakthroughTask, move: TaskMove, *, version: int, reason: str, by: User, at: datetime
) -> BreakthroughTask:
    _require_write(by, task.registrant, at)
    held([task.registrant_id])
    current = BreakthroughTask.objects.select_related("registrant", "campaign", "current").get(pk=task.pk)
    to = task_after(TaskState(current.state), move)
    require_receiving(current.campaign, day_of(at), late_is_fine=True)
    if current.current_id is not None and not tidy(reason):
        raise Refused("Đồng chí ghi lý do để người thẩm định biết.", fields={"reason": "Chưa ghi lý do."})
    if current.version != version:
        raise _conflict(current, current.written)
    rows = BreakthroughTask.objects.filter(pk=task.pk, version=version)
    if not rows.update(state=to, version=F("version") + 1, changed_at=at, changed_by=by):
        raise _conflict(BreakthroughTask.objects.get(pk=task.pk), current.written)
    count_tasks(current.registrant)
    trace(_VERBS[move], current, by=by, at=at, reason=tidy(reason))
    current.refresh_from_db()
    return current


# What several deeds ask and write


def _untouched(registrant: Registrant, by: User | None) -> BreakthroughTask | None:
    """The draft this person began for the registrant and has not written in."""
    if by is None:
        return None
    own = registrant.tasks.filter(state=TaskState.DRAFT, changed_by=by, version=1, title="")
    return own.filter(current__isnull=True, copied_from__isnull=True).order_by("pk").first()


def require_receiving(campaign: Campaign, today: date, *, late_is_fine: bool = False) -> None:
    """
    Raises:
        Refused: the campaign is not open, has not begun, or is over and takes nothing late.
    """
    if campaign.state != CampaignState.OPEN:
        raise Refused(f"“{campaign}” {campaign.get_state_display().lower()} nên chưa nhận hoặc không nhận đăng ký nữa.")
    if today < campaign.opens_on:
        raise Refused(f"“{campaign}” nhận đăng ký từ ngày {show_day(campaign.opens_on)}.")
    if campaign.is_late(today) and not campaign.accepts_late and not late_is_fine:
        raise Refused(
            f"Hạn gửi của “{campaign}” là ngày {show_day(campaign.closes_on)} và đợt này không nhận bản gửi chậm. "
            "Đồng chí liên hệ người thẩm định của cấp ủy."
        )


def require_room(registrant: Registrant, more: int = 1) -> None:
    """
    Who is let off may register all the same.

    Raises:
        Refused: the registrant would have more tasks than the campaign allows.
    """
    kept = registrant.tasks.exclude(state=TaskState.DISCARDED).count()
    if kept + more > registrant.at_most:
        raise Refused(
            f"Đợt này {registrant} đăng ký nhiều nhất {registrant.at_most} nhiệm vụ, nay đã có {kept}, kể cả đang "
            "soạn. Đồng chí sửa hoặc bỏ một nhiệm vụ đã có."
        )


def require_servable(task: BreakthroughTask, content: Content, *, by: User, on: date) -> None:
    """
    Raises:
        Refused: the task named is none of those it may serve.
    """
    if content.supports is None:
        return
    if not policy.tasks_servable_by(by, task, on=on).filter(pk=content.supports).exists():
        message = "Nhiệm vụ tập thể này không còn trong đợt. Đồng chí chọn lại."
        raise Refused(message, fields={"supports": message})


def owner_type(task: BreakthroughTask) -> OwnerType:
    return "individual" if task.is_individual else "organization"


def columns_of(content: Content, registrant: Registrant) -> dict[str, object]:
    """The columns of a task that repeat its content, for lists and searches."""
    return {
        "content": content.to_json(),
        "title": content.title[:_TITLE],
        "supports_id": content.supports if registrant.is_individual else None,
        "order_key": registrant.order_key,
        "search_key": names.search_key(content.title[:_TITLE], registrant.name, registrant.post),
    }


def version_of(
    task: BreakthroughTask, content: Content, *, by: User | None, at: datetime, reason: str = ""
) -> dict[str, object]:
    """The columns of the next version of a task."""
    post = post_of(by, on=day_of(at)) if by is not None else ""
    last = task.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return {
        "task": task,
        "number": last + 1,
        "title": content.title[:_TITLE],
        "content": content.to_json(),
        "parent_title": (task.supports.sent_title if task.supports else "") or content.parent_title[:_TITLE],
        "owner": task.registrant.name,
        "position": task.registrant.post,
        "submitted_at": at,
        "submitted_by": by,
        "submitted_name": (by.get_full_name() or by.get_username())[:200] if by is not None else "",
        "submitted_post": post[:300],
        "is_late": task.campaign.is_late(day_of(at)),
        "reason": reason,
    }


def _require_write(by: User | None, registrant: Registrant, at: datetime) -> None:
    """The system itself writes only the demo; no page can pass None."""
    if by is not None:
        policy.require_write(by, registrant, on=day_of(at))


def _told_lately(task: BreakthroughTask, by: User, at: datetime) -> bool:
    told = AuditEvent.objects.filter(target_kind=task._meta.label_lower, target_id=str(task.pk), actor=by.pk)
    return told.filter(verb__in=["task.begun", "task.written"], at__gt=at - WRITTEN_AGAIN_AFTER).exists()


def _conflict(current: BreakthroughTask, yours: Content) -> Conflict:
    """What the second of two tabs is told: who saved meanwhile, and field by field what differs."""
    theirs = current.written
    form = asked(current.campaign.specification, owner_type(current), yours, theirs)
    mine, other = (_in_words(each, form) for each in (yours, theirs))
    changes = tuple(
        (each.label, mine[each.name], other[each.name])
        for each in form.fields
        if value_of(yours, each) != value_of(theirs, each)
    )
    who = current.changed_by
    name = (who.get_full_name() or who.get_username()) if who is not None else "người khác"
    return Conflict(
        f"“{current}” đã được {name} lưu ở cửa sổ hoặc máy khác sau khi đồng chí mở trang. Điều đồng chí vừa ghi "
        "vẫn còn ở đây; đồng chí xem chỗ khác nhau rồi lưu lần nữa nếu vẫn cần.",
        changes=changes,
    )


def _in_words(content: Content, form: Specification) -> dict[str, str]:
    """Every answer as it is read, by the name of its field."""
    served = BreakthroughTask.objects.filter(pk=content.supports, current__isnull=False) if content.supports else None
    parent = served.values_list("current__title", flat=True).first() if served is not None else None
    sections = laid_out(content, form, parent=parent or "")
    return {entry.field.name: _shown(entry) for section in sections for entry in section.entries}


def _shown(entry: Entry) -> str:
    return entry.text or "; ".join(
        ", ".join(filter(None, [row.name, *(f"{cell.label}: {cell.text}" for cell in (*row.cells, *row.series))]))
        for row in entry.rows
    )
