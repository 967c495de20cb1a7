"""The day the directory is looked at: `?ngay=01/07/2025`; without it, today."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
EARLIEST = date(1930, 2, 3)  # the Party's founding: no organization of it is older
WRONG = "Chưa đọc được ngày “{text}”. Đồng chí ghi theo dạng ngày/tháng/năm, ví dụ 01/07/2025, từ năm 1930."


@dataclass(frozen=True, slots=True)
class AsOf:
    """`day` is shown, `today` decides what the person may see; `wrong` says why a written day was not taken."""

    day: date
    today: date
    written: str = ""
    wrong: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "AsOf":
        today, written = timezone.localdate(), request.GET.get("ngay", "").strip()
        if not written:
            return cls(today, today)
        day = _read(written)
        if day is None:
            return cls(today, today, written, WRONG.format(text=written[:40]))
        return cls(day, today, f"{day:%d/%m/%Y}")

    @property
    def status(self) -> int:
        return 422 if self.wrong else 200

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def query(self) -> str:
        """What a link carries so that the next page shows the same day."""
        return "" if self.is_today else "?" + self._parameter

    @property
    def more(self) -> str:
        """The same behind other parameters."""
        return "" if self.is_today else "&" + self._parameter

    @property
    def _parameter(self) -> str:
        return urlencode({"ngay": f"{self.day:%d/%m/%Y}"}, safe="/")


def _read(written: str) -> date | None:
    for shape in FORMATS:
        try:
            day = datetime.strptime(written, shape).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
        return day if EARLIEST <= day <= date(2200, 1, 1) else None
    return None
