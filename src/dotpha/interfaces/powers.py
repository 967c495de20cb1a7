"""The tables of every room, put together: what each function may do, for pages and for the paper that is signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dotpha.appraisal import policy as appraisal
from dotpha.directory import policy as directory
from dotpha.directory.models import Function
from dotpha.registration import policy as registration


@dataclass(frozen=True, slots=True)
class Room:
    """`labels` and `who_may` are the room's own tables, in the order of its deeds."""

    name: str
    deeds: type[StrEnum]
    labels: Mapping[Any, str]
    who_may: Mapping[Any, frozenset[Function]]

    def of(self, function: Function) -> list[tuple[str, bool]]:
        """Every deed of the room in words, and whether the function may do it."""
        return [(self.labels[deed], function in self.who_may[deed]) for deed in self.deeds]


ROOMS = (
    Room("Danh bạ, phân công, tài khoản", directory.Deed, directory.DEED_LABELS, directory.WHO_MAY),
    Room("Đợt đăng ký, nhiệm vụ đột phá", registration.Deed, registration.DEED_LABELS, registration.WHO_MAY),
    Room("Rà soát", appraisal.Deed, appraisal.DEED_LABELS, appraisal.WHO_MAY),
)


def labels_of(function: Function) -> list[str]:
    """Everything the function may do, in words, room by room."""
    return [label for room in ROOMS for label, is_allowed in room.of(function) if is_allowed]
