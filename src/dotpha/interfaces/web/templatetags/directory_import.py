"""Whether the directory leads on to its import and export."""

from dataclasses import dataclass

from django import template
from django.utils import timezone

from dotpha.directory import policy
from dotpha.directory.policy import Deed
from dotpha.interfaces.web.http import SignedInRequest

register = template.Library()


@dataclass(frozen=True, slots=True)
class Exchange:
    may_import: bool
    may_export: bool


@register.simple_tag
def directory_exchange(request: SignedInRequest) -> Exchange:
    """What the person may do with the directory as a workbook. One query."""
    held = {grant.function for grant in policy.grants_of(request.user, on=timezone.localdate())}
    return Exchange(
        may_import=not policy.WHO_MAY[Deed.IMPORT_DIRECTORY].isdisjoint(held),
        may_export=not policy.WHO_MAY[Deed.EXPORT_DIRECTORY].isdisjoint(held),
    )
