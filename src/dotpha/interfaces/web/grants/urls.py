"""Addresses of Ai được làm gì."""

from django.urls import path

from dotpha.interfaces.web.grants import views

urlpatterns = [
    path("", views.who, name="grants"),
    path("bang-quyen/", views.table, name="grants-table"),
    path("phan-cong/", views.give, name="grants-give"),
    path("<int:pk>/", views.grant, name="grants-grant"),
    path("<int:pk>/ket-thuc/", views.end, name="grants-end"),
]
