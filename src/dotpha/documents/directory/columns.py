"""The columns of each sheet: how we head them, and how others do. One table for writing and for reading."""

from dataclasses import dataclass
from enum import Enum

from dotpha.directory.exchange.rows import (
    OFFICIALS,
    ORGANIZATIONS,
    SEATS,
    TENURES,
    OfficialRow,
    OrganizationRow,
    SeatRow,
    TenureRow,
)


class Holds(Enum):
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    YES_NO = "yes or no"


@dataclass(frozen=True, slots=True)
class Column:
    """`field` of the row; `others` are headings that mean the same, compared without accents and case."""

    field: str
    heading: str
    width: int
    holds: Holds = Holds.TEXT
    others: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class SheetKind:
    """`words` in the name of a sheet tell it apart where its headings fit two kinds."""

    name: str
    row: type[OrganizationRow] | type[OfficialRow] | type[TenureRow] | type[SeatRow]
    words: tuple[str, ...]
    columns: tuple[Column, ...]


_UNTIL = ("đến ngày", "đến trước", "ngày kết thúc", "kết thúc từ ngày", "thôi từ ngày", "hết hiệu lực")
_SINCE = ("ngày bắt đầu", "hiệu lực từ", "bắt đầu từ", "từ")
_PERSON = ("mã cán bộ", "mã đồng chí", "mã người", "mã cb")
_NAME = ("họ tên", "họ và tên", "cán bộ", "tên cán bộ", "đồng chí")
_PLACE = ("mã tổ chức", "mã tổ chức đảng", "mã tc", "mã đơn vị")
_PLACE_NAME = ("tổ chức", "tên tổ chức", "đơn vị", "nơi giữ chức vụ")

SHEET_KINDS = (
    SheetKind(
        ORGANIZATIONS,
        OrganizationRow,
        ("to chuc", "don vi", "dang bo"),
        (
            Column("code", "Mã", 14, others=(*_PLACE, "mã số", "mã"), is_needed=True),
            Column(
                "name", "Tên tổ chức", 48,
                others=("tên", "tổ chức", "tổ chức đảng", "tên tổ chức đảng"), is_needed=True,
            ),
            Column("kind", "Loại", 24, others=("loại tổ chức", "loại hình", "loại tổ chức đảng")),
            Column(
                "parent", "Mã cấp trên", 14,
                others=("mã tổ chức trực thuộc", "mã tổ chức cấp trên", "mã trực thuộc", "mã cha", "trực thuộc mã"),
            ),
            Column("parent_name", "Trực thuộc", 40, others=("tổ chức cấp trên", "cấp trên", "trực thuộc tổ chức")),
            Column("from_day", "Từ ngày", 13, Holds.DAY, (*_SINCE, "ngày thành lập", "thành lập ngày")),
            Column(
                "placed_from", "Trực thuộc từ ngày", 13, Holds.DAY, ("ngày trực thuộc", "ngày chuyển", "chuyển từ ngày")
            ),
            Column("until_day", "Đến trước ngày", 13, Holds.DAY, (*_UNTIL, "ngày giải thể")),
            Column("successor", "Mã kế thừa", 14, others=("mã tổ chức kế thừa", "sáp nhập vào mã", "kế thừa")),
        ),
    ),
    SheetKind(
        OFFICIALS,
        OfficialRow,
        ("can bo", "dang vien", "nhan su"),
        (
            Column("code", "Mã cán bộ", 14, others=(*_PERSON, "mã", "mã số"), is_needed=True),
            Column("full_name", "Họ và tên", 30, others=_NAME, is_needed=True),
            Column("birth_year", "Năm sinh", 10, Holds.NUMBER, ("sinh năm", "ngày sinh", "năm sinh (năm)")),
            Column("is_party_member", "Đảng viên", 10, Holds.YES_NO, ("là đảng viên",)),
            Column(
                "manager", "Mã cấp ủy quản lý", 16,
                others=("cấp ủy quản lý (mã)", "mã nơi quản lý", "mã tổ chức quản lý", "mã diện quản lý"),
            ),
            Column("manager_name", "Cấp ủy quản lý", 40, others=("nơi quản lý", "diện quản lý", "tổ chức quản lý")),
            Column("managed_from", "Quản lý từ ngày", 13, Holds.DAY, ("từ ngày", "ngày quản lý")),
        ),
    ),
    SheetKind(
        TENURES,
        TenureRow,
        ("chuc vu", "chuc danh"),
        (
            Column("official", "Mã cán bộ", 14, others=_PERSON, is_needed=True),
            Column("official_name", "Họ và tên", 30, others=_NAME),
            Column("position", "Chức vụ", 32, others=("chức danh", "tên chức vụ"), is_needed=True),
            Column("organization", "Mã tổ chức", 14, others=_PLACE, is_needed=True),
            Column("organization_name", "Tổ chức", 44, others=_PLACE_NAME),
            Column("from_day", "Từ ngày", 13, Holds.DAY, (*_SINCE, "ngày bổ nhiệm", "giữ từ ngày")),
            Column("until_day", "Đến trước ngày", 13, Holds.DAY, (*_UNTIL, "ngày thôi giữ")),
            Column("reason", "Căn cứ", 30, others=("quyết định", "số quyết định", "ghi chú")),
        ),
    ),
    SheetKind(
        SEATS,
        SeatRow,
        ("co quan", "thanh vien", "cap uy", "uy vien"),
        (
            Column("organization", "Mã tổ chức", 14, others=_PLACE, is_needed=True),
            Column("organization_name", "Tổ chức", 40, others=_PLACE_NAME),
            Column("body", "Cơ quan", 28, others=("tên cơ quan", "ban", "cơ quan lãnh đạo"), is_needed=True),
            Column("body_kind", "Loại cơ quan", 22, others=("loại", "loại ban")),
            Column("body_from", "Cơ quan từ ngày", 13, Holds.DAY, ("ngày lập cơ quan",)),
            Column("body_until", "Cơ quan đến trước ngày", 13, Holds.DAY, ("cơ quan kết thúc",)),
            Column("term", "Nhiệm kỳ", 14, others=("tên nhiệm kỳ", "khóa", "khoá")),
            Column("term_from", "Nhiệm kỳ từ ngày", 13, Holds.DAY, ("ngày bắt đầu nhiệm kỳ",)),
            Column("term_until", "Nhiệm kỳ đến trước ngày", 13, Holds.DAY, ("ngày kết thúc nhiệm kỳ",)),
            Column("official", "Mã cán bộ", 14, others=_PERSON),
            Column("official_name", "Họ và tên", 30, others=(*_NAME, "thành viên")),
            Column("role", "Vai trò", 22, others=("chức danh", "chức vụ", "vai trò trong cơ quan")),
            Column("order", "Thứ tự", 8, Holds.NUMBER, ("stt trong cơ quan", "số thứ tự")),
            Column("from_day", "Tham gia từ ngày", 13, Holds.DAY, (*_SINCE, "từ ngày")),
            Column("until_day", "Tham gia đến trước ngày", 13, Holds.DAY, (*_UNTIL, "đến trước ngày")),
        ),
    ),
)  # fmt: skip

ABOUT = "Thông tin"
AS_OF = "Tính đến ngày"
