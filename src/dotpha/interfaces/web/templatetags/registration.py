"""The strip of tabs inside a campaign: the pages of it that the person may open."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from dotpha.directory.policy import functions_at
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration.models import Campaign
from dotpha.registration.policy import WHO_MAY, Deed

register = template.Library()


@dataclass(frozen=True, slots=True)
class Tab:
    """`deed` must be allowed at the campaign's committee; None: for whoever sees the campaign."""

    here: str
    label: str
    url_name: str
    deed: Deed | None = None


TABS = (
    Tab("campaign", "Đợt", "campaign"),
    Tab("coverage", "Tình hình", "coverage", Deed.SEE_COVERAGE),
    Tab("tasks", "Nhiệm vụ", "tasks"),
    Tab("task-map", "Sơ đồ", "task-map"),
    Tab("board", "Rà soát", "board", Deed.SEE_COVERAGE),
    Tab("import", "Nhập sổ", "register-import", Deed.IMPORT_REGISTER),
    Tab("export", "Xuất", "register-export", Deed.EXPORT_REGISTER),
)


@register.inclusion_tag("registration/campaign_tabs.html")
def campaign_tabs(request: HttpRequest | SignedInRequest, campaign: Campaign, here: str) -> dict[str, Any]:
    """One query. `here` is the `here` of the tab the page belongs to."""
    functions = functions_at(request.user, campaign.organization, on=timezone.localdate())
    allowed = [tab for tab in TABS if tab.deed is None or not WHO_MAY[tab.deed].isdisjoint(functions)]
    return {"tabs": [(tab, address) for tab in allowed if (address := _address(tab, campaign))], "here": here}


def _address(tab: Tab, campaign: Campaign) -> str:
    """A page joins the strip when it opens: nobody is led to a place that is not there."""
    try:
        return reverse(tab.url_name, args=[campaign.pk])
    except NoReverseMatch:
        return ""
