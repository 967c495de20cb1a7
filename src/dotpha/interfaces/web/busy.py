"""A database that others are writing to for long is told kindly, and what was typed stays.

SQLite has one writer: while thousands of rows are written others wait, and who waits longer than its timeout is sent
away. PostgreSQL sends away who waits too long for a row, or stands in a circle with others.
"""

import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

AGAIN_AFTER = 60  # seconds
_SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED")
_POSTGRESQL = frozenset({"55P03", "40001", "40P01"})  # lock not available, serialization failure, deadlock
_SIGNING_IN = "/tai-khoan/"  # passwords and codes, which no page repeats


class BusyIsTold:
    """Answers 503 in the place of whoever found the database locked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return told(request) if is_busy(exception) else None


def broken(request: HttpRequest) -> HttpResponse:
    """The page of an error nobody foresaw; a lock found outside a view, by the session for one, comes here too."""
    return told(request) if is_busy(sys.exception()) else server_error(request)


def is_busy(problem: BaseException | None) -> bool:
    if not isinstance(problem, OperationalError):
        return False
    cause = problem.__cause__
    name = str(getattr(cause, "sqlite_errorname", ""))
    is_known = name.startswith(_SQLITE) or getattr(cause, "sqlstate", "") in _POSTGRESQL
    return is_known or "database is locked" in str(problem)


def told(request: HttpRequest) -> HttpResponse:
    is_fragment = request.headers.get("HX-Request") == "true"
    about = {"address": request.get_full_path(), "is_post": request.method == "POST", "typed": _typed(request)}
    response = render(request, f"503.html{'#fragment' if is_fragment else ''}", about, status=503)
    response["Retry-After"] = str(AGAIN_AFTER)
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again with one press; none where a file or a secret is among it."""
    is_secret = request.path.startswith(_SIGNING_IN) or any("password" in name for name in request.POST)
    if request.method != "POST" or is_secret or request.FILES:
        return []
    return [(name, str(value)) for name, values in request.POST.lists() for value in values]
