"""What part of the map is asked for: a branch, an organization, or only what is not tied as it should be."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.db.models import QuerySet

from dotpha.directory.models import PartyOrganization
from dotpha.interfaces.web.task_map.ties import Counts

MOST_WORDS = 200


class Only(StrEnum):
    """In the address, so in unaccented Vietnamese."""

    UNCARRIED = "chua-ai-dam-nhan"
    UNTIED = "chua-gan"
    MISTIED = "chua-khop"


ONLY_LABELS: Mapping[Only, str] = {
    Only.UNCARRIED: "nhiệm vụ tập thể chưa ai đảm nhận",
    Only.UNTIED: "nhiệm vụ cá nhân chưa gắn với nhiệm vụ tập thể nào",
    Only.MISTIED: "nhiệm vụ cá nhân gắn chưa khớp",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What cannot be read is not asked: an address from elsewhere shows the whole map, never an error."""

    only: Only | None = None
    branch: int | None = None
    organization: int | None = None
    words: str = ""
    as_list: bool = False

    @classmethod
    def of(cls, typed: Mapping[str, str]) -> Self:
        only = typed.get("loc", "")
        return cls(
            only=Only(only) if only in {each.value for each in Only} else None,
            branch=_key(typed.get("nhanh", "")),
            organization=_key(typed.get("to_chuc", "")),
            words=typed.get("tim", "").strip()[:MOST_WORDS],
            as_list=typed.get("xem", "") == "bang",
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.only or self.branch or self.organization or self.words)

    @property
    def label(self) -> str:
        return ONLY_LABELS[self.only] if self.only else ""

    def narrowed(self, tasks: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the branch, the organization, or the organizations of that name."""
        if self.branch is not None:
            tasks = tasks.filter(registrant__branch=self.branch)
        if self.organization is not None:
            tasks = tasks.filter(organization=self.organization)
        if self.words:
            tasks = tasks.filter(organization__in=PartyOrganization.objects.found_by(self.words).values("pk"))
        return tasks


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the things to look into: how many there are, and whether they alone are shown."""

    only: Only
    label: str
    shape: str
    count: int
    is_chosen: bool


def choices(counts: Counts, asked: Asked) -> list[Choice]:
    numbers = {
        Only.UNCARRIED: (counts.uncarried, "routine"),
        Only.UNTIED: (counts.untied, "routine"),
        Only.MISTIED: (counts.mistied, "borderline"),
    }
    return [
        Choice(only, ONLY_LABELS[only], shape, count, only is asked.only) for only, (count, shape) in numbers.items()
    ]


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
