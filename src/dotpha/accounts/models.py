"""People who sign in."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Tài khoản người dùng: who acts. Our own from the first migration; posts and rights live elsewhere.

    A locked account is one that is not `is_active`; `lock_reason` tells the person why, the trail tells who and when.
    `is_demo`: made up, has no password, signs in only where the demo mode is on (dotpha.interfaces.demo).
    """

    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    password_changed_at = models.DateTimeField("đổi mật khẩu lúc", null=True, blank=True)
    has_long_password = models.BooleanField("mật khẩu đủ dài để dùng một mình", default=False)
    lock_reason = models.CharField("lý do khóa", max_length=255, blank=True)
    is_demo = models.BooleanField("tài khoản xem thử", default=False, editable=False)
    unlocked_at = models.DateTimeField("mở khóa lúc", null=True, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"


class FormerPassword(models.Model):
    """Mật khẩu đã dùng, chỉ giữ mã băm: the standard forbids going back to one of the last ones."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="former_passwords", verbose_name="tài khoản"
    )
    password = models.CharField("mã băm", max_length=128)
    set_at = models.DateTimeField("đặt lúc")

    class Meta:
        verbose_name = "mật khẩu đã dùng"
        verbose_name_plural = "mật khẩu đã dùng"
        ordering = ("-set_at", "-pk")
        indexes = [models.Index(fields=["user", "-set_at"], name="former_password_of_user")]

    def __str__(self) -> str:
        return f"{self.user}, {self.set_at:%d/%m/%Y}"
