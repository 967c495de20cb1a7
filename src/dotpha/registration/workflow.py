"""States of a campaign and of a task, the legal moves between them, and their names. Plain Python."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from dotpha.core.errors import Refused


class CampaignState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"  # to registrants: nobody sends any more, the appraisers read
    APPRAISED = "appraised"
    DECIDED = "decided"
    RUNNING = "running"
    ENDED = "ended"


CAMPAIGN_STATE_LABELS: Mapping[CampaignState, str] = {
    CampaignState.DRAFT: "Đang chuẩn bị",
    CampaignState.OPEN: "Đang nhận đăng ký",
    CampaignState.CLOSED: "Đã thôi nhận đăng ký",
    CampaignState.APPRAISED: "Đã thẩm định",
    CampaignState.DECIDED: "Đã quyết định",
    CampaignState.RUNNING: "Đang thực hiện",
    CampaignState.ENDED: "Đã kết thúc",
}


class CampaignMove(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    APPRAISE = "appraise"
    DECIDE = "decide"
    RUN = "run"
    END = "end"


CAMPAIGN_MOVE_LABELS: Mapping[CampaignMove, str] = {
    CampaignMove.OPEN: "Mở đợt đăng ký",
    CampaignMove.CLOSE: "Thôi nhận đăng ký",
    CampaignMove.REOPEN: "Nhận đăng ký lại",
    CampaignMove.APPRAISE: "Ghi đã thẩm định xong",
    CampaignMove.DECIDE: "Ghi đã quyết định",
    CampaignMove.RUN: "Chuyển sang thực hiện",
    CampaignMove.END: "Kết thúc đợt",
}

CAMPAIGN_MOVES: Mapping[tuple[CampaignState, CampaignMove], CampaignState] = {
    (CampaignState.DRAFT, CampaignMove.OPEN): CampaignState.OPEN,
    (CampaignState.OPEN, CampaignMove.CLOSE): CampaignState.CLOSED,
    (CampaignState.CLOSED, CampaignMove.REOPEN): CampaignState.OPEN,
    (CampaignState.CLOSED, CampaignMove.APPRAISE): CampaignState.APPRAISED,
    (CampaignState.APPRAISED, CampaignMove.REOPEN): CampaignState.OPEN,
    (CampaignState.APPRAISED, CampaignMove.DECIDE): CampaignState.DECIDED,
    (CampaignState.DECIDED, CampaignMove.RUN): CampaignState.RUNNING,
    (CampaignState.RUNNING, CampaignMove.END): CampaignState.ENDED,
}


class TaskState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"  # taken back to be written again; the version sent stays
    DISCARDED = "discarded"


TASK_STATE_LABELS: Mapping[TaskState, str] = {
    TaskState.DRAFT: "Đang soạn",
    TaskState.SUBMITTED: "Đã gửi",
    TaskState.WITHDRAWN: "Đã rút lại để sửa",
    TaskState.DISCARDED: "Đã bỏ",
}
# Never colour alone: each state has a word and a shape.
TASK_STATE_MARKS: Mapping[TaskState, str] = {
    TaskState.DRAFT: "✎",
    TaskState.SUBMITTED: "✔",
    TaskState.WITHDRAWN: "↩",
    TaskState.DISCARDED: "✕",
}
EDITABLE = frozenset({TaskState.DRAFT, TaskState.WITHDRAWN})


class TaskMove(StrEnum):
    WRITE = "write"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    DISCARD = "discard"


TASK_MOVE_LABELS: Mapping[TaskMove, str] = {
    TaskMove.WRITE: "Soạn",
    TaskMove.SUBMIT: "Gửi đăng ký",
    TaskMove.WITHDRAW: "Rút lại để sửa",
    TaskMove.DISCARD: "Bỏ bản nháp",
}

TASK_MOVES: Mapping[tuple[TaskState, TaskMove], TaskState] = {
    (TaskState.DRAFT, TaskMove.WRITE): TaskState.DRAFT,
    (TaskState.DRAFT, TaskMove.SUBMIT): TaskState.SUBMITTED,
    (TaskState.DRAFT, TaskMove.DISCARD): TaskState.DISCARDED,
    (TaskState.SUBMITTED, TaskMove.WITHDRAW): TaskState.WITHDRAWN,
    (TaskState.WITHDRAWN, TaskMove.WRITE): TaskState.WITHDRAWN,
    (TaskState.WITHDRAWN, TaskMove.SUBMIT): TaskState.SUBMITTED,
    (TaskState.WITHDRAWN, TaskMove.DISCARD): TaskState.DISCARDED,
}


class Origin(StrEnum):
    REGISTERED = "registered"
    ASSIGNED = "assigned"


ORIGIN_LABELS: Mapping[Origin, str] = {Origin.REGISTERED: "Tự đăng ký", Origin.ASSIGNED: "Được giao thêm"}


def named(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """A table of labels as the choices of a column."""
    return [(each.value, label) for each, label in labels.items()]


class IllegalMove(Refused):
    """The state does not allow the move."""


def campaign_after(state: CampaignState, move: CampaignMove) -> CampaignState:
    """
    Raises:
        IllegalMove: there is no such move from this state.
    """
    try:
        return CAMPAIGN_MOVES[state, move]
    except KeyError:
        label, now = CAMPAIGN_MOVE_LABELS[move], CAMPAIGN_STATE_LABELS[state].lower()
        raise IllegalMove(f"Đợt này {now} nên không làm được việc “{label}”. Đồng chí tải lại trang.") from None


def task_after(state: TaskState, move: TaskMove) -> TaskState:
    """
    Raises:
        IllegalMove: there is no such move from this state.
    """
    try:
        return TASK_MOVES[state, move]
    except KeyError:
        label, now = TASK_MOVE_LABELS[move], TASK_STATE_LABELS[state].lower()
        raise IllegalMove(f"Nhiệm vụ này {now} nên không làm được việc “{label}”. Đồng chí tải lại trang.") from None
