"""Kinds of organizations and positions to begin with. Data, because regulations rename both."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from dotpha.directory.models import OrganizationKind, Position


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "catalogue.toml").read_text(encoding="utf-8"))


def kinds() -> list[OrganizationKind]:
    """Not yet written."""
    return [OrganizationKind(**each) for each in _read()["kinds"]]


def positions() -> list[Position]:
    """Not yet written."""
    return [
        Position(code=each["code"], label=each["label"], rank=each["rank"], is_single=each["single"])
        for each in _read()["positions"]
    ]
