"""Address of the trail."""

from django.urls import path

from dotpha.interfaces.web.trail import views

urlpatterns = [path("", views.trail, name="trail")]
