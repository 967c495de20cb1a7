from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "dotpha.registration"
    label = "registration"
    verbose_name = "Đăng ký nhiệm vụ đột phá"
