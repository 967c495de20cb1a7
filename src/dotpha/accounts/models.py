"""People who sign in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Tài khoản người dùng: who acts. Our own from the first migration; posts and rights live elsewhere."""

    class Meta(AbstractUser.Meta):
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
