"""Addresses of importing a register into a campaign."""

from django.urls import path

from dotpha.interfaces.web.register_import import views

urlpatterns = [
    path("<int:pk>/nhap/", views.start, name="register-import"),
    path("<int:pk>/nhap/<uuid:token>/", views.plan, name="register-import-plan"),
    path("<int:pk>/nhap/<uuid:token>/xac-nhan/", views.confirm, name="register-import-confirm"),
    path("<int:pk>/nhap/<uuid:token>/bo/", views.give_up, name="register-import-give-up"),
]
