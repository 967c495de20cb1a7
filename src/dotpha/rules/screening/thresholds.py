"""Where one word of the screening gives way to the next: four shares a committee may set for its campaign.

A campaign keeps the thresholds it was opened with, so that what was said of its first registration is said by the
same measure of its last. Without a campaign `DEFAULT` holds: trend method, section 5, and what committee members
called the same task.
"""

from collections.abc import Mapping
from dataclasses import Field, asdict, dataclass, field, fields
from typing import Any, Self

from dotpha.rules.vietnamese.numbers import show_number


def _threshold(default: float, label: str, unit: str) -> Any:
    return field(default=default, metadata={"label": label, "unit": unit})


_CHANCE, _LIKENESS = "% khả năng tự đạt", "% giống nhau"
_NOT_A_SHARE = "{label} phải là một số từ {least} % đến 100 %; đề nghị sửa lại."
_NOT_FALLING = (
    "Ngưỡng có dấu hiệu thường xuyên ({usual} %) phải cao hơn ngưỡng cần làm rõ ({clarify} %), "
    "ngưỡng này phải cao hơn ngưỡng vượt xu thế ({above} %); đề nghị sửa lại."
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Ngưỡng rà soát: shares from 0 to 1, each holding from its value on.

    Raises:
        ValueError: a value is no such share, or the first three do not fall; one Vietnamese sentence says which.
    """

    usual: float = _threshold(0.5, "Ngưỡng có dấu hiệu thường xuyên", _CHANCE)
    clarify: float = _threshold(0.2, "Ngưỡng cần làm rõ", _CHANCE)
    above: float = _threshold(0.05, "Ngưỡng vượt xu thế", _CHANCE)
    same_task: float = _threshold(0.78, "Ngưỡng cùng một nhiệm vụ", _LIKENESS)

    def __post_init__(self) -> None:
        for each in fields(self):
            least = 0.5 if each.name == "same_task" else 0.0
            if not _is_share(getattr(self, each.name), least):
                raise ValueError(_NOT_A_SHARE.format(label=label_of(each), least=_percent(least)))
        if not self.usual > self.clarify > self.above:
            raise ValueError(_NOT_FALLING.format(**{name: _percent(value) for name, value in self.to_json().items()}))

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """What is missing takes its default; what is no threshold is not looked at.

        Raises:
            ValueError: as the class does.
        """
        return cls(**{each.name: row[each.name] for each in fields(cls) if row.get(each.name) is not None})

    def to_json(self) -> dict[str, float]:
        return asdict(self)

    def shown(self) -> list[tuple[str, str]]:
        """For people: (label, value with its unit), in the order of the form.

        >>> Thresholds().shown()[0]
        ('Ngưỡng có dấu hiệu thường xuyên', 'từ 50 % khả năng tự đạt')
        """
        return [
            (label_of(each), f"từ {_percent(getattr(self, each.name))} {each.metadata['unit']}")
            for each in fields(self)
        ]


def label_of(threshold: Field[float]) -> str:
    """What a form calls a field of `Thresholds`."""
    return str(threshold.metadata["label"])


def _percent(share: float) -> str:
    return show_number(100 * share, 4)


def _is_share(value: object, least: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= 1


DEFAULT = Thresholds()
