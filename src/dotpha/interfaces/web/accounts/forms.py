"""Shapes of what these pages receive."""

from django import forms

from dotpha.directory.factors import ALWAYS
from dotpha.directory.models import Function


class RequiredFactorsForm(forms.Form):
    functions = forms.MultipleChoiceField(
        label="Chức năng phải xác thực hai bước",
        choices=[(each.value, each.label) for each in Function if each not in ALWAYS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def chosen(self) -> frozenset[Function]:
        return frozenset(map(Function, self.cleaned_data["functions"]))
