"""The strip of tabs inside a campaign: the pages of it that the person may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from dotpha.appraisal import policy as appraisal
from dotpha.directory.models import Function, RoleGrant
from dotpha.directory.policy import grants_of
from dotpha.interfaces.web.http import SignedInRequest
from dotpha.registration.models import Campaign
from dotpha.registration.policy import WHO_MAY, Deed

register = template.Library()


@dataclass(frozen=True, slots=True)
class Tab:
    """`lets_in` must hold at the campaign's committee or above it, or also `below` it; None lets in who sees it."""

    here: str
    label: str
    url_name: str
    lets_in: frozenset[Function] | None = None
    below: bool = False

    def is_shown(self, grants: Iterable[RoleGrant], path: str) -> bool:
        if self.lets_in is None:
            return True
        places = [grant.organization.path for grant in grants if Function(grant.function) in self.lets_in]
        return any(place and (path.startswith(place) or (self.below and place.startswith(path))) for place in places)


TABS = (
    Tab("campaign", "Đợt", "campaign"),
    Tab("coverage", "Tình hình", "coverage", WHO_MAY[Deed.SEE_COVERAGE]),
    Tab("tasks", "Nhiệm vụ", "tasks"),
    Tab("task-map", "Sơ đồ", "task-map"),
    Tab("board", "Rà soát", "board", appraisal.WHO_MAY[appraisal.Deed.SEE_BOARD], below=True),
    Tab("import", "Nhập sổ", "register-import", WHO_MAY[Deed.IMPORT_REGISTER]),
    Tab("export", "Xuất", "register-export", WHO_MAY[Deed.EXPORT_REGISTER]),
)


@register.inclusion_tag("registration/campaign_tabs.html")
def campaign_tabs(request: HttpRequest | SignedInRequest, campaign: Campaign, here: str) -> dict[str, Any]:
    """One query. `here` is the `here` of the tab the page belongs to."""
    grants, path = list(grants_of(request.user, on=timezone.localdate())), campaign.organization.path
    shown = [tab for tab in TABS if tab.is_shown(grants, path)]
    return {"tabs": [(tab, reverse(tab.url_name, args=[campaign.pk])) for tab in shown], "here": here}
