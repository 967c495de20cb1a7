"""A workbook and the day from which its changes hold; a day to export."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

FILE_MB = 10
NO_FILE = "Đồng chí chưa chọn tệp. Chọn tệp Excel (.xlsx) rồi bấm “Xem trước”."
EMPTY = "Tệp trống (0 byte), có lẽ bị hỏng khi chép. Đồng chí kiểm tra lại rồi chọn lại tệp."
TOO_LARGE = f"Tệp lớn hơn {FILE_MB} MB. Đồng chí tách thành nhiều tệp rồi nạp lần lượt, tổ chức trước, cán bộ sau."
NO_DAY = "Ngày chưa đọc được. Đồng chí ghi ngày/tháng/năm, ví dụ 01/07/2025."
_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]
_DAY_ATTRIBUTES = {"data-day": NO_DAY, "placeholder": "ngày/tháng/năm", "inputmode": "numeric", "autocomplete": "off"}


def day_field(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=_DAYS,
        help_text=help_text,
        error_messages={"invalid": NO_DAY},
        widget=forms.TextInput(attrs=_DAY_ATTRIBUTES),
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Tệp danh bạ",
        help_text=f"Excel (.xlsx) đến {FILE_MB} MB, 20.000 dòng.",
        error_messages={"required": NO_FILE, "empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    from_day = day_field(
        "Thay đổi có hiệu lực từ ngày",
        "Áp dụng cho tên, nơi trực thuộc, cấp ủy quản lý bị đổi mà dòng không ghi ngày. Bỏ trống là hôm nay.",
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > FILE_MB * 1024 * 1024:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ExportForm(forms.Form):
    day = day_field("Tính đến ngày", "Tên và nơi trực thuộc như ngày ấy. Bỏ trống là hôm nay.")
