"""Addresses of the register in Excel and of the form in Word."""

from django.urls import path

from dotpha.interfaces.web.register_export import export, upload

urlpatterns = [
    path("dot-dang-ky/<int:pk>/xuat/", export.register, name="register-export"),
    path("dot-dang-ky/<int:pk>/phieu/", export.form_blank, name="form-blank"),
    path("nhiem-vu/<int:pk>/phieu.docx", export.task_sheet, name="task-sheet"),
    path("nhiem-vu/<int:pk>/nap-phieu/", upload.into_task, name="task-sheet-upload"),
    path("nhiem-vu/lap/tu-phieu/<int:pk>/", upload.into_new, name="task-begin-sheet"),
]
