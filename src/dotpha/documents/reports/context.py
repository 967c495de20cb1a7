"""What every report says about itself, whoever asked for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from dotpha.documents.pieces.troubles import Trouble

TITLE = "Kết quả rà soát đăng ký nhiệm vụ đột phá"
ADVICE = (
    "Kết quả do phần mềm rà soát theo lời văn và số liệu của bản đăng ký, để tham khảo khi thẩm định. "
    "Kết luận thuộc thẩm quyền của cấp ủy."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """`on` is the day of the screening; `unread` are whole files, `remarks` places in files that were read."""

    on: date
    title: str = TITLE
    committee: str = ""
    files: tuple[str, ...] = ()
    unread: tuple[Trouble, ...] = ()
    remarks: tuple[Trouble, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"on": self.on.isoformat()}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        troubles = {name: tuple(Trouble(**each) for each in row[name]) for name in ("unread", "remarks")}
        return cls(**{**row, **troubles, "on": date.fromisoformat(row["on"]), "files": tuple(row["files"])})
