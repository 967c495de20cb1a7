from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "dotpha.accounts"
    verbose_name = "tài khoản"
