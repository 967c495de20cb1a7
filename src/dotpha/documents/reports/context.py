"""What every report says about itself, whoever asked for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from dotpha.documents.pieces.letters import straight
from dotpha.documents.pieces.troubles import Trouble

TITLE = "Kết quả rà soát đăng ký nhiệm vụ đột phá"
ADVICE = (
    "Kết quả do phần mềm rà soát theo lời văn và số liệu của bản đăng ký, để tham khảo khi thẩm định. "
    "Kết luận thuộc thẩm quyền của cấp ủy."
)


def of_last_year(name: str) -> str:
    """What a file of last year's list is called among the troubles; a register may have the same name."""
    return f"{name} (danh sách năm trước)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """`on` is the day of the screening; `unread` are whole files, `remarks` places in files that were read.

    `files` are this year's registers as given, `last_year` the files of last year's list as given; a trouble
    with one of the latter bears its name as `of_last_year` tells it.
    """

    on: date
    title: str = TITLE
    committee: str = ""
    files: tuple[str, ...] = ()
    last_year: tuple[str, ...] = ()
    unread: tuple[Trouble, ...] = ()
    remarks: tuple[Trouble, ...] = ()

    @property
    def sources(self) -> str:
        """ "tệp a.xlsx", "13 tệp", or "7 tệp đọc được trên 13"; empty where nobody said what was read."""
        lost = {trouble.file for trouble in self.unread}
        read = [name for name in self.files if name not in lost]
        if len(read) < len(self.files):
            return f"{len(read)} tệp đọc được trên {len(self.files)}"
        return f"tệp {straight(read[0])}" if len(read) == 1 else f"{len(read)} tệp" if read else ""

    @property
    def comparison(self) -> str:
        """Whether near-duplicates of last year's tasks could be found; one sentence."""
        lost = {trouble.file for trouble in self.unread}
        missing = [straight(name) for name in self.last_year if of_last_year(name) in lost]
        read = [straight(name) for name in self.last_year if of_last_year(name) not in lost]
        if not self.last_year:
            return "Chưa so với danh sách năm trước vì không có danh sách nào được nạp."
        if not missing:
            return f"Đã so với danh sách năm trước: {', '.join(read)}."
        only = f"mới so với {', '.join(read)}" if read else "việc lặp lại của năm trước chưa được nhận ra"
        return f"Chưa so được đủ với danh sách năm trước: không đọc được {', '.join(missing)}; {only}."

    @property
    def is_comparison_lacking(self) -> bool:
        lost = {trouble.file for trouble in self.unread}
        return any(of_last_year(name) in lost for name in self.last_year)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        troubles = {name: tuple(Trouble(**each) for each in row[name]) for name in ("unread", "remarks")}
        names = {name: tuple(row[name]) for name in ("files", "last_year")}
        return cls(**{**row, **troubles, **names, "on": date.fromisoformat(row["on"])})
