"""Rows without end that are no tasks: after a thousand of them one remark stands for all the others."""

from dataclasses import dataclass

from dotpha.documents.registers.grid import Grid
from dotpha.documents.registers.reading import Remark

_MANY = 1_000  # rows; no task has so many indicators, no register so long a foot
_SEARCHES = 2_000  # for another heading among them


@dataclass(slots=True)
class Tail:
    """The rows since the last task: beyond a thousand they are not looked at closely, and one remark tells of all."""

    grid: Grid
    remarks: list[Remark]
    _rows: int = 0
    _searches: int = 0
    _first: int = 0
    _last: int = 0

    def __bool__(self) -> bool:
        return self._rows > 0

    @property
    def is_long(self) -> bool:
        return self._rows > _MANY

    @property
    def is_searched(self) -> bool:
        """Whether headings were looked for so long in vain that the search is given up."""
        return self._searches > _SEARCHES

    def grow(self, row: int) -> None:
        self._rows += 1
        self._first, self._last = self._first or row, row

    def search(self) -> None:
        self._searches += 1

    def end(self) -> None:
        """Begin anew with a task, or at the end; say which rows gave none if there were so many."""
        if self.is_long:
            self.remarks.append(
                Remark(
                    self.grid.place(),
                    f"từ dòng {self._first} đến dòng {self._last} không đọc thành đăng ký vì hơn một nghìn dòng liền "
                    "không ghi nhiệm vụ nào; đề nghị xóa các dòng thừa hoặc kiểm tra lại cột nhiệm vụ.",
                )
            )
        self._rows = self._searches = self._first = 0
