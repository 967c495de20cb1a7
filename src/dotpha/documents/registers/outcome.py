"""What the parts of a file gave together, and the sentence for a file that gave nothing."""

from dotpha.documents.registers.grid import Grid
from dotpha.documents.registers.reading import Reading, Remark, Unreadable, plural
from dotpha.documents.registers.tables import Found
from dotpha.rules.registration import Registration

_PURPOSE_LENGTH = 2000  # letters of titles kept to judge the sheets after them


class Outcome:
    """Collects registrations and remarks; `purpose` is what the titles said so far."""

    def __init__(self, name: str) -> None:
        self.purpose = ""
        self._name = name
        self._registrations: list[Registration] = []
        self._remarks: list[Remark] = []
        self._headings = 0
        self._without: list[Grid] = []

    def take(self, found: Found, grid: Grid | None = None) -> None:
        self._registrations += found.registrations
        self._remarks += found.remarks
        self._headings += found.headings
        if found.headings:
            self.purpose = " ".join([self.purpose, *found.lines[:20]])[:_PURPOSE_LENGTH]
        if grid is not None and found.headings and grid.unread:
            hidden = f"không đọc các dòng đang bị ẩn: {plural(grid.unread)}; đề nghị bỏ ẩn nếu cần đọc."
            self._remarks.append(Remark(grid.place(), hidden))
        if grid is not None and grid.sheet and found.lines and not found.headings:
            self._without.append(grid)

    def reading(self) -> Reading:
        """The reading of the whole file.

        Raises:
            Unreadable: nothing was registered in it.
        """
        if not self._registrations:
            raise self._nothing()
        without = [Remark(each.place(), "không thấy bảng hay phiếu đăng ký nên không đọc.") for each in self._without]
        return Reading(self._name, tuple(self._registrations), (*self._remarks, *without))

    def _nothing(self) -> Unreadable:
        if self._headings:
            return Unreadable(
                f"Tệp “{self._name}” có mẫu đăng ký nhưng chưa có nhiệm vụ nào được ghi; tệp không hỏng, "
                "đề nghị điền nhiệm vụ rồi gửi lại."
            )
        return Unreadable(
            f"Tệp “{self._name}” không có bảng hay phiếu đăng ký nhiệm vụ (không thấy cột ghi nhiệm vụ đăng ký); "
            "đề nghị kiểm tra đã gửi đúng tệp."
        )
