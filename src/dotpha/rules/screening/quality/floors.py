"""What quality must not fall under, and what it should reach, as a small table of data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from dotpha.rules.screening.quality.score import NO_CASES, figures

# Counts of registrations that are to stay at or under their number; every other figure at or above it.
CEILINGS = frozenset({"routine_as_breakthrough", "breakthrough_as_routine"})

_KNOWN = frozenset(figures(NO_CASES))


class BadFloors(ValueError):
    """The table cannot be read; the text says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Floors:
    """`floor`: what a test guards today; `aim`: what we promised to reach. By the names of `figures`."""

    floor: Mapping[str, float]
    aim: Mapping[str, float]

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read the tables `[floor]` and `[aim]`.

        Raises:
            BadFloors: it is no TOML, names an unknown figure or gives something that is no number.
        """
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as problem:
            raise BadFloors(f"không phải TOML hợp lệ ({problem})") from None
        return cls(_numbers(told.get("floor", {})), _numbers(told.get("aim", {})))


def _numbers(row: object) -> dict[str, float]:
    if not isinstance(row, Mapping):
        raise BadFloors("[floor] và [aim] cần là bảng")
    for name, value in row.items():
        if name not in _KNOWN:
            raise BadFloors(f"không có số đo nào tên “{name}”; các tên: {', '.join(sorted(_KNOWN))}")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadFloors(f"“{name}” cần là một số")
    return dict(row)


def meets(name: str, value: float, wanted: float) -> bool:
    return value <= wanted if name in CEILINGS else value >= wanted


def missed(found: Mapping[str, float], wanted: Mapping[str, float]) -> list[str]:
    """The names that are not met, in the order they are asked for."""
    return [name for name, value in wanted.items() if not meets(name, found[name], value)]
