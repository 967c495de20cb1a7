"""What a password must be; Django asks these validators whenever one is chosen."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from dotpha.accounts import security
from dotpha.accounts.models import User

_SIGNS = "!#%+-=?@"


def has_factor(user: User | None) -> bool:
    """Whether the person also shows an authenticator app or a passkey. One query."""
    strong = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return user is not None and bool(user.pk) and Authenticator.objects.filter(user=user, type__in=strong).exists()


def stands_alone(password: str) -> bool:
    """Long and mixed enough to be the only proof: four classes of characters."""
    classes = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
    return len(password) >= security.PASSWORD_LENGTH and all(any(map(has, password)) for has in classes)


class LengthAndClasses:
    """Fourteen characters of four classes; eight are enough beside a second factor."""

    def validate(self, password: str, user: User | None = None) -> None:
        if stands_alone(password):
            return
        if len(password) >= security.PASSWORD_LENGTH_WITH_FACTOR and has_factor(user):
            return
        raise ValidationError(self.get_help_text(), code="password_too_weak")

    def get_help_text(self) -> str:
        return (
            f"Mật khẩu cần ít nhất {security.PASSWORD_LENGTH} ký tự, có chữ thường, chữ hoa, chữ số và dấu "
            f"(như {_SIGNS}). Người đã đặt yếu tố xác thực thứ hai thì cần ít nhất "
            f"{security.PASSWORD_LENGTH_WITH_FACTOR} ký tự."
        )


class NotUsedBefore:
    """None of the last ones, nor the present one."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or not user.pk:
            return
        former = user.former_passwords.values_list("password", flat=True)[: security.REMEMBERED_PASSWORDS]
        if any(check_password(password, each) for each in {user.password, *former}):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        return f"Không dùng lại {security.REMEMBERED_PASSWORDS} mật khẩu gần nhất."
