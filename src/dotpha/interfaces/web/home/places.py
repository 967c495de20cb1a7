"""The rooms that stand open, each with what one finds there; whoever may not enter does not see the door."""

from collections.abc import Container
from dataclasses import dataclass

from dotpha.directory.models import Function
from dotpha.directory.policy import WHO_MAY, Deed


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url_name: str
    about: str
    deed: Deed | None = None  # what one must be allowed to do somewhere; None: open to everybody


PLACES = (
    Place(
        "Danh bạ",
        "directory-tree",
        "Tổ chức đảng, cơ quan, cán bộ và chức vụ, tính đến ngày nào cũng được.",
        Deed.SEE_DIRECTORY,
    ),
    Place("Ai được làm gì", "grants", "Ai giữ chức năng nào, ở đâu, từ ngày nào, căn cứ vào đâu.", Deed.SEE_GRANTS),
    Place("Tài khoản cán bộ", "people-accounts", "Tài khoản của ai đang mở, đang khóa.", Deed.SEE_ACCOUNTS),
    Place("Dấu vết", "trail", "Ai đã làm gì, lúc nào, vì sao; chỉ thêm, không sửa, không xóa.", Deed.READ_TRAIL),
    Place("Rà soát nhanh", "quick-start", "Nạp tệp đăng ký, nhận bảng rà soát. Không lưu lại gì."),
)


def open_to(functions: Container[Function]) -> list[Place]:
    """In the order of the list."""
    return [place for place in PLACES if place.deed is None or any(each in functions for each in WHO_MAY[place.deed])]
