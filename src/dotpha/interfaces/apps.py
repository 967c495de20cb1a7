from django.apps import AppConfig


class InterfacesConfig(AppConfig):
    """Brings the commands of `dotpha manage`."""

    name = "dotpha.interfaces"
    verbose_name = "các cửa vào"
