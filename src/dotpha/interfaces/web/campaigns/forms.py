"""What is asked of who prepares a campaign. Shape only; sense is the action's."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from dotpha.accounts.models import User
from dotpha.directory import policy as directory
from dotpha.directory.models import PartyOrganization
from dotpha.directory.models.periods import holds_on
from dotpha.interfaces.web.directory.forms import ChangeForm, PickField, text_field
from dotpha.interfaces.web.grants.forms import day_field
from dotpha.registration.policy import WHO_MAY, Deed
from dotpha.rules.screening.thresholds import Thresholds, label_of
from dotpha.rules.vietnamese.numbers import parse_number, show_number

# Between which words a threshold decides, for who sets it.
_EXPLAINED: Mapping[str, str] = {
    "usual": "Theo đà hiện nay, khả năng tự đạt chỉ tiêu từ mức này trở lên: “có dấu hiệu thường xuyên”.",
    "clarify": "Dưới mức trên và từ mức này trở lên: “cần làm rõ”.",
    "above": "Dưới mức trên và từ mức này trở lên: “vượt xu thế”; thấp hơn nữa là “bước nhảy”.",
    "same_task": "Hai bản giống nhau từ mức này trở lên thì đưa ra để đối chiếu là cùng một việc.",
}


class CampaignForm(ChangeForm):
    """The announcement of a campaign."""

    title = text_field("Tên đợt", 200, help_text="Ví dụ: Đăng ký nhiệm vụ đột phá năm 2027.")
    guidance = text_field(
        "Văn bản hướng dẫn", 300, required=False, help_text="Số, ngày, trích yếu. Bỏ trống nếu chưa có."
    )
    opens_on = day_field("Nhận đăng ký từ ngày")
    closes_on = day_field("Hạn gửi", help_text="Hết ngày này; gửi sau thì ghi là gửi chậm.")
    data_day = day_field(
        "Ngày chốt số liệu", required=False,
        help_text="Rà soát tính đến ngày này cho mọi bản. Bỏ trống thì tính đến ngày gửi từng bản.",
    )  # fmt: skip
    accepts_late = forms.BooleanField(label="Vẫn nhận bản gửi chậm, có ghi dấu là chậm", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewCampaignForm(CampaignForm):
    organization = PickField("Cấp ủy mở đợt", what="tổ chức")
    year = forms.IntegerField(
        label="Năm", widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Đồng chí ghi năm.", "invalid": "Năm gồm bốn chữ số, ví dụ 2027."},
    )  # fmt: skip
    version = None  # type: ignore[assignment]  # nothing to compare with yet
    field_order = ("organization", "year", "title", "guidance", "opens_on", "closes_on", "data_day", "accepts_late")

    def rows_for(self, name: str, words: str) -> QuerySet[Any]:
        """What has ended is offered where nothing else is found, and stays where it was chosen."""
        found = _managed(self.by, on=self.on) & PartyOrganization.objects.found_by(words)
        today = holds_on(self.on)
        return found.filter(today | Q(pk__in=self._chosen(name))) if found.filter(today).exists() else found


def first_place(user: User, *, on: date) -> int | None:
    """The highest place the person manages campaigns for, most often the only one meant."""
    first = _managed(user, on=on).filter(holds_on(on)).first()
    return first.pk if first is not None else None


def _managed(user: User, *, on: date) -> QuerySet[PartyOrganization]:
    """Also what has ended, for a campaign of its own time."""
    within = directory.within_scopes(user, WHO_MAY[Deed.MANAGE_CAMPAIGN], on=on)
    found: QuerySet[PartyOrganization] = PartyOrganization.objects.filter(within).select_related("parent")
    return found.order_by("depth", "order_key", "pk")


class ThresholdsForm(forms.Form):
    """Shares as people write them: 50 or 12,5 per cent."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in fields(Thresholds):
            self.fields[each.name] = forms.CharField(
                label=f"{label_of(each)} (%)", max_length=12, help_text=_EXPLAINED[each.name],
                error_messages={"required": "Đồng chí ghi một số phần trăm, ví dụ 50."},
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )  # fmt: skip

    @staticmethod
    def shown(thresholds: Thresholds) -> dict[str, str]:
        return {name: show_number(100 * value, 4) for name, value in thresholds.to_json().items()}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        shares = {each.name: self._share(each.name, given) for each in fields(Thresholds)}
        if not self.errors:
            try:
                given["thresholds"] = Thresholds(**{name: share for name, share in shares.items() if share is not None})
            except ValueError as problem:
                self.add_error(None, str(problem))
        return given

    def _share(self, name: str, given: Mapping[str, Any]) -> float | None:
        if name not in given:
            return None
        number = parse_number(str(given[name]).replace("%", "").strip())
        if number is None:
            self.add_error(name, "Chưa đọc được số này. Đồng chí ghi như 50 hoặc 12,5.")
            return None
        return number / 100


class MoveForm(forms.Form):
    """The reason is asked for where a campaign is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do", required=False, max_length=255, help_text="Ghi vào dấu vết, ví dụ: Công văn số 12-CV/HU.",
        error_messages={"max_length": "Lý do dài quá 255 chữ cái. Đồng chí ghi ngắn lại."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class ExemptForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do miễn", required=False, max_length=300, help_text="Ví dụ: mới thành lập từ 01/3/2027.",
        error_messages={"max_length": "Lý do dài quá 300 chữ cái. Đồng chí ghi ngắn lại."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
