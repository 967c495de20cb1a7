"""Addresses of the pages, in unaccented Vietnamese."""

from django.urls import URLPattern, URLResolver, include, path

from dotpha.interfaces.web import views
from dotpha.interfaces.web.home.views import home, waiting_all

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("viec-cho/<slug:kind>/", waiting_all, name="waiting"),
    path("tai-khoan/", include("dotpha.interfaces.web.accounts.urls")),
    path("danh-ba/", include("dotpha.interfaces.web.directory.urls")),
    path("danh-ba/", include("dotpha.interfaces.web.directory_import.urls")),
    path("dot-dang-ky/", include("dotpha.interfaces.web.campaigns.urls")),
    path("dot-dang-ky/", include("dotpha.interfaces.web.board.urls")),
    path("dot-dang-ky/", include("dotpha.interfaces.web.task_map.urls")),
    path("dot-dang-ky/", include("dotpha.interfaces.web.register_import.urls")),
    path("nhiem-vu/", include("dotpha.interfaces.web.task_form.urls")),
    path("", include("dotpha.interfaces.web.tasks.urls")),
    path("", include("dotpha.interfaces.web.register_export.urls")),
    path("ai-duoc-lam-gi/", include("dotpha.interfaces.web.grants.urls")),
    path("tai-khoan-can-bo/", include("dotpha.interfaces.web.people_accounts.urls")),
    path("cong-viec/", include("dotpha.interfaces.web.jobs.urls")),
    path("ra-soat-nhanh/", include("dotpha.interfaces.web.quick.urls")),
    path("dau-vet/", include("dotpha.interfaces.web.trail.urls")),
    path("tro-giup/", views.help_page, name="help"),
    path("suc-khoe/", views.health, name="health"),
]
