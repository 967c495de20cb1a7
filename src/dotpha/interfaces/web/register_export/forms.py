"""A filled form to be read."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dotpha.documents.registration.sheet_reading import MAX_MB

NO_FILE = "Đồng chí chưa chọn tệp. Chọn phiếu Word (.docx) đã điền rồi bấm “Đọc phiếu”."
EMPTY = "Tệp trống (0 byte), có lẽ bị hỏng khi chép. Đồng chí kiểm tra lại rồi chọn lại tệp."
TOO_LARGE = f"Tệp lớn hơn {MAX_MB} MB. Đồng chí bỏ bớt ảnh trong phiếu rồi chọn lại."


class SheetForm(forms.Form):
    file = forms.FileField(
        label="Phiếu đã điền",
        help_text=f"Word (.docx) đến {MAX_MB} MB; phiếu của cơ quan khác hoặc Excel (.xlsx) cũng đọc được.",
        error_messages={"required": NO_FILE, "empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ".docx,.xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_MB * 1024 * 1024:
            raise forms.ValidationError(TOO_LARGE)
        return file
