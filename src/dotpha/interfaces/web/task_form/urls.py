"""Addresses of registering a task; the task's own page is elsewhere."""

from django.urls import path

from dotpha.interfaces.web.task_form import begin, leave, send, write

urlpatterns = [
    path("lap/", begin.begin, name="task-begin"),
    path("<int:pk>/soan/", write.write, name="task-write"),
    path("<int:pk>/gui/", send.send, name="task-send"),
    path("<int:pk>/rut/", leave.withdraw, name="task-withdraw"),
    path("<int:pk>/bo/", leave.discard, name="task-discard"),
]
