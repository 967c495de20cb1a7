"""Which functions need a second proof at sign-in. Technical administrators always do: the standard says so."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from dotpha.accounts.models import User
from dotpha.core.errors import NotAllowed, Refused
from dotpha.directory.actions.deed import day_of, trace
from dotpha.directory.models import Function, RequiredFactor
from dotpha.directory.policy import WHO_MAY, Anyone, Deed, grants_of

ALWAYS = frozenset({Function.TECHNICAL_ADMINISTRATOR})


def needs_factor(functions: Collection[Function], *, on: date) -> bool:
    """Whether somebody with these functions must have a second factor. At most one query."""
    if not functions:
        return False
    if not ALWAYS.isdisjoint(functions):
        return True
    return RequiredFactor.objects.on(on).filter(function__in=functions).exists()


def required_functions(*, on: date) -> frozenset[Function]:
    return ALWAYS | {Function(each) for each in RequiredFactor.objects.on(on).values_list("function", flat=True)}


def may_set(user: Anyone, *, on: date) -> bool:
    """Who manages accounts of the whole tree: the setting holds for everybody."""
    grants = grants_of(user, on=on)
    return any(
        Function(each.function) in WHO_MAY[Deed.MANAGE_ACCOUNT] and not each.organization.depth for each in grants
    )


@transaction.atomic
def set_required(*, functions: Collection[Function], by: User, at: datetime) -> None:
    """From today these functions need a second factor, and no others (đặt yêu cầu xác thực hai bước).

    Raises:
        NotAllowed: `by` does not manage accounts of the whole tree.
        Refused: a function that always needs it is left out.
    """
    today = day_of(at)
    if not may_set(by, on=today):
        raise NotAllowed("Yêu cầu xác thực hai bước do người quản trị kỹ thuật của cả hệ thống đặt.")
    if not set(functions) >= ALWAYS:
        raise Refused("Quản trị kỹ thuật luôn phải xác thực hai bước.")
    wanted, now = set(functions) - ALWAYS, {each.function: each for each in RequiredFactor.objects.on(today)}
    for function in sorted(wanted - set(now)):
        row = RequiredFactor.objects.create(function=function, valid_from=today)
        trace("factor.required", row, by=by, at=at)
    for function in sorted(set(now) - wanted):
        row = now[function]
        trace("factor.waived", row, by=by, at=at)
        if row.valid_from == today:
            row.delete()  # never held a whole day; the trail keeps both deeds
        else:
            RequiredFactor.objects.filter(pk=row.pk).update(valid_until=today)
