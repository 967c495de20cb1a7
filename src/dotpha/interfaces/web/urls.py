"""Addresses of the pages, in unaccented Vietnamese."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
