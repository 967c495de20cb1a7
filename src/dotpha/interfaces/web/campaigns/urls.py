"""Addresses of a campaign: what it asks, of whom, how far it is, who still owes."""

from django.urls import path

from dotpha.interfaces.web.campaigns import coverage, form_pages, settings, views

urlpatterns = [
    path("", views.campaigns, name="campaigns"),
    path("lap/", settings.create, name="campaign-create"),
    path("<int:pk>/", views.campaign, name="campaign"),
    path("<int:pk>/sua/", settings.change, name="campaign-change"),
    path("<int:pk>/dien/", settings.requirements, name="campaign-requirements"),
    path("<int:pk>/mau/", form_pages.campaign_form, name="campaign-form"),
    path("<int:pk>/nguong/", settings.thresholds, name="campaign-thresholds"),
    path("<int:pk>/chuyen/<str:move>/", settings.move, name="campaign-move"),
    path("<int:pk>/danh-sach/", settings.refresh, name="campaign-refresh"),
    path("<int:pk>/tinh-hinh/", coverage.coverage_page, name="coverage"),
    path("<int:pk>/tinh-hinh/nhac/", coverage.reminders, name="reminders"),
    path("<int:pk>/tinh-hinh/mien/<int:registrant>/", coverage.exemption, name="exempt"),
]
