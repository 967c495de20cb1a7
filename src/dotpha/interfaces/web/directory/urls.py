"""Addresses of the directory."""

from django.urls import path

from dotpha.interfaces.web.directory import bodies, changes, people, views

urlpatterns = [
    path("", views.tree, name="directory-tree"),
    path("to-chuc/<int:pk>/", views.organization, name="directory-organization"),
    path("to-chuc/<int:pk>/truc-thuoc/", views.children, name="directory-children"),
    path("can-bo/<int:pk>/", views.official, name="directory-official"),
    path("to-chuc/<int:pk>/lap/", changes.found, name="directory-found"),
    path("to-chuc/<int:pk>/doi-ten/", changes.rename, name="directory-rename"),
    path("to-chuc/<int:pk>/chuyen/", changes.move, name="directory-move"),
    path("to-chuc/<int:pk>/ket-thuc/", changes.end, name="directory-end"),
    path("to-chuc/<int:pk>/sap-nhap/", changes.merge, name="directory-merge"),
    path("to-chuc/<int:pk>/co-quan/", bodies.found_body, name="directory-found-body"),
    path("co-quan/<int:pk>/nhiem-ky/", bodies.begin_term, name="directory-begin-term"),
    path("co-quan/<int:pk>/ket-thuc/", bodies.end_body, name="directory-end-body"),
    path("nhiem-ky/<int:pk>/ket-thuc/", bodies.end_term, name="directory-end-term"),
    path("can-bo/<int:pk>/sua/", people.correct, name="directory-correct"),
    path("can-bo/<int:pk>/quan-ly/", people.manage, name="directory-manage"),
    path("to-chuc/<int:pk>/can-bo-moi/", changes.record, name="directory-record"),
    path("to-chuc/<int:pk>/chuc-vu/", changes.begin_tenure, name="directory-begin-tenure"),
    path("chuc-vu/<int:pk>/thoi/", changes.end_tenure, name="directory-end-tenure"),
    path("nhiem-ky/<int:pk>/thanh-vien/", changes.begin_membership, name="directory-begin-membership"),
    path("thanh-vien/<int:pk>/thoi/", changes.end_membership, name="directory-end-membership"),
]
