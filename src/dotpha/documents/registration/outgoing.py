"""Tasks of a campaign as the register and the form say them: what was sent, and for its writer the draft."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from django.utils import timezone

from dotpha.documents.registration.form_words import shown_task
from dotpha.documents.registration.layout import code_of
from dotpha.documents.registration.word import Sheet
from dotpha.documents.registration.writing import Entry
from dotpha.registration.models import BreakthroughTask, Campaign
from dotpha.rules.form.composing import Composed, compose
from dotpha.rules.form.content import Content
from dotpha.rules.registration import OwnerType

_SEPARATED = ("description", "responsibilities")  # texts composed of several answers


def owner_type_of(task: BreakthroughTask) -> OwnerType:
    return "individual" if task.is_individual else "organization"


def entries(tasks: Iterable[BreakthroughTask], campaign: Campaign, numbers: Mapping[int, int]) -> Iterator[Entry]:
    """A row of the register for each task that was sent; `numbers` are those of the collective tasks by key.

    No queries of its own: the tasks come with `current`, `organization` and `official`.
    """
    for task in tasks:
        version = task.current
        if version is None:
            continue
        content = version.written
        composed = compose(
            content, id=code_of(task.number), owner=version.owner, owner_type=owner_type_of(task),
            position=version.position, year=campaign.year, parent_title=version.parent_title,
        )  # fmt: skip
        parent = numbers.get(content.supports or 0)
        yield Entry(
            registration=replace(composed.registration, parent_id=code_of(parent) if parent else ""),
            lines={name: text for name in _SEPARATED if (text := in_lines(composed, name))},
            workplace=task.organization.name if task.is_individual else "",
            owner_code=task.official.code if task.official is not None else task.organization.code,
            state=task.get_state_display(),
            submitted_at=timezone.localtime(version.submitted_at).replace(tzinfo=None),
            is_late=version.is_late,
        )


def in_lines(composed: Composed, name: str) -> str:
    """A composed text with each answer on a line of its own; on one line it is the same text.

    >>> made = compose(Content(description="Dài 3 km.", since="2015"), id="", owner="", owner_type="organization")
    >>> in_lines(made, "description")
    'Dài 3 km.\\nTồn tại: 2015'
    """
    text: str = getattr(composed.registration, name)
    for part in composed.parts:
        if part.field == name and part.start:
            # An answer may have words of ours before it ("Tồn tại: "); the blank before those becomes the break.
            lead = re.search(r" (?:Tồn tại: |Đã làm: |Sản phẩm: |Minh chứng: )?$", text[: part.start])
            if lead is not None:
                text = f"{text[: lead.start()]}\n{text[lead.start() + 1 :]}"
    return text


def blank_sheet(campaign: Campaign, owner_type: OwnerType) -> Sheet:
    return Sheet(campaign.specification, owner_type, campaign.year, superior=campaign.organization.name)


def sheet_of(task: BreakthroughTask, *, is_own: bool, parent: tuple[int | None, str], today: date) -> Sheet:
    """The form filled: the draft for who writes it, what was sent for everybody else.

    `parent` is number and title of the collective task it serves, as far as the reader may know them.
    """
    campaign, version = task.campaign, task.current
    content = content_shown(task, is_own=is_own)
    is_draft = is_own and (task.is_editable or version is None)
    own = task.organization.name
    note = "Bản đang soạn, chưa gửi."
    if not is_draft and version is not None:
        note = f"Phiên bản {version.number}, gửi lúc {timezone.localtime(version.submitted_at):%H:%M ngày %d/%m/%Y}."
    return Sheet(
        campaign.specification, owner_type_of(task), campaign.year,
        superior=campaign.organization.name if campaign.organization_id != task.organization_id else "",
        organization=own,
        owner=task.registrant.name if is_draft or version is None else version.owner,
        position=task.registrant.post if is_draft or version is None else version.position,
        code=code_of(task.number), note=note, on=today, content=content, parent=shown_task(*parent),
    )  # fmt: skip


def content_shown(task: BreakthroughTask, *, is_own: bool) -> Content:
    """
    Raises:
        ValueError: it was never sent and the reader does not write it; such a task is not found before.
    """
    if is_own and (task.is_editable or task.current is None):
        return task.written
    if task.current is None:
        raise ValueError("a draft is read by nobody but its writer")
    return task.current.written
