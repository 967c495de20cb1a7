"""What every form of a campaign does: hands over to one action, and leads back or says why not."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dotpha.core.errors import Conflict, Refused
from dotpha.interfaces.web.campaigns.doors import time_told
from dotpha.interfaces.web.grants.doors import told
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration.models import Campaign, Registrant

asks = require_http_methods(["GET", "HEAD", "POST"])


def answer(
    request: SignedInRequest,
    template: str,
    about: dict[str, Any],
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    versioned: Campaign | Registrant | None = None,
) -> HttpResponse:
    """`about` goes to the template; `act` writes and returns where to go."""
    version, changes = _version(form, versioned), tuple[Any, ...]()
    if form.is_bound and form.is_valid():
        try:
            return redirect(act(dict(form.cleaned_data)))
        except Conflict as conflict:
            # Whoever was second has now read what changed: the next try is measured against that.
            changes = told(form, conflict)
            if versioned is not None:
                versioned.refresh_from_db(fields=["version"])
                version = str(versioned.version)
        except Refused as refusal:
            told(form, refusal)
    shown = {"form": form, "changes": changes, "version": version} | about
    return render(request, f"registration/{template}.html", shown, status=422 if form.is_bound else 200)


def _version(form: forms.Form, versioned: Campaign | Registrant | None) -> str:
    if form.is_bound:
        return str(form.data.get("version", ""))
    return str(versioned.version) if versioned is not None else ""


def about_campaign(campaign: Campaign, today: date, **more: Any) -> dict[str, Any]:
    """What the head of every page of a campaign shows."""
    return {"campaign": campaign, "today": today, "time_told": time_told(campaign, today), **more}
