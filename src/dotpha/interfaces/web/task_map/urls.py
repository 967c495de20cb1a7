"""The address of the map of a campaign."""

from django.urls import path

from dotpha.interfaces.web.task_map import views

urlpatterns = [path("<int:pk>/so-do/", views.task_map, name="task-map")]
