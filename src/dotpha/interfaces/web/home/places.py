"""The rooms that stand open, each with what one finds there; whoever may not enter does not see the door."""

from collections.abc import Container
from dataclasses import dataclass

from dotpha.directory.models import Function
from dotpha.directory.policy import WHO_MAY, Deed
from dotpha.registration import policy as registration


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    url_name: str
    about: str
    lets_in: frozenset[Function] | None = None  # functions that may do there what it is for; None: open to everybody


PLACES = (
    Place(
        "Đợt đăng ký",
        "campaigns",
        "Đợt đăng ký nhiệm vụ đột phá của từng năm: ai đã gửi, nhiệm vụ, sơ đồ, rà soát.",
        registration.WHO_MAY[registration.Deed.SEE_CAMPAIGN],
    ),
    Place(
        "Danh bạ",
        "directory-tree",
        "Tổ chức đảng, cơ quan, cán bộ và chức vụ, tính đến ngày nào cũng được.",
        WHO_MAY[Deed.SEE_DIRECTORY],
    ),
    Place(
        "Ai được làm gì",
        "grants",
        "Ai giữ chức năng nào, ở đâu, từ ngày nào, căn cứ vào đâu.",
        WHO_MAY[Deed.SEE_GRANTS],
    ),
    Place("Tài khoản cán bộ", "people-accounts", "Tài khoản của ai đang mở, đang khóa.", WHO_MAY[Deed.SEE_ACCOUNTS]),
    Place(
        "Dấu vết", "trail", "Ai đã làm gì, lúc nào, vì sao; chỉ thêm, không sửa, không xóa.", WHO_MAY[Deed.READ_TRAIL]
    ),
    Place("Rà soát nhanh", "quick-start", "Nạp tệp đăng ký, nhận bảng rà soát. Không lưu lại gì."),
)


def open_to(functions: Container[Function]) -> list[Place]:
    """In the order of the list."""
    return [place for place in PLACES if place.lets_in is None or any(each in functions for each in place.lets_in)]
