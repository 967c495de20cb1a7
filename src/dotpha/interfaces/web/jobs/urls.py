"""Addresses of long work; a job is its own user's alone."""

from django.urls import path

from dotpha.interfaces.web.jobs import views

urlpatterns = [
    path("<uuid:token>/", views.job, name="job"),
    path("<uuid:token>/dung/", views.stop, name="job-stop"),
]
