"""What is asked when the directory changes. Shape only; sense is the action's."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from dotpha.accounts.models import User
from dotpha.directory import policy, queries
from dotpha.directory.models import Official, OrganizationKind, PartyOrganization, Position
from dotpha.directory.policy import Deed
from dotpha.interfaces.web.grants.forms import LONGEST_SEARCH, day_field, reason_field
from dotpha.rules.vietnamese.text import tidy

_SEEN = re.compile(r"\b([0-9]{1,9}):([0-9]{1,9})\b")
SHOWN = 10  # choices of a picker; the rest is found by typing


def text_field(label: str, length: int, *, help_text: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        help_text=help_text,
        error_messages={
            "required": f"Đồng chí ghi {label.lower()}.",
            "max_length": f"{label} dài quá {length} chữ cái. Đồng chí ghi ngắn lại.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def choice_field(label: str, rows: QuerySet[Any]) -> "forms.ModelChoiceField[Any]":
    wrong = f"Đồng chí chọn {label.lower()} trong danh sách."
    return forms.ModelChoiceField(
        rows, label=label, empty_label="Chọn", error_messages={"required": wrong, "invalid_choice": wrong}
    )


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice among many: found by words, a few at a time, what is chosen already on top."""

    words: str
    rows: list[tuple[Any, str, bool]]  # the row, a word about it, whether it is chosen
    has_more: bool
    is_many: bool
    seen: str  # "12:3 14:1": the version of each row


class PickField(forms.ModelChoiceField):  # type: ignore[type-arg]  # of organizations or of officials
    """Radio buttons for what a search finds; `rows_for` is set by the form, for the person who asks."""

    def __init__(self, label: str, *, what: str, required: bool = True, help_text: str = "") -> None:
        self.what = what
        wrong = f"Đồng chí chọn một {what} trong danh sách."
        messages = {"required": wrong, "invalid_choice": wrong}
        super().__init__(None, label=label, required=required, help_text=help_text, error_messages=messages)


class PickManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # of organizations
    """Tick boxes for what a search finds; what is ticked stays on top."""

    def __init__(self, label: str, *, what: str, help_text: str = "") -> None:
        self.what = what
        wrong = f"Đồng chí chọn ít nhất một {what} trong danh sách."
        messages = dict.fromkeys(("required", "invalid_choice", "invalid_pk_value", "invalid_list"), wrong)
        super().__init__(None, label=label, help_text=help_text, error_messages=messages)


class ChangeForm(forms.Form):
    """A form whose pickers know who asks. `seen` are versions of the rows that were ticked, as they were shown.

    `apart` is the organization the form is about, which is none of the choices.
    """

    places = Deed.CHANGE_ORGANIZATION  # what the person must be allowed in an organization that is picked

    def __init__(self, *args: Any, by: User, on: date, apart: PartyOrganization | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.on, self.apart = by, on, apart
        self.seen = {int(pk): int(version) for pk, version in _SEEN.findall(self.said("seen"))}
        for name, field in self.fields.items():
            if isinstance(field, PickField | PickManyField):
                field.queryset = self.rows_for(name, "")

    def rows_for(self, name: str, words: str) -> QuerySet[Any]:
        if name == "official":
            return queries.officials_found(self.by, words, on=self.on)
        places = policy.visible_to(self.by, on=self.on, deed=self.places)
        found: QuerySet[PartyOrganization] = places & PartyOrganization.objects.on(self.on).found_by(words)
        found = found.exclude(pk=self.apart.pk) if self.apart is not None else found
        return found.select_related("parent").order_by("depth", "order_key", "pk")

    @classmethod
    def many(cls) -> list[str]:
        """Fields that take several answers."""
        return [name for name, field in cls.base_fields.items() if isinstance(field, PickManyField)]

    @classmethod
    def has_pickers(cls) -> bool:
        return any(isinstance(field, PickField | PickManyField) for field in cls.base_fields.values())

    def said(self, name: str) -> str:
        given: Any = self.data if self.is_bound else self.initial
        return str(given.get(name) or "")

    def _chosen(self, name: str) -> list[int]:
        if name not in self.many():
            said = [self.said(name)]
        else:
            said = self.data.getlist(name) if isinstance(self.data, QueryDict) else self.initial.get(name, [])
        return [int(text) for text in said if text.isascii() and text.isdigit() and len(text) < 10]

    def lines(self, query: QueryDict) -> list[tuple[forms.BoundField, Pick | None]]:
        """Every visible field, with the choices of those that are picked."""
        return [
            (bound, self._pick(bound.name, query) if isinstance(bound.field, PickField | PickManyField) else None)
            for bound in self.visible_fields()
        ]

    def _pick(self, name: str, query: QueryDict) -> Pick:
        words, chosen = tidy(query.get(f"find_{name}", ""))[:LONGEST_SEARCH], self._chosen(name)
        first = list(self.rows_for(name, "").filter(pk__in=chosen)) if chosen else []
        rest = list(self.rows_for(name, words).exclude(pk__in=[each.pk for each in first])[: SHOWN + 1])
        shown = first + rest[:SHOWN]
        about = self._about(shown)
        rows = [(each, about.get(each.pk, ""), each in first) for each in shown]
        seen = " ".join(f"{each.pk}:{self.seen.get(each.pk, each.version)}" for each in shown)
        return Pick(words, rows, len(rest) > SHOWN, name in self.many(), seen)

    def _about(self, shown: list[Any]) -> dict[int, str]:
        if shown and isinstance(shown[0], Official):
            return queries.main_posts(shown, day=self.on)
        return {each.pk: str(each.parent or "") for each in shown}


class FoundForm(ChangeForm):
    name = text_field("Tên tổ chức", 255, help_text="Ví dụ: Chi bộ thôn Phú Thọ.")
    code = text_field("Mã", 40, help_text="Chữ và số viết liền, không trùng tổ chức khác.")
    kind = choice_field("Loại", OrganizationKind.objects.all())
    from_day = day_field("Thành lập từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/ĐU ngày 05/01/2027.")


class RenameForm(ChangeForm):
    name = text_field("Tên mới", 255)
    from_day = day_field("Mang tên mới từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/ĐU ngày 05/01/2027.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(ChangeForm):
    parent = PickField("Trực thuộc mới", what="tổ chức", help_text="Mọi tổ chức bên dưới đi theo.")
    from_day = day_field("Chuyển từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/TU ngày 05/01/2027.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndOrganizationForm(ChangeForm):
    on_day = day_field("Kết thúc từ ngày", help_text="Ngày đầu tiên không còn tổ chức này.")
    successor = PickField(
        "Tổ chức kế thừa", what="tổ chức", required=False, help_text="Bỏ trống nếu không có. Cán bộ do tổ chức này "
        "quản lý sẽ chuyển sang tổ chức kế thừa."
    )  # fmt: skip
    reason = reason_field("Căn cứ", "Ví dụ: Nghị quyết số 60-NQ/TW.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class MergeForm(ChangeForm):
    organizations = PickManyField("Tổ chức được sáp nhập", what="tổ chức", help_text="Chọn một hoặc nhiều tổ chức.")
    on_day = day_field("Sáp nhập từ ngày", help_text="Ngày đầu tiên không còn các tổ chức được chọn.")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/TU ngày 01/07/2025.")

    def clean_organizations(self) -> list[PartyOrganization]:
        """Each with the version it was shown with, which the action compares."""
        chosen = list(self.cleaned_data["organizations"])
        for each in chosen:
            each.version = self.seen.get(each.pk, each.version)
        return chosen


class BodyForm(ChangeForm):
    name = text_field("Tên cơ quan", 200, help_text="Ví dụ: Ban Thường vụ Đảng ủy xã Lạc Giang.")
    kind = text_field("Loại", 80, help_text="Ví dụ: Ban Thường vụ, Ủy ban Kiểm tra, Ban Tổ chức.")
    from_day = day_field("Lập từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/ĐU ngày 05/01/2027.")


class TermForm(ChangeForm):
    name = text_field("Nhiệm kỳ", 60, help_text="Ví dụ: 2025–2030.")
    from_day = day_field("Bắt đầu từ ngày")
    until_day = day_field("Đến trước ngày", required=False, help_text="Bỏ trống nếu chưa định.")
    reason = reason_field("Căn cứ", "Ví dụ: Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2025–2030.")


class CloseForm(ChangeForm):
    on_day = day_field("Kết thúc từ ngày", help_text="Ngày đầu tiên không còn nữa.")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 12-QĐ/ĐU ngày 05/01/2027.")


class CorrectForm(ChangeForm):
    full_name = text_field("Họ và tên", 120)
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, error_messages={"invalid": "Năm sinh gồm bốn chữ số, ví dụ 1976."}
    )
    is_party_member = forms.BooleanField(label="Là đảng viên", required=False)
    reason = reason_field("Căn cứ", "Ví dụ: đối chiếu lý lịch đảng viên.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class ManageForm(ChangeForm):
    places = Deed.CHANGE_OFFICIAL
    organization = PickField("Cấp ủy quản lý", what="tổ chức")
    from_day = day_field("Quản lý từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định phân cấp quản lý cán bộ.")


class OfficialForm(ChangeForm):
    full_name = text_field("Họ và tên", 120)
    code = text_field("Mã cán bộ", 40, help_text="Chữ và số viết liền. Không ghi số căn cước, số điện thoại.")
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, error_messages={"invalid": "Năm sinh gồm bốn chữ số, ví dụ 1976."}
    )
    is_party_member = forms.BooleanField(label="Là đảng viên", required=False, initial=True)
    from_day = day_field("Thuộc diện quản lý từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định phân cấp quản lý cán bộ.")


class TenureForm(ChangeForm):
    official = PickField("Cán bộ", what="cán bộ")
    position = choice_field("Chức vụ", Position.objects.all())
    from_day = day_field("Giữ chức vụ từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định số 31-QĐ/TU ngày 01/07/2025.")


class MembershipForm(ChangeForm):
    official = PickField("Cán bộ", what="cán bộ")
    role = text_field("Vai trò", 80, help_text="Ví dụ: Ủy viên, Chủ nhiệm.")
    order = forms.IntegerField(
        label="Thứ tự", min_value=0, max_value=999, initial=0, help_text="Số nhỏ đứng trước; bằng nhau thì theo tên.",
        error_messages={"required": "Đồng chí ghi thứ tự, ví dụ 0.", "invalid": "Thứ tự là một số."},
    )  # fmt: skip
    from_day = day_field("Tham gia từ ngày")
    reason = reason_field("Căn cứ", "Ví dụ: Quyết định chuẩn y số 45-QĐ/TU.")


class EndForm(ChangeForm):
    on_day = day_field("Thôi từ ngày", help_text="Ngày đầu tiên không còn nữa.")
    reason = reason_field("Căn cứ", "Ví dụ: chuyển công tác theo Quyết định số 31-QĐ/TU.")
