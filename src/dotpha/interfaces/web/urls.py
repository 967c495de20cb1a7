"""Addresses of the pages, in unaccented Vietnamese."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from dotpha.interfaces.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="quick-start"), name="home"),
    path("tai-khoan/", include("dotpha.interfaces.web.accounts.urls")),
    path("ra-soat-nhanh/", include("dotpha.interfaces.web.quick.urls")),
    path("dau-vet/", include("dotpha.interfaces.web.trail.urls")),
    path("tro-giup/", views.help_page, name="help"),
    path("suc-khoe/", views.health, name="health"),
]
