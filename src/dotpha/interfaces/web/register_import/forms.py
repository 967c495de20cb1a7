"""A register to import, and what a person chose for its doubtful rows."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from dotpha.registration.exchange.plan import LEAVE_OUT, Outcome, Plan

FILE_MB = 20
ROWS = 20_000
NO_FILE = "Đồng chí chưa chọn tệp. Chọn sổ đăng ký rồi bấm “Đọc và xem trước”."
EMPTY = "Tệp trống (0 byte), có lẽ bị hỏng khi chép. Đồng chí kiểm tra lại rồi chọn lại tệp."
TOO_LARGE = f"Tệp lớn hơn {FILE_MB} MB. Đồng chí tách thành nhiều tệp rồi nhập lần lượt, việc của tập thể trước."
CHOICE = "chon."  # before the key of a question, in the names of fields
_LONGEST = 20


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Tệp sổ đăng ký",
        help_text=f"Excel (.xlsx), Word (.docx), .csv hoặc .jsonl; đến {FILE_MB} MB, 20.000 nhiệm vụ.",
        error_messages={"required": NO_FILE, "empty": EMPTY},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx,.csv,.jsonl"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > FILE_MB * 1024 * 1024:
            raise forms.ValidationError(TOO_LARGE)
        return file


def choices_in(posted: QueryDict, made: Plan) -> dict[str, str]:
    """What was chosen of this plan's questions and refused rows; an empty choice takes an earlier one back."""
    known = {question.key for question in made.questions} | {line.question for line in made.lines} - {""}
    chosen = {name.removeprefix(CHOICE): str(posted[name]) for name in posted if name.startswith(CHOICE)}
    chosen |= dict.fromkeys(posted.getlist("bo-dong"), LEAVE_OUT) | dict.fromkeys(posted.getlist("chon-lai"), "")
    if "bo-tat-ca" in posted:
        chosen |= {line.question: LEAVE_OUT for line in made.lines if line.outcome is Outcome.REFUSED}
    return {key: value[:_LONGEST] for key, value in chosen.items() if key in known}


def version_in(posted: QueryDict) -> int:
    text = posted.get("version") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
