"""Addresses of importing and exporting the directory."""

from django.urls import path

from dotpha.interfaces.web.directory_import import views

urlpatterns = [
    path("nhap/", views.start, name="directory-import"),
    path("nhap/mau/", views.blank, name="directory-import-blank"),
    path("nhap/<uuid:token>/", views.plan, name="directory-import-plan"),
    path("nhap/<uuid:token>/xac-nhan/", views.confirm, name="directory-import-confirm"),
    path("nhap/<uuid:token>/bo/", views.give_up, name="directory-import-give-up"),
    path("xuat/", views.export, name="directory-export"),
]
