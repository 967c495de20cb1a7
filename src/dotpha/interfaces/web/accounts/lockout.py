"""What axes asks: whose try it was, from where, and what the locked-out person reads."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dotpha.accounts import security

_NAME_LENGTH = 150  # of a user name
_BROUGHT = {"HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA"}  # what proxies write, besides X-Forwarded-*


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """One form for every way to write a name, or five tries would be five for each of them."""
    name = (credentials or {}).get("username") or request.POST.get("login") or ""
    return unicodedata.normalize("NFKC", str(name)).strip().casefold()[:_NAME_LENGTH]


def address(request: HttpRequest) -> str | None:
    """Where the request comes from; None where no client is, as in a test."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None


def is_at_this_machine(request: HttpRequest) -> bool:
    """Whether the request was made here, and not brought here by a proxy for somebody elsewhere."""
    is_brought = any(name.startswith("HTTP_X_FORWARDED") or name in _BROUGHT for name in request.META)
    return not is_brought and address(request) in ("127.0.0.1", "::1")


def answer(
    request: HttpRequest, original_response: HttpResponse | None, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """The same words for a known and an unknown name."""
    about = {"minutes": security.LOCK_OUT_MINUTES, "tries": security.WRONG_TRIES}
    return render(request, "account/locked_out.html", about, status=429)
