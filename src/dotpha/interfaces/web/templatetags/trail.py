"""Whether the navigation leads to the trail."""

from django import template
from django.http import HttpRequest
from django.utils import timezone

from dotpha.accounts.models import User
from dotpha.directory.policy import Deed, may_anywhere
from dotpha.interfaces.web.accounts import standing

register = template.Library()
_KEY = "reads-trail"


@register.simple_tag
def reads_trail(request: HttpRequest | str) -> bool:
    """Asked of the database as often as the person's standing is, and kept in the session between.

    The page of an error of ours is written without a request, which a template hands over as "".
    """
    if isinstance(request, str) or not isinstance(getattr(request, "user", None), User):
        return False
    user = request.user
    now = standing.kept(request)
    known = request.session.get(_KEY)
    if now and known and known[0] == now.seen_at:
        return bool(known[1])
    may = may_anywhere(user, Deed.READ_TRAIL, on=timezone.localdate())
    if now:
        request.session[_KEY] = [now.seen_at, may]
    return may
