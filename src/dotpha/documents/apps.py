from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Brings the templates and styles that pages and reports share; has no tables."""

    name = "dotpha.documents"
    verbose_name = "văn bản"
