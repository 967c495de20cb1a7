"""Addresses of the directory."""

from django.urls import path

from dotpha.interfaces.web.directory import views

urlpatterns = [
    path("", views.tree, name="directory-tree"),
    path("to-chuc/<int:pk>/", views.organization, name="directory-organization"),
    path("to-chuc/<int:pk>/truc-thuoc/", views.children, name="directory-children"),
    path("can-bo/<int:pk>/", views.official, name="directory-official"),
]
