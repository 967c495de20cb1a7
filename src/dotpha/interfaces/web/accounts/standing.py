"""What a signed-in person has to do first, how long they may idle, and in which post they stand.

Asked of the database once a minute and kept in the session between: a page costs no query for it.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils import timezone

from dotpha.accounts import security
from dotpha.accounts.models import User
from dotpha.accounts.passwords import has_factor
from dotpha.directory import queries
from dotpha.directory.factors import needs_factor
from dotpha.directory.models import Function
from dotpha.directory.policy import grants_of

KEY = "standing"
ASKED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Standing:
    seen_at: float  # seconds since the epoch
    idle_minutes: int
    lacks_factor: bool
    has_old_password: bool
    post: str


def ask(user: User, *, at: datetime) -> Standing:
    """Three or four queries."""
    day = timezone.localdate(at)
    functions = frozenset(Function(grant.function) for grant in grants_of(user, on=day))
    is_administrator = Function.TECHNICAL_ADMINISTRATOR in functions
    oldest = at - timedelta(days=security.ADMINISTRATOR_PASSWORD_DAYS)
    return Standing(
        seen_at=at.timestamp(),
        idle_minutes=security.ADMINISTRATOR_IDLE_MINUTES if is_administrator else security.IDLE_MINUTES,
        lacks_factor=needs_factor(functions, on=day) and not has_factor(user),
        has_old_password=is_administrator and user.has_usable_password() and (user.password_changed_at or at) < oldest,
        post=post_of(user, at=at),
    )


def keep(request: HttpRequest, user: User, *, at: datetime) -> Standing:
    standing = ask(user, at=at)
    request.session[KEY] = asdict(standing)
    return standing


def kept(request: HttpRequest) -> Standing | None:
    try:
        return Standing(**request.session[KEY])
    except (KeyError, TypeError):
        return None


def forget(request: HttpRequest) -> None:
    """Something it tells has changed: ask again at the next page."""
    request.session.pop(KEY, None)


def current(request: HttpRequest, user: User, *, at: datetime) -> Standing:
    """As kept, if fresh and nothing is owed; asked again otherwise, telling the list of sessions too."""
    standing = kept(request)
    if standing is None:
        return keep(request, user, at=at)
    if at.timestamp() - standing.seen_at < ASKED_EVERY.total_seconds() and not standing.lacks_factor:
        return standing
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=at)
    return keep(request, user, at=at)


def has_idled(request: HttpRequest, *, at: datetime) -> bool:
    standing = kept(request)
    return standing is not None and at.timestamp() - standing.seen_at > standing.idle_minutes * 60


def idle_minutes(request: HttpRequest) -> int:
    standing = kept(request)
    return standing.idle_minutes if standing else security.IDLE_MINUTES


def post_of(user: User, *, at: datetime) -> str:
    return queries.post_of(user, on=timezone.localdate(at))
