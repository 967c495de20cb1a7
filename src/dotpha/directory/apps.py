"""Party organizations, bodies, officials, posts and grants, all with dates."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "dotpha.directory"
    verbose_name = "Danh bạ"
