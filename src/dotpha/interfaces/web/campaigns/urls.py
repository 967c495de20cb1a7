"""Addresses of a campaign: what it asks, of whom, how far it is, who still owes."""

from django.urls import path

from dotpha.interfaces.web.campaigns import views

urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("<int:pk>/", views.campaign, name="campaign"),
]
