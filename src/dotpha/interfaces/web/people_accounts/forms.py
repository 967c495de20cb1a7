"""What is asked to make and to lock an account. Shape only."""

from datetime import date
from typing import Any

from django import forms

from dotpha.accounts.models import User
from dotpha.directory import policy
from dotpha.directory.models import Official
from dotpha.interfaces.web.grants.forms import reason_field


class CreateForm(forms.Form):
    official = forms.ModelChoiceField(
        queryset=Official.objects.none(),
        label="Cán bộ",
        error_messages={
            "required": "Đồng chí chọn một cán bộ.",
            "invalid_choice": "Không thấy cán bộ này trong phạm vi của đồng chí.",
        },
    )
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        help_text="Chữ không dấu, chữ số, dấu chấm; ví dụ thinh.hv.",
        error_messages={
            "required": "Đồng chí ghi tên đăng nhập, ví dụ thinh.hv.",
            "max_length": "Tên đăng nhập đến 60 ký tự. Đồng chí ghi ngắn lại.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, by: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officials = self.fields["official"]
        assert isinstance(officials, forms.ModelChoiceField)
        officials.queryset = policy.officials_manageable_by(by, on=on)


class LockForm(forms.Form):
    reason = reason_field("Lý do", "Ví dụ: nghỉ hưu từ 01/07/2027. Người bị khóa đọc được lý do này.")
