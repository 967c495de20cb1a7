"""A filled registration form read back: our own by its labels, any other as the readers of registers read it.

Labels are compared with the campaign's specification; sections may be moved, rows deleted, answers typed beside the
boxes instead of in them. What stands nowhere in particular is told (`SheetReading.remarks`), never dropped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dotpha.documents.registers.cells import unmarked
from dotpha.documents.registers.docx import Paragraph, Table, open_document
from dotpha.documents.registers.limits import open_archive
from dotpha.documents.registers.opening import read_bytes
from dotpha.documents.registers.reading import Unreadable, shorten
from dotpha.documents.registration.form_words import (
    CODE,
    GROUND_LABELS,
    HISTORY_HINT,
    OWNERS,
    POSITION,
    SIGNERS,
    SOURCES_TITLE,
    TITLE,
    WORKPLACE,
    heading_of,
    help_of,
    is_ticked,
    unticked,
)
from dotpha.documents.registration.layout import number_of
from dotpha.documents.registration.sheet_tables import rows_in
from dotpha.rules.form.composing import content_of
from dotpha.rules.form.content import MOST_ROWS, Content
from dotpha.rules.form.specification import Field, Kind, Specification
from dotpha.rules.registration import OwnerType
from dotpha.rules.vietnamese.text import fold, tidy

MAX_MB = 10
TOO_MANY = f"có {{count}} dòng, phần mềm chỉ nhận {MOST_ROWS} dòng đầu; đề nghị gộp bớt."
_LEAST_LABELS = 3  # of ours; a document with fewer is somebody else's form
_TABLE_KINDS = (Kind.INDICATORS, Kind.MILESTONES, Kind.DUTIES)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What a form said. `answered` names the fields it has an answer for; `parent` is the number of the collective
    task it names by code. `remarks` are sentences for a person: a place, and what was not understood there.
    """

    content: Content
    answered: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    owner: str = ""
    code: str = ""
    parent: int | None = None
    is_ours: bool = True


def read_sheet(data: bytes, name: str, specification: Specification, owner_type: OwnerType) -> SheetReading:
    """
    Raises:
        Unreadable: damaged, too large, hostile, or nothing is registered in it.
    """
    if len(data) > MAX_MB * 1024 * 1024:
        raise Unreadable(f"Tệp “{name}” lớn hơn {MAX_MB} MB; một phiếu đăng ký không lớn như vậy. Đề nghị bỏ bớt ảnh.")
    if data.startswith(b"PK"):
        archive = open_archive(data, name)
        if "word/document.xml" in archive.parts:
            form = _Form(specification.asked_of(owner_type))
            form.read(open_document(archive).blocks)
            if form.is_ours:
                return form.reading()
    return _read_foreign(data, name)


def _read_foreign(data: bytes, name: str) -> SheetReading:
    """Any other form or register: its first task."""
    reading = read_bytes(data, name)
    first, *others = reading.registrations
    content = content_of(first)
    remarks = [str(each) for each in reading.remarks]
    if len(first.indicators) > MOST_ROWS:
        remarks.append(f"Chỉ tiêu: {TOO_MANY.format(count=len(first.indicators))}")
    if others:
        remarks.append(f"Tệp có {len(others) + 1} nhiệm vụ; ở đây chỉ đọc nhiệm vụ thứ nhất: “{shorten(first.title)}”.")
    other = first.source.get("other")
    if isinstance(other, dict):
        remarks += [f"{label}: chưa rõ ghi vào mục nào nên chưa đọc: “{shorten(str(said), 200)}”."
                    for label, said in other.items()]  # fmt: skip
    return SheetReading(content, tuple(content.to_json()), tuple(remarks), first.owner, is_ours=False)


@dataclass(slots=True)
class _Answer:
    """What stood under one label."""

    texts: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


class _Form:
    """Goes down the document; `here` is the field whose label came last."""

    def __init__(self, asked: Specification) -> None:
        self._asked = asked
        self._labels = {heading_of(each.label): each for each in asked.fields}
        self._ours = _own_words(asked)
        self._answers: dict[str, _Answer] = {}
        self._remarks: list[str] = []
        self._head: dict[str, str] = {}
        self._here: Field | None = None
        self._is_over = False

    @property
    def is_ours(self) -> bool:
        return "title" in self._answers and len(self._answers) >= min(_LEAST_LABELS, len(self._labels))

    def read(self, blocks: Sequence[Paragraph | Table]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._read_paragraph(block.text)
            elif _is_signature(block):
                self._is_over = True
            elif self._is_over or self._here is None:
                self._read_stray_table(block)
            else:
                self._read_table(block)

    # -- what stands where -----------------------------------------------------------------------------------

    def _read_paragraph(self, text: str) -> None:
        lines = [line for line in text.split("\n") if tidy(line)]
        for place, line in enumerate(lines):
            label, said = self._label_of(line) if place == 0 else (None, "")
            if label is not None:
                self._enter(label, said)
            elif self._is_own_word(line) or self._took_head(line):
                continue
            elif self._is_over or self._here is None:
                self._stray(line)
            else:
                self._answers[self._here.name].texts.append(line)

    def _label_of(self, line: str) -> tuple[Field | None, str]:
        """The field a line is the label of, and what is typed behind its colon."""
        if (found := self._labels.get(heading_of(line))) is not None:
            return found, ""
        before, colon, said = line.partition(":")
        if colon and (found := self._labels.get(heading_of(before))) is not None:
            return found, tidy(said)
        return None, ""

    def _enter(self, label: Field, said: str) -> None:
        if label.name in self._answers:
            self._remarks.append(f"Mục “{label.label}” ghi hai lần; phần mềm nối cả hai, đề nghị xem lại.")
        self._here, self._is_over = label, False
        answer = self._answers.setdefault(label.name, _Answer())
        if said:
            answer.texts.append(said)

    def _is_own_word(self, line: str) -> bool:
        bare = heading_of(line)
        return bare != "" and (bare in self._ours or bare.startswith(fold(TITLE)))

    def _took_head(self, line: str) -> bool:
        """Whether a line says whose form it is."""
        before, colon, said = line.partition(":")
        name = _HEAD.get(heading_of(before))
        if self._here is not None or not colon or name is None:
            return False
        self._head[name] = tidy(said).strip(" .…")
        return True

    def _stray(self, line: str) -> None:
        """Before the first label stands the letterhead; only what comes later could be meant as an answer."""
        if self._is_over:
            self._remarks.append(f"Sau phần ký: chưa đọc “{shorten(line, 200)}”; đề nghị chuyển vào mục phù hợp.")

    def _read_stray_table(self, table: Table) -> None:
        if self._is_over:
            said = "; ".join(str(cell) for row in table.rows for cell in row.cells if cell != "")
            if said:
                self._remarks.append(f"Sau phần ký: chưa đọc bảng “{shorten(said, 200)}”.")

    def _read_table(self, table: Table) -> None:
        """A table under a label: its answer; a label that lost its place and stands in the first cell is heeded."""
        assert self._here is not None
        label = self._label_of(str(table.rows[0].cells[0]))[0] if table.width > 1 and table.rows else None
        if label is not None and label is not self._here:
            self._read_side_by_side(table)
        elif self._here.kind in _TABLE_KINDS:
            self._answers[self._here.name].tables.append(table)
        else:
            self._answers[self._here.name].texts += [
                str(cell) for row in table.rows for cell in row.cells if cell != ""
            ]

    def _read_side_by_side(self, table: Table) -> None:
        """Labels on the left, answers on the right, as some like to lay a form out again."""
        for row in table.rows:
            label, said = self._label_of(str(row.cells[0]))
            if label is not None:
                self._enter(label, said)
            answers = [str(cell) for cell in row.cells[0 if label is None else 1 :] if cell != ""]
            if self._here is not None:
                self._answers[self._here.name].texts += answers

    # -- what it says ----------------------------------------------------------------------------------------

    def reading(self) -> SheetReading:
        said: dict[str, Any] = {"extra": {}}
        parent: int | None = None
        for each in self._asked.fields:
            if each.name not in self._answers:
                continue
            value = self._value(each, self._answers[each.name])
            if each.kind is Kind.TASK and value:
                parent, said["parent_title"] = _named_task(str(value))
            elif each.is_extra:
                said["extra"][each.name] = value
            else:
                said[each.name] = value
        content = Content.from_json(said)
        left = [each.label for each in self._asked.fields if each.name not in self._answers]
        if left:
            self._remarks.append(f"Không thấy trong phiếu: {', '.join(f'“{label}”' for label in left)}.")
        answered = [name for name in content.to_json() if name != "extra"] + list(content.extra)
        if parent is not None:
            answered.append("supports")
        return SheetReading(
            content,
            tuple(answered),
            tuple(self._remarks),
            self._head.get("owner", ""),
            self._head.get("code", ""),
            parent,
        )

    def _value(self, each: Field, answer: _Answer) -> Any:
        if each.kind is Kind.GROUNDS:
            return self._grounds(each, answer)
        if each.kind in _TABLE_KINDS:
            for line in answer.texts:
                self._remarks.append(f"Mục “{each.label}”: chưa đọc “{shorten(line, 200)}” vì không nằm trong bảng.")
            rows = rows_in(each, answer.tables, self._remarks)
            if len(rows) > MOST_ROWS:
                self._remarks.append(f"Mục “{each.label}”: {TOO_MANY.format(count=len(rows))}")
            return rows
        text = "\n".join(answer.texts)
        if each.kind is Kind.LINE and "\n" in text:
            return tidy(text)
        return text

    def _grounds(self, each: Field, answer: _Answer) -> list[str]:
        known = {heading_of(label): ground.value for ground, label in GROUND_LABELS.items()}
        chosen = []
        for line in answer.texts:
            ground = known.get(heading_of(unticked(unmarked(line))))
            if ground is None:
                self._remarks.append(f"Mục “{each.label}”: chưa rõ “{shorten(line)}” là lý do nào nên chưa đọc.")
            elif is_ticked(line):
                chosen.append(ground)
        return chosen


def _named_task(text: str) -> tuple[int | None, str]:
    """
    >>> _named_task("DK-0003: Đường trục xã"), _named_task("Đường trục xã")
    ((3, 'Đường trục xã'), (None, 'Đường trục xã'))
    """
    line = tidy(text)
    before, colon, title = line.partition(":")
    number = number_of(before)
    return (number, tidy(title)) if number is not None else (None, line)


_HEAD: Mapping[str, str] = {
    **{heading_of(label): "owner" for label in OWNERS.values()},
    heading_of(POSITION): "position",
    heading_of(WORKPLACE): "workplace",
    heading_of(CODE): "code",
}


def _own_words(asked: Specification) -> frozenset[str]:
    """Everything the form says of itself besides its labels."""
    said = [section.title for section in asked.sections] + [section.help for section in asked.sections]
    said += [*(each.help for each in asked.fields), *map(help_of, asked.fields), SOURCES_TITLE, HISTORY_HINT]
    return frozenset(filter(None, map(heading_of, said)))


def _is_signature(table: Table) -> bool:
    known = {fold(who) for signers in SIGNERS.values() for who in signers}
    first = [fold(str(cell).split("\n")[0]) for row in table.rows[:1] for cell in row.cells]
    return any(text in known for text in first)
