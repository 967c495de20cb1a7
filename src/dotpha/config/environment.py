"""Typed reading of the environment: a wrong value stops the start with a sentence, never passes silently."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _YES:
        return True
    if value.lower() in _NO:
        return False
    raise ImproperlyConfigured(f"{name} phải là 1 hoặc 0, không phải “{value}”. Đồng chí sửa biến này rồi chạy lại.")


def words(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated list."""
    value = os.environ.get(name)
    return default if value is None else [each.strip() for each in value.split(",") if each.strip()]


def text(name: str, *, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def number(name: str, *, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdecimal():
        return int(value)
    raise ImproperlyConfigured(f"{name} phải là một số, không phải “{value}”. Đồng chí sửa biến này rồi chạy lại.")


def origin(address: str) -> str:
    """The part of an address that names a host, as a content policy wants it."""
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise ImproperlyConfigured(
            f"“{address}” không phải địa chỉ máy chủ. Đồng chí viết như https://dang-nhap.tinh.vn/.well-known/…"
        )
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def only_on_this_machine(name: str, *, https: bool, hosts: list[str], proxies: int) -> None:
    """Stop the start if a mode meant for trying out would be open to others.

    Raises:
        ImproperlyConfigured: HTTPS, a proxy or a host name other than this machine's own says it is a real server.
    """
    if https or proxies or not set(hosts) <= {"127.0.0.1", "localhost", "[::1]"}:
        raise ImproperlyConfigured(
            f"{name}=1 cho phép đăng nhập không cần mật khẩu nên chỉ dùng để xem thử ngay trên máy này, không dùng "
            "với DOTPHA_HTTPS, DOTPHA_PROXIES hoặc DOTPHA_HOSTS. Đồng chí bỏ biến này rồi chạy lại."
        )


def database(name: str, *, default: dict[str, Any]) -> dict[str, Any]:
    """A database address such as postgres://user:password@host:5432/name."""
    address = os.environ.get(name)
    if not address:
        return default
    try:
        read: dict[str, Any] = environ.Env.db_url_config(address)
    except ValueError:
        read = {}
    if not str(read.get("ENGINE")).startswith("django."):  # the address itself may hold a password, so it is not quoted
        raise ImproperlyConfigured(
            f"{name} không phải địa chỉ cơ sở dữ liệu. Đồng chí viết như postgres://tên:mật-khẩu@máy:5432/dotpha"
        )
    if read["ENGINE"] == "django.db.backends.postgresql":
        # Compiling a statement takes PostgreSQL 200-400 ms; ours are short, so each would pay and none would gain.
        options = read.setdefault("OPTIONS", {})
        options["options"] = f"-c jit=off {options.get('options', '')}".strip()
    return read


def folder(name: str, *, default: Path) -> Path:
    return Path(os.environ.get(name) or default).expanduser().absolute()


def secret_key(name: str, *, kept_in: Path) -> str:
    """The key from the environment; otherwise one made at the first start and kept in a private file."""
    if value := os.environ.get(name):
        return value
    if not kept_in.exists():
        kept_in.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        kept_in.touch(mode=0o600)
        kept_in.write_text(secrets.token_urlsafe(50))
    if key := kept_in.read_text(errors="replace").strip():
        return key
    raise ImproperlyConfigured(f"Tệp khóa {kept_in} trống. Đồng chí xóa tệp này rồi chạy lại để tạo khóa mới.")
