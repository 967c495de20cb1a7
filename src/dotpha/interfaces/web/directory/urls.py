"""Addresses of the directory."""

from django.urls import path

from dotpha.interfaces.web.directory import changes, views

urlpatterns = [
    path("", views.tree, name="directory-tree"),
    path("to-chuc/<int:pk>/", views.organization, name="directory-organization"),
    path("to-chuc/<int:pk>/truc-thuoc/", views.children, name="directory-children"),
    path("can-bo/<int:pk>/", views.official, name="directory-official"),
    path("to-chuc/<int:pk>/lap/", changes.found, name="directory-found"),
    path("to-chuc/<int:pk>/doi-ten/", changes.rename, name="directory-rename"),
    path("to-chuc/<int:pk>/chuyen/", changes.move, name="directory-move"),
    path("to-chuc/<int:pk>/ket-thuc/", changes.end, name="directory-end"),
    path("to-chuc/<int:pk>/can-bo-moi/", changes.record, name="directory-record"),
    path("to-chuc/<int:pk>/chuc-vu/", changes.begin_tenure, name="directory-begin-tenure"),
    path("chuc-vu/<int:pk>/thoi/", changes.end_tenure, name="directory-end-tenure"),
    path("nhiem-ky/<int:pk>/thanh-vien/", changes.begin_membership, name="directory-begin-membership"),
    path("thanh-vien/<int:pk>/thoi/", changes.end_membership, name="directory-end-membership"),
]
