"""What can keep the application from starting, as one sentence for the person at the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class CannotStart(Exception):
    """What happened, why, and what to do; one sentence."""


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Turn what settings and database may raise into `CannotStart`."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        yield
    except ImproperlyConfigured as problem:
        raise CannotStart(f"Cấu hình chưa đúng: {_first_line(problem)}") from None
    except DatabaseError as problem:
        raise CannotStart(_database(problem)) from None


def _first_line(problem: Exception) -> str:
    return str(problem).strip().partition("\n")[0]


def _database(problem: Exception) -> str:
    """SQLite and a server fail in different ways; the words of either may hold addresses, so none are quoted."""
    from django.conf import settings

    database: dict[str, Any] = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"]:
        return (
            f"Chưa dùng được cơ sở dữ liệu “{database['NAME']}” trên máy {database.get('HOST') or 'này'} "
            f"({_server_says(problem)}). Đồng chí kiểm tra máy chủ cơ sở dữ liệu và biến DOTPHA_DATABASE_URL rồi chạy "
            "lại."
        )
    why, what_to_do = next((told for words, *told in _SQLITE if words in str(problem)), ("không mở được tệp", _LOOK))
    return f"Chưa dùng được cơ sở dữ liệu {database['NAME']}: {why}. {what_to_do}"


_RESTORE = (
    "Đồng chí khôi phục tệp này từ bản sao lưu; nếu không cần dữ liệu trong đó thì chuyển tệp đi nơi khác rồi chạy "
    "lại để tạo tệp mới."
)
_LOOK = "Đồng chí kiểm tra ổ đĩa và quyền của tệp rồi chạy lại."
_SQLITE = (
    ("not a database", "tệp không phải cơ sở dữ liệu, có lẽ đã hỏng", _RESTORE),
    ("malformed", "tệp đã hỏng", _RESTORE),
    ("disk I/O", "ổ đĩa báo lỗi khi đọc hoặc ghi", _LOOK),
    ("disk is full", "ổ đĩa đã đầy", _LOOK),
    ("readonly", "tệp chỉ cho đọc", _LOOK),
    ("locked", "chương trình khác đang giữ tệp", "Đồng chí dừng chương trình đó rồi chạy lại."),
)
_SERVER = (
    ("refused", "máy chủ không nhận kết nối"),
    ("authentication failed", "sai tên hoặc mật khẩu"),
    ("no password supplied", "thiếu mật khẩu"),
    ("does not exist", "chưa có cơ sở dữ liệu hoặc tài khoản đó"),
    ("resolve host", "không tìm thấy máy đó"),
    ("timeout", "máy chủ không trả lời"),
    ("permission denied", "tài khoản chưa có quyền"),
)


def _server_says(problem: Exception) -> str:
    return next((said for words, said in _SERVER if words in str(problem)), "không kết nối hoặc không ghi được")
