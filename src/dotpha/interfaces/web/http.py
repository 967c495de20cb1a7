"""What a view may count on."""

from django.http import HttpRequest

from dotpha.accounts.models import User


class SignedInRequest(HttpRequest):
    """The request of a view behind `@login_required`: somebody stands behind it."""

    user: User
