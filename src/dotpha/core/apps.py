"""The ground every room stands on: the audit trail, refusals, names that sort as people sort them."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "dotpha.core"
    verbose_name = "Nền chung"
