"""What a person hands in: files, and a day and a name that may be left out."""

from collections.abc import Container, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dotpha.rules.trend.indicator import DIRECTIONS, KINDS

CHOOSE_AGAIN = (
    "Trình duyệt không giữ lại được tệp khi trang quay lại. Đồng chí chọn lại tệp, kể cả danh sách năm trước nếu có, "
    "rồi bấm “Rà soát”."
)
NO_DAY = "Ngày chưa đọc được. Đồng chí ghi ngày/tháng/năm, ví dụ 26/01/2022."
NO_FILE = "Đồng chí chưa chọn tệp nào. Chọn ít nhất một tệp bản đăng ký rồi bấm “Rà soát”."


class FilesInput(forms.FileInput):
    """Django's own refuses several files unless told otherwise."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. Empty files are let through: the reader says what is wrong with each."""

    widget = FilesInput(attrs={"accept": ".xlsx,.docx,.csv,.jsonl"})

    def clean(self, data: "Sequence[UploadedFile[Any]] | None", initial: Any = None) -> "list[UploadedFile[Any]]":
        if not data:
            super().clean(None, initial)
        return [super(FilesField, self).clean(each, initial) for each in data or ()]


class StartForm(forms.Form):
    registers = FilesField(label="Tệp bản đăng ký", allow_empty_file=True, error_messages={"required": NO_FILE})
    last_year = FilesField(
        label="Danh sách năm trước",
        required=False,
        allow_empty_file=True,
        help_text="Để nhận ra việc lặp lại của năm trước.",
    )
    on = forms.DateField(
        label="Ngày rà soát",
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        help_text="Bỏ trống là hôm nay.",
        error_messages={"invalid": NO_DAY},
        widget=forms.TextInput(attrs={"placeholder": "ngày/tháng/năm", "inputmode": "numeric", "data-day": NO_DAY}),
    )
    committee = forms.CharField(
        label="Tên cấp ủy",
        required=False,
        max_length=120,
        help_text="In ở đầu báo cáo.",
        error_messages={"max_length": "Tên cấp ủy dài quá 120 chữ cái. Đồng chí ghi ngắn lại."},
        widget=forms.TextInput(attrs={"placeholder": "ví dụ: Huyện ủy Lạc Giang"}),
    )

    def clean_registers(self) -> "list[UploadedFile[Any]]":
        return _named_apart(self.cleaned_data["registers"])

    def clean_last_year(self) -> "list[UploadedFile[Any]]":
        return _named_apart(self.cleaned_data["last_year"])


def _named_apart(files: "list[UploadedFile[Any]]") -> "list[UploadedFile[Any]]":
    taken: set[str] = set()
    for file in files:
        file.name = distinct(file.name or "", taken)
        taken.add(file.name)
    return files


def distinct(name: str, taken: Container[str]) -> str:
    """Forty offices send forty files called dang-ky.xlsx; the board must tell them apart.

    >>> distinct("dang-ky.xlsx", {"dang-ky.xlsx", "dang-ky (2).xlsx"})
    'dang-ky (3).xlsx'
    """
    path, number, made = PurePath(name), 1, name
    while made in taken:
        number += 1
        made = f"{path.stem} ({number}){path.suffix}"
    return made


class CorrectionForm(forms.Form):
    """How a person reads an indicator; an empty choice leaves it to the machine."""

    kind = forms.ChoiceField(label="Loại số liệu", required=False, choices=[("", "Để máy nhận biết"), *KINDS.items()])
    better = forms.ChoiceField(
        label="Chiều tốt lên", required=False, choices=[("", "Để máy nhận biết"), *DIRECTIONS.items()]
    )
