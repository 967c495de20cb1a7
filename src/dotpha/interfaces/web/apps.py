from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "dotpha.interfaces.web"
    label = "web"
    verbose_name = "trang web"
