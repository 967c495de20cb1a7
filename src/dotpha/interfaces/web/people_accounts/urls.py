"""Addresses of officials' accounts; one's own stand under tai-khoan/."""

from django.urls import path

from dotpha.interfaces.web.people_accounts import views

urlpatterns = [
    path("", views.accounts, name="people-accounts"),
    path("lap/", views.create, name="people-accounts-create"),
    path("<int:pk>/", views.account, name="people-accounts-account"),
    path("<int:pk>/dat-lai-mat-khau/", views.reset, name="people-accounts-reset"),
    path("<int:pk>/khoa/", views.lock, name="people-accounts-lock"),
    path("<int:pk>/mo-khoa/", views.unlock, name="people-accounts-unlock"),
]
