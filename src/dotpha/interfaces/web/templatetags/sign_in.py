"""What the pages around signing in tell."""

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from dotpha.accounts import security
from dotpha.accounts.models import User
from dotpha.directory import factors
from dotpha.interfaces import demo
from dotpha.interfaces.web.accounts import standing
from dotpha.interfaces.web.accounts.lockout import is_at_this_machine
from dotpha.interfaces.web.http import SignedInRequest

register = template.Library()


@register.simple_tag
def security_number(name: str) -> int:
    """A number of the security standard, by its name in accounts/security.py."""
    return int(getattr(security, name))


@register.simple_tag
def demo_worlds(request: HttpRequest) -> list[tuple[str, list[demo.Account]]]:
    """Accounts a visitor of the demo may be, world by world; none without demo mode, at another machine, or where no
    demo was loaded."""
    is_open = settings.DEMO and is_at_this_machine(request)
    return demo.worlds() if is_open and User.objects.filter(is_demo=True).exists() else []


@register.simple_tag
def post_now(request: HttpRequest) -> str:
    """The post of the signed-in person, as asked within the last minute."""
    now = standing.kept(request)
    return now.post if now else ""


@register.simple_tag
def idle_minutes(request: HttpRequest) -> int:
    return standing.idle_minutes(request)


@register.simple_tag
def must_set_factor(request: HttpRequest) -> bool:
    now = standing.kept(request)
    return bool(now and now.lacks_factor)


@register.simple_tag
def may_require_factors(request: SignedInRequest) -> bool:
    return factors.may_set(request.user, on=timezone.localdate())
