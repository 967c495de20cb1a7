"""What the registration form says in Word, for the writer and for the reader of it: one place, so that both agree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dotpha.documents.registration.layout import code_of
from dotpha.rules.form.content import GROUNDS, Content, IndicatorContent
from dotpha.rules.form.sheet import BESIDES, asked
from dotpha.rules.form.specification import Field, Kind, Need, Section, Specification
from dotpha.rules.registration import OwnerType
from dotpha.rules.screening.result import REASON_LABELS, Reason
from dotpha.rules.trend.indicator import DIRECTIONS, KINDS
from dotpha.rules.vietnamese.text import fold, tidy

TITLE = "PHIẾU ĐĂNG KÝ NHIỆM VỤ ĐỘT PHÁ NĂM"
CODE = "Mã nhiệm vụ"
OWNERS = {"organization": "Tổ chức đăng ký", "individual": "Họ và tên"}
POSITION, WORKPLACE = "Chức vụ", "Nơi công tác"
FOR_WHOM = {"organization": "(dùng cho tổ chức)", "individual": "(dùng cho cá nhân)"}
SIGNERS = {"organization": ("NGƯỜI LẬP PHIẾU", "T/M CẤP ỦY"), "individual": ("XÁC NHẬN CỦA CẤP ỦY", "NGƯỜI ĐĂNG KÝ")}
NEEDED = {Need.REQUIRED: "(bắt buộc)", Need.EXPECTED: "(nên có)"}
UNTICKED, TICKED = "☐", "☒"
GROUND_LABELS: Mapping[Reason, str] = {
    each: REASON_LABELS[each][0].upper() + REASON_LABELS[each][1:] for each in GROUNDS
}
_TICKS = re.compile(r"^\W*[xX×](?=\W)|[☑☒✓✔✗✘√■]|[\[(]\s*[xX]\s*[\])]|\s[xX]$")
_CLEARED = re.compile(r"^\s*(?:[\[(]\s*[xX]?\s*[\])]|[xX×](?=\W)|[☐☑☒✓✔✗✘√■□\s])*|\s+[xX]\s*$")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}|[IVX]{1,5}|[a-zđ])[.)]\s*")
_NEED_SAID = re.compile(r"\s*\((?:bat buoc|nen co|khong bat buoc)\)\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a table in the form: which part of a row it holds. `width` in mm."""

    field: str
    heading: str
    width: int


TABLES: Mapping[Kind, tuple[Cell, ...]] = {
    Kind.INDICATORS: (
        Cell("number", "TT", 10), Cell("name", "Tên chỉ tiêu", 37), Cell("unit", "Đơn vị tính", 17),
        Cell("baseline", "Hiện trạng", 19), Cell("baseline_on", "Tính đến", 26), Cell("target", "Phải đạt", 18),
        Cell("history", "Số liệu các kỳ trước", 38),
    ),
    Kind.MILESTONES: (Cell("by", "Thời gian", 40), Cell("what", "Việc phải xong", 125)),
    Kind.DUTIES: (Cell("who", "Người, đơn vị phối hợp", 60), Cell("what", "Phần việc", 105)),
}  # fmt: skip
# The second table of the indicators, row by row as the first.
SOURCES = (
    Cell("number", "TT", 10), Cell("source", "Nguồn số liệu", 50), Cell("method", "Cách đo, cách tính", 50),
    Cell("better", "Chiều tốt", 27), Cell("kind", "Loại số liệu", 28),
)  # fmt: skip
SOURCES_TITLE = "Nguồn số liệu, cách đo của từng chỉ tiêu (theo số thứ tự ở bảng trên)"
HISTORY_HINT = "Mỗi kỳ một dòng, ví dụ 2024: 12"


def form_for(specification: Specification, owner_type: OwnerType, content: Content) -> Specification:
    """What is asked of this owner, and at the end what the content says besides: a filled form leaves nothing out."""
    whole = asked(specification, owner_type, content)
    besides = tuple(
        Section(title=BESIDES, fields=tuple(replace(each, need=Need.OPTIONAL, whose="", when="") for each in fields))
        for section in whole.sections
        if section.title == BESIDES and (fields := [each for each in section.fields if each.name != "parent_title"])
    )
    return Specification((*specification.asked_of(owner_type).sections, *besides))


def help_of(each: Field) -> str:
    """What stands in small letters under a label."""
    told = [each.help] if each.help else []
    if each.when:
        told.insert(0, f"Ghi khi chọn “{GROUND_LABELS[Reason(each.when)]}”.")
    if each.kind is Kind.GROUNDS:
        told.append(f"Đánh dấu vào ô {UNTICKED} trước lý do được chọn.")
    if each.kind is Kind.TASK:
        told.append("Ghi mã (ví dụ DK-0003) và tên nhiệm vụ của tập thể.")
    if each.kind is Kind.INDICATORS:
        told.append(f"Cột cuối: {HISTORY_HINT[0].lower()}{HISTORY_HINT[1:]}.")
    return " ".join(told)


def heading_of(text: str) -> str:
    """A label as it is compared: without number, need and colon, folded.

    >>> heading_of("3. Thời hạn hoàn thành (nên có):")
    'thoi han hoan thanh'
    """
    bare = _NEED_SAID.sub(" ", fold(tidy(_NUMBERED.sub("", text))))
    return tidy(bare).strip(" .:;-")


def is_ticked(line: str) -> bool:
    """
    >>> [is_ticked(line) for line in ("☐ Việc khó", "☒ Việc khó", "x Việc khó", "[x] Việc khó", "☐ Việc khó x")]
    [False, True, True, True, True]
    """
    return _TICKS.search(line) is not None


def unticked(line: str) -> str:
    """What a box stands before.

    >>> unticked("☒ Việc khó"), unticked("[ x ] Việc khó"), unticked("☐ Việc khó x")
    ('Việc khó', 'Việc khó', 'Việc khó')
    """
    return tidy(_CLEARED.sub("", line))


def shown_indicator(each: IndicatorContent, number: int) -> dict[str, str]:
    """The cells of both tables of one indicator."""
    history = "\n".join(f"{period}: {value}" if period else value for period, value in each.history)
    texts = {name: getattr(each, name) for name in ("name", "unit", "baseline", "baseline_on", "target", "source")}
    return {
        **texts, "number": str(number), "history": history, "method": each.method,
        "better": DIRECTIONS.get(each.better, each.better), "kind": KINDS.get(each.kind, each.kind),
    }  # fmt: skip


def history_of(text: str) -> list[tuple[str, str]]:
    """
    >>> history_of("2024: 12; 6/2025: 14,5"), history_of("12")
    ([('2024', '12'), ('6/2025', '14,5')], [('', '12')])
    """
    points = []
    for line in text.split("\n"):
        for piece in line.split(";") if line.count(":") > 1 else [line]:
            period, colon, value = piece.partition(":")
            points.append((tidy(period), tidy(value)) if colon else ("", tidy(piece)))
    return [point for point in points if any(point)]


def shown_rows(content: Content, kind: Kind) -> list[dict[str, str]]:
    """The rows of a table as they are filled in."""
    match kind:
        case Kind.INDICATORS:
            return [shown_indicator(each, number) for number, each in enumerate(content.indicators, 1)]
        case Kind.MILESTONES:
            return [{"by": each.by, "what": each.what} for each in content.milestones]
        case _:
            return [{"who": each.who, "what": each.what} for each in content.coordinators]


def shown_task(number: int | None, title: str) -> str:
    """The collective task an individual's task serves: its code before its title, where it is known."""
    return ": ".join(filter(None, (code_of(number) if number else "", title)))
