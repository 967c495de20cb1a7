"""What a filled form would do to a draft: put together with what is there, and shown field by field before it is kept.

What the form leaves blank stays as it is in the draft. What was read waits in the page itself, signed, so that nothing
is stored before the person has confirmed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.core import signing

from dotpha.core.errors import Refused
from dotpha.documents.registers.cells import lines_of
from dotpha.documents.registration.layout import code_of, number_of
from dotpha.documents.registration.sheet_reading import SheetReading
from dotpha.registration.models import BreakthroughTask, Registrant
from dotpha.registration.queries.exports import collective_numbered
from dotpha.rules.form.content import TEXTS, Content
from dotpha.rules.form.sheet import Entry, asked, laid_out
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.text import fold, tidy

_SALT = "dotpha.sheet"
_LASTS = 24 * 60 * 60  # seconds a page with what was read may stay open
OLD = "Trang này mở đã lâu nên không ghi được nữa; bản nháp chưa thay đổi. Đồng chí chọn lại tệp phiếu."


Names = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a form goes: a draft, or a registrant in whose name one will begin."""

    registrant: Registrant
    task: BreakthroughTask | None = None

    @property
    def present(self) -> Content:
        return self.task.written if self.task is not None else Content()

    @property
    def owner_type(self) -> OwnerType:
        return "individual" if self.registrant.is_individual else "organization"

    @property
    def key(self) -> str:
        return f"task-{self.task.pk}" if self.task is not None else f"registrant-{self.registrant.pk}"


@dataclass(frozen=True, slots=True)
class Line:
    """One question with what stands there now and what the form says."""

    label: str
    now: Entry
    said: Entry

    @property
    def is_new(self) -> bool:
        return self.now.is_empty


@dataclass(frozen=True, slots=True)
class Review:
    """`lines` are what would change; the others are named only."""

    lines: tuple[Line, ...]
    same: tuple[str, ...]
    empty: tuple[str, ...]
    remarks: tuple[str, ...]
    signed: str


def put_together(target: Target, reading: SheetReading) -> tuple[Content, tuple[str, ...]]:
    """The draft with the form's answers in it, and remarks, those of the reading first."""
    present, read = target.present, reading.content
    values: dict[str, Any] = {
        name: getattr(read, name)
        for name in reading.answered
        if name in Content.__dataclass_fields__ and name not in ("supports", "parent_title", "extra")
    }
    for name in TEXTS:  # a document keeps no empty lines: that alone is no change
        if name in values and lines_of(values[name]) == lines_of(getattr(present, name)):
            del values[name]
    said, remarks = _parent(target, reading)
    extra = {**present.extra, **read.extra}
    return replace(present, **values, **said, extra=extra), (*reading.remarks, *remarks, *_doubts(target, reading))


def _parent(target: Target, reading: SheetReading) -> tuple[dict[str, Any], list[str]]:
    """The collective task the form names: by its code, or in words to be chosen in the form."""
    title = reading.content.parent_title
    if target.owner_type == "organization" or (reading.parent is None and not title):
        return {}, []
    if (found := collective_numbered(target.registrant.campaign, reading.parent)) is not None:
        return {"supports": found.pk, "parent_title": ""}, []
    if reading.parent is not None:
        code = code_of(reading.parent)
        return {}, [f"Đợt này không có nhiệm vụ tập thể mã {code}; đồng chí chọn nhiệm vụ tập thể khi soạn."]
    if target.present.supports is not None:
        return {}, [f"Phiếu ghi nhiệm vụ tập thể “{title}” mà không ghi mã; bản nháp giữ nhiệm vụ đã chọn."]
    remark = f"Phiếu ghi nhiệm vụ tập thể “{title}” mà không ghi mã; đồng chí chọn đúng nhiệm vụ ấy khi soạn."
    return {"parent_title": title}, [remark]


def _doubts(target: Target, reading: SheetReading) -> list[str]:
    """Whether this is the right form at all."""
    doubts, task, registrant = [], target.task, target.registrant
    if reading.owner and fold(tidy(reading.owner)) != fold(tidy(registrant.name)):
        doubts.append(
            f"Phiếu ghi “{reading.owner}”, còn bên đăng ký ở đây là {registrant}; đề nghị kiểm tra đúng phiếu."
        )
    number = number_of(reading.code)
    if task is not None and number is not None and number != task.number:
        doubts.append(f"Phiếu mang mã {code_of(number)}, còn nhiệm vụ này mã {code_of(task.number)}; đề nghị kiểm tra.")
    return doubts


def review(target: Target, reading: SheetReading, content: Content, remarks: Sequence[str], parents: Names) -> Review:
    """`content` is the draft with the form in it; `parents` name the collective tasks served now and then."""
    form = asked(target.registrant.campaign.specification, target.owner_type, target.present, content)
    before, after = (
        [entry for section in laid_out(each, form, parent=parent) for entry in section.entries]
        for each, parent in zip((target.present, content), parents, strict=True)
    )
    pairs = list(zip(before, after, strict=True))
    return Review(
        lines=tuple(Line(said.field.label, now, said) for now, said in pairs if now != said),
        same=tuple(said.field.label for now, said in pairs if now == said and not said.is_empty),
        empty=tuple(said.field.label for now, said in pairs if now == said and said.is_empty),
        remarks=tuple(remarks),
        signed=signing.dumps({"key": target.key, "reading": _told(reading)}, salt=_SALT, compress=True),
    )


def _told(reading: SheetReading) -> dict[str, Any]:
    told = {each.name: getattr(reading, each.name) for each in fields(reading)}
    return {**told, "content": reading.content.to_json()}


def waiting(target: Target, signed: str) -> SheetReading:
    """What was read of a form, from the page it waited in.

    Raises:
        Refused: the page is of another draft, has been open for too long, or says what we never wrote.
    """
    try:
        told = signing.loads(signed, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        raise Refused(OLD) from None
    if told["key"] != target.key:
        raise Refused(OLD)
    said = told["reading"]
    return SheetReading(
        **{**said, "content": Content.from_json(said["content"]), "answered": tuple(said["answered"]),
           "remarks": tuple(said["remarks"])}
    )  # fmt: skip
