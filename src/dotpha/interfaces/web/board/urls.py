"""Addresses of a campaign's board."""

from django.urls import path

from dotpha.interfaces.web.board import views

urlpatterns = [
    path("<int:pk>/ra-soat/", views.board, name="board"),
    path("<int:pk>/ra-soat/<int:task>/", views.item, name="board-item"),
    path("<int:pk>/gan-giong/", views.near_duplicates, name="near-duplicates"),
    path("<int:pk>/ra-soat-lai/", views.rescreen, name="rescreen"),
]
