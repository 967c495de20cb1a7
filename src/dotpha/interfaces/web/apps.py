from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "dotpha.interfaces.web"
    label = "web"
    verbose_name = "trang web"

    def ready(self) -> None:
        from dotpha.interfaces.web.accounts import trail

        trail.connect()
