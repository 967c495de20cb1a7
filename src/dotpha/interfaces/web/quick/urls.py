"""Addresses of Rà soát nhanh; a result's token is all that opens it."""

from django.urls import path

from dotpha.interfaces.web.quick import views

urlpatterns = [
    path("", views.start, name="quick-start"),
    path("<str:token>/", views.result, name="quick-result"),
    path("<str:token>/tien-do/", views.progress, name="quick-progress"),
    path("<str:token>/viec/<int:number>/", views.item, name="quick-item"),
    path("<str:token>/viec/<int:number>/chi-tieu/<int:index>/", views.correct, name="quick-correct"),
    path("<str:token>/tai-ve/<slug:kind>/", views.download, name="quick-download"),
    path("<str:token>/xoa/", views.forget, name="quick-forget"),
]
