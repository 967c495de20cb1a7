"""What the reader of the trail may ask for; the names are those of the address."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from dotpha.core.sentences import groups

_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
_WRONG_DAY = "Đồng chí ghi ngày như 15/03/2027."
_TARGET = r"^[a-z_]+\.[a-z_]+:[^\x00-\x1f]{1,60}$"


class DayInput(forms.DateInput):
    """Typed as the office writes it."""

    def __init__(self) -> None:
        super().__init__(format="%d/%m/%Y", attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"})


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, input_formats=_DAYS, widget=DayInput(), error_messages={"invalid": _WRONG_DAY}
    )


class TrailForm(forms.Form):
    tim = forms.CharField(label="Tìm (gõ không dấu cũng được)", required=False, max_length=120)
    nguoi = forms.CharField(label="Người làm", required=False, max_length=120)
    viec = forms.ChoiceField(label="Loại việc", required=False)
    to_chuc = forms.CharField(label="Tổ chức", required=False, max_length=120)
    tu = _day("Từ ngày")
    den = _day("Đến ngày")
    doi_tuong = forms.RegexField(_TARGET, required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, label_suffix="")
        choices = [("", "Tất cả"), *sorted(groups().items(), key=lambda each: each[1])]
        self.fields["viec"].choices = choices  # type: ignore[attr-defined]  # a choice field has them

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("tu"), given.get("den")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("den", "Ngày đến phải bằng hoặc sau ngày từ.")
        return given
