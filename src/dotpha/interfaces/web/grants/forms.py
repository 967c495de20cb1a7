"""What is asked when a function is given or ended. Shape only; sense is the action's."""

from datetime import date
from typing import Any

from django import forms

from dotpha.accounts.models import User
from dotpha.directory import grant_queries
from dotpha.directory.models import Function, PartyOrganization
from dotpha.interfaces.web.directory.as_of import FORMATS

DAY_WRONG = "Ngày chưa đọc được. Đồng chí ghi ngày/tháng/năm, ví dụ 01/07/2027."
LONGEST_SEARCH = 120


def day_field(label: str, *, help_text: str = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=list(FORMATS),
        help_text=help_text,
        error_messages={"required": "Đồng chí ghi ngày.", "invalid": DAY_WRONG},
        widget=forms.DateInput(
            format="%d/%m/%Y", attrs={"placeholder": "ngày/tháng/năm", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )


def reason_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=255,
        help_text=help_text,
        error_messages={
            "required": f"Đồng chí ghi {label.lower()}.",
            "max_length": f"{label} dài quá 255 chữ cái. Đồng chí ghi ngắn lại.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class GiveForm(forms.Form):
    user = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Người được phân công",
        error_messages={
            "required": "Đồng chí chọn một người.",
            "invalid_choice": "Không thấy tài khoản này trong phạm vi của đồng chí, hoặc tài khoản đang khóa.",
        },
    )
    organization = forms.ModelChoiceField(
        queryset=PartyOrganization.objects.none(),
        label="Phạm vi",
        error_messages={
            "required": "Đồng chí chọn một tổ chức.",
            "invalid_choice": "Không thấy tổ chức này trong phạm vi của đồng chí.",
        },
    )
    function = forms.ChoiceField(
        label="Chức năng",
        error_messages={
            "required": "Đồng chí chọn một chức năng.",
            "invalid_choice": "Chức năng này không do đồng chí phân công.",
        },
    )
    valid_from = day_field("Từ ngày")
    valid_until = day_field(
        "Đến trước ngày", required=False, help_text="Ngày đầu tiên không còn chức năng. Bỏ trống nếu chưa định."
    )
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/ĐU ngày 05/01/2027.")

    def __init__(self, *args: Any, by: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        users, places, function = self.fields["user"], self.fields["organization"], self.fields["function"]
        assert isinstance(users, forms.ModelChoiceField)
        assert isinstance(places, forms.ModelChoiceField)
        assert isinstance(function, forms.ChoiceField)
        users.queryset = grant_queries.accounts_to_grant(by, "", on=on)
        places.queryset = grant_queries.places_to_grant(by, "", on=on)
        given = grant_queries.functions_given_by(by, on=on)
        function.choices = [("", "Chọn chức năng"), *((each.value, each.label) for each in given)]

    def clean_function(self) -> Function:
        return Function(self.cleaned_data["function"])


class EndForm(forms.Form):
    valid_until = day_field("Thôi từ ngày", help_text="Từ ngày này không còn chức năng ấy. Sớm nhất là hôm nay.")
    reason = reason_field("Lý do", "Ví dụ: chuyển công tác theo Quyết định số 31-QĐ/ĐU.")
    version = forms.IntegerField(widget=forms.HiddenInput)
