"""Addresses of tasks to read; writing and sending them is elsewhere."""

from django.urls import path

from dotpha.interfaces.web.tasks import views

urlpatterns = [
    path("dot-dang-ky/<int:pk>/nhiem-vu/", views.tasks, name="tasks"),
    path("nhiem-vu/<int:pk>/", views.task, name="task"),
    path("nhiem-vu/<int:pk>/phien-ban/", views.versions, name="task-versions"),
]
