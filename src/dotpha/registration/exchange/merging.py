"""What a row of a register changes in a task that is there, and the form it becomes.

A register holds less than the form: what the form asks apart stands in it as one text. So the row is compared with the
form as composed, what agrees keeps its parts, and what the register leaves empty changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dotpha.registration.models import Campaign, Registrant
from dotpha.rules.form.composing import compose, content_of, written
from dotpha.rules.form.content import Content
from dotpha.rules.registration import Indicator, OwnerType, Registration
from dotpha.rules.vietnamese.text import fold, tidy

FIELD_LABELS: Mapping[str, str] = {
    "title": "Tên nhiệm vụ",
    "description": "Nội dung",
    "responsible": "Người chủ trì",
    "responsibilities": "Phân công",
    "deadline": "Thời hạn",
    "prior_year_title": "Nhiệm vụ năm trước",
}
INDICATORS, PARENT = "Chỉ tiêu", "Nhiệm vụ tập thể"
_SHOWN = 300
# Parts of the form that a register holds in one text.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "description": (
        "situation", "leap", "difficulty", "since", "tried", "novelty", "hardness", "grounds_evidence", "serves",
        "products", "evidence", "milestones", "extra",
    ),
    "responsibilities": ("duty", "coordinators"),
}  # fmt: skip

Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Parent:
    """The collective task a row names; without a key it is written by the same import."""

    title: str
    pk: int | None = None


def as_registered(content: Content, registrant: Registrant, campaign: Campaign, *, id: str = "") -> Registration:
    """What is written as the engine and a register hold it."""
    kind: OwnerType = "individual" if registrant.is_individual else "organization"
    return compose(
        content, id=id, owner=registrant.name, owner_type=kind, position=registrant.post, year=campaign.year,
    ).registration  # fmt: skip


def new_content(row: Registration, *, supports: int | None) -> Content:
    """The form of a task that was not there."""
    return Content.from_json(content_of(row).to_json() | {"supports": supports})


def changed_content(
    before: Content, then: Registration, row: Registration, *, parent: Parent | None
) -> tuple[Content, tuple[Change, ...]]:
    """The form with what the row says otherwise, and what that is. `then` is `before` as composed."""
    now: dict[str, Any] = before.to_json()
    changes: list[Change] = []
    for name, label in FIELD_LABELS.items():
        old, new = getattr(then, name), tidy(getattr(row, name))
        if new and new != old:
            changes.append((label, shown(old), shown(new)))
            now[name] = new
            for part in _PARTS.get(name, ()):
                now[part] = None
    if row.indicators and not _say_the_same(then.indicators, row.indicators):
        changes.append((INDICATORS, _told(then.indicators), _told(row.indicators)))
        now["indicators"] = _rows(before, row)
    if parent is not None and (parent.pk is None or before.supports != parent.pk):
        changes.append((PARENT, shown(before.parent_title), shown(parent.title)))
        now["supports"] = parent.pk
    elif parent is None and (told := tidy(row.parent_title)) and not before.supports and told != before.parent_title:
        changes.append((PARENT, shown(before.parent_title), shown(told)))
        now["parent_title"] = told
    return Content.from_json(now), tuple(changes)


def shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"


def _say_the_same(then: tuple[Indicator, ...], now: tuple[Indicator, ...]) -> bool:
    return len(then) == len(now) and all(_says_the_same(old, new) for old, new in zip(then, now, strict=True))


def _says_the_same(old: Indicator, new: Indicator) -> bool:
    known = dict(old.history)
    return (
        fold(old.name) == fold(tidy(new.name))
        and new.unit in ("", old.unit)
        and new.baseline in (None, old.baseline)
        and new.target in (None, old.target)
        and all(known.get(period) == value for period, value in new.history)
    )


def _rows(before: Content, row: Registration) -> list[dict[str, Any]]:
    """The register's figures, with what only the form knows of those of the same name."""
    known = {fold(each.name): each.to_json() for each in before.indicators}
    kept = ("source", "method", "better", "kind", "unit", "baseline", "baseline_on", "target", "history")
    rows = []
    for each in content_of(row).indicators:
        said = each.to_json()
        old = known.get(fold(each.name), {})
        rows.append({name: old[name] for name in kept if name in old} | said)
    return rows


def _told(indicators: tuple[Indicator, ...]) -> str:
    return shown("; ".join(_figure(each) for each in indicators))


def _figure(indicator: Indicator) -> str:
    values = " → ".join(filter(None, (written(indicator.baseline), written(indicator.target))))
    return " ".join(filter(None, (f"{indicator.name}:" if indicator.name else "", values, indicator.unit)))
